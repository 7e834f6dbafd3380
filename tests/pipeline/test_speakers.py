"""Who stands behind a source. The people, places and bodies in these sentences are made up."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import quotes.pipeline.roles
import quotes.pipeline.speakers  # noqa: F401
from quotes.pipeline.attributions import Attribution
from quotes.pipeline.tokenizer import FineTokenizer
from tests.pipeline.marked import marked, speaker, spoken

READER = spacy.blank("en")
READER.add_pipe("quotes_speakers")
READER.add_pipe("quotes_roles")

NAMED = [
    ("<Roads will close>, {[P Hugh Hill], a doctor,} said.", "Hugh Hill"),
    ("{[P Ana “Nan” Duarte]} said <it was late>.", "Ana “Nan” Duarte"),
    ("[P Ana Duarte] met reporters. {[P Duarte]} said <it was late>.", "Ana Duarte"),
    ("{Mr. [P Duarte]} said <it was late>. [P Paulo Duarte] left.", "Paulo Duarte"),
    ("{U.S. Colonel [P Walter Mott], the spokesman for the mission,} said <it was late>.", "Walter Mott"),
    ("{The mayor of [L Lorn], [P Ana Duarte],} said <it was late>.", "Ana Duarte"),
    ("{A lawyer for the outlets, [P Dora Stein],} said <it was late>.", "Dora Stein"),
    ("{[O Lorn Council]’s [P Ana Duarte]} said <it was late>.", "Ana Duarte"),
    ("{His wife and campaign chair [P Ana Duarte]} said <it was late>.", "Ana Duarte"),
    ("{[P Mustafa] al-Kadri} said <it was late>.", "Mustafa al-Kadri"),
    ("{Dr. [P Kim Sung-min]} said <it was late>.", "Kim Sung-min"),
    ("{[P Ana Duarte]’s} claim was <that it was late>.", "Ana Duarte"),
    ("{Sen. Marlo Quist} said <it was late>.", "Marlo Quist"),
    ("{[O Lorn Supreme Court Justice Frank] [P Quist]} said <it was late>.", "Frank Quist"),
    ("{[O Lorn Supreme Court Justice Frank Quist]} said <it was late>.", "Frank Quist"),
    ("{[P Democrat Ana Duarte]} said <it was late>.", "Ana Duarte"),
    ("{[P Frank] [M Quist]} said <it was late>.", "Frank Quist"),
    ("{The/DET taoiseach/NOUN, [P Conor Quist],} said <it was late>.", "Conor Quist"),
    ("[P Pieter van Dijk] met farmers. {[P Van Dijk]} said <it was late>.", "Pieter van Dijk"),
    ("{Singer/NOUN [P Norman Quist]} said <it was late>.", "Norman Quist"),
    ("{Former minister [P Guy Quist]} said <it was late>.", "Guy Quist"),
    ("{[P Tom] “Ace” [P Quist]} said <it was late>.", "Tom “Ace” Quist"),
    ("{[P Tom “Ace]” [P Quist]} said <it was late>.", "Tom “Ace” Quist"),
    ("{[P Colm Quist KC], for the defence,} said <it was late>.", "Colm Quist"),
    ("{[P Ana Duarte] MP} said <it was late>.", "Ana Duarte"),
    ("{[P Sleepy Frank Quist]} said <it was late>.", "Frank Quist"),
    ("{[P Dean Quist]} said <it was late>.", "Dean Quist"),
    ("{[P Dean Ana Duarte]} met reporters. {[P Dean Duarte]} said <it was late>.", "Ana Duarte"),
    ("{DUARTE}: <It was late>. [P Ana Duarte] left.", "Ana Duarte"),
    ("{[P Ana Duarte] Hammers the Council}: <no>.", "Ana Duarte"),
    ("A storm came.{[P Ana Duarte]} said <it was late>.{[P Duarte]} said <she left>.", "Ana Duarte"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_named_person_speaks_under_the_fullest_name_of_the_article(text: str, name: str) -> None:
    assert speaker(text) == (name, "person")


MISSED = [
    ("[P Ana Duarte] met reporters. {Duarte} said <it was late>.", "Ana Duarte"),
    ("[P Ana Duarte] met reporters. {Ana Duarte} said <it was late>.", "Ana Duarte"),
    ("[P Marlo Quist] met reporters. {Marlo Quist Jr.} said <it was late>.", "Marlo Quist Jr."),
    ("[P Quist] met reporters. [P Quist] left. {Justice Frank Quist} said <it was late>.", "Frank Quist"),
]


@pytest.mark.parametrize(("text", "name"), MISSED)
def test_a_name_that_no_head_has_found_is_known_from_the_others_of_the_article(text: str, name: str) -> None:
    assert speaker(text) == (name, "person")


def test_a_family_name_within_another_name_is_no_person() -> None:
    assert speaker("[P Ana Duarte] left. {The Duarte Foundation} said <it was late>.") == (
        "Duarte Foundation",
        "organization",
    )


def test_every_form_of_the_name_is_kept_with_the_fullest_first() -> None:
    (_, second) = spoken("{[P Ana J. Duarte]} said <one>. {[P Duarte]} said <two>.")
    assert second.speaker is not None
    assert second.speaker.names == ("Ana J. Duarte", "Duarte")


JOINT = [
    ("[P Marco Rua] and [P Jeb Boll] met. {[P Rua] and [P Boll] both} said <no>.", "Marco Rua and Jeb Boll"),
    ("{Sens. [P Ida Lowe] (R-Ohio) and [P Ben Orr] (D-Maine)} said <no>.", "Ida Lowe and Ben Orr"),
    ("{[P Ida Lowe], [P Ben Orr] and [P Max Dill]} said <no>.", "Ida Lowe, Ben Orr and Max Dill"),
    ("{Sens. [P Ida Lowe] and [P Ben Orr]} said <no>. {The senators} said <yes>.", "Ida Lowe and Ben Orr"),
    ("{[P Ida Lowe] and [P Ben Orr]} said <no>. {They} said <yes>.", "Ida Lowe and Ben Orr"),
]


@pytest.mark.parametrize(("text", "name"), JOINT)
def test_several_named_people_speak_together(text: str, name: str) -> None:
    assert speaker(text) == (name, "person")


OTHERS = [
    ("{[P Rua]’s campaign} said <no>.", ("Rua’s campaign", "organization")),
    ("{The [P Rua] campaign} said <no>.", ("Rua campaign", "organization")),
    ("{[P Rua] supporters} said <no>.", ("Rua supporters", "unnamed_group")),
    ("{aides of both [P Al Lowe] and [P Ben Orr]} said <x>.", ("aides of both Al Lowe and Ben Orr", "unnamed_group")),
    ("{supporters of [P Ida Lowe]} said <no>.", ("supporters of Ida Lowe", "unnamed_group")),
    ("{[P Ida Lowe] and other members} said <no>.", ("Ida Lowe and other members", "unnamed_group")),
    ("{a [O Navy] official} said <no>.", ("Navy official", "unnamed_person")),
    ("{one aide} said <no>.", ("one aide", "unnamed_person")),
    ("{officials} said <no>.", ("officials", "unnamed_group")),
    ("{many readers} said <no>.", ("many readers", "unnamed_group")),
    ("{a group of parents} said <no>.", ("group of parents", "unnamed_group")),
    ("{the report} said <no>.", ("report", "document")),
    ("{a [O Lorn Council] memo} said <no>.", ("Lorn Council memo", "document")),
    ("{[P Ida Lowe]’s statement} said <no>.", ("Ida Lowe’s statement", "document")),
    ("{the [O Lorn Post]} said <no>.", ("Lorn Post", "organization")),
    ("{[L Norland]} said <no>.", ("Norland", "organization")),
    ("{[L Norland]’s military} said <no>.", ("Norland’s military", "organization")),
    ("{Citizens for [O Fair Taxes]} said <no>.", ("Citizens for Fair Taxes", "organization")),
    ("{[P Ava Dahl]’s “Thirteen”} said <no>.", ("Thirteen", "document")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_a_source_that_is_no_named_person_keeps_its_own_words_and_kind(
    text: str, expected: tuple[str, str]
) -> None:
    assert speaker(text) == expected


BODIES = [
    ("The [O Alliance to Save Our Lakes] met. {The alliance} said <no>.", "Alliance to Save Our Lakes"),
    ("The [O International Lake Fund] met. {The ILF} said <no>.", "International Lake Fund"),
    ("The [O International Lake Fund] met. {The fund} said <no>.", "International Lake Fund"),
    (
        "The [O People’s Lake Forces] came. {The lake forces} said <no>. {The group} denied <it>.",
        "People’s Lake Forces",
    ),
    ("{The [O Lake Board]} said <no>. {It} warned <of more>.", "Lake Board"),
    ("{The [O Lake Board]} said <no>. {They} warned <of more>.", "Lake Board"),
    ("[P Ida Lowe] met the [O Lake Board], {which} denied <it>.", "Lake Board"),
]


@pytest.mark.parametrize(("text", "name"), BODIES)
def test_a_body_is_known_by_short_name_initials_or_pronoun(text: str, name: str) -> None:
    assert speaker(text) == (name, "organization")


def test_a_body_that_a_lead_describes_goes_by_the_name_given_later() -> None:
    text = "{A federal appeals court} said <no>. The [O U.S. Court of Appeals] met. The [O Lake Court] met."
    assert speaker(text.replace("appeals/", "")) == ("U.S. Court of Appeals", "organization")


def test_a_body_described_stays_so_where_two_names_fit_or_none_does() -> None:
    both = "{A lake court} said <no>. The [O Lake Court] met. The [O New Lake Court] met."
    none = "{A lake court} said <no>. The [O Hill Court] met."
    assert [speaker(text) for text in (both, none)] == [("lake court", "organization")] * 2


def test_a_crowd_called_after_a_body_is_a_group_though_a_head_takes_it_for_a_person() -> None:
    text = "The [O Birch Society] met. {[P Birchers]} said <no>."
    assert speaker(text) == ("Birchers", "unnamed_group")


def test_a_turn_of_a_transcript_is_a_persons_though_quotation_marks_open_its_line() -> None:
    text = "“{WALTERS}: <no>.\n\n“{KERR}: <yes>.\n\n“{WALTERS}: <so>."
    assert speaker(text) == ("WALTERS", "person")


def test_the_paper_after_a_study_is_a_document() -> None:
    text = "{A study} found <more>. {The paper} warned <of more>."
    assert speaker(text) == ("study", "document")


def test_a_name_that_begins_like_a_conjunction_is_kept_whole() -> None:
    assert speaker("{[O IF Metal], the union,} said <no>.") == ("IF Metal", "organization")


PRONOUNS = [
    ("{[P John Kerr]} said <no>. {He} added <more>.", "John Kerr"),
    ("{[P Mary Kerr]} met [P John Orr]. {She} said <no>.", "Mary Kerr"),
    (
        "{Mrs. [P Kerr]} said <no>. Mr. [P Orr] left. {She} added <more>. [P Mary Kerr] and [P Lee Orr] agreed.",
        "Mary Kerr",
    ),
    ("[P John Kerr], {who} leads the [O Lake Board], said <no>.", "John Kerr"),
    ("{The spokesman, [P John Kerr],} said <no>. <More>, {he} said.", "John Kerr"),
]


@pytest.mark.parametrize(("text", "name"), PRONOUNS)
def test_a_pronoun_is_resolved_where_one_person_fits(text: str, name: str) -> None:
    assert speaker(text) == (name, "person")


def test_he_is_not_whom_she_just_meant_though_the_name_tells_no_gender() -> None:
    text = "{[P Peter Lorr]} said <no>. {[P Quill Orr]} said <yes>. {She} added <more>. {He} said <that was all>."
    assert [one.speaker and one.speaker.name for one in spoken(text)][2:] == ["Quill Orr", "Peter Lorr"]


TITLES = [
    ("Sen. [P Ida Lowe] met [P Ben Orr]. {The senator} said <no>.", "Ida Lowe"),
    ("Rep. [P Ben Orr] met Sen. [P Ida Lowe]. {The congressman} said <no>.", "Ben Orr"),
    ("{A [L Lorn] judge} said <no>. Justice [P Frank Noor] wrote <it> on Monday.", "Frank Noor"),
    ("Former President [P Al Dunn] met President [P Bo Lind]. {The former president} said <no>.", "Al Dunn"),
]


@pytest.mark.parametrize(("text", "name"), TITLES)
def test_a_bare_title_means_the_one_who_holds_it(text: str, name: str) -> None:
    assert speaker(text) == (name, "person")


EPITHETS = [
    "{[P Ida Lowe]} said <one>. {[P Lowe]} said <two>. {The [L Norland] senator} said <no>. {[P Lowe]} left <so>.",
    "{[P Ida Lowe]} said <one>. {[P Lowe]} said <two>. <[P Max] goes>, {the [L Norland] mayor} said. {[P Lowe]} left.",
    "{[P Ida Lowe]} said <one>. {[P Lowe]} said <two>. As [P Lowe] saw anger of [P Dill] in town, "
    "{the [L Norland] mayor} said <three>. {[P Lowe]} left <so>. [P Max Dill] left.",
]


@pytest.mark.parametrize("text", EPITHETS)
def test_an_epithet_amid_one_persons_words_is_that_person_and_tells_a_role(text: str) -> None:
    spoke = spoken(text)[2].speaker
    assert spoke is not None
    assert spoke.name == "Ida Lowe"
    assert spoke.roles[0].startswith("Norland")


def test_one_who_acts_all_around_is_the_one_meant_though_a_person_named_once_acts_too() -> None:
    text = (
        "[P Ida Lowe] spoke. [P Lowe] left. [P Max Dill] agreed. But [P Lowe] came. "
        "{The [L Norland] mayor} said <no>. [P Lowe] left."
    )
    assert speaker(text) == ("Ida Lowe", "person")


def test_a_bare_title_means_who_was_just_named_where_no_office_of_theirs_is_told() -> None:
    text = "[P Max Dill] left. [P Ida Lowe] spoke. {The director} said <no>."
    assert speaker(text) == ("Ida Lowe", "person")
    assert speaker(text.replace("[P Ida", "Mayor [P Ida")) is None
    assert speaker(text.replace("spoke", "met [P Al Orr]")) is None


def test_one_named_all_around_is_not_meant_where_another_opened_the_passage() -> None:
    text = (
        "[P Ida Lowe] spoke. [P Lowe] left. [P Lowe] came. [P Max Dill] agreed. That was hours after [P Lowe] came. "
        "{The [L Norland] mayor} said <no>."
    )
    assert speaker(text) is None


def test_an_epithet_beside_another_name_in_its_sentence_is_left_open() -> None:
    text = (
        "{[P Ida Lowe]} said <one>. {[P Lowe]} told <[P Max Dill] no as> {the [L Norland] senator} said <three>. "
        "{[P Lowe]} said <four>."
    )
    assert spoken(text)[2].speaker is None


OPEN = [
    ("A woman it cannot be", "[P John Kerr] left. {She} said <no>."),
    ("Two senators, equally near", "Sen. [P Ida Lowe] met Sen. [P Ben Orr]. {The senator} said <no>."),
    ("The author", "[P John Kerr] left. {I} said <no>."),
    ("Nobody before", "{They} said <no>."),
    ("Which state", "{The state} said <no>."),
    ("Another party's nominee", "Republican nominee [P Al Dunn] left. {The Democratic nominee} said <no>."),
    ("An organization as she, in a mistranslation", "{[P Mary Kerr]} said <no>.\n\nThe [O Lake Board] met.\n\n"
     "{The [O Lake Board]} said <one thing>.\n\n{The group} denied <it>.\n\n[P John Orr] left.\n\n{[P John Orr]} said "
     "<no>.\n\n{The [O Lake Board]} said <more>.\n\n{She} said <it reserved the right>."),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text"), OPEN)
def test_a_speaker_who_is_not_certain_is_left_open(why: str, text: str) -> None:
    assert speaker(text) is None, why


def test_he_after_an_unnamed_official_is_that_official_and_not_the_name_before() -> None:
    text = "[P John Kerr] left. {A [O Navy] official} said <no>. {He} added <more>."
    assert speaker(text) in (("Navy official", "unnamed_person"), None)


def test_the_spokesman_is_the_unnamed_one_just_heard() -> None:
    text = "{A spokesman for the [O Navy]} denied <it>. <It was not so>, {the spokesman} said."
    assert speaker(text) == ("spokesman for the Navy", "unnamed_person")


def test_namesakes_are_told_apart_by_their_form_of_address() -> None:
    text = "[P Bill Kerr] and [P Mary Kerr] met. {Mrs. [P Kerr]} said <no>."
    assert speaker(text) == ("Mary Kerr", "person")


def test_a_bare_family_name_shared_by_two_is_left_open() -> None:
    assert speaker("[P Bill Kerr] and [P Mary Kerr] met. {[P Kerr]} said <no>.") is None


def test_a_family_name_printed_once_serves_a_couple() -> None:
    assert speaker("[P James] and [P Mary Kerr] met. {[P James]} said <no>.") == ("James Kerr", "person")


def test_i_within_a_quotation_is_its_speaker() -> None:
    doc = marked("{[P John Kerr]} said <“The plan, I think, is late.”>")
    outer = doc._.attributions[0]
    i = next(token.i for token in doc if token.text == "I")
    doc._.attributions.append(Attribution([doc[i + 3 : i + 5]], None, doc[i : i + 1]))
    for _, component in READER.pipeline:
        component(doc)
    inner = doc._.attributions[1]
    assert outer.speaker is not None and inner.speaker is not None
    assert inner.speaker.name == "John Kerr"


def test_a_score_below_the_threshold_leaves_the_speaker_open_and_says_why() -> None:
    (only,) = spoken("{They} said <no>.")
    assert only.speaker is None
    assert only.speaker_score < 0.7
    assert any(key.startswith("speaker:") for key in only.evidence)


def test_the_threshold_is_a_setting() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes_speakers", config={"threshold": 0.99})
    doc = nlp.get_pipe("quotes_speakers")(marked("{[P John Kerr]} said <no>."))
    assert doc._.attributions[0].speaker is None


def test_a_source_that_is_missing_leaves_the_speaker_open() -> None:
    doc = marked("It rained.")
    doc._.attributions = [Attribution([doc[0:1]], None, None)]
    spacy.blank("en").add_pipe("quotes_speakers")(doc)
    assert doc._.attributions[0].speaker is None


WORDS = [
    "Mr.",
    "John",
    "Kerr",
    "said",
    "he",
    "She",
    "the",
    "senator",
    ",",
    "and",
    "“",
    "”",
    "who",
    "'s",
    "(",
    "R",
    "-",
    "\n",
    "Sen.",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.data())
def test_any_words_under_any_labels_are_read_without_an_error(words: list[str], data: st.DataObject) -> None:
    doc = FineTokenizer(READER.vocab)(" ".join(words))
    tags = st.sampled_from(["NOUN", "PROPN", "VERB", "ADP", "DET", "PUNCT", "PRON", "ADJ", "X"])
    for token in doc:
        token.pos_ = data.draw(tags)
        token.is_sent_start = token.i == 0 or data.draw(st.booleans())
    starts = data.draw(st.lists(st.integers(0, len(doc) - 1), max_size=4))
    doc._.attributions = [
        Attribution([doc[s:]], None, doc[s : s + data.draw(st.integers(1, 6))]) for s in starts
    ]
    doc.set_ents(
        [doc.char_span(t.idx, t.idx + len(t), label="PERSON") for t in doc if data.draw(st.booleans())]
    )
    for _, component in READER.pipeline:
        component(doc)
    for attribution in doc._.attributions:
        assert 0.0 <= attribution.speaker_score <= 1.0
        assert attribution.speaker is None or attribution.speaker.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{The hospital} said <no>. {The school} said <yes>.", "school"),
        ("{[O Amnesty International]} said <no>. {The government} said <yes>.", "government"),
        ("{[O Amnesty International]} said <no>. {The group} said <yes>.", "Amnesty International"),
        ("{[O Corvex Bank]} said <no>. {The airline} said <yes>.", "airline"),
        ("{[O Corvex Bank]} said <no>. {The bank} said <yes>.", "Corvex Bank"),
    ],
)
def test_a_body_is_taken_up_only_by_a_word_that_can_mean_it(text: str, name: str) -> None:
    speaker = spoken(text)[-1].speaker
    assert speaker is not None and speaker.name == name


@pytest.mark.parametrize("source", ["the Dane", "the Italian", "the 29-year-old"])
def test_one_of_a_nation_or_an_age_is_a_person(source: str) -> None:
    found = spoken(f"{{{source}}} said <no>.")[-1].speaker
    assert found is not None and found.kind == "unnamed_person"
