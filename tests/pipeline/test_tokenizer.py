import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.tokenizer import FineTokenizer

TOKENIZER = FineTokenizer(spacy.blank("en").vocab)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("strikes.”President Biden", ["strikes", ".", "”", "President", "Biden"]),
        ("the U.S. took", ["the", "U.S.", "took"]),
        ("Biden’s plan", ["Biden", "’s", "plan"]),
        ("they don't", ["they", "don", "'t"]),
        ("3,000 at 7.44", ["3,000", "at", "7.44"]),
        ("wait... what--now", ["wait", "...", "what", "--", "now"]),
        ("ad\u00admin", ["ad\u00admin"]),
        ("one\u200btwo", ["one", "\u200b", "two"]),
        ("first\n\nsecond", ["first", "\n\n", "second"]),
        ("X. Then Y.Next", ["X", ".", "Then", "Y", ".", "Next"]),
    ],
)
def test_every_mark_and_every_ending_is_a_token_of_its_own(text, words):
    assert [token.text for token in TOKENIZER(text)] == words


@given(st.text())
def test_the_tokens_of_any_text_put_together_are_that_text(text):
    doc = TOKENIZER(text)
    assert doc.text == text
    assert all(doc.text[token.idx : token.idx + len(token)] == token.text for token in doc)
