// A thing's sheet: its sections, the same for every kind, on a page of its own and in the drawer.

const FIRST_ROWS = 12, FIRST_VALUES = 12, FIRST_ALIASES = 8, MOST_ROWS = 3000, MOST_REFERENCES = 5, LONG_WORDS = 60;

function noteSaid(note) {
  if (typeof note === "string") return say(note);
  const [words, values] = note;
  return say(words, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? say(value) : value])));
}

/** A value's words: a name as it is, one of our lists in the page's language. */
function valueSaid({ text, card }) {
  return card === null ? wordsSaid(text) : text;
}

/** Words that the data has put together, in the page's language: `所含任务`, `2031年9月8日`, `都有“停车”`. */
function wordsSaid(words) {
  if (language === "zh") return words;
  const inside = words.match(/^所含(.+)$/);
  if (inside) return say("所含{kind}", { kind: say(inside[1]) });
  const turned = words.match(/^(.+)（以此为(.+)）$/);
  if (turned) return say("{kind}（以此为{property}）", { kind: say(turned[1]), property: say(turned[2]) });
  const date = words.match(/^(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?$/);
  if (date) return date.slice(1).filter(Boolean).map((part) => part.padStart(2, "0")).join("-");
  const led = words.match(/^(都有|它另有)(“.+)$/);
  return led ? `${say(led[1])} ${led[2]}` : say(words);
}

/** What a sheet needs to refer to its quotations: their numbers in its list, its card, and whether it stands in the drawer. */
function referrer(number, sections, inDrawer) {
  const order = new Map();
  const quotes = sections.find(({ title, form }) => form === "quotes" && title === "原文");
  quotes?.rows.forEach(([[value]], i) => value.quotations.forEach((quotation) => order.set(quotation, i + 1)));
  return { number, order, inDrawer };
}

function reference(quotations, about, refer) {
  const places = [...new Set(quotations.map((quotation) => refer.order.get(quotation)).filter(Boolean))].sort((a, b) => a - b);
  const mark = (text, words, cited) => {
    const open = () => openEvidence(titleOf(about), cited, about);
    return element("span", { // no button element: a line may break before one, whatever joins it to the word
      role: "button", tabindex: "0", class: "ref", text, "aria-label": words, onclick: open,
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); }
      },
    });
  };
  const shown = places.length > MOST_REFERENCES ? places.slice(0, MOST_REFERENCES - 1) : places;
  const marks = shown.map((place) => mark(String(place), say("原文{n}", { n: place }), quotations.filter((quotation) => refer.order.get(quotation) === place)));
  return shown.length < places.length ? [...marks, mark("…", say("原文{n}处", { n: places.length }), quotations)] : marks;
}

function titleOf({ subject, predicate, value }) {
  return [predicate ? wordsSaid(predicate) : subject, wordsSaid(value)].filter(Boolean).join(language === "zh" ? "：" : ": ");
}

/** A value with its words behind it: a link, plain words, or a number that opens what it counts. */
function valueShown(value, predicate, refer, cited) {
  const about = { subject: cards[refer.number].name, predicate, value: value.text };
  if (value.counts) {
    return element("button", { type: "button", class: "opens", text: value.text, onclick: () => openEvidence(`${say(predicate)} ${value.text}`, value.quotations, about) });
  }
  const untold = value.text === "无记载" && value.card === null;
  const words = value.card === null ? element("bdi", { class: untold ? "untold" : null, text: valueSaid(value) }) : linkTo(value.card, value.text);
  if (value.text.length > LONG_WORDS) words.classList.add("long");
  if (!cited || !value.quotations.length) return words;
  return element("span", {}, words, ...reference(value.quotations, about, refer).flatMap((ref) => ["\u2060", ref]));
}

const shownAs = { facts: factsShown, table: tableShown, course: courseShown, quotes: quotesShown };

function factsShown({ rows }, refer) {
  return element("dl", { class: "facts" }, ...rows.map(([[label], values]) => {
    const made = values.map((value) => valueShown(value, label.text, refer, true));
    const list = made.length === 1 ? made[0] : folded("ul", made.map((value) => element("li", {}, value)), FIRST_VALUES);
    const words = wordsSaid(label.text);
    return element("div", { class: words.length > 7 ? "fact wide" : "fact" }, element("dt", { text: words }), element("dd", {}, list));
  }));
}

function courseShown({ columns, rows }, refer) {
  const dated = rows.some(([, , , dates]) => dates.length);
  const head = element("tr", {}, ...columns.slice(0, dated ? 4 : 3).map((name) => element("th", { scope: "col", text: say(name) })));
  const body = rows.map(([[step], items, values, dates], at) => {
    const first = rows[at - 1]?.[0][0].text !== step.text;
    const made = values.flatMap((value, i) => [i ? "、" : "", valueShown(value, items[0]?.text ?? step.text, refer, true)]);
    const span = rows.filter(([[other]]) => other.text === step.text).length;
    return element("tr", { class: first ? "step" : null },
      first ? element("th", { scope: "rowgroup", rowspan: span, text: say(step.text) }) : null,
      element("td", { class: "item", text: items[0] ? say(items[0].text) : "" }),
      element("td", {}, ...made),
      dated ? element("td", { class: "when" }, ...dates.map((date) => valueShown(date, "时间", refer, true))) : null);
  });
  return element("table", { class: "course" }, element("thead", {}, head), element("tbody", {}, ...body));
}

/** A table without the columns that no row fills; each row leads to its words. */
function tableShown(section, refer) {
  const kept = section.columns.map((_, i) => i).filter((i) => section.rows.some((row) => row[i].length));
  const head = element("tr", {}, ...kept.map((i) => element("th", { scope: "col", text: say(section.columns[i]) })),
    element("th", { scope: "col", class: "words" }, element("span", { class: "hidden", text: say("原文") })));
  const body = element("tbody");
  const grow = (to) => body.append(...section.rows.slice(body.children.length, to).map((row) => tableRow(section, kept, row, refer)));
  grow(Math.min(section.rows.length, 300));
  const table = element("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": say(section.title) },
    element("table", { class: "rows" }, element("thead", {}, head), body));
  if (section.rows.length <= FIRST_ROWS + 3) return table;
  [...body.children].slice(FIRST_ROWS).forEach((row) => row.classList.add("folded"));
  const more = element("button", { type: "button", class: "more", text: say("展开其余{n}条", { n: section.rows.length - FIRST_ROWS }) });
  more.addEventListener("click", () => {
    grow(MOST_ROWS);
    [...body.children].forEach((row) => row.classList.remove("folded"));
    more.remove();
  });
  const left = section.rows.length - body.children.length;
  const both = document.createDocumentFragment();
  both.append(table, more);
  if (left) both.append(element("p", { class: "note only-print", text: say("另有{n}条，见页面。", { n: left }) }));
  return both;
}

function tableRow(section, kept, row, refer) {
  const quotations = [...new Set(row.flat().flatMap((value) => value.quotations))];
  const named = row.flat().find(({ card }) => card !== null) ?? row.flat()[0];
  const counts = row.flat().some((value) => value.counts);
  const words = !counts && quotations.length
    ? element("button", { type: "button", class: "small", text: say("原文"), "aria-label": say("原文：{name}", { name: named.text }),
      onclick: () => openEvidence(named.text, quotations, { subject: cards[refer.number].name, predicate: section.title, value: named.text }) })
    : null;
  return element("tr", {},
    ...kept.map((i) => element("td", { "data-column": say(section.columns[i]) },
      ...row[i].flatMap((value, n) => [n ? "、" : "", valueShown(value, section.columns[i], refer, false)]))),
    element("td", { class: "words" }, words));
}

function quotesShown(section, refer) {
  const numbered = section.title === "原文";
  const names = namesIn(refer.number);
  const items = section.rows.map(([[value]], i) => {
    const quotation = passages(value.quotations)[0];
    const item = quoteItem(quotation, numbered ? String(i + 1) : "·", { names });
    item.querySelector(".no").replaceWith(element("button", {
      type: "button", class: "no", text: numbered ? String(i + 1) : "·", "aria-label": say("原文{n}的整段", { n: i + 1 }),
      onclick: () => openEvidence(cards[refer.number].name, value.quotations, { subject: cards[refer.number].name, predicate: "", value: "" }),
    }));
    return item;
  });
  return folded("ol", items, FIRST_QUOTES, { class: "quotes" });
}

/** The names that a card's sentences are about: its own, and those of what its sections lead to. */
function namesIn(number) {
  const card = cards[number];
  const led = sectionsOf(number).filter(({ form }) => form !== "table").flatMap(({ rows }) => rows.flat(2).filter((value) => value.card !== null));
  return [...new Set([card.name, ...(card.kind === "Theme" ? [] : card.also), ...led.map(({ text }) => text)])]
    .filter((name) => name.length > 1).sort((a, b) => b.length - a.length).slice(0, 60);
}

function sectionShown(section, refer) {
  const copied = section.form === "table" && section.rows.length > 2 && !refer.inDrawer ? sectionTools(section, refer) : null;
  return element("section", { class: `section ${section.form}-section` },
    element("div", { class: "section-head" }, element("h3", { text: say(section.title) }), copied),
    section.notes.length ? element("p", { class: "note", text: section.notes.map(noteSaid).join(language === "zh" ? "；" : "; ") }) : null,
    shownAs[section.form](section, refer));
}

/** Copy a section's table, or save it for Excel. */
function sectionTools({ title, columns, rows }, refer) {
  const kept = columns.map((_, i) => i).filter((i) => rows.some((row) => row[i].length));
  const heads = kept.map((i) => say(columns[i]));
  const texts = () => rows.map((row) => kept.map((i) => row[i].map(valueSaid).join("、")));
  const name = `${cards[refer.number].name.slice(0, 40)} ${say(title)}`;
  return element("div", { class: "section-tools" },
    element("button", { type: "button", class: "small", text: say("复制"), onclick: () => copyTable(heads, texts()) }),
    element("button", { type: "button", class: "small", text: "Excel", onclick: () => exportTable(name, heads, texts(), "xlsx") }));
}

/** The other wordings, of which a theme of the thesaurus has many. */
function aliases(card) {
  const lead = say(card.kind === "Theme" ? "所含词语：" : "又作：");
  const all = element("p", { class: "aliases", text: lead + card.also.join("、") });
  if (card.also.length <= FIRST_ALIASES + 2) return all;
  const some = element("p", { class: "aliases", text: `${lead}${card.also.slice(0, FIRST_ALIASES).join("、")} ` });
  const more = element("button", { type: "button", class: "more", text: say("等{n}个", { n: card.also.length }) });
  more.addEventListener("click", () => some.replaceWith(all));
  some.append(more);
  return some;
}

/** All that the page tells of a card. */
function sheetOf(number, inDrawer) {
  const card = cards[number];
  const sections = sectionsOf(number);
  const refer = referrer(number, sections, inDrawer);
  const body = document.createDocumentFragment();
  body.append(
    element("p", { class: "of-kind" }, glyphOf(card.kind), element("span", { text: card.is }), checkedMark(quotedIn(sections))),
    element("div", { class: "title-row" }, element("h2", { class: "panel-title" }, element("bdi", { text: card.name })), inDrawer ? null : sheetTools(number)));
  if (inDrawer) body.append(element("p", { class: "whole" }, linkTo(number, say("整页"))));
  if (card.also.length) body.append(aliases(card));
  body.append(...sections.map((section) => sectionShown(section, refer)));
  if (!sections.length) body.append(element("p", { class: "note", text: say("已录入材料没有更多记载。") }));
  return body;
}

function quotedIn(sections) {
  return sections.filter(({ form }) => form === "quotes").flatMap(({ rows }) => rows.flatMap(([[value]]) => value.quotations.map(quotationOf)));
}

function sheetTools(number) {
  const address = () => new URL(addressOf(number), location.href).href;
  const drawn = pictureData.addressOf(number);
  return element("div", { class: "buttons sheet-tools" },
    drawn ? element("button", { type: "button", class: "plain", text: say("在图中看"), onclick: () => go(drawn) }) : null,
    element("button", { type: "button", class: "plain", text: say("打印"), onclick: () => window.print() }),
    element("button", { type: "button", class: "plain", text: say("复制链接"), onclick: () => copyAs({ "text/plain": address() }) }));
}

/** Show a card in the drawer. */
function showInPanel(number) {
  openDrawer(() => sheetOf(number, true));
}

screens.set("sheet", {
  title: (_, number) => cards[number].name,
  show(root, _, number) {
    closePanel();
    const sheet = element("article", { class: "sheet", tabindex: "-1", "data-kind": cards[number].kind, "aria-label": cards[number].name });
    sheet.append(sheetOf(number, false));
    root.replaceChildren(sheet);
    sheet.focus({ preventScroll: true });
  },
  hide() {},
});
