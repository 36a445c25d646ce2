"""Names of people, places and bodies: what the tagger proposes, held to the forms that names have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import load
from kg.model import Name, Passage
from kg.names import Forms, Names, find
from kg.resources import lexicon_dir
from kg.tagger import tagger
from kg.words import Words


@cache
def forms() -> Forms:
    return Forms(load(lexicon_dir()), Words.load())


def passages(*texts: str) -> list[Passage]:
    """Passages of one text, each behind the other."""

    def placed() -> Iterator[Passage]:
        start = 0
        for text in texts:
            yield Passage(text, tuple(range(start, start + len(text))))
            start += len(text) + 1

    return list(placed())


def names(*texts: str) -> tuple[Names, list[tuple[str, str]]]:
    """The names of a text of several passages, each with its kind and its full form."""
    parts = passages(*texts)
    found = find(parts, forms(), tagger())
    return found, [(n.kind, n.full) for p in parts if p.text for n in found.of(p)]


def of_kind(kind: str, *texts: str) -> list[str]:
    return [full for k, full in names(*texts)[1] if k == kind]


HOME = "临湖区政协召开会议,区政协认真履职,服务全区发展大局。"


def test_a_text_is_at_home_where_its_short_forms_are() -> None:
    found, _ = names(HOME, "区政府作了通报,临湖区的委员发言。")
    assert (found.home, found.committee) == ("临湖区", "临湖区政协")


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("石枫县政协工作会议召开,县政协主席会议研究了方案。", "石枫县"),
        ("中共澜川市委要求,市政协主动作为,澜川市政协委员踊跃参与。", "澜川市"),
        ("云岭苗族自治县政协召开会议,县政协主席会议研究,服务全县。", "云岭苗族自治县"),
        ("乌云旗政协召开会议,旗政协组织视察,全旗上下齐心。", "乌云旗"),
        ("云汐新区政协召开会议,区政协围绕全区大局履职。", "云汐新区"),
        ("开发区政协工委召开会议,全区上下齐心。", "cn"),
        ("全国政协主席到石枫县调研,看望石枫县政协机关干部。", "cn"),
        ("全国政协委员到石枫县调研,县政协、县政府领导陪同,看望全县干部。", "石枫县"),
        ("石枫县政协举办读书会,学习总书记重要讲话精神。", "石枫县"),
        ("全国政协召开会议,听取意见。", "cn"),
        ("大家围坐在一起,商量停车的事。", "cn"),
        ("县政协召开会议,10余位县政协委员参加,听取了县政协通报。", "cn"),
        ("市政协领导谈如何开好市政协会议,会议还就市政协工作作了部署。", "cn"),
        ("江南石枫县政协与云岫街道结对,石枫县政协主席出席。", "石枫县"),
        ("区政协召开会议,介绍余杭政协的做法。", "余杭区"),
        ("福建泉州市政协召开会议,市政协主席会议研究了方案。", "泉州市"),
        ("云岭广播电视台报道,县政协召开会议,省、县政协委员参加。", "cn"),
    ],
)
def test_the_home_division_is_of_the_level_that_short_forms_name(text: str, home: str) -> None:
    assert names(text)[0].home == home


def test_a_home_may_be_told_by_something_else_than_the_text() -> None:
    found = find(passages("区政协召开会议。"), forms(), tagger(), home="临湖区")
    assert found.committee == "临湖区政协"


def test_bodies_of_the_levels_above_are_completed_where_the_gazetteer_knows_them() -> None:
    text = "钱塘区政协召开会议,贯彻省委、市委部署,市政协、区委领导出席,区政协作报告。"
    bodies = {"钱塘区政协", "中共浙江省委", "中共杭州市委", "杭州市政协", "中共钱塘区委"}
    assert set(of_kind("Organization", text)) == bodies
    assert "市政协" in of_kind("Organization", HOME + "市政协领导出席。")


def test_of_several_districts_of_one_name_the_city_before_it_tells_which() -> None:
    told, untold = ("区政协召开会议,全区委员出席。", "区政协召开会议,全区委员出席。")
    assert names("北京市朝阳区政协通报," + told)[0].home_code == "110105"
    assert names("朝阳区政协通报," + untold)[0].home_code == ""


def test_short_forms_are_completed_by_the_home_division() -> None:
    assert set(of_kind("Organization", HOME, "区委和区政府支持区政协工作。")) == {
        "临湖区政协",
        "中共临湖区委",
        "临湖区政府",
    }


@pytest.mark.parametrize(
    "text",
    [
        "区政协委员温如海说,要关心老人。",
        "居委会主任温如海认为,服务要做细。",
        "“多办几场演出。”温如海建议。",
        "记者温如海摄",
    ],
)
def test_a_person_is_found_beside_a_post_or_a_verb_of_saying(text: str) -> None:
    assert of_kind("Person", text) == ["温如海"]


@pytest.mark.parametrize(
    ("texts", "people"),
    [
        (("副院长邱雁回作了发言。",), ["邱雁回"]),  # cut short before a word that no dictionary has
        (("会长温如海、隋立冬、黄河、平原、褚云帆出席。",), ["温如海", "隋立冬", "黄河", "平原", "褚云帆"]),
        (("韦海澜（壮族）、石艳（女）、金花（女，朝鲜族）",), ["韦海澜", "石艳", "金花"]),
        (("全国政协委员阿里木·托合提发言,委员帕巴拉•次仁发言。",), ["阿里木·托合提", "帕巴拉·次仁"]),
        (("龙在野先生，", "1964年出生，大学本科学历。"), ["龙在野"]),
        (("张远帆，男，1956年3月出生。张先生历任车间主任。",), ["张远帆", "张远帆"]),
        (("温如海主任主持会议。", "会上,温主任作了发言。"), ["温如海", "温如海"]),
        (("副主席罗听雨、罗小北参加。罗小北很高兴,罗老感到欣慰。",), ["罗听雨", "罗小北", "罗小北", "罗小北"]),
        (("副主席温如海、主任隋立冬出席。", "温如海隋立冬到会"), ["温如海", "隋立冬", "温如海", "隋立冬"]),
        (("居民董奶奶说,住得舒心。", "记者 董一鸣"), ["董奶奶", "董一鸣"]),
    ],
)
def test_a_name_is_whole_where_its_form_or_the_rest_of_the_text_shows_it(
    texts: tuple[str, ...], people: list[str]
) -> None:
    assert of_kind("Person", *texts) == people


@pytest.mark.parametrize(
    "text",
    [
        "温如海纪念馆开放,隋立冬医院开诊。",
        "深入学习温如海生态文明思想。",
        "书架上有《我所知道的温如海》。",
        "下午3时许考官抽签,吸引更多台商台企参与。",
        "张先生路过这里,李主任不在。",
    ],
)
def test_what_holds_a_name_or_names_nobody_is_none(text: str) -> None:
    assert of_kind("Person", text) == []


@pytest.mark.parametrize("person", ["陆鸣", "宓承舟", "欧阳清岚", "司徒远", "诸葛静", "邱雁回"])
def test_surnames_of_many_kinds(person: str) -> None:
    assert of_kind("Person", f"教师{person}表示,希望课堂更有趣。") == [person]


@pytest.mark.parametrize(
    "text",
    [
        "惠老政策成为市民关注的焦点。",
        "广大委员踊跃提交提案。",
        "打造“红帆”党建品牌。",
        "群众的新期盼就是努力的方向。",
        "某某委员提出意见,顾某表示同意。",
        "为打造康养福地贡献力量。",
    ],
)
def test_what_only_looks_like_a_person_is_none(text: str) -> None:
    assert of_kind("Person", text) == []


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("文澜小学和云岫师范学院结对。", {"文澜小学", "云岫师范学院"}),
        ("民盟临湖区总支、九三学社临湖区支社提交了提案。", {"民盟临湖区总支", "九三学社临湖区支社"}),
        ("枫林街道社区卫生服务中心开诊。", {"枫林街道社区卫生服务中心"}),
        ("推进民建设施配套,建好小学和医院。", set()),
        ("发挥政协作用,做好人民政协工作。", set()),
        ("经县政协研究,由县政府督办。", {"县政协", "县政府"}),
    ],
)
def test_a_body_ends_as_bodies_do_and_has_a_proper_part(text: str, bodies: set[str]) -> None:
    assert set(of_kind("Organization", text)) == bodies


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("家住松溪街道月湖社区的居民说。", {"松溪街道", "月湖社区"}),
        ("卓隆县曲玛乡牧民很高兴。", {"卓隆县", "曲玛乡"}),
        ("打造城乡风貌样板区和示范区。", set()),
        ("调研组走进青禾县柳林镇云台村、望江楼遗址公园。", {"青禾县", "柳林镇", "云台村", "望江楼遗址公园"}),
        ("委员们考察了云岫国际陆港、澄湖湿地和白鹭洲步行街。", {"云岫国际陆港", "澄湖湿地", "白鹭洲步行街"}),
        ("推动长三角与大湾区协同,保护青藏高原。", {"长三角", "大湾区", "青藏高原"}),
        ("代表团访问巴西,关心中国湿地。", {"巴西"}),
        ("来自福建三明的委员在合作社交流,资源共享。", {"福建省", "三明市"}),
        ("《关于云岫区的报告》印发。", set()),
        ("建设绿色湾区,守护金山银山,走好振兴路。", set()),
        ("建设现代农业园区,推进校园和社区治理。", set()),
    ],
)
def test_a_place_is_a_division_or_ends_as_places_do(text: str, places: set[str]) -> None:
    assert set(of_kind("Place", text)) == places


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("中央统战部部长出席。", "中共中央统一战线工作部"),
        ("《求是》杂志刊文。", "求是"),
        ("中国人民政治协商会议第八届石枫县委员会常务委员会议事。", "政协第八届石枫县委员会常务委员会"),
        ("江南省石枫县政协来访。", "江南省石枫县政协"),
    ],
)
def test_a_body_goes_by_its_full_name(text: str, full: str) -> None:
    assert full in of_kind("Organization", text)


PIECES = [
    "临湖区政协",
    "区政协",
    "主任",
    "陆一鸣",
    "欧阳清岚",
    "街道",
    "社区",
    "民盟",
    "支部",
    "说",
    "《",
    "》",
    '"',
    "，",
    "。",
    "中共",
    "区委",
    "董",
    "奶奶",
    "政协",
    "小学",
    "1",
    "A",
    " ",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=12).map("".join), max_size=4))
def test_names_lie_inside_their_passage_and_say_what_stands_there(texts: list[str]) -> None:
    parts = passages(*texts)
    found = find(parts, forms(), tagger())
    for part in parts:
        for name in found.of(part):
            assert isinstance(name, Name)
            assert 0 <= name.start < name.end <= len(part.text)
            assert name.text == part.text[name.start : name.end]
            assert name.full


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_of_two_names_of_a_kind_that_overlap_one_stays(text: str) -> None:
    (part,) = passages(text)
    kept = find([part], forms(), tagger()).of(part)
    for kind in ("Person", "Place", "Organization"):
        mine = [n for n in kept if n.kind == kind]
        assert all(a.end <= b.start for a, b in pairwise(mine))
