// What the page knows. The first screen needs names only; facts and quotations are read when a card is first opened.

const known = JSON.parse(document.getElementById("known-data").textContent);
const looks = new Map(known.looks.map(([kind, label, shape, colour, fill]) => [kind, { label, shape, colour, fill }]));

/** Names of `known` whose values stand in an element of their own, which is read when one of them is first asked for. */
function readLater(id, ...names) {
  let read = null;
  for (const name of names) {
    Object.defineProperty(known, name, {
      get: () => (read ??= JSON.parse(document.getElementById(id).textContent))[name],
    });
  }
}
readLater("overview-data", "overview");
readLater("ledger-data", "ledger");
readLater("facets-data", "facets");
readLater("names-data", "also", "pinyin");

/** One entity: number, kind, name and key; its sheet is read once it is asked for. */
class Card {
  constructor(number, kind, name, key) {
    this.number = number;
    this.kind = kind;
    this.name = name;
    this.key = key;
  }
  get is() { return say(known.kindLabels[this.kind]); }
  get also() { return known.also[this.number] ?? []; }
}

const cards = known.index.map(([kind, name, key], number) => new Card(number, known.kinds[kind], name, key));
const cardOfKey = new Map(cards.map((card) => [card.key, card.number]));
known.cards = cards;

/** Make an element: attributes by name (`class`, `text`, `on…` handlers as functions), then its children, nulls left out. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (name === "class") made.className = value;
    else if (name === "text") made.textContent = value;
    else if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The sign of a kind of thing, as the legend has it. */
function glyphOf(kind) {
  const drawn = document.getElementById("glyphs").content.querySelector(`[data-kind="${kind}"] .glyph`);
  return drawn ? drawn.cloneNode(true) : element("span", { class: "glyph no-glyph" });
}
