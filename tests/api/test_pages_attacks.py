"""Whatever an article, its speakers and roles are called: it shows as text, in its place, and nothing of it runs."""

import re
from datetime import date

import pytest

from quotes.model import Article, Quote, Reading, Span, Speaker
from quotes.store import Store

HOSTILE = {
    "markup": "</title></textarea></script><script>document.title = 'taken'; alert(1)</script><img src=x "
    "onerror=\"document.title = 'taken'\"><svg onload=alert(1)>{{ 7 * 7 }}{% raw %}<%= 7*7 %>",
    "an attribute": '" autofocus onfocus="alert(1)" x=\'" onmouseover=\'alert(1)',
    "an address": "javascript:document.title='taken'",
    "turned round": "mayor \u202e of \u2066 nowhere \u202b here \ufeff\u200b\u2028",
    "a long word": "x" * 100_000,
    "long markup": "&lt;b&gt;" + "<b>" * 30_000,
}


def reading(text):
    """Return a reading in which everything that is free text is this text."""
    said = f"“{text},”"
    whole = f"{said} {text} {text}. More."
    source = Span(len(said) + 1, len(said) + 1 + len(text), text)
    cue = Span(source.end + 1, source.end + 1 + len(text), text)
    article = Article("a", whole, text, text, text, text, date(2021, 6, 29))
    quote = Quote(
        kind="direct",
        act="speech",
        contents=(Span(0, len(said), said),),
        cue=cue,
        source=source,
        speaker=Speaker(text, "person", (text,), (text,)),
        role=f"{text} as well",
        confidence=0.9,
        context=Span(0, cue.end + 1, whole[: cue.end + 1]),
        said_on=None,
    )
    return Reading(article, (quote,))


@pytest.fixture
def db(tmp_path, request):
    path = tmp_path / "quotes.db"
    with Store.open(path) as store:
        store.save(reading(request.param), request.param[:200])
    return path


def addresses(client):
    (quote,) = client.items("quotes")
    return {
        "search": "/",
        "found": "/?article=a&kind=direct&from=2021",
        "grouped": "/?group=speaker",
        "speakers": "/speakers",
        "speaker": f"/speakers/{quote['speaker']['id']}",
        "article": "/articles/a",
        "quote": f"/quotes/{quote['id']}",
        "sources": "/sources",
    }


hostile = pytest.mark.parametrize("db", HOSTILE.values(), ids=HOSTILE, indirect=True)

# Texts with marks that change the direction, and nothing around them to keep that to themselves.
LOOSE = """
    () => {
        const loose = [];
        const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(texts.currentNode.data)) continue;
            let each = texts.currentNode.parentElement;
            if (each.closest("option, textarea")) continue;
            while (each.tagName != "MAIN" && !/isolate|plaintext/.test(getComputedStyle(each).unicodeBidi))
                each = each.parentElement;
            if (each.tagName == "MAIN") loose.push(texts.currentNode.parentElement.outerHTML.slice(0, 200));
        }
        return loose;
    }
"""


@hostile
@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 390)])
def test_whatever_it_is_called_it_shows_as_text(browse, client, javascript, width):
    for name, url in addresses(client).items():
        page = browse(url, java_script_enabled=javascript, viewport={"width": width, "height": 800})
        assert page.title() != "taken", name
        assert page.locator("main img, main b:has(b), main svg[onload]").count() == 0, name
        links = page.eval_on_selector_all("a, form", "all => all.map(each => each.href || each.action)")
        assert {link.partition(":")[0] for link in links} == {"http"}, name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert page.evaluate(LOOSE) == [], name
        page.context.close()


@hostile
def test_whatever_it_is_called_no_tag_or_attribute_is_of_its_making(client):
    import html5lib

    for name, url in addresses(client).items():
        answer = client.get(url, headers={"Accept": "text/html", "Accept-Encoding": "identity"})
        assert answer.status_code == 200, name
        parser = html5lib.HTMLParser(strict=False)
        tree = parser.parse(answer.content, transport_encoding="utf-8")
        assert [code for _, code, _ in parser.errors] == [], name
        for element in tree.iter():
            assert not [each for each in element.attrib if each.startswith("on") or each == "style"], name
        scripts = re.findall(r"<script(?! defer src=\"/static/| type=\"application/ld\+json\")", answer.text)
        assert scripts == [], name
        # An article, and a quotation to copy, are there in full.
        assert len(answer.content) < 100_000 or name in {"article", "quote"}, len(answer.content)
        assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[0]
