r"""What a maintainer says of a text beside it: `NAME.toml` tells of `NAME.docx` what its own words may not.

>>> describe('date = 2031-02\npublisher = "山南日报"', "a.toml")
Description(title='', date=Month(year=2031, month=2), publisher='山南日报', url='', committee='', home='', list_kind='')
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from kg.errors import Unreadable
from kg.model import Description, Month, Year

LIST_KINDS = ("全部立案", "优秀", "重点", "节选", "未知")
_KNOWN = [f.name for f in fields(Description)]
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_BARE_MONTH = re.compile(r"^(\s*date\s*=\s*)(\d{4}-\d\d)(\s*(?:#.*)?)$", re.MULTILINE)
"""`date = 2031-02`, which TOML has no type for."""


def describe(text: str, name: str) -> Description:
    """The description that a sidecar gives; `name` is the file's, for messages.

    Raises Unreadable for what is no TOML, a word that a sidecar doesn't have, and a value that can't be meant.
    """
    try:
        values = tomllib.loads(_BARE_MONTH.sub(r'\1"\2"\3', text))
    except tomllib.TOMLDecodeError as e:
        raise Unreadable(f"no TOML ({e})", where=name, hint="mend it or take it away: its text is left out") from e
    unknown = sorted(set(values) - set(_KNOWN))
    if unknown:
        raise Unreadable(f"{unknown[0]} is nothing that a sidecar says", where=name, hint=f"known: {', '.join(_KNOWN)}")
    return Description(
        title=_words(values, "title", name),
        date=_date(values.get("date"), name),
        publisher=_words(values, "publisher", name),
        url=_words(values, "url", name),
        committee=_committee(_words(values, "committee", name), name),
        home=_words(values, "home", name),
        list_kind=_list_kind(_words(values, "list_kind", name), name),
    )


def _words(values: Mapping[str, object], key: str, name: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise Unreadable(f"{key} is {value!r}", where=name, hint="write words in quotes")
    return " ".join(value.split())


def _date(value: object, name: str) -> date | Month | Year | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2100:
        return Year(value)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, str) and (month := _MONTH.fullmatch(value)):
        return Month(int(month[1]), int(month[2]))
    raise Unreadable(f"date is {value!r}", where=name, hint="write 2031-02-03, 2031-02 or 2031")


def _committee(value: str, name: str) -> str:
    if value and not value.endswith("政协"):
        raise Unreadable(f"committee is {value!r}", where=name, hint="write its short name in full, as 山南区政协")
    return value


def _list_kind(value: str, name: str) -> str:
    if value and value not in LIST_KINDS:
        raise Unreadable(f"list_kind is {value!r}", where=name, hint=f"one of: {' '.join(LIST_KINDS)}")
    return value
