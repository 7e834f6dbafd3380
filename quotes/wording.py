"""What the reader found out, in sentences for people who know nothing of how it works.

The one place where a rule, a feature or a doubt gets its words.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from quotes.pipeline.verdicts import Rule

if TYPE_CHECKING:
    from quotes.pipeline.explanations import Doubt, Explanation, Part

RULES: dict[Rule, str] = {
    Rule.NAMED: "The source itself gives the name, {name}.",
    Rule.OTHER_FORM: "The source is “{words}”, another form of the name {name} in this article.{others}",
    Rule.NAMED_TOGETHER: "The source names several people, who speak together: {name}.",
    Rule.TOO_MANY_NAMES: "The source holds more names than can be speaking as one.",
    Rule.TURN: "“{words}” and a colon open a turn of a transcript, as they do elsewhere in this article.",
    Rule.PRONOUN: "The source is the pronoun “{words}”; of the people so far, {best} fits better than {rival}.",
    Rule.PRONOUN_NOBODY: "The source is the pronoun “{words}”, and none of the people so far fits well enough:"
    " {best} is likelier than {rival}.",
    Rule.PRONOUN_UNCLEAR: "The source is the pronoun “{words}”; of the people so far, {best} fits better than {rival},"
    " and the article does not tell who that is.",
    Rule.PRONOUN_OPEN: "The source is “{words}”, a pronoun of which the article does not tell whom it means.",
    Rule.I_QUOTED: "“{words}” stands within a quotation whose own source is “{earlier}”, so it means that speaker,"
    " {name}.",
    Rule.I_AUTHOR: "“{words}” stands outside every quotation, so it means whoever wrote the article.",
    Rule.IT_SPOKE: "The source is the pronoun “{words}”; the last to speak whom it can mean is {name}"
    " (“{earlier}”).",
    Rule.IT_SUBJECT: "The source is the pronoun “{words}”; the subject of the clause before is {name}.",
    Rule.IT_UNFIT: "The source is the pronoun “{words}”, and the last to speak, “{earlier}”, cannot be meant by it.",
    Rule.IT_SEVERAL: "The source is the pronoun “{words}”, which can mean the last to speak, “{earlier}”, or another"
    " that was named since.",
    Rule.IT_NOTHING: "The source is the pronoun “{words}”, and nothing near it is sure to be what it means.",
    Rule.RELATIVE_NAME: "The source is “{words}”, and the name right before it is {name}.",
    Rule.RELATIVE_PHRASE: "The source is “{words}”, which refers to “{earlier}” right before it. {inner}",
    Rule.RELATIVE_OPEN: "The source is “{words}”, and nothing right before it can be what it refers to.",
    Rule.BY_TITLE: "The source is “{words}”, and by title that is {name}.{others}",
    Rule.BY_TITLE_LATER: "The source is “{words}”, and the one whom the article names later with that title is"
    " {name}.",
    Rule.IN_FOCUS: "The source is “{words}”, and the text around it is about one person, {name}.",
    Rule.SEVERAL_TITLED: "The source is “{words}”, and the article does not tell whom that means.{others}",
    Rule.DESCRIBED: "The source is a description, “{name}”, and no name in the article was found to go with it.",
    Rule.DESCRIBED_BEFORE: "The source is “{words}”, and takes up one described before: “{name}”.",
    Rule.OWNED: "The source is “{words}”; its first word means {best} rather than {rival}.",
    Rule.OWNER_OPEN: "The source is “{words}”, and it is not certain whom its first word means{between}.",
    Rule.PEOPLE_BEFORE: "The source is “{words}”, and takes up those who spoke together before: {name}.",
    Rule.PEOPLE_OPEN: "The source is “{words}”, and the article does not tell who belongs to them.",
    Rule.THING_NAMED: "The source is itself a name, {name}.",
    Rule.THING_IN_FULL: "The source is “{words}”, short for {name} in this article.",
    Rule.WORK_TITLED: "The source is a title in quotation marks, “{name}”.",
    Rule.WORK_BEFORE: "The source is “{words}”, and the only work with a title so far is “{name}”.",
    Rule.WORK_OPEN: "The source is “{words}”, and the article does not tell which one that is.",
    Rule.BODY_BEFORE: "The source is “{words}”, and only one name in this article fits that: {name}.",
    Rule.BODY_NEAREST: "The source is “{words}”; several names in this article fit that, and {name} is the nearest.",
    Rule.BODY_SPOKE: "The source is “{words}”, and the last to speak, which fits, was {name} (“{earlier}”).",
    Rule.BODY_LATER: "The source is “{words}”, and the one name further on that holds all of these words is {name}.",
    Rule.PLACE_OPEN: "The source is “{words}”, and the article does not tell which one that is.",
    Rule.NOTHING_NAMED: "The source, “{words}”, is neither a name nor a pronoun nor a description.",
    Rule.NO_SOURCE: "The reader found no words near the quotation that tell who is speaking.",
}
"""A sentence for each rule; the names in braces are those that :func:`why` fills in."""

FEATURES: dict[str, str] = {
    "same sentence": "was mentioned in the same sentence",
    "one sentence back": "was mentioned last in the sentence before",
    "two sentences back": "was mentioned last two sentences before",
    "three or more back": "was mentioned last three sentences before or earlier",
    "log sentences back": "was mentioned {farther}",
    "same paragraph": "was mentioned in the same paragraph",
    "paragraph before": "was mentioned last in the paragraph before",
    "subject": "was the subject when mentioned last",
    "speaker": "was a source when mentioned last",
    "possessive": "was mentioned last as an owner",
    "object": "was an object when mentioned last",
    "quoted": "was mentioned last within quotation marks",
    "in content": "was mentioned last in something said",
    "pronoun": "was mentioned last by a pronoun",
    "last speaker": "spoke last",
    "speaker before last": "spoke last but one",
    "answers": "was asked or spoken to right before",
    "speaker of the content": "says the words that the pronoun stands in",
    "only in own content": "was mentioned last within this very quotation",
    "log mentions": "is mentioned more often",
    "most mentioned": "is mentioned most often of all",
    "rivals between": "has more others mentioned since",
    "log rivals between": "has more others mentioned since",
    "nearest": "is the one mentioned last",
    "log gender": "goes better with “{words}”",
    "gender against": "hardly goes with “{words}”",
    "gender unknown": "may or may not go with “{words}”",
    "last such pronoun": "was meant by that pronoun the last time",
    "first in paragraph": "is mentioned first in the paragraph",
    "subject in sentence before": "was the subject of the sentence before",
    "pronoun same sentence": "was meant by a pronoun in the same sentence",
    "source, last speaker": "spoke last",
    "source, subject": "was the subject when mentioned last",
    "source, in content": "was mentioned last in something said",
    "source, same sentence": "was mentioned in the same sentence",
    "source, log back": "was mentioned {farther}",
    "opens sentence, subject before": "was the subject of the sentence before",
    "possessive pronoun, same sentence": "was mentioned in the same sentence",
    "unnamed": "has no name in the article",
    "unnamed, source": "has no name in the article",
    "unnamed, speaker": "has no name in the article and was a source",
    "unnamed, log back": "has no name in the article and was mentioned {farther}",
    "unclear": "is described so that it could be somebody else",
    "nobody": "somebody whom the article does not name is possible",
}
"""What each feature of :mod:`quotes.pipeline.coreference` says of the candidate who has more of it."""

DOUBTS: dict[str, str | None] = {
    "content": "which words were said is less clear than usual",
    "content_start": "where they begin is less clear than usual",
    "cue": "“{cue}” may not be what reports them",
    "source": "“{source}” may not be, or not be all of, the source",
    "link": "words, cue and source may not belong together",
    "has_source": "no source was found",
    "quoted": "{quoted}",
    "other_act": "“{cue}” stands for no speech, writing or thought that took place",
    "belief": "“{cue}” tells what somebody thinks or feels",
    "log_words": "it is short",
    "cue_length": None,
    "speaker": "{speaker}",
}
"""What each number of :mod:`quotes.pipeline.certainty` says where it lowers the confidence; ``None``: nothing."""

PARTS: dict[Part, str] = {
    "name": "Name",
    "mention before": "Before",
    "source before": "Takes up",
    "title": "Title",
    "role": "Role",
    "runner-up": "Runner-up",
}

ROLES: dict[str, str] = {
    "title": "before the name",
    "apposition": "beside the name",
    "clause": "a clause about the person",
    "party": "the party or state beside the name",
    "rank": "a rank before the name",
    "affiliation": "a body that the name belongs to",
    "description": "a description in place of the name",
}
"""Where the text tells a role, for each ``how`` of :class:`quotes.pipeline.titles.Role`."""

MAX_SHOWN = 100
"""Characters of a source or cue within a sentence."""

_MOST_REASONS = 3
_LEAST_WEIGHT = 0.3


def why(explanation: Explanation) -> str:
    """Return why this speaker, or why none."""
    sentences = [_rule(explanation, explanation.rule)]
    if explanation.name and explanation.trust < 0.995:
        sentences.append(
            f"Whom the mention before means is itself only {explanation.trust:.2f} sure, so this is"
            f" {explanation.score:.2f}."
        )
    if explanation.name and explanation.is_open:
        sentences.append(
            f"At {explanation.score:.2f} that is less than the {explanation.threshold:.2f} it takes to name a"
            " speaker, so the speaker stays open."
        )
    elif explanation.is_open:
        sentences.append("So the speaker stays open.")
    return " ".join(sentences)


def reasons(explanation: Explanation) -> list[str]:
    """Return what speaks for the likeliest candidate and against the runner-up, a sentence for each of them."""
    alone = any(not candidate.name for candidate in explanation.candidates[:2])
    fields = {
        "words": explanation.words.split()[0].lower() if explanation.words else "",
        "farther": "in an earlier sentence" if alone else "farther back",
    }
    weights: dict[tuple[str, str], float] = {}
    for reason in explanation.reasons:
        if reason.who:
            said = (reason.who, FEATURES[reason.feature].format(**fields))
            weights[said] = weights.get(said, 0.0) + reason.weight
    ranked = sorted(
        (said for said in weights if weights[said] >= _LEAST_WEIGHT), key=lambda said: -weights[said]
    )
    told: dict[str, list[str]] = {}
    for who, what in ranked[:_MOST_REASONS]:
        told.setdefault(who, []).append(what)
    return [f"{who} {_listed(said, 'and')}." for who, said in told.items()]


def doubts(explanation: Explanation) -> list[tuple[str, Doubt]]:
    """Return what lowers the confidence, the worst first."""
    quote = explanation.quote
    fields = {
        "cue": _short(quote.cue.text) if quote.cue else "",
        "source": _short(quote.source.text) if quote.source else "",
        "speaker": "the speaker is not certain" if quote.speaker else "the speaker is open",
        "quoted": "it stands in no quotation marks"
        if quote.kind == "indirect"
        else "not all of it stands in quotation marks",
    }
    said = ((DOUBTS[doubt.feature], doubt) for doubt in explanation.doubts)
    return [(words.format(**fields), doubt) for words, doubt in said if words is not None]


def _rule(explanation: Explanation, rule: Rule) -> str:
    fields = _fields(explanation)
    inner = ""
    if explanation.within is not None:
        phrase = RULES[explanation.within].replace("The source", "That", 1)
        inner = phrase.format(**fields | {"words": fields["earlier"]})
    return RULES[rule].format(**fields, inner=inner)


def _fields(explanation: Explanation) -> dict[str, str]:
    ranked = [
        (candidate.name or "somebody not named so far", candidate.score)
        for candidate in explanation.candidates
    ]
    scored = [name if score is None else f"{name} ({score:.2f})" for name, score in ranked]
    others = [name for name, _ in ranked if name != explanation.name]
    return {
        "words": _short(explanation.words),
        "name": _short(explanation.name),
        "earlier": _short(explanation.earlier),
        "best": scored[0] if scored else explanation.name,
        "rival": scored[1] if len(scored) > 1 else "anybody else",
        "between": f": {scored[0]} or {scored[1]}" if len(scored) > 1 else "",
        "others": f" It could also be {_listed(others)}." if others else "",
    }


def _short(text: str) -> str:
    return textwrap.shorten(text, MAX_SHOWN, placeholder=" …")


def _listed(words: list[str], last: str = "or") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
