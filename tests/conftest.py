"""What several tests share: the graph of the text that the repository ships, and pages in a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from page_graph import page_quads, store_of
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

settings.register_profile("kg", deadline=None)  # how long an example takes says nothing on a busy machine
settings.load_profile("kg")

ROOT = Path(__file__).parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK: ViewportSize = {"width": 1366, "height": 768}
INSIDE = ("file:", "data:", "blob:")
"""How an address begins that leads nowhere outside the machine."""


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


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the invented newspaper page."""
    from kg.view.graph_page import page_data, render

    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_text(render(page_data(store_of(page_quads()))), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser: Browser, page_file: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page from the disk, offline; at the end nothing may have been asked for and nothing gone wrong."""
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(path: Path = page_file, viewport: ViewportSize = DESK, address: str = "") -> Page:
        context = browser.new_context(offline=True, viewport=viewport, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: troubles.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda r: troubles.append(r.url[:200]) if not r.url.startswith(INSIDE) else None)
        page.goto(path.as_uri() + address)
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles
