"""The static pages: file names that outlive a build, links that lead somewhere, the same masking, no script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from handled_graph import MEMBER, PROPOSAL, handled_store
from hypothesis import given
from hypothesis import strategies as st
from page_graph import CITIZENS, page_quads, store_of
from playwright.sync_api import Browser, expect
from test_view import HOSTILE, hostile_store

from kg.view import site
from kg.view.cards import Card
from kg.view.page_data import page_data

WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("build") / "site"
    site.write(page_data(handled_store()), path)
    return path


def named(folder: Path, name: str) -> Path:
    return next(p for p in sorted(folder.glob("*.html")) if f"<title>{name} ·" in p.read_text(encoding="utf-8"))


def test_every_link_leads_to_a_page(folder: Path) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    for name, text in texts.items():
        for target in re.findall(r'href="([^"]*)"', text):
            file, _, anchor = target.partition("#")
            assert file in {*texts, "site.css", "data:,", ""}, f"{name} → {target}"
            if anchor:
                assert f'id="{anchor}"' in text
    linked = {target for text in texts.values() for target in re.findall(r'href="([^"#]+\.html)"', text)}
    assert linked == texts.keys()


def test_the_names_do_not_hang_on_other_texts(folder: Path, tmp_path: Path) -> None:
    site.write(page_data(store_of(page_quads())), tmp_path / "site")
    fewer = {path.name for path in (tmp_path / "site").glob("*.html")}
    assert {name for name in fewer if not re.fullmatch(r"\w+-\d+\.html", name)} <= {
        p.name for p in folder.glob("*.html")
    }


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=20, unique=True))
def test_names_are_safe_short_and_unique(keys: list[str]) -> None:
    cards = [
        Card(f"https://w3id.org/zhengxie/id/theme/{key}", "Theme", key, "议题", (), (), (), 0, False) for key in keys
    ]
    names = [site.file_name(card, number) for number, card in enumerate(cards)]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z0-9-]+\.html", name)
        assert len(name.encode()) <= 120
        assert not WINDOWS.fullmatch(name)


def test_a_page_of_a_citizen_does_not_give_the_name_away(folder: Path) -> None:
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not any(name in text or name in path.name for name in CITIZENS)


def test_the_same_graph_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    site.write(page_data(handled_store()), tmp_path / "site")
    again = {path.name: path.read_bytes() for path in (tmp_path / "site").iterdir()}
    assert again == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_a_former_build_left_is_gone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old.html").touch()
    site.write(page_data(store_of(page_quads())), tmp_path / "site")
    assert not (tmp_path / "site" / "old.html").exists()


def test_one_reads_on_from_page_to_page_without_a_script(browser: Browser, folder: Path) -> None:
    troubles: list[str] = []
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.on("console", lambda m: troubles.append(m.text))
    page.on("request", lambda r: troubles.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="提案", exact=True).last.click()
    page.get_by_role("link", name=PROPOSAL).click()
    expect(page.locator(".course")).to_contain_text("区城管局")
    page.get_by_role("link", name=MEMBER).first.click()
    expect(page.locator("h1")).to_have_text(MEMBER)
    page.locator(".rows summary").last.click()
    expect(page.locator(".rows details[open] mark").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.go_back()
    assert page.locator(".repaired").inner_text() == "入"
    page.locator(".ref").first.click()
    expect(page.locator(".quote:target")).to_be_visible()
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontSize") == "24px"  # the style sheet is let in
    context.close()
    assert not troubles


def test_what_is_left_out_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(site, "MOST", 4)
    site.write(page_data(store_of(page_quads())), tmp_path)
    assert len(list(tmp_path.glob("proposal-*.html"))) == 4
    told = (tmp_path / "list-proposal.html").read_text(encoding="utf-8")
    assert "共10件，这里有页面的4件；其余见 graph.html" in told


def test_a_texts_words_stay_words(browser: Browser, tmp_path: Path) -> None:
    site.write(page_data(hostile_store()), tmp_path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "list-proposal.html").as_uri())
    names = page.locator(".list li").all_inner_texts()
    assert len(names) == len(HOSTILE)
    assert any("<script>" in name for name in names)
    assert page.locator("script, img").count() == 0
    context.close()
