"""What is typed into a search box, taken apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import QueryError
from quotes.searching import OPERATORS, parse, query_from


@pytest.mark.parametrize(
    ("text", "words", "fields"),
    [
        ("air strikes", "air strikes", {}),
        ("speaker:Duarte bridge", "bridge", {"speaker": "Duarte"}),
        ("bridge SPEAKER:Duarte closed", "bridge closed", {"speaker": "Duarte"}),
        ('speaker:"Ana Duarte"', "", {"speaker": "Ana Duarte"}),
        ("speaker:“Ana Duarte” bridge", "bridge", {"speaker": "Ana Duarte"}),
        ("role:«finance minister»", "", {"role": "finance minister"}),
        ("kind:Direct", "", {"kind": "direct"}),
        ('outlet:"Example Post" -ferry', "-ferry", {"outlet": "Example Post"}),
        ("date:2021", "", {"date_from": date(2021, 1, 1), "date_to": date(2021, 12, 31)}),
        ("date:2021-06..2021-08", "", {"date_from": date(2021, 6, 1), "date_to": date(2021, 8, 31)}),
        ("date:2021-06-29", "", {"date_from": date(2021, 6, 29), "date_to": date(2021, 6, 29)}),
        ("date:2021..", "", {"date_from": date(2021, 1, 1)}),
        ("date:..2021", "", {"date_to": date(2021, 12, 31)}),
        ('"speaker:Duarte"', '"speaker:Duarte"', {}),
        ('"the role: minister" x', '"the role: minister" x', {}),
        ("https://example.org/a", "https://example.org/a", {}),
        ("10:30 a:b", "10:30 a:b", {}),
        ("-word -“two words”", "-word -“two words”", {}),
    ],
)
def test_operators_are_taken_out_of_the_words(text, words, fields):
    search = parse(text)
    assert search.words == words
    found = {
        name: getattr(search, name) for name in ("speaker", "role", "kind", "outlet", "date_from", "date_to")
    }
    assert {name: value for name, value in found.items() if value is not None} == fields


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("speker:Duarte", "did you mean speaker:?"),
        ("minister:x", "there are speaker:, role:, kind:, date:, outlet:"),
        ("speaker:", "Nothing follows"),
        ('role:" "', "Nothing follows"),
        ("-kind:direct", "A minus works on words"),
        ("speaker:A speaker:B", "there twice"),
        ("kind:loud", "direct, mixed, indirect"),
        ("date:..", "either side"),
        ("date:whenever", "not a date"),
        ("date:2022..2021", "exchange the two"),
    ],
)
def test_a_search_that_cannot_be_read_says_why(text, says):
    with pytest.raises(QueryError, match=says.replace("?", r"\?")):
        query_from(text)


def test_a_filter_may_repeat_an_operator_but_not_contradict_it():
    assert query_from("kind:direct", kind="direct").kind == "direct"
    with pytest.raises(QueryError, match="leave one of them out"):
        query_from("kind:direct", kind="mixed")


def test_operators_alone_are_a_question_without_words():
    query = query_from("speaker:Duarte", limit=3)
    assert (query.words, query.order, query.limit) == (None, "newest", 3)
    assert query_from(None) == query_from("  ")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        search = parse(text)
    except QueryError as error:
        assert str(error)
    else:
        if not any(f"{name}:" in text.lower() for name in OPERATORS):
            # Nothing is lost but white space.
            assert "".join(search.words.split()) == "".join(text.split())
