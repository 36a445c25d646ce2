"""Two proposals from the meeting to the feedback, by hand: a list, a reply letter and a newspaper that disagrees.

Invented people and places. What the tests of the sheets read, beside the newspaper page of `page_graph`.
"""

from __future__ import annotations

from page_graph import COMMITTEE, PageGraph, day, page_quads, store_of, theme
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import vocab

PROPOSAL = "关于加强老旧小区停车管理的建议"
AGAIN = "关于进一步加强老旧小区停车管理的建议"
NEAR = "关于老旧小区增设停车位的建议"
MEMBER = "林知远"
LETTER = """关于区政协二届三次会议第12号提案的答复
林知远委员：您提出的《关于加强老旧小区停车管理的建议》收悉。我局已深人调研,并会同区财政局办理。
现已新增车位三百个,该提案所提问题已经解决。您对答复表示满意。
"""
LIST = """区政协二届三次会议立案提案
12\t林知远\t教育界\t关于加强老旧小区停车管理的建议\t区城管局
13\t林知远\t教育界\t关于老旧小区增设停车位的建议\t
"""
NEWS = (
    "去年,林知远委员提交了第21号提案《关于加强老旧小区停车管理的建议》。"
    "今年他又提交了《关于进一步加强老旧小区停车管理的建议》。\n"
)


def _agents(page: PageGraph) -> dict[str, NamedNode]:
    return {
        "member": page.thing("Person", MEMBER),
        "sector": page.thing("Sector", "教育界"),
        "session": page.thing("Session", "青屏区政协二届三次会议"),
        "city": page.thing("Organization", "区城管局"),
        "finance": page.thing("Organization", "区财政局"),
        "committee": page.thing("Organization", COMMITTEE),
        "proposal": page.thing("Proposal", PROPOSAL, title=True),
    }


def _letter() -> list[Quad]:
    page = PageGraph("letter", LETTER)
    page.describe("关于第12号提案的答复")
    page.quads.append(
        Quad(vocab.document("letter"), vocab.expand("dcterms:date"), day("2031-09-08"), vocab.facts_graph("letter"))
    )
    who = _agents(page)
    reply = page.unnamed("Reply", PROPOSAL)
    page.fact(who["proposal"], "zx:reply", reply, "该提案所提问题已经解决", "reply.letter")
    page.fact(reply, "zx:outcomeAsWritten", Literal("已经解决"), "该提案所提问题已经解决", "reply.letter")
    page.fact(reply, "zx:outcome", vocab.concept("outcome", "已解决"), "该提案所提问题已经解决", "reply.outcome")
    page.fact(reply, "zx:feedback", vocab.concept("feedback", "满意"), "您对答复表示满意", "reply.feedback")
    page.fact(reply, "dcterms:date", day("2031-09-08"), "该提案所提问题已经解决", "reply.letter")
    page.fact(who["proposal"], "zx:coHandler", who["finance"], "会同区财政局办理", "handling.handler")
    page.mention(who["proposal"], PROPOSAL)
    return [_repaired(quad) for quad in page.quads]


def _list() -> list[Quad]:
    page = PageGraph("list", LIST)
    page.describe("立案提案")
    who = _agents(page)
    near = page.thing("Proposal", NEAR, title=True)
    whole = vocab.concept("listKind", "全部立案")
    for number, proposal in (("12", who["proposal"]), ("13", near)):
        row = f"{number}\t林知远"
        page.fact(proposal, "zx:number", Literal(number), row, "proposal.table")
        page.fact(proposal, "zx:proposer", who["member"], row, "proposer.cell")
        page.fact(proposal, "zx:submittedTo", who["session"], "区政协二届三次会议立案提案", "proposal.session")
        page.fact(
            proposal, "zx:status", vocab.concept("status", "立案"), "区政协二届三次会议立案提案", "proposal.status"
        )
        page.fact(proposal, "zx:listKind", whole, "区政协二届三次会议立案提案", "list.kind")
        page.fact(proposal, "zx:committee", who["committee"], "区政协二届三次会议立案提案", "list.kind")
        page.fact(proposal, "zx:form", vocab.concept("form", "提案"), row, "proposal.table")
        page.fact(proposal, "zx:mainTheme", theme("transport"), row, "theme.main")
    page.fact(who["proposal"], "zx:leadHandler", who["city"], "12\t林知远", "handling.lead")
    page.fact(who["member"], "zx:sector", who["sector"], "12\t林知远", "seat.cell")
    page.mention(who["member"], MEMBER)
    return _corrected(page.quads, "seat.cell")


def _news() -> list[Quad]:
    page = PageGraph("news", NEWS)
    page.describe("委员为停车难建言")
    who = _agents(page)
    again = page.thing("Proposal", AGAIN, title=True)
    page.fact(who["proposal"], "zx:number", Literal("21"), "第21号提案", "proposal.told")
    page.fact(again, "zx:proposer", who["member"], "今年他又提交了", "proposal.told")
    page.fact(again, "zx:form", vocab.concept("form", "提案"), "今年他又提交了", "proposal.told")
    return page.quads


def _repaired(quad: Quad) -> Quad:
    """A build states a sentence as it is read: without the scan's slips."""
    if isinstance(quad.object, Literal) and quad.predicate == vocab.expand("zx:reading"):
        return Quad(quad.subject, quad.predicate, Literal(quad.object.value.replace("深人", "深入")), quad.graph_name)
    return quad


def _corrected(quads: list[Quad], rule: str) -> list[Quad]:
    """The facts of a rule as if a person had made them."""
    made = [q for q in quads if q.predicate == vocab.expand("zx:rule") and q.object == Literal(rule)]
    by = NamedNode(vocab.PREFIXES["zx"] + "correctedBy")
    return [*quads, *(Quad(q.subject, by, Literal("row 1"), q.graph_name) for q in made)]


def handled_store() -> Store:
    """The store of the newspaper page with these three texts."""
    return store_of([*page_quads(), *_letter(), *_list(), *_news()])
