"""What the pages of Datasette make of words and names that nobody foresaw."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("datasette", reason="needs quote-tracker[browse]")

from datasette.utils import tilde_encode

from quotes.browsing.addresses import tilde_encoded
from quotes.browsing.cells import shown
from quotes.browsing.plugin import safe_expression
from quotes.store.words import TOKENIZER

SYNTAX = st.sampled_from(
    ['"', "'", "(", ")", "*", "-", "^", ":", "+", "{", "}", "NEAR(", " AND ", " OR ", " NOT ", "\0"]
)
TYPED = st.lists(st.one_of(SYNTAX, st.characters(), st.sampled_from(["bridge", "what", "was"]))).map("".join)


def cell(column, value, **row):
    return shown(
        column, value, {column: value, **row}, speakers="/db/speakers_quoted", quotations="/db/who_said_what"
    )


@given(TYPED)
def test_whatever_is_typed_full_text_search_takes_it(typed):
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute(f"CREATE VIRTUAL TABLE texts USING fts5(what, who, tokenize='{TOKENIZER}')")
        conn.execute("INSERT INTO texts VALUES ('the bridge was closed', 'Ana')")
        expression = safe_expression(typed)
        conn.execute("SELECT * FROM texts WHERE texts MATCH ?", (expression,)).fetchall()
        conn.execute("SELECT * FROM texts WHERE texts MATCH ?", (f"{{what}} : ({expression})",)).fetchall()


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("bridge monday", '"bridge" "monday"'),
        ('"never closed', '"never" "closed"'),
        ("-only -minus", '"-only" "-minus"'),
        ("", '""'),
        (None, '""'),
        ("***", '""'),
        ("x" * 5000, f'"{"x" * 4000}"'),
    ],
)
def test_words_are_read_as_meant_as_far_as_they_can_be(typed, expression):
    assert safe_expression(typed) == expression


@given(st.text())
def test_names_stand_in_addresses_as_datasette_writes_them(name):
    assert tilde_encoded(name) == tilde_encode(name)


@given(st.text(), st.sampled_from(["who", "what", "title", "id", "quote_id"]))
def test_no_text_becomes_html(text, column):
    html = str(cell(column, f"<b>⟦{text}<i>⟧", url="https://example.org/?a=<s>", speaker_id='"><u>') or "")
    for tag in ("<b>", "<i>", "<s>", "<u>", "<script"):
        assert tag not in html


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", "data:text/html,x", "//example.org", "https://example.org/a b", ""]
)
def test_a_title_leads_only_to_an_address_on_the_web(url):
    assert cell("title", "A bridge", url=url) is None


def test_a_title_leads_to_the_first_words_of_the_quotation():
    link = cell("title", None, url="https://example.org/b", what="a well-known ⟦bridge⟧ is closed … for good")
    assert link == (
        '<a href="https://example.org/b#:~:text=a%20well%2Dknown%20bridge%20is%20closed">the article</a>'
    )


def test_a_confidence_is_a_percentage():
    assert cell("confidence", 0.874) == "87%"
