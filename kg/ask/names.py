"""What a stretch of a question names: a thing of the graph, a walk of life, a year, a day, a meeting.

A stretch is looked up as it stands among the graph's labels, so it costs the same in a graph of any size; only titles
of proposals, which nobody types in full, are searched for parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from kg.ask.forms import KINDS
from kg.ask.reading import NOUN, Slot, Vocabulary, read
from kg.lexicon import Lexicon, words
from kg.numerals import NUMERAL, value, written
from kg.resolve import normalised
from kg.sectors import scheme_of
from kg.vocab import PREFIXES, concept_scheme, expand

_KINDS = {
    "zx:Sector": "界别",
    "zx:Theme": "议题",
    "zx:Person": "人",
    "zx:Place": "地点",
    "zx:Organization": "单位",
    "zx:Proposal": "提案",
    "zx:Session": "届次",
}
"""Class → the kind of slot that its names fill."""
_TYPES = {"meetingKind": "会议类型", "taskKind": "任务类型"}
"""Controlled list → the kind of slot that its values fill."""
_NO_OFFICE = frozenset({"群众", "委员"})
"""Capacities whose words name no post that one holds after another (居民, 提案人)."""
_LABELS = tuple(map(expand, ("skos:prefLabel", "skos:altLabel")))
_TYPE, _ABOVE, _IN_SCHEME = expand("rdf:type"), expand("skos:broader"), expand("skos:inScheme")
_LEAST_OF_A_BODY = 3
"""The fewest characters that name a body without its place: 教育局."""
_LEAST_OF_A_TITLE = 4
"""The fewest characters that tell of which proposal a question speaks."""

_GROUPS = ("界组", "界别组", "界小组", "界别小组")
"""How the name of a sector ends where those who sit in it are meant."""
_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR = re.compile(r"(20[0-9]{2}|[12][0-9]{3}(?=年)|[一二][〇零一二三四五六七八九]{3}(?=年))(?:年度?)?")
_DAY = re.compile(r"([12][0-9]{3})年([0-9]{1,2})月(?:([0-9]{1,2})[日号])?")
_SESSION = re.compile(rf"第?({NUMERAL}{{1,3}})届(?:委员会)?第?({NUMERAL}{{1,3}})次(?:(?:全体)?(?:会议|全会|大会))?")
_TITLE = re.compile(r"《([^《》]{2,})》")
_QUOTED = re.compile(r'"([^"]{2,})"')
_JOINED = re.compile("[、和及与暨跟同]")
_TITLE_FORMS = ("{}", "关于{}的建议", "关于{}的提案")

_SECTORS = """
SELECT ?label (GROUP_CONCAT(?name; SEPARATOR = "|") AS ?types) WHERE {
  SELECT DISTINCT ?label ?name WHERE {
    ?sector a zx:Sector ; skos:prefLabel ?label ; zx:sectorType/skos:prefLabel ?name . FILTER(LANG(?name) = "zh")
  } ORDER BY ?label ?name
} GROUP BY ?label ORDER BY ?label"""
_BODIES = "SELECT DISTINCT ?label WHERE { ?body a zx:Organization ; skos:prefLabel ?label } ORDER BY ?label"
_PLACES = "SELECT DISTINCT ?label WHERE { ?place a zx:Place ; skos:prefLabel ?label } ORDER BY ?label"
_TITLES = "SELECT DISTINCT ?title WHERE { ?p a zx:Proposal ; dcterms:title ?title } ORDER BY ?title"


class Names:
    """What a graph calls things."""

    def __init__(self, store: Store, lexicon: Lexicon) -> None:
        self._store, self._lexicon = store, lexicon
        self._posts = {row.id for row in lexicon.posts if row.capacity not in _NO_OFFICE}
        self._walks = words(lexicon.sector_types)
        self._parties = words(lexicon.parties)
        self._vocabulary = Vocabulary.of(lexicon)
        self._known: dict[str, tuple[Slot, ...]] = {}

    def of(self, text: str) -> tuple[Slot, ...]:
        """What a stretch of a folded question names, by kind; nothing where it is no name."""
        if text not in self._known:
            found = dict.fromkeys(self._of(text))
            if any(slot.kind == "党派" for slot in found):  # a party is asked for with its branches, not as one body
                found = dict.fromkeys(slot for slot in found if slot.kind != "单位")
            self._known[text] = tuple(sorted(found, key=lambda slot: KINDS.index(slot.kind)))
        return self._known[text]

    def of_kinds(self, text: str) -> tuple[Slot, ...]:
        """As `of`, without what is of no kind that saved questions tell apart (an honour, a campaign)."""
        found = self.of(text)
        return found if any(slot.kind != "名称" for slot in found) else ()

    def with_titles(self, text: str) -> tuple[Slot, ...]:
        """As `of`; and a part of the title of one proposal names that."""
        found = self.of(text)
        titles = () if any(slot.kind == "提案" for slot in found) else self._titled(text)
        return (*found, Slot("提案", titles[0])) if len(titles) == 1 else found

    def _of(self, text: str) -> Iterator[Slot]:
        if title := _TITLE.fullmatch(text):
            yield from self._in_title_marks(title[1])
        elif quoted := _QUOTED.fullmatch(text):
            found = self.of(quoted[1])
            titles = any(slot.kind == "提案" for slot in found)  # who quotes a title means it
            yield from (slot for slot in found if not titles or slot.kind in {"提案", "名称"})
        elif when := self._when(text):
            yield from when
        else:
            yield from self._labelled(text)
            yield from self._walk_of_life(text)
            if labels := self._bodies_without_place.get(text):
                yield Slot("单位", labels[0] if len(labels) == 1 else text)
            if text in self._parties:
                yield Slot("党派", self._parties[text].name)
                yield Slot("党派简称", self._parties[text].short or text)
            if text in self._posts:
                yield Slot("职务", text)

    def _when(self, text: str) -> tuple[Slot, ...]:
        if found := _YEAR.fullmatch(text):
            year = found[1].translate(_FIGURES)
            return Slot("年", year), Slot("日期", year)
        if found := _DAY.fullmatch(text):
            return (Slot("日期", "-".join(part.zfill(2) for part in found.groups() if part)),)
        if found := _SESSION.fullmatch(text):
            return (Slot("届次", f"{written(value(found[1]))}届{written(value(found[2]))}次会议"),)
        return ()

    def _in_title_marks(self, title: str) -> Iterator[Slot]:
        """What stands in 《》 is a title, also where the graph has no such proposal."""
        found = self.of(title)
        yield from found
        if not any(slot.kind == "提案" for slot in found):
            titles = self._titled(title)
            yield Slot("提案", titles[0] if len(titles) == 1 else title)

    def _labelled(self, text: str) -> Iterator[Slot]:
        names: dict[str, set[str]] = {}
        for subject in self._bearers(text):
            label, kinds = self._label(subject), list(self._kinds(subject))
            if label and not ("议题" in kinds and text != label and self._has_noun(text)):
                for kind in kinds:
                    names.setdefault(kind, set()).add(label)
        for kind, labels in names.items():
            yield Slot(kind, labels.pop() if len(labels) == 1 else text)

    def _has_noun(self, text: str) -> bool:
        """Whether a theme's wording holds a noun for questions: 养老需求 is read as 养老 and 需求."""
        parts = (text[i:j] for i in range(len(text)) for j in range(i + 2, len(text) + 1))
        return any(self._vocabulary.words.get(part, ("", ""))[1] == NOUN for part in parts)

    def _bearers(self, text: str) -> list[NamedNode]:
        """What bears the label, or a proposal whose title it is without its form words."""
        forms = _TITLE_FORMS if len(text) >= _LEAST_OF_A_TITLE else _TITLE_FORMS[:1]
        wordings = [form.format(text) for form in forms]
        if text.endswith(_GROUPS):
            return self._bearers(text.removesuffix("小组").removesuffix("组"))
        if text.endswith("界别"):
            wordings.append(text.removesuffix("别"))
        elif text.endswith("界"):
            wordings.append(f"{text}别")
        found = {
            quad.subject
            for wording in wordings
            for label in _LABELS
            for quad in self._store.quads_for_pattern(None, label, Literal(wording, language="zh"), DefaultGraph())
            if isinstance(quad.subject, NamedNode)
        }
        return sorted(found, key=str)

    def _kinds(self, subject: NamedNode) -> Iterator[str]:
        types = {q.object for q in self._store.quads_for_pattern(subject, _TYPE, None, DefaultGraph())}
        kinds = [kind for curie, kind in _KINDS.items() if expand(curie) in types]
        yield from kinds
        if "议题" in kinds and not any(self._store.quads_for_pattern(subject, _ABOVE, None, DefaultGraph())):
            yield "领域"
        yield from (kind for scheme, kind in _TYPES.items() if self._in(subject, scheme))
        if kinds or any(isinstance(t, NamedNode) and t.value.startswith(PREFIXES["zx"]) for t in types):
            yield "名称"

    def _in(self, concept: NamedNode, scheme: str) -> bool:
        return any(self._store.quads_for_pattern(concept, _IN_SCHEME, concept_scheme(scheme), DefaultGraph()))

    def _label(self, subject: NamedNode) -> str:
        labels = self._store.quads_for_pattern(subject, _LABELS[0], None, DefaultGraph())
        found = (q.object for q in labels if isinstance(q.object, Literal) and q.object.language == "zh")
        return next((label.value for label in found), "")

    def _walk_of_life(self, text: str) -> Iterator[Slot]:
        """A sector by another wording than the graph has; one that it lacks too, where the national scheme has it."""
        bare = text.removesuffix("别").removesuffix("界")
        if bare == text or any(slot.kind == "界别" for slot in self._labelled(text)):
            return
        types = frozenset(row.name for row in scheme_of(self._lexicon.sector_types).seat(text).types)
        same = [label for label, of in self._sectors if of == types]
        if len(same) == 1 and not _JOINED.search(bare):
            yield Slot("界别", same[0])
        elif bare in self._walks or f"{bare}界" in self._walks:
            yield Slot("界别", next(iter(types)) if len(types) == 1 else f"{bare}界")

    @cached_property
    def _bodies_without_place(self) -> dict[str, list[str]]:
        """教育局 → 山南区教育局: a body's name without the place that it begins with → the names."""
        found: dict[str, list[str]] = {}
        places = {row["label"].value for row in self._rows(_PLACES)}
        for body in (row["label"].value for row in self._rows(_BODIES)):
            for cut in range(2, len(body) - _LEAST_OF_A_BODY + 1):
                if body[:cut] in places:
                    found.setdefault(body[cut:], []).append(body)
        return found

    @cached_property
    def _sectors(self) -> list[tuple[str, frozenset[str]]]:
        return [(row["label"].value, frozenset(row["types"].value.split("|"))) for row in self._rows(_SECTORS)]

    @cached_property
    def _titles(self) -> list[tuple[str, str]]:
        """Each title as it is compared, and as it stands."""
        return [(normalised(row["title"].value), row["title"].value) for row in self._rows(_TITLES)]

    @cached_property
    def _all_titles(self) -> str:
        return "\n".join(folded for folded, _ in self._titles)

    def _titled(self, text: str) -> tuple[str, ...]:
        """The titles that hold a stretch which is more than question words."""
        if len(text) < _LEAST_OF_A_TITLE or text not in self._all_titles:
            return ()
        if all(piece.known for piece in read(text, self._vocabulary, lambda _: ())):
            return ()
        return tuple(title for folded, title in self._titles if text in folded)

    def _rows(self, query: str) -> QuerySolutions:
        found = self._store.query(query, prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        return found
