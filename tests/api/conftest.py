"""A real server, on a real port, over a real database of made-up quotations."""

import os
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import requests
from waitress import wasyncore

from api import Settings, create_app
from api.server import listen
from quotes.model import Article, Quote, Reading, Span, Speaker
from quotes.store import Store
from quotes.store.tokens import SCOPES, Tokens

_SAID = re.compile(
    r"(“([^”]+)[,.]”|‘([^’]+)’) (?:the (?P<role>[a-z ]+), )?(?P<who>[A-Z]\w+(?: [A-Z]\w+)*|they) said\."
)


_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class SimpleReader:
    """Reads nothing but “…,” Name Surname said. — but that always the same."""

    def __init__(self, version="simple 1"):
        self._version = version

    def version(self):
        return self._version

    def read(self, article):
        return read_simply(article)


def read_simply(article):
    quotes = []
    for match in _SAID.finditer(article.text):
        who = match["who"]
        speaker = (
            None if who == "they" else Speaker(who, "person", (who,), tuple(filter(None, [match["role"]])))
        )
        quotes.append(
            Quote(
                kind="direct" if match[2] else "indirect",
                act="speech",
                contents=(_span(match, 1),),
                cue=Span(match.end() - 5, match.end() - 1, "said"),
                source=_span(match, "who"),
                speaker=speaker,
                role=match["role"],
                confidence=0.9 if speaker else 0.3,
                context=_span(match, 0),
                said_on=article.published,
            )
        )
    return Reading(article, tuple(quotes))


def _span(match, group):
    return Span(*match.span(group), match[group])


BRIDGE = Article(
    "bridge",
    "“The bridge will be closed on Monday,” the mayor, Ana Duarte said. “We have no money for a new one,” the "
    "finance minister, Ben Castro said. ‘the ferry is late’ they said.",
    title="A bridge is closed",
    url="https://example.org/bridge?a=1",
    outlet="The Example Post",
    author="A. Writer",
    published=date(2021, 6, 29),
)
FERRY = Article(
    "ferry",
    "“The ferry is never late,” Ana Duarte said. “Nobody asked the captain,” the captain, Carla Duarte said.",
    outlet="Example Weekly",
    published=date(2022, 1, 3),
)
UNDATED = Article("notes/2021 a", "“The café is open,” the owner, José Núñez said.")


def many(number, *, per_article=5, first=0):
    """Return articles of which each speaks of rivers, some more than others."""
    for n in range(first, first + number):
        text = " ".join(
            f"“River number {n} of {i}{' river' * (n % 4)} rises,” Speaker{chr(65 + (n + i) % 7)} Example said."
            for i in range(per_article)
        )
        yield Article(f"article-{n}", text, published=date(2020, 1, 1 + n % 28) if n % 5 else None)


def fill(path, articles):
    with Store.open(path) as store:
        for article in articles:
            store.save(read_simply(article), "simple 1")


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "quotes.db"
    fill(path, [BRIDGE, FERRY, UNDATED])
    return path


@pytest.fixture
def settings(db):
    return Settings(db, requests_per_minute=100_000, token_requests_per_minute=100_000, write_wait_s=0.5)


class Client(requests.Session):
    """Asks one server, and tells what it answered."""

    def __init__(self, address, app):
        super().__init__()
        self.address = address
        self.app = app

    def request(self, method, url, **options):
        url = (
            url
            if url.startswith("http")
            else f"{self.address}{url if url.startswith('/') else f'/api/v1/{url}'}"
        )
        return super().request(method, url, **{"timeout": 60} | options | {"allow_redirects": False})

    def items(self, url, **params):
        answer = self.get(url, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    def texts(self, url="quotes", **params):
        return [item["text"] for item in self.items(url, **params)]

    def pages(self, url, **params):
        answer = self.get(url, params=params).json()
        yield answer
        while answer["next"]:
            answer = self.get(answer["next"]).json()
            yield answer


@pytest.fixture
def serve():
    """Serve an application from a thread, as ``quotes serve`` does from a process."""
    running = []

    def start(settings, reader=None):
        app = create_app(settings, reader=reader or SimpleReader())
        sockets = {}
        server = listen(app, settings, sockets=sockets)
        stopping = threading.Event()

        def run():
            while not stopping.is_set():
                wasyncore.loop(timeout=0.1, map=sockets, use_poll=True, count=1)

        thread = threading.Thread(target=run)
        thread.start()
        client = Client(f"http://127.0.0.1:{server.effective_port}", app)
        running.append((client, server, stopping, thread, sockets))
        return client

    yield start
    for client, server, stopping, thread, sockets in running:
        client.close()
        stopping.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)
        client.app.extensions["quotes-database"].close()


@pytest.fixture
def client(serve, settings):
    return serve(settings)


@pytest.fixture
def token(db):
    """Make a token that allows these, or everything."""

    def create(*scopes, name="the desk"):
        secret, _ = Tokens(db).create(name, scopes or SCOPES)
        return {"Authorization": f"Bearer {secret}"}

    return create


@pytest.fixture
def start_process(tmp_path):
    """Run ``quotes serve`` in a process of its own."""
    running = []
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

    def start(*arguments):
        log = (tmp_path / f"log-{len(running)}").open("w+", encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "quotes", "serve", "--port", "0", *map(str, arguments)],
            stderr=log,
            stdout=subprocess.PIPE,
            env=environ,
            cwd=tmp_path,
        )
        running.append((process, log))
        process.log = Path(log.name)
        return process

    yield start
    for process, log in running:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()
        log.close()


@pytest.fixture
def address_of():
    """Wait until a server says where it is."""

    def wait(process):
        for _ in range(600):
            if match := re.search(r"at (http://[\d.:]+)/", process.log.read_text(encoding="utf-8")):
                return match[1]
            if process.poll() is not None:
                break
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        raise AssertionError(process.log.read_text(encoding="utf-8"))

    return wait


@pytest.fixture(scope="module")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if _CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    # Whatever proxies there are, the pages are here.
    os.environ["NO_PROXY"] = "127.0.0.1"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, client):
    """A function that opens a page of the server, in a window of its own that fails the test if anything breaks."""
    contexts, wrong = [], []

    def visit(path="/", **options):
        context = chromium.new_context(
            base_url=client.address, **({"viewport": {"width": 1280, "height": 900}} | options)
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((client.address, "data:")) else wrong.append(request.url)
            ),
        )
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def samples():
    """What the tests need of this file."""

    class Samples:
        bridge, ferry, undated = BRIDGE, FERRY, UNDATED
        many = staticmethod(many)
        fill = staticmethod(fill)
        read = staticmethod(read_simply)
        reader = SimpleReader
        replace = staticmethod(replace)

    return Samples
