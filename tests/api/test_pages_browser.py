"""The pages in a real browser: Debian's Chromium, with and without JavaScript, wide and narrow, light and dark."""

import itertools
import re
from datetime import date
from importlib.resources import files

import html5lib
import pytest

from quotes.model import Article

ATTACK = Article(
    "attack",
    "“<script>document.title = 'taken'</script><img src=x onerror=alert(1)>,” the <b>mayor</b> said.\n"
    '“It’s " onmouseover="alert(1) \' &lt;i&gt; {{ 7 * 7 }},” Ana Duarte said. '
    "“read it backwards \u202e,” Ben Castro said. "
    + "x" * 100_000
    + " “End </textarea></script><!--,” Ben Castro said.",
    title="</title><script>document.title = 'taken'</script>",
    url="javascript:document.title='taken'",
    outlet='<Outlet> " onfocus=alert(1)',
    author="A & B </p>",
    published=date(2021, 6, 29),
)


# More speakers than there are colours.
CROWD = " ".join(f"“The river {n} rises,” {chr(65 + n)}nn Surname{chr(97 + n)}x said." for n in range(25))


@pytest.fixture
def addresses(client):
    """The address of each kind of page."""
    quote = client.items("quotes", q="bridge")[0]
    return {
        "search": "/",
        "found": "/?q=ferry&kind=direct",
        "grouped": "/?group=speaker",
        "nothing": "/?q=bridge&outlet=Example+Weekly",
        "wrong": "/?kind=loud",
        "speakers": "/speakers",
        "speaker": f"/speakers/{quote['speaker']['id']}",
        "article": "/articles/bridge",
        "quote": f"/quotes/{quote['id']}",
        "sources": "/sources",
        "try": "/try?example=",
        "missing": "/nowhere",
    }


PAGES = "search found grouped nothing wrong speakers speaker article quote sources try missing".split()
# What a page answers with; Chromium's console calls these errors.
REFUSED = {"wrong", "missing"}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_searches_narrows_down_and_opens_what_was_found(browse, javascript):
    page = browse("/", java_script_enabled=javascript)
    page.get_by_label("Words, a name, or both").fill("ferry")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".card").count() == 2
    assert page.url.endswith("/?q=ferry")
    page.get_by_text("More ways to narrow down").click()
    page.get_by_role("combobox", name="Kind").select_option("direct")
    page.get_by_role("button", name="Apply").click()
    assert page.locator(".said").all_inner_texts() == ["The ferry is never late"]
    page.locator(".context summary").click()
    assert page.get_by_text("Ana Duarte said.").is_visible()
    page.locator(".card").get_by_role("link", name="Ana Duarte").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ana Duarte"
    page.get_by_text("The numbers").click()
    assert page.get_by_role("cell", name="1", exact=True).first.is_visible()
    page.get_by_role("link", name="A bridge is closed").click()
    assert page.locator(".words").count() == 6  # three in the text, three in the key
    page.locator(".listing").get_by_role("link", name="The bridge will be closed").click()
    assert page.locator("blockquote").inner_text() == "The bridge will be closed on Monday"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_long_list_is_paged_through_to_its_end(browse, db, samples, javascript):
    samples.fill(db, samples.many(10))
    page = browse("/?q=river&sort=newest", java_script_enabled=javascript)
    seen = page.locator(".said").all_inner_texts()
    while page.get_by_role("link", name="Next page").count():
        page.get_by_role("link", name="Next page").click()
        seen += page.locator(".said").all_inner_texts()
    assert len(seen) == len(set(seen)) == 50
    page.get_by_role("link", name="First page").click()
    assert "cursor" not in page.url


def test_the_note_of_a_quotation_comes_with_the_pointer_and_with_the_keyboard(browse):
    page = browse("/articles/bridge")
    note = page.locator("#n1")
    assert not note.is_visible()
    page.locator("#q1 .words").hover()
    assert note.is_visible()
    assert "Ana Duarte, mayor. Direct, very likely (0.90)." in note.inner_text()
    page.mouse.move(0, 0)
    assert not note.is_visible()
    page.locator("#q1 .words").focus()
    assert note.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Permalink"
    assert note.is_visible()


def test_each_part_of_a_quotation_in_several_paragraphs_has_the_note(browse, db, samples):
    text = "“One thing\n\nand another,” Ana Duarte said."
    samples.fill(db, [samples.replace(samples.ferry, id="parts", text=text)])
    page = browse("/articles/parts")
    parts = page.locator(".text .q")
    assert parts.locator(".words").all_inner_texts() == ["“One thing", "and another,”"]
    for part in parts.all():
        part.locator(".words").hover()
        assert part.locator(".note").is_visible()
        assert "Ana Duarte" in part.locator(".note").inner_text()
        page.mouse.move(0, 0)


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(browse):
    page = browse("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the contents"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_text_of_ones_own_is_read_on_the_page(browse, javascript):
    page = browse("/try", java_script_enabled=javascript)
    page.get_by_label("News text, in English").fill(
        "“It rains,” Ana Example said.\n“So it does,” Bo Example said."
    )
    page.get_by_role("button", name="Read it").click()
    assert page.locator(".text .words").all_inner_texts() == ["“It rains,”", "“So it does,”"]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_wrong_speaker_is_corrected_on_the_page(browse, addresses, token, javascript):
    page = browse(addresses["quote"], java_script_enabled=javascript)
    page.get_by_text("Report a wrong speaker").click()
    page.get_by_label("Who said it?").select_option(label="Ben Castro")
    page.get_by_label("Why?").fill("A mix-up.")
    page.get_by_label("Your token for corrections").fill(
        token("correct")["Authorization"].removeprefix("Bearer ")
    )
    page.get_by_role("button", name="Correct it").click()
    assert page.locator("figcaption .name").inner_text() == "Ben Castro"
    assert "A mix-up." in page.locator(".history").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_article_that_is_an_attack_shows_as_text(browse, client, db, samples, javascript):
    samples.fill(db, [ATTACK])
    mine = list(client.items("quotes", article="attack"))
    urls = [
        "/?article=attack",
        "/articles/attack",
        "/sources",
        "/speakers",
        *(f"/quotes/{each['id']}" for each in mine),
    ]
    for url in urls:
        page = browse(url, java_script_enabled=javascript)
        assert page.title() != "taken", url
        assert page.locator("main img, main b mayor").count() == 0
        hrefs = page.eval_on_selector_all("a", "links => links.map(link => link.protocol)")
        assert set(hrefs) == {"http:"}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
    page = browse("/articles/attack", java_script_enabled=javascript)
    assert "“<script>document.title = 'taken'</script>" in page.locator(".text").inner_text()
    assert "{{ 7 * 7 }}" in page.locator(".text").inner_text()
    assert len(client.get("/?article=attack").content) < 100_000


def test_a_text_that_is_turned_round_leaves_the_page_around_it_alone(browse, db, samples):
    samples.fill(db, [ATTACK])
    page = browse("/?q=backwards")
    direction = "element => getComputedStyle(element).unicodeBidi"
    assert page.locator(".context p").evaluate(direction) == "isolate"
    places = page.eval_on_selector_all(
        ".meta .badge, .meta time, .meta .sure", "items => items.map(item => item.getBoundingClientRect().x)"
    )
    assert len(places) == 3
    assert places == sorted(places)


@pytest.fixture
def axe(chromium, client):
    """A function that opens a page, does something there, and returns what axe finds."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def look(path, act=lambda page: None, **options):
        context = chromium.new_context(base_url=client.address, bypass_csp=True, **options)
        page = context.new_page()
        page.goto(path)
        act(page)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.evaluate(script)
        found = page.evaluate("axe.run()")["violations"]
        context.close()
        return [
            (each["id"], node["html"], node["failureSummary"]) for each in found for node in each["nodes"]
        ]

    return look


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(axe, addresses, name, scheme):
    assert axe(addresses[name], color_scheme=scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_in_a_text_that_was_read(axe, scheme, width):
    def read(page):
        text = (
            "“It rains,” Ana Example said.\n“So it does,” Bo Example said. “Who knows?,” they said. " + CROWD
        )
        page.get_by_label("News text, in English").fill(text)
        page.get_by_role("button", name="Read it").click()
        assert page.locator(".text .words").count() == 28
        page.locator(".text .words").first.focus()

    assert axe("/try", read, color_scheme=scheme, viewport={"width": width, "height": 900}) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/?q=river", "/?q=river&kind=direct&sort=oldest", "/?q=river&group=speaker"]
)
def test_axe_finds_nothing_serious_on_the_next_page(axe, db, samples, path, scheme):
    samples.fill(db, [*samples.many(12), samples.replace(samples.ferry, id="crowd", text=CROWD)])

    def turn(page):
        page.get_by_role("link", name="Next page").click()
        page.get_by_role("link", name="First page").wait_for()

    assert axe(path, turn, color_scheme=scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_nothing_was_found_or_a_correction_was_refused(
    axe, addresses, scheme
):
    for path in ("/speakers?q=qqqq", "/sources?outlet=nowhere", "/?q=Ben+Casto", "/?q=bridge+captain"):
        assert axe(path, color_scheme=scheme) == [], path

    def report(page):
        page.get_by_text("Report a wrong speaker").click()
        page.get_by_label("Why?").fill("A mix-up.")
        page.get_by_role("button", name="Correct it").click()
        assert page.get_by_role("alert").is_visible()

    assert axe(addresses["quote"], report, color_scheme=scheme) == []


def test_no_two_speakers_of_an_article_look_the_same_on_the_screen_or_on_paper(browse, db, samples):
    samples.fill(db, [samples.replace(samples.ferry, id="crowd", text=CROWD)])
    page = browse("/articles/crowd")
    looks = """
        words => words.map(each => [
            getComputedStyle(each).backgroundColor, getComputedStyle(each, "::after").content
        ].join())
    """
    shown = page.eval_on_selector_all(".text .words", looks)
    assert len(set(shown)) == len(shown) == 25
    assert len({look.rpartition(")")[0] for look in shown}) == 10
    legend = page.locator(".voices .swatch").all_inner_texts()
    assert legend == [f"{number}" for number in range(1, 26)]
    names = page.locator(".voices a").all_inner_texts()
    assert [page.locator(".text .words").nth(n).get_attribute("data-voice") for n in range(25)] == legend
    assert names == page.locator(".text .note strong").all_text_contents()
    page.emulate_media(media="print")
    shown = page.eval_on_selector_all(".text .words", looks)
    assert len(set(shown)) == 25
    assert "data-voice" not in page.content().partition('class="legend"')[2].partition("</section>")[0]


def test_a_page_that_comes_from_the_browsers_own_store_is_as_it_was(browse):
    page = browse("/speakers")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("link", name="Sources").click()
    page.get_by_role("link", name="Speakers").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == colour


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(chromium, client, addresses, name):
    context = chromium.new_context(base_url=client.address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(addresses[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_valid_small_and_waits_for_nothing_but_its_style(client, addresses, name):
    answer = client.get(addresses[name], headers={"Accept": "text/html", "Accept-Encoding": "identity"})
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(answer.content, transport_encoding="utf-8")
    assert [(place, code) for place, code, _ in parser.errors] == []
    ids = re.findall(r'\sid="([^"]*)"', answer.text)
    assert len(ids) == len(set(ids))
    assert len(answer.content) < 100_000
    head = answer.text.partition("</head>")[0]
    assert head.count('<link rel="stylesheet"') == 1
    assert all("defer" in each or "ld+json" in each for each in re.findall(r"<script[^>]*>", answer.text))
    levels = [int(level) for level in re.findall(r"<h(\d)", answer.text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert re.search(r'<html lang="en">', answer.text)
    assert re.search(r'<main id="main"', answer.text)


def test_a_printed_page_leaves_out_what_paper_cannot_do(browse, addresses):
    page = browse(addresses["article"])
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert page.locator(".listing").is_visible()


def test_a_printed_quotation_has_its_marks_and_its_address_and_no_empty_headings(browse, addresses):
    page = browse(addresses["quote"])
    page.emulate_media(media="print")
    assert page.locator(".said p").bounding_box()["x"] > 5  # the mark hangs to the left of it
    assert page.locator(".paper").inner_text() == page.url
    for heading in ("Cite it", "Corrections"):
        assert not page.get_by_role("heading", name=heading).is_visible()
    assert page.get_by_role("heading", name="What it rests on").is_visible()
    assert page.locator(".place").inner_text() == "A bridge is closed"


def test_a_printed_chart_has_a_key_in_its_colours(browse, addresses):
    page = browse(addresses["sources"])
    page.emulate_media(media="print")
    borders = page.eval_on_selector_all(
        "#main figure:first-of-type .key .swatch",
        "all => all.map(each => getComputedStyle(each).borderColor)",
    )
    fills = page.eval_on_selector_all(
        "#main figure:first-of-type rect", "all => all.map(each => getComputedStyle(each).fill)"
    )
    assert set(fills) <= set(borders)
    assert len(set(borders)) >= 3


def test_on_a_phone_the_results_of_a_narrow_search_are_in_sight(browse):
    page = browse("/?q=ferry&kind=direct&from=2021", viewport={"width": 390, "height": 844})
    assert page.locator(".said").first.bounding_box()["y"] < 600
