"""What users of other quotation extractors asked for or complained about, a test each, in sentences of our own.

Each test names the threads that it answers, as ``owner/name#number``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotes import Quote

Read = Callable[[str], tuple[Quote, ...]]


def name_of(quote: Quote) -> str | None:
    return quote.speaker.name if quote.speaker else None


def pieces_of(quote: Quote) -> list[str]:
    return [span.text for span in quote.contents]


@pytest.mark.parametrize(
    "text",
    [
        "“The ward is full,” Hugh Hill, a doctor, said.",
        "Hugh Hill, a doctor, said: “The ward is full.”",
        "Hugh Hill, a doctor at the county hospital, said the ward was full.",
    ],
)
def test_an_apposition_after_the_name_does_not_lose_the_speaker(text: str, quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#905"""
    (quote,) = quotes_of(text)
    assert name_of(quote) == "Hugh Hill"
    assert quote.role is not None and quote.role.startswith("doctor")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Carla “Sister Moon” Weber said she would never tour again.", "Carla “Sister Moon” Weber"),
        ('William "Bill" Carter said he would never tour again.', 'William "Bill" Carter'),
        ("“I slept through the alarm,” Tom “Ace” Miller told the court.", "Tom “Ace” Miller"),
    ],
)
def test_a_nickname_in_quotation_marks_is_part_of_the_name(text: str, name: str, quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#1251"""
    (quote,) = quotes_of(text)
    assert name_of(quote) == name


def test_a_name_in_quotation_marks_is_not_what_was_said(quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#1251"""
    (quote,) = quotes_of("The dancer, known as “the Cat,” said he would never tour again.")
    assert pieces_of(quote) == ["he would never tour again"]
    assert quote.speaker is not None
    assert quote.speaker.kind in ("person", "unnamed_person")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“This was the longest night of my life,” one survivor said.", "unnamed_person"),
        ("A person familiar with the talks said the merger could fall apart by Friday.", "unnamed_person"),
        ("“The beds were empty,” said a nurse who asked not to be named.", "unnamed_person"),
        ("“The beds were empty,” said two nurses at the clinic.", "unnamed_group"),
        ("Sources close to the club said the coach would be dismissed.", "unnamed_group"),
    ],
)
def test_an_unnamed_source_is_found_and_called_unnamed(text: str, kind: str, quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#1251"""
    (quote,) = quotes_of(text)
    assert quote.speaker is not None
    assert quote.speaker.kind == kind


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“The ice was as thick as my hand,” recalled Lena Fischer.", "recalled"),
        ("“I would do it again tomorrow,” insists Jorge Pineda.", "insists"),
        ("“But it works slowly,” Dr. Samir Haddad cautioned.", "cautioned"),
        ("“We will appeal,” vowed Elena Moss, the lawyer of the club.", "vowed"),
        ("“That goal was offside,” Nadia Brandt complained.", "complained"),
        ("The engineers concluded that the crack was older than the bridge.", "concluded"),
        ("Ana Duarte acknowledged that the tram would be late.", "acknowledged"),
    ],
)
def test_any_verb_of_speech_is_a_cue(text: str, cue: str, quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#1090"""
    (quote,) = quotes_of(text)
    assert quote.cue is not None
    assert quote.cue.text == cue
    assert quote.speaker is not None


def test_several_speakers_of_one_paragraph_keep_their_own_words(quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#1090"""
    found = quotes_of(
        "“It was dark,” said Lena Fischer. “I saw nothing,” said Omar Reyes. “I saw everything,” said Nadia Brandt."
    )
    assert [(name_of(quote), quote.text) for quote in found] == [
        ("Lena Fischer", "It was dark,"),
        ("Omar Reyes", "I saw nothing,"),
        ("Nadia Brandt", "I saw everything,"),
    ]


def test_several_speakers_of_one_quotation_are_named_together(quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#1090"""
    (quote,) = quotes_of("“It was dark,” said Lena Fischer and Omar Reyes in a joint statement.")
    assert name_of(quote) == "Lena Fischer and Omar Reyes"


def test_a_mark_that_is_never_closed_costs_no_other_quotation(quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#338"""
    found = quotes_of(
        "The minister said, “We have waited long enough. The bus came at noon.\n\n"
        "“It was late,” said Omar Reyes.\n\n"
        "“It was full,” said Nadia Brandt."
    )
    assert [pieces_of(quote) for quote in found][1:] == [["“It was late,”"], ["“It was full,”"]]
    assert [name_of(quote) for quote in found][1:] == ["Omar Reyes", "Nadia Brandt"]
    assert pieces_of(found[0])[0].startswith("“We have waited long enough.")


def test_words_behind_an_unclosed_mark_are_not_given_to_the_next_speaker(quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#338"""
    found = quotes_of("“We have waited long enough, said Ana Duarte.\n\n“It was late,” said Omar Reyes.")
    his = [piece for quote in found if name_of(quote) == "Omar Reyes" for piece in pieces_of(quote)]
    assert his == ["“It was late,”"]


@pytest.mark.parametrize("marks", ["‘’", "''"], ids=["curly", "straight"])
def test_single_quotation_marks_count(marks: str, quotes_of: Read) -> None:
    """NLP-Suite/NLP-Suite#511"""
    opening, closing = marks
    (quote,) = quotes_of(f"{opening}We have waited long enough,{closing} said Ana Duarte.")
    assert pieces_of(quote) == [f"{opening}We have waited long enough,{closing}"]
    assert quote.kind == "direct"
    assert name_of(quote) == "Ana Duarte"


@pytest.mark.parametrize("sign", "’'")
def test_an_apostrophe_is_no_quotation_mark(sign: str, quotes_of: Read) -> None:
    """chartbeat-labs/textacy#380, chartbeat-labs/textacy#382"""
    text = "The ’90s were good to the workers’ union, but the Joneses’ shop shut. “It wasn’t ours,” said Tom Jones."
    (quote,) = quotes_of(text.replace("’", sign))
    assert pieces_of(quote) == [f"“It wasn{sign}t ours,”"]


@pytest.mark.parametrize("sign", "’'")
def test_an_apostrophe_closes_no_single_quotation_marks(sign: str, quotes_of: Read) -> None:
    """chartbeat-labs/textacy#380, NLP-Suite/NLP-Suite#511"""
    text = "‘It’s the passengers’ money, isn’t it?’ said Ana Duarte."
    (quote,) = quotes_of(text.replace("‘", "'" if sign == "'" else "‘").replace("’", sign))
    assert quote.kind == "direct"
    assert quote.text == f"It{sign}s the passengers{sign} money, isn{sign}t it?"


@pytest.mark.parametrize(
    "text",
    [
        "“We have waited long enough,” Ana Duarte said.” The bus came at noon. “It was late,” said Omar Reyes.",
        '"We have waited long enough," Ana Duarte said. The 12" pipe broke. "It was late," said Omar Reyes.',
        "“We have waited long enough,” Ana Duarte said. The bus came at noon.\n\n“It was late,” said Omar Reyes. “",
    ],
)
def test_an_odd_number_of_marks_is_no_error_and_loses_nothing(text: str, quotes_of: Read) -> None:
    """chartbeat-labs/textacy#380, chartbeat-labs/textacy#382"""
    found = quotes_of(text)
    assert [quote.text for quote in found] == ["We have waited long enough,", "It was late,"]
    assert [name_of(quote) for quote in found] == ["Ana Duarte", "Omar Reyes"]


def test_nobody_is_called_unknown(quotes_of: Read) -> None:
    """NLP-Suite/NLP-Suite#1584, stanfordnlp/CoreNLP#905"""
    (quote,) = quotes_of("The letter was read aloud on Monday. They said it was a forgery.")
    assert quote.speaker is None
    assert quote.source is not None
    assert quote.source.text == "They"
    assert quote.confidence < 0.5


def test_an_unknown_caller_is_no_person_of_that_name(quotes_of: Read) -> None:
    """NLP-Suite/NLP-Suite#1584"""
    (quote,) = quotes_of("An unknown caller said there was a bomb in the station.")
    assert quote.speaker is not None
    assert quote.speaker.kind == "unnamed_person"


def test_the_mention_and_the_full_name_are_both_kept(quotes_of: Read) -> None:
    """stanfordnlp/CoreNLP#616"""
    by_surname, by_pronoun = quotes_of(
        "Nadia Brandt scored twice on Saturday. “The second goal was luck,” Brandt said. “The first was not,” she said."
    )
    assert [quote.source.text for quote in (by_surname, by_pronoun) if quote.source] == ["Brandt", "she"]
    assert name_of(by_surname) == name_of(by_pronoun) == "Nadia Brandt"
    assert by_surname.speaker is not None
    assert by_surname.speaker.names == ("Nadia Brandt", "Brandt")


@pytest.mark.parametrize(
    "text",
    [
        "“We have waited long enough. The bridge must open.” –Commissioner Ana Duarte",
        '"We have waited long enough. The bridge must open."\n–Commissioner Ana Duarte',
        "“We have waited long enough. The bridge must open.” — Commissioner Ana Duarte",
    ],
)
def test_a_quotation_signed_behind_a_dash_has_its_speaker(text: str, quotes_of: Read) -> None:
    """chartbeat-labs/textacy#383"""
    (quote,) = quotes_of(text)
    assert quote.text == "We have waited long enough. The bridge must open."
    assert name_of(quote) == "Ana Duarte"
    assert quote.role == "Commissioner"


def test_a_block_headed_from_and_a_name_is_a_quotation(quotes_of: Read) -> None:
    """chartbeat-labs/textacy#383"""
    found = quotes_of(
        "The council members sent us their answers.\n\n"
        "From Ana Duarte: “We have waited long enough.”\n\n"
        "From Omar Reyes: “The bridge is a waste of money.”"
    )
    assert [(name_of(quote), quote.text) for quote in found] == [
        ("Ana Duarte", "We have waited long enough."),
        ("Omar Reyes", "The bridge is a waste of money."),
    ]


def test_a_heading_with_from_and_a_name_owns_the_paragraph_below_it(quotes_of: Read) -> None:
    """chartbeat-labs/textacy#383"""
    found = quotes_of(
        "From Commissioner Ana Duarte:\n\n"
        "“We have waited long enough. The bridge must open before winter, and I will see to it.”\n\n"
        "From Commissioner Omar Reyes:\n\n"
        "“The bridge is a waste of money. I will vote against it.”"
    )
    assert [(name_of(quote), quote.text[:10]) for quote in found] == [
        ("Ana Duarte", "We have wa"),
        ("Omar Reyes", "The bridge"),
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The agency said the dam was safe.", "the dam was safe"),
        ("Fischer warned that the glacier would not last.", "that the glacier would not last"),
        ("The plant, the owners said on Tuesday, will close in May.", "The plant"),
        ("According to the police, the driver had fallen asleep.", "the driver had fallen asleep"),
    ],
)  # fmt: skip
def test_indirect_speech_is_found(text: str, content: str, quotes_of: Read) -> None:
    """chartbeat-labs/textacy#293"""
    (quote,) = quotes_of(text)
    assert quote.kind == "indirect"
    assert pieces_of(quote)[0] == content


def test_a_quotation_resumed_in_the_next_paragraph_needs_no_verb_there(quotes_of: Read) -> None:
    """afriedman412/sayswho#3"""
    (quote,) = quotes_of(
        "Omar Reyes looked at his field. “The rain never came,” he said.\n\n"
        "“We sold the cows in June.”\n\n"
        "The drought is the worst in forty years."
    )
    assert pieces_of(quote) == ["“The rain never came,”", "“We sold the cows in June.”"]
    assert name_of(quote) == "Omar Reyes"


def test_a_gesture_may_introduce_a_quotation(quotes_of: Read) -> None:
    """afriedman412/sayswho#3"""
    (quote,) = quotes_of("Omar Reyes shrugged. “Ask the railway.”")
    assert quote.text == "Ask the railway."
    assert name_of(quote) in ("Omar Reyes", None)


@pytest.mark.xfail(strict=True, reason="content without a cue is left out")
def test_a_quotation_that_nothing_introduces_is_kept_without_a_speaker_that_is_guessed(
    quotes_of: Read,
) -> None:
    """afriedman412/sayswho#3"""
    (quote,) = quotes_of(
        "Omar Reyes looked at his field.\n\n“The rain never came this year.”\n\nHe walked home."
    )
    assert quote.text == "The rain never came this year."
    assert quote.cue is None
    assert name_of(quote) in ("Omar Reyes", None)
