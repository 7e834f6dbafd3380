"""``quotes browse``: a real Datasette, in a process of its own, over the snapshot of a real database."""

import re
import signal
import subprocess
import sys
import threading
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests
from store.made_up import VERSION, Writer

from quotes.model import Speaker
from quotes.store import Store

pytestmark = pytest.mark.skipif(find_spec("datasette") is None, reason="needs quote-tracker[browse]")

ROOT = Path(__file__).parents[1]
ANA = Speaker("Ana Duarte", "person", ("Ana Duarte", "Mayor Duarte"), ("mayor of Rivertown",))
ANA_LATER = Speaker("Ana Duarte", "person", ("Ana Duarte",), ("finance minister",))
BEN = Speaker("Ben Castro", "person", ("Ben Castro",), ("captain of the ferry",))
ATTACK = Speaker("<script>alert(1)</script>", "person", ("<script>alert(1)</script>",), ("<b>hacker</b>",))

READINGS = (
    Writer()
    .add("The bridge will be closed on Monday", ANA, "mayor of Rivertown")
    .add("Nobody asked the captain about the bridge", BEN, "captain of the ferry")
    .add("the ferry is late", None, kind="indirect", confidence=0.4)
    .reading(
        "bridge", date(2021, 6, 29), outlet="The Example Post", title="A bridge", url="https://example.org/b"
    ),
    Writer()
    .add("The bridge will be closed on Monday", ANA, "mayor of Rivertown")
    .add("the budget is not what it was", None, kind="indirect", confidence=0.6)
    .reading("wire/copy 2", date(2021, 6, 30), outlet="The Sample Times", title="Closed"),
    Writer()
    .add("There is money for a new bridge", ANA_LATER, "finance minister", kind="mixed")
    .add("<img src=x onerror=alert(1)> ⟦<i>marked</i>⟧ the end", ATTACK, "<b>hacker</b>")
    .reading(
        "budget",
        date(2023, 2, 1),
        outlet="The Example Post",
        title="<h1>Budget</h1>",
        url="javascript:alert(1)",
    ),
)


class Browser:
    """Datasette in a process of its own, and its pages."""

    def __init__(self, folder, *options):
        command = [sys.executable, "-m", "quotes", "browse", "--port", "0", *options]
        self.process = subprocess.Popen(
            command, cwd=folder, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.log = []
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"browse them at (http://\S+)/;", line):
                self.url = found[1]
                # Whatever it says from now on must not fill the pipe and hold it up.
                self.drain = threading.Thread(target=self.process.stderr.read)
                self.drain.start()
                return
        raise AssertionError("".join(self.log))

    def get(self, path, **params):
        return requests.get(f"{self.url}{path}", params=params, timeout=30, allow_redirects=True)

    def table(self, name, **params):
        answer = self.get(f"/made-up-snapshot/{name}.json", _shape="array", **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, question, **params):
        """Ask a question on its page and as JSON; return the rows of the latter."""
        assert self.get(f"/made-up-snapshot/{question}", **params).status_code == 200
        return self.table(question, **params)

    def stop(self, by=signal.SIGINT):
        self.process.send_signal(by)
        status = self.process.wait(30)
        self.drain.join()
        self.process.stderr.close()
        return status


def environment():
    return [str(ROOT)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browse")
    with Store.open(folder / "made-up.db") as store:
        for reading in READINGS:
            store.save(reading, VERSION)
        (unsure,) = [row for row in store.article_quotes("wire/copy 2") if row.speaker is None]
        store.correct(unsure.id, {"kind": "mixed"}, by="Carla Evans", reason="has a quotation mark")
    return folder


@pytest.fixture(scope="module")
def browser(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        browser = Browser(folder, "--db", "made-up.db")
    yield browser
    browser.stop()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/made-up-snapshot",
        *(
            f"/made-up-snapshot/{table}"
            for table in (
                *("who_said_what", "speakers_quoted", "roles_held", "articles", "same_words"),
                *("corrections_made", "snapshot"),
            )
        ),
        "/made-up-snapshot/articles/wire~2Fcopy~202",
        "/made-up-snapshot/who_said_what/1",
        "/-/dashboards/who-gets-quoted",
        "/-/quotes-browsing/browse.css",
    ],
)
def test_every_page_answers(browser, path):
    assert browser.get(path).status_code == 200


def test_every_column_of_every_table_is_described(browser):
    tables = browser.get("/made-up-snapshot.json").json()["tables"]
    described = browser.get("/-/metadata.json").json()["databases"]["made-up-snapshot"]["tables"]
    shown = {table["name"]: set(table["columns"]) for table in tables if not table["hidden"]}
    keys = {"who_said_what": {"number"}, "same_words": {"number"}}
    assert {name: columns - keys.get(name, set()) for name, columns in shown.items()} == {
        name: set(described[name]["columns"]) for name in shown
    }
    assert all(described[name]["title"] and described[name]["description"] for name in shown)


def test_only_tables_worth_reading_are_listed(browser):
    tables = browser.get("/made-up-snapshot.json").json()["tables"]
    assert {table["name"] for table in tables if not table["hidden"]} == {
        *("who_said_what", "speakers_quoted", "roles_held", "articles", "same_words"),
        *("corrections_made", "snapshot"),
    }


def test_quotations_are_counted_by_speaker_role_outlet_year_and_kind(browser):
    facets = browser.get("/made-up-snapshot/who_said_what.json").json()["facet_results"]
    counted = {
        name: {row["value"]: row["count"] for row in facet["results"]} for name, facet in facets.items()
    }
    assert list(counted) == ["who", "role", "outlet", "year", "kind"]
    assert counted["who"]["Ana Duarte"] == 3
    assert counted["outlet"] == {"The Example Post": 5, "The Sample Times": 2}
    assert counted["year"] == {2021: 5, 2023: 2}
    assert counted["kind"] == {"direct": 4, "mixed": 2, "indirect": 1}
    assert counted["role"]["mayor of Rivertown"] == 2


def test_facets_narrow_down(browser):
    rows = browser.table(
        "who_said_what", who="Ana Duarte", year="2021", kind="direct", outlet="the sample times"
    )
    assert [row["article_id"] for row in rows] == ["wire/copy 2"]


def test_the_latest_quotations_come_first(browser):
    dates = [row["date"] for row in browser.table("who_said_what")]
    assert dates == sorted(dates, reverse=True)


def test_a_table_is_searched_as_the_command_searches(browser):
    def found(words):
        return {row["what"] for row in browser.table("who_said_what", _search=words)}

    assert found("bridge -closed") == {
        "Nobody asked the captain about the bridge,",
        "There is money for a new bridge",
    }
    assert len(found("duarte bridge")) == 2
    assert len(found('"new bridge"')) == 1
    assert len(found("bri*")) == 3
    assert found("zeppelin") == set()
    assert [row["who"] for row in browser.table("speakers_quoted", _search="mayor duarte")] == ["Ana Duarte"]


def test_a_name_leads_to_its_speaker_an_id_to_its_quotation_and_a_title_to_the_words_in_the_article(browser):
    page = browser.get("/made-up-snapshot/who_said", words="captain").text
    (row,) = browser.table("who_said_what", who="Ben Castro")
    assert f'<a href="/made-up-snapshot/speakers_quoted/{row["speaker_id"]}">Ben Castro</a>' in page
    assert f'<a href="/made-up-snapshot/who_said_what?id={row["id"]}">{row["id"]}</a>' in page
    assert [row["id"]] == [found["id"] for found in browser.table("who_said_what", id=row["id"])]
    fragment = "#:~:text=Nobody%20asked%20the%20captain%20about%20the%20bridge%2C"
    assert f'<a href="https://example.org/b{fragment}">A bridge</a>' in page


def test_a_speaker_who_is_not_clear_is_said_to_be_so(browser):
    assert "<em>not clear</em>" in browser.get("/made-up-snapshot/who_said", words="ferry").text


def test_a_question_without_an_answer_says_what_to_do(browser):
    def advice(question, **params):
        return re.search(
            'zero-results">([^<]*)', browser.get(f"/made-up-snapshot/{question}", **params).text
        )[1]

    assert advice("who_said") == "Fill in the form to see answers."
    assert advice("what_did_they_say", words="bridge") == "Fill in the form to see answers."
    assert advice("who_said", words="zeppelin") == "Nothing was found: try fewer words, or part of a name."


def test_a_quotation_leads_to_its_speaker_and_its_article(browser):
    page = browser.get("/made-up-snapshot/who_said_what", who="Ana Duarte").text
    (speaker,) = browser.table("speakers_quoted", who="Ana Duarte")
    assert f'<a href="/made-up-snapshot/speakers_quoted/{speaker["speaker_id"]}">Ana Duarte</a>' in page
    assert '<a href="/made-up-snapshot/articles/wire~2Fcopy+2">Closed</a>' in page


def test_who_said_something(browser):
    rows = browser.ask("who_said", words="bridge monday")
    assert {(row["who"], row["what"], row["outlet"]) for row in rows} == {
        ("Ana Duarte", "The ⟦bridge⟧ will be closed on ⟦Monday⟧,", outlet)
        for outlet in ("The Example Post", "The Sample Times")
    }
    assert "<mark>bridge</mark>" in browser.get("/made-up-snapshot/who_said", words="bridge").text


def test_who_said_something_looks_in_the_words_alone(browser):
    assert browser.ask("who_said", words="duarte") == []
    assert [row["who"] for row in browser.ask("who_said", words="what -bridge -ferry")] == [None]


def test_what_somebody_said(browser):
    rows = browser.ask("what_did_they_say", speaker="duarte", words="")
    assert [row["date"] for row in rows] == ["2023-02-01", "2021-06-30", "2021-06-29"]
    assert [row["date"] for row in browser.ask("what_did_they_say", speaker="Duarte", words="money")] == [
        "2023-02-01"
    ]
    assert browser.ask("what_did_they_say", speaker="", words="bridge") == []


def test_the_same_words_in_several_outlets(browser):
    (row,) = browser.ask("same_words_in_several_outlets", at_least="")
    assert (row["said_by"], row["outlets"], row["articles"]) == ("Ana Duarte", 2, 2)
    assert len(browser.table("who_said_what", same_words=row["same_words"])) == 2
    assert browser.ask("same_words_in_several_outlets", at_least="3") == []


def test_speakers_to_review(browser):
    rows = browser.ask("speakers_to_review", outlet="")
    assert [row["what"] for row in rows] == ["the budget is not what it was", "the ferry is late"]
    assert [row["source"] for row in rows] == ["it", "it"]
    assert len(browser.ask("speakers_to_review", outlet="The Example Post")) == 1


def test_the_roles_of_a_speaker_over_time(browser):
    rows = browser.ask("roles_over_time", speaker="ana duarte")
    assert [(row["role"], row["first"], row["last"], row["articles"]) for row in rows] == [
        ("mayor of Rivertown", "2021-06-29", "2021-06-30", 2),
        ("finance minister", "2023-02-01", "2023-02-01", 1),
    ]


def test_what_was_corrected(browser):
    (row,) = browser.ask("corrections", words="")
    told = [row[column] for column in ("field", "before", "value", "corrected_by", "reason")]
    assert told == ["kind", "indirect", "mixed", "Carla Evans", "has a quotation mark"]
    assert len(browser.ask("corrections", words="CARLA")) == 1
    assert browser.ask("corrections", words="100%") == []


def test_who_gets_quoted(browser):
    rows = browser.ask("who_gets_quoted")
    assert {(row["year"], row["who"], row["quotations"]) for row in rows} == {
        *((2021, "person", 3), (2021, "not clear", 2), (2023, "person", 2)),
    }


def test_every_question_stands_on_the_front_page(browser):
    questions = browser.get("/-/metadata.json").json()["databases"]["made-up-snapshot"]["queries"]
    front = browser.get("/").text
    assert all(f'href="/made-up-snapshot/{question}"' in front for question in questions)
    assert all(question["hide_sql"] for question in questions.values())


HOSTILE = [
    *(
        "",
        " ",
        '"',
        '""',
        "'",
        "*",
        "-",
        "- -",
        "()",
        "((",
        ")",
        "a AND",
        "NEAR(",
        "NEAR(a b",
        "NOT",
        "OR OR",
    ),
    *(
        '"never closed',
        "what:bridge",
        "{what}: x",
        "^a",
        "a + b",
        "\\",
        "%",
        "_",
        ";--",
        "' OR 1=1 --",
        "\x00",
    ),
    *(
        "bri\x00dge",
        "⟦",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "x" * 5000,
        "-bridge",
    ),
    '"); DROP TABLE who_said_what; --',
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_there_is_an_answer(browser, words):
    for question, name in (
        *(("who_said", "words"), ("what_did_they_say", "speaker"), ("roles_over_time", "speaker")),
        *(
            ("corrections", "words"),
            ("speakers_to_review", "outlet"),
            ("same_words_in_several_outlets", "at_least"),
        ),
    ):
        browser.ask(question, **{name: words})
    browser.ask("what_did_they_say", speaker="Duarte", words=words)
    for table in ("who_said_what", "speakers_quoted"):
        assert browser.get(f"/made-up-snapshot/{table}", _search=words).status_code == 200


def test_a_mark_that_is_never_closed_does_not_hide_what_is_there(browser):
    assert len(browser.ask("who_said", words='"bridge monday')) == 2


def test_an_expression_of_the_visitors_own_is_an_error_and_no_crash(browser):
    answer = browser.get("/made-up-snapshot/who_said_what", _search='"', _searchmode="raw")
    assert answer.status_code == 400


def test_text_from_articles_is_shown_as_text(browser):
    pages = [
        browser.get("/made-up-snapshot/who_said", words="end").text,
        browser.get("/made-up-snapshot/who_said_what").text,
        browser.get("/made-up-snapshot/what_did_they_say", speaker="script").text,
        browser.get("/made-up-snapshot/articles").text,
        browser.get("/").text,
    ]
    for page in pages:
        for attack in (
            "<img src=x",
            "<script>alert",
            "<i>marked",
            "<b>hacker",
            "<h1>Budget",
            'href="javascript:',
        ):
            assert attack not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in pages[0]


def test_the_charts_ask_what_the_snapshot_can_answer(browser):
    dashboards = browser.get("/-/metadata.json").json()["plugins"]["datasette-dashboards"]
    (dashboard,) = dashboards.values()
    for chart in dashboard["charts"].values():
        answer = browser.get("/made-up-snapshot.json", sql=chart["query"], _shape="objects")
        assert answer.status_code == 200, answer.text
        assert {coding["field"] for coding in chart["display"]["encoding"].values()} <= set(
            answer.json()["columns"]
        )
        assert answer.json()["rows"]


def test_no_chart_puts_text_into_the_page_as_html(browser):
    (dashboard,) = browser.get("/-/metadata.json").json()["plugins"]["datasette-dashboards"].values()
    assert {chart["library"] for chart in dashboard["charts"].values()} == {"vega-lite"}


def test_the_file_is_opened_as_one_that_never_changes(browser):
    (database,) = browser.get("/-/databases.json").json()
    assert database["is_mutable"] is False
    assert database["name"] == "made-up-snapshot"


def test_search_engines_are_asked_to_keep_out(browser):
    assert "Disallow: /" in browser.get("/robots.txt").text


def test_a_page_can_neither_fetch_from_elsewhere_nor_send_there(browser):
    for path in ("/", "/made-up-snapshot/who_said_what.json", "/nowhere"):
        policy = browser.get(path).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "http" not in policy
