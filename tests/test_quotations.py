"""Every example of docs/quotations.md, read by the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from quotes import Quote

PAGE = Path(__file__).parent.parent / "docs" / "quotations.md"
FIELDS = ("quote", "kind", "act", "cue", "source", "speaker", "role")
_BLOCK = re.compile(r"^```quotation\n(.*?)\n---\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)

Fields = dict[str, str]


class Example(NamedTuple):
    """A text of the page, with the fields of each quotation in it."""

    rule: str
    text: str
    quotations: tuple[Fields, ...]


def fields_of(lines: str) -> Fields:
    """Return the fields written on the lines of one quotation."""
    fields = dict(line.split(": ", 1) for line in lines.splitlines())
    unknown = set(fields) - set(FIELDS)
    assert not unknown, f"{PAGE.name}: no such field: {', '.join(unknown)}"
    assert next(iter(fields)) == "quote", f"{PAGE.name}: a quotation begins with 'quote:', not with {lines!r}"
    return fields


def examples_of(page: str) -> Iterator[Example]:
    """Yield the examples of the page, each under the rule that stands before it."""
    for block in _BLOCK.finditer(page):
        text, below = block.groups()
        rule = _RULE.findall(page[: block.start()])[-1]
        name = "-".join(re.findall(r"\w+", rule.lower())[:8])
        told = () if below == "no quotation" else tuple(fields_of(lines) for lines in below.split("\n\n"))
        yield Example(name, text, told)


def shown(quote: Quote) -> Fields:
    """Return all the fields of a quotation as the page writes them."""
    speaker = quote.speaker
    return {
        "quote": " | ".join(span.text for span in quote.contents),
        "kind": quote.kind,
        "act": quote.act,
        "cue": quote.cue.text if quote.cue else "none",
        "source": quote.source.text if quote.source else "none",
        "speaker": f"{speaker.name} ({speaker.kind})" if speaker else "none",
        "role": quote.role or "none",
    }


EXAMPLES = list(examples_of(PAGE.read_text(encoding="utf8")))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.rule for example in EXAMPLES])
def test_the_reader_keeps_the_rule(example: Example, quotes_of: Callable[[str], tuple[Quote, ...]]) -> None:
    found = [shown(quote) for quote in quotes_of(example.text)]
    expected = list(example.quotations)
    told = [
        {name: fields[name] for name in (expected[i] if i < len(expected) else FIELDS)}
        for i, fields in enumerate(found)
    ]
    assert told == expected


def test_every_example_of_the_page_is_a_test() -> None:
    page = PAGE.read_text(encoding="utf8")
    assert len(EXAMPLES) == page.count("```quotation") > 50


def test_the_page_shows_every_kind_act_and_kind_of_speaker() -> None:
    told = [fields for example in EXAMPLES for fields in example.quotations]
    assert {fields.get("kind") for fields in told} >= {"direct", "mixed", "indirect"}
    assert {fields.get("act") for fields in told} >= {"speech", "writing", "belief"}
    kinds = {fields["speaker"].rsplit("(", 1)[-1].rstrip(")") for fields in told if "speaker" in fields}
    assert kinds == {"person", "organization", "document", "unnamed_person", "unnamed_group", "none"}
