"""The search page as any client gets it: what it finds, how it leads on, what it says when it finds nothing."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

CLOSED = "The bridge will be closed on Monday"
MONEY = "We have no money for a new one"
LATE = "the ferry is late"
NEVER = "The ferry is never late"
CAPTAIN = "Nobody asked the captain"
CAFE = "The café is open"


def as_shown(texts):
    """Return what was said without the comma before “she said”."""
    return [text.removesuffix(",") for text in texts]


@pytest.fixture
def page(client):
    """A function from an address to the page there, with what is on it."""

    class Page:
        def __init__(self, url, **params):
            self.answer = client.get(url, params=params, headers={"Accept": "text/html"})
            self.html = self.answer.text
            self.said = [
                unescape(re.sub(r"<.*?>", "", each))
                for each in re.findall(r'<blockquote class="said \w+"><p>(.*?)</p>', self.html, re.DOTALL)
            ]
            self.links = {
                unescape(re.sub(r"<.*?>", "", text)).strip(): unescape(address)
                for address, text in re.findall(
                    r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', self.html, re.DOTALL
                )
            }
            self.text = " ".join(unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

        def follow(self, name):
            return Page(self.links[name])

    return Page


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": "ferry"},
        {"q": "speaker:duarte bridge"},
        {"q": "ferry -never", "sort": "oldest"},
        {"speaker": "duarte", "sort": "oldest"},
        {"role": "minister"},
        {"kind": "indirect"},
        {"outlet": "example weekly"},
        {"from": "2021-07"},
        {"to": "2021"},
        {"min_confidence": "0.5", "article": "bridge"},
        {"act": "speech", "from": "2021", "to": "2021"},
    ],
)
def test_a_page_shows_what_the_api_lists_for_the_same_question(client, page, params):
    shown = page("/", **params)
    assert shown.answer.status_code == 200
    assert shown.said == as_shown(client.texts(**params))
    for name in ("CSV", "JSON Lines", "API", "Atom feed"):
        assert client.get(shown.links[name]).status_code == 200
    assert as_shown(each["text"] for each in client.get(shown.links["API"]).json()["items"]) == shown.said


def test_empty_fields_of_the_form_are_left_out_of_the_address(client):
    answer = client.get("/?q=ferry&speaker=&role=&kind=&from=&sort=")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?q=ferry")


def test_what_networks_add_to_an_address_that_is_shared_is_left_out_of_it(client):
    for path in ("/", "/speakers", "/sources"):
        answer = client.get(
            f"{path}?fbclid=abc&utm_source=mail&{'q' if path != '/sources' else 'outlet'}=river"
        )
        assert answer.status_code == 303
        assert answer.headers["Location"].partition("?")[2] in ("q=river", "outlet=river")


def test_a_search_is_echoed_in_words_each_with_a_link_to_leave_it_out(page):
    shown = page("/", q="speaker:duarte ferry kind:direct date:2022")
    for words in ("with “ferry”", "by “duarte”", "quoted directly", "in 2022"):
        assert words in shown.text
    address = re.search(r'href="([^"]*)" aria-label="Leave out: quoted directly"', shown.html)[1]
    left = parse_qs(urlsplit(unescape(address)).query)
    assert left == {"q": ["ferry"], "speaker": ["duarte"], "from": ["2022-01-01"], "to": ["2022-12-31"]}


def test_what_matches_is_marked_whatever_its_case_and_accents(page):
    assert "The <mark>café</mark> is open<" in page("/", q="CAFE").html
    assert "<mark>closed</mark>" in page("/", q="clos*").html
    assert "<mark>ferry</mark> <mark>is</mark> never" in page("/", q='"ferry is"').html


def test_what_matches_is_marked_in_the_name_and_in_the_role_too(page):
    html = page("/", q="castro").html
    assert "<bdi>Ben <mark>Castro</mark></bdi>" in html
    assert "<bdi>finance <mark>minister</mark></bdi>" in page("/", q="minister").html
    assert "<bdi>Ben <mark>Castro</mark></bdi></a></h3>" in page("/", q="castro", group="speaker").html


def test_the_sentence_around_is_there_on_demand(page):
    shown = page("/", q="bridge")
    assert "In its sentence" in shown.text
    assert "<mark>“The bridge will be closed on Monday,”</mark> the mayor, Ana Duarte said." in shown.html


def test_facets_lead_to_fewer_and_a_chosen_one_back(page):
    shown = page("/")
    one = shown.follow("Ana Duarte")
    narrowed = page(re.search(r'href="(/\?speaker=[^"]*)"><bdi>Ana Duarte', shown.html)[1])
    assert narrowed.said == [NEVER, CLOSED]
    assert one.answer.status_code == 200
    year = page(re.search(r'href="([^"]*)"><bdi>2021', shown.html)[1].replace("&amp;", "&"))
    assert year.said == [CLOSED, MONEY, LATE]
    assert 'aria-current="true"><bdi>2021' in year.html
    assert page("/", kind="direct", outlet="Example Weekly").said == [NEVER, CAPTAIN]


def test_results_can_be_grouped_by_speaker(page):
    shown = page("/", group="speaker")
    assert shown.said[:2] == [NEVER, CLOSED]
    assert LATE not in shown.said
    assert shown.text.index("Ana Duarte") < shown.text.index("Ben Castro")


def test_a_group_says_who_in_what_role_how_often_and_from_when_to_when(page):
    shown = page("/", group="speaker")
    assert "Ana Duarte mayor 2 quotations 29 June 2021 – 3 January 2022" in shown.text
    assert "Carla Duarte captain 1 quotation 3 January 2022" in shown.text
    assert "1–4 of 4 speakers, the most quoted first" in shown.text
    assert "1 quotation without a clear speaker is only in the one list" in shown.text


def test_groups_are_paged_through_with_the_same_filters_until_every_speaker_was_shown(
    page, db, samples, client
):
    people = [
        f"“The river {n} rises,” {chr(65 + n // 26)}nn Surname{chr(97 + n % 26)}x said." for n in range(30)
    ]
    samples.fill(db, [samples.replace(samples.ferry, id="many", text=" ".join(people))])
    shown = page("/", q="river", kind="direct", sort="oldest", group="speaker")
    assert "1–12 of 30 speakers" in shown.text
    names: list[str] = []
    while True:
        names += re.findall(r'<h3 id="g\d+"><a href="[^"]*"><bdi>(.*?)</bdi>', shown.html)
        assert 'value="river"' in shown.html
        if "Next page" not in shown.links:
            break
        shown = shown.follow("Next page")
        assert shown.answer.status_code == 200
    assert "25–30 of 30 speakers" in shown.text
    assert len(names) == len(set(names)) == 30
    assert "1–12 of 30 speakers" in shown.follow("First page").text


def test_what_was_too_much_to_look_at_all_of_is_said(page, monkeypatch):
    from api.pages import search
    from quotes.store import grouping

    monkeypatch.setattr(grouping, "GROUPED", 3)
    monkeypatch.setattr(search, "GLANCE", 4)
    shown = page("/", q="the")
    assert "5 quotations" in shown.text
    assert "Counted among the 4 added last" in shown.text
    assert "Counted among the newest 4" in page("/").text
    shown = page("/", q="the", kind="direct", group="speaker")
    assert "More than 2 quotations" in shown.text
    assert "Counted among the 3 added last: narrow the search down to group all of it" in shown.text


def test_the_next_page_goes_on_with_the_same_filters(client, page, db, samples):
    samples.fill(db, samples.many(12))
    shown = page("/", q="river", kind="direct")
    found = list(shown.said)
    while "Next page" in shown.links:
        shown = shown.follow("Next page")
        assert shown.answer.status_code == 200
        assert 'value="river"' in shown.html
        found += shown.said
    assert found == as_shown(client.texts(q="river", kind="direct", limit=200))
    assert len(found) == 60


def test_a_search_that_finds_nothing_says_what_to_leave_out(page):
    shown = page("/", q="bridge", outlet="Example Weekly", kind="direct")
    assert "Nothing was found" in shown.text
    assert "Without the outlet Example Weekly : 1 quotation" in shown.text
    assert page(shown.links["Without the outlet Example Weekly"]).said == [CLOSED]
    assert "Without the kind “Direct”" not in shown.links
    assert "ask for less" not in page("/", q="zzz").text
    words = page("/", q="bridge captain")
    assert page(words.links["Without the word “captain”"]).said == [CLOSED]


def test_where_leaving_out_one_thing_does_not_help_each_is_asked_alone(page):
    shown = page("/", q="bridge zzz", speaker="Nobody Atall", kind="direct")
    assert "Without" not in shown.text
    assert page(shown.links["Only quoted directly"]).said == page("/", kind="direct").said
    assert "Only by “Nobody Atall”" not in shown.links


def test_a_misspelt_name_brings_the_nearest(page):
    assert page("/", q="Ben Casto").follow("Ben Castro").said == [MONEY]
    assert page("/", speaker="Ben Casto").text.count("Did you mean Ben Castro") == 1


def test_a_name_that_fits_several_brings_each(page):
    shown = page("/", speaker="duarte")
    assert "Several speakers are called that: Ana Duarte 2 , Carla Duarte 1" in shown.text
    assert shown.follow("Carla Duarte").answer.status_code == 200


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"kind": "loud"}, "kind"),
        ({"q": "speeker:duarte"}, "did you mean speaker:?"),
        ({"from": "2022", "to": "2021"}, "exchange the two"),
        ({"q": '"ferry'}, "never closed"),
        ({"color": "red"}, "no such parameter"),
        ({"cursor": "abc"}, "start again without it"),
        ({"q": ["ferry", "river"]}, "given more than once"),
    ],
)
def test_what_cannot_be_asked_is_said_on_the_form(page, params, sentence):
    shown = page("/", **params)
    assert shown.answer.status_code == 422
    assert sentence in shown.text
    assert shown.html.count('role="alert"') == 1
    assert shown.answer.headers["Content-Type"].startswith("text/html")


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    first = client.get("/?q=ferry")
    again = client.get("/?q=ferry", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_style_and_script_are_kept_for_good_and_nothing_comes_from_elsewhere(client, page):
    html = page("/").html
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]*)"', html)
    answer = client.get(style)
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(style.replace("/static/", "/static/x")).status_code == 404
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)
    assert not re.search(r"<style|style=|\son\w+=", html)
    assert "url(" not in answer.text
    assert "@import" not in answer.text


def test_an_empty_database_says_how_to_fill_it(serve, tmp_path, samples):
    from api import Settings

    samples.fill(tmp_path / "empty.db", [])
    answer = serve(Settings(tmp_path / "empty.db")).get("/")
    assert answer.status_code == 200
    assert "There is nothing here yet" in answer.text


def test_a_private_server_shows_its_pages_to_nobody_without_a_token(serve, settings, samples, token):
    private = serve(samples.replace(settings, private=True))
    for url in ("/", "/speakers", "/sources", "/articles/bridge", "/try"):
        assert private.get(url, headers={"Accept": "text/html"}).status_code == 401, url
        assert private.get(url, headers=token("read")).status_code == 200, url
