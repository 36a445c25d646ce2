// The words behind what the page tells, shown in their paragraphs; and the drawer at the right.

const panel = document.getElementById("panel");
const panelBody = document.getElementById("panel-body");
const FIRST_QUOTES = 8, FIRST_RECORDS = 20;

/** A stretch of a paragraph: what was repaired is dotted and tells the scan's letters; names are underlined. */
function painted(quotation, from, to, names) {
  const parts = [];
  let at = from;
  for (const [begin, end, letters] of quotation.scan) {
    if (begin < at || end > to) continue;
    parts.push(...underlined(quotation.text.slice(at, begin), names), repaired(quotation.text.slice(begin, end), letters));
    at = end;
  }
  return [...parts, ...underlined(quotation.text.slice(at, to), names)];
}

function repaired(words, letters) {
  const said = say("原件作“{letters}”", { letters });
  return element("span", { class: "repaired", tabindex: "0", role: "note", "aria-label": `${words}（${said}）`, "data-scan": said, text: words });
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

/** The passage in its context: a sentence or two, or with `whole` all of its paragraph. */
function passageOf(quotation, { whole = false, names = [] } = {}) {
  const [, one, two, three, four, end] = quotation.ends;
  return element("blockquote", {},
    ...(whole ? painted(quotation, 0, one, []) : one > 0 && two > one ? ["…"] : []),
    ...painted(quotation, one, two, []),
    element("mark", {}, ...painted(quotation, two, three, names)),
    ...painted(quotation, three, four, []),
    ...(whole ? painted(quotation, four, end, []) : end > four && four > three ? ["…"] : []));
}

function sourceOf(quotation) {
  const { title, file, date } = quotation.document;
  const named = title && title !== file ? `${title} · ` : "";
  return element("cite", {}, element("bdi", { text: `${named}${file}` }), date ? ` · ${dateSaid(date)}` : "", ` ${quotation.where}`);
}

/** Whether a person checked what was read in some passages: all of it, a part, or nothing. */
function checkedMark(quotations) {
  const read = quotations.filter(({ rule, corrected }) => rule || corrected);
  if (!read.length) return null;
  const checked = read.filter(({ corrected }) => corrected).length;
  const words = checked === read.length ? say("已核对") : checked ? say("部分已核对") : say("自动提取");
  return element("span", { class: checked ? "checked" : "read", text: words });
}

/** What the drawer offers with a passage: the citation, how it was read, a line to report a mistake. */
function passageTools(quotation, about) {
  const rules = new Map(quotation.also.filter(({ rule }) => rule).map(({ rule }) => [rule.name, rule]));
  const told = [...rules.values()].map(({ name, confidence, reads }) => element("li", {}, `${say(reads)} `, element("code", { text: name }), ` · ${
    confidence ? say("实测准确率 {n}", { n: percent(confidence) }) : say("准确率未测")}`));
  return element("div", { class: "passage-tools" },
    checkedMark(quotation.also),
    element("button", { type: "button", class: "small", text: say("复制引文"), onclick: () => copyAs({ "text/plain": citationOf(quotation) }) }),
    about ? element("button", { type: "button", class: "small", text: say("报告错误"), onclick: () => reportMistake(about, quotation) }) : null,
    told.length ? element("details", {}, element("summary", { text: say("详情") }), element("p", { text: say("识别规则") }), element("ul", {}, ...told)) : null);
}

function percent(share) {
  return `${(Number(share) * 100).toFixed(1).replace(/\.0$/, "")}%`;
}

/** A line for whoever keeps the corrections: shown, so that one sees what one sends, and copied. */
function reportMistake(about, quotation) {
  const line = reportLine(about, quotation);
  const dialog = element("dialog", { class: "query", "aria-label": say("报告错误") },
    element("h2", { class: "panel-title", text: say("报告错误") }),
    element("p", { text: say("把这一行交给负责更正的人，写上正确的值。各栏：主体、事项、值、文件、位置、原话、规则。") }),
    element("pre", { tabindex: "0", text: line }),
    element("div", { class: "buttons" },
      element("button", { type: "button", class: "plain", text: say("复制"), onclick: () => copyAs({ "text/plain": line }) }),
      element("button", { type: "button", class: "plain", text: say("关闭"), onclick: () => dialog.close() })));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function quoteItem(quotation, number, { about = null, whole = false, names = [] } = {}) {
  return element("li", { class: "quote", "data-quote": quotation.number },
    element("span", { class: "no", text: number }),
    element("div", {}, passageOf(quotation, { whole, names }), sourceOf(quotation), whole ? passageTools(quotation, about) : null));
}

/** A list of which the first few are shown on the screen, all on paper, and a button for the rest. */
function folded(tag, items, first, attributes = {}) {
  const list = element(tag, attributes, ...items);
  if (items.length <= first + 2) return list;
  items.slice(first).forEach((item) => item.classList.add("folded"));
  const more = element("button", { type: "button", class: "more", text: say("展开其余{n}条", { n: items.length - first }) });
  more.addEventListener("click", () => { items.forEach((item) => item.classList.remove("folded")); more.remove(); });
  const both = document.createDocumentFragment();
  both.append(list, more);
  return both;
}

// -- the drawer -----------------------------------------------------------------------------------------------------------------
const drawer = { shown: null, before: [], opener: null };

/** Show in the drawer what `draw` makes; what was there before is a step back. */
function openDrawer(draw, { deeper = false } = {}) {
  if (panel.hidden) drawer.opener = document.activeElement;
  drawer.before = deeper && drawer.shown ? [...drawer.before, drawer.shown] : [];
  drawer.shown = draw;
  redrawDrawer();
}

function redrawDrawer() {
  const back = drawer.before.length ? element("button", { type: "button", class: "small back", text: `← ${say("返回")}`, onclick: () => {
    drawer.shown = drawer.before.pop();
    redrawDrawer();
  } }) : null;
  panelBody.replaceChildren(...[back].filter(Boolean), drawer.shown());
  panelBody.scrollTop = 0;
  panel.hidden = false;
  panelBody.focus({ preventScroll: true });
  if (matchMedia("(max-width: 900px)").matches) panel.scrollIntoView({ block: "start" });
}

function closePanel() {
  if (panel.hidden) return;
  panel.hidden = true;
  drawer.shown = null;
  drawer.before = [];
  if (drawer.opener?.isConnected) drawer.opener.focus({ preventScroll: true });
  panel.dispatchEvent(new Event("close"));
}

/** Open the words behind a figure or a fact. `about` (subject, predicate, value) is what a mistake would be reported of. */
function openEvidence(title, numbers, about = null) {
  const named = about ? [about.subject, about.value].filter((name) => name.length > 1) : [];
  openDrawer(() => {
    const found = passages(numbers);
    const body = document.createDocumentFragment();
    const items = found.map((quotation, i) => quoteItem(quotation, String(i + 1), { about: about ?? { subject: title, predicate: "", value: "" }, whole: true, names: named }));
    body.append(element("p", { class: "of-kind" }, element("span", { text: say("原文{n}处", { n: found.length }) })),
      element("h2", { class: "panel-title", text: title }), folded("ol", items, FIRST_QUOTES, { class: "quotes" }));
    if (!found.length) body.append(element("p", { class: "note", text: say("没有文本直接说出这一项。") }));
    return body;
  }, { deeper: panel.contains(document.activeElement) });
}

/** Open the records behind a figure or a tie, each with its words. */
function openRecords(title, numbers) {
  openDrawer(() => {
    const body = document.createDocumentFragment();
    body.append(element("p", { class: "of-kind" }, element("span", { text: say("{n}条记录", { n: numbers.length }) })),
      element("h2", { class: "panel-title", text: title }));
    const list = element("ol", { class: "records" });
    const more = element("button", { type: "button", class: "more" });
    const grow = (n) => {
      const done = list.children.length;
      list.append(...numbers.slice(done, done + n).map(recordItem));
      more.hidden = list.children.length >= numbers.length;
      more.textContent = say("展开其余{n}条", { n: numbers.length - list.children.length });
    };
    more.addEventListener("click", () => grow(200));
    grow(FIRST_RECORDS);
    body.append(list, more);
    return body;
  }, { deeper: panel.contains(document.activeElement) });
}

function recordItem(number) {
  const first = passages(firstWords(number))[0];
  return element("li", {}, element("p", { class: "record" }, glyphOf(cards[number].kind), linkTo(number)),
    first ? element("div", { class: "quote" }, element("div", {}, passageOf(first, { names: [cards[number].name] }), sourceOf(first))) : null);
}

document.getElementById("close").addEventListener("click", closePanel);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden && event.target.id !== "search" && !document.querySelector("dialog[open]")) closePanel();
});
