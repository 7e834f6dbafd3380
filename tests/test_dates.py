from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.dates import leading_date, parse_day, parse_from, parse_to
from quotes.errors import QueryError


@pytest.mark.parametrize(
    "text",
    [
        "date 2021-06-29",
        " date 2021-06-29 The mayor said",
        "\ufeffdate 2021-06-29\nThe mayor",
        "\n date\t2021-06-29 ",
    ],
)
def test_a_text_may_begin_with_its_date(text):
    assert leading_date(text) == date(2021, 6, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The date 2021-06-29",
        "date 2021-06-2",
        "date 2021-13-45 The",
        "date 2021-06-299",
        "date: 2021-06-29",
        "2021-06-29",
    ],
)
def test_anything_else_at_the_beginning_is_no_date(text):
    assert leading_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2021-06-29",
        "20210629",
        "2021-06-29T23:59:59Z",
        "2021-06-29T23:59:59+02:00",
        "2021-06-29 08:00",
        "Tue, 29 Jun 2021 10:00:00 GMT",
        "June 29, 2021",
        "29 June 2021",
        "Jun. 29, 2021 10:15 am",
    ],
)
def test_a_day_is_read_as_files_and_feeds_write_it(text):
    assert parse_day(text) == date(2021, 6, 29)


@pytest.mark.parametrize(
    "text", ["06/07/2021", "Monday", "yesterday", "June 2021", "2021", "", "soon", "9" * 1000]
)
def test_what_could_be_two_days_or_depends_on_today_is_no_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-06-29", date(2021, 6, 29), date(2021, 6, 29)),
        ("June 2021", date(2021, 6, 1), date(2021, 6, 30)),
        ("29 June 2021", date(2021, 6, 29), date(2021, 6, 29)),
    ],
)
def test_a_person_may_ask_for_a_year_a_month_or_a_day(text, first, last):
    assert (parse_from(text), parse_to(text)) == (first, last)


def test_a_person_may_ask_in_words_that_depend_on_today():
    today = date.today()
    assert parse_from("yesterday") == today - timedelta(days=1)
    monday = parse_from("last Monday")
    assert monday.weekday() == 0
    assert timedelta(0) < today - monday <= timedelta(days=7)
    assert parse_to("last week") - parse_from("last week") == timedelta(days=6)


@pytest.mark.parametrize("text", ["06/07/2021", "2021-13", "0000", "soon", "", "2021-02-30", "x" * 10_000])
def test_what_is_no_date_is_refused_with_examples(text):
    with pytest.raises(QueryError, match="is not a date; write 2021-06-29, 2021-06, 2021"):
        parse_from(text)


@given(st.text(max_size=80))
def test_any_text_at_all_is_a_day_or_none(text):
    assert parse_day(text) is None or isinstance(parse_day(text), date)


@given(st.dates())
def test_every_day_written_the_standard_way_is_read_back(day):
    assert parse_day(day.isoformat()) == parse_from(day.isoformat()) == parse_to(day.isoformat()) == day
