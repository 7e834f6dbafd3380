"""The whole reader: what holds for any text, and how it is put together."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import quotes
from quotes.errors import WeightsError
from quotes.model import ACTS, QUOTE_KINDS, SPEAKER_KINDS
from quotes.pipeline import COMPONENTS
from quotes.pipeline.encode import MAX_PIECES

NEWS = (
    "“We will rebuild the bridge before the first frost,” said Ana Duarte, the mayor of Rivertown.\n\n"
    "Omar Reyes, a farmer, told reporters on Monday that the bridge was “two years late.” He blamed the council.\n\n"
    "According to a report, the river is rising.\n"
)
PIECES = [
    *"“ ” \" ' ‘ ’ « » — - : , . ? … ( )".split(),
    " ", " ", " ", "\n", "\n\n", "\t",
    "Ana Duarte", "Omar Reyes", "Mr.", "Sen.", "LOPEZ", "he", "She", "they", "who", "the mayor of Rivertown",
    "a farmer", "the Lake Board", "the report", "a spokesman for", "From", "said", "told", "wrote", "thinks", "denied",
    "according to", "that", "it was late", "and", "on Monday", "’s", "3,000", "U.S.", "@ana", "http://a.org",
    "\u00a0", "\u200b", "\u00ad", "\ufeff", "😀", "שלום", "東京", "e\u0301", "\u202e", "\x00", "\U0010ffff", "İ",
]  # fmt: skip


def read(text: str, reader: Language) -> tuple[quotes.Quote, ...]:
    (reading,) = quotes.read([quotes.Article(id="text", text=text)], reader)
    return reading.quotes


def hold_together(text: str, found: tuple[quotes.Quote, ...]) -> None:
    """Assert what is promised of the quotations of any text."""
    for quote in found:
        assert quote.kind in QUOTE_KINDS
        assert quote.act in ACTS
        assert 0.0 <= quote.confidence <= 1.0
        assert quote.contents
        parts = [*quote.contents, *filter(None, (quote.cue, quote.source))]
        for span in (*parts, quote.context):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
        ordered = sorted(parts, key=lambda span: span.start)
        for before, after in pairwise(ordered):
            assert before.end <= after.start
        assert list(quote.contents) == sorted(quote.contents, key=lambda span: span.start)
        if quote.speaker is None:
            assert quote.role is None
        else:
            assert quote.speaker.name.strip()
            assert quote.speaker.kind in SPEAKER_KINDS
            assert quote.source is not None
    starts = [quote.contents[0].start for quote in found]
    assert starts == sorted(starts)


@settings(max_examples=150)
@given(st.text(max_size=400))
def test_any_text_at_all_is_read_and_every_span_is_the_texts_own(reader: Language, text: str) -> None:
    hold_together(text, read(text, reader))


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_jumble_of_news_is_read_and_every_span_is_the_texts_own(reader: Language, text: str) -> None:
    hold_together(text, read(text, reader))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(NEWS)), st.sampled_from(PIECES)), max_size=6))
def test_news_damaged_anywhere_is_read_and_every_span_is_the_texts_own(
    reader: Language, damage: list[tuple[int, str]]
) -> None:
    text = NEWS
    for place, piece in sorted(damage, reverse=True):
        text = text[:place] + piece + text[place:]
    hold_together(text, read(text, reader))


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join), min_size=1, max_size=3))
def test_a_reading_depends_on_its_article_alone(reader: Language, others: list[str]) -> None:
    alone = read(NEWS, reader)
    articles = [quotes.Article(id=str(i), text=text) for i, text in enumerate([*others, NEWS, *others])]
    readings = list(quotes.read(articles, reader))
    assert readings[len(others)].quotes == alone
    assert [reading.quotes for reading in readings[len(others) + 1 :]] == [
        read(text, reader) for text in others
    ]
    assert [reading.article for reading in readings] == articles


def test_reading_in_batches_gives_the_same(reader: Language) -> None:
    texts = [NEWS, "", "It rained.", NEWS * 3]
    in_batches = [tuple(doc._.quotes) for doc in reader.pipe(texts, batch_size=3)]
    assert in_batches == [read(text, reader) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\t\r\n \u00a0",
        "\ufeff",
        "\u200b\u200b",
        "\x00",
        "“",
        "”",
        "“”",
        '"',
        "'",
        "…",
        "😀",
        "😀 😀",
        "a",
    ],
)
def test_a_text_in_which_nobody_speaks_has_no_quotations(text: str, reader: Language) -> None:
    assert read(text, reader) == ()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_any_kind_of_line_break_parts_paragraphs(ending: str, reader: Language) -> None:
    text = NEWS.replace("\n", ending)
    found = read(text, reader)
    hold_together(text, found)
    assert [quote.text for quote in found] == [quote.text for quote in read(NEWS, reader)]


def test_offsets_count_characters_and_not_bytes_or_utf_16_units(reader: Language) -> None:
    before = "👩‍🚀 שלום 東京 e\u0301.\n\n"
    plain, shifted = read(NEWS, reader), read(before + NEWS, reader)
    assert [quote.text for quote in shifted] == [quote.text for quote in plain]
    hold_together(before + NEWS, shifted)


@pytest.mark.parametrize(
    ("piece", "times"),
    [("“", 3000), ("” ‘", 999), ("said ", 5000), ("A. B. said, “", 999), ("\n", 999), ("a", 999), ("LEE: no no\n", 99)],
    ids=repr,
)  # fmt: skip
def test_a_text_that_repeats_itself_is_read(piece: str, times: int, reader: Language) -> None:
    hold_together(piece * times, read(piece * times, reader))


def test_an_article_of_200_000_characters_is_read(reader: Language) -> None:
    text = (NEWS + "\n") * (200_000 // len(NEWS) + 1)
    found = read(text, reader)
    assert len(text) > 200_000
    assert len(found) > 3 * text.count("rebuild")
    hold_together(text, found)
    assert found[-1].contents[0].start > 199_000


def test_a_single_line_of_200_000_characters_is_read(reader: Language) -> None:
    text = (NEWS.replace("\n", " ") * (200_000 // len(NEWS) + 1))[:200_000]
    found = read(text, reader)
    assert found
    hold_together(text, found)


def test_the_components_run_in_the_order_of_their_names(reader: Language) -> None:
    assert tuple(reader.pipe_names) == COMPONENTS
    assert COMPONENTS[0] == "quotes_encode"
    assert COMPONENTS[-1] == "quotes_confidence"


def test_results_stand_on_the_document_and_in_its_spans(reader: Language) -> None:
    doc = reader(NEWS)
    assert doc.text == NEWS
    assert tuple(doc._.quotes) == read(NEWS, reader)
    assert {"sources", "cues", "contents", "quotes"} <= set(doc.spans)
    told = [span.text for quote in doc._.quotes for span in quote.contents]
    assert [span.text for span in doc.spans["quotes"]] == told
    assert [span.label_ for span in doc.spans["sources"]] == ["source"] * len(doc.spans["sources"])
    assert {ent.text for ent in doc.ents if ent.label_ == "PERSON"} >= {"Ana Duarte", "Omar Reyes"}


def test_the_scores_of_the_network_are_not_kept(reader: Language) -> None:
    assert reader(NEWS)._.encoded is None


def test_every_setting_stands_in_the_config(reader: Language) -> None:
    components = reader.config["components"]
    assert components["quotes_encode"]["max_pieces"] == MAX_PIECES
    assert components["quotes_spans"]["quoted_share"] == 0.5
    assert components["quotes_attribution"]["max_lines"] == 3
    assert components["quotes_speakers"]["threshold"] == 0.7


def test_a_setting_can_be_given_to_load() -> None:
    nlp = quotes.load(["quotes_encode", "quotes_spans"], encode={"threads": 1}, spans={"quoted_share": 0.9})
    assert nlp.pipe_names == ["quotes_encode", "quotes_spans"]
    assert nlp.config["components"]["quotes_encode"]["threads"] == 1
    assert nlp.get_pipe("quotes_spans").quoted_share == 0.9


def test_the_first_few_components_work_without_the_rest() -> None:
    doc = quotes.load(["quotes_encode", "quotes_spans"])(NEWS)
    assert doc.spans["cues"][0].text == "said"
    assert doc._.quotes is None


@pytest.mark.parametrize("component", ["encode", "spans", "attribution", "confidence"])
def test_weights_that_are_not_there_are_reported_with_what_to_do(component: str, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"cannot be .*Install the package again") as caught:
        quotes.load(**{component: {"weights": str(tmp_path / "nowhere")}})
    assert str(tmp_path / "nowhere") in str(caught.value)


def test_damaged_weights_are_reported_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"not a network")
    with pytest.raises(WeightsError, match="cannot be loaded"):
        quotes.load(["quotes_encode"], encode={"weights": str(tmp_path)})


@pytest.mark.parametrize(
    "config",
    ["{}", "{'nlp': {'tokenizer': {'@tokenizers': 'quotes.FineTokenizer.v1'}}}"],
    ids=["spaCy's tokenizer", "our tokenizer"],
)
def test_a_plain_pipeline_finds_the_components_by_name(config: str, tmp_path: Path) -> None:
    """After installation spaCy knows them, though the program never imports the package."""
    program = (
        "import spacy\n"
        f"nlp = spacy.blank('en', config={config})\n"
        f"for name in {COMPONENTS!r}: nlp.add_pipe(name)\n"
        "doc = nlp('“We will wait,” said Ana Duarte.')\n"
        "print([(quote.text, quote.speaker.name) for quote in doc._.quotes])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[('We will wait,', 'Ana Duarte')]"
