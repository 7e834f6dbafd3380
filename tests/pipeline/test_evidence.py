"""What the components leave behind for whoever asks why. The people in these sentences are made up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import quotes
from quotes.pipeline import read_doc
from quotes.pipeline.evidence import explain, explanations_of
from quotes.pipeline.explanations import Explanation
from quotes.wording import RULES


def explained(reader: Language, text: str) -> tuple[Explanation, ...]:
    (each,) = explain([quotes.Article(id="text", text=text)], reader)
    return each.explanations


def test_a_reading_is_the_same_with_and_without_its_explanation(reader: Language) -> None:
    article = quotes.Article(id="text", text="“Yes,” said Ana Duarte, the mayor. She added that it was late.")
    (reading,) = quotes.read([article], reader)
    assert tuple(e.quote for e in explained(reader, article.text)) == reading.quotes


def test_candidates_come_likeliest_first_and_their_scores_add_up_to_one(reader: Language) -> None:
    last = explained(reader, "Ana Duarte met Vera Winter. “Yes,” she said.")[-1]
    scores = [candidate.score or 0.0 for candidate in last.candidates]
    assert {candidate.name for candidate in last.candidates} == {"Ana Duarte", "Vera Winter", ""}
    assert scores == sorted(scores, reverse=True)
    assert abs(sum(scores) - 1) < 1e-6


def test_reasons_are_those_that_favour_the_first_candidate(reader: Language) -> None:
    last = explained(reader, "Ana Duarte met Karl Winter. “Yes,” she said.")[-1]
    assert last.reasons
    assert all(reason.weight > 0 for reason in last.reasons)
    assert {reason.who for reason in last.reasons} <= {candidate.name for candidate in last.candidates[:2]}


def test_a_pronoun_shows_the_name_and_the_mention_that_it_leans_on(reader: Language) -> None:
    text = "Ana Duarte, the mayor of Rivertown, spoke on Monday. Duarte opened the tram line. She said it was late."
    clues = {clue.part: clue for clue in explained(reader, text)[-1].clues}
    assert clues["name"].span.text == "Ana Duarte"
    assert clues["mention before"].span.text == "Duarte"
    assert clues["mention before"].span.start == text.index("Duarte opened")


def test_initials_show_the_name_in_full_they_stand_for(reader: Language) -> None:
    text = "The International Lake Fund met on Monday. The ILF said that the lake was clean."
    (clue,) = explained(reader, text)[-1].clues
    assert (clue.part, clue.span.text) == ("name", "International Lake Fund")


def test_a_role_shows_where_it_was_told(reader: Language) -> None:
    text = "“No,” Karl Winter said.\n\nThe tram is late. Karl Winter, leader of the opposition, left early."
    role = explained(reader, text)[0].role
    assert role is not None
    assert role.clue is not None
    assert (role.text, role.how, role.clue.line) == ("leader of the opposition", "apposition", 3)
    assert role.clue.span.text == "leader of the opposition"


def test_lines_are_counted_whatever_ends_them(reader: Language) -> None:
    for end in ("\n", "\r\n", "\r"):
        (only,) = explained(reader, f"It rained.{end}{end}“Yes,” said Ana Duarte.{end}")
        assert (only.line, only.cue_line, only.source_line) == (3, 3, 3)


def test_a_doubt_says_what_the_confidence_would_be_without_it(reader: Language) -> None:
    for explanation in explained(reader, "Ana Duarte said that the tram was late. They said no."):
        assert all(doubt.without > explanation.quote.confidence for doubt in explanation.doubts)
        assert sorted(explanation.doubts, key=lambda doubt: -doubt.without) == list(explanation.doubts)


def test_a_text_without_quotations_has_no_explanations(reader: Language) -> None:
    assert explained(reader, "It rained.") == ()


WORDS = [
    "Ana Duarte",
    "Duarte",
    "he",
    "She",
    "They",
    "the mayor",
    "who",
    "I",
    "said",
    "told",
    ",",
    "“",
    "”",
    ".",
    "\n",
    "it",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
def test_any_text_that_can_be_read_can_be_explained(reader: Language, words: list[str]) -> None:
    text = " ".join(words)
    doc = read_doc(quotes.Article(id="text", text=text), reader)
    found = explanations_of(doc, reader)
    assert len(found) == len(doc._.quotes)
    for explanation in found:
        assert explanation.rule in RULES
        for clue in explanation.clues:
            assert text[clue.span.start : clue.span.end] == clue.span.text
