"""The repository itself: nothing of one machine, locks that hold, documents that are true, a wheel that is whole."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from typer.main import get_command

import kg
from kg.cli import app

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements-build.lock", "requirements.lock", "requirements-test.lock"]

NOT_TO_SHIP = {
    "a path of one machine": r"(?<![\w.])/(?:work|root|home|Users|tmp)/\w",
    "a folder beside the repository": r"\.\./shared\b",
    "a package index": r"\bpypi\.org|\bpythonhosted\.org|\bregistry\.npmjs\.org|(?<!emit-)\bindex-url\b",
    "something left undone": r"\b(?:TO[D]O|FIX[M]E|XX[X])\b",
}


def files(*pathspec: str) -> list[Path]:
    """Every file that git tracks or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *pathspec]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return [ROOT / name for name in sorted(set(listed)) if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", NOT_TO_SHIP)
def test_nothing_of_one_machine_is_in_the_repository(what: str) -> None:
    found = []
    for path in files(":(exclude,attr:linguist-vendored)"):
        data = path.read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
            if re.search(NOT_TO_SHIP[what], line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found, f"{what}:\n" + "\n".join(found)


def locked(name: str) -> list[str]:
    """A lock's requirements, one a line: the requirement, its marker and its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def pins(name: str) -> dict[str, list[Requirement]]:
    """Package → its pins: more than one where the version depends on the Python."""
    found: dict[str, list[Requirement]] = {}
    for line in locked(name):
        pin = Requirement(line.split(" --hash")[0])
        found.setdefault(pin.name.lower(), []).append(pin)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_pinned_and_has_hashes(lock: str) -> None:
    for line in locked(lock):
        assert re.match(r"[\w.-]+==\S+ ", line), f"{lock}: {line[:60]}"
        assert "--hash=sha256:" in line, f"{lock}: {line[:60]} has no hash"


def test_the_locks_fit_what_the_project_asks_for() -> None:
    """A dependency that was added or raised without `make lock` would be met by whatever is newest on the day."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        "requirements-build.lock": project["dependency-groups"]["build"] + project["build-system"]["requires"],
        "requirements.lock": project["project"]["dependencies"],
        "requirements-test.lock": project["project"]["dependencies"]
        + project["project"]["optional-dependencies"]["test"],
    }
    for lock, requirements in asked.items():
        for requirement in map(Requirement, requirements):
            versions = [spec.version for pin in pins(lock).get(requirement.name, []) for spec in pin.specifier]
            fit = versions and all(requirement.specifier.contains(version) for version in versions)
            assert fit, f"{lock} has {versions or 'nothing'} for {requirement}: run `make lock`"


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    tested = pins("requirements-test.lock")
    assert {name: tested[name] for name in pins("requirements.lock")} == pins("requirements.lock")


DOCUMENTS = [path for path in files("*.md") if ROOT / "benchmarks" not in path.parents]


def code_of(text: str) -> str:
    """What stands in code spans and fences."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))


MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))
COMMANDS = set(getattr(get_command(app), "commands", {}))


def test_the_makefile_names_commands_that_exist() -> None:
    assert set(re.findall(r"\$\(KG\) ([a-z]+)", MAKEFILE)) <= COMMANDS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_document_names_targets_commands_and_files_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert set(re.findall(r"\bmake ([a-z]+)\b", code_of(text))) <= TARGETS
    assert set(re.findall(r"(?:^|[`/]|\$ )kg ([a-z]+)\b", code_of(text), flags=re.MULTILINE)) <= COMMANDS
    for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
        assert (document.parent / link).exists(), f"{document.name} links to {link}, which is not there"
    for path in re.findall(r"`((?:kg|tests|docs|data|ontology|scripts)/[\w./-]*)`", text):
        is_placeholder = re.search(r"[A-Z]{3}", path)
        assert is_placeholder or (ROOT / path).exists(), f"{document.name} names {path}, which is not there"


def test_the_command_lines_page_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_cli_page.py"))["page"]()
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == made, "run `make docs`"


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## [{kg.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*pip, *options, str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_all_of_the_package(wheel: Path) -> None:
    """Vocabulary, lexicon, saved questions, templates and bundles: whatever lies in the checkout for the package."""
    held = set(zipfile.ZipFile(wheel).namelist())
    homes = {"kg": "kg", "ontology": "kg/shipped/ontology"}
    homes |= {f"data/{folder}": f"kg/shipped/{folder}" for folder in ("lexicon", "gazetteer")}
    for source, target in homes.items():
        for path in files(source):
            assert f"{target}/{path.relative_to(ROOT / source).as_posix()}" in held
    for name in ("kg/shipped/ontology/zhengxie.ttl", "kg/shipped/lexicon/themes.csv"):
        assert name in held
    assert any(name.startswith("kg/queries/") and name.endswith(".rq") for name in held)


def test_an_installed_wheel_needs_no_checkout(wheel: Path, tmp_path: Path) -> None:
    """In a new environment, with the same libraries, the package finds its files beside itself and its command runs."""
    home = tmp_path / "venv"
    venv.create(home, symlinks=True)
    scripts = Path(sysconfig.get_path("scripts", "venv", vars={"base": str(home)}))
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(home), "platbase": str(home)}))
    # Only the folder is added: the link to the checkout that lies in it is not followed.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)

    folders = "r.PACKAGE, r.ontology_dir(), r.lexicon_dir(), r.gazetteer_dir()"
    where = f"from kg import resources as r; print({folders}, sep='\\n')"
    told = subprocess.run([scripts / "python", "-c", where], cwd=tmp_path, check=True, capture_output=True, text=True)
    for folder in map(Path, told.stdout.splitlines()):
        assert folder.is_relative_to(packages)
        assert any(folder.iterdir())

    listed = subprocess.run([scripts / "kg", "query", "--list"], cwd=tmp_path, check=True, capture_output=True)
    for question in files("kg/queries/*.rq"):
        assert question.stem in listed.stdout.decode()
