"""The command line as users run it: exit codes, one line for an error, data on stdout and words on stderr."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KG = [sys.executable, "-m", "kg"]


def kg(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KG, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(
        '区政协的一天\n\n山南区政协委员柳知微说:"希望社区多办几所夜校,让大家有地方学习。"\n', encoding="utf-8"
    )
    return path


def test_a_build_says_what_it_made_on_stderr_and_nothing_on_stdout(text: Path, tmp_path: Path) -> None:
    done = kg("build", text, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 Person" in done.stderr and "graph.html" in done.stderr


def test_quiet_silences_all_but_errors(text: Path, tmp_path: Path) -> None:
    for arguments in (["-q", "build", text], ["build", text, "-q"]):
        done = kg(*arguments, "--out", tmp_path / "out")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (tmp_path / "empty.txt").write_bytes(b"")
    failed = kg("-q", "build", tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert (failed.returncode, failed.stderr.count("\n")) == (4, 1)


def test_a_build_that_left_something_out_ends_with_3(text: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = kg("build", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "empty.txt: the file is empty" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["frobnicate"], 2, "No such command"),
        (["build", "--jobs", "many"], 2, "--jobs"),
        (["query"], 2, "give either a question or --file"),
        (["query", "SELECT * WHERE { ?s ?p }"], 2, "line 1, column 25"),
        (["query", "DELETE WHERE { ?s ?p ?o }"], 2, "read-only"),
        (["query", "proposals", "--param", "nonsense"], 2, "k=v"),
        (["query", "proposal"], 6, "proposals"),
        (["show", "柳知徽"], 6, "柳知微"),
        (["connections", "--from", "nobody"], 2, "sector"),
        (["validate", "--build", "nowhere"], 4, "run kg build"),
        (["build", "nowhere.txt"], 6, "nowhere.txt"),
        (["build", "--data", "nowhere"], 2, "kg init"),
        (["view", "--names", "some"], 2, "masked, full"),
    ],
)
def test_an_error_is_one_line_with_its_exit_code(
    arguments: list[str], code: int, words: str, text: Path, tmp_path: Path
) -> None:
    kg("-q", "build", text, cwd=tmp_path)
    failed = kg(*arguments, cwd=tmp_path)
    assert (failed.returncode, failed.stdout) == (code, "")
    assert failed.stderr.startswith("kg: ") and failed.stderr.count("\n") == 1, failed.stderr
    assert words in failed.stderr


def test_without_words_it_shows_the_help() -> None:
    done = kg()
    assert done.returncode == 2
    assert "Commands:" in done.stderr


def test_a_read_only_build_folder_is_one_line(text: Path) -> None:
    failed = kg("build", text, "--out", "/proc/nowhere")
    assert failed.returncode == 4
    assert failed.stderr.startswith("kg: ") and failed.stderr.count("\n") == 1, failed.stderr


def test_an_interrupted_build_ends_with_130_and_leaves_the_graph(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("-q", "build", text, "--out", out)
    before = (out / "graph.nq").read_bytes()
    many = tmp_path / "many"
    many.mkdir()
    for n in range(400):
        (many / f"{n}.txt").write_text(text.read_text(encoding="utf-8") * 20, encoding="utf-8")
    running = subprocess.Popen([*KG, "build", str(many), "--out", str(out)], stderr=subprocess.PIPE, encoding="utf-8")
    while running.poll() is None and not list((out / ".generations").glob("*2*")):
        time.sleep(0.05)  # until it writes its own generation beside the one that stands
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, "kg: interrupted; an earlier graph is untouched\n")
    assert (out / "graph.nq").read_bytes() == before


def test_a_saved_question_in_each_format(text: Path, tmp_path: Path) -> None:
    kg("-q", "build", text, cwd=tmp_path)
    table = kg("query", "people", cwd=tmp_path)
    assert "柳知微" in table.stdout and "\x1b" not in table.stdout
    rows = list(csv.DictReader(io.StringIO(kg("query", "people", "--format", "csv", cwd=tmp_path).stdout)))
    assert any("柳知微" in row.values() for row in rows)
    assert json.loads(kg("query", "people", "--format", "json", cwd=tmp_path).stdout)["results"]["bindings"]
    turtle = kg("query", "CONSTRUCT { ?p a zx:Person } WHERE { ?p a zx:Person }", "--format", "turtle", cwd=tmp_path)
    assert "a zx:Person" in turtle.stdout


def test_the_list_of_questions_needs_no_graph(tmp_path: Path) -> None:
    listed = json.loads(kg("query", "--list", "--format", "json", cwd=tmp_path).stdout)
    assert len(listed) >= 10
    assert all({"name", "question", "params"} <= set(one) for one in listed)


def test_a_card_shows_each_fact_with_its_words_and_line(text: Path, tmp_path: Path) -> None:
    kg("-q", "build", text, cwd=tmp_path)
    card = kg("show", "柳知微", cwd=tmp_path).stdout
    assert "希望社区多办几所夜校" in card
    assert "page:3" in card


def test_a_text_as_understood_shows_lines_and_kinds(text: Path) -> None:
    assert "heading" in kg("read", text).stdout
    assert "区政协的一天" in kg("read", text, "--format", "csv").stdout


def test_the_shipped_lexicon_and_the_seed_graph_have_no_findings(seed_build: Path) -> None:
    assert kg("lint").returncode == 0
    assert kg("validate", "--build", seed_build).returncode == 0


def test_a_data_folder_of_ones_own(tmp_path: Path, text: Path) -> None:
    assert kg("init", tmp_path / "mine").returncode == 0
    text.rename(tmp_path / "mine" / "texts" / text.name)
    assert kg("build", "--data", "mine", cwd=tmp_path).returncode == 0
    assert kg("init", tmp_path / "mine").returncode == 2
    (tmp_path / "mine" / "kg.toml").write_text("namse = 1\n", encoding="utf-8")
    failed = kg("build", "--data", "mine", cwd=tmp_path)
    assert failed.returncode == 2 and "namse" in failed.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030"])
def test_the_locale_changes_no_byte(locale: str, text: Path, tmp_path: Path) -> None:
    kg("-q", "build", text, "--out", tmp_path / "a")
    done = kg("build", text, "--out", tmp_path / "b", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    for name in ("graph.nq", "graph.html", "connections.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    shown = kg("query", "people", "--build", tmp_path / "b", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "柳知微" in shown.stdout


def test_a_defect_of_ours_is_one_line_that_names_the_report(tmp_path: Path) -> None:
    code = (
        "import kg.card, kg.cli\n"
        "def broken(*_): raise RuntimeError('boom')\n"
        "kg.card.cards = broken\n"
        "kg.cli.main(['show', 'x', '--build', 'out'])\n"
    )
    (tmp_path / "page.txt").write_text("山南区政协", encoding="utf-8")
    kg("-q", "build", "page.txt", "--out", "out", cwd=tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    report = done.stderr.strip().rpartition(" ")[2]
    assert done.stderr.count("\n") == 1
    assert "boom" in Path(report).read_text(encoding="utf-8")
