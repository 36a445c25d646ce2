"""What a column is by its name, however a ledger words it: `主办单位（牵头）`, `是否重点提案 *`, 日期 below 答复情况.

The lexicon has the words. Its rows are of four kinds: `cell` and `course` are names of columns that may also be a label
in running text, `column` those of columns alone, and `part` words that say something only beside others: below the
upper line of a header, or behind another word (`答复` + `日期`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from kg.lexicon import Term

CONTACT = "contact"
"""The role of a column that is known and gives nothing: a telephone number, an address, a day of birth."""
HANDLERS = frozenset({"handler", "lead", "co", "separate"})
_PARTS = frozenset({"when", "body", "result", "reply"})
_WHO = HANDLERS | {"supervisor"}
_RESULTS = {"outcome": "outcome", "reply": "outcome", "status": "status", "feedback": "feedback"}
_JOINED = re.compile(r"[/、,;或及和与（）]")
_BEFORE = re.compile(r"^(?:是否(?:属于|为|是)?)?(?:(?:19|20)\d\d年度?)?(?:提案的?|\d+[.、])?")
_BEHIND = re.compile(r"(?:名称|情况|标识|信息|内容|一栏|栏|\d{1,2})$")
_BARE_TITLE = "提案"
_VALUES = {
    "feedback": re.compile(r"(?:很|非常)?(?:满意|基本满意|不满意)"),
    "outcome": re.compile(r"[A-D]类?|(?:已|正在|拟)(?:经)?(?:解决|采纳|落实)|列入计划(?:解决)?|计划解决|留作参考"),
}
"""Names of columns that are a value themselves, where a mark in the cell says that it holds."""


def closed(name: str) -> str:
    """A column's name as it is compared: without blanks, marks and what only asks to be filled in.

    >>> closed("主办 单位(牵头)*"), closed("案由:")
    ('主办单位（牵头）', '案由')
    """
    narrow = re.sub(r"\s|[*※]", "", unicodedata.normalize("NFKC", name)).translate(str.maketrans("()", "（）"))
    return re.sub(r"（(?:必填|选填|可选|可不填)）", "", narrow).rstrip(":")


class ColumnNames:
    """The names of columns and what they mean; made once from the lexicon's rows."""

    def __init__(self, rows: Sequence[Term]) -> None:
        self._exact = {word: row.id for row in rows for word in row.aliases}

    def roles(self, name: str, upper: str = "") -> tuple[str, ...]:
        """What a column is: ids of the lexicon, several where its name joins several; none where it is not known.

        `upper` is the name in the header's upper line that it stands under.
        """
        above = self._simple(upper) if upper and upper != name else None
        if above and self.is_value(name, upper):
            return (above,)
        found = self._joined(name)
        if upper and not found and (both := self._simple(upper + name)):  # 领导 below 督办
            return (both,) if both not in _PARTS else ()
        if above:
            found = tuple(r for role in found if (r := _below(above, role, name)))
        return tuple(dict.fromkeys(role for role in found if role not in _PARTS))

    def is_value(self, name: str, upper: str = "") -> bool:
        """Whether a name is itself the value that a mark in the column gives: 满意, or A below 办理结果."""
        above = self._simple(upper) if upper else "feedback"
        form = _VALUES.get("outcome" if above == "reply" else above or "")
        return bool(form and form.fullmatch(name))

    def is_part(self, name: str) -> bool:
        """Whether a name may stand in a header's lower line."""
        return (
            self._simple(name) is not None
            or bool(self._joined(name))
            or any(form.fullmatch(name) for form in _VALUES.values())
        )

    def _joined(self, name: str) -> tuple[str, ...]:
        """The roles of a name and of the names that a stroke or a bracket joins in it."""
        if role := self._simple(name) or ("feedback" if self.is_value(name) else None):
            return (role,)
        parts = [part for part in _JOINED.split(name) if part]
        roles = [role for part in parts if (role := self._simple(part))]
        if len(parts) < 2 or not roles:
            return ()
        if "（" in name:
            return (_bracketed(roles),) if self._simple(parts[0]) else ()
        return _several(roles)

    def _simple(self, name: str) -> str | None:
        """The role of a name that joins nothing: by the word, without what only qualifies it, or by its two parts."""
        found = self._exact.get(name)
        if found or not name:
            return found
        bare = _BEFORE.sub("", name)
        for shorter in (_BEHIND.sub("", name), bare, _BEHIND.sub("", bare)):
            if shorter != name and shorter != _BARE_TITLE and (found := self._exact.get(shorter)):
                return found
        return self._of_two_words(name)

    def _of_two_words(self, name: str) -> str | None:
        """`答复` + `日期`, `提案人` + `满意度`: what the second word is below the first."""
        for at in range(len(name) - 1, 1, -1):
            first, second = self._exact.get(name[:at]), self._exact.get(name[at:])
            if first and second:
                return _below(first, second, name[at:])
        return None


@cache
def column_names(rows: tuple[Term, ...]) -> ColumnNames:
    """The names of a lexicon's rows, made once."""
    return ColumnNames(rows)


def _below(above: str, role: str, name: str) -> str | None:
    """What a column is whose name stands below another, or behind it; None where both together say nothing known."""
    if role == "when":
        return "date" if above in {"outcome", "reply"} else None
    if role == "result":
        return _RESULTS.get(above)
    if role == "body":
        return above if above in _WHO else "handler" if above == "reply" else CONTACT
    if above == "joint" or above in _WHO:
        return _of_others(above, role)
    if role == "category" and above != "title":
        return "outcome" if above in {"outcome", "reply"} else None
    if role == "position" and name.endswith("编号"):
        return "number"
    return role


def _of_others(above: str, role: str) -> str | None:
    """Below those who join in or handle it: their names, and nothing that would be said of the proposer."""
    if role in {"proposer", "title"}:
        return above
    if role in {"seat", "party", "position", "number", "category"}:
        return None
    return "supervisor" if above == "supervisor" and role in HANDLERS else role


def _bracketed(roles: Sequence[str]) -> str:
    """`主办单位（牵头）`, `承办单位（会办）`: the word before the bracket, or what is more exact inside it."""
    first, last = roles[0], roles[-1]
    return last if first in {"handler", "body"} and last in HANDLERS else first


def _several(roles: Sequence[str]) -> tuple[str, ...]:
    """The roles of joined names: of one column for several kinds of handlers, or for all who propose, one role."""
    kinds = set(roles)
    if len(kinds) > 1 and kinds <= HANDLERS:
        return ("handler",)
    if kinds == {"proposer", "joint"}:
        return ("proposer",)
    if kinds == {"number", "position"}:
        return ("position",)
    return tuple(dict.fromkeys(roles))
