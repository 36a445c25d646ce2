"""Parties' plenary sessions, congresses and standing committees: `民革十四届三中全会`, `区委二届五次全会`.

Texts speak of them far more often than they tell of them (`学习贯彻某某全会精神`): only the session itself is a
meeting, not what is to be learnt from it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.clean import HAN
from kg.lexicon import Lexicon, Party
from kg.meetings.numbered import Meeting, overlaps
from kg.model import Passage
from kg.names import Names
from kg.numerals import NUMERAL, value, written
from kg.sentences import Clause
from kg.wordlist import either

_TERM = rf"(?P<term>{NUMERAL}{{1,3}})届"
_NUMBER = rf"第?(?P<ordinal>{NUMERAL}{{1,3}})"
_PLENARY = r"全(?:体(?:委员)?会议|体?委员?会|会)"
_ANY = re.compile(r"全(?:会|体会议|委会|体委员会)|次全[国盟]代表大会|次[^,，。]{2,7}代表大会|届[^,，。]{0,8}常[委务]")
_STANDING = r"(?P<standing>常务委员会|常委会?)"
_LEVELS = "省市区县旗州"
_SPOKEN_OF = re.compile(
    r"(?:的|关于|以来|之后|上的)?[^,，。；;]{0,24}?(?:精神|部署|要求|《|决定|决议|讲话|公报|任务|提出|确定|明确)"
)
"""What follows where a text speaks of what a session said."""
_LEARNT = re.compile(r"(?:贯彻|落实|学习|宣讲|领会|按照|根据|围绕|聚焦|对照|自|从)[^,，。；;]{0,16}$")
_HELD = re.compile(r"(?!主席团|是)[^,，。；;《》]{0,16}?(?:召开|举行|开幕|闭幕|开会)(?!以?[来后前]|之|[一两]|的)")
_ON_A_DAY = re.compile(r"(?:已|将|定)?(?:于|在|\d)")
_RECALLED = re.compile(r"(?:祝贺|自从|自)[^,，。；;]{0,20}$")
_CHOSEN = re.compile(r"上?(?:被|当选|选举|增选|补选|增补|递补|再次)")


def plenums(passage: Passage, names: Names, lexicon: Lexicon, *, heading: bool) -> list[Meeting]:
    """The parties' plenary sessions that a passage tells of, in order."""
    found: list[Meeting] = []
    if not _ANY.search(passage.text):
        return found
    for form in _forms(lexicon.parties):
        for match in form.finditer(passage.text):
            clause = Clause(passage, *match.span())
            if not overlaps(clause, found) and _told(match, heading=heading):
                meeting = _meeting(match, clause, names, lexicon)
                found += [meeting] if meeting else []
    return sorted(found, key=lambda m: m.clause.start)


@lru_cache(maxsize=4)
def _forms(rows: tuple[Party, ...]) -> tuple[re.Pattern[str], ...]:
    parties = either(word for row in rows for word in (row.name, row.short, *row.aliases))
    whose = rf"(?P<of>中央|[{HAN}]{{2,8}}?[{_LEVELS}])"
    party = rf"(?P<party>中国共产党|{parties})"
    return (
        re.compile(rf"{party}第?{_TERM}{whose}(?P<kind>委员会|纪律检查委员会){_NUMBER}次{_PLENARY}"),
        re.compile(
            rf"{party}(?P<congress>第(?P<ordinal>{NUMERAL}{{1,3}})次(?:全[国盟]|[{HAN}]{{2,6}}?[{_LEVELS}])代表大会)"
        ),
        re.compile(rf"(?P<party>中共|党的|{parties})(?:中央)?第?{_TERM}(?P<ordinal>{NUMERAL}{{1,2}})中全会"),
        re.compile(rf"(?P<body>(?:中共)?[{HAN}]{{0,6}}[{_LEVELS}](?:委|纪委)(?:会)?)第?{_TERM}{_NUMBER}次{_PLENARY}"),
        re.compile(rf"(?P<party>{parties})(?P<unit>[{HAN}]{{0,8}}(?:委会|委员会|工委))第?{_TERM}{_NUMBER}次{_PLENARY}"),
        re.compile(rf"(?P<party>{parties})(?:中央)?第?{_TERM}{_NUMBER}次(?:中央)?全会"),
        re.compile(rf"(?P<party>{parties})第?{_TERM}(?:中央)?{_STANDING}{_NUMBER}次会议"),
        re.compile(rf"(?P<party>{parties})(?:中央)?第?{_TERM}{_NUMBER}次(?:中央)?{_STANDING}会议"),
        re.compile(rf"(?P<party>){_TERM}(?P<of>中央)(?P<kind>纪委){_NUMBER}次全会"),
    )


def _told(match: re.Match[str], *, heading: bool) -> bool:
    """Whether the text tells of the session: that it is held, or that somebody was chosen there.

    The session of the nation's ruling party is named in full where it is told of; `胜利召开某届某中全会` recalls it.
    """
    text, end = match.string, match.end()
    before = text[max(0, match.start() - 20) : match.start()]
    if _LEARNT.search(before):
        return False
    recalled = match.group().endswith("中全会") and match.groupdict().get("party") in {"中共", "党的"}
    if _CHOSEN.match(text, end):
        return True
    if _HELD.match(text, end) and (not recalled or _ON_A_DAY.match(text, end) or heading):
        return not _RECALLED.search(before)
    if re.search(r"(?:召开|举行)(?:了)?$", before) and not recalled:
        return True
    return heading and not _SPOKEN_OF.match(text, end)


def _meeting(match: re.Match[str], clause: Clause, names: Names, lexicon: Lexicon) -> Meeting | None:
    whose = _whose(match, clause, names, lexicon)
    if whose is None:
        return None
    start, body = whose
    said = match.groupdict()
    told = Clause(clause.passage, start, clause.end)
    ordinal = value(match["ordinal"])
    if said.get("congress"):
        return Meeting(told, body, None, ordinal, "党派代表大会", body + match["congress"], "", told)
    term = value(match["term"])
    if said.get("standing"):
        name = f"{body}{written(term)}届{written(ordinal)}次常委会会议"
        return Meeting(told, body, term, ordinal, "其他会议", name, "", told)
    central = (said.get("of") == "中央" and said.get("kind") == "委员会") or match.group().endswith("中全会")
    ending = "中全会" if central else "次全会"
    name = f"{body}{written(term)}届{written(ordinal)}{ending}"
    return Meeting(told, body, term, ordinal, "党派全会", name, "", told)


def _whose(match: re.Match[str], clause: Clause, names: Names, lexicon: Lexicon) -> tuple[int, str] | None:
    """Where the name begins, and the party's short name, with its committee where that is not the central one."""
    said = match.groupdict()
    if said.get("body"):
        end = match.end("body")
        body = next((n for n in names.of(clause.passage, "Organization") if n.end == end), None)
        return (body.start, body.full) if body else None
    short = {w: row.short for row in lexicon.parties for w in (row.name, row.short, *row.aliases)}
    party = short.get(match["party"], "中共")
    of, discipline = said.get("of"), "纪" in (said.get("kind") or "")
    if of in {None, "中央"}:
        return clause.start, "中央纪委" if discipline else party + (said.get("unit") or "")
    return clause.start, f"{party}{of}{'纪' if discipline else ''}委" + ("" if party == "中共" else "会")
