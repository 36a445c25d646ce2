"""A build: the same bytes from the same texts, nothing lost on bad input, the last good graph left whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from kg import query
from kg.build import build
from kg.errors import NotFound, NothingBuilt
from kg.lexicon import MalformedLexicon
from kg.settings import Settings, settings
from kg.store import open_store

HONOURS = """\
山南区政协表彰2031年度优秀提案

2月3日上午,在区政协二届一次会议第一次全体会议上,2031年度区政协优秀提案受到表彰。经区政协一届四十次主席会议审议通过,以下2件提案被评为优秀提案。

序号\t提案者\t案由
1\t教育界别\t关于多办社区夜校的建议
2\t柳知微\t关于改善山南区公交接驳的建议
"""
INTERVIEW = """\
市民的期盼

■记者 时远航

"我希望社区多办几所夜校,让下班的人有地方学习。"临水街道的居民柳大妈说。
"""
NEUTRAL = Settings(None)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "honours.txt").write_text(HONOURS, encoding="utf-8")
    (folder / "interview.txt").write_text(INTERVIEW, encoding="utf-8")
    return folder


def digests(out: Path) -> dict[str, str]:
    names = ("graph.nq", "graph.html", "connections.csv", "same-names.csv", "theme-candidates.csv")
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names}


def test_the_same_texts_give_the_same_bytes_in_any_order_and_in_processes(texts: Path, tmp_path: Path) -> None:
    one, two = texts / "honours.txt", texts / "interview.txt"
    build([one, two], tmp_path / "a", NEUTRAL)
    build([two, one], tmp_path / "b", NEUTRAL)
    build([texts], tmp_path / "c", NEUTRAL, jobs=2)
    assert digests(tmp_path / "a") == digests(tmp_path / "b") == digests(tmp_path / "c")


def test_the_manifest_names_its_inputs_and_only_run_depends_on_the_clock(texts: Path, tmp_path: Path) -> None:
    manifests = []
    for name in ("a", "b"):
        build([texts], tmp_path / name, NEUTRAL)
        manifests.append(json.loads((tmp_path / name / "manifest.json").read_text(encoding="utf-8")))
    first, second = manifests
    assert [one["source"] for one in first["inputs"]] == ["honours.txt", "interview.txt"]
    assert first["inputs"][0]["sha256"] == hashlib.sha256(HONOURS.encode()).hexdigest()
    assert "themes.csv" in first["data"]
    assert first.pop("run") and second.pop("run")
    assert first == second


def test_every_fact_leads_to_its_words(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "out", NEUTRAL)
    graph = open_store(tmp_path / "out")
    rows = graph.query(
        """PREFIX zx: <https://w3id.org/zhengxie/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?reading WHERE { ?p dcterms:title "关于多办社区夜校的建议"@zh .
          GRAPH ?g { ?a rdf:subject ?p ; rdf:predicate zx:proposer ; zx:reading ?reading } }"""
    )
    assert [row["reading"].value for row in rows] == ["1 教育界别 关于多办社区夜校的建议"]


def test_a_text_leaves_the_graph_with_its_file(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build([texts], out, NEUTRAL).counts["Proposal"] == 2
    (texts / "honours.txt").unlink()
    assert "Proposal" not in build([texts], out, NEUTRAL).counts


def test_an_entity_keeps_its_iri_whatever_other_texts_there_are(texts: Path, tmp_path: Path) -> None:
    def people(out: Path) -> set[str]:
        lines = (out / "graph.nq").read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if "ontology#Person>" in line and "/id/person/" in line}

    build([texts / "honours.txt"], tmp_path / "alone", NEUTRAL)
    build([texts], tmp_path / "both", NEUTRAL)
    assert people(tmp_path / "alone") < people(tmp_path / "both")


def test_files_of_one_name_and_different_texts_stay_apart(texts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "honours.txt").write_text(HONOURS.replace("山南", "水北"), encoding="utf-8")
    summary = build([texts / "honours.txt", other / "honours.txt"], tmp_path / "out", NEUTRAL)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert summary.documents == 2
    assert all(one["id"] == f"honours~{one['sha256'][:8]}" for one in manifest["inputs"])


def test_the_same_file_given_twice_is_one_text(texts: Path, tmp_path: Path) -> None:
    assert build([texts / "honours.txt", texts], tmp_path / "out", NEUTRAL).documents == 2


def test_what_cannot_be_read_is_left_out_and_named_and_the_rest_is_built(texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").write_bytes(b"")
    (texts / "picture.txt").write_bytes(bytes(range(256)) * 8)
    summary = build([texts], tmp_path / "out", NEUTRAL)
    assert [str(error).partition(":")[0] for error in summary.left_out] == ["empty.txt", "picture.txt"]
    assert summary.counts["Proposal"] == 2


def test_a_text_without_facts_is_told_and_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "weather.txt").write_text("今天天气很好。", encoding="utf-8")
    summary = build([tmp_path / "weather.txt"], tmp_path / "out", NEUTRAL)
    assert summary.empty == ("weather.txt",)
    assert not summary.left_out


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"\x81\x20\x81\x20" * 40])
def test_where_no_text_is_left_the_earlier_graph_is_untouched(data: bytes, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([texts], out, NEUTRAL)
    before = digests(out)
    (tmp_path / "bad.txt").write_bytes(data)
    with pytest.raises(NothingBuilt, match=r"bad\.txt"):
        build([tmp_path / "bad.txt"], out, NEUTRAL)
    assert digests(out) == before


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        build([tmp_path / "nowhere"], tmp_path / "out", NEUTRAL)


def test_a_malformed_row_of_the_own_lexicon_is_named_and_the_earlier_graph_stays(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([texts], out, NEUTRAL)
    before = digests(out)
    data = tmp_path / "data"
    (data / "lexicon").mkdir(parents=True)
    (data / "kg.toml").write_text("", encoding="utf-8")
    (data / "lexicon" / "parties.csv").write_text("id,name,short,aliases\nx,y\n", encoding="utf-8")
    with pytest.raises(MalformedLexicon, match=r"parties\.csv:2: 2 cells"):
        build([texts], out, settings(data))
    assert digests(out) == before


def test_a_row_of_the_own_lexicon_is_used(texts: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "lexicon").mkdir(parents=True)
    (data / "kg.toml").write_text("", encoding="utf-8")
    header = "id,name,en,aliases,broader,cap,cap_sub,wuwei,examples,decoys\n"
    row = "night-bus,夜班公交,Night buses,公交接驳,transport,,,社会建设,改善公交接驳,\n"
    (data / "lexicon" / "themes.csv").write_text(header + row, encoding="utf-8")
    build([texts], tmp_path / "out", settings(data))
    assert "/id/theme/night-bus> <http" in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")


def test_citizens_full_names_are_only_in_the_graph(texts: Path, tmp_path: Path) -> None:
    (texts / "interview.txt").write_text(INTERVIEW.replace("柳大妈", "柳如茵"), encoding="utf-8")
    build([texts], tmp_path / "out", NEUTRAL)
    assert "柳如茵" in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")
    assert "柳如茵" not in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "柳如茵" not in (tmp_path / "out" / "connections.csv").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(texts: Path, tmp_path: Path) -> None:
    assert build([texts], tmp_path / "out", NEUTRAL, dry_run=True).counts["Proposal"] == 2
    assert not (tmp_path / "out").exists()


def test_a_build_folder_can_be_copied_away_and_read(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "out", NEUTRAL)
    shutil.copytree(tmp_path / "out", tmp_path / "copy", symlinks=True)
    assert len(open_store(tmp_path / "copy")) == len(open_store(tmp_path / "out"))


def test_people_of_one_name_in_several_texts_are_told_of(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("临湖区政协委员陆一鸣建议，多办社区食堂，方便老人就餐。", encoding="utf-8")
    (texts / "b.txt").write_text("临湖区政协召开会议。区政协委员陆一鸣说，要多种树，留住鸟。", encoding="utf-8")
    made = build([texts], tmp_path / "out", Settings(None))
    assert made.counts["Person"] == 1
    assert any("1 name in several texts" in note and "1 one" in note for note in made.notes)
    rows = (tmp_path / "out" / "same-names.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].startswith("one,陆一鸣,临湖区/陆一鸣,")
    found = [row[:3] for row in query.run(tmp_path / "out", "people").rows()]
    assert found == [["陆一鸣", "委员", "临湖区政协"]], "a post that two texts tell is one row"
