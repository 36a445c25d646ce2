// The store, in a thread of its own: what runs too long is ended with it, and a new one begins.

let store = null;

/** Everything that the page asks, one message at a time; the answer carries the question's id. */
const tasks = {
  /** Fill the store. The module comes compiled, and the default graph is made as a build makes it. */
  open({ module, trig, evidence }) {
    initSync({ module });
    store = new Store();
    store.load(trig, { format: "application/trig", lenient: true, no_transaction: true });
    const named = store.size;
    store.update(`INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!STRENDS(STR(?g), "${evidence}")) }`);
    return { named, all: store.size };
  },

  /** The answer as SPARQL results in JSON; of a CONSTRUCT or DESCRIBE, which has none, its triples in N-Triples. */
  ask({ text, prefixes }) {
    const whole = withPrefixes(text, prefixes);
    try {
      return { json: store.query(whole, { results_format: "application/sparql-results+json" }) };
    } catch (error) {
      if (!String(error).includes("Not supported RDF format")) throw error;
      return { triples: store.query(whole, { results_format: "application/n-triples" }) };
    }
  },

  /** The answer in a format of the standard, such as CSV. */
  save({ text, prefixes, format }) {
    return store.query(withPrefixes(text, prefixes), { results_format: format });
  },

  /** The Chinese name of each IRI, where the graph has one. */
  labels({ iris, properties }) {
    return iris.map((iri) => {
      for (const property of properties) {
        const found = store.match(namedNode(iri), namedNode(property)).map((quad) => quad.object);
        const label = found.find((term) => term.language === "zh");
        if (label) return label.value;
      }
      return "";
    });
  },

  /** Values as SPARQL writes them: one term each, whatever they hold. */
  terms({ values }) {
    return values.map((value) => (/^<.*>$/s.test(value) ? namedNode(value.slice(1, -1)) : literal(value)).toString());
  },
};

/** The text behind a line of the prefixes that it does not declare itself: its own lines count from the second. */
function withPrefixes(text, prefixes) {
  const declared = new Set([...text.matchAll(/^\s*PREFIX\s+([\w-]*):/gim)].map((found) => found[1]));
  const missing = Object.entries(prefixes).filter(([prefix]) => !declared.has(prefix));
  return missing.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}> `).join("") + "\n" + text;
}

self.onmessage = ({ data: { id, task, ...given } }) => {
  try {
    self.postMessage({ id, answer: tasks[task](given) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
