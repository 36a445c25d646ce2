"""Records → one card an entity: its names, its facts in Chinese, and the sentences that state them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.column_names import column_names
from kg.lexicon import Lexicon
from kg.view.gather import Place, Proof, Records, Term
from kg.view.masking import Masks
from kg.view.quotations import Quotation, Text
from kg.view.sections import Value

KINDS = (
    "Sector", "Organization", "Person", "Proposal", "Theme", "ConsultationCase", "Task", "Statement",
    "Session", "Initiative", "Honour", "Place",
)  # fmt: skip
"""The kinds that have a card, in the order in which they are listed."""

_INLINE = "Affiliation"
_HIDDEN = frozenset(
    {
        "rdf:type", "skos:prefLabel", "skos:altLabel", "foaf:name", "dcterms:title", "skos:inScheme", "skos:notation",
        "zx:capCode", "zx:capSubtopic", "zx:committee", "zx:truncated", "zx:divisionCode", "skos:topConceptOf",
    }
)  # fmt: skip
_ORDER = (
    "zx:firstProposer", "zx:proposer", "zx:speaker", "zx:quote", "zx:host", "zx:affiliation", "zx:sector", "zx:party",
    "zx:mainTheme", "zx:theme", "zx:category", "zx:proposerKind", "zx:taskKind", "dcterms:isPartOf", "zx:forYear",
)  # fmt: skip
_GENERAL = {"zx:theme": "zx:mainTheme", "zx:proposer": "zx:firstProposer"}
"""A property → a narrower one: what the narrower one says of the same thing is said once."""
_SAME = {"zx:mainTheme": "zx:theme", "zx:firstProposer": "zx:proposer"}
"""A narrower property → the one whose other end also tells it."""
_TURNED = {
    ("zx:proposer", "Proposal"): "提出的提案",
    ("zx:host", "ConsultationCase"): "主办的协商案例",
    ("zx:speaker", "Statement"): "发言",
    ("zx:theme", "Proposal"): "有关提案",
    ("zx:theme", "ConsultationCase"): "有关协商案例",
    ("zx:theme", "Task"): "有关任务",
    ("zx:theme", "Statement"): "有关发言",
    ("zx:theme", "Initiative"): "有关活动品牌",
    ("zx:honour", "Proposal"): "受表彰的提案",
    ("zx:honour", "ConsultationCase"): "受表彰的案例",
    ("zx:mechanism", "Organization"): "属于这一机制的单位",
    ("zx:decidedAt", "Honour"): "会上决定的表彰",
    ("zx:conferredAt", "Honour"): "会上颁发的表彰",
    ("zx:giver", "Honour"): "给予的表彰",
    ("zx:affiliation", "Person"): "有关人物",
    ("skos:broader", "Theme"): "下位议题",
}
"""How a property reads from its other end."""
_MOST_MENTIONS = 6
_QUOTE_LENGTH = 22


@dataclass(frozen=True, slots=True)
class Fact:
    """A property in Chinese with all its values."""

    label: str
    values: tuple[Value, ...]
    prop: str = ""
    """Compact."""
    kind: str = ""
    """Of what the values are, where the fact is theirs and is read from its other end."""


@dataclass(frozen=True, slots=True)
class Card:
    """All that the page tells of one entity."""

    iri: str
    kind: str
    name: str
    kind_label: str
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    mentions: tuple[int, ...]
    """Quotations that name it beyond those of its facts, the first few."""
    mentioned: int
    """In how many sentences the texts name it."""
    nameless: bool
    """Whether its IRI holds a name that is not shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that quotations refer to, as it is shown."""

    iri: str
    title: str
    file: str
    """Its file's name."""
    date: str
    """As precise as known; empty where no text says."""


@dataclass(slots=True)
class Deck:
    """The cards, and the quotations that they refer to by number."""

    records: Records
    masks: Masks
    texts: dict[str, Text]
    index: dict[str, int]
    """IRI → number of its card."""
    cards: list[Card] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    _numbers: dict[Place | Proof, int] = field(default_factory=dict)

    def documents(self) -> tuple[Document, ...]:
        """The texts of the graph, masked."""
        return tuple(
            Document(s.iri, self.masks.text(s.title), self.masks.text(s.name), s.date)
            for s in self.records.sources.values()
        )

    def quote(self, place: Place) -> int:
        """The number of the quotation at a place that names something."""
        return self._number(place, place, None)

    def stated(self, *triples: tuple[str, str, Term]) -> tuple[int, ...]:
        """The quotations that state any of the triples: one a sentence and rule."""
        proofs = {p for s, prop, o in triples for p in self.records.proofs.get((s, prop, str(o)), [])}
        return tuple(self._number(proof, proof.place, proof) for proof in sorted(proofs))

    def _number(self, key: Place | Proof, place: Place, proof: Proof | None) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.quotations)
            self.quotations.append(self.texts[place.document].quote(place, self.records, self.masks, proof))
        return self._numbers[key]


def deal(records: Records, masks: Masks, lexicon: Lexicon) -> Deck:
    """The cards of everything that the page shows."""
    columns = column_names(lexicon.table_columns)
    texts = {iri: Text(source, lexicon.confusions, columns) for iri, source in records.sources.items()}
    incoming = _incoming(records)
    themes = _used_themes(records)
    shown = [
        iri
        for kind in KINDS
        for iri in records.of_kind(kind)
        if (iri in themes if kind == "Theme" else not _is_private(records, masks, texts, incoming, iri))
        and name_of(records, masks, iri)
    ]
    made = Deck(records, masks, texts, {iri: number for number, iri in enumerate(shown)})
    made.cards = [_card(made, incoming, iri) for iri in shown]
    return made


def name_of(records: Records, masks: Masks, iri: str) -> str:
    """What an entity, a property's value or a class is called on the page."""
    if masks.person(iri):
        return masks.shown[iri]
    if records.kinds.get(iri) == "Statement":
        speakers = "、".join(name_of(records, masks, p) for p in records.links(iri, "zx:speaker"))
        quote = masks.text("".join(records.texts(iri, "zx:quote")[:1]))
        short = quote if len(quote) <= _QUOTE_LENGTH else f"{quote[:_QUOTE_LENGTH]}…"
        return f"{speakers}：{short}" if speakers else short
    names = [n for p in ("skos:prefLabel", "dcterms:title", "foaf:name") for n in records.texts(iri, p)]
    return masks.text(names[0]) if names else records.labels.get(iri, "")


def literal_text(literal: Literal) -> str:
    """A literal as a Chinese reader writes it.

    >>> literal_text(Literal("2031-03-06", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")))
    '2031年3月6日'
    """
    datatype = literal.datatype.value.removeprefix(vocab.PREFIXES["xsd"])
    if datatype == "boolean":
        return "是" if literal.value == "true" else "否"
    if datatype in {"date", "gYearMonth", "gYear"}:
        parts = zip(literal.value.split("-"), "年月日", strict=False)
        return "".join(f"{int(number)}{unit}" for number, unit in parts)
    return literal.value


def _card(made: Deck, incoming: dict[str, list[tuple[str, str]]], iri: str) -> Card:
    records, masks = made.records, made.masks
    name = name_of(records, masks, iri)
    facts = (*_own_facts(made, iri), *_turned_facts(made, incoming.get(iri, []), iri))
    told = {q for fact in facts for value in fact.values for q in value.quotations}
    sentences = {made.texts[at.document].sentence(at) for at, _ in records.mentions.get(iri, [])}
    lines = {(made.quotations[q].document, made.quotations[q].line) for q in told}
    further = [s for s in sorted(sentences) if (s.document, made.texts[s.document].line(s.begin)) not in lines]
    written = {words for _, words in records.mentions.get(iri, [])}
    aliases = {masks.text(a) for a in (*records.texts(iri, "skos:altLabel"), *written)} - {name}
    return Card(
        iri,
        records.kinds[iri],
        name,
        records.labels.get(vocab.PREFIXES["zx"] + records.kinds[iri], records.kinds[iri]),
        () if masks.person(iri) else tuple(sorted(aliases)),
        facts,
        tuple(made.quote(place) for place in further[:_MOST_MENTIONS]),
        len(sentences),
        masks.text(iri) != iri,
    )


def _own_facts(made: Deck, iri: str) -> list[Fact]:
    records = made.records
    facts = []
    for prop in sorted(records.values[iri], key=_rank):
        if prop in _HIDDEN or (prop == "zx:place" and _of_citizen(records, made.masks, iri)):
            continue
        if prop == "zx:firstProposer" and records.all(iri, prop) == records.all(iri, "zx:proposer"):
            continue
        narrower = [] if prop == "zx:proposer" and len(records.all(iri, prop)) == 1 else _narrower(records, iri, prop)
        values = [v for o in records.all(iri, prop) if o not in narrower and (v := _value(made, iri, prop, o))]
        if values := _merged(values):
            label = "身份" if made.masks.person(iri) and prop == "zx:affiliation" else _label(records, prop)
            facts.append(Fact(label, tuple(values), prop))
    return facts


def _merged(values: list[Value]) -> list[Value]:
    """What reads the same, once, with all that states it."""
    merged: dict[tuple[str, int | None], Value] = {}
    for value in values:
        first = merged.setdefault((value.text, value.card), value)
        if first is not value:
            quotations = dict.fromkeys((*first.quotations, *value.quotations))
            merged[value.text, value.card] = Value(value.text, value.card, tuple(quotations))
    return list(merged.values())


def _value(made: Deck, subject: str, prop: str, term: Term) -> Value | None:
    records, masks = made.records, made.masks
    quotations = made.stated((subject, prop, term), *((subject, p, term) for p in _SAME if _SAME[p] == prop))
    if isinstance(term, Literal):
        return Value(masks.text(literal_text(term)), None, quotations)
    if records.kinds.get(term.value) == _INLINE:
        return _post(made, subject, term)
    known = term.value in made.index or term.value in records.labels
    name = name_of(records, masks, term.value)
    return Value(name, made.index.get(term.value), quotations) if known and name else None


def _post(made: Deck, person: str, post: NamedNode) -> Value | None:
    """A post as words, `河岸街道办事处 主任`, which lead to its body; a citizen's body is not told."""
    records, masks = made.records, made.masks
    role = "、".join(masks.text(r) for r in records.post(post.value))
    bodies = [] if masks.person(person) else records.links(post.value, "org:organization")
    names = [name_of(records, masks, body) for body in bodies]
    parts = [(post.value, p, o) for p in ("zx:role", "org:organization") for o in records.all(post.value, p)]
    quotations = made.stated((person, "zx:affiliation", post), *parts)
    words = masks.shown[person].partition("（")[2].rstrip("）") if masks.person(person) else " ".join([*names, role])
    return Value(words.strip(), made.index.get(bodies[0]) if bodies else None, quotations) if words.strip() else None


def _turned_facts(made: Deck, incoming: list[tuple[str, str]], iri: str) -> list[Fact]:
    """What others say of this one, read from its end."""
    records, masks = made.records, made.masks
    lists: defaultdict[tuple[int, str, str], list[Value]] = defaultdict(list)
    for prop, subject in incoming:
        kind = records.kinds[subject]
        if kind == _INLINE:
            for person in _holders(records, subject):
                if person in made.index and not masks.person(person):
                    role = "、".join(records.post(subject))
                    quotations = made.stated((subject, prop, NamedNode(iri)))
                    words = f"{name_of(records, masks, person)}（{role}）" if role else name_of(records, masks, person)
                    lists[KINDS.index("Person"), _TURNED["zx:affiliation", "Person"], "zx:affiliation"].append(
                        Value(words, made.index[person], quotations)
                    )
        elif subject in made.index:
            same = [(subject, p, NamedNode(iri)) for p in (prop, *(q for q in _SAME if _SAME[q] == prop))]
            value = Value(name_of(records, masks, subject), made.index[subject], made.stated(*same))
            lists[KINDS.index(kind), _turned_label(records, prop, kind), prop].append(value)
    return [
        Fact(label, tuple(_merged(values)), prop, KINDS[kind])
        for (kind, label, prop), values in sorted(lists.items(), key=lambda entry: entry[0])
    ]


def _turned_label(records: Records, prop: str, kind: str) -> str:
    kind_label = records.labels.get(vocab.PREFIXES["zx"] + kind, kind)
    if prop == "dcterms:isPartOf":
        return f"所含{kind_label}"
    return _TURNED.get((prop, kind), f"{kind_label}（以此为{_label(records, prop)}）")


def _incoming(records: Records) -> dict[str, list[tuple[str, str]]]:
    """Entity → (property, subject) of the facts that lead to it, narrower properties told as their wider one."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for subject, values in records.values.items():
        if records.kinds[subject] not in {*KINDS, _INLINE}:
            continue
        for prop, terms in values.items():
            if prop in _HIDDEN:
                continue
            for term in terms:
                if isinstance(term, NamedNode) and term.value in records.kinds:
                    found[term.value].add((_SAME.get(prop, prop), subject))
    return {iri: sorted(pairs) for iri, pairs in found.items()}


def _used_themes(records: Records) -> set[str]:
    """The themes that something is about, with those above them."""
    open_ = [
        theme
        for iri, kind in records.kinds.items()
        if kind != "Theme"
        for prop in ("zx:theme", "zx:mainTheme")
        for theme in records.links(iri, prop)
    ]
    used: set[str] = set()
    while open_:
        theme = open_.pop()
        if theme not in used and records.kinds.get(theme) == "Theme":
            used.add(theme)
            open_ += records.links(theme, "skos:broader")
    return used


def _is_private(
    records: Records, masks: Masks, texts: dict[str, Text], incoming: dict[str, list[tuple[str, str]]], iri: str
) -> bool:
    """Whether a body or place is told of only where a citizen is: their school, their street."""
    if records.kinds[iri] not in {"Organization", "Place"}:
        return False
    if any(not _of_citizen(records, masks, subject) for _, subject in incoming.get(iri, [])):
        return False
    places = [at for at, _ in records.mentions.get(iri, [])]
    return bool(places) and all(masks.covers(texts[at.document].sentence(at)) for at in places)


def _of_citizen(records: Records, masks: Masks, subject: str) -> bool:
    """Whether a subject is a citizen, or a citizen's post or statement."""
    people = [subject, *records.links(subject, "zx:speaker"), *_holders(records, subject)]
    return any(masks.person(p) for p in people)


def _holders(records: Records, post: str) -> list[str]:
    """Whose post it is."""
    return records.holders.get(post, [])


def _narrower(records: Records, iri: str, prop: str) -> list[Term]:
    return records.all(iri, _GENERAL[prop]) if prop in _GENERAL else []


def _label(records: Records, prop: str) -> str:
    prefix, _, local = prop.partition(":")
    return records.labels.get(vocab.PREFIXES.get(prefix, "") + local, local)


def _rank(prop: str) -> tuple[int, str]:
    return (_ORDER.index(prop) if prop in _ORDER else len(_ORDER), prop)
