"""What several tests share: the graph of the text that the repository ships, built once as users build it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def seed_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of `data/texts/`, with what the package ships and no settings of one's own."""
    from kg.build import build
    from kg.settings import Settings

    out = tmp_path_factory.mktemp("seed") / "build"
    build([ROOT / "data" / "texts"], out, Settings(None))
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, else the one that playwright has installed."""
    with sync_playwright() as playwright:
        there = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if there is None and not Path(playwright.chromium.executable_path).exists():
            missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            missing("no Chromium here; on Debian: apt-get install chromium fonts-noto-cjk")
        browser = playwright.chromium.launch(executable_path=there, args=FLAGS)
        yield browser
        browser.close()
