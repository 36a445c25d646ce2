// What the page knows: the drawn nodes and lines that pyvis wrote, and the cards with their quotations.

const drawn = JSON.parse(document.getElementById("network-data").textContent);
const known = JSON.parse(document.getElementById("cards-data").textContent);
const cards = known.cards;
const looks = new Map(known.looks.map(([kind, label, shape, colour, fill]) => [kind, { label, shape, colour, fill }]));
const spots = new Map(drawn.nodes.map((node) => [node.id, node]));
const lines = drawn.edges;

const spotsOfCard = new Map();
for (const spot of spots.values()) {
  if (!spotsOfCard.has(spot.card)) spotsOfCard.set(spot.card, []);
  spotsOfCard.get(spot.card).push(spot);
}
const cardOfAddress = new Map(cards.map((card, number) => [new URL(addressOf(number), location.href).hash, number]));

const hiddenKinds = new Set(known.hidden);
const records = new Set(known.wings.map(([record]) => record));

/** Whether a line is drawn: a record's own lines while it is shown, the ties that stand for it while it is not. */
function lineShown(line) {
  const ends = [spots.get(line.from), spots.get(line.to)];
  if (ends.some((spot) => hiddenKinds.has(spot.group))) return false;
  return line.weight ? hiddenKinds.has(line.record) : !hiddenKinds.has(line.record);
}

/** The spots that are drawn now: records of the kinds switched on, and whatever a drawn line reaches. */
function shownSpots() {
  const shown = new Set();
  for (const line of lines) {
    if (lineShown(line)) shown.add(line.from).add(line.to);
  }
  for (const spot of spots.values()) {
    if (isRecord(spot) && !hiddenKinds.has(spot.group)) shown.add(spot.id);
  }
  return shown;
}

function isRecord(spot) {
  return spot.column === 1 || spot.column === 3;
}

/** Put every spot in the row that it has while the kinds of record now chosen are shown. */
function setRows() {
  const choice = known.wings.map(([record]) => record).filter((record) => !hiddenKinds.has(record));
  const rows = known.rows[choice.join("+")];
  for (const spot of spots.values()) spot.y = rows[spot.id] ?? spot.y;
}

/** The spots that a spot's lines lead to, each side followed outwards from it: a proposal's proposer and its themes. */
function reach(from) {
  const drawnLines = lines.filter(lineShown);
  const found = new Set(from);
  for (const direction of [1, -1]) {
    let front = new Set(from);
    while (front.size) {
      const next = new Set();
      for (const line of drawnLines) {
        const [start, end] = direction > 0 ? [line.from, line.to] : [line.to, line.from];
        if (front.has(start) && !found.has(end)) next.add(end);
      }
      next.forEach((id) => found.add(id));
      front = next;
    }
  }
  return found;
}

function addressOf(number) {
  return `#${encodeURI(cards[number].key).replaceAll("#", "%23")}`;
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name === "text") made.textContent = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}
