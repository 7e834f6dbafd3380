"""The last component: how sure, and the finished quotations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotes.errors import WeightsError
from quotes.model import Quote, Speaker
from quotes.pipeline.confidence import Confidence
from quotes.pipeline.encode import Scores
from quotes.pipeline.labels import WIDTH
from quotes.pipeline.words import Words
from tests.pipeline.scored import encoded, scored
from tests.pipeline.test_attribution import ATTRIBUTE
from tests.pipeline.test_spans import SPANS

UNRESOLVED = 0.8


def finished(doc: Doc, *, speaker: Speaker | None = None, score: float = 0.0) -> Doc:
    doc = ATTRIBUTE(SPANS(doc))
    for attribution in doc._.attributions:
        attribution.score = 0.5
        attribution.speaker, attribution.speaker_score = speaker, score
    return Confidence(unresolved=UNRESOLVED)(doc)


def quotes_of(doc: Doc) -> list[Quote]:
    found: list[Quote] = finished(doc)._.quotes
    return found


def test_a_finished_quotation_is_plain_data() -> None:
    (quote,) = quotes_of(
        scored("Rain fell. (S Ana Duarte) (C said) (Q it was late).", sentence_starts=["Ana"])
    )
    assert [(span.start, span.end, span.text) for span in quote.contents] == [(27, 38, "it was late")]
    assert quote.cue is not None and quote.source is not None
    assert (quote.cue.text, quote.source.text) == ("said", "Ana Duarte")
    assert (quote.kind, quote.act) == ("indirect", "speech")


def test_the_context_is_the_whole_sentence_and_no_more() -> None:
    text = "Rain fell. (S Ana Duarte) (C said) (Q it was late). Snow came."
    (quote,) = quotes_of(scored(text, sentence_starts=["Ana", "Snow"]))
    assert quote.context.text == "Ana Duarte said it was late."


def test_the_context_reaches_over_all_pieces() -> None:
    text = "Rain fell.\n(Q> “Late,”) (S Duarte) (C said). (Q “Too late.”)\nSnow came."
    (quote,) = quotes_of(scored(text, sentence_starts=["Rain"]))
    assert quote.context.text == "“Late,” Duarte said. “Too late.”"


def test_every_piece_is_a_span_of_the_document() -> None:
    doc = finished(scored("(Q> “Late,”) (S Duarte) (C said). (Q “Too late.”)"))
    assert [span.text for span in doc.spans["quotes"]] == ["“Late,”", "“Too late.”"]


def test_the_day_is_told_where_the_article_has_a_date() -> None:
    doc = scored("(S Duarte) (C said) on Monday (Q it was late).")
    doc._.published = date(2021, 6, 30)
    (quote,) = quotes_of(doc)
    assert quote.said_on == date(2021, 6, 28)


def test_a_day_within_the_quotation_is_not_the_day_it_was_said() -> None:
    doc = scored("(S Duarte) (C said) (Q it was late on Monday).")
    doc._.published = date(2021, 6, 30)
    (quote,) = quotes_of(doc)
    assert quote.said_on is None


def test_confidence_needs_content_and_speaker_to_be_right() -> None:
    text = "(S Duarte) (C said) (Q it was late)."
    someone = Speaker("Ana Duarte", "person")
    (sure,) = finished(scored(text), speaker=someone, score=1.0)._.quotes
    (doubtful,) = finished(scored(text), speaker=someone, score=0.6)._.quotes
    (unresolved,) = finished(scored(text))._.quotes
    assert sure.confidence == pytest.approx(0.5)
    assert doubtful.confidence == pytest.approx(0.3)
    assert unresolved.confidence == pytest.approx(0.5 * UNRESOLVED)


def test_the_scores_of_the_network_are_let_go() -> None:
    assert finished(scored("(S Duarte) (C said) (Q it was late)."))._.encoded is None


def test_a_missing_calibration_is_reported_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"confidence\.json cannot be read .* Install the package again"):
        spacy.blank("en").add_pipe("quotes_confidence", config={"weights": str(tmp_path)})


PIECES = [
    "Ana",
    "Duarte",
    "said",
    "it",
    "was",
    "late",
    ",",
    ".",
    "“",
    "”",
    '"',
    "’s",
    "—",
    ":",
    " ",
    " ",
    "\n",
    "LOPEZ",
]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.integers(0, 2**32 - 1))
def test_any_scores_at_all_give_quotations_that_hold_together(text: str, seed: int) -> None:
    def score(words: Words) -> Scores:
        return np.random.default_rng(seed).normal(0, 4, (len(words), WIDTH)).astype(np.float32)

    doc = finished(encoded(text, score))
    taken: set[int] = set()
    for quote in doc._.quotes:
        assert quote.contents
        assert 0.0 <= quote.confidence <= 1.0
        spans = [*quote.contents, *filter(None, (quote.cue, quote.source))]
        for span in (*spans, quote.context):
            assert text[span.start : span.end] == span.text != ""
        for span in quote.contents:
            places = set(range(span.start, span.end))
            assert not places & taken
            taken |= places
        assert quote.cue is None or not taken & set(range(quote.cue.start, quote.cue.end))
