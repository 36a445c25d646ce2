// What can be drawn: the spots and lines that pyvis wrote, read when the picture is first shown.

const BEHIND = 1, COUNTS_FOR = 2, ABOUT = 4, SEAT = 8, BROADER = 16; // what a line says, as in kg/view/picture.py

const pictureData = (() => {
  let read = null;

  /** Every spot; the records among them with `agents`, `owners`, `themes`; the others with `seats`, `broader`, `records`. */
  function all() {
    return (read ??= linked(JSON.parse(document.getElementById("network-data").textContent)));
  }

  function linked({ nodes, edges, options }) {
    for (const spot of nodes) {
      if (isRecord(spot)) Object.assign(spot, { agents: [], owners: [], themes: [] });
      else Object.assign(spot, { seats: [], members: [], broader: [], narrower: [], records: [] });
    }
    for (const { from, to, role } of edges) link(nodes[from], nodes[to], role);
    const ofCard = new Map();
    for (const spot of nodes) {
      if (ofCard.has(spot.card)) ofCard.get(spot.card).push(spot);
      else ofCard.set(spot.card, [spot]);
    }
    const inOrder = (a, b) => a.column - b.column || a.order - b.order;
    return { spots: nodes, records: nodes.filter(isRecord).sort(inOrder), ofCard, options: JSON.parse(options) };
  }

  function link(from, to, role) {
    if (role & BEHIND) from.agents.push(to);
    if (role & COUNTS_FOR) from.owners.push(to);
    if (role & ABOUT) from.themes.push(to);
    if (role & (BEHIND | COUNTS_FOR | ABOUT)) to.records.push(from);
    if (role & SEAT) from.seats.push(to), to.members.push(from);
    if (role & BROADER) from.broader.push(to), to.narrower.push(from);
  }

  function isRecord(spot) {
    return spot.column === 1 || spot.column === 3;
  }

  /** A theme with all below it. */
  function withNarrower(theme) {
    const found = new Set([theme]);
    for (const each of found) each.narrower.forEach((narrower) => found.add(narrower));
    return found;
  }

  /** The themes above a theme that nothing stands above. */
  function tops(theme) {
    if (!theme.broader.length) return [theme];
    return (theme.tops ??= [...new Set(theme.broader.flatMap(tops))]);
  }

  /** The spots in whose picture a record stands for this card: itself, and of a theme all below it. */
  function reachOf(card) {
    const spots = all().ofCard.get(card) ?? [];
    return new Set(spots.flatMap((spot) => (spot.column === 2 ? [...withNarrower(spot)] : [spot])));
  }

  /** Whether a record touches one of these spots. */
  function touches(record, spots) {
    return spots.has(record) || [record.agents, record.owners, record.themes].some((ends) => ends.some((end) => spots.has(end)));
  }

  /** The address of the picture of what belongs to a card; null where nothing of it is drawn. */
  function addressOf(card) {
    const reach = reachOf(card);
    const drawn = reach.size > 0 && all().records.some((record) => touches(record, reach));
    return drawn ? addressWith("/graph", new URLSearchParams({ at: cards[card].key })) : null;
  }

  return { addressOf, all, isRecord, reachOf, touches, tops, withNarrower };
})();
