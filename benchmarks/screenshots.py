"""The pictures in docs/screenshots, taken again: every page, wide and narrow, in a browser, over the seed articles.

::

    python -m benchmarks.screenshots

It takes playwright and Chromium (``apt install chromium``), and some twenty seconds. ``--whole`` takes each page
from top to bottom instead of as much as a window shows, ``--db`` takes another database than the seed articles'.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from api import Settings, create_app
from api.server import listen
from quotes.store import QuoteQuery, Store

_ROOT = Path(__file__).parents[1]
_WINDOWS = {"wide": (1280, 1000), "narrow": (390, 844)}
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
_QUALITY = 0.85
# A browser that takes pictures can also pack them: nothing else is needed for WebP.
_PACK = """
async ([picture, quality]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}
"""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "screenshots")
    parser.add_argument("--db", type=Path)
    parser.add_argument("--whole", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        db = arguments.db or _read_seeds(Path(folder))
        addresses = pages(db)
        with _served(db) as address, _browser() as browser:
            for name, (path, in_dark) in addresses.items():
                for scheme in ("light", "dark") if in_dark else ("light",):
                    for size in _WINDOWS:
                        ending = "" if scheme == "light" else f"-{scheme}"
                        file = arguments.out / f"{name}-{size}{ending}.webp"
                        file.write_bytes(take(browser, address + path, size, scheme, whole=arguments.whole))
                        print(file)


def pages(db: Path) -> dict[str, tuple[str, bool]]:
    """Return the address of each page, and whether it is taken in the dark too."""
    with Store.open(db, "ro") as store:
        ranked = [speaker for speaker in store.list_speakers() if speaker.kind == "person"]
        speaker = ranked[0].id
        quote = next(
            row
            for row in store.search(QuoteQuery(speaker=speaker, kind="direct", sort="oldest"))
            if len(row.text) > 60
        )
    article = quote.article.id
    return {
        "search": ("/", True),
        "found": ("/?q=syria", False),
        "grouped": ("/?group=speaker", False),
        "speakers": ("/speakers", False),
        "speaker": (f"/speakers/{speaker}", False),
        "article": (f"/articles/{article}", True),
        "quote": (f"/quotes/{quote.id}", False),
        "sources": ("/sources", False),
        "try": ("/try?example=", False),
    }


def take(browser: Browser, address: str, size: str, scheme: str, *, whole: bool) -> bytes:
    """Return a picture of a page, as WebP."""
    width, height = _WINDOWS[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    if "/try" in address:
        page.get_by_role("button", name="Read it").click()
        page.locator("#read").wait_for()
        if size == "wide":
            page.evaluate("scrollTo(0, 0)")
    if "/articles/" in address and not whole:
        page.locator(".text .words").first.focus()
    picture = base64.b64encode(page.screenshot(full_page=whole, animations="disabled")).decode()
    context.close()
    blank = browser.new_page()
    packed = base64.b64decode(blank.evaluate(_PACK, [picture, _QUALITY]))
    blank.close()
    return packed


def _read_seeds(folder: Path) -> Path:
    db = folder / "quotes.db"
    subprocess.run(
        [sys.executable, "-m", "quotes", "ingest", str(_ROOT / "seeds"), "--db", str(db)],
        check=True,
        cwd=_ROOT,
    )
    return db


@contextmanager
def _served(db: Path) -> Iterator[str]:
    settings = Settings(db, requests_per_minute=1_000_000, readings_per_minute=1000)
    server = listen(create_app(settings), settings)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"


@contextmanager
def _browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("Chromium is needed: apt install chromium.")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
