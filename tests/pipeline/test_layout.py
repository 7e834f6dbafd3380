"""Signed quotations and turns of a transcript, told by the layout of their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.features import CASE
from quotes.pipeline.layout import Laid, headed, signed, turns
from quotes.pipeline.quoted import quoted_stretches
from quotes.pipeline.words import doc_words
from tests.pipeline.scored import TOKENIZER

Found = list[tuple[str, str, str]]


def laid_out(text: str) -> tuple[Found, Found, Found]:
    """Return signed quotations, turns and headed ones, each as the texts of source, cue and content."""
    doc = TOKENIZER(text)
    words = doc_words(doc, lambda word: (1,))
    texts = [doc[i].text for i in words.tokens.tolist()]
    cases = words.features[:, CASE].tolist()

    def shown(laid: Laid) -> tuple[str, str, str]:
        source, cue, content = (
            doc[int(words.tokens[start]) : int(words.tokens[end - 1]) + 1].text
            for start, end in (laid.source, laid.cue, laid.content)
        )
        return source, cue, content

    if not texts:
        return [], [], []
    quoted = quoted_stretches(words.marks, words.lines)
    return (
        [shown(laid) for laid in signed(texts, cases, quoted, words.lines)],
        [shown(laid) for laid in turns(texts, cases, words.lines)],
        [shown(laid) for laid in headed(texts, cases, quoted, words.lines)],
    )


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“It was late.” — Maria Lopez", "Maria Lopez", "—"),
        ("“It was late.” –Commissioner Maria Lopez", "Commissioner Maria Lopez", "–"),
        ('"It was late." - Maria Lopez, a teacher', "Maria Lopez, a teacher", "-"),
        ("“It was late.” -- Maria Lopez (Harbour City)", "Maria Lopez (Harbour City)", "--"),
        ("“It was late.” — Maria Lopez, head of the school.", "Maria Lopez, head of the school", "—"),
        ("“It was late.” — Maria de la Vega", "Maria de la Vega", "—"),
        ("“It was late.” — @mlopez, a teacher", "@mlopez, a teacher", "—"),
    ],
)
def test_a_name_behind_a_dash_signs_the_quotation_before_it(text: str, source: str, cue: str) -> None:
    ((found_source, found_cue, content),) = laid_out(text)[0]
    assert (found_source, found_cue) == (source, cue)
    assert content[1:-1] == "It was late."


def test_a_signed_line_is_one_quotation_whatever_it_quotes_itself() -> None:
    text = "“I would leave what he calls “home” at once.” ― Ana Duarte"
    assert laid_out(text)[0] == [("Ana Duarte", "―", "“I would leave what he calls “home” at once.”")]


@pytest.mark.parametrize(
    "text",
    [
        "“It was late.” — and nobody came",  # no name
        "“It was late,” she said — Maria Lopez left",  # not right behind the mark
        "“It was late. — Maria Lopez",  # never closed
        "“It was late.”\nMaria Lopez",  # no dash
        "“It was late” — It rained all day and all night and in the morning the river stood in the street",  # too long
        "It was late — Maria Lopez",  # no marks
    ],
)
def test_not_every_dash_is_a_signature(text: str) -> None:
    assert laid_out(text)[0] == []


def test_every_line_of_a_transcript_is_a_turn() -> None:
    text = "LOPEZ: It was late.\nHADDAD: How late was it?\nLOPEZ: Very late, I think."
    assert laid_out(text)[1] == [
        ("LOPEZ", ":", "It was late."),
        ("HADDAD", ":", "How late was it?"),
        ("LOPEZ", ":", "Very late, I think."),
    ]


def test_names_that_recur_and_are_mentioned_need_no_capitals() -> None:
    text = "Lopez met Haddad.\nLopez: It was late.\nHaddad: How late was it?\nLopez: Very late.\nHaddad: I see it now."
    assert [source for source, _, _ in laid_out(text)[1]] == ["Lopez", "Haddad", "Lopez", "Haddad"]


@pytest.mark.parametrize(
    "text",
    [
        "WARNING: Do not open the door.",  # a single heading
        "UPDATE: The road is open.\nCORRECTION: The road is shut.",
        "Tickets: ten euros a head.\nDoors: seven in the evening.",  # no names that are known
        "The score at the end of the second half: three to one.",  # too long for a name
        "LOPEZ:\nHADDAD:",  # nothing is said
        "12: Twelve men came.\n13: Thirteen men came.",
    ],
)
def test_not_every_colon_is_a_turn(text: str) -> None:
    assert laid_out(text)[1] == []


def test_a_line_with_from_and_a_name_heads_the_quoted_lines_below_it() -> None:
    text = "From Maria Lopez, a teacher:\n“It was late.\n“It was very late.”\n“No,” said Tom Jones."
    assert laid_out(text)[2] == [
        ("Maria Lopez, a teacher", ":", "“It was late."),
        ("Maria Lopez, a teacher", ":", "“It was very late.”"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "From Maria Lopez:\nIt was late.",
        "From then on:\n“It was late.”",
        "From Maria Lopez\n“It was late.”",
        "From:\n“No.”",
    ],
)
def test_not_every_line_with_from_is_a_heading(text: str) -> None:
    assert laid_out(text)[2] == []


@given(st.text(st.sampled_from("LOPEZ Ab:.“”\"—-\n,'"), max_size=60))
def test_whatever_is_found_lies_in_order_on_one_line(text: str) -> None:
    for source, cue, content in (laid for kind in laid_out(text) for laid in kind):
        assert source and cue and content
        assert not any("\n" in part for part in (source, cue, content))
