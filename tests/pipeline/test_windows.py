from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.windows import windows

LENGTHS = st.lists(st.integers(1, 8), min_size=1, max_size=400)


@st.composite
def articles(draw):
    lengths = draw(LENGTHS)
    lines = sorted({0, *draw(st.lists(st.integers(0, len(lengths) - 1), max_size=20))})
    return lengths, lines


@given(articles())
def test_every_word_is_kept_once_and_in_order(article):
    lengths, lines = article
    at = 0
    for window in windows(lengths, lines, max_pieces=64, context_pieces=12):
        assert window.start <= window.keep_start == at < window.keep_end <= window.end
        at = window.keep_end
    assert at == len(lengths)


@given(articles())
def test_no_window_holds_more_pieces_than_it_may(article):
    lengths, lines = article
    for window in windows(lengths, lines, max_pieces=64, context_pieces=12):
        assert sum(lengths[window.start : window.end]) <= 64


def test_short_lines_stay_whole_and_together():
    found = windows([1] * 30, [0, 10, 20], max_pieces=20, context_pieces=0)
    assert [(w.keep_start, w.keep_end) for w in found] == [(0, 20), (20, 30)]


def test_a_line_too_long_is_cut_with_context_on_both_sides():
    found = windows([1] * 100, [0], max_pieces=40, context_pieces=10)
    assert found[1].start == found[1].keep_start - 10
    assert found[0].end == found[0].keep_end + 10


def test_a_text_without_words_has_no_windows():
    assert windows([], [0], max_pieces=40, context_pieces=10) == []
