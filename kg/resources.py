"""Where the vocabulary and the lexicon lie: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def _shipped(inside: str, beside: str) -> Path:
    installed = PACKAGE / "shipped" / inside
    return installed if installed.is_dir() else PACKAGE.parent / beside


def ontology_dir() -> Path:
    """The folder of `zhengxie.ttl` and `shapes.ttl`."""
    return _shipped("ontology", "ontology")


def lexicon_dir() -> Path:
    """The folder of the lexicon's CSV files that the package ships."""
    return _shipped("lexicon", "data/lexicon")


def gazetteer_dir() -> Path:
    """The folder of the table of towns that the package ships."""
    return _shipped("gazetteer", "data/gazetteer")
