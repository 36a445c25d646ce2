// The questions in SPARQL that the overview and the ledger answer, for whoever wants the same rows elsewhere.

const CATEGORY_QUERY = `PREFIX zx: <https://w3id.org/zhengxie/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?list ?end ?category (COUNT(DISTINCT ?proposal) AS ?proposals) WHERE {
  ?proposal a zx:Proposal ; zx:category/skos:prefLabel ?category .
  OPTIONAL { ?proposal zx:listKind/skos:prefLabel ?list FILTER(LANG(?list) = "zh") }
  { ?proposal zx:proposer/zx:sector? ?sector . ?sector a zx:Sector ; skos:prefLabel ?end }
  UNION
  { ?proposal zx:proposer ?body . ?body zx:party/skos:prefLabel ?end FILTER NOT EXISTS { ?body a zx:Person } }
  FILTER(LANG(?category) = "zh" && LANG(?end) = "zh")
}
GROUP BY ?list ?end ?category
ORDER BY ?list ?end ?category`;

const inQuotes = (words) => `"${words.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replace(/[\r\n]+/g, " ")}"`;
const FACET_PATTERNS = {
  category: (values) => `?proposal zx:category/skos:prefLabel ?category FILTER(STR(?category) IN (${values}))`,
  sector: (values) => `{ ?proposal zx:proposer/zx:sector? ?end } UNION { ?proposal zx:proposer ?body . ?body zx:party ?end FILTER NOT EXISTS { ?body a zx:Person } }
  ?end skos:prefLabel ?endName FILTER(STR(?endName) IN (${values}))`,
  year: (values) => `?proposal (zx:submittedTo|zx:honour)?/(zx:forYear|dcterms:date|schema:startDate) ?date FILTER(SUBSTR(STR(?date), 1, 4) IN (${values}))`,
  honour: (values) => `{ ?proposal zx:honour/skos:prefLabel ?honour FILTER(STR(?honour) IN (${values})) } UNION { ?proposal zx:keyProposal true FILTER("重点提案" IN (${values})) }`,
  text: (values) => `GRAPH ?evidence { ?assertion rdf:subject ?proposal ; zx:evidence ?words }
  ?document dcterms:title|dcterms:source ?text FILTER(STR(?text) IN (${values}) && STRSTARTS(STR(?words), CONCAT(STR(?document), "#")))`,
};

/** The question that the rows answer; a filter that SPARQL has no short words for is told in a comment. */
function ledgerQuery() {
  const chosen = Object.keys(FACET_PATTERNS).filter((name) => filters.chosenOf(name).length)
    .map((name) => `  ${FACET_PATTERNS[name](filters.chosenOf(name).map(inQuotes).join(", "))}`);
  const typed = ["q", ...known.ledger.columns].filter((name) => params.get(name)).map((name) =>
    name === "案由" ? plainWords(params.get(name)).map((word) => `  FILTER(CONTAINS(LCASE(STR(?title)), ${inQuotes(word)}))`).join("\n")
      : `  # ${say("另按“{column}”含“{words}”筛选", { column: name === "q" ? say("台账") : name, words: params.get(name).replace(/[\r\n]+/g, " ") })}`);
  return `PREFIX zx: <https://w3id.org/zhengxie/ontology#>
PREFIX form: <https://w3id.org/zhengxie/concept/form/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?proposal ?number ?title WHERE {
  ?proposal a zx:Proposal ; dcterms:title ?title .
  OPTIONAL { ?proposal zx:number ?number }
  FILTER NOT EXISTS { ?proposal zx:form ?form FILTER(?form != form:提案) }
${[...chosen, ...typed].join("\n")}
}
ORDER BY ?number ?title`;
}
