// How the picture looks: marks, cards, ties and headings, drawn with any pen.

const picturePaint = (() => {
  const INK = "#23272c", SOFT = "#5d6066", FAINT = "#716e66", RULE = "#c9c3b4", PAPER = "#fbfaf6", SHEET = "#ffffff", SEAL = "#a93a2a";
  const CASE = "#2c7a66"; // of consultation cases, as in palette.py
  const { FONT, LINE, port, measured } = picturePlaces;
  const OPENERS = "“《（「"; // half of their width is blank: it hangs outside

  function colourOf(category) {
    return category === undefined || category === null ? SOFT : known.categories[category][1];
  }

  /** Draw a view: its ties below its nodes. `lit` (nodes and ties), where given, is drawn alone and in full strength. */
  function paint(pen, view, { nodes = view.nodes, ties = view.ties, lit = false, bare = false } = {}) {
    for (const tie of ties) paintTie(pen, view, tie, lit);
    for (const node of nodes) paintNode(pen, node, bare);
  }

  function paintTie(pen, view, tie, lit) {
    const look = view.listed
      ? { colour: lineColour(tie), width: lit ? 1.9 : 1.1, alpha: lit ? 0.95 : 0.42 }
      : { colour: colourOf(tie.to.spot?.category), width: widthOf(view, tie), alpha: lit ? 0.7 : 0.34 };
    pen.curve(port(tie.from, 1), tie.from.y, port(tie.to, -1), tie.to.y, look);
  }

  function lineColour({ from, to }) {
    const record = [from, to].find(({ spot }) => spot && pictureData.isRecord(spot));
    return record ? looks.get(record.spot.group).colour : FAINT;
  }

  /** A tie of the most records is 12 wide, in a picture of few records less. */
  function widthOf(view, tie) {
    view.heaviest ??= Math.max(8, ...view.ties.map(({ weight }) => weight), ...view.faint.map(({ weight }) => weight));
    return 1 + (11 * tie.weight) / view.heaviest;
  }

  function paintNode(pen, node, bare) {
    if (node.side) paintMark(pen, node, bare);
    else if (node.r) paintAgent(pen, node, bare);
    else paintCard(pen, node, bare);
  }

  // -- the ties' picture: marks whose area is the number of records, with their names outside ---------------------------

  function paintMark(pen, node, bare) {
    const { x, y, r, side } = node;
    const colour = node.column === 2 ? colourOf(node.spot?.category) : node.spot ? looks.get(node.spot.group).colour : SOFT;
    if (node.rest || !node.spot) pen.circle(x, y, r, { fill: PAPER, colour: SOFT, width: 1.3, dash: [3, 2] });
    else if (node.spot.group === "Organization") pen.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, 1, { fill: colour });
    else if (node.spot.group === "Person") pen.circle(x, y, r - 0.8, { fill: SHEET, colour, width: 1.8 });
    else pen.circle(x, y, r, { fill: colour });
    if (bare) return;
    const align = side < 0 ? "end" : "start", count = `${node.records.length}`;
    let at = x + side * (r + 8);
    const put = (words, look) => {
      pen.text(words, at, y, { size: FONT, align, ...look });
      at += side * (measured(words) + 6);
    };
    put(node.words, { colour: node.spot ? INK : SOFT });
    put(count, { colour: FAINT, size: 12 });
    if (node.cases) paintCases(pen, at + side * 2, y, side, say("案例{n}", { n: node.cases }));
  }

  function paintCases(pen, x, y, side, words) {
    const width = measured(words) * 0.85 + 10;
    pen.rect(side < 0 ? x - width : x, y - 8, width, 16, 8, { fill: SHEET, colour: CASE, width: 1 });
    pen.text(words, x + (side * width) / 2, y, { size: 11, colour: CASE, align: "middle" });
  }

  /** Beside the themes, what category they belong to. */
  function paintCategories(pen, view) {
    const themes = view.nodes.filter(({ column, side }) => column === 2 && side > 0);
    const x = Math.max(...themes.map(({ box }) => box.right)) + 10;
    for (const [category, group] of grouped(themes)) {
      const top = group[0].y - 7, bottom = group.at(-1).y + 7;
      pen.rect(x, top, 2.5, bottom - top, 1, { fill: colourOf(category) });
      pen.text(say(known.categories[category][0]), x + 9, (top + bottom) / 2, { size: 12, colour: colourOf(category), weight: 600 });
    }
  }

  function grouped(themes) {
    const groups = new Map();
    for (const node of themes) {
      const category = node.spot?.category;
      if (category === undefined) continue;
      groups.set(category, [...(groups.get(category) ?? []), node]);
    }
    return groups;
  }

  // -- records -----------------------------------------------------------------------------------------------------------

  function paintAgent(pen, node, bare) {
    const { x, y } = node, look = looks.get(node.spot.group);
    if (look.shape === "square") pen.rect(x - 5, y - 5, 10, 10, 0, { fill: look.fill });
    else if (look.shape === "ring") pen.circle(x, y, 5, { fill: SHEET, colour: look.colour, width: 2 });
    else if (look.shape === "dashed") pen.rect(x - 6, y - 5, 12, 10, 1, { fill: SHEET, colour: look.colour, width: 1.3, dash: [3, 2] });
    else pen.circle(x, y, 5.5, { fill: look.fill });
    if (bare) return;
    const outwards = node.column > 2 ? 1 : -1;
    pen.text(node.lines[0], x + outwards * 12, y, { size: FONT, colour: INK, align: outwards < 0 ? "end" : "start" });
  }

  function paintCard(pen, node, bare) {
    const { left, right, top, bottom } = node.box, look = looks.get(node.spot.group);
    const category = colourOf(node.spot.category), theme = node.column === 2;
    const edge = { fill: look.fill, colour: theme ? category : look.colour, width: 1.2 };
    if (theme) pen.polygon(hexagon(node.box), edge);
    else if (look.shape === "rounded") pen.rect(left, top, right - left, bottom - top, Math.min(15, (bottom - top) / 2), edge);
    else if (look.shape === "bubble") pen.rect(left, top, right - left, bottom - top, [6, 6, 6, 0], edge);
    else pen.rect(left, top, right - left, bottom - top, 2, { ...edge, dash: look.shape === "dashed" ? [4, 3] : [] });
    if (look.shape === "card") pen.rect(left, top, 5, bottom - top, 0, { fill: category });
    if (bare) return;
    const first = node.y - ((node.lines.length - 1) * LINE) / 2;
    node.lines.forEach((line, i) => {
      if (theme) pen.text(line, node.x, first + i * LINE, { size: FONT, colour: INK, align: "middle" });
      else pen.text(line, left + 14 - (OPENERS.includes(line[0]) ? measured(line[0]) / 2 : 0), first + i * LINE, { size: FONT, colour: INK });
    });
  }

  function hexagon({ left, right, top, bottom }) {
    const middle = (top + bottom) / 2, slant = Math.min(12, (bottom - top) / 2);
    return [[left, middle], [left + slant, top], [right - slant, top], [right, middle], [right - slant, bottom], [left + slant, bottom]];
  }

  /** A frame around a node: what is open in the panel, or where the keyboard is. */
  function paintFrame(pen, { box: { left, right, top, bottom } }, dashed) {
    pen.rect(left - 4, top - 2, right - left + 8, bottom - top + 4, 5, { colour: SEAL, width: 1.7, dash: dashed ? [5, 3] : [] });
  }

  // -- headings ----------------------------------------------------------------------------------------------------------

  /** What each column holds: words, place and alignment. */
  function headings(view) {
    const names = picturePlaces.HEADINGS;
    const columns = [...new Set(view.nodes.map(({ column }) => column))];
    return columns.map((column) => {
      const nodes = view.nodes.filter((node) => node.column === column), [first] = nodes;
      if (first.side) return { words: columnName(view, column, names), x: first.x + first.side * 8, align: first.side < 0 ? "end" : "start" };
      if (first.r) return { words: columnName(view, column, names), x: first.x + (column > 2 ? -6 : 6), align: column > 2 ? "start" : "end" };
      return column === 2
        ? { words: columnName(view, column, names), x: first.x, align: "middle" }
        : { words: columnName(view, column, names), x: first.x - first.w / 2, align: "start" };
    });
  }

  function columnName(view, column, names) {
    if (column === 2) return say("议题");
    if (column === -1) return say("界别/党派");
    const agents = column === 0 || column === 4;
    const kinds = view.listed ? (column > 2 ? ["ConsultationCase", "Task"] : ["Proposal", "Statement"]) : [view.channel];
    const here = new Set(view.nodes.flatMap(({ records }) => records.map(({ group }) => group)));
    return kinds.filter((kind) => here.has(kind)).map((kind) => say(names[kind][agents ? 0 : 1])).join(" · ");
  }

  return { INK, FAINT, PAPER, RULE, paint, paintCategories, paintFrame, headings, colourOf };
})();
