// The question in SPARQL that the picture answers.

/** The question whose rows are the view's ties; where records are drawn one by one, who and what each is about. */
function pictureQuery(view) {
  const chosen = Object.keys(FACET_PATTERNS).filter((name) => filters.chosenOf(name).length)
    .map((name) => FACET_PATTERNS[name](filters.chosenOf(name).map(inQuotes).join(", ")));
  const people = view.listed || view.path.some((card) => cards[card].kind !== "Theme");
  const about = "?proposal zx:theme|zx:mainTheme ?about .";
  const patterns = [
    `?proposal a zx:${view.channel} .`,
    ...(view.channel === "Proposal" ? ["FILTER NOT EXISTS { ?proposal zx:form ?form FILTER(?form != form:提案) }"] : []),
    ...view.path.map(belowInQuery), ...chosen, ...(people ? WHO_BEHIND : WHO_COUNTS)[view.channel], about, themeInQuery(view),
    "?who skos:prefLabel ?name . ?theme skos:prefLabel ?topic FILTER(LANG(?name) = \"zh\" && LANG(?topic) = \"zh\")",
  ];
  const [select, order] = view.listed
    ? ["DISTINCT ?proposal ?name ?topic", "?proposal ?name ?topic"]
    : ["?name ?topic (COUNT(DISTINCT ?proposal) AS ?records)", "DESC(?records) ?name ?topic"];
  return `PREFIX zx: <https://w3id.org/zhengxie/ontology#>
PREFIX form: <https://w3id.org/zhengxie/concept/form/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
SELECT ${select} WHERE {
${patterns.map((pattern) => `  ${pattern}`).join("\n")}
}${view.listed ? "" : "\nGROUP BY ?name ?topic"}
ORDER BY ${order}`;
}

const WHO_BEHIND = {
  Proposal: ["?proposal zx:proposer ?who ."], ConsultationCase: ["?proposal zx:host ?who ."],
  Task: ["?proposal dcterms:isPartOf ?who ."], Statement: ["?proposal zx:speaker ?who ."],
};
const WHO_COUNTS = {
  ...WHO_BEHIND,
  Proposal: [
    "OPTIONAL { ?proposal zx:proposer/zx:sector? ?sector . ?sector a zx:Sector }",
    "OPTIONAL { ?proposal zx:proposer ?body . ?body zx:party ?party FILTER NOT EXISTS { ?body a zx:Person } }",
    "?proposal zx:proposer ?proposer .",
    "BIND(COALESCE(?sector, ?party, ?proposer) AS ?who)",
  ],
  Statement: ["?proposal zx:capacity ?who ."],
};

/** What a step of the path asks of a record. */
function belowInQuery(card, i) {
  const name = `?step${i} skos:prefLabel ${inQuotes(cards[card].name)}@zh`;
  return cards[card].kind === "Theme"
    ? `${name} . ?proposal (zx:theme|zx:mainTheme)/skos:broader* ?step${i} .`
    : `${name} . ?proposal (zx:proposer|zx:host|zx:speaker|dcterms:isPartOf)/(zx:sector|zx:party)? ?step${i} .`;
}

function themeInQuery({ level, listed }) {
  if (listed || level === "all") return "BIND(?about AS ?theme)";
  if (level === "top") return "?about skos:broader* ?theme FILTER NOT EXISTS { ?theme skos:broader ?above }";
  const last = `?whole skos:prefLabel ${inQuotes(cards[level].name)}@zh`;
  return `{ ${last} . ?theme skos:broader ?whole . ?about skos:broader* ?theme } UNION { ${last} FILTER(?about = ?whole) BIND(?about AS ?theme) }`;
}
