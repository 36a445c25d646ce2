"""The page on invented graphs: made how fast, how large, drawn and moved how fast, beside plain pyvis.

    python benchmarks/page.py [THINGS ...]

Plain pyvis gets the same nodes and edges in the same run, one by one with add_node and add_edge as its documents say;
beside that stands how long filling its lists takes, as the page does; and it draws them with what it comes with.
Panning is measured in Chromium without a GPU: a drag that moves the view in every frame, for three seconds, with as
much drawn as the page draws at once. Waits are bounded: what takes longer is told as `>`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _invented import graph
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pyvis.network import Network

from kg.view.graph_page import page_data, render
from kg.view.picture import Picture, edges, nodes

SIZES = (200, 1_000, 5_000, 20_000)
PYVIS_UP_TO = 5_000
LONGEST = 180
"""Seconds after which plain pyvis is waited for no longer."""
DRAG = """async () => {
    const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const send = (type, dx, dy) => canvas.dispatchEvent(new PointerEvent(type, {
        bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", isPrimary: true,
        button: type === "pointermove" ? -1 : 0, buttons: type === "pointerup" ? 0 : 1,
        clientX: x + dx, clientY: y + dy,
    }));
    send("pointerdown", 0, 0);
    let frames = 0, began = null, now = 0;
    await new Promise((done) => {
        const step = (at) => {
            began ??= at;
            now = at;
            if (at - began > 3000) return done();
            frames += 1;
            const t = (at - began) / 1000;
            send("pointermove", 150 * Math.sin(2 * t), -300 * Math.sin(1.5 * t));
            requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
    });
    send("pointerup", 0, 0);
    return (1000 * (frames - 1)) / (now - began);
}"""


def main() -> None:
    """Print two tables in Markdown."""
    sizes = [int(said) for said in sys.argv[1:]] or list(SIZES)
    print("## The page\n")
    print("| things | nodes | edges | read, s | written, s | MB | overview, s | picture, s | drawn | frames/s |")
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    beside = []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for size in sizes:
            store = graph(size)
            with clock() as read:
                data = page_data(store)
            with clock() as written:
                html = render(data)
            path = Path(folder) / "graph.html"
            path.write_text(html, encoding="utf-8")
            spots, lines = len(data.picture.spots), len(data.picture.lines)
            overview, picture = (opened(browser, path, address) for address in ("#/", "#/graph"))
            drawn, frames = panned(browser, path, f"#/graph?list=1&most={size}")
            print(
                f"| {size:,} | {spots:,} | {lines:,} | {read[0]:.1f} | {written[0]:.2f} "
                f"| {len(html.encode()) / 1e6:.1f} | {overview:.2f} | {picture:.2f} | {drawn:,} | {frames:.0f} |",
                flush=True,
            )
            if size <= PYVIS_UP_TO:
                beside.append(plain_pyvis(browser, Path(folder), data.picture, size, picture))
    print("\nPlain pyvis, with the same nodes and edges:\n")
    print("| things | added one by one, s | lists filled, s | times | stable picture, s | times ours | frames/s |")
    print("|---|---|---|---|---|---|---|")
    print("\n".join(beside))


@contextmanager
def clock() -> Iterator[list[float]]:
    """The seconds that something takes, once it is done."""
    seconds: list[float] = []
    began = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - began)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's, without a GPU."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield browser
        browser.close()


@contextmanager
def page_of(browser: Browser) -> Iterator[Page]:
    """A laptop's window, without a network."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    yield context.new_page()
    context.close()


def opened(browser: Browser, path: Path, address: str) -> float:
    """The seconds from opening a page to its screen, drawn."""
    with page_of(browser) as page, clock() as seconds:
        page.goto(path.as_uri() + address)
        page.wait_for_selector("body[data-ready]")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return seconds[0]


def panned(browser: Browser, path: Path, address: str) -> tuple[int, float]:
    """How many nodes are drawn, and how many frames a second a drag has."""
    with page_of(browser) as page:
        page.goto(path.as_uri() + address)
        page.wait_for_selector("body[data-ready]")
        drawn = page.evaluate("document.getElementById('network').drawnNow().length")
        return int(drawn), float(page.evaluate(DRAG))


def plain_pyvis(browser: Browser, folder: Path, picture: Picture, size: int, drawn: float) -> str:
    """A row of the second table."""
    with clock() as filled:
        json.dumps([nodes(picture), edges(picture)])
    with clock() as added:
        network = Network(cdn_resources="in_line")
        for number, spot in enumerate(picture.spots):
            network.add_node(number, label=str(spot.card), group=spot.kind)
        for line in picture.lines:
            network.add_edge(line.start, line.end)
        html = network.generate_html()
    path = folder / "pyvis.html"
    path.write_text(html, encoding="utf-8")
    stable, frames = stabilised(browser, path)
    more = ">" if stable >= LONGEST else ""
    return (
        f"| {size:,} | {added[0]:.2f} | {filled[0]:.3f} | {added[0] / filled[0]:.0f} "
        f"| {more}{stable:.0f} | {more}{stable / drawn:.0f} | {'-' if frames is None else f'{frames:.1f}'} |"
    )


def stabilised(browser: Browser, path: Path) -> tuple[float, float | None]:
    """The seconds until nothing moves any more, LONGEST at most; and the frames of a drag, where it could be tried."""
    with page_of(browser) as page:
        page.set_default_timeout(LONGEST * 1000)
        with clock() as seconds:
            try:
                page.goto(path.as_uri())
                page.wait_for_function("typeof network !== 'undefined' && network.physics.stabilized", polling=200)
            except Error:  # it is told as the longest wait
                pass
        if seconds[0] >= LONGEST:
            return LONGEST, None
        return seconds[0], float(page.evaluate(DRAG))


if __name__ == "__main__":
    main()
