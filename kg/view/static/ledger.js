// The ledger: every proposal as a row, sorted and filtered as the address says; only the rows in view are in the page.

const ROW_HEIGHT = 46, ROWS_BEYOND = 12, MOST_PRINTED = 3000;
const COLUMN_WIDTHS = {
  编号: 76, 案由: 330, 提案者: 150, 类别: 92, "界别/党派": 140, 分类: 104, "主办/会办": 200, 结果: 110, "重点/优秀": 140, 届次: 130, 名单: 100, 政协: 120,
};
const inOrder = new Intl.Collator("zh-CN", { numeric: true }).compare;

const ledger = { rows: [], plain: null, built: null, drawn: new Map() };

screens.set("ledger", {
  title: "提案台账",
  show(root, parameters) {
    if (ledger.built === null) buildLedger(root);
    filters.read(parameters);
    ledger.rows = sorted(filtered(parameters), parameters.get("sort") ?? "");
    showControls(parameters);
    ledger.built.scroller.scrollTop = 0;
    redrawRows();
  },
  hide() {},
});

// -- which rows, in which order ---------------------------------------------------------------------------------------------
/** The rows that the address asks for. */
function filtered(parameters) {
  const { columns, rows } = known.ledger;
  ledger.plain ??= rows.map(([, cells]) => cells.map(plainName));
  const anywhere = plainWords(parameters.get("q") ?? "");
  const within = columns.map((name, i) => [i, plainWords(parameters.get(name) ?? "")]).filter(([, words]) => words.length);
  return rows.filter(([card], row) => {
    const plain = ledger.plain[row];
    return within.every(([i, words]) => words.every((word) => plain[i].includes(word)))
      && anywhere.every((word) => plain.some((cell) => cell.includes(word)))
      && filters.accepts(card);
  });
}

/** Rows by a column, `-column` backwards; what no text says comes last either way. */
function sorted(rows, order) {
  const backwards = order.startsWith("-");
  const column = known.ledger.columns.indexOf(order.replace(/^-/, ""));
  if (column < 0) return rows;
  const said = rows.filter(([, cells]) => cells[column]), unsaid = rows.filter(([, cells]) => !cells[column]);
  said.sort(([, a], [, b]) => (backwards ? inOrder(b[column], a[column]) : inOrder(a[column], b[column])));
  return [...said, ...unsaid];
}

// -- the parts around the rows ------------------------------------------------------------------------------------------------
function buildLedger(root) {
  const { columns, rows, absent, elsewhere } = known.ledger;
  const find = element("input", { type: "search", class: "ledger-find", placeholder: say("在台账中查找"), "aria-label": say("在台账中查找") });
  find.addEventListener("input", () => soon(() => setParams({ q: find.value }, { replace: true })));
  const facets = element("div", { class: "facets" });
  const widths = columns.map(widthOf);
  const count = element("p", { class: "ledger-count", "aria-live": "polite" });
  const body = element("tbody"), top = element("tr", { class: "spacer", "aria-hidden": "true" }), bottom = element("tr", { class: "spacer", "aria-hidden": "true" });
  const table = element("table", { class: "ledger-table", "aria-label": say("提案台账"), "aria-colcount": columns.length },
    element("colgroup", {}, ...widths.map((width) => element("col", { style: `width:${width}px` }))),
    element("thead", {}, columnHeads(columns), columnInputs(columns)), body);
  table.style.minWidth = `${widths.reduce((sum, width) => sum + width, 0)}px`;
  const scroller = element("div", { class: "ledger-scroll", tabindex: "0", role: "region", "aria-label": say("提案台账") }, table);
  const notes = [
    absent.length ? say("无数据（已录入材料没有记载）：{columns}。", { columns: absent.map((name) => say(name)).join(language === "en" ? ", " : "、") }) : "",
    elsewhere ? say("按提案办理而不是提案的{n}件不列。", { n: elsewhere }) : "",
  ].filter(Boolean).join(" ");
  root.replaceChildren(element("div", { class: "ledger" },
    element("div", { class: "ledger-bar" }, find, facets, exportButtons(ledgerTable, ledgerQuery)), count,
    rows.length ? scroller : element("p", { class: "note", text: say("提案：无数据（已录入材料没有记载）。") }),
    element("p", { class: "note ledger-note", text: notes })));
  ledger.built = { find, facets, count, table, body, top, bottom, scroller };
  scroller.addEventListener("scroll", () => requestAnimationFrame(redrawRows));
  new ResizeObserver(redrawRows).observe(scroller);
  body.addEventListener("keydown", stepRows);
  window.addEventListener("beforeprint", () => { if (!root.hidden) printRows(); });
  window.addEventListener("afterprint", () => { if (!root.hidden) forgetRows(); });
}

/** A column's width in pixels: that of its kind, for numbers that of the longest, which is not to be broken. */
function widthOf(name, column) {
  if (name !== "编号") return COLUMN_WIDTHS[name];
  const longest = known.ledger.rows.reduce((most, [, cells]) => Math.max(most, cells[column].length), 0);
  return Math.min(200, Math.max(COLUMN_WIDTHS[name], 8 * longest + 24));
}

/** What the rows are a list of, where that is one thing; else that it is several. */
function framesSaid() {
  const lists = known.overview.flatMap(({ name, lists: own }) => own.map((list) => ({ committee: name, ...list })));
  if (lists.length === 1) {
    const [{ committee, figure }] = lists;
    const part = figure.cards.length < known.ledger.rows.length ? say("其中{n}件", { n: figure.cards.length }) : "";
    return say("{list}，{frame}。", { list: `${committee}${figure.label}`, frame: part + framed(figure.frame) });
  }
  return lists.length ? say("台账合列了{n}份名单的提案，件数不能当作一次会议的总数；各名单的件数见总览。", { n: lists.length }) : "";
}

function columnHeads(columns) {
  return element("tr", {}, ...columns.map((name) => {
    const button = element("button", { type: "button", class: "sort", "data-column": name }, element("span", { text: say(name) }), element("span", { class: "arrow", "aria-hidden": "true" }));
    button.addEventListener("click", () => {
      const now = params.get("sort") ?? "";
      setParams({ sort: now === name ? `-${name}` : now === `-${name}` ? null : name });
    });
    return element("th", { scope: "col" }, button);
  }));
}

function columnInputs(columns) {
  return element("tr", { class: "column-filters" }, ...columns.map((name) => {
    const input = element("input", { type: "search", "data-column": name, "aria-label": say("按“{column}”筛选", { column: say(name) }), placeholder: say("筛选") });
    input.addEventListener("input", () => soon(() => setParams({ [name]: input.value }, { replace: true })));
    return element("td", {}, input);
  }));
}

let waiting = 0;
function soon(act) {
  clearTimeout(waiting);
  waiting = setTimeout(act, 120);
}

function showControls(parameters) {
  const { find, facets, count, table } = ledger.built;
  const proposals = known.ledger.rows.map(([card]) => card);
  filters.legend(facets, { only: ["sector", "category", "year", "honour", "text"], of: proposals });
  if (document.activeElement !== find) find.value = parameters.get("q") ?? "";
  for (const input of table.querySelectorAll(".column-filters input")) {
    if (document.activeElement !== input) input.value = parameters.get(input.dataset.column) ?? "";
  }
  const order = parameters.get("sort") ?? "";
  for (const button of table.querySelectorAll(".sort")) {
    const { column } = button.dataset;
    const direction = order === column ? "ascending" : order === `-${column}` ? "descending" : null;
    if (direction) button.parentElement.setAttribute("aria-sort", direction);
    else button.parentElement.removeAttribute("aria-sort");
  }
  const all = known.ledger.rows.length, shown = ledger.rows.length;
  const said = shown === all ? say("共{n}件。", { n: all }) : say("显示{n}件，共{all}件。", { n: shown, all });
  count.replaceChildren(element("b", { text: said }), ` ${framesSaid()}`);
  table.setAttribute("aria-rowcount", String(shown + 2));
}

// -- the rows in view -----------------------------------------------------------------------------------------------------------
/** Forget the rows that are in the page, so that they are made anew. */
function forgetRows() {
  ledger.printing = false;
  ledger.drawn.forEach((row) => row.remove());
  ledger.drawn.clear();
  redrawRows();
}

let drawnOf = null; // the list of rows that those in the page are of
function redrawRows() {
  if (ledger.printing || ledger.built === null) return;
  const { scroller, body, top, bottom } = ledger.built;
  if (drawnOf !== ledger.rows) {
    ledger.drawn.forEach((row) => row.remove());
    ledger.drawn.clear();
    drawnOf = ledger.rows;
  }
  const first = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - ROWS_BEYOND);
  const last = Math.min(ledger.rows.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / ROW_HEIGHT) + ROWS_BEYOND);
  for (const [i, row] of ledger.drawn) {
    if (i < first || i >= last) { row.remove(); ledger.drawn.delete(i); }
  }
  if (top.parentElement !== body) body.append(top, bottom);
  top.style.height = `${first * ROW_HEIGHT}px`;
  bottom.style.height = `${(ledger.rows.length - last) * ROW_HEIGHT}px`;
  for (let i = last - 1, next = bottom; i >= first; i -= 1) {
    let row = ledger.drawn.get(i);
    if (!row) {
      row = ledgerRow(i);
      ledger.drawn.set(i, row);
      body.insertBefore(row, next);
    }
    next = row;
  }
}

function ledgerRow(i) {
  const [card, cells] = ledger.rows[i];
  const made = cells.map((cell, column) => element("td", {},
    known.ledger.columns[column] === "案由" ? linkTo(card, cell) : element("bdi", { text: columnSaid(cell) })));
  for (const cell of made) cell.firstChild.classList.add("clamped");
  return element("tr", { "aria-rowindex": i + 3, "data-row": i }, ...made);
}

/** A cell's words in the page's language, where they are one of a list. */
function columnSaid(cell) {
  return language === "zh" ? cell : cell.split("、").map((part) => say(part)).join(", ");
}

/** From row to row with the arrow keys. */
function stepRows(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = by && event.target.closest("tr[data-row]");
  if (!row) return;
  event.preventDefault();
  const to = Number(row.dataset.row) + by;
  if (to < 0 || to >= ledger.rows.length) return;
  const { scroller, table } = ledger.built;
  const head = table.tHead.offsetHeight;
  const above = to * ROW_HEIGHT, below = above + ROW_HEIGHT + head;
  if (above < scroller.scrollTop) scroller.scrollTop = above;
  if (below > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = below - scroller.clientHeight;
  redrawRows();
  ledger.drawn.get(to)?.querySelector("a").focus({ preventScroll: true });
}

/** On paper stand all rows that are shown, up to a number that a printer can be asked for. */
function printRows() {
  const { body } = ledger.built;
  ledger.printing = true;
  ledger.drawn.clear();
  const rows = ledger.rows.slice(0, MOST_PRINTED).map((_, i) => ledgerRow(i));
  if (ledger.rows.length > MOST_PRINTED) {
    const left = say("还有{n}件没有打印，请导出为 Excel。", { n: ledger.rows.length - MOST_PRINTED });
    rows.push(element("tr", {}, element("td", { colspan: known.ledger.columns.length, text: left })));
  }
  body.replaceChildren(...rows);
  rows.forEach((row, i) => ledger.drawn.set(i, row));
}

// -- taken along ----------------------------------------------------------------------------------------------------------------
function ledgerTable() {
  return { name: say("提案台账"), columns: known.ledger.columns.map((name) => say(name)), rows: ledger.rows.map(([, cells]) => cells) };
}
