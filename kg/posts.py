"""What stands around a person's name: the posts, whose they are, and what a person is called after the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.clean import HAN
from kg.lexicon import Lexicon, Post
from kg.model import NATION, Name, Passage
from kg.names import Names
from kg.sentences import Clause
from kg.wordlist import either

_HARD = re.compile(r"[,，。；;：:!！?？\"“”《》()（）【】■\s]|——")
_QUOTED = re.compile(r"“[^“”，,。；;：:!！?？《》]{1,8}”|\"[^\"，,。；;：:!！?？《》]{1,8}\"")
"""A short name in quotation marks: it may belong to a post (`“远航”号总设计师`)."""
_ASIDE = re.compile(rf"(?<=[{HAN}])[（(][^（()），,。；;：:、]{{1,16}}[)）](?=[{HAN}])")
"""A body's other name in brackets, before the post: `某学校（某学院）教授`."""
_LONGEST_UNIT = 8
_AND = re.compile("以及|及|并|和|兼任?")
_NEVER_IN_A_POST = frozenset({"u", "p", "r", "w", "TIME", "PER"})
_NUMERALS = "一二三四五六七八九十百\\d"
_TERM = re.compile(rf"(?<![新上本历各每])第?[{_NUMERALS}]+(?:、[{_NUMERALS}]+)*届")
"""Of which terms a post is: `十届`, `第五、六、七届`."""
_IS = re.compile(rf"^(?:同志)?(?:是|系)(?:一名|一位|来自)?(?P<rest>[{HAN}、]{{2,30}}?)(?=[,，。；;]|$)")
_BRACKETS = re.compile(r"^[（(](?P<inside>[^（()）]{2,40})[)）]")
_JOINS = re.compile(r"^(?:[（(][^（()）]{1,12}[)）])?(?:\s*[、/]\s*|和|及|以及|与|\s+)$")
"""What stands between two names of one list: `甲（回族）、乙和丙`."""
_MEETS = re.compile("[与同]$")
"""Who meets others is not of their title: `某长甲与乙、丙等委员交流`."""
_AND_OTHERS = re.compile(rf"等(?:[{_NUMERALS}余多]+)?(?:位|名|个)?(?P<rest>[{HAN}]{{2,16}})")
_PROPER = frozenset({"ORG", "nt", "LOC", "ns", "nz", "nw", "PER", "nr"})
_BODY = frozenset({"ORG", "nt"})
_OF_A_BODY = _BODY | {"LOC", "ns"}
_NEVER_IN_A_UNIT = frozenset({"v", "p", "c", "u", "d", "r", "w", "TIME", "PER"})
_NOUNS = (_PROPER - {"PER", "nr"}) | {"n", "vn", "an", "a", "b", "j", "f", "s"}
"""The words that a post's own name is made of, before its last one (`民间文艺|工作者`)."""
_COMMITTEE = "政协"
_MEMBER = "委员"
_OF_A_COMMITTEE = ("主席", "秘书长", "常委", "委员")
_ADDRESSES = ("同志", "先生", "女士")
_OF_A_DIVISION = tuple(f"{level}长" for level in "省市区县州旗镇乡")
_OF_BODIES = frozenset({"委员", "干部/工作人员", "企业", "媒体"})
"""The capacities in which one acts for a body."""
_SHORTEST_BODY = 4
_UNITS = "部科室处股组办"
"""How a unit of some body ends, which is no body by itself (`人力资源部`); a ministry's name is shorter."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A post of a person as the text has it."""

    role: Clause
    """The post as written, with the unit inside the body that it belongs to (`办公室主任`)."""
    body: Clause | None
    """Whose post it is: a body, or the place whose people the person is of."""
    post: Post
    written: Clause
    """The post with its body, where both are one unbroken string (`某某博物馆馆长`)."""

    @property
    def word(self) -> str:
        """The post without the body, also where its own wording begins with one: 委员 of 全国政协委员."""
        start = self.role.start
        if self.body and self.body.start <= start < self.body.end < self.role.end:
            start = self.body.end
        return self.role.passage.text[start : self.role.end]

    @property
    def body_name(self) -> str:
        """The body without the terms that its post is of (`某省十届政协`)."""
        return _TERM.sub("", self.body.text) if self.body else ""


class Posts:
    """Finds posts beside names; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rows = {p.id: p for p in lexicon.posts}
        self._longest = max(map(len, self.rows), default=0)
        self._units = tuple(s.id for s in lexicon.body_suffixes if s.kind in {"党组织", "基层"})
        self._body = re.compile(f"(?:{either(s.id for s in lexicon.body_suffixes)})")
        self._after = re.compile(either(p.id for p in lexicon.posts if p.after_name and p.capacity != "群众"))

    def _is_unit(self, name: Name) -> bool:
        return name.kind == "Person" or (name.kind == "Organization" and name.text.endswith(self._units))

    def held(self, passage: Passage, names: Names) -> list[tuple[Name, list[Holding]]]:
        """Everyone whom a passage names, with the posts that it gives them; those of a list share its one title.

        The title stands before the first (`委员甲、乙、丙`) or behind the last (`甲、乙等委员`).
        """
        found: list[tuple[Name, list[Holding]]] = []
        for run in _runs(names.of(passage, "Person"), passage.text):
            shared: list[Holding] = []
            title = self._of_all(run[-1], passage, names)
            for before, person in zip([None, *run], run, strict=False):
                meets = before is not None and _MEETS.search(passage.text[before.end : person.start].strip())
                shared = self.of(person, passage, names) or ([] if meets else shared)
                found.append((person, shared))
                if title and not (shared and shared[-1].post.id.endswith(title[-1].post.id)):
                    found[-1] = (person, self.of(person, passage, names) or title)
        return found

    def lists(self, passage: Passage, names: Names) -> list[list[Name]]:
        """The people of a passage, those of one list together."""
        return _runs(names.of(passage, "Person"), passage.text)

    def _of_all(self, last: Name, passage: Passage, names: Names) -> list[Holding]:
        """The title behind a list's last name: `等海内外知名人士`."""
        match = _AND_OTHERS.match(passage.text, last.end)
        if not match:
            return []
        begin = match.start("rest")
        for tag in names.words(passage):
            if begin < tag.end <= match.end() and begin <= tag.start:
                holding = self._in_part(begin, tag.end, passage, names)
                if holding and holding.written.start == begin and holding.post.id not in _ADDRESSES:
                    return [holding]
        return []

    def of(self, name: Name, passage: Passage, names: Names) -> list[Holding]:
        """The posts that stand before a name, right behind it, in brackets, or after `是`, in the text's order."""
        before = self.before(name.start, passage, names)
        behind = self._behind(name, passage, names) or self._bracketed(name, passage, names)
        return [*before, *behind, *self._apposed(name, passage, names)]

    def before(self, start: int, passage: Passage, names: Names) -> list[Holding]:
        """The chain of posts that ends at `start`: `某街道某社区党支部书记、居委会主任` are two of one body."""
        if passage.text.endswith("——", 0, start):
            start -= 2
        return self.listed(_edge(start, passage, names), start, passage, names)

    def listed(self, begin: int, end: int, passage: Passage, names: Names) -> list[Holding]:
        """The posts of `A局局长、B学会理事` that fill the end of a stretch of text, in order."""
        holdings: list[Holding] = []
        for start, stop in reversed(_parts(passage.text, begin, end)):
            holding = self._in_part(start, stop, passage, names)
            if holding is None or (stop != end and not holdings):
                break
            holdings.append(holding)
            if holding.written.start != start:  # what stands before it is of somebody else (`A局局长会见B会会长`)
                break
        return self._shared_body(list(reversed(holdings)))

    def every(
        self, begin: int, end: int, passage: Passage, names: Names, *, loose: bool = False
    ) -> tuple[list[Holding], int]:
        """The parts of a stretch of text that are posts and nothing else, in order, and how many parts there are.

        Where the text before says that posts follow, a `loose` reading takes what ends as a post for one.
        """
        parts = [part for whole in _parts(passage.text, begin, end) for part in self._joined(*whole, passage.text)]
        found = [self._in_part(*part, passage, names) for part in parts]
        posts = []
        for (start, stop), holding in zip(parts, found, strict=True):
            if holding and holding.written.start == start:
                posts.append(holding)
            elif holding and loose and not _NEVER_IN_A_POST & _kinds(start, stop, passage, names):
                role = Clause(passage, holding.body.end if holding.body else start, stop)
                posts.append(replace(holding, role=role, written=Clause(passage, start, stop)))
        return self._shared_body(posts), len(parts)

    def _joined(self, begin: int, end: int, text: str) -> Iterator[tuple[int, int]]:
        """A part as its several posts: `某会副会长及某组组长`, `某公司董事兼某厂厂长`."""
        start = begin
        for match in _AND.finditer(text, begin, end):
            beside = match[0] == "兼" and self._begins_with_post(text, match.end())
            if not beside and self._ending_at(start, match.start(), text):
                yield start, match.start()
                start = match.end()
        yield start, end

    def _begins_with_post(self, text: str, start: int) -> bool:
        return any(text[start : start + n] in self.rows for n in range(2, self._longest + 1))

    def body(self, words: Clause, names: Names) -> Clause | None:
        """The words where they are a body: by its name, or by its ending."""
        named = any(n.end == words.end for n in names.of(words.passage, "Organization"))
        ending = any(m.end() == words.end for m in self._body.finditer(words.passage.text, words.start, words.end))
        return words if named or ending else None

    def _in_part(self, begin: int, end: int, passage: Passage, names: Names) -> Holding | None:
        """One post with its body: `[body][unit][post]`."""
        found = self._ending_at(begin, end, passage.text)
        if found is None:
            return None
        start, row = found
        # The longest wording of a post may begin inside the name before it (`某社区|党支部书记`, `某中学|校长`); but a
        # party branch and an office are units of a body, and belong to the post.
        cut = [n.end for n in names.of(passage) if n.start < start < n.end < end and not self._is_unit(n)]
        start, row = (cut and self._ending_at(max(cut), end, passage.text)) or found
        body = _inner_body(start, end, passage, names) or self._body_before(start, begin, passage, names)
        role = start
        if body is None:
            role = _described(start, begin, passage, names)
            body = self._body_of_form(role, start, end, passage, names)
            role = body.end if body else role
        elif body.end < start and passage.text[body.end : start] != "的":
            role = body.end
        body = _committee_of_place(body, role, passage) if body else None
        written = min(role, body.start) if body and body.end >= role else role
        written = _with_term(written, begin, passage.text)
        return Holding(Clause(passage, role, end), body, row, Clause(passage, written, end))

    def _ending_at(self, begin: int, end: int, text: str) -> tuple[int, Post] | None:
        """Where the longest post that ends here begins, also the first of two held as one (`副主席兼秘书长`)."""
        for start in range(max(begin, end - self._longest), end):
            if text[start:end] in self.rows:
                first = self._ending_at(begin, start - 1, text) if text.endswith("兼", begin, start) else None
                return first or (start, self.rows[text[start:end]])
        return None

    def _body_of_form(self, begin: int, post: int, end: int, passage: Passage, names: Names) -> Clause | None:
        """A body that no list of names has: what the nouns before a post begin with, of a proper name and an ending."""
        text = passage.text
        head = next((t for t in names.words(passage) if t.start == begin), None)
        length = head.end - begin if head else 0
        unit = length > _SHORTEST_BODY and text[begin + length - 1] in _UNITS
        if head and head.kind in _BODY and head.end <= post and length > 2 and not unit and text[head.end - 1] != "族":
            aside = _ASIDE.match(text, head.end)
            return Clause(passage, begin, aside.end() if aside else head.end)
        proper = head is not None and head.kind in _PROPER
        found = [m.end() for m in self._body.finditer(text, begin, end)] if proper else []
        fitting = [e for e in found if e - begin >= _SHORTEST_BODY and (e <= post or text[e:end] in self.rows)]
        return Clause(passage, begin, fitting[-1]) if fitting else None

    def _body_before(self, role: int, begin: int, passage: Passage, names: Names) -> Clause | None:
        """The names that stand in an unbroken row before the post, at most a short unit's name away."""
        near = [n for n in names.of(passage) if n.kind != "Person" and begin <= n.start and n.end <= role]
        if not near:
            return None
        end = max(n.end for n in near)
        between = passage.text[end:role]
        if len(between) > _LONGEST_UNIT or (between != "的" and not _is_unit_name(end, role, passage, names)):
            return None
        start = end
        row = [(n.start, n.end) for n in near]
        row += [(t.start, t.end) for t in names.words(passage) if t.kind in _OF_A_BODY and begin <= t.start < role]
        while reaching := [a for a, b in row if b == start or a < start < b]:
            start = min(reaching)
        return Clause(passage, start, end) if end > start else None

    def _shared_body(self, holdings: Sequence[Holding]) -> list[Holding]:
        """Posts of a body that say only what they are, are of the body named before them."""
        shared: list[Holding] = []
        last: Holding | None = None
        for holding in holdings:
            of_last = holding.body is None and last is not None and self._may_share(holding, last)
            last = replace(holding, body=last.body) if of_last and last else holding
            shared.append(last)
        return shared

    def _may_share(self, holding: Holding, last: Holding) -> bool:
        """Whether a post can be of the body before: a member of a committee may be its head, and is head of much else.

        A calling (`画家`), a post that only the nation has and one with words of its own are of no such body.
        """
        bare = holding.role.text.removeprefix("原") in self.rows and holding.post.level != NATION
        if holding.post.id.endswith(_OF_A_DIVISION):
            return bare and last.post.id.endswith(_OF_A_DIVISION)
        if last.post.capacity == _MEMBER:
            return bare and holding.post.id.endswith(_OF_A_COMMITTEE)
        return bare and holding.post.capacity in _OF_BODIES

    def _behind(self, name: Name, passage: Passage, names: Names) -> list[Holding]:
        text = passage.text
        post = self._after.match(text, name.end)
        if post is None or self._is_verb(*post.span(), passage, names):
            return []
        role = Clause(passage, *post.span())
        return [Holding(role, None, self.rows[post[0]], role)]

    @staticmethod
    def _is_verb(start: int, end: int, passage: Passage, names: Names) -> bool:
        """Whether the word is no post but a verb that looks like one: `甲代表某委员会发言`."""
        tagged = any(t.start == start and t.kind == "v" for t in names.words(passage))
        return tagged or any(n.start == end for n in names.of(passage, "Organization"))

    def _bracketed(self, name: Name, passage: Passage, names: Names) -> list[Holding]:
        """`某某（某县政协委员、某公司经理）`: what stands in the brackets must be posts and nothing else."""
        match = _BRACKETS.match(passage.text[name.end :])
        if not match:
            return []
        begin, end = name.end + match.start("inside"), name.end + match.end("inside")
        found = self.listed(begin, end, passage, names)
        return found if found and found[0].written.start == begin else []

    def _apposed(self, name: Name, passage: Passage, names: Names) -> list[Holding]:
        """`某某是某小学学生家长`."""
        match = _IS.match(passage.text[name.end :])
        if not match:
            return []
        begin, end = name.end + match.start("rest"), name.end + match.end("rest")
        return self.listed(begin, end, passage, names)


def _runs(people: Sequence[Name], text: str) -> list[list[Name]]:
    """The names of a passage, those of one list together."""
    runs: list[list[Name]] = []
    for person in people:
        if runs and _JOINS.match(text[runs[-1][-1].end : person.start]):
            runs[-1].append(person)
        else:
            runs.append([person])
    return runs


def _edge(end: int, passage: Passage, names: Names) -> int:
    """Where the words before a place begin: behind the last mark that is no part of a name (`某某（集团）公司`)."""
    whole = [(n.start, n.end) for n in names.of(passage, "Organization")]
    whole += [(t.start, t.end) for t in names.words(passage) if t.kind == "ORG"]
    whole += [m.span() for aside in (_QUOTED, _ASIDE) for m in aside.finditer(passage.text, 0, end)]
    marks = (m for m in _HARD.finditer(passage.text, 0, end))
    return max((m.end() for m in marks if not any(a <= m.start() < b <= end for a, b in whole)), default=0)


def _parts(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch that 、 parts, but for the numbers of terms (`第五、六届`)."""
    terms = [m.span() for m in _TERM.finditer(text, begin, end)]
    cuts = [m.start() for m in re.finditer("、", text[begin:end])]
    marks = [begin + c for c in cuts if not any(a < begin + c < b for a, b in terms)]
    return [(a, b) for a, b in zip([begin, *(m + 1 for m in marks)], [*marks, end], strict=True) if a < b]


def _is_unit_name(begin: int, end: int, passage: Passage, names: Names) -> bool:
    """Whether what stands between a body and a post can be the name of its unit: no verb, no joining word, no digit."""
    inside = _kinds(begin, end, passage, names)
    return not _NEVER_IN_A_UNIT & inside and not re.search(r"[的在和与讯\d]", passage.text[begin:end])


def _kinds(begin: int, end: int, passage: Passage, names: Names) -> set[str]:
    """The kinds of the words in a stretch of text."""
    return {t.kind for t in names.words(passage) if t.start < end and begin < t.end}


def _described(role: int, begin: int, passage: Passage, names: Names) -> int:
    """Where a post without a body begins: with the nouns before it, where they fill the part (`民间|歌手`)."""
    start = role
    begin = max(begin, passage.text.rfind("的", begin, role) + 1)
    committee = "委员会" in passage.text[max(begin, role - 3) : role + 3]
    asides = (m for aside in (_QUOTED, _ASIDE) for m in aside.finditer(passage.text, begin, role + 1))
    quoted = {m.end(): m.start() for m in asides}
    for tag in reversed(names.words(passage)):
        if start in quoted:
            start = quoted[start]
        elif tag.start < start <= tag.end:
            if tag.kind in _BODY and start == role and tag.start >= begin:
                return tag.start
            if not (tag.kind in _NOUNS or (tag.kind == "c" and committee)) or tag.start < begin:
                return role
            start = tag.start
        if start == begin:
            return start
    return role


def _committee_of_place(body: Clause, role: int, passage: Passage) -> Clause:
    """The committee, where a place and a post of its committee's stand together (`某省|十届政协委员`)."""
    term = _TERM.match(passage.text, role)
    committee = term.end() if term else role
    if body.end != role or not passage.text.startswith(_COMMITTEE, committee):
        return body
    return Clause(passage, body.start, committee + len(_COMMITTEE))


def _with_term(start: int, begin: int, text: str) -> int:
    """Where a post begins with the terms that it is of (`十三届|全国政协委员`)."""
    return next((m.start() for m in _TERM.finditer(text, begin, start) if m.end() == start), start)


def _inner_body(role: int, end: int, passage: Passage, names: Names) -> Clause | None:
    """The body that a post's own wording begins with: 全国政协 in 全国政协委员."""
    inner = (n for n in names.of(passage, "Organization") if n.start == role and n.end < end)
    return next((Clause(passage, n.start, n.end) for n in inner), None)
