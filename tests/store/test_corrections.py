"""What people correct is laid over what was read: it holds when articles are read again, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quotes.errors import NotFoundError, QueryError
from quotes.model import Quote, Reading, Span, Speaker
from quotes.store import QuoteQuery, Store

from .made_up import Writer

ANA = Speaker("Ana Duarte", "person", ("Ana Duarte", "Duarte"), ("mayor",))
BEN = Speaker("Ben Castro", "person", ("Ben Castro",), ("finance minister",))


def two_articles() -> tuple[Reading, Reading]:
    first = (
        Writer()
        .add("The bridge will be closed", ANA, "mayor")
        .add("there is no money for a new one", BEN, "finance minister", kind="indirect")
        .add("The tram is late again", None)
        .reading("first", date(2021, 6, 1), outlet="Example Paper")
    )
    second = Writer().add("The school opens in May", ANA, "mayor").reading("second", date(2021, 7, 1))
    return first, second


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "quotes.db") as opened:
        for reading in two_articles():
            opened.save(reading, "1")
        yield opened


def found(store: Store, words: str):
    (row,) = store.search(QuoteQuery(words=words))
    return row


def content_of(store: Store) -> dict[str, list]:
    tables = ("quotes", "speakers", "speaker_names", "speaker_roles")
    content = {name: store.db.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    # A role that goes and comes back gets a new number, which nobody outside sees.
    roles = dict(store.db.execute("SELECT number, name FROM roles"))
    for name, at in (("quotes", 5), ("speaker_roles", 1)):
        content[name] = [(*row[:at], roles.get(row[at]), *row[at + 1 :]) for row in content[name]]
    content["roles"] = [*roles.values()]
    return {name: sorted(rows, key=repr) for name, rows in content.items()}


def test_a_corrected_speaker_is_found_listed_and_counted(store):
    row = found(store, "bridge")
    store.correct(row.id, {"speaker": {"name": "Ben Castro"}, "role": "minister"}, by="ed", reason="misread")
    corrected = store.quote(row.id)
    assert (corrected.speaker.name, corrected.role) == ("Ben Castro", "minister")
    assert [r.id for r in store.search(QuoteQuery(words="bridge castro"))] == [row.id]
    assert not store.search(QuoteQuery(words="bridge duarte"))
    assert store.count(QuoteQuery(speaker="Ben Castro")) == 2
    assert store.db.execute("SELECT who FROM who_said_what WHERE id = ?", (row.id,)).fetchone() == (
        "Ben Castro",
    )
    assert "minister" in [use.role for use in store.speaker(corrected.speaker.id).roles]
    assert store.check() == []


def test_a_new_speaker_does_not_take_over_the_role_of_the_one_before(store):
    row = found(store, "bridge")
    store.correct(row.id, {"speaker": {"name": "Ben Castro"}}, by="ed", reason="misread")
    assert store.quote(row.id).role is None


def test_a_correction_can_name_somebody_nobody_quoted_before(store):
    row = found(store, "tram")
    store.correct(row.id, {"speaker": {"name": "Karl Winter", "kind": "person"}}, by="ed", reason="on tape")
    assert store.quote(row.id).speaker.name == "Karl Winter"
    assert [s.name for s in store.speakers("winter")] == ["Karl Winter"]
    assert store.check() == []


def test_a_quotation_can_be_left_without_a_speaker(store):
    row = found(store, "school")
    store.correct(row.id, {"speaker": None}, by="ed", reason="unclear")
    assert store.quote(row.id).speaker is None
    assert store.check() == []


def test_a_rejected_quotation_is_gone_from_every_list_but_not_forgotten(store):
    row = found(store, "tram")
    store.correct(row.id, {"rejected": True}, by="ed", reason="a headline")
    assert not store.search(QuoteQuery(words="tram"))
    assert row.id not in [r.id for r in store.article_quotes("first")]
    with pytest.raises(NotFoundError):
        store.quote(row.id)
    assert store.rejected_quote(row.id).text == row.text
    assert store.check() == []


@pytest.mark.parametrize(
    "values",
    [
        {"speaker": {"name": "Ben Castro"}},
        {"speaker": {"name": "Karl Winter"}, "role": "lawyer"},
        {"speaker": None},
        {"role": "deputy mayor"},
        {"role": None},
        {"kind": "mixed"},
        {"rejected": True},
        {"rejected": True, "speaker": {"name": "an aide", "kind": "unnamed_person"}, "role": "aide"},
    ],
)
class TestEveryCorrection:
    def test_holds_when_the_article_is_read_again(self, store, values):
        row = found(store, "bridge")
        store.correct(row.id, values, by="ed", reason="misread")
        before = content_of(store)
        assert store.save(two_articles()[0], "2") == "updated"
        after = content_of(store)
        assert after == before
        assert store.check() == []

    def test_undone_leaves_what_was_read_and_a_record(self, store, values):
        before = content_of(store)
        row = found(store, "bridge")
        for made in store.correct(row.id, values, by="ed", reason="misread"):
            store.undo_correction(row.id, made.id, by="eve")
        assert content_of(store) == before
        record = store.corrections(row.id)
        assert [(each.by, each.undone_by) for each in record] == [("ed", "eve")] * len(values)
        assert store.check() == []

    def test_holds_when_the_article_is_removed_and_comes_back(self, store, values):
        row = found(store, "bridge")
        store.correct(row.id, values, by="ed", reason="misread")
        shown = store.rejected_quote(row.id) or store.quote(row.id)
        store.remove_article("first")
        assert store.check() == []
        store.save(two_articles()[0], "1")
        again = store.rejected_quote(row.id) or store.quote(row.id)
        assert replace(again, cursor=shown.cursor) == shown
        assert store.check() == []

    def test_leaves_other_articles_free_to_change(self, store, values):
        row = found(store, "bridge")
        store.correct(row.id, values, by="ed", reason="misread")
        second = two_articles()[1]
        store.save(replace(second, quotes=()), "2")
        store.remove_article("second")
        assert store.check() == []


def test_a_newer_reader_that_draws_the_borders_otherwise_keeps_the_correction(store):
    row = found(store, "money")
    store.correct(row.id, {"speaker": {"name": "Ana Duarte"}}, by="ed", reason="misread")
    reading = two_articles()[0]
    old = reading.quotes[1]
    text = reading.article.text
    start = old.contents[0].start
    wider = Span(start, old.cue.end, text[start : old.cue.end])
    newer: Quote = replace(old, contents=(wider,))
    store.save(replace(reading, quotes=(reading.quotes[0], newer, reading.quotes[2])), "2")
    new_id = store.moved_to(row.id)
    assert new_id is not None
    assert store.quote(new_id).speaker.name == "Ana Duarte"
    assert [each.reason for each in store.corrections(new_id)] == ["misread"]
    store.save(reading, "1")
    assert store.quote(row.id).speaker.name == "Ana Duarte"
    assert store.moved_to(row.id) is None
    assert store.check() == []


def test_a_correction_whose_quotation_is_gone_waits_for_it(store):
    row = found(store, "tram")
    store.correct(row.id, {"speaker": {"name": "Ana Duarte"}}, by="ed", reason="on tape")
    reading = two_articles()[0]
    store.save(replace(reading, quotes=reading.quotes[:2]), "2")
    with pytest.raises(NotFoundError):
        store.quote(row.id)
    store.save(reading, "3")
    assert store.quote(row.id).speaker.name == "Ana Duarte"
    assert store.check() == []


def test_the_latest_of_several_corrections_holds(store):
    row = found(store, "bridge")
    store.correct(row.id, {"role": "deputy mayor"}, by="ed", reason="then deputy")
    (second,) = store.correct(row.id, {"role": "acting mayor"}, by="eve", reason="acting since May")
    assert store.quote(row.id).role == "acting mayor"
    store.undo_correction(row.id, second.id, by="ed")
    assert store.quote(row.id).role == "deputy mayor"


def test_a_rejected_quotation_whose_number_was_taken_comes_back_all_the_same(store):
    row = found(store, "school")
    (made,) = store.correct(row.id, {"rejected": True}, by="ed", reason="a headline")
    store.save(Writer().add("The park is green", BEN, "finance minister").reading("third"), "1")
    store.undo_correction(row.id, made.id, by="ed")
    assert store.quote(row.id).text == row.text
    assert store.check() == []


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"kind": "direct"}, "so already"),
        ({"kind": "shouted"}, "no kind"),
        ({"text": "another"}, "cannot be corrected"),
        ({"speaker": {"name": " "}}, "an id or a name"),
        ({"speaker": {"name": "Al", "kind": "robot"}}, "no kind of speaker"),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(store, values, says):
    row = found(store, "bridge")
    version = store.state().version
    with pytest.raises(QueryError, match=says):
        store.correct(row.id, values, by="ed", reason="misread")
    assert store.corrections(row.id) == []
    assert store.state().version == version


def test_what_is_not_there_cannot_be_corrected(store):
    with pytest.raises(NotFoundError):
        store.correct("nothing", {"role": "mayor"}, by="ed", reason="misread")
    row = found(store, "bridge")
    with pytest.raises(NotFoundError):
        store.correct(row.id, {"speaker": {"id": "nobody"}}, by="ed", reason="misread")
    with pytest.raises(NotFoundError):
        store.undo_correction(row.id, "none", by="ed")


def test_every_change_raises_the_version_and_nothing_else_does(store):
    version = store.state().version
    store.save(two_articles()[1], "1")
    assert store.state().version == version
    store.correct(found(store, "bridge").id, {"kind": "mixed"}, by="ed", reason="misread")
    assert store.state().version == version + 1
    store.remove_article("second")
    assert store.state().version == version + 2
