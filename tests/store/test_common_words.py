"""Questions about common words are answered by other ways than those about rare ones: the answers are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from quotes.store import QuoteQuery, Store, bounding, overview, sampling

from .made_up import VERSION, made_up_reading

WORDS = (None, "water", "water river", '"the bridge"', "water -road", "w*")
ASKED = (
    {},
    {"kind": "direct"},
    {"speaker": "abbott"},
    {"speaker": "becker", "kind": "indirect"},
    {"role": "mayor"},
    {"outlet": "Example Paper 3"},
    {"outlet": "Example Paper 4", "kind": "direct"},
    {"article": "article-7"},
    {"date_from": date(2016, 1, 1), "date_to": date(2017, 12, 31)},
    {"min_confidence": 0.8, "outlet": "Example Paper 5"},
    {"min_confidence": 0.5},
)
QUESTIONS = [QuoteQuery(words=words, **asked) for words, asked in product(WORDS, ASKED)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("common") / "quotes.db"
    with Store.open(path) as store:
        for number in range(120):
            store.save(made_up_reading(number, 8, n_speakers=60), VERSION)
        yield store


@pytest.fixture
def as_if_common(monkeypatch):
    """Take words for common, and lists for long, as soon as there are a few."""

    def begin():
        monkeypatch.setattr(bounding, "RANKED_TOGETHER", 12)
        monkeypatch.setattr(bounding, "LOOKED_UP_TOGETHER", 9)
        monkeypatch.setattr(bounding, "_BROAD", 5)
        monkeypatch.setattr(bounding, "_FEW", 30)
        monkeypatch.setattr(bounding, "_FIRST_LOOKED_AT", 40)
        monkeypatch.setattr(bounding, "_COST_OF_A_CHECK", 0)
        monkeypatch.setattr(sampling, "_OF_OUTLET", 6)

    return begin


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_what_is_sorted_by_day_comes_in_the_same_order(filled, as_if_common, sort):
    questions = [replace(question, sort=sort, limit=7) for question in QUESTIONS]
    expected = [filled.places(replace(question, limit=1000)) for question in questions]
    as_if_common()
    for question, whole in zip(questions, expected, strict=True):
        paged = []
        page = filled.places(question)
        while page:
            paged += page
            page = filled.places(replace(question, after=page[-1]))
        assert paged == whole, question


def test_what_is_sorted_by_relevance_is_all_there_and_the_best_of_those_added_last_come_first(
    filled, as_if_common
):
    questions = [replace(question, limit=5) for question in QUESTIONS if question.words]
    expected = [filled.search(replace(question, limit=1000)) for question in questions]
    as_if_common()
    n_reordered = 0
    for question, whole in zip(questions, expected, strict=True):
        paged = []
        page = filled.search(question)
        while page:
            paged += page
            page = filled.search(replace(question, after=page[-1].cursor))
        assert sorted(row.id for row in paged) == sorted(row.id for row in whole), question
        relevances = [row.cursor.value for row in paged]
        falls = [place for place in range(1, len(paged)) if relevances[place] < relevances[place - 1]]
        assert len(falls) <= 1, question
        if falls:
            n_reordered += 1
            early, late = paged[: falls[0]], paged[falls[0] :]
            assert min(row.cursor.number for row in early) > max(row.cursor.number for row in late)
    assert n_reordered > 3


def test_nothing_is_counted_otherwise(filled, as_if_common):
    expected = [filled.count(question) for question in QUESTIONS]
    as_if_common()
    assert [filled.count(question) for question in QUESTIONS] == expected


@pytest.mark.parametrize("bound", [800, 10])
def test_a_glance_says_what_it_is_good_for(filled, as_if_common, bound):
    expected = [filled.glance(question) for question in QUESTIONS]
    as_if_common()
    samples = set()
    for question, whole in zip(QUESTIONS, expected, strict=True):
        found = filled.glance(question, bound=bound)
        samples.add(found.sample)
        assert found.looked_at <= min(bound, whole.total), question
        assert found.total == whole.total if found.is_exact else 0 < found.total <= whole.total, question
        assert bool(found.total) == bool(whole.total), question
        if found.sample == "all":
            assert found == whole, question
        else:
            assert sum(n for _, n in found.kinds) == found.looked_at, question
    assert samples == {"all", "newest", "added last", "some"}


def test_the_number_of_quotations_is_exact_where_an_index_alone_can_count_them(filled):
    for question in (
        QuoteQuery(),
        QuoteQuery(words="water"),
        QuoteQuery(kind="direct", date_from=date(2016, 1, 1)),
        QuoteQuery(speaker="abbott"),
        QuoteQuery(role="mayor", date_to=date(2020, 1, 1)),
        QuoteQuery(outlet="Example Paper 3"),
    ):
        found = filled.glance(question, bound=3)
        assert (found.is_exact, found.total, found.looked_at) == (True, filled.count(question), 3)
        assert found.sample != "all"
    assert not filled.glance(QuoteQuery(words="water", kind="direct"), bound=3).is_exact
    assert overview.GLANCE > 1000
