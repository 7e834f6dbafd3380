"""From scores to spans, entities, parts of speech and sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotes.errors import WeightsError
from quotes.pipeline.encode import Scores
from quotes.pipeline.labels import ENTITY_LABELS, HEADS, POS_TAGS, SPAN_LABELS, WIDTH
from quotes.pipeline.spans import Spans, stretches
from quotes.pipeline.words import Words
from tests.pipeline.scored import SURE, encoded, scored

SPANS = Spans(np.zeros((len(SPAN_LABELS), len(SPAN_LABELS)), dtype=np.float32), quoted_share=0.5)


def found(doc: Doc, group: str) -> list[str]:
    return [span.text for span in SPANS(doc).spans[group]]


def test_sources_cues_and_contents_come_out_as_the_network_sees_them() -> None:
    doc = SPANS(scored("(S Ana Duarte) (C said) (Q it was late)."))
    assert {group: [span.text for span in spans] for group, spans in doc.spans.items()} == {
        "sources": ["Ana Duarte"],
        "cues": ["said"],
        "contents": ["it was late"],
    }


def test_two_spans_side_by_side_stay_two() -> None:
    assert found(
        scored("(S Duarte) (C said) (Q it was late.)(Q> She was tired), (S she) (C said)."), "contents"
    ) == [
        "it was late.",
        "She was tired",
    ]


def test_a_span_ends_with_its_line() -> None:
    assert found(scored("(S Duarte) (C said) (Q it was late\nand she was tired)."), "contents") == [
        "it was late",
        "and she was tired",
    ]


def test_content_that_is_mostly_quoted_takes_the_marks_with_it() -> None:
    doc = scored("“(Q> We have waited long) enough,” (S Duarte) (C< said).")
    assert found(doc, "contents") == ["“We have waited long enough,”"]


@pytest.mark.parametrize("day", [" on Monday", " Friday"])
def test_the_day_behind_a_closing_mark_is_no_part_of_what_was_said(day: str) -> None:
    text = f"(S Duarte) (C called) (Q the plan “a fairy tale”{day})."
    assert found(scored(text), "contents") == ["the plan “a fairy tale”"]


def test_a_day_that_more_words_follow_is_part_of_it() -> None:
    text = "(S Duarte) (C called) (Q the “big” Monday meeting late)."
    assert found(scored(text), "contents") == ["the “big” Monday meeting late"]


def test_marks_around_what_is_not_said_stay_outside() -> None:
    assert found(scored("The “green tunnel” opened, (S Duarte) (C said)."), "contents") == []


def test_reported_speech_ends_where_a_sentence_begins() -> None:
    doc = scored("(S Duarte) (C said) (Q it was late.Repairs began in March).", sentence_starts=["Repairs"])
    assert found(doc, "contents") == ["it was late.", "Repairs began in March"]


def test_quoted_speech_goes_on_over_sentences() -> None:
    doc = scored("(S Duarte) (C said), (Q “It was late. I was tired.”)", sentence_starts=["I"])
    assert found(doc, "contents") == ["“It was late. I was tired.”"]


def test_a_signed_line_is_laid_out_without_the_network() -> None:
    doc = SPANS(scored("“It changed everything for us.” — Maria Lopez, a teacher"))
    assert [doc.spans[group][0].text for group in ("contents", "cues", "sources")] == [
        "“It changed everything for us.”",
        "—",
        "Maria Lopez, a teacher",
    ]


def test_entities_parts_of_speech_and_sentences_are_set() -> None:
    def score(words: Words) -> Scores:
        scores = np.zeros((len(words), WIDTH), dtype=np.float32)
        scores[0, HEADS["entities"]][ENTITY_LABELS.index("B-PERSON")] = SURE
        scores[1, HEADS["entities"]][ENTITY_LABELS.index("I-PERSON")] = SURE
        scores[2, HEADS["pos"]][POS_TAGS.index("VERB")] = SURE
        scores[4, HEADS["sentence_start"]][1] = SURE
        return scores

    doc = SPANS(encoded("Ana Duarte left. Rain fell.\nIt stopped.", score))
    assert [(span.text, span.label_) for span in doc.ents] == [("Ana Duarte", "PERSON")]
    assert doc[2].pos_ == "VERB"
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Ana Duarte left.",
        "Rain fell.",
        "It stopped.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b"])
def test_a_text_without_words_has_empty_groups(text: str) -> None:
    doc = SPANS(encoded(text, lambda words: np.zeros((0, 0), dtype=np.float32)))
    assert {group: list(spans) for group, spans in doc.spans.items()} == {
        "sources": [],
        "cues": [],
        "contents": [],
    }


@settings(max_examples=100)
@given(st.lists(st.integers(0, len(SPAN_LABELS) - 1), max_size=30), st.data())
def test_stretches_follow_each_other_and_cross_no_line(labels: list[int], data: st.DataObject) -> None:
    lines = sorted(data.draw(st.sets(st.integers(0, max(0, len(labels) - 1)))) | {0})
    last = 0
    for name, start, end in stretches(np.array(labels, dtype=np.int64), SPAN_LABELS, lines):
        assert last <= start < end <= len(labels)
        assert {SPAN_LABELS[label][2:] for label in labels[start:end]} == {name}
        assert not any(start < line < end for line in lines)
        last = end


def test_missing_transitions_are_reported_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"transitions\.npy cannot be read .* Install the package again"):
        spacy.blank("en").add_pipe("quotes_spans", config={"weights": str(tmp_path)})
