"""Which content goes with which cue, and which cue with which source."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotes.errors import WeightsError
from quotes.pipeline.attribution import Attribute, Linking, anchor_at, log_softmax
from quotes.pipeline.attributions import Attribution
from quotes.pipeline.certainty import FEATURES, Calibration
from quotes.pipeline.labels import CUE_PLACES, HEADS
from tests.pipeline.scored import SURE, scored
from tests.pipeline.test_spans import SPANS

LINKING = Linking(max_lines=3, line_cost=1.0, sentence_cost=1.0, source_line_cost=8.0, floor=-1.0)
BY_LINK = Calibration(tuple(float(name == "link") for name in FEATURES), bias=0.0, unresolved=0.5)
ATTRIBUTE = Attribute(LINKING, BY_LINK, threshold=0.0, nobody_threshold=0.0)

Shown = tuple[list[str], str, str | None]


def attributed(doc: Doc, attribute: Attribute = ATTRIBUTE) -> list[Attribution]:
    found: list[Attribution] = attribute(SPANS(doc))._.attributions
    return found


def shown(doc: Doc, attribute: Attribute = ATTRIBUTE) -> list[Shown]:
    return [
        (
            [span.text for span in one.contents],
            one.cue.text if one.cue else "",
            one.source.text if one.source else None,
        )
        for one in attributed(doc, attribute)
    ]


LINKS: list[tuple[str, list[Shown]]] = [
    ("(S Duarte) (C said) (Q it was late).", [(["it was late"], "said", "Duarte")]),
    ("(Q> It was late), (S Duarte) (C said).", [(["It was late"], "said", "Duarte")]),
    ("(Q> It was late), (C> said) (S Duarte).", [(["It was late"], "said", "Duarte")]),
    # one quotation in two pieces
    ("(Q> It was), (S Duarte) (C said), (Q late).", [(["It was", "late"], "said", "Duarte")]),
    # two cues of one source
    ("(S Duarte) (C admitted) (Q it) but (C denied) (Q the rest).",
     [(["it"], "admitted", "Duarte"), (["the rest"], "denied", "Duarte")]),
    # the second cue away
    ("(Q>> It was late), (S he) (C noted) as (S Duarte) has (C<< said).", [(["It was late"], "said", "he")]),
    # a source directly before the cue, wherever the network looks
    ("(S Duarte) left, while (S Orr) (C<< said) (Q it was late).", [(["it was late"], "said", "Orr")]),
    # nobody is named
    ("It (C- was said) that (Q it was late).", [(["it was late"], "was said", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_content_cue_and_source_are_linked_where_the_network_looks(text: str, links: list[Shown]) -> None:
    assert shown(scored(text)) == links


def test_content_without_any_cue_is_left_out() -> None:
    assert shown(scored("(Q It was late).")) == []


def test_a_pronoun_alone_says_nothing_and_is_left_out() -> None:
    doc = SPANS(scored("A rule (Q which) (S they) (C say) is cruel. (S Duarte) (C said) (Q nothing)."))
    doc[2].pos_ = "PRON"
    assert [span.text for one in ATTRIBUTE.predict(doc) for span in one.contents] == ["nothing"]


def test_that_somebody_stays_unnamed_is_no_statement_of_theirs() -> None:
    assert shown(
        scored("(Q> It was late), (C> said) (S a nurse) (S who) (C asked) (Q not to be named).")
    ) == [(["It was late"], "said", "a nurse")]


def test_a_quotation_mark_alone_is_no_quotation() -> None:
    assert shown(scored("(S Karl Winter) (C said) (Q “) the road was wet.")) == []


def test_reported_content_never_takes_a_cue_of_another_line() -> None:
    assert shown(scored("(S Duarte) (C said) (Q it was late).\n(Q Repairs began).")) == [
        (["it was late"], "said", "Duarte")
    ]


def test_content_whose_ends_look_at_different_cues_goes_with_the_one_before_it() -> None:
    doc = scored("(S Duarte) (C said) (Q she fell), (S papers) (C show).")
    places = doc._.encoded.scores[3, HEADS["cue_place_last"]]
    places[:] = 0
    places[CUE_PLACES.index("next")] = SURE
    assert shown(doc) == [(["she fell"], "said", "Duarte")]


def test_quoted_content_takes_the_cue_of_a_line_nearby() -> None:
    assert shown(scored("(S Duarte) (C continued:)\n(Q “It was late.”)")) == [
        (["“It was late.”"], "continued:", "Duarte")
    ]


def test_quoted_content_takes_no_cue_from_too_many_lines_away() -> None:
    near = Attribute(
        replace(LINKING, max_lines=1, line_cost=0.0), BY_LINK, threshold=0.0, nobody_threshold=0.0
    )
    text = "(S Duarte) (C said) (Q no).\nIt rained.\n(Q “It was late.”)"
    assert shown(scored(text), near) == [(["no"], "said", "Duarte")]


def test_a_cue_takes_no_source_from_another_line_unless_the_network_is_very_sure() -> None:
    text = "(S Duarte) left.\n(C Said) (Q it was late)."
    assert shown(scored(text))[0][2] == "Duarte"
    dear = Attribute(replace(LINKING, source_line_cost=50.0), BY_LINK, threshold=0.0, nobody_threshold=0.0)
    assert shown(scored(text), dear)[0][2] is None


def test_attributions_come_in_the_order_of_their_contents() -> None:
    found = attributed(
        scored("(Q> One), (S A) (C said). (Q> Two), (S B) (C said). (Q> Three), (S C) (C said).")
    )
    starts = [one.contents[0].start for one in found]
    assert starts == sorted(starts)


def test_a_link_that_is_sure_scores_near_one() -> None:
    (only,) = attributed(scored("(S Duarte) (C said) (Q it was late)."))
    assert 0.99 < only.score <= 1.0


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=6))
def test_probabilities_sum_to_one(scores: list[float]) -> None:
    assert np.exp(log_softmax(np.array(scores, dtype=np.float32))).sum() == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize(
    ("at", "place", "number"),
    [
        (15, "previous", 0),
        (15, "next", 1),
        (15, "second previous", None),
        (15, "second next", 2),
        (5, "previous", None),
        (35, "next", None),
        (35, "second previous", 1),
    ],
)
def test_anchors_are_counted_from_where_one_stands(at: int, place: str, number: int | None) -> None:
    assert anchor_at([10, 20, 30], at, place) == number


def test_what_is_likelier_wrong_than_the_threshold_allows_is_dropped() -> None:
    text = "(S Duarte) (C said) (Q it was late)."
    assert shown(scored(text), Attribute(LINKING, BY_LINK, threshold=0.9, nobody_threshold=0.9)) != []
    doubtful = replace(BY_LINK, bias=-20.0)
    assert shown(scored(text), Attribute(LINKING, doubtful, threshold=0.9, nobody_threshold=0.9)) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It (C- was said) that (Q it was late).", False),
        ("(S Somebody) (C said) (Q it was late).", True),
        ("It (C- was said:) (Q “It was late.”)", True),
    ],
)
def test_reported_speech_of_nobody_has_a_threshold_of_its_own(text: str, kept: bool) -> None:
    strict = Attribute(LINKING, BY_LINK, threshold=0.0, nobody_threshold=1.1)
    assert bool(shown(scored(text), strict)) == kept


def test_every_cost_is_a_setting() -> None:
    costs = {"max_lines": 1, "line_cost": 2.0, "sentence_cost": 3.0, "source_line_cost": 4.0, "floor": -5.0}
    component = spacy.blank("en").add_pipe(
        "quotes_attribution", config={**costs, "threshold": 0.25, "nobody_threshold": 0.75}
    )
    assert isinstance(component, Attribute)
    assert asdict(component.linking) == costs
    assert (component.threshold, component.nobody_threshold) == (0.25, 0.75)


def test_a_missing_calibration_is_reported_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"confidence\.json cannot be read .* Install the package again"):
        spacy.blank("en").add_pipe("quotes_attribution", config={"weights": str(tmp_path)})
