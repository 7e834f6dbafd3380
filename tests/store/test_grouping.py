"""What was found, by who said it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from quotes.store import QuoteQuery, Store, grouping

from .made_up import VERSION, made_up_reading

QUESTIONS = (
    QuoteQuery(),
    QuoteQuery(sort="oldest", date_from=date(2016, 1, 1), date_to=date(2018, 12, 31)),
    QuoteQuery(words="water"),
    QuoteQuery(words="water", sort="newest", kind="direct"),
    QuoteQuery(outlet="Example Paper 3", sort="oldest"),
    QuoteQuery(role="mayor", min_confidence=0.3),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("grouping") / "quotes.db"
    with Store.open(path) as store:
        for number in range(60):
            store.save(made_up_reading(number, 8, n_speakers=60), VERSION)
        yield store


@pytest.mark.parametrize("query", QUESTIONS, ids=str)
def test_each_speaker_has_a_group_with_number_days_and_what_comes_first(filled, query):
    rows = list(filled.export(query))
    said = Counter(row.speaker.id for row in rows if row.speaker)
    found = filled.groups(query, limit=1000, most=2)
    assert {group.speaker.id: group.quotations for group in found.groups} == said
    assert [group.quotations for group in found.groups] == sorted(said.values(), reverse=True)
    assert (found.speakers, found.nobody) == (len(said), len(rows) - said.total())
    assert (found.sample, found.looked_at) == ("all", len(rows))
    for group in found.groups:
        theirs = [row for row in rows if row.speaker == group.speaker]
        days = [row.date for row in theirs if row.date]
        assert (group.first, group.last) == (min(days, default=None), max(days, default=None))
        assert [row.id for row in filled.quotes_at(group.places)] == [row.id for row in theirs[:2]]


@pytest.mark.parametrize("query", QUESTIONS, ids=str)
def test_groups_go_on_without_those_shown_and_after_a_number_until_all_were_shown(filled, query):
    whole = filled.groups(query, limit=1000)
    shown = {group.number for group in whole.groups[:4]}
    assert filled.groups(query, without=shown, limit=1000).groups == whole.groups[4:]
    assert filled.groups(query, without=shown, limit=1).speakers == whole.speakers
    rest = filled.groups(query, without=shown, after=0, limit=1000).groups
    assert [group.number for group in rest] == sorted(group.number for group in whole.groups[4:])
    assert filled.groups(query, without=shown, after=rest[2].number, limit=1000).groups == rest[3:]


def test_where_too_many_were_found_to_group_them_all_it_says_which_were(filled, monkeypatch):
    monkeypatch.setattr(grouping, "GROUPED", 10)
    for query, sample in (
        (QuoteQuery(words="water"), "added last"),
        (QuoteQuery(kind="direct"), "newest"),
        (QuoteQuery(), "all"),
    ):
        found = filled.groups(query, limit=1000)
        assert found.sample == sample
        assert sum(group.quotations for group in found.groups) + found.nobody == found.looked_at
        assert (found.looked_at == 10) == (sample != "all")


def test_what_nobody_said_has_no_groups(filled):
    found = filled.groups(QuoteQuery(words="nowhere"))
    assert (found.groups, found.speakers, found.nobody, found.looked_at) == ((), 0, 0, 0)
    assert filled.groups(QuoteQuery(date_from=date(2050, 1, 1))).speakers == 0
