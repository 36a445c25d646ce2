"""Invented ledgers of proposals: the same proposals in five layouts that say the same, and what they say.

A ledger is a list of worksheets; a worksheet is a name and rows of cells. A cell that spans several columns stands in
the first of them, one that spans several rows stands in each of them: as every reader of tables hands them on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

COMMITTEE = "山南区政协"
TITLE = "政协山南区第三届委员会第二次会议"
SESSION = "山南区政协三届二次会议"
HONOUR = "2031年度优秀提案"
_SURNAMES = "林邱晏柏苏顾沈陆程叶唐韩许梁宋"
_GIVEN = ("知远", "雁回", "松涛", "若溪", "思齐", "云舟", "静姝", "怀瑾", "明哲", "书瑶")
_SEATS = ("经济界", "教育界", "农业界", "医药卫生界", "科学技术界", "体育界", "文化艺术界", "社会科学界")
_PARTIES = {
    "民盟": "中国民主同盟",
    "民建": "中国民主建国会",
    "民进": "中国民主促进会",
    "九三学社": "九三学社",
    "农工党": "中国农工民主党",
    "中共": "",
    "无党派": "",
    "群众": "",
}
_BODIES = {
    "民盟山南区委": ("Organization", "民盟山南区委"),
    "民建山南区委": ("Organization", "民建山南区委"),
    "山南区工商联": ("Organization", "山南区工商联"),
    "经济界别": ("Sector", "经济界"),
    "教育界别": ("Sector", "教育界"),
}
_HANDLERS = (
    "区民政局",
    "区财政局",
    "区水利局",
    "区教育局",
    "区农业农村局",
    "区司法局",
    "区科技局",
    "区商务局",
    "区审计局",
)
_LEADERS = ("顾长风", "程望舒", "叶青禾")
_CATEGORIES = ("经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设")
_VERBS = ("加强", "推进", "完善", "优化", "规范", "提升", "加快", "改进", "支持", "重视")
_PLACES = (
    "老旧小区",
    "城郊结合部",
    "沿江地带",
    "中心城区",
    "农村地区",
    "产业园区",
    "学校周边",
    "商业街区",
    "背街小巷",
    "山区乡村",
)
_THINGS = (
    "养老服务",
    "停车管理",
    "垃圾分类",
    "公交线路",
    "夜间照明",
    "河道治理",
    "消防安全",
    "文化设施",
    "体育场地",
    "人才引进",
    "网络建设",
    "便民服务",
)
_OUTCOMES = {"A类": "", "B类": "", "C类": "", "已解决": "已解决", "列入计划": "计划解决"}
_FEEDBACK = ("满意", "基本满意", "不满意")
_NUMERALS = "一二三四五"

Fact = tuple[str, str, str]
"""Subject, predicate, object: names, and values as they are written in a graph."""


@dataclass(frozen=True)
class Member:
    """One who proposes: a person with a seat and perhaps a party, or a body."""

    name: str
    seat: str = ""
    party: str = ""


@dataclass(frozen=True)
class Proposal:
    """All that a ledger says of one proposal."""

    position: int
    serial: str
    number: str
    title: str
    proposers: tuple[Member, ...]
    category: str
    status: str
    into: int | None
    """The place of the proposal that it was merged into."""
    lead: str = ""
    co: tuple[str, ...] = ()
    leader: str = ""
    outcome: str = ""
    replied: date | None = None
    feedback: str = ""
    honoured: bool = False
    phone: str = ""

    @property
    def collective(self) -> bool:
        """Whether a body proposes it."""
        return not self.proposers[0].seat


def proposals(count: int, seed: int = 2031) -> list[Proposal]:
    """As many invented proposals, the same for one seed."""
    chance = random.Random(seed)
    people = [
        Member(s + g, chance.choice(_SEATS), chance.choice(sorted(_PARTIES))) for s in _SURNAMES for g in _GIVEN[:4]
    ][: max(4, min(60, count // 3))]
    titles = [f"关于{v}{p}{t}的{k}" for v in _VERBS for p in _PLACES for t in _THINGS for k in ("建议",)]
    chance.shuffle(titles)
    return [_proposal(i, titles[i], people, chance) for i in range(count)]


def _proposal(i: int, title: str, people: Sequence[Member], chance: random.Random) -> Proposal:
    if i < len(people):  # each once alone, so that every layout tells each one's seat
        proposers: tuple[Member, ...] = (people[i],)
    elif chance.random() < 0.2:
        proposers = (Member(chance.choice(sorted(_BODIES))),)
    else:
        proposers = tuple(chance.sample(people, chance.choice((1, 1, 2, 3))))
    number = f"2031{i + 1:04}"
    status = "立案" if i < 2 else chance.choices(("立案", "并案", "不予立案", "撤案"), (90, 4, 4, 2))[0]
    into = chance.randrange(2) if status == "并案" else None
    bare = Proposal(
        i + 1,
        f"{i + 7001}",
        "" if status == "不予立案" else number,
        title,
        proposers,
        chance.choice(_CATEGORIES),
        status,
        into,
        phone=f"1{chance.randrange(3, 9)}{chance.randrange(10**8, 10**9)}",
    )
    return _handled(bare, chance) if status == "立案" else bare


def _handled(bare: Proposal, chance: random.Random) -> Proposal:
    lead, *co = chance.sample(_HANDLERS, chance.choice((1, 1, 2, 3)))
    replied = chance.random() < 0.9
    return Proposal(
        **{
            **bare.__dict__,
            "lead": lead,
            "co": tuple(co),
            "leader": chance.choice(_LEADERS) if chance.random() < 0.1 else "",
            "outcome": chance.choice(sorted(_OUTCOMES)) if replied else "",
            "replied": date(2031, 3, 1) + timedelta(days=chance.randrange(200)) if replied else None,
            "feedback": chance.choice(_FEEDBACK) if replied and chance.random() < 0.8 else "",
            "honoured": chance.random() < 0.08,
        }
    )


# -- what they say ----------------------------------------------------------------------------------------------------
def facts(listed: Sequence[Proposal]) -> set[Fact]:
    """What every ledger of these proposals says."""
    return {fact for each in listed for fact in (*_facts(each, listed), *_of_people(each))}


def _facts(each: Proposal, listed: Sequence[Proposal]) -> list[Fact]:
    names = [_BODIES.get(m.name, ("", m.name))[1] for m in each.proposers]
    said: list[tuple[str, str | None]] = [
        ("dcterms:title", each.title),
        ("zx:form", "提案"),
        ("zx:committee", COMMITTEE),
        ("zx:listPosition", str(each.position)),
        ("zx:number", each.number),
        ("zx:submittedTo", SESSION),
        ("zx:category", each.category),
        ("zx:status", each.status),
        ("zx:listKind", "全部立案" if each.status in {"立案", "并案"} else ""),
        ("zx:mergedInto", listed[each.into].title if each.into is not None else ""),
        ("zx:firstProposer", names[0] if len(names) > 1 else ""),
        ("zx:leadHandler", each.lead.replace("区", "山南区", 1)),
        ("zx:keyProposal", "true" if each.leader else ""),
        ("zx:supervisor", each.leader),
        ("zx:honour", HONOUR if each.honoured else ""),
        *(("zx:proposer", name) for name in names),
        *(("zx:coHandler", body.replace("区", "山南区", 1)) for body in each.co),
    ]
    reply = f"对《{each.title}》的答复"
    of_reply: list[tuple[str, str | None]] = [
        ("zx:outcomeAsWritten", each.outcome),
        ("zx:outcome", _OUTCOMES.get(each.outcome)),
        ("zx:feedback", each.feedback),
        ("dcterms:date", each.replied.isoformat() if each.replied else ""),
    ]
    found = [(each.title, predicate, value) for predicate, value in said if value]
    if each.replied:
        found += [(each.title, "zx:reply", reply), *((reply, p, value) for p, value in of_reply if value)]
    return found


def _of_people(each: Proposal) -> list[Fact]:
    people = [member for member in each.proposers if member.seat]
    return [
        *((member.name, "zx:sector", member.seat) for member in people),
        *((m.name, "zx:party", _PARTIES[m.party]) for m in people if _PARTIES[m.party]),
    ]


# -- how they are laid out --------------------------------------------------------------------------------------------
Rows = list[list[str]]
Sheets = list[tuple[str, Rows]]


def _names(each: Proposal) -> str:
    return "、".join(member.name for member in each.proposers)


def _mark(holds: bool, yes: str = "是", no: str = "否") -> str:
    return yes if holds else no


def _leader(each: Proposal) -> str:
    return f"区政协副主席{each.leader}" if each.leader else ""


def plain(listed: Sequence[Proposal]) -> Sheets:
    """One header, one row each; the title stands above the table."""
    header = [
        "序号",
        "提案编号",
        "届次",
        "案由",
        "提案者",
        "界别",
        "党派",
        "分类",
        "审查结果",
        "主办单位",
        "会办单位",
        "督办领导",
        "办理结果",
        "答复日期",
        "满意度",
        "是否重点提案",
        "2031年度优秀提案",
        "联系电话",
    ]
    rows = [
        [
            str(p.position),
            p.number,
            "三届二次会议",
            p.title,
            _names(p),
            "、".join(m.seat for m in p.proposers),
            "、".join(m.party for m in p.proposers),
            p.category,
            p.status if p.into is None else f"并入第{listed[p.into].number}号",
            p.lead,
            "、".join(p.co),
            _leader(p),
            p.outcome,
            p.replied.isoformat() if p.replied else "",
            p.feedback,
            _mark(bool(p.leader)),
            _mark(p.honoured),
            p.phone,
        ]
        for p in listed
    ]
    return [("提案", [[f"{TITLE}提案立案情况一览表"], header, *rows])]


def two_lines(listed: Sequence[Proposal]) -> Sheets:
    """A header of two lines below a title row and a line of who filled it in; a serial number beside the number."""
    header = (
        ("序号", ""), ("流水号", ""), ("提案编号", ""),
        ("第一提案人", "姓名"), ("", "界别"), ("", "党派"), ("", "手机号码"), ("联名人", ""),
        ("案由（标题）", ""), ("承办单位", "主办（牵头）"), ("", "会办"), ("立案情况", "结果"), ("", "备注"),
        ("办理答复情况", "日期"), ("", "结果"), ("意见反馈", ""),
        ("重点/督办", "是否重点"), ("", "督办领导"), ("优秀", ""), ("类别*", ""),
    )  # fmt: skip
    upper, lower = ([names[i] for names in header] for i in (0, 1))
    blank = [""] * (len(upper) - 1)
    rows = [
        [
            str(p.position),
            p.serial,
            p.number or "—",
            p.proposers[0].name,
            p.proposers[0].seat or "/",
            p.proposers[0].party or "/",
            p.phone,
            "，".join(m.name for m in p.proposers[1:]) or "无",
            f"《{p.title}》",
            p.lead or "/",
            " ".join(p.co) or "无",
            {"立案": "予以立案"}.get(p.status, p.status),
            "" if p.into is None else f"并入流水号{listed[p.into].serial}",
            f"{p.replied.year}.{p.replied.month}.{p.replied.day}" if p.replied else "",
            p.outcome,
            p.feedback,
            _mark(bool(p.leader), "√", ""),
            _leader(p),
            HONOUR if p.honoured else "",
            f"{p.category}类",
        ]
        for p in listed
    ]
    title = [
        [f"{TITLE}立案提案办理台账", *blank],
        ["填报单位：区政协提案委员会", *blank[:-4], "填表日期：2031年10月8日", "", "", ""],
    ]
    return [("台账", [*title, upper, lower, *rows])]


def several_sheets(listed: Sequence[Proposal]) -> Sheets:
    """A worksheet for each third of them, each with its title, and its columns in another order."""
    columns: list[tuple[str, Callable[[Proposal], str]]] = [
        ("编号", lambda p: p.number),
        ("序号", lambda p: str(p.position)),
        ("提案题目", lambda p: p.title),
        ("提案人/联名人", lambda p: "，".join(m.name for m in p.proposers)),
        ("委员界别", lambda p: "，".join(m.seat.removesuffix("界") for m in p.proposers)),
        ("政治面貌", lambda p: "，".join(m.party for m in p.proposers)),
        ("提案类别", lambda p: p.category),
        ("审查意见", lambda p: {"立案": "已立案"}.get(p.status, p.status)),
        ("备注", lambda p: "" if p.into is None else f"与{listed[p.into].number}号提案并案"),
        ("主办单位名称", lambda p: p.lead),
        ("协办单位", lambda p: "；".join(p.co)),
        ("领衔督办领导", _leader),
        ("办理结果类别", lambda p: p.outcome),
        ("办复时间", lambda p: f"{p.replied:%Y/%m/%d}" if p.replied else ""),
        ("提案人满意度", lambda p: p.feedback),
        ("重点提案", lambda p: _mark(bool(p.leader), "重点提案", "")),
        ("优秀提案", lambda p: _mark(p.honoured, "2031年度", "")),
        ("通讯地址", lambda p: f"望江路{p.position}号"),
    ]
    third = -(-len(listed) // 3)
    sheets = []
    for i in range(3):
        order = columns[5 * i :] + columns[: 5 * i]
        rows = [[said(p) for _, said in order] for p in listed[i * third : (i + 1) * third]]
        sheets.append(
            (
                f"第{i + 1}批",
                [
                    [f"山南区政协三届二次会议立案提案目录（{'一二三'[i]}）", *[""] * (len(order) - 1)],
                    [n for n, _ in order],
                    *rows,
                ],
            )
        )
    return sheets


def by_groups(listed: Sequence[Proposal]) -> Sheets:
    """A row above each category instead of a column; marks below values; the header comes again; sums are drawn."""
    upper = [
        "序号",
        "案号",
        "提案名称",
        "提案者",
        "",
        "",
        "联系方式",
        "审查结果",
        "承办单位（主办）",
        "承办单位（会办）",
        "督办",
        "办理结果",
        *[""] * 4,
        "答复日期",
        "反馈意见",
        "",
        "",
        "是否重点",
        "是否为2031年度优秀提案",
    ]
    lower = [
        "",
        "",
        "",
        "姓名（单位）",
        "所在界别",
        "党派",
        "",
        "",
        "",
        "",
        "领导",
        *sorted(_OUTCOMES),
        "",
        *_FEEDBACK,
        "",
        "",
    ]
    rows: Rows = [[f"{TITLE}立案提案情况汇总表", *[""] * (len(upper) - 1)]]
    for i, category in enumerate(_CATEGORIES):
        mine = [p for p in listed if p.category == category]
        rows += [[f"{_NUMERALS[i]}、{category}类（{len(mine)}件）", *[""] * (len(upper) - 1)]] if i else []
        rows += [upper, lower]
        rows += [] if i else [[f"{_NUMERALS[i]}、{category}类（{len(mine)}件）", *[""] * (len(upper) - 1)]]
        for n, p in enumerate(mine):
            rows += [upper, lower] if n and not n % 40 else []
            rows.append(_in_group(p, listed))
        rows.append(["小计", f"{len(mine)}件", *[""] * (len(upper) - 2)])
    return [("汇总", [*rows, ["合计", "", f"{len(listed)}件", *[""] * (len(upper) - 3)]])]


def _in_group(p: Proposal, listed: Sequence[Proposal]) -> list[str]:
    return [
        str(p.position),
        p.number,
        p.title,
        _names(p),
        "、".join(m.seat for m in p.proposers),
        "、".join(m.party for m in p.proposers),
        p.phone,
        p.status if p.into is None else f"并案（并入{listed[p.into].number}）",
        p.lead,
        "、".join(p.co),
        _leader(p),
        *(_mark(p.outcome == outcome, "√", "") for outcome in sorted(_OUTCOMES)),
        f"{p.replied.year}年{p.replied.month}月{p.replied.day}日" if p.replied else "",
        *(_mark(p.feedback == feedback, "√", "") for feedback in _FEEDBACK),
        _mark(bool(p.leader), "1", ""),
        _mark(p.honoured, "是", ""),
    ]


def in_few_columns(listed: Sequence[Proposal]) -> Sheets:
    """Several things in one cell: who handles it in what part, what else is noted; the meeting stands in each row."""
    header = [
        "届次",
        "序号",
        "提案 编号",
        "标 题",
        "提案人（必填）",
        "提案人界别",
        "提案人党派",
        "内容分类",
        "状态",
        "承办单位",
        "督办领导（单位）",
        "答复情况",
        "答复时间",
        "委员反馈意见",
        "备注",
        "电子邮箱",
    ]
    header[11] = "办理情况"
    rows = []
    for p in listed:
        parts = [f"主办：{p.lead}" if p.lead else "", f"会办：{'、'.join(p.co)}" if p.co else ""]
        notes = [
            "重点提案" if p.leader else "",
            HONOUR if p.honoured else "",
            f"并入第{listed[p.into].number}号" if p.into is not None else "",
        ]
        rows.append(
            [
                "第三届第二次会议",
                f"{p.position}",
                p.number,
                p.title,
                "；".join(m.name for m in p.proposers),
                "；".join(m.seat for m in p.proposers),
                "；".join(m.party for m in p.proposers),
                f"{p.category}类提案",
                p.status,
                "；".join(filter(None, parts)),
                _leader(p) or "——",
                p.outcome,
                f"{p.replied:%Y-%m-%d} 00:00:00" if p.replied else "",
                p.feedback,
                "；".join(filter(None, notes)),
                f"m{p.phone}@example.org",
            ]
        )
    return [("总表", [["山南区政协立案提案总台账", *[""] * 15], header, *rows])]


LAYOUTS: tuple[Callable[[Sequence[Proposal]], Sheets], ...] = (
    plain,
    two_lines,
    several_sheets,
    by_groups,
    in_few_columns,
)


def text(sheets: Sheets) -> str:
    """A ledger as lines with tabs, its worksheets one after the other with a line between."""
    return "\n\n".join("\n".join("\t".join(row) for row in rows) for _, rows in sheets) + "\n"
