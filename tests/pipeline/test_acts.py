import pytest
import spacy

from quotes.pipeline.acts import cue_act
from quotes.pipeline.tokenizer import FineTokenizer

TOKENIZER = FineTokenizer(spacy.blank("en").vocab)


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", "speech"),
        ("according to", "speech"),
        ("put it", "speech"),
        ("stammered", "speech"),
        ("has denied", "speech"),
        (":", "speech"),
        ("told reporters", "speech"),
        ("wrote", "writing"),
        ("tweeted", "writing"),
        ("thinks", "belief"),
        ("is worried", "belief"),
        ("believed", "belief"),
        ("said he believed", "speech"),
        ("is expected to", "belief"),
        ("won", "other"),
        ("did not say", "other"),
        ("didn’t say", "other"),
        ("has never publicly said", "other"),
        ("has yet to say", "other"),
        ("declined at first to say", "other"),
        ("stopped short of saying", "other"),
        ("does not believe", "belief"),
        ("said, without naming anybody,", "speech"),
        ("did not hesitate to say", "speech"),
        ("not only said", "speech"),
    ],
)
def test_a_cue_is_sorted_by_what_it_does(cue, act):
    doc = TOKENIZER(cue)
    assert cue_act(doc[:]) == act


def test_a_quotation_without_a_cue_is_speech():
    assert cue_act(None) == "speech"
