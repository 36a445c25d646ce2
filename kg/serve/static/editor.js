// The query editor: YASGUI on this service's own endpoint, with this graph's vocabulary and saved questions.
"use strict";

const { base, prefixes, classes, properties, questions } = JSON.parse(document.getElementById("vocabulary").textContent);

// YASGUI's own completers ask a server on the internet; ours complete out of the page.
function completeFrom(kind, iris) {
  Yasgui.Yasqe.forkAutocompleter(kind, { name: `${kind}-here`, persistenceId: null, bulk: true, get: () => iris });
}
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
completeFrom("class", classes);
completeFrom("property", properties);
Yasgui.Yasqe.forkAutocompleter("prefixes", {
  name: "prefixes-here",
  persistenceId: null,
  bulk: true,
  get: () => Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`),
});

const endpoint = `${location.origin}/sparql`;
const first = `PREFIX zx: <${prefixes.zx}>
PREFIX dcterms: <${prefixes.dcterms}>
SELECT ?proposal ?title WHERE {
  ?proposal a zx:Proposal ;
            dcterms:title ?title .
}
LIMIT 50
`;
Yasgui.Yasqe.defaults.value = first;
Yasgui.Yasr.defaults.prefixes = prefixes;
Yasgui.Yasr.defaults.plugins.table.dynamicConfig = { compact: true, isEllipsed: true };

const yasgui = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint, acceptHeaderGraph: "text/turtle" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  persistenceId: "zhengxie",
  tabName: "查询",
});
// A tab kept from another day may name the address that the service had then.
for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);

const list = document.getElementById("questions");
for (const { name, question } of questions) list.append(new Option(`${question}（${name}）`, name));
list.addEventListener("change", () => {
  const asked = questions.find(({ name }) => name === list.value);
  list.value = "";
  if (asked) yasgui.addTab(true, { name: asked.name }).setQuery(asked.text);
});

// An IRI of the graph is the name of a thing, and its page is here; its own host need not answer.
function leadHere({ target }) {
  const link = target.closest("a.iri");
  const path = link && link.getAttribute("href").startsWith(base) ? link.getAttribute("href").slice(base.length) : "";
  if (/^(id|doc|concept)\//.test(path)) link.href = `/${path}`;
}
for (const event of ["pointerover", "focusin"]) document.addEventListener(event, leadHere);
