// What the picture shows for an address: who proposes beside the themes, tied by counts; or the records one by one.

const pictureView = (() => {
  const FEW = 40; // so many records below a node are drawn one by one
  const FIRST_RECORDS = 60;
  const MOST_DRAWN = 5000; // spots at once: no canvas of more moves well
  const ALL_TIES = 60; // so many ties can be told apart
  const MOST_THEMES = 32; // more of them are told apart by the themes above them
  const STANDS_OUT = 2; // standardised residual from which a tie is more than its ends' totals let expect
  const CHANNELS = ["Proposal", "ConsultationCase", "Task", "Statement"];
  const BOTH_SIDES = ["Proposal", "ConsultationCase"]; // drawn together where records are drawn one by one

  /**
   * The view that an address asks for, in a room of so many rows.
   *
   * `at` (several) leads from the whole to what is below each key; `of` is the kind of record that is counted;
   * `list` draws the records one by one (1) or the ties (0); `most` is how many records at once.
   */
  function of(parameters, rows) {
    const path = parameters.getAll("at").map((key) => cardOfKey.get(key)).filter((card) => pictureData.all().ofCard.has(card));
    const reaches = path.map(pictureData.reachOf);
    const within = pictureData.all().records.filter((record) =>
      filters.accepts(record.card) && reaches.every((reach) => pictureData.touches(record, reach)));
    const channels = CHANNELS.filter((kind) => within.some((record) => record.group === kind));
    const channel = channels.includes(parameters.get("of")) ? parameters.get("of") : channels[0] ?? "Proposal";
    const counted = within.filter((record) => record.group === channel);
    const listed = { 1: true, 0: false }[parameters.get("list")] ?? (path.length > 0 && counted.length <= FEW);
    const base = { path, channel, channels, counted, within, listed, counts: countsOf(within) };
    if (!listed) return { ...base, ...tied(base, rows) };
    return { ...base, ...oneByOne(base, Number(parameters.get("most")) || FIRST_RECORDS) };
  }

  /** The kinds of record that are drawn one by one beside each other. */
  function besides(channel) {
    return BOTH_SIDES.includes(channel) ? BOTH_SIDES : [channel];
  }

  function countsOf(records) {
    const counts = new Map();
    for (const { group } of records) counts.set(group, (counts.get(group) ?? 0) + 1);
    return counts;
  }

  // -- ties ------------------------------------------------------------------------------------------------------------

  function tied(base, rows) {
    const people = base.path.some((card) => cards[card].kind !== "Theme");
    const { level, themesOf } = themeLevel(base);
    const left = gathered(base.counted, (record) => agentsOf(record, people), base, rows);
    const right = gathered(base.counted, themesOf, base, rows);
    const nodes = [...left.values(), ...right.values()].filter((node, i, every) => every.indexOf(node) === i);
    if (base.channel === "Proposal") markCases(right, base.within, themesOf);
    const ties = tiesBetween(base.counted, left, right, (record) => agentsOf(record, people), themesOf);
    const drawn = standingOut(ties, base.counted.length);
    return { level, nodes: inOrder(nodes), ties: drawn, faint: ties.filter((tie) => !drawn.includes(tie)), leftOut: 0 };
  }

  /** Those whom a record counts for, or who proposed it; null stands for those of whom no text tells. */
  function agentsOf(record, people) {
    if (record.group === "Statement" && !people) return [capacity(record.capacity ?? "")];
    const found = !people && record.owners.length ? record.owners : record.agents;
    return found.length ? found : [null];
  }

  const capacities = new Map();

  /** Statements are counted by the capacity they were made in: people are not ranked by what they said. */
  function capacity(label) {
    if (!label) return null;
    if (!capacities.has(label)) capacities.set(label, { label, column: 0, order: capacities.size, group: "Person" });
    return capacities.get(label);
  }

  /** By which themes the records are told apart: those below the last theme of the path, else all, else the top ones. */
  function themeLevel({ counted, path }) {
    const last = path.findLast((card) => cards[card].kind === "Theme");
    if (last !== undefined) {
      const [theme] = pictureData.all().ofCard.get(last);
      const below = new Map();
      for (const narrower of theme.narrower) {
        for (const each of pictureData.withNarrower(narrower)) below.set(each, [...(below.get(each) ?? []), narrower]);
      }
      const told = (each) => below.get(each) ?? (each === theme ? [theme] : []);
      return { level: last, themesOf: (record) => unique(record.themes.flatMap(told)) };
    }
    const used = new Set();
    for (const record of counted) for (const theme of record.themes) used.add(theme);
    return used.size <= MOST_THEMES
      ? { level: "all", themesOf: (record) => record.themes }
      : { level: "top", themesOf: (record) => (record.tops ??= unique(record.themes.flatMap(pictureData.tops))) };
  }

  function unique(values) {
    return [...new Set(values)];
  }

  /** Spot → node with its records; beyond so many rows those of the fewest records share one node. */
  function gathered(records, endsOf, { path }, rows) {
    const found = new Map();
    for (const record of records) {
      for (const end of endsOf(record)) {
        if (found.has(end)) found.get(end).records.push(record);
        else found.set(end, nodeOf(end, [record]));
      }
    }
    if (found.size <= rows) return found;
    const bySize = [...found].sort(([a, one], [b, other]) =>
      path.includes(b?.card) - path.includes(a?.card) || other.records.length - one.records.length || order(one) - order(other));
    const rest = bySize.slice(rows - 1);
    const node = nodeOf(null, unique(rest.flatMap(([, { records: own }]) => own)));
    Object.assign(node, { rest: rest.map(([end]) => end), column: rest.find(([end]) => end)?.[0].column ?? 0 });
    for (const [end] of rest) found.set(end, node);
    return found;
  }

  function nodeOf(spot, records) {
    return { spot, rest: null, column: spot?.column ?? 0, records, cases: 0 };
  }

  /** Beside the proposals of a theme, how many consultation cases are about it. */
  function markCases(themes, within, themesOf) {
    for (const record of within) {
      if (record.group !== "ConsultationCase") continue;
      for (const theme of themesOf(record)) {
        const node = themes.get(theme);
        if (node && !node.rest) node.cases += 1;
      }
    }
  }

  function tiesBetween(records, left, right, agents, themes) {
    const found = new Map();
    for (const record of records) {
      const pairs = new Map();
      for (const agent of agents(record)) for (const theme of themes(record)) {
        const from = left.get(agent), to = right.get(theme);
        if (!pairs.has(from)) pairs.set(from, new Set());
        pairs.get(from).add(to);
      }
      for (const [from, ends] of pairs) for (const to of ends) {
        if (!found.has(from)) found.set(from, new Map());
        const tie = found.get(from).get(to);
        if (tie) tie.records.push(record);
        else found.get(from).set(to, { from, to, records: [record] });
      }
    }
    return [...found.values()].flatMap((ends) => [...ends.values()]).map((tie) => ({ ...tie, weight: tie.records.length }));
  }

  /** All ties while they are few; else those of more records than their ends let expect, and the strongest of each end. */
  function standingOut(ties, total) {
    if (ties.length <= ALL_TIES) return ties;
    const kept = new Set();
    const strongest = new Map();
    for (const tie of ties) {
      const expected = (tie.from.records.length * tie.to.records.length) / total;
      tie.residual = (tie.weight - expected) / Math.sqrt(expected);
      for (const end of [tie.from, tie.to]) {
        const best = strongest.get(end);
        if (!best || tie.weight > best.weight) strongest.set(end, tie);
      }
    }
    for (const tie of strongest.values()) kept.add(tie);
    const clear = ties.filter((tie) => tie.residual >= STANDS_OUT && tie.weight > 1 && !tie.from.rest && !tie.to.rest);
    clear.sort((a, b) => b.residual - a.residual || order(a.from) - order(b.from) || order(a.to) - order(b.to));
    for (const tie of clear.slice(0, ALL_TIES)) kept.add(tie);
    return ties.filter((tie) => kept.has(tie));
  }

  // -- records one by one ----------------------------------------------------------------------------------------------

  function oneByOne(base, most) {
    const kinds = besides(base.channel);
    const wanted = base.within.filter((record) => kinds.includes(record.group));
    const [records, ends] = asManyAsFit(wanted, most);
    const nodes = new Map();
    const node = (spot) => nodes.get(spot) ?? nodes.set(spot, nodeOf(spot, [])).get(spot);
    const ties = [];
    for (const record of records) {
      node(record).records = [record];
      for (const end of ends(record)) {
        node(end).records.push(record);
        const [from, to] = end.column < record.column ? [end, record] : [record, end];
        ties.push({ from: node(from), to: node(to), weight: 0, records: [record] });
      }
    }
    seat(nodes, node, ties);
    return { nodes: following([...nodes.values()], ties), ties, faint: [], leftOut: wanted.length - records.length };
  }

  /** The first records, as long as they and what they are tied to are no more spots than can be drawn. */
  function asManyAsFit(wanted, most) {
    const ends = (record) => [...(record.agents.length ? record.agents : record.owners), ...record.themes];
    const spots = new Set();
    const records = [];
    for (const record of wanted.slice(0, most)) {
      for (const spot of [record, ...ends(record), ...record.owners]) spots.add(spot);
      if (spots.size > MOST_DRAWN) break;
      records.push(record);
    }
    return [records, ends];
  }

  /** The sectors and parties that the people shown sit for, further out, tied to them. */
  function seat(nodes, node, ties) {
    for (const member of [...nodes.values()].filter(({ column }) => column === 0)) {
      for (const owner of member.spot.seats) {
        const records = member.records.filter((record) => record.owners.includes(owner));
        if (!records.length) continue;
        node(owner).column = -1;
        node(owner).records = unique([...node(owner).records, ...records]);
        ties.push({ from: node(owner), to: member, weight: 0, records });
      }
    }
  }

  /** The themes in their order, and column by column outwards everything else beside what it is tied to there. */
  function following(nodes, ties) {
    const place = new Map();
    const rank = (column, key) => {
      const here = nodes.filter((node) => node.column === column).map((node) => [node, key(node)]);
      here.sort(([a, one], [b, other]) => one - other || order(a) - order(b) || a.spot.id - b.spot.id);
      here.forEach(([node], i) => place.set(node, (i + 0.5) / here.length));
    };
    const near = new Map(nodes.map((node) => [node, []]));
    for (const { from, to } of ties) near.get(from).push(to), near.get(to).push(from);
    const beside = (node) => {
      const found = near.get(node).map((other) => place.get(other)).filter((at) => at !== undefined);
      return found.length ? found.reduce((sum, at) => sum + at, 0) / found.length : 1;
    };
    rank(2, order);
    for (const column of [1, 3, 0, 4, -1]) rank(column, beside);
    return nodes.sort((a, b) => a.column - b.column || place.get(a) - place.get(b));
  }

  function order(node) {
    return node.spot ? node.spot.order : Infinity;
  }

  function inOrder(nodes) {
    return nodes.sort((a, b) => a.column - b.column || order(a) - order(b) || ((a.spot?.id ?? Infinity) - (b.spot?.id ?? Infinity) || 0));
  }

  return { of, besides, MOST_DRAWN };
})();
