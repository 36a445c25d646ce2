"""What stands around a person's name: the posts, whose they are, and what a person is called after the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.clean import HAN
from kg.lexicon import Lexicon, Post
from kg.model import Name, Passage
from kg.names import Names
from kg.sentences import Clause

_HARD = re.compile(r"[,，。；;：:!！?？\"“”《》()（）■\s]")
_LONGEST_UNIT = 8
_IS = re.compile(rf"^(?:是|系|为)(?:一名|一位|来自)?(?P<rest>[{HAN}、]{{2,24}}?)(?=[,，。；;]|$)")


@dataclass(frozen=True, slots=True)
class Holding:
    """A post of a person as the text has it."""

    role: Clause
    """The post as written, with the unit inside the body that it belongs to (`办公室主任`)."""
    body: Clause | None
    """Whose post it is: a body, or the place whose people the person is of."""
    post: Post


class Posts:
    """Finds posts beside names; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rows = {p.id: p for p in lexicon.posts}
        self._longest = max(map(len, self.rows), default=0)
        self._units = tuple(s.id for s in lexicon.body_suffixes if s.kind in {"党组织", "基层"})
        self._after = sorted(
            (p.id for p in lexicon.posts if p.after_name and p.capacity != "群众"), key=len, reverse=True
        )

    def _is_unit(self, name: Name) -> bool:
        return name.kind == "Person" or (name.kind == "Organization" and name.text.endswith(self._units))

    def of(self, name: Name, passage: Passage, names: Names) -> list[Holding]:
        """The posts that stand before a name, right behind it, or after `是`, in the text's order."""
        before = self.before(name.start, passage, names)
        return [*before, *self._behind(name, passage), *self._apposed(name, passage, names)]

    def before(self, start: int, passage: Passage, names: Names) -> list[Holding]:
        """The chain of posts that ends at `start`: `某街道某社区党支部书记、居委会主任` are two of one body."""
        text = passage.text
        edge = max((m.end() for m in _HARD.finditer(text, 0, start)), default=0)
        parts = [(edge + m.start(), edge + m.end()) for m in re.finditer(r"[^、]+", text[edge:start])]
        holdings: list[Holding] = []
        for begin, end in reversed(parts):
            holding = self._in_part(begin, end, passage, names)
            if holding is None or (end != start and not holdings):
                break
            holdings.append(holding)
        return self._shared_body(list(reversed(holdings)))

    def _in_part(self, begin: int, end: int, passage: Passage, names: Names) -> Holding | None:
        """One post with its body: `[body][unit][post]`."""
        post = self._ending_at(begin, end, passage.text)
        if post is None:
            return None
        # The longest wording of a post may begin inside the name before it (`某社区|党支部书记`, `某中学|校长`); but a
        # party branch and an office are units of a body, and belong to the post.
        cut = [n.end for n in names.of(passage) if n.start < post[0] < n.end < end and not self._is_unit(n)]
        post = self._ending_at(max(cut), end, passage.text) or post if cut else post
        body = self._body_before(post[0], begin, passage, names) or _inner_body(post[0], end, passage, names)
        role = post[0]
        if body and body.end < role and passage.text[body.end : role] != "的":
            role = body.end
        return Holding(Clause(passage, role, end), body, self.rows[passage.text[post[0] : end]])

    def _ending_at(self, begin: int, end: int, text: str) -> tuple[int, int] | None:
        """The longest post that ends here."""
        for start in range(max(begin, end - self._longest), end):
            if text[start:end] in self.rows:
                return start, end
        return None

    def _body_before(self, role: int, begin: int, passage: Passage, names: Names) -> Clause | None:
        """The names that stand in an unbroken row before the post, at most a short unit's name away."""
        near = [n for n in names.of(passage) if n.kind != "Person" and begin <= n.start and n.end <= role]
        if not near:
            return None
        end = max(n.end for n in near)
        between = passage.text[end:role]
        if len(between) > _LONGEST_UNIT or (re.search(r"[的在和与讯\d]", between) and between != "的"):
            return None
        start = end
        while reaching := [n.start for n in near if n.end == start or n.start < start < n.end]:
            start = min(reaching)
        return Clause(passage, start, end) if end > start else None

    def _shared_body(self, holdings: Sequence[Holding]) -> list[Holding]:
        """Posts without a body of their own are of the one named before them."""
        shared: list[Holding] = []
        body: Clause | None = None
        for holding in holdings:
            body = holding.body or body
            shared.append(Holding(holding.role, body, holding.post))
        return shared

    def _behind(self, name: Name, passage: Passage) -> list[Holding]:
        text = passage.text
        post = next((p for p in self._after if text.startswith(p, name.end)), None)
        if post is None:
            return []
        return [Holding(Clause(passage, name.end, name.end + len(post)), None, self.rows[post])]

    def _apposed(self, name: Name, passage: Passage, names: Names) -> list[Holding]:
        """`某某是某小学学生家长`."""
        match = _IS.match(passage.text[name.end :])
        if not match:
            return []
        begin, end = name.end + match.start("rest"), name.end + match.end("rest")
        holding = self._in_part(begin, end, passage, names)
        return [holding] if holding else []


def _inner_body(role: int, end: int, passage: Passage, names: Names) -> Clause | None:
    """The body that a post's own wording begins with: 全国政协 in 全国政协委员."""
    inner = (n for n in names.of(passage, "Organization") if n.start == role and n.end < end)
    return next((Clause(passage, n.start, n.end) for n in inner), None)
