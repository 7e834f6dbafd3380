"""Annotated articles laid over words, damaged or not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.encode import WEIGHTS
from quotes.pipeline.features import BREAK, LINE
from quotes.pipeline.labels import CUE_PLACES, HEADS, SOURCE_PLACES, SPAN_LABELS
from training.damage import damaged
from training.prepare import IGNORE, Example, attribution_labels, read_examples

TOKENIZER = WEIGHTS / "tokenizer.json"
TEXT = "“It was late,” Ana Duarte said.\nShe told him that “nobody” had come."
KINDS = ("glued", "flipped", "straight", "single", "stray")


def stretch(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


ATTRIBUTIONS = [
    {
        "content": [stretch("“It was late,”")],
        "cue": [stretch("said")],
        "source": [stretch("Ana Duarte")],
    },
    {
        "content": [stretch("that “nobody” had come")],
        "cue": [stretch("told")],
        "source": [stretch("She")],
    },
]
LAYER = {
    "id": "one",
    "sentences": [
        {"tokens": [[*stretch("Ana"), "NNP", "PERSON", "Ana", 2, "compound"],
                    [*stretch("Duarte"), "NNP", "PERSON", "Duarte", 3, "nsubj"]]},
        {"tokens": [[*stretch("She"), "PRP", "O", "she", 2, "nsubj"]]},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    folder = tmp_path_factory.mktemp("split")
    article = {"id": "one", "text": TEXT, "annotators": [ATTRIBUTIONS]}
    write(folder / "articles.jsonl.gz", article)
    write(folder / "corenlp.jsonl.gz", LAYER)
    (found,) = read_examples(folder, TOKENIZER)
    return found


def write(path: Path, line: dict) -> None:
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.write(json.dumps(line) + "\n")


def labelled(example: Example, role: str) -> list[str]:
    """Return the words of each span that the labels mark."""
    found: list[str] = []
    for text, label in zip(example.texts, example.labels["spans"].tolist(), strict=True):
        if SPAN_LABELS[label] == f"B-{role}":
            found.append(text)
        elif SPAN_LABELS[label] == f"I-{role}":
            found[-1] += f" {text}"
    return found


def place(example: Example, head: str, word: str) -> int:
    return int(example.labels[head][example.texts.index(word)])


def test_every_span_is_marked_on_its_words(example: Example) -> None:
    assert labelled(example, "source") == ["Ana Duarte", "She"]
    assert labelled(example, "cue") == ["said", "told"]
    assert labelled(example, "content") == ["“ It was late , ”", "that “ nobody ” had come"]


def test_a_cue_says_where_its_source_stands_and_a_content_where_its_cue_does(example: Example) -> None:
    assert SOURCE_PLACES[place(example, "source_place", "said")] == "previous"
    assert CUE_PLACES[place(example, "cue_place_first", "“")] == "next"
    assert CUE_PLACES[place(example, "cue_place_last", "come")] == "previous"
    assert place(example, "source_place", "late") == IGNORE


def test_names_and_sentences_come_from_the_automatic_layer(example: Example) -> None:
    assert place(example, "entities", "Ana") != place(example, "entities", "Duarte") != 0
    assert place(example, "sentence_start", "She") == 1
    assert place(example, "entities", "late") == IGNORE


def test_a_span_that_another_cuts_in_two_goes_on_as_a_span_of_its_own() -> None:
    starts = np.array([0, 3, 6, 10])
    whole = [{"content": [[0, 12]]}, {"cue": [[3, 5]]}]
    found = attribution_labels(whole, starts, starts + 2)["spans"].tolist()
    assert [SPAN_LABELS[label] for label in found] == ["B-content", "B-cue", "B-content", "I-content"]


@pytest.mark.parametrize("kind", KINDS)
def test_damage_leaves_who_said_what_as_it_was(example: Example, kind: str) -> None:
    found = damaged(example, kind, lambda word: (1,), np.random.default_rng(1))
    assert [labelled(found, role) for role in ("source", "cue")] == [["Ana Duarte", "She"], ["said", "told"]]
    assert len(labelled(found, "content")) == 2


def test_glued_text_has_no_line_breaks_left_but_the_first(example: Example) -> None:
    found = damaged(example, "glued", lambda word: (1,), np.random.default_rng(1))
    assert not (found.words.features[1:, BREAK] == LINE).any()


@given(st.sampled_from(KINDS), st.integers(0, 1000))
def test_a_damaged_copy_has_one_label_of_each_head_for_each_word(
    example: Example, kind: str, seed: int
) -> None:
    found = damaged(example, kind, lambda word: (1,), np.random.default_rng(seed))
    lengths = {len(found.texts), len(found.words.pieces), len(found.words.features)}
    assert {len(found.labels[head]) for head in HEADS} == lengths == {len(found.texts)}
