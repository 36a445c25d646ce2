// Where everything of a view stands: columns from the outside in, rows in the order that the build computed.

const picturePlaces = (() => {
  const FONT = 13, LINE = 17;
  const CARD = 16 * FONT + 26, THEME_EMS = 10, AGENT_EMS = 12;
  const BETWEEN = 64;
  const GAP = { "-1": 10, 0: 8, 1: 10, 2: 6, 3: 10, 4: 8 };
  const CATEGORY = 108; // the width of a category's name with its bar
  const ROW = 18; // of the ties' picture
  const LARGEST = 13, SMALLEST = 3.2; // radius of a mark
  const SWEEPS = 6;

  const ruler = document.createElement("canvas").getContext("2d");
  let family = null;
  const widths = new Map();

  /** The width of words as they are drawn. */
  function measured(words) {
    if (!widths.has(words)) {
      ruler.font = `400 ${FONT}px ${(family ??= getComputedStyle(document.body).fontFamily)}`;
      widths.set(words, ruler.measureText(words).width);
    }
    return widths.get(words);
  }

  /** Words cut to so many ems, with `…` where something was cut. */
  function cut(words, ems) {
    if (measured(words) <= ems * FONT) return words;
    const letters = [...words];
    while (letters.length > 1 && measured(`${letters.join("")}…`) > ems * FONT) letters.pop();
    return `${letters.join("")}…`;
  }

  /** How many rows of the ties' picture can be read in a room of this height. */
  function rowsIn(height) {
    return Math.max(8, Math.min(40, Math.floor((height - 46) / (ROW - 2))));
  }

  /** Give every node of a view its place (`x`, `y`, `w`, `h`, words) and the view its box. */
  function place(view, room) {
    if (view.listed) inColumns(view, room);
    else facing(view, room);
    for (const node of view.nodes) node.box = boxOf(node);
    for (const tie of [...view.ties, ...view.faint]) tie.box = boxOfTie(tie);
    view.box = around(view.nodes.map(({ box }) => box));
    if (!view.listed && wide(room)) view.box.right += CATEGORY;
    return view;
  }

  /** Give every node of a view its name. */
  function name(view) {
    for (const node of view.nodes) node.name = nameOf(node, view);
  }

  function nameOf(node, view) {
    const what = node.column === 2 ? say("议题") : say(HEADINGS[view.channel][0]);
    if (node.rest) return say("其余{n}个{what}", { n: node.rest.length, what });
    if (!node.spot) return say("未记载{who}", { who: say(HEADINGS[view.channel][0]) });
    if (node.spot.label) return say(node.spot.label);
    const { kind, name: words } = cards[node.spot.card];
    return kind === "Theme" ? say(words) : words;
  }

  // -- ties: two columns that face each other --------------------------------------------------------------------------

  function facing(view, room) {
    const left = view.nodes.filter(({ column }) => column !== 2), right = view.nodes.filter(({ column }) => column === 2);
    const largest = Math.max(12, ...view.nodes.filter(({ rest }) => !rest).map(({ records }) => records.length));
    for (const node of view.nodes) {
      const share = Math.min(1, node.records.length / largest);
      node.r = Math.max(SMALLEST, LARGEST * Math.sqrt(share));
      node.h = Math.max(ROW, 2 * node.r + 3);
      node.side = node.column === 2 ? 1 : -1;
      if (room.width < 560) node.cases = 0; // no room to tell them
      node.words = cut(node.name, room.width < 560 ? 7 : node.side > 0 ? THEME_EMS + 2 : AGENT_EMS + 2);
      node.w = 2 * node.r;
    }
    const wordsOf = (nodes) => Math.max(0, ...nodes.map(wordsBeside)) + LARGEST;
    const across = room.width - wordsOf(left) - wordsOf(right) - (wide(room) ? CATEGORY : 0) - 24;
    const half = Math.min(Math.max(across, 90), 760) / 2;
    left.forEach((node) => { node.x = -half; });
    right.forEach((node) => { node.x = half; });
    const height = Math.max(room.height - 46, stackHeight(left), stackHeight(right));
    spread(left, height);
    spread(right, height, (above, below) => (above.spot?.category !== below.spot?.category ? 6 : 0));
  }

  /** How much room the words beside a mark take, with its number and what else is told. */
  function wordsBeside({ words, records, cases }) {
    return measured(words) + measured(`${records.length}`) + 20 + (cases ? 56 : 0);
  }

  /** Whether there is room for the names of the categories beside the themes. */
  function wide(room) {
    return room.width >= 760;
  }

  function stackHeight(nodes) {
    return nodes.reduce((sum, { h }) => sum + h, 0);
  }

  /** Stack nodes from top to bottom over a height, but not further apart than reads as one list. */
  function spread(nodes, height, extra = () => 0) {
    const own = stackHeight(nodes) + nodes.slice(1).reduce((sum, node, i) => sum + extra(nodes[i], node), 0);
    const gap = Math.max(0, Math.min((height - own) / Math.max(1, nodes.length), 20));
    let y = (height - own - gap * (nodes.length - 1)) / 2;
    nodes.forEach((node, i) => {
      if (i) y += gap + extra(nodes[i - 1], node);
      node.y = y + node.h / 2;
      y += node.h;
    });
  }

  // -- records: a column each for sectors, proposers, proposals, themes, cases and their hosts ---------------------------

  function inColumns(view, room) {
    const columns = new Map([-1, 0, 1, 2, 3, 4].map((column) => [column, view.nodes.filter((node) => node.column === column)]));
    for (const node of view.nodes) shape(node);
    const theme = Math.max(0, ...columns.get(2).map(({ w }) => w));
    for (const node of columns.get(2)) node.w = theme;
    across(columns, theme, room.width < 560 ? 30 : BETWEEN);
    const near = new Map(view.nodes.map((node) => [node, []]));
    for (const { from, to } of view.ties) near.get(from).push(to), near.get(to).push(from);
    const tallest = Math.max(...[...columns.values()].map((nodes) => stackHeight(nodes) + (GAP[nodes[0]?.column] ?? 0) * nodes.length));
    for (const nodes of columns.values()) stack(nodes, even(nodes, tallest));
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (const column of [2, 1, 3, 0, 4, -1]) {
        const nodes = columns.get(column), level = even(nodes, tallest);
        const wanted = nodes.map((node, i) => mean(near.get(node), node.y, column === 1 || column === 3 ? level[i] : null));
        stack(nodes, wanted);
      }
    }
  }

  function shape(node) {
    if (node.column === 1 || node.column === 3) {
      node.lines = node.spot.lines;
      node.w = CARD;
      node.h = node.lines.length * LINE + 12;
    } else if (node.column === 2) {
      node.lines = [cut(node.name, THEME_EMS)];
      node.w = measured(node.lines[0]) + 34;
      node.h = LINE + 6;
    } else {
      node.lines = [cut(node.name, AGENT_EMS)];
      node.r = 5.5;
      node.w = 14;
      node.h = LINE + 2;
    }
  }

  /** The columns' places: outer ones as far out as the words of the next one need. */
  function across(columns, theme, between) {
    const has = (column) => columns.get(column).length > 0;
    const words = (column) => Math.max(0, ...columns.get(column).map((node) => measured(node.lines[0])));
    let left = -theme / 2, right = theme / 2;
    const put = (column, x) => columns.get(column).forEach((node) => { node.x = x; });
    put(2, 0);
    if (has(1)) { put(1, left - between - CARD / 2); left -= between + CARD; }
    if (has(3)) { put(3, right + between + CARD / 2); right += between + CARD; }
    if (has(0)) { put(0, left - between + 12); left -= between + words(0); }
    if (has(-1)) put(-1, left - between + 24);
    if (has(4)) put(4, right + between - 12);
  }

  /** The mean height of what a node is tied to; halfway to a given level where there is one: calmer than that alone. */
  function mean(near, otherwise, level) {
    const y = near.length ? near.reduce((sum, node) => sum + node.y, 0) / near.length : otherwise;
    return level === null ? y : (y + level) / 2;
  }

  function even(nodes, height) {
    return nodes.map((_, i) => (height * (i + 0.5)) / nodes.length);
  }

  /** Rows in the given order, apart from each other, each moved as little as possible from where it is wanted. */
  function stack(nodes, wanted) {
    if (!nodes.length) return;
    const gap = GAP[nodes[0].column];
    const offsets = [0];
    for (let i = 1; i < nodes.length; i++) offsets.push(offsets[i - 1] + (nodes[i - 1].h + nodes[i].h) / 2 + gap);
    const pools = []; // isotonic regression by pooling adjacent violators (Ayer et al. 1955): [sum, number] each
    wanted.forEach((y, i) => {
      let pool = [y - offsets[i], 1];
      while (pools.length && pools.at(-1)[0] / pools.at(-1)[1] > pool[0] / pool[1]) {
        const [sum, count] = pools.pop();
        pool = [sum + pool[0], count + pool[1]];
      }
      pools.push(pool);
    });
    const means = pools.flatMap(([sum, count]) => Array(count).fill(sum / count));
    nodes.forEach((node, i) => { node.y = means[i] + offsets[i]; });
  }

  // -- boxes -----------------------------------------------------------------------------------------------------------

  function boxOf(node) {
    if (node.side) {
      const words = wordsBeside(node);
      const [left, right] = node.side < 0 ? [node.x - node.r - words, node.x + node.r] : [node.x - node.r, node.x + node.r + words];
      return { left, right, top: node.y - node.h / 2, bottom: node.y + node.h / 2 };
    }
    if (node.r) {
      const words = measured(node.lines[0]) + 14, outwards = node.column > 2 ? 1 : -1;
      const [left, right] = outwards < 0 ? [node.x - words, node.x + 8] : [node.x - 8, node.x + words];
      return { left, right, top: node.y - node.h / 2, bottom: node.y + node.h / 2 };
    }
    return { left: node.x - node.w / 2, right: node.x + node.w / 2, top: node.y - node.h / 2, bottom: node.y + node.h / 2 };
  }

  /** Where lines leave a node to the right (1) or to the left (-1). */
  function port(node, side) {
    if (node.column === 0 && side < 0 && !node.side) return node.box.left - 4; // beyond its words
    return node.x + side * (node.r ? node.r + 1.5 : node.w / 2);
  }

  function boxOfTie({ from, to }) {
    return { left: port(from, 1), right: port(to, -1), top: Math.min(from.y, to.y) - 8, bottom: Math.max(from.y, to.y) + 8 };
  }

  function around(boxes) {
    const box_ = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const { left, right, top, bottom } of boxes) {
      box_.left = Math.min(box_.left, left);
      box_.right = Math.max(box_.right, right);
      box_.top = Math.min(box_.top, top);
      box_.bottom = Math.max(box_.bottom, bottom);
    }
    return boxes.length ? box_ : { left: 0, right: 1, top: 0, bottom: 1 };
  }

  const HEADINGS = { // who stands behind a record, and what it is
    Proposal: ["提案者", "提案"], ConsultationCase: ["主办单位", "协商案例"],
    Task: ["所属任务", "工作任务"], Statement: ["发言人", "发言"],
  };

  return { FONT, LINE, HEADINGS, name, place, port, measured, rowsIn };
})();
