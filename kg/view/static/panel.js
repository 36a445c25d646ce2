// The panel beside the picture: one entity's facts with their words, or the guide and the index.

const panel = document.getElementById("panel");
const panelBody = document.getElementById("panel-body");
const FIRST_QUOTES = 8, FIRST_VALUES = 12, FIRST_ALIASES = 8;

/** Show a card in the drawer. */
function showInPanel(number) {
  show(cardBody(number));
}

/** All that the page tells of a card. */
function cardBody(number) {
  const card = cards[number];
  const notes = []; // the quotations in the order in which they are first referred to
  const body = document.createDocumentFragment();
  body.append(
    element("p", { class: "of-kind" }, glyphOf(card.kind), element("span", { text: card.is })),
    element("h2", { class: "panel-title", text: card.name })
  );
  if (card.also.length) body.append(aliases(card));
  if (card.facts.length) body.append(element("dl", { class: "facts" }, ...card.facts.map((fact) => factRow(fact, notes))));
  if (notes.length) body.append(element("h3", { text: "原文" }), quotes(notes, true, namesIn(card)));
  const further = card.seen.filter((quote) => !notes.includes(quote));
  if (further.length) {
    const all = card.times > further.length && !notes.length ? `（共${card.times}处）` : "";
    body.append(element("h3", { text: notes.length ? "另见" : `文中提及${all}` }), quotes(further, false, namesIn(card)));
  }
  return body;
}

/** The other wordings, of which a theme of the thesaurus has many. */
function aliases(card) {
  const lead = card.kind === "Theme" ? "所含词语：" : "又作：";
  const all = element("p", { class: "aliases", text: lead + card.also.join("、") });
  if (card.also.length <= FIRST_ALIASES + 2) return all;
  const some = element("p", { class: "aliases", text: `${lead}${card.also.slice(0, FIRST_ALIASES).join("、")} ` });
  const more = element("button", { type: "button", class: "more", text: `等 ${card.also.length} 个` });
  more.addEventListener("click", () => some.replaceWith(all));
  some.append(more);
  return some;
}

function factRow([label, values], notes) {
  const made = values.map(([words, to, cited]) => {
    const value = element("span", {}, to === null ? element("span", { text: words }) : linkTo(to, words));
    for (const quote of cited) value.append("\u2060", reference(quote, notes)); // a word joiner: no break before it
    return value;
  });
  const list = made.length === 1 ? made[0] : folded("ul", made.map((value) => element("li", {}, value)), FIRST_VALUES);
  return element("div", { class: label.length > 7 ? "fact wide" : "fact" }, element("dt", { text: label }), element("dd", {}, list));
}

function reference(quote, notes) {
  if (!notes.includes(quote)) notes.push(quote);
  const number = notes.indexOf(quote) + 1;
  const made = element("span", { role: "button", tabindex: "0", class: "ref", text: String(number), "aria-label": `原文 ${number}` });
  const reveal = () => {
    const around = made.closest(".panel-body, .sheet");
    around.querySelectorAll(".quotes [hidden]").forEach((item) => { item.hidden = false; });
    around.querySelectorAll(".quotes + .more").forEach((button) => button.remove());
    const item = around.querySelector(`.quote[data-quote="${quote}"]`);
    item.scrollIntoView({ block: "nearest" });
    item.classList.remove("flash");
    void item.offsetWidth;
    item.classList.add("flash");
  };
  made.addEventListener("click", reveal);
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); reveal(); }
  });
  return made;
}

/** The names that a card's sentences are about: its own, and those of what its facts lead to. */
function namesIn(card) {
  const values = card.facts.flatMap(([, found]) => found.filter(([, to]) => to !== null).map(([, to]) => cards[to].name));
  return [...new Set([card.name, ...(card.kind === "Theme" ? [] : card.also), ...values])]
    .filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
}

/** The words with the names in them underlined; a sentence that is nothing but names stays plain. */
function underlined(words, names) {
  const parts = [];
  let rest = words, plain = 0;
  while (rest) {
    const hits = names.map((name) => [rest.indexOf(name), name]).filter(([at]) => at >= 0);
    if (!hits.length) break;
    const [at, name] = hits.reduce((a, b) => (b[0] < a[0] ? b : a));
    plain += at;
    parts.push(rest.slice(0, at), element("u", { text: name }));
    rest = rest.slice(at + name.length);
  }
  return plain + rest.length > words.length / 2 ? [...parts, rest] : [words];
}

function quotes(numbers, numbered, names) {
  const items = numbers.map((number, i) => {
    const [document_, where, before, words, after] = known.quotations[number];
    const [title, file] = known.documents[document_];
    return element("li", { class: "quote", "data-quote": number },
      element("span", { class: "no", text: numbered ? String(i + 1) : "·" }),
      element("div", {},
        element("blockquote", {}, before, element("mark", {}, ...underlined(words, names)), after),
        element("cite", { text: `${title && title !== file ? `${title} · ` : ""}${file} ${where}` })));
  });
  return folded("ol", items, FIRST_QUOTES, "quotes");
}

/** A list of which the first few are shown, and a button for the rest. */
function folded(tag, items, first, name = "") {
  const list = element(tag, name ? { class: name } : {}, ...items);
  if (items.length <= first + 2) return list;
  items.slice(first).forEach((item) => { item.hidden = true; });
  const more = element("button", { type: "button", class: "more", text: `展开其余 ${items.length - first} 条` });
  more.addEventListener("click", () => { items.forEach((item) => { item.hidden = false; }); more.remove(); });
  const both = document.createDocumentFragment();
  both.append(list, more);
  return both;
}

function show(body) {
  panelBody.replaceChildren(body);
  panelBody.scrollTop = 0;
  panel.hidden = false;
}

function closePanel() {
  panel.hidden = true;
  panel.dispatchEvent(new Event("close"));
}

document.getElementById("close").addEventListener("click", closePanel);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden && event.target.id !== "search") closePanel();
});

screens.set("sheet", {
  title: (_, number) => cards[number].name,
  show(root, _, number) {
    const sheet = element("div", { class: "sheet", tabindex: "-1" });
    sheet.append(cardBody(number));
    root.replaceChildren(sheet);
    sheet.focus({ preventScroll: true });
  },
  hide() {},
});

/** The records behind a figure, in the drawer. */
function openRecords(title, numbers) {
  const body = document.createDocumentFragment();
  body.append(element("h2", { class: "panel-title", text: title }), folded("ul", numbers.map((n) => element("li", {}, linkTo(n))), 60));
  show(body);
}
