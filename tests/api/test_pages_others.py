"""Speakers, articles, quotations, sources and texts of one's own, as any client gets them."""

import re
from html import unescape

import orjson
import pytest

from api.pages.charts import over_time

HTML = {"Accept": "text/html"}


@pytest.fixture
def text_of(client):
    """A function from an address to the words on the page there."""

    def get(url, **options):
        answer = client.get(url, headers=HTML, **options)
        assert answer.status_code == 200, answer.text
        return " ".join(unescape(re.sub(r"<[^>]*>", "", answer.text)).split())

    return get


@pytest.fixture
def id_of(client):
    """A function from some words to the id of the quotation that holds them."""
    return lambda words: client.items("quotes", q=words)[0]["id"]


def test_speakers_are_listed_the_most_quoted_first_and_found_by_name(client, text_of):
    shown = text_of("/speakers")
    assert shown.index("Ana Duarte") < shown.index("Ben Castro")
    assert "Ben Castro" not in text_of("/speakers?q=duarte")
    assert "Nobody is called “Ben Casto”: these are called “Ben Castro”" in text_of("/speakers?q=Ben+Casto")
    assert "Nobody was found" in text_of("/speakers?q=qqqq")


def test_a_speaker_is_listed_with_the_role_that_says_most(client, text_of, db, samples):
    more = samples.replace(
        samples.ferry,
        id="more",
        text="“The ferry stays,” the harbour and ferry minister, Ben Castro said. "
        "“It goes,” the hero, Ana Duarte said.",
    )
    samples.fill(db, [more])
    assert client.items("speakers", q="castro")[0]["role"] == "harbour and ferry minister"
    assert client.get("speakers.csv").text.splitlines()[0] == "id,name,kind,role,names,quotations,first,last"
    assert "Ana Duarte mayor" in text_of("/speakers")
    for url in ("/speakers", "/sources", "/?group=speaker"):
        html = client.get(url).text
        assert "harbour and ferry minister" in html, url
    speaker = client.items("speakers", q="castro")[0]["id"]
    assert client.get(f"speakers/{speaker}").json()["role"] == "harbour and ferry minister"


def test_the_list_of_speakers_goes_on(client, db, samples):
    people = [f"“It is so,” {chr(65 + n // 26)}nn Surname{chr(97 + n % 26)}x said." for n in range(60)]
    samples.fill(db, [samples.replace(samples.ferry, id="many", text=" ".join(people))])
    first = client.get("/speakers", headers=HTML).text
    second = client.get(unescape(re.search(r'rel="next" class="go" href="([^"]*)"', first)[1])).text
    names = re.findall(r"<a [^>]*><bdi>(\w+ \w+)</bdi>", first + second)
    assert len(names) == len(set(names)) == 64


def test_a_speaker_has_roles_over_time_a_chart_with_its_numbers_and_a_feed(client, text_of):
    (ana,) = client.items("speakers", q="ana")
    shown = text_of(f"/speakers/{ana['id']}")
    assert "2 quotations, from 29 June 2021 to 3 January 2022" in shown
    assert "29 June 2021 mayor" in shown
    html = client.get(f"/speakers/{ana['id']}").text
    assert html.count('<rect class="s0"') == 2
    assert re.search(r'<tr><th scope="row">June 2021</th><td class="n">1</td>', html)
    feed = unescape(re.search(r'type="application/atom\+xml"[^>]*href="([^"]*)"', html)[1])
    assert client.get(feed).text.count("<entry>") == 2


def test_what_a_speaker_repeats_is_shown_once_with_how_often(client, text_of, db, samples):
    again = samples.replace(samples.ferry, id="again", text="“The ferry is NEVER -- late.” Ana Duarte said.")
    samples.fill(db, [again])
    (ana,) = client.items("speakers", q="ana")
    assert "2 times in 2 articles" in text_of(f"/speakers/{ana['id']}")
    assert '<blockquote class="said direct"><p>The ferry is ' in client.get(f"/speakers/{ana['id']}").text


def test_an_article_shows_its_text_with_every_quotation_marked(client, samples):
    html = client.get("/articles/bridge").text
    body = re.search(r'<div class="text">(.*?)</div>', html, re.DOTALL)[1]
    notes = re.findall(r'<span class="note".*?</a></span>', body, re.DOTALL)
    plain = unescape(
        re.sub(r"<[^>]*>", "", re.sub(r'<span class="note".*?</a></span>', "", body, flags=re.DOTALL))
    )
    assert " ".join(plain.split()) == samples.bridge.text
    assert [re.search(r"<bdi>(.*?)</bdi>", note)[1] for note in notes] == [
        "Ana Duarte",
        "Ben Castro",
        "Speaker not clear",
    ]
    assert html.count('<span class="cue">said</span>') == 3
    assert '<span class="source">Ana Duarte</span>' in html
    assert 'href="https://example.org/bridge?a=1"' in html
    assert 'href="https://web.archive.org/web/20210629/https://example.org/bridge?a=1"' in html


def test_an_article_whose_id_holds_slashes_and_spaces_has_a_page(client, text_of):
    assert "The café is open," in text_of("/articles/notes%2F2021%20a")
    assert (
        client.get(re.search(r'href="(/articles/notes[^"#]*)', client.get("/?q=cafe").text)[1]).status_code
        == 200
    )


def test_a_quotation_has_a_page_to_cite(client, text_of, id_of):
    quote_id = id_of("bridge")
    html = client.get(f"/quotes/{quote_id}").text
    (linked,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    data = orjson.loads(linked)
    assert data["@type"] == "Quotation"
    assert data["creator"] == {"@type": "Person", "name": "Ana Duarte", "jobTitle": "mayor"}
    assert data["url"] == f"{client.address}/quotes/{quote_id}"
    assert '<meta property="og:title" content="Ana Duarte, mayor">' in html
    (picture,) = re.findall(r'<meta property="og:image" content="([^"]*)">', html)
    assert picture.startswith(client.address)
    assert client.get(picture.removeprefix(client.address)).headers["Content-Type"] == "image/png"
    assert (
        "“The bridge will be closed on Monday” — Ana Duarte, mayor "
        "(The Example Post, “A bridge is closed”, 29 June 2021)" in unescape(html)
    )
    assert "#:~:text=" in html
    assert "https://web.archive.org/web/20210629/https://example.org/bridge?a=1" in html
    shown = text_of(f"/quotes/{quote_id}")
    assert "Others who speak in the articleBen Castro" in shown
    assert "very likely" in shown.lower()
    assert "Nobody has corrected it." in shown


def test_a_wrong_speaker_can_be_reported_by_whoever_has_a_token(client, text_of, id_of, token):
    quote_id = id_of("ferry is late")
    form = {
        "what": "speaker",
        "speaker": "other",
        "name": "Dora Example",
        "speaker_kind": "person",
        "reason": "Heard it.",
    }
    secret = token("correct")["Authorization"].removeprefix("Bearer ")
    refused = client.post(f"/quotes/{quote_id}", data=form, headers=HTML)
    assert refused.status_code == 422
    assert "A correction needs your token for corrections: ask whoever runs this server" in refused.text
    refused = client.post(f"/quotes/{quote_id}", data=form | {"token": "guessed"}, headers=HTML)
    assert refused.status_code == 422
    assert "The token is not one for corrections" in refused.text
    assert 'value="Dora Example"' in refused.text
    answer = client.post(f"/quotes/{quote_id}", data=form | {"token": secret})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/quotes/{quote_id}")
    shown = text_of(f"/quotes/{quote_id}")
    assert "the desk: speaker from nobody to Dora Example. Heard it." in shown
    assert secret not in client.get(f"/quotes/{quote_id}").text


def test_before_anything_is_filled_in_the_form_says_what_it_takes_to_correct(
    client, text_of, id_of, serve, settings, samples
):
    url = f"/quotes/{id_of('bridge')}"
    shown = text_of(url)
    said = "To correct it here takes a token for corrections, which whoever runs this server gives out."
    assert shown.index(said) < shown.index("What is wrong?")
    reading = serve(samples.replace(settings, read_only=True))
    answer = reading.get(url, headers=HTML).text
    assert "This server takes no corrections" in answer
    assert "<form" not in answer


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Say why"),
        ({"what": "nothing"}, "Choose what is wrong"),
        ({"speaker": "other", "name": ""}, "Write the name"),
        ({"what": "kind", "kind": "direct"}, "so already"),
    ],
)
def test_a_report_that_says_too_little_is_asked_for_more(client, id_of, token, changes, sentence):
    secret = token("correct")["Authorization"].removeprefix("Bearer ")
    form = {"what": "speaker", "speaker": "nobody", "reason": "Wrong.", "token": secret} | changes
    answer = client.post(f"/quotes/{id_of('bridge')}", data=form, headers=HTML)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_rejected_quotation_keeps_its_page_and_says_so(client, text_of, id_of, token):
    quote_id = id_of("captain")
    secret = token("correct")["Authorization"].removeprefix("Bearer ")
    client.post(f"/quotes/{quote_id}", data={"what": "rejected", "reason": "A joke.", "token": secret})
    assert "this is no quotation" in text_of(f"/quotes/{quote_id}")
    assert "found to be no quotation" in text_of(f"/quotes/{quote_id}")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}])
def test_no_other_site_can_send_a_form(client, id_of, headers):
    for url in ("/try", f"/quotes/{id_of('bridge')}"):
        assert client.post(url, data={"text": "“So,” Ana Duarte said."}, headers=headers).status_code == 400


def test_a_text_of_ones_own_is_read_and_not_kept(client):
    before = client.get("stats").json()
    answer = client.post(
        "/try", data={"text": "“It rains,” Ana Example said.\r\n\r\n“So it does,” Bo Example said."}
    )
    assert answer.status_code == 200
    assert answer.text.count('class="note"') == 2
    assert "<bdi>Bo Example</bdi>" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("stats").json() == before


def test_a_text_that_is_none_or_too_long_is_refused_in_a_sentence(client):
    assert client.post("/try", data={"text": "  "}, headers=HTML).status_code == 422
    long = client.post("/try", data={"text": "word " * 50_000}, headers=HTML)
    assert long.status_code == 413
    assert "send it in parts" in long.text
    assert client.post("/try", data={"text": "So.", "published": "soon"}).status_code == 422


def test_as_long_a_text_as_the_server_takes_can_be_sent(client):
    answer = client.post("/try", data={"text": "“Так,” Ana Example said. " + "слово " * 33_000})
    assert answer.status_code == 200
    assert "1 quotation" in answer.text


def test_sources_are_counted_by_kind_speaker_role_outlet_and_time(client, text_of):
    shown = text_of("/sources")
    assert "6 quotations. 17% have no speaker that the article makes clear" in shown
    assert "AnaDuartemayor233%" in shown.replace(" ", "")
    assert "Namedpeople583%" in shown.replace(" ", "")
    html = client.get("/sources").text
    assert (
        '<th scope="row">June 2021</th><td class="n">2</td><td class="n">0</td><td class="n">1</td>' in html
    )
    assert "Outlets: kinds of source" in shown
    chart = html.partition("Kinds of source, by month</figcaption>")[2].partition("</figure>")[0]
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', chart) == [
        "Month", "Unnamed", "Organizations", "Named people", "Documents", "Not clear", "All",
    ]  # fmt: skip
    (june,) = re.findall(r'<tr><th scope="row">June 2021</th>(.*?)</tr>', chart)
    assert re.findall(r">(\d+)<", june) == ["0", "0", "2", "0", "1", "3"]
    assert "3 quotations in The Example Post" in text_of("/sources?outlet=The+Example+Post")
    assert "2 quotations from 1 January 2022" in text_of("/sources?from=2022&by=year")
    assert "Nothing was found" in text_of("/sources?outlet=nowhere")
    assert client.get("/sources?from=2022&to=2021", headers=HTML).status_code == 422


def test_a_chart_over_time_says_how_many_have_no_date(client, text_of):
    assert text_of("/sources").count("1 quotation without a date is not in it") == 2
    assert "without a date" not in text_of("/sources?from=2021")
    (jose,) = client.items("speakers", q="núñez")
    (ana,) = client.items("speakers", q="ana")
    assert "not in it" not in text_of(f"/speakers/{ana['id']}")
    assert "1 quotation" in text_of(f"/speakers/{jose['id']}")


def test_less_than_two_years_are_labelled_by_month_and_more_by_year():
    def labels(first, last):
        chart = over_time({first: {"direct": 1}, last: {"direct": 1}}, ["direct"])
        return [column.label for column in chart.columns if column.label]

    assert labels("2023-05", "2024-02") == ["May 2023", "Jul 2023", "Sep 2023", "Nov 2023", "Jan 2024"]
    assert labels("2023-05", "2023-06") == ["May 2023", "Jun 2023"]
    assert labels("2022-05", "2024-02") == ["2023", "2024"]
    assert labels("2014-01", "2023-12") == ["2014", "2016", "2018", "2020", "2022"]
    assert labels("2001-01", "2023-12")[:2] == ["2001", "2004"]


@pytest.mark.parametrize("url", ["/nowhere", "/quotes/none", "/speakers/none", "/articles/none"])
def test_what_is_not_there_is_said_on_a_page_to_people_and_in_json_to_programs(client, url):
    page = client.get(url, headers=HTML)
    assert page.status_code == 404
    assert page.headers["Content-Type"].startswith("text/html")
    assert 'role="alert"' in page.text
    assert client.get(url).headers["Content-Type"].startswith("application/problem+json")
