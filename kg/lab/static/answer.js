// An answer as a table: names for addresses, headings that people read, a page of rows at a time.

const PAGE = 500;
const LABELS = [LABEL, "http://www.w3.org/2000/01/rdf-schema#label"];

/** SPARQL results in JSON, or triples, as columns and rows of terms. */
function tableOf({ json, triples }) {
  if (triples !== undefined) {
    const lines = [...new Set(triples.split("\n").filter(Boolean))].sort();
    return { columns: ["triple"], rows: lines.map((line) => [{ type: "literal", value: line }]), graph: lines.join("\n") };
  }
  const read = JSON.parse(json);
  if ("boolean" in read) return { columns: ["answer"], rows: [[{ type: "literal", value: String(read.boolean) }]] };
  return { columns: read.head.vars, rows: read.results.bindings.map((row) => read.head.vars.map((name) => row[name] ?? null)) };
}

function compact(iri) {
  const found = Object.entries(known.prefixes).find(([, start]) => iri.startsWith(start));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

const labels = new Map();
async function learn(rows) {
  const iris = [...new Set(rows.flat().filter((term) => term?.type === "uri").map((term) => term.value))];
  const fresh = iris.filter((iri) => !labels.has(iri));
  if (!fresh.length) return;
  const found = await engine.call("labels", { iris: fresh, properties: LABELS });
  fresh.forEach((iri, i) => labels.set(iri, found[i] || compact(iri)));
}

const shownTerm = (term) => (term === null ? "" : term.type === "uri" ? labels.get(term.value) : term.value);
const isNumber = (term) => term === null || /#(integer|decimal|double|float|int|long)$/.test(term.datatype ?? "");

/** Draw a table; the rows after the first page at a button's press. */
async function drawTable(root, { columns, rows }, headings) {
  const numeric = columns.map((_, i) => rows.length > 0 && rows.every((row) => isNumber(row[i])));
  const body = element("tbody");
  const head = element("tr", {}, ...columns.map((name, i) =>
    element("th", numeric[i] ? { scope: "col", class: "number" } : { scope: "col" }, headings[name] ?? name)));
  const more = element("button", { type: "button", class: "plain more" });
  let drawn = 0;
  const next = async () => {
    const some = rows.slice(drawn, drawn + PAGE);
    await learn(some);
    body.append(...some.map((row) => element("tr", {}, ...row.map((term, i) =>
      element("td", { ...(numeric[i] ? { class: "number" } : {}), ...(term?.type === "uri" ? { title: term.value } : {}) }, shownTerm(term))))));
    drawn += some.length;
    more.hidden = drawn >= rows.length;
    more.replaceChildren(...both(`再显示 ${Math.min(PAGE, rows.length - drawn)} 行（共 ${rows.length} 行） / ${Math.min(PAGE, rows.length - drawn)} more of ${rows.length} rows`));
  };
  more.addEventListener("click", next);
  await next();
  root.replaceChildren(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "答案 / answer" },
    element("table", {}, element("thead", {}, head), body)), more);
}

/** Oxigraph's message as a line for people, with the place in the editor; the prefixes' line stands before its first. */
function messageOf(said) {
  const at = said.match(/error at (\d+):(\d+): ([\s\S]*)/);
  if (at) {
    const line = Number(at[1]) - 1, column = Number(at[2]);
    const expected = at[3].includes("Prefix not found") ? "前缀未声明 / unknown prefix" : at[3].includes("[_]") ? "此处不合语法 / this can't stand here" : `应为 / ${at[3].slice(0, 120)}`;
    const [zh, en] = expected.split(" / ");
    return [`第 ${line} 行第 ${column} 列：${zh} / Line ${line}, column ${column}: ${en ?? zh}`, line - 1, column - 1];
  }
  if (said === "stopped") return ["已停止。 / Stopped.", null, null];
  if (/^The service .* is not supported/.test(said)) {
    return ["本文件离线查询，不调用别的服务器（SERVICE）。 / This file asks no other server (SERVICE).", null, null];
  }
  return [said, null, null];
}
