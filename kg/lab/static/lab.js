// The page as a whole: choose a question, fill its form, ask, read, save.

const by = (id) => document.getElementById(id);
const status = by("status"), answer = by("answer"), meta = by("meta"), form = by("form");
let chosen = null, running = false, last = null;

const editor = makeEditor(by("editor"), () => ask());

function setStatus(text) {
  status.replaceChildren(...both(text));
}

function setRunning(on) {
  running = on;
  by("run").disabled = on;
  by("stop").disabled = !on;
  document.body.classList.toggle("running", on);
}

/** Show a question: its words, its form, its query. */
async function choose(name) {
  chosen = known.questions.find((one) => one.name === name) ?? null;
  document.querySelectorAll("#questions a").forEach((link) => {
    if (link.hash !== `#${name}`) return link.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
  });
  by("question-zh").textContent = chosen ? chosen.zh : "自己写查询";
  by("question-en").textContent = chosen ? chosen.en : "A query of one's own";
  form.replaceChildren(...(chosen ? formOf(chosen) : []));
  editor.setValue(chosen ? chosen.query : "SELECT ?s ?p ?o WHERE {\n  ?s ?p ?o .\n}\nLIMIT 10\n");
  answer.replaceChildren();
  meta.replaceChildren();
  by("save").disabled = true;
}

/** Put the form's values into the query. */
async function fill() {
  if (!chosen || !form.querySelector("input")) return true;
  try {
    const text = await filled(chosen, form);
    if (editor.getValue() !== text && !edited()) editor.setValue(text);
    asked = editor.getValue();
    return true;
  } catch (error) {
    fail(String(error.message ?? error));
    return false;
  }
}

let asked = null; // the query as the form made it last
const edited = () => chosen && editor.getValue() !== chosen.query && editor.getValue() !== asked;

function fail(said) {
  const [text, line, column] = messageOf(said);
  answer.replaceChildren(element("p", { class: "error", role: "alert" }, ...both(text)));
  meta.replaceChildren();
  if (line !== null) {
    editor.getDoc().setCursor({ line, ch: Math.max(0, column) });
    editor.focus();
  }
}

async function ask() {
  if (running || !(await fill())) return;
  setRunning(true);
  setStatus("正在查询…… / Asking …");
  const text = editor.getValue(), began = performance.now();
  try {
    const found = tableOf(await engine.call("ask", { text, prefixes: known.prefixes }));
    const took = Math.round(performance.now() - began);
    last = { text, name: chosen?.name ?? "query", found };
    await drawTable(answer, found, chosen?.columns ?? {});
    meta.replaceChildren(...both(`${found.rows.length} 行，${took} 毫秒 / ${found.rows.length} rows, ${took} ms`));
    by("save").disabled = false;
    setStatus("就绪 / Ready");
  } catch (error) {
    fail(String(error.message ?? error));
    setStatus("就绪 / Ready");
  } finally {
    setRunning(false);
    document.body.dataset.answered = String(Number(document.body.dataset.answered ?? 0) + 1);
  }
}

/** The answer as a file: CSV as the standard has it, with the mark by which Excel knows UTF-8; a graph as N-Triples. */
async function save() {
  if (!last) return;
  const graph = last.found.graph;
  const csv = graph === undefined ? await engine.call("save", { text: last.text, prefixes: known.prefixes, format: "text/csv" }) : null;
  const blob = new Blob(csv === null ? [graph, "\n"] : ["\ufeff", csv], { type: csv === null ? "application/n-triples" : "text/csv;charset=utf-8" });
  const link = element("a", { href: URL.createObjectURL(blob), download: `${last.name}.${csv === null ? "nt" : "csv"}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function stop() {
  setStatus("正在重新载入…… / Loading again …");
  await engine.stop();
  setStatus("就绪 / Ready");
}

function listQuestions() {
  const items = known.questions.map((one) => element("li", {}, element("a", { href: `#${one.name}` },
    element("span", { class: "zh", lang: "zh-CN", text: one.zh }), element("span", { class: "en", lang: "en", text: one.en }))));
  items.push(element("li", {}, element("a", { href: "#own" }, ...both("自己写查询 / A query of one's own"))));
  by("questions").replaceChildren(...items);
}

function sieve() {
  const wanted = by("sieve").value.trim().toLowerCase();
  for (const item of by("questions").children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
}

const fromAddress = () => choose(decodeURIComponent(location.hash.slice(1)) || known.questions[0].name);

function setLanguage(language) {
  document.documentElement.lang = language;
  by("language").textContent = language === "en" ? "中文" : "English";
}

listQuestions();
by("run").addEventListener("click", ask);
by("stop").addEventListener("click", stop);
by("save").addEventListener("click", save);
by("sieve").addEventListener("input", sieve);
by("language").addEventListener("click", () => setLanguage(document.documentElement.lang === "en" ? "zh-CN" : "en"));
form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
form.addEventListener("change", fill);
window.addEventListener("hashchange", fromAddress);
fromAddress();

const began = performance.now();
engine.begin().then(
  ({ all }) => {
    setStatus(`就绪：${all.toLocaleString()} 条事实与依据，载入用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒 / Ready: ${all.toLocaleString()} statements, loaded in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    setRunning(false);
    document.body.dataset.ready = "yes";
  },
  (error) => setStatus(`无法打开：${error.message} / Can't be opened: ${error.message}`)
);
