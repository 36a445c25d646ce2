"""What holds when builds are killed, collide, run out of room or may not write."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kg.errors import Locked, NoGraph, NothingBuilt
from kg.generations import current, generations, new_generation

BEGIN = """
import os, sys, time
from pathlib import Path
from kg.generations import new_generation
with new_generation(Path(sys.argv[1])) as folder:
    (folder / "graph.nq").write_text("half a graph")
    {then}
    print("ready", flush=True)
    time.sleep(600)
"""


@contextmanager
def build_in_progress(out: Path, then: str = "pass") -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of a build."""
    command = [sys.executable, "-c", BEGIN.format(then=then), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def build(out: Path, text: str, **settings: int) -> None:
    with new_generation(out, **settings) as folder:
        (folder / "graph.nq").write_text(text)


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_build_is_seen_whole_through_links(tmp_path: Path) -> None:
    with new_generation(tmp_path / "new" / "build") as folder:
        (folder / "graph.nq").write_text("one")
        (folder / "store").mkdir()
        assert not (tmp_path / "new/build/graph.nq").exists()
    out = tmp_path / "new/build"
    assert (out / "graph.nq").read_text() == "one"
    assert str((out / "graph.nq").readlink()) == ".current/graph.nq"
    assert str((out / ".current").readlink()) == ".generations/000001"
    assert current(out) == folder.resolve()
    assert not (out / "graph.html").is_symlink(), "a name without a file would dangle"


def test_the_build_folder_may_be_moved(tmp_path: Path) -> None:
    build(tmp_path / "build", "one")
    (tmp_path / "build").rename(tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere/graph.nq").read_text() == "one"


def test_a_name_that_the_new_generation_lacks_goes(tmp_path: Path) -> None:
    with new_generation(tmp_path) as folder:
        (folder / "connections.csv").write_text("")
    build(tmp_path, "two")
    assert not (tmp_path / "connections.csv").is_symlink()


def test_no_graph_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoGraph, match=r"there is no graph in .*build/; run kg build"):
        current(tmp_path / "build")
    assert generations(tmp_path / "build") == []


def test_the_last_few_generations_are_kept(tmp_path: Path) -> None:
    for number in range(7):
        build(tmp_path, str(number), keep=3)
    assert [(folder / "graph.nq").read_text() for folder in generations(tmp_path)] == ["4", "5", "6"]
    assert (tmp_path / "graph.nq").read_text() == "6"


def test_the_current_generation_is_never_pruned(tmp_path: Path) -> None:
    for number in range(3):
        build(tmp_path, str(number), keep=0)
    assert [folder.name for folder in generations(tmp_path)] == ["000003"]


@pytest.mark.parametrize("reason", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_build_that_fails_or_is_interrupted_leaves_no_trace(tmp_path: Path, reason: type[BaseException]) -> None:
    build(tmp_path, "one")
    before = tree(tmp_path)
    with pytest.raises(reason), new_generation(tmp_path) as folder:
        (folder / "graph.nq").write_text("half")
        raise reason
    assert tree(tmp_path) == before
    assert (tmp_path / "graph.nq").read_text() == "one"


def test_a_killed_build_leaves_the_old_graph_whole_and_is_cleared_away(tmp_path: Path) -> None:
    build(tmp_path, "one")
    with build_in_progress(tmp_path) as process:
        process.kill()
        process.wait()
    assert (tmp_path / "graph.nq").read_text() == "one"
    assert [folder.name for folder in generations(tmp_path)] == ["000001"]
    assert (tmp_path / ".generations/000002/graph.nq").exists(), "the kill must fall in the middle"
    build(tmp_path, "two")
    assert (tmp_path / "graph.nq").read_text() == "two"
    assert len(generations(tmp_path)) == 2
    assert not list((tmp_path / ".generations").glob("*.unfinished"))


def test_a_terminated_or_interrupted_process_keeps_the_old_graph(tmp_path: Path) -> None:
    build(tmp_path, "one")
    for number in (signal.SIGTERM, signal.SIGINT):
        with build_in_progress(tmp_path) as process:
            process.send_signal(number)
            process.wait()
        assert (tmp_path / "graph.nq").read_text() == "one"
        build(tmp_path, "one")


def test_a_second_build_names_the_first_and_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, "one")
    with build_in_progress(tmp_path) as process:
        with pytest.raises(Locked, match=f"process {process.pid} on ") as caught, new_generation(tmp_path):
            pass
        assert caught.value.exit_code == 4
        assert (tmp_path / "graph.nq").read_text() == "one"
    build(tmp_path, "two")


def test_a_second_build_in_the_same_process_is_kept_out(tmp_path: Path) -> None:
    with new_generation(tmp_path) as folder:
        with pytest.raises(Locked, match="this one"), new_generation(tmp_path / "x" / ".."):
            pass
        (folder / "graph.nq").write_text("one")
    build(tmp_path, "two")


def test_two_folders_are_built_at_once(tmp_path: Path) -> None:
    with build_in_progress(tmp_path / "a"):
        build(tmp_path / "b", "one")


def test_workers_that_outlive_a_killed_build_do_not_keep_its_lock(tmp_path: Path) -> None:
    worker = "child = os.fork()\n    if not child: time.sleep(600)\n    print(child, flush=True)"
    with build_in_progress(tmp_path, then=worker.replace("print", "(folder / 'pid').write_text(str(child)) or print")):
        orphan = int((tmp_path / ".generations/000001/pid").read_text())
    try:
        os.kill(orphan, 0)  # it lives
        build(tmp_path, "two")
    finally:
        os.kill(orphan, signal.SIGKILL)


def test_a_file_of_the_users_own_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text("mine")
    with pytest.raises(NothingBuilt, match=r"graph\.html: is no link of ours"):
        build(tmp_path, "one")
    assert (tmp_path / "graph.html").read_text() == "mine"
    assert not (tmp_path / "graph.nq").exists()


def test_a_file_that_appears_during_the_build_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(NothingBuilt), new_generation(tmp_path) as folder:
        (folder / "graph.nq").write_text("one")
        (tmp_path / "graph.nq").symlink_to("mine")
    assert str((tmp_path / "graph.nq").readlink()) == "mine"
    assert generations(tmp_path) == []


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Nobody but root may write here, and for a while we are not root."""
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_read_only_folder_is_named_and_can_still_be_read() -> None:
    # Not in tmp_path: pytest shuts that to anybody else, and this test may have to become somebody else.
    made = subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip()
    out = Path(made)
    out.chmod(0o755)
    try:
        build(out, "one")
        with unwritable(out):
            with pytest.raises(NothingBuilt, match=f"^{out}: this folder can't be written") as caught:
                build(out, "two")
            assert caught.value.exit_code == 4
            assert (out / "graph.nq").read_text() == "one"
            with pytest.raises(NothingBuilt, match="can't be written"):
                build(out / "new", "one")
    finally:
        subprocess.run(["rm", "-rf", made], check=True)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("mine")
    for out in (tmp_path / "build", tmp_path / "build" / "deeper"):
        with pytest.raises(NothingBuilt, match="there is a file where the folder should be"):
            build(out, "one")


SMALL_FILES = """
import resource, sys
from pathlib import Path
from kg.errors import NothingBuilt
from kg.generations import new_generation
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    with new_generation(Path(sys.argv[1])) as folder:
        (folder / "graph.nq").write_text("x" * 2000)
except NothingBuilt as error:
    print(error)
"""


def test_a_disk_without_room_is_told_and_the_old_graph_stays(tmp_path: Path) -> None:
    build(tmp_path, "one")
    run = subprocess.run([sys.executable, "-c", SMALL_FILES, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout == (
        f"{tmp_path}: the disk is full, nothing was built; make room, or choose another disk with --out\n"
    )
    assert (tmp_path / "graph.nq").read_text() == "one"
    assert len(list((tmp_path / ".generations").iterdir())) == 1


def test_trouble_elsewhere_is_not_blamed_on_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "build"
    with pytest.raises(PermissionError), new_generation(out):
        raise PermissionError(13, "Permission denied", str(tmp_path / "texts" / "a.txt"))
    with suppress(NoGraph):
        current(out)
        raise AssertionError
