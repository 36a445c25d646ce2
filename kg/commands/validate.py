"""`kg validate`: check the graph."""

from __future__ import annotations

from pathlib import Path

from kg import console
from kg.errors import ShapesBroken
from kg.options import BuildDir


def validate(build: BuildDir = Path("build")) -> None:
    """Check the graph against its shapes and its evidence; say in words which text and line break which rule."""
    from kg import validate as checks
    from kg.store import open_store

    findings = checks.validate(open_store(build))
    for finding in findings:
        console.line(finding)
    if findings:
        raise ShapesBroken(f"the graph breaks its shapes in {len(findings)} places", hint="each is named above")
    console.say("the graph keeps to its shapes, and every fact has its words")
