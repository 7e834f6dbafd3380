"""Every rule, feature and doubt that the reader can come up with has its words."""

import ast
import dataclasses
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import quotes
from quotes import wording
from quotes.pipeline import titles
from quotes.pipeline.cast import Mention
from quotes.pipeline.certainty import FEATURES
from quotes.pipeline.dialogue import WAS_ASKED
from quotes.pipeline.evidence import explain
from quotes.pipeline.explanations import Explanation, Part
from quotes.pipeline.speakers import load_pronoun_weights
from quotes.pipeline.verdicts import Rule, Verdict

PIPELINE = Path(wording.__file__).parent / "pipeline"


def test_every_rule_has_a_sentence():
    assert set(wording.RULES) == set(Rule)
    assert all(sentence.endswith((".", "}")) for sentence in wording.RULES.values())


def test_every_rule_is_one_that_the_pipeline_gives():
    given = {
        node.attr
        for module in PIPELINE.glob("*.py")
        if module.name not in ("verdicts.py", "evidence.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Rule"
    }
    assert given | {Verdict().rule.name} == set(Rule.__members__)


def test_the_pipeline_gives_nothing_else_for_a_rule():
    # mypy sees to it that what is declared so is so.
    assert get_type_hints(Verdict)["rule"] is Rule
    assert get_type_hints(Mention)["how"] is Rule


def test_every_feature_by_which_pronouns_are_resolved_has_words():
    assert set(wording.FEATURES) == {*load_pronoun_weights(), WAS_ASKED}


def test_every_number_that_makes_up_the_confidence_has_words_or_is_never_told():
    assert set(wording.DOUBTS) == {*FEATURES, "speaker"}


def test_every_place_where_a_role_can_stand_has_words():
    assert set(wording.ROLES) == set(titles._MAKES_ROLE)


def test_every_part_that_a_clue_can_play_has_a_name():
    assert set(wording.PARTS) == set(get_args(Part))


@pytest.fixture(scope="module")
def why(reader):
    """A function from a text to the rule and the sentence for its last quotation."""

    def explained(text):
        (each,) = explain([quotes.Article(id="text", text=text)], reader)
        return each.explanations[-1].rule, wording.why(each.explanations[-1])

    return explained


SENTENCES = [
    ("“It was late,” said Ana Duarte.", Rule.NAMED, "The source itself gives the name, Ana Duarte."),
    (
        "Ana Duarte met reporters. “It was late,” Duarte said.",
        Rule.OTHER_FORM,
        "The source is “Duarte”, another form of the name Ana Duarte in this article.",
    ),
    (
        "“It was late,” said Ana Duarte and Karl Winter.",
        Rule.NAMED_TOGETHER,
        "The source names several people, who speak together: Ana Duarte and Karl Winter.",
    ),
    (
        "“It was late,” said a hospital official.",
        Rule.DESCRIBED,
        "The source is a description, “hospital official”, and no name in the article was found to go with it.",
    ),
    (
        "Ana Duarte, the mayor of Rivertown, left the room on Monday. The mayor said that it was late.",
        Rule.BY_TITLE,
        "The source is “The mayor”, and by title that is Ana Duarte.",
    ),
    (
        "The Lake Board said on Friday that swimming was safe.",
        Rule.THING_NAMED,
        "The source is itself a name, Lake Board.",
    ),
    (
        "“It was late,” said Ana Duarte, who also said that the bus was gone.",
        Rule.RELATIVE_NAME,
        "The source is “who”, and the name right before it is Ana Duarte.",
    ),
    (
        "The letter was read aloud on Monday. They said it was a forgery.",
        Rule.IT_NOTHING,
        "The source is the pronoun “They”, and nothing near it is sure to be what it means. So the speaker stays open.",
    ),
    (
        "LOPEZ: The bakery has been here for forty years.\nHADDAD: And how many people work there?\nLOPEZ: Nine.\n",
        Rule.TURN,
        "“HADDAD” and a colon open a turn of a transcript, as they do elsewhere in this article.",
    ),
]


@pytest.mark.parametrize(("text", "rule", "sentence"), SENTENCES)
def test_a_rule_is_told_in_a_sentence_anybody_understands(why, text, rule, sentence):
    assert why(text) == (rule, sentence)


def test_a_score_that_leans_on_a_doubtful_mention_says_so(reader):
    (each,) = explain(
        [quotes.Article(id="text", text="“Yes,” Ana Duarte said. She said it was late.")], reader
    )
    doubtful = dataclasses.replace(each.explanations[-1], trust=0.8, score=0.72)
    assert wording.why(doubtful).endswith(
        "Whom the mention before means is itself only 0.80 sure, so this is 0.72."
    )


@pytest.mark.parametrize("rule", list(Rule))
def test_no_sentence_leaves_a_gap_whatever_is_known(reader, rule):
    (each,) = explain(
        [quotes.Article(id="text", text="“Yes,” Ana Duarte said. She said it was late.")], reader
    )
    bare: Explanation = dataclasses.replace(
        each.explanations[-1], rule=rule, within=Rule.DESCRIBED, candidates=(), clues=(), reasons=()
    )
    assert not re.search(r"[{}]", wording.why(bare))


def test_a_long_source_is_cut_short_within_a_sentence(why):
    people = ", ".join(["teachers", "bakers", "drivers"] * 8)
    rule, sentence = why(
        f"The report says that the dam is safe. A group of {people} and nurses said that it was late."
    )
    assert rule in Rule
    assert max(map(len, re.findall("“(.*?)”", sentence)), default=0) <= wording.MAX_SHOWN


def test_what_the_article_holds_is_never_taken_for_a_placeholder(why):
    rule, sentence = why("“It was late,” said a {name} official.")
    assert rule is Rule.DESCRIBED
    assert "{name}" in sentence
