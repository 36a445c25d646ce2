// What is shown, taken along: to the clipboard, as CSV, as an Excel workbook; and the question behind it in SPARQL.

/** A cell that no spreadsheet takes for a formula. */
function inert(cell) {
  return /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}

function csvOf(columns, rows) {
  const line = (cells) => cells.map((cell) => `"${inert(cell).replaceAll('"', '""')}"`).join(",");
  return `\ufeff${[columns, ...rows].map(line).join("\r\n")}\r\n`;
}

/** Save a table as `name.csv` or `name.xlsx`: strings in columns. */
function exportTable(name, columns, rows, format) {
  const texts = rows.map((row) => row.map((cell) => String(cell)));
  if (format === "csv") save(`${name}.csv`, csvOf(columns, texts), "text/csv;charset=utf-8");
  else save(`${name}.xlsx`, workbookOf(name, columns, texts), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

/** Hand a file to the browser, which asks or puts it among the downloads. */
function save(fileName, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = element("a", { href: address, download: fileName.replace(/[\\/:*?"<>|\u0000-\u001f]/g, " ") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Put a table on the clipboard: as a table for Word and Excel, as tabbed lines for everything else. */
function copyTable(columns, rows) {
  const texts = [columns, ...rows.map((row) => row.map((cell) => String(cell)))];
  const table = element("table", {}, ...texts.map((row, i) => element("tr", {}, ...row.map((cell) => element(i ? "td" : "th", { text: cell })))));
  copyAs({
    "text/plain": texts.map((row) => row.map((cell) => inert(cell).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n"),
    "text/html": table.outerHTML,
  });
}

/** Copy words in one or several forms. Pages opened from a disk may have no other clipboard than that of this event. */
function copyAs(forms) {
  const put = (event) => {
    for (const [type, words] of Object.entries(forms)) event.clipboardData.setData(type, words);
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("copy", put, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  tell(done ? say("已复制") : say("浏览器不允许复制"));
}

const told = document.getElementById("told");
let silence = 0;

/** Say something in passing, for the eye and for a screen reader. */
function tell(words) {
  told.textContent = words;
  told.hidden = false;
  clearTimeout(silence);
  silence = setTimeout(() => { told.hidden = true; }, 2500);
}

/** Show the question in SPARQL that a view answers, to be copied into `kg query`. */
function showQuery(sparql) {
  const dialog = element("dialog", { class: "query", "aria-label": say("这个画面的 SPARQL 查询") },
    element("h2", { class: "panel-title", text: say("这个画面的 SPARQL 查询") }),
    element("p", { text: say("把它交给 kg query 或任何 SPARQL 服务，得到同样的行。") }),
    element("pre", { tabindex: "0", text: sparql }),
    element("div", { class: "buttons" },
      element("button", { type: "button", class: "plain", text: say("复制"), onclick: () => copyAs({ "text/plain": sparql }) }),
      element("button", { type: "button", class: "plain", text: say("关闭"), onclick: () => dialog.close() })));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** The buttons that copy and save a table; `table()` gives its name, columns and rows when one is pressed. */
function exportButtons(table, sparql) {
  const button = (words, act) => element("button", { type: "button", class: "plain", text: say(words), onclick: act });
  return element("div", { class: "buttons", role: "group", "aria-label": say("导出") },
    button("复制", () => { const { columns, rows } = table(); copyTable(columns, rows); }),
    button("Excel", () => { const { name, columns, rows } = table(); exportTable(name, columns, rows, "xlsx"); }),
    button("CSV", () => { const { name, columns, rows } = table(); exportTable(name, columns, rows, "csv"); }),
    button("SPARQL", () => showQuery(sparql())));
}
