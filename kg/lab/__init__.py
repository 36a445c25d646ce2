"""One file that answers: the graph, a SPARQL store in WebAssembly and the saved questions, offline in a browser.

A researcher mails `lab.html`, and whoever gets it asks the graph with nothing installed. The store is Oxigraph, as on
the command line, so that the same question has the same answer. Only named graphs are in the file: the page computes
the default graph as a build does, each distinct triple of all of them but the evidence, once.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, serialize

from kg import query, vocab
from kg.inline import csp_hash, json_script
from kg.store import EVIDENCE

MOST_QUADS: Final = 1_000_000
"""What a laptop's browser was measured to hold and to answer from (docs/lab.md); a larger graph wants `kg serve`."""

_HERE: Final = Path(__file__).parent
_WORKER: Final = ("vendor/oxigraph.js", "static/worker.js")
_SCRIPTS: Final = ("engine.js", "questions.js", "editor.js", "answer.js", "lab.js")
_HEAD: Final = re.compile(r"\A(?:#[^\n]*\n)+")
"""The comments that a question's file begins with: the page shows what they say beside the query."""
_ENDS_OR_OPENS_A_COMMENT: Final = re.compile(r"<(?=[/!])")


@dataclass(frozen=True, slots=True)
class LabData:
    """All that the file holds besides what is the same in every one."""

    title: str
    quads: int
    """Of the named graphs."""
    documents: int
    trig: str
    """The named graphs in TriG; empty where the graph is too large."""
    questions: Sequence[query.Question]
    masked: bool


def lab_data(store: Store, names: str = "masked") -> LabData:
    """Read the graph that the file is to hold.

    Args:
        store: the graph as those may see it who get the file.
        names: whether citizens are `masked` in this store, or `full`: the file says so.

    """
    quads = [quad for quad in store if not isinstance(quad.graph_name, DefaultGraph)]
    fits = len(quads) <= MOST_QUADS
    return LabData(
        title=_title(quads),
        quads=len(quads),
        documents=sum(
            q.predicate == vocab.expand("rdf:type") and q.object == vocab.expand("zx:Document") for q in quads
        ),
        trig=_trig(quads) if fits else "",
        questions=query.saved(),
        masked=names != "full",
    )


def render(data: LabData) -> str:
    """The file as HTML; the same text from the same data."""
    worker = "\n".join(_text(name) for name in _WORKER)
    yasqe = _text("vendor/yasqe.min.js")
    script = "\n".join(["(() => {", '"use strict";', *(_text(f"static/{name}") for name in _SCRIPTS), "})();"])
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("lab.html.j2").render(
        data=data,
        most=MOST_QUADS,
        known=json_script(_known(data)),
        trig=Markup(_ENDS_OR_OPENS_A_COMMENT.sub(r"\\u003C", data.trig)),
        wasm=base64.b64encode((_HERE / "vendor" / "oxigraph.wasm.gz").read_bytes()).decode("ascii"),
        style=Markup(_text("vendor/yasqe.min.css") + "\n" + _text("static/lab.css")),
        worker=json_script(worker),
        scripts=[(Markup(text), csp_hash(text)) for text in (yasqe, script)],
    )


def write(store: Store, path: Path, names: str = "masked") -> None:
    """Write the file of a graph; see `lab_data`.

    Raises OSError where the disk refuses.
    """
    path.write_text(render(lab_data(store, names)), encoding="utf-8", newline="\n")


def _trig(quads: Iterable[Quad]) -> str:
    """The quads by graph and subject, so that TriG names each once."""
    ordered = sorted(quads, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))
    return (serialize(ordered, format=RdfFormat.TRIG, prefixes=vocab.PREFIXES) or b"").decode("utf-8")


def _title(quads: Iterable[Quad]) -> str:
    """The committee whose documents these are, where there is one."""
    named = vocab.expand("skos:prefLabel")
    found = list(quads)
    committees = {q.object for q in found if q.predicate == vocab.expand("zx:committee")}
    names = {
        q.object.value
        for q in found
        if q.predicate == named and isinstance(q.object, Literal) and q.subject in committees
    }
    return names.pop() if len(names) == 1 else ""


def _known(data: LabData) -> dict[str, object]:
    return {
        "evidence": EVIDENCE,
        "prefixes": vocab.PREFIXES,
        "terms": _terms(),
        "questions": [
            {
                "name": one.name,
                "zh": one.question,
                "en": one.english,
                "params": [[p.name, p.meaning, p.default] for p in one.params],
                "columns": one.columns,
                "query": _HEAD.sub("", one.text),
            }
            for one in data.questions
        ],
    }


def _terms() -> list[tuple[str, str, str]]:
    """The vocabulary for the editor's completion: compact IRI, `class` or `property`, Chinese label."""
    labels: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for quad in vocab.ontology_quads():
        if not isinstance(quad.subject, NamedNode):
            continue
        iri, predicate = quad.subject.value, vocab.compact(quad.predicate.value)
        if predicate == "rdfs:label" and isinstance(quad.object, Literal) and quad.object.language == "zh":
            labels[iri] = quad.object.value
        elif predicate == "rdf:type" and isinstance(quad.object, NamedNode):
            kinds[iri] = "class" if quad.object.value.endswith("#Class") else "property"
    return sorted((vocab.compact(iri), kinds.get(iri, "property"), label) for iri, label in labels.items())


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n").strip()
