"""The data folder: `kg.toml`, texts, a lexicon of one's own; and what holds where it says nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from kg.errors import NothingBuilt, UsageError
from kg.limits import Limits
from kg.resources import lexicon_dir

NAMES = ("masked", "full")
_FRESH = """\
# 数据文件夹的设置。以 # 开头的行只是说明。/ The settings of this data folder.

# 页面上市民姓名的显示方式：masked（李某（市民））或 full（全名）。
# names = "masked"

# build/ 里保留几个历史版本。
# keep = 5

# 一个文件最多多大：超过的会点名跳过，其余照常构建。下面是默认值。
# [limits]
# file_mb = 64            # 文件本身，兆字节
# unpacked_mb = 256       # Word、Excel 文件解开以后，兆字节
# characters = 2_000_000  # 读出的文字，字数
# pages = 300             # PDF 的页数
# rows = 50_000           # 表格的总行数
# convert_seconds = 60    # 用 LibreOffice 转换旧格式（.doc .wps），秒
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a data folder sets."""

    folder: Path | None
    """The data folder; None for what the package ships, which has no texts."""
    names: str = "masked"
    """How citizens are shown on pages and in exports: `masked` (李某（市民）) or `full`."""
    keep: int = 5
    """How many generations of the graph stay in the build folder."""
    limits: Limits = field(default_factory=Limits)
    """What a file may be at most."""

    @property
    def texts(self) -> Path | None:
        """Where the texts are that `kg build` reads when it is told none."""
        return self.folder / "texts" if self.folder else None

    @property
    def lexicons(self) -> list[Path]:
        """The lexicon's folders: the package's, then one's own."""
        own = [self.folder / "lexicon"] if self.folder else []
        return [lexicon_dir(), *(p for p in own if p.is_dir() and p.resolve() != lexicon_dir().resolve())]


def settings(data: Path | None = None, *, names: str | None = None) -> Settings:
    """The settings of a data folder: the one named, else `./data` where it holds `kg.toml`, else the package's.

    `names` overrides how citizens are shown. Raises UsageError for a folder without `kg.toml` that was asked for, and
    for a `kg.toml` or a value that can't be understood.
    """
    found = _read(data)
    return found if names is None else replace(found, names=_names(names, Path("--names")))


def make(folder: Path) -> None:
    """Make a data folder: `kg.toml`, `texts/`, `lexicon/`.

    Raises UsageError where there is one already, NothingBuilt where it can't be written.
    """
    if (folder / "kg.toml").exists():
        raise UsageError("there is a data folder here already", where=str(folder), hint="name another one")
    try:
        for part in ("texts", "lexicon"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "kg.toml").write_text(_FRESH, encoding="utf-8")
    except OSError as e:
        raise NothingBuilt(f"can't be written ({e.strerror})", where=str(folder), hint="name another folder") from e


def _read(data: Path | None) -> Settings:
    folder = data or Path("data")
    file = folder / "kg.toml"
    if not file.is_file():
        if data is not None:
            raise UsageError("there is no kg.toml here", where=str(data), hint="kg init makes a data folder")
        return Settings(None)
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise UsageError(
            f"can't be read ({e})", where=str(file), hint="see the comments of a fresh one: kg init"
        ) from e
    unknown = sorted(set(values) - {"names", "keep", "limits"})
    if unknown:
        raise UsageError(f"unknown setting {unknown[0]}", where=str(file), hint="known: names, keep, limits")
    return Settings(
        folder,
        _names(values.get("names", "masked"), file),
        _count("keep", values.get("keep", 5), file),
        _limits(values.get("limits", {}), file),
    )


def _names(value: object, file: Path) -> str:
    if value not in NAMES or not isinstance(value, str):
        raise UsageError(f"names is {value!r}", where=str(file), hint=f"one of: {', '.join(NAMES)}")
    return value


def _count(name: str, value: object, file: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise UsageError(f"{name} is {value!r}", where=str(file), hint="a whole number from 1")
    return value


def _limits(values: object, file: Path) -> Limits:
    known = [f.name for f in fields(Limits)]
    if not isinstance(values, dict):
        raise UsageError(f"limits is {values!r}", where=str(file), hint=f"a table [limits] of {', '.join(known)}")
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise UsageError(f"unknown limit {unknown[0]}", where=str(file), hint=f"known: {', '.join(known)}")
    return Limits(**{name: _count(f"limits.{name}", value, file) for name, value in values.items()})
