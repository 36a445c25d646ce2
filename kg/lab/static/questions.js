// The saved questions: their list, the form of each one's parameters, and the query that these make.

const LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";
const NAMES_OF = {
  // A parameter's name → the class whose names it may take: what the form proposes.
  sector: "zx:Sector", other: "zx:Sector", theme: "zx:Theme", person: "zx:Person", body: "zx:Organization",
  host: "zx:Organization", place: "zx:Place", session: "zx:Session", post: null, proposal: "zx:Proposal",
};
const MOST_PROPOSED = 400;

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

/** What a text is called in both languages, `Chinese / English`: the page shows one of them. */
function both(text) {
  const [zh, en = zh] = text.split(" / ");
  return [element("span", { lang: "zh-CN", text: zh }), element("span", { lang: "en", text: en })];
}

/** The form of a question's parameters. */
function formOf(question) {
  return question.params.map(([name, meaning, preset]) => {
    const id = `param-${name}`;
    const input = element("input", { id, name, type: "text", autocomplete: "off", spellcheck: "false", list: `${id}-names` });
    if (preset !== "all") input.value = preset;
    input.dataset.preset = input.value;
    const names = element("datalist", { id: `${id}-names` });
    input.addEventListener("focus", () => propose(name, names), { once: true });
    return element("div", { class: "param" }, element("label", { for: id }, ...both(meaning)), input, names);
  });
}

/** Names of the graph that a parameter may take. */
async function propose(name, list) {
  const kind = NAMES_OF[name];
  if (!kind) return;
  const text = `SELECT DISTINCT ?name WHERE { ?x a ${kind} ; skos:prefLabel|dcterms:title ?name } ORDER BY ?name LIMIT ${MOST_PROPOSED}`;
  const { json } = await engine.call("ask", { text, prefixes: known.prefixes });
  list.append(...JSON.parse(json).results.bindings.map((row) => element("option", { value: row.name.value })));
}

/** The question's query with the form's values in place of its defaults; an empty field asks for all. */
async function filled(question, form) {
  const given = [...form.querySelectorAll("input")].filter((input) => input.value.trim() !== input.dataset.preset);
  const values = given.map((input) => input.value.trim());
  const terms = await engine.call("terms", { values: values.filter(Boolean) });
  const byName = new Map(given.map((input, i) => [input.name, values[i] ? terms[values.slice(0, i).filter(Boolean).length] : "UNDEF"]));
  return question.query.replace(/(VALUES\s+\?(\w+)_asked\s*)\{[^{}]*\}/g, (whole, before, name) =>
    byName.has(name) ? `${before}{ ${byName.get(name)} }` : whole);
}
