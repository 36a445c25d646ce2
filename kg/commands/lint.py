"""`kg lint`: check the lexicon."""

from __future__ import annotations

from kg import console
from kg.errors import ShapesBroken
from kg.options import DataDir


def lint(data: DataDir = None) -> None:
    """Check the lexicon; each finding with file:line and what to do."""
    from kg import lint as checks
    from kg.settings import settings

    findings = checks.lint(*settings(data).lexicons)
    for finding in findings:
        console.line(finding)
    if findings:
        raise ShapesBroken(f"the lexicon has {len(findings)} findings", hint="each is named above")
    console.say("the lexicon has no findings")
