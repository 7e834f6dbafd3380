import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.features import APOSTROPHE, CLOSING, GLUED, INSIDE, LINE, OPENING, OUTSIDE, SPACE
from quotes.pipeline.marks import mark_codes
from quotes.pipeline.tokenizer import FineTokenizer
from quotes.pipeline.words import doc_words

TOKENIZER = FineTokenizer(spacy.blank("en").vocab)
SIGNS = {OPENING: "<", CLOSING: ">", APOSTROPHE: "^"}


def shown(text):
    """The text with each mark drawn as the way it was read: ``<`` opening, ``>`` closing, ``^`` apostrophe."""
    doc = TOKENIZER(text)
    words = doc_words(doc, lambda word: (1,))
    drawn = [token.text_with_ws for token in doc]
    for i, code in zip(words.tokens.tolist(), words.marks, strict=True):
        if code in SIGNS:
            drawn[i] = SIGNS[code] + doc[i].whitespace_
    return "".join(drawn)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("“We will act,” Kirby said.", "<We will act,> Kirby said."),
        ('"We will act," Kirby said. "Soon."', "<We will act,> Kirby said. <Soon.>"),
        # the wrong way round, glued to the sentence before
        ("He left.”President Biden is clear,” she said.", "He left.<President Biden is clear,> she said."),
        (
            "It “must stop.””Both acts require it,” he said.",
            "It <must stop.><Both acts require it,> he said.",
        ),
        # one too many loses nothing
        ("That is it.” He left. “Good,” she said.", "That is it.> He left. <Good,> she said."),
        # one too few costs its own line alone
        ("He said “this is it.\nShe said “no.”", "He said <this is it.\nShe said <no.>"),
        ("“We waited, said Ana Duarte.\nShe said “no.”", "<We waited, said Ana Duarte.\nShe said <no.>"),
        # a long quotation opens every paragraph and closes the last
        ("“One.\n\n“Two.\n\n“Three,” he said.", "<One.\n\n<Two.\n\n<Three,> he said."),
        # single marks, with apostrophes among them
        ("‘I don’t know,’ she said.", "<I don’t know,> she said."),
        ("'It's the workers' problem,' he said.", "<It's the workers' problem,> he said."),
        ("In the ’90s the Joneses’ house burnt.", "In the ^90s the Joneses^ house burnt."),
        # within double marks single ones do not count
        ("“He said ‘go’ to me,” she said.", "<He said ‘go’ to me,> she said."),
        ("«Nous partons», dit-il. „Gut“, sagt sie.", "<Nous partons>, dit-il. <Gut>, sagt sie."),
        ("``We go,'' he said.", "<We go,> he said."),
    ],
)
def test_each_mark_is_read_the_way_it_was_meant(text, read):
    assert shown(text) == read


WORDS = st.lists(
    st.tuples(
        st.sampled_from(["“", "”", '"', "'", "‘", "’", ".", ",", "said", "He"]),
        st.sampled_from([GLUED, SPACE, LINE]),
    ),
    max_size=60,
)


@given(WORDS)
def test_any_jumble_of_marks_gives_each_word_one_code(words):
    codes = mark_codes([word for word, _ in words], [gap for _, gap in words])
    assert len(codes) == len(words)
    assert set(codes) <= {OUTSIDE, OPENING, CLOSING, INSIDE, APOSTROPHE}


@given(WORDS)
def test_what_stands_inside_was_opened_on_its_own_line(words):
    codes = mark_codes([word for word, _ in words], [gap for _, gap in words])
    opened = False
    for code, (_, gap) in zip(codes, words, strict=True):
        opened = (opened and gap != LINE) or code == OPENING
        assert opened or code != INSIDE
