"""What stands between quotation marks, and what that says about contents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.features import CLOSING, INSIDE, OPENING, OUTSIDE
from quotes.pipeline.labels import SPAN_LABELS
from quotes.pipeline.quoted import Quoted, cut_at_sentences, quoted_stretches, respect_marks

CODES = {".": OUTSIDE, "<": OPENING, ">": CLOSING, "i": INSIDE}
LABELS = {".": "O", "B": "B-content", "I": "I-content", "s": "B-source", "c": "B-cue"}


def codes(drawn: str) -> list[int]:
    return [CODES[sign] for sign in drawn]


def labels(drawn: str) -> np.ndarray:
    return np.array([SPAN_LABELS.index(LABELS[sign]) for sign in drawn], dtype=np.int64)


def drawn(numbers: np.ndarray) -> str:
    signs = {name: sign for sign, name in LABELS.items()}
    return "".join(signs[SPAN_LABELS[number]] for number in numbers.tolist())


@pytest.mark.parametrize(
    ("marks", "lines", "expected"),
    [
        ("..<ii>..", [0], [Quoted(2, 6, True)]),
        ("<i><i>", [0], [Quoted(0, 3, True), Quoted(3, 6, True)]),
        ("<ii<i>", [0, 3], [Quoted(0, 3, False), Quoted(3, 6, True)]),
        ("<ii..", [0], [Quoted(0, 3, False)]),
        ("<ii", [0], [Quoted(0, 3, False)]),
        ("<ii<i>", [0], [Quoted(0, 3, False), Quoted(3, 6, True)]),
        ("..>..", [0], []),
        ("", [0], []),
    ],
)
def test_a_stretch_runs_from_mark_to_mark_and_ends_with_its_line(
    marks: str, lines: list[int], expected: list[Quoted]
) -> None:
    assert quoted_stretches(codes(marks), lines) == expected


@pytest.mark.parametrize(
    ("before", "stretch", "after"),
    [
        ("..BII..", Quoted(1, 6, True), ".BIIII."),  # the marks come in
        ("..BII.s", Quoted(1, 6, True), ".BIIIIs"),
        ("...B...", Quoted(1, 6, True), "...B..."),  # too little of it is content
        ("BIIII..", Quoted(2, 6, True), "BIIIII."),  # the stretch goes on a content begun before it
        (".BIBI..", Quoted(1, 6, True), ".BIIII."),  # what was cut is one again
        (".BIIIII", Quoted(1, 4, False), ".BIIBII"),  # what follows an unclosed stretch is apart
        ("BII", Quoted(0, 2, True), "BII"),
        ("..", Quoted(0, 2, True), ".."),  # nothing between the marks
    ],
)
def test_a_stretch_that_is_mostly_content_becomes_content_altogether(
    before: str, stretch: Quoted, after: str
) -> None:
    found = labels(before)
    respect_marks(found, [stretch], share=0.5)
    assert drawn(found) == after


def test_how_much_must_be_content_is_a_setting() -> None:
    found = labels("..BII..")
    respect_marks(found, [Quoted(0, 7, True)], share=0.7)
    assert drawn(found) == "..BII.."


@pytest.mark.parametrize(
    ("before", "starts", "marks", "after"),
    [
        ("BIII", "0010", "....", "BIBI"),
        ("BIII", "0010", "<iii", "BIII"),
        ("BIII", "0010", "<i><", "BIBI"),
        ("s..c", "0010", "....", "s..c"),
    ],
)
def test_content_outside_marks_is_cut_where_a_sentence_begins(
    before: str, starts: str, marks: str, after: str
) -> None:
    found = labels(before)
    cut_at_sentences(found, np.array([int(sign) for sign in starts]), codes(marks))
    assert drawn(found) == after


@given(st.lists(st.sampled_from(sorted(CODES.values())), max_size=40), st.data())
def test_stretches_of_any_marks_follow_each_other_within_lines(marks: list[int], data: st.DataObject) -> None:
    lines = sorted(data.draw(st.sets(st.integers(0, max(0, len(marks) - 1)))) | {0})
    last = 0
    for start, end, closed in quoted_stretches(marks, lines):
        assert last <= start < end <= len(marks)
        assert marks[start] == OPENING
        assert closed == (end - start > 1 and marks[end - 1] == CLOSING)
        assert not any(start < line < end for line in lines)
        last = end
