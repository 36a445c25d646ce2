"""Quads of the graph → quads that the public may see: the same facts, with citizens hidden in every term.

Names stand in literals, and in IRIs too, since keys hold them. A citizen's IRI holds the text and the place of the
first mention instead: that tells nothing of the name, while a hash of it could be found by trying names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg import vocab
from kg.masked.citizens import Named, Private, Term, described, kind_of, mentions_of, place_of
from kg.masked.texts import MaskedText
from kg.privacy import evened
from kg.vocab import expand

_ID = f"{vocab.BASE}id/"
_DOC = f"{vocab.BASE}doc/"
_TEXTUAL = {vocab.PREFIXES["xsd"] + "string", vocab.PREFIXES["rdf"] + "langString"}
_WHERE = frozenset(expand(p) for p in ("org:organization", "zx:place"))
"""What leads from a citizen's post or statement to where they live, learn or work."""
_TYPE, _LABEL = expand("rdf:type"), expand("skos:prefLabel")
_NAMES = frozenset({_LABEL, expand("foaf:name")})
_ALSO, _WORDS = expand("skos:altLabel"), expand("nif:anchorOf")
_BODIES = frozenset({"Organization", "Place"})


class PublicTerms:
    """The way from a store's quads to those that the public may see."""

    def __init__(self, store: Store, private: Private, texts: Mapping[str, MaskedText]) -> None:
        """`texts` are the masked texts by their documents' IRIs."""
        self.store, self.private, self.texts = store, private, texts
        self.documents = {iri: _plain_id(iri) for iri in texts}
        self.ids = self._document_ids()
        self._escaped_ids = [(_escaped(n), _escaped(self.ids[n])) for n in sorted(self.ids, key=len, reverse=True)]
        self._first = {mention.entity: mention for mention in reversed(private.mentions)}
        """Citizen → where a text first names them."""
        self.taken: dict[str, str] = {}
        """A new IRI → the one that it stands for."""
        self.new: dict[str, NamedNode] = {}
        """An IRI → the one that stands for it."""
        self.stand_ins: dict[tuple[str, str], NamedNode] = {}
        """A body or place that others are told of too, and a document → what stands for it near a citizen."""
        self._mint()
        self._described = lru_cache(maxsize=64)(self._describe)

    # -- which IRIs are new ------------------------------------------------------------------------------------------
    def _document_ids(self) -> dict[str, str]:
        """The ids of documents that hold a citizen's name → the masked ones, each different from the others."""
        new: dict[str, str] = {}
        for iri, text in self.texts.items():
            name = self.documents[iri]
            masked = self._evened(name, {w for _, _, wordings in text.named for w in wordings})
            while masked != name and masked in new.values():
                masked += "~"
            if masked != name:
                new[name] = masked
        return new

    def _mint(self) -> None:
        for person in self.private.shown:
            at = self._first.get(person)
            key = f"{self._id(at.document)}~{at.begin}" if at else "0"
            self._rename(person, vocab.entity("Person", _home(person), f"某~{key}"))
        for number, (node, (person, kind)) in enumerate(sorted(self.private.nodes.items())):
            document = self._id(self._first[person].document) if person in self._first else ""
            self._rename(node, vocab.unnamed(kind, document, self.new[person].value, str(number)))
        for body, places in sorted(self._of_citizens_alone().items()):
            self._rename(body, self._hidden_body(body, places[0].document, places[0].begin))

    def _of_citizens_alone(self) -> dict[str, list[Named]]:
        """The bodies and places that nothing tells of but what is hidden of citizens, each with where it is named."""
        named = {body: sorted(mentions_of(self.store, body)) for body in sorted(self._bodies_in_hidden_words())}
        alone = {body: places for body, places in named.items() if all(map(self._hides, places))}
        while more := {b for b in alone if not self._leading_to(b) <= self.private.nodes.keys() | alone.keys()}:
            alone = {body: alone[body] for body in alone if body not in more}
        return alone

    def _bodies_in_hidden_words(self) -> set[str]:
        found = set()
        for document in self.texts:
            for quad in self.store.quads_for_pattern(None, expand("nif:referenceContext"), NamedNode(document), None):
                mention = described(self.store, _named(quad.subject))
                entity = mention.get(expand("itsrdf:taIdentRef").value)
                place = place_of(mention)
                if entity and place and kind_of(self.store, entity.value) in _BODIES:
                    found |= {entity.value} if self._hides(Named(*place, entity.value)) else set()
        return found

    def _leading_to(self, body: str) -> set[str]:
        """What the facts lead there from; a tie that was computed is no source of its own."""
        found = self.store.quads_for_pattern(None, None, NamedNode(body), DefaultGraph())
        return {s for q in found if kind_of(self.store, s := _named(q.subject).value) != "Connection"}

    def _hides(self, place: Named) -> bool:
        """Whether something is hidden of the words there."""
        text = self.texts.get(place.document)
        return text is not None and text.hides(place.begin, place.end)

    def _hidden_body(self, body: str, document: str, begin: int) -> NamedNode:
        return vocab.entity(kind_of(self.store, body), _home(body), f"{self._shown(body)}~{self._id(document)}~{begin}")

    def _shown(self, body: str) -> str:
        return self.private.bodies.get(body, "某处")

    def _rename(self, iri: str, new: NamedNode) -> None:
        while self.taken.setdefault(new.value, iri) != iri or self._exists(new):
            new = NamedNode(f"{new.value}~")
        self.new[iri] = new

    def _exists(self, node: NamedNode) -> bool:
        return next(self.store.quads_for_pattern(node, None, None, None), None) is not None

    def _id(self, document: str) -> str:
        name = self.documents.get(document) or _plain_id(document)
        return self.ids.get(name, name)

    def words(self) -> set[str]:
        """Whatever a line of N-Quads holds one of may have to change: names, and parts of IRIs."""
        return {
            *self.private.hiding.people,
            *self.new,
            *(body for body in self.private.bodies),
            *(_escaped(name) for name in self.documents.values()),
        }

    # -- terms -------------------------------------------------------------------------------------------------------
    def iri(self, node: NamedNode) -> NamedNode:
        """What stands for an IRI: one that holds a citizen's name is replaced, any other stays."""
        if node.value not in self.new and node.value.startswith((_ID, _DOC)):
            masked = node.value
            for name, new in self._escaped_ids:
                masked = masked.replace(name, new)
            masked = self._evened(masked)
            if masked != node.value:
                self._rename(node.value, NamedNode(masked))
        return self.new.get(node.value, node)

    def fact(self, subject: NamedNode, predicate: NamedNode, value: Term) -> tuple[NamedNode, NamedNode, Term] | None:
        """What stands for a fact; None where nothing of it may be told."""
        private = self.private
        if subject.value in private.shown and predicate == _ALSO:
            return None
        if subject.value in private.bodies and subject.value in self.new and predicate not in {_TYPE, _LABEL}:
            return None
        if isinstance(value, Literal):
            return self.iri(subject), predicate, self._literal(subject, predicate, value)
        if predicate in _WHERE and subject.value in private.nodes and value.value in private.bodies:
            return self.iri(subject), predicate, self._stand_in(value, self._document_of(subject.value))
        return self.iri(subject), predicate, self.iri(value)

    def _document_of(self, node: str) -> str:
        person, _ = self.private.nodes[node]
        return self._first[person].document if person in self._first else ""

    def _stand_in(self, body: NamedNode, document: str) -> NamedNode:
        """What stands for a body near a citizen."""
        if body.value in self.new:
            return self.new[body.value]
        if (body.value, document) not in self.stand_ins:
            named = sorted(m for m in mentions_of(self.store, body.value) if m.document == document)
            begin = next((m.begin for m in named if self._hides(m)), 0)
            self.stand_ins[body.value, document] = self._hidden_body(body.value, document, begin)
        return self.stand_ins[body.value, document]

    def _literal(self, subject: NamedNode, predicate: NamedNode, value: Literal) -> Literal:
        if value.datatype.value not in _TEXTUAL:
            return value
        private, name = self.private, subject.value
        if name in private.shown and predicate in _NAMES:
            return _with(value, private.shown[name])
        if name in private.bodies and name in self.new and predicate == _LABEL:
            return _with(value, private.bodies[name])
        if name in self.texts and predicate in {expand("nif:isString"), expand("zx:sha256")}:
            text = self.texts[name].text
            whole = predicate == expand("nif:isString")
            return _with(value, text if whole else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        if name in private.nodes:
            own = private.wordings[private.nodes[name][0]]
            return _with(value, private.hiding.text(value.value, own, sentence=True))
        return _with(value, private.hiding.text(value.value))

    def _evened(self, text: str, here: Collection[str] = ()) -> str:
        shown, at = "", 0
        for start, end, instead in self.private.hiding.names(text, here):
            shown += text[at:start] + evened(text[start:end], instead)
            at = end
        return shown + text[at:]

    # -- quads -------------------------------------------------------------------------------------------------------
    def quads(self, quad: Quad) -> Iterator[Quad]:
        """What stands for a quad: one, or none."""
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        assert isinstance(subject, NamedNode)  # a graph of ours has no blank nodes
        assert isinstance(value, NamedNode | Literal)
        graph = quad.graph_name if isinstance(quad.graph_name, DefaultGraph) else self.iri(_named(quad.graph_name))
        proven = isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith("#evidence")
        told = self._evidence(subject, predicate, value) if proven else self.fact(subject, predicate, value)
        if told:
            yield Quad(*told, graph)

    def further(self) -> Iterator[Quad]:
        """What is said of the bodies that stand for others."""
        for (body, document), new in sorted(self.stand_ins.items()):
            graph = NamedNode(f"{vocab.document(self._id(document)).value}#facts")
            for predicate, value in (
                (_TYPE, expand(f"zx:{kind_of(self.store, body)}")),
                (_LABEL, Literal(self._shown(body), language="zh")),
            ):
                yield Quad(new, predicate, value, graph)
                yield Quad(new, predicate, value)

    def _describe(self, node: NamedNode) -> dict[str, Term]:
        return described(self.store, node)

    def _evidence(
        self, subject: NamedNode, predicate: NamedNode, value: Term
    ) -> tuple[NamedNode, NamedNode, Term] | None:
        about = self._described(subject)
        if expand("rdf:subject").value in about:
            return self._of_assertion(subject, predicate, value, about)
        place = place_of(about) or vocab.offsets(subject.value)
        words = self.texts[place[0]].text[place[1] : place[2]] if place and place[0] in self.texts else None
        if predicate == _WORDS and words is not None:
            return self.iri(subject), predicate, Literal(words)
        if isinstance(value, Literal):
            return self.iri(subject), predicate, self._at(value, place)
        if place and self._hides(Named(*place, value.value)) and kind_of(self.store, value.value) in _BODIES:
            return self.iri(subject), predicate, self._stand_in(value, place[0])
        return self.iri(subject), predicate, self.iri(value)

    def _at(self, value: Literal, place: tuple[str, int, int] | None) -> Literal:
        """A text that is read from a place: a mention, a sentence, the names of a row's columns."""
        if value.datatype.value not in _TEXTUAL:
            return value
        text = self.texts.get(place[0]) if place else None
        here = text.wordings(*place[1:]) if text and place else frozenset()
        return _with(value, self.private.hiding.text(value.value, here, sentence=bool(here)))

    def _of_assertion(
        self, node: NamedNode, predicate: NamedNode, value: Term, about: Mapping[str, Term]
    ) -> tuple[NamedNode, NamedNode, Term] | None:
        subject, stated, object_, evidence = (
            about[expand(p).value] for p in ("rdf:subject", "rdf:predicate", "rdf:object", "zx:evidence")
        )
        fact = self.fact(_named(subject), _named(stated), object_)
        if fact is None:
            return None
        if node.value not in self.new:
            span = self.iri(_named(evidence))
            if (*fact, span) != (subject, stated, object_, evidence):
                rule = about[expand("zx:rule").value].value
                self._rename(node.value, vocab.assertion(fact[0], fact[1], fact[2], span, rule))
        if predicate in {expand("rdf:subject"), expand("rdf:object")}:
            return self.iri(node), predicate, fact[0] if predicate == expand("rdf:subject") else fact[2]
        if isinstance(value, Literal):
            return self.iri(node), predicate, self._at(value, vocab.offsets(evidence.value))
        return self.iri(node), predicate, self.iri(value)


def _with(literal: Literal, text: str) -> Literal:
    """A literal with another text, in the same language."""
    return Literal(text, language=literal.language) if literal.language else Literal(text)


def _named(node: object) -> NamedNode:
    assert isinstance(node, NamedNode)  # a graph of ours has no blank nodes
    return node


def _home(iri: str) -> str:
    """The division that a key begins with."""
    return unquote(iri.removeprefix(_ID).split("/")[1])


def _plain_id(document: str) -> str:
    return unquote(document.removeprefix(_DOC))


def _escaped(document_id: str) -> str:
    return vocab.document(document_id).value.removeprefix(_DOC)
