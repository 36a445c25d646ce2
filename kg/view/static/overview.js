// The overview: a committee's figures with their frames, who proposes what, what has no proposal yet, and what there is.

const LEVELS = 5; // of colour in the table of sectors and categories
const FIRST_GAPS = 12, MOST_LISTED = 300;

/** A number that opens what it counts. */
function figureButton(count, title, numbers, attributes = {}) {
  return element("button", { type: "button", class: "opens", ...attributes, onclick: () => openRecords(title, numbers) }, String(count));
}

screens.set("overview", {
  title: "总览",
  show(root, parameters) {
    const named = parameters.get("committee");
    const at = Math.max(0, known.overview.findIndex(({ name }) => name === named));
    const committee = known.overview[at];
    const body = element("div", { class: "overview" });
    if (known.overview.length > 1) body.append(committeeChoice(at));
    if (committee) body.append(figuresOf(committee), proposalsOf(committee, parameters), gapsOf(committee));
    else body.append(element("p", { text: say("已录入材料中没有读到提案、案例、计划或发言。") }));
    body.append(aboutPage());
    root.replaceChildren(body);
  },
  hide() {},
});

function committeeChoice(at) {
  const select = element("select", { id: "committee", onchange: () => setParams({ committee: select.value, list: null }) },
    ...known.overview.map(({ name }, i) => element("option", { value: name, selected: i === at, text: name })));
  return element("p", { class: "which" }, element("label", { for: "committee", text: say("政协：") }), select,
    element("span", { class: "note", text: say("各政协分别统计，不相加。") }));
}

function framed({ text, values }) {
  return say(text, values);
}

function figuresOf(committee) {
  const tiles = committee.lists.map(({ figure, name }) => tile(say("提案"), figure, `${say("提案")} · ${name}`, figure.label));
  tiles.push(...committee.figures.map((figure) => tile(say(figure.label), figure, say(figure.label))));
  return element("section", { "aria-label": say("关键数字") }, element("ul", { class: "figures" }, ...tiles));
}

function tile(label, figure, title, time = "") {
  const frame = [time, framed(figure.frame)].filter(Boolean).join(" · ");
  return element("li", { class: "figure" },
    element("button", { type: "button", onclick: () => openRecords(title, figure.cards) },
      element("span", { class: "figure-label", text: label }),
      element("span", { class: "figure-number" }, element("b", { text: String(figure.cards.length) }), element("span", { class: "unit", text: say(figure.unit) })),
      element("span", { class: "frame", text: frame })));
}

// -- who proposes what ----------------------------------------------------------------------------------------------------
function proposalsOf(committee, parameters) {
  const heading = element("h2", { text: say("谁提了哪一类提案") });
  const section = element("section", { class: "who", "aria-label": say("谁提了哪一类提案") });
  if (!committee.lists.length) {
    section.append(heading, element("p", { class: "note", text: say("提案：无数据（已录入材料没有记载）。") }));
    return section;
  }
  const at = Math.max(0, committee.lists.findIndex(({ name }) => name === parameters.get("list")));
  const list = committee.lists[at];
  const head = element("div", { class: "part-head" }, heading);
  if (committee.lists.length > 1) {
    const select = element("select", { "aria-label": say("会议与名单"), onchange: () => setParams({ list: select.value }) },
      ...committee.lists.map(({ name }, i) => element("option", { value: name, selected: i === at, text: name })));
    head.append(select);
  } else head.append(element("span", { class: "note", text: list.name }));
  head.append(exportButtons(() => ({ name: `${committee.name} ${list.name}`, ...plainTable(list) }), () => CATEGORY_QUERY));
  const total = list.figure.cards.length;
  section.append(head, heatTable(list), scale(list),
    element("p", { class: "note" }, say("一件提案涉及几个界别、党派的各计一次，所以各行之和可能大于合计。按名称排列，不是排名。"),
      list.computed ? say("分类由主要议题推算的{n}件，由材料写明的{m}件。", { n: list.computed, m: total - list.computed }) : ""),
    element("p", { class: "ways" },
      element("a", { class: "to", href: addressWith("/ledger"), text: say("到台账中看每一件") }),
      element("a", { class: "to", href: addressWith("/graph"), text: say("看关系图") })));
  return section;
}

const union = (lists) => [...new Set(lists.flat())];

function heatTable(list) {
  const most = mostIn(list);
  const head = element("thead", {}, element("tr", {}, element("th", { scope: "col", text: say("提案者") }),
    ...list.columns.map((name) => element("th", { scope: "col", text: say(name) })), element("th", { scope: "col", text: say("合计") })));
  const groups = [...new Set(list.lines.map(({ group }) => group))];
  const bodies = groups.map((group) => {
    const lines = list.lines.filter((line) => line.group === group);
    const title = element("tr", { class: "group" }, element("th", { scope: "rowgroup", colspan: list.columns.length + 2, text: say(group) }));
    return element("tbody", {}, ...(groups.length > 1 ? [title] : []), ...lines.map((line) => heatLine(list, line, most)));
  });
  const sums = list.columns.map((name, i) => union(list.lines.map((line) => line.cells[i])));
  const foot = element("tfoot", {}, element("tr", {}, element("th", { scope: "row", text: say("合计") }),
    ...sums.map((numbers, i) => heatCell(numbers, `${say(list.columns[i])} · ${list.name}`, 0)), heatCell(list.figure.cards, list.name, 0)));
  const caption = element("caption", { class: "hidden", text: say("{name}：提案者与分类（件）", { name: list.name }) });
  return element("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": say("提案者与分类") },
    element("table", { class: "heat" }, caption, head, ...bodies, foot));
}

function mostIn(list) {
  return Math.max(1, ...list.lines.flatMap((line) => line.cells.map((cell) => cell.length)));
}

function heatLine(list, line, most) {
  const name = line.card === null ? element("span", { text: say(line.label) }) : linkTo(line.card, line.label);
  const cells = line.cells.map((numbers, i) =>
    heatCell(numbers, `${line.label} · ${say(list.columns[i])}`, Math.ceil((LEVELS * numbers.length) / most)));
  return element("tr", {}, element("th", { scope: "row" }, name), ...cells, heatCell(union(line.cells), line.label, 0));
}

function heatCell(numbers, title, level) {
  return element("td", { class: level ? `level-${level}` : null },
    numbers.length ? figureButton(numbers.length, title, numbers, { "aria-label": `${title}：${numbers.length}` }) : element("span", { class: "nought", text: "0" }));
}

/** What the colours mean, in numbers. */
function scale(list) {
  const most = mostIn(list);
  const steps = [];
  for (let level = 1, from = 1; level <= LEVELS; level += 1) {
    const to = Math.floor((level * most) / LEVELS);
    if (to < from) continue;
    steps.push(element("span", { class: `step level-${level}`, text: from === to ? String(to) : `${from}–${to}` }));
    from = to + 1;
  }
  return element("p", { class: "scale" }, element("span", { text: say("颜色按件数：") }), ...steps);
}

function plainTable(list) {
  const line = (label, group, cells) => [group, label, ...cells.map((numbers) => numbers.length), union(cells).length];
  const sums = list.columns.map((name, i) => union(list.lines.map((each) => each.cells[i])));
  return {
    columns: ["", "提案者", ...list.columns, "合计"].map((name) => say(name)),
    rows: [...list.lines.map((each) => line(each.label, say(each.group), each.cells)),
      ["", say("合计"), ...sums.map((numbers) => numbers.length), list.figure.cards.length]],
  };
}

// -- what has no proposal yet -----------------------------------------------------------------------------------------------
const SOURCES = {
  concerns: { name: "群众关切", records: "群众的期盼和建议（条）", unit: "条" },
  plans: { name: "工作计划", records: "工作计划的安排（项）", unit: "项" },
};

function gapsOf(committee) {
  const shown = Object.keys(SOURCES).map((source) => gapSection(committee, source));
  return element("div", { class: "gaps" }, ...shown,
    element("p", { class: "note", text: say("说的是已录入材料中暂无，不等于没有提案，也不等于没有重视。") }));
}

function gapSection(committee, source) {
  const { name, records, unit } = SOURCES[source];
  const gaps = committee.gaps[source], asked = committee.asked[source], without = committee.themeless[source];
  const title = gaps.length ? say("{name}：{what}", { name: say(name), what: say("已录入材料中暂无对应提案") }) : say(name);
  const section = element("section", { class: `gap-${source}` }, element("h2", { text: title }));
  if (!asked) section.append(element("p", { class: "note", text: say("无数据（没有录入这类材料）。") }));
  else if (!gaps.length) section.append(element("p", { class: "note", text: say("涉及的议题都有对应提案。") }));
  else section.append(gapTable(gaps, title, records));
  if (without) section.append(element("p", { class: "note", text: say(`没有归入议题的{n}${unit}，看不出有没有对应提案。`, { n: without }) }));
  return section;
}

function gapTable(gaps, title, records) {
  const head = element("tr", {}, ...["议题", records, "协商案例（个）"].map((name) => element("th", { scope: "col", text: say(name) })));
  const rows = gaps.map((gap) => element("tr", {},
    element("th", { scope: "row" }, gap.card === null ? gap.theme : linkTo(gap.card, gap.theme)),
    element("td", {}, figureButton(gap.records.length, gap.theme, gap.records, { "aria-label": `${gap.theme}：${gap.records.length}` })),
    element("td", {}, gap.cases.length
      ? figureButton(gap.cases.length, `${gap.theme} · ${say("协商案例")}`, gap.cases, { "aria-label": `${gap.theme} · ${say("协商案例")}：${gap.cases.length}` })
      : "—")));
  const body = element("tbody", {}, ...rows);
  const table = element("table", { class: "plain-table" }, element("caption", { class: "hidden", text: title }), element("thead", {}, head), body);
  if (rows.length <= FIRST_GAPS + 3) return table;
  rows.slice(FIRST_GAPS).forEach((row) => row.classList.add("gap-rest"));
  const more = element("button", { type: "button", class: "more", text: say("展开其余 {n} 个议题", { n: rows.length - FIRST_GAPS }) });
  more.addEventListener("click", () => { rows.forEach((row) => row.classList.remove("gap-rest")); more.remove(); });
  return element("div", {}, table, more);
}

// -- what there is ------------------------------------------------------------------------------------------------------------
function aboutPage() {
  const guide = document.getElementById("guide").content.cloneNode(true);
  sayAll(guide);
  const texts = element("details", {}, element("summary", { text: say("依据文本 {n} 份", { n: known.texts.length }) }),
    element("ul", {}, ...known.texts.map(([title, file]) => element("li", {}, element("bdi", { text: title || file }), title ? element("span", { class: "file", text: file }) : null))));
  return element("section", { class: "about" },
    element("h2", { text: say("目录与说明") }),
    element("div", { class: "index" }, ...known.kinds.map(indexOf).filter(Boolean), texts), guide);
}

function indexOf(kind) {
  const numbers = cards.filter((card) => card.kind === kind).map((card) => card.number);
  if (!numbers.length) return null;
  const summary = element("summary", {}, glyphOf(kind), element("span", { text: say(looks.get(kind).label) }),
    element("span", { class: "count", text: String(numbers.length) }));
  const details = element("details", {}, summary);
  details.addEventListener("toggle", () => {
    if (details.children.length > 1) return;
    details.append(element("ul", {}, ...numbers.slice(0, MOST_LISTED).map((n) => element("li", {}, linkTo(n)))));
    if (numbers.length > MOST_LISTED) {
      details.append(element("p", { class: "note", text: say("还有 {n} 项，请用搜索框找。", { n: numbers.length - MOST_LISTED }) }));
    }
  });
  return details;
}
