"""How likely an attribution is right, as numbers and as a probability."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import WeightsError
from quotes.pipeline.certainty import FEATURES, SIGNS, Calibration, log_odds
from tests.pipeline.scored import scored
from tests.pipeline.test_attribution import ATTRIBUTE
from tests.pipeline.test_spans import SPANS

FITTED: dict[str, Any] = {
    "weights": dict.fromkeys(FEATURES, 0.5),
    "bias": -1.0,
    "unresolved": 0.7,
    "usual": dict.fromkeys(SIGNS, 0.9),
}


def features(text: str) -> dict[str, float]:
    ((_, numbers),) = ATTRIBUTE.candidates(SPANS(scored(text)))
    return dict(zip(FEATURES, numbers.tolist(), strict=True))


def test_a_network_that_is_sure_of_everything_gives_high_odds() -> None:
    found = features("(S Duarte) (C said) (Q it was late).")
    assert all(found[name] > 3 for name in ("content", "content_start", "cue", "source", "link"))
    assert found["has_source"] == 1.0
    assert found["quoted"] == 0.0


def test_a_source_that_is_missing_counts_for_nothing() -> None:
    found = features("It (C- was said) that (Q it was late).")
    assert found["has_source"] == found["source"] == 0.0


def test_how_much_is_quoted_is_a_share() -> None:
    assert 0.5 < features("(S Duarte) (C said), (Q “It was late.”)")["quoted"] < 1.0


def test_what_the_network_does_not_see_lowers_the_odds() -> None:
    sure = features("(S Duarte) (C said), (Q “it was late and cold and wet”).")
    doubtful = features("(S Duarte) (C said), “(Q it was late and) cold and wet”.")
    assert doubtful["content"] < sure["content"]


@pytest.mark.parametrize(
    ("cue", "other", "belief"),
    [("said", 0.0, 0.0), ("thinks", 0.0, 1.0), ("won", 1.0, 0.0)],
)
def test_what_the_cue_does_is_weighed(cue: str, other: float, belief: float) -> None:
    found = features(f"(S Duarte) (C {cue}) (Q it was late).")
    assert (found["other_act"], found["belief"]) == (other, belief)


def test_lengths_are_weighed() -> None:
    found = features("(S Duarte) (C has said) (Q it was late).")
    assert found["cue_length"] == 2.0
    assert found["log_words"] == pytest.approx(np.log(4))


@given(st.floats(0, 1), st.floats(0, 1))
def test_log_odds_grow_with_the_probability_and_stay_within_bounds(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert -6.3 < log_odds(low) <= log_odds(high) < 6.3


def test_even_odds_are_zero() -> None:
    assert log_odds(0.5) == pytest.approx(0.0)


@given(st.lists(st.floats(-50, 50), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_whatever_the_numbers_a_probability_comes_out(numbers: list[float]) -> None:
    calibration = Calibration((0.5,) * len(FEATURES), -1.0, 0.7)
    assert 0.0 <= calibration.probability(np.array(numbers)) <= 1.0


def test_what_was_fitted_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps(FITTED), encoding="utf8")
    assert Calibration.from_file(path) == Calibration((0.5,) * len(FEATURES), -1.0, 0.7, (0.9,) * len(SIGNS))


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "[]",
        "{}",
        "not JSON",
        json.dumps(FITTED | {"bias": None}),
        json.dumps(FITTED | {"weights": {}}),
        json.dumps(FITTED | {"usual": {}}),
    ],
)
def test_a_calibration_that_is_missing_or_damaged_is_reported_with_what_to_do(
    text: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "confidence.json"
    if text is not None:
        path.write_text(text, encoding="utf8")
    with pytest.raises(WeightsError, match=r"confidence\.json cannot be read .* Install the package again"):
        Calibration.from_file(path)
