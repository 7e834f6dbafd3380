"""Who stands behind each source: the fourth step of the pipeline.

A source's own words decide first (a name, a description); a short name, a pronoun or a bare title is then
looked up among what the article has named before. Where that is not safe the speaker stays open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.errors import WeightsError
from quotes.model import Speaker
from quotes.pipeline.attributions import Attribution
from quotes.pipeline.bodies import find_bodies
from quotes.pipeline.cast import Cast, find_cast
from quotes.pipeline.coreference import Scene, linear_chooser, resolve_pronouns
from quotes.pipeline.dialogue import heed_dialogue
from quotes.pipeline.epithets import settle_in_focus
from quotes.pipeline.genders import WEIGHTS, GivenNames, load_given_names
from quotes.pipeline.marks import DOUBLE_MARKS
from quotes.pipeline.nominals import add_nominals, describe_parents
from quotes.pipeline.page import Page, read_page
from quotes.pipeline.resolving import Resolver
from quotes.pipeline.roles import Casting
from quotes.pipeline.sources import SourceForm, read_source
from quotes.pipeline.verdicts import Verdict


@lru_cache(maxsize=1)
def load_pronoun_weights() -> dict[str, float]:
    """Return the weights of the pronoun ranker that come with the package.

    :raises WeightsError: They are missing or damaged.
    """
    path = WEIGHTS / "pronouns.json"
    try:
        return {
            str(name): float(weight) for name, weight in json.loads(path.read_text(encoding="utf8")).items()
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"The trained reader's file {path} cannot be read ({error}). Install the package again."
        ) from error


def source_limits(page: Page, attributions: Sequence[Attribution]) -> dict[int, int]:
    """Return for every word within a source where that source ends."""
    limits: dict[int, int] = {}
    for attribution in attributions:
        if attribution.source is not None:
            first, last = page.range(attribution.source)
            limits.update((i, last) for i in range(first, last))
    return limits


def read_sources(page: Page, cast: Cast, attributions: Sequence[Attribution]) -> dict[int, SourceForm]:
    """Return the form of each attribution's source, and put the unnamed people among them into the cast."""
    forms = {
        number: read_source(page, cast, *_speaking(page, cast, attribution.source, attribution.cue))
        for number, attribution in enumerate(attributions)
        if attribution.source is not None
    }
    describe_parents(page, cast)
    add_nominals(page, cast, forms.values())
    settle_in_focus(page, cast, forms.values())
    return forms


def _speaking(page: Page, cast: Cast, source: Span, cue: Span | None) -> tuple[int, int]:
    """Return the words of a source that are the subject of its cue.

    *Jane Moll, whose brother Eric said*: it is the brother where the cue follows on his name.
    """
    first, last = page.range(source)
    relative = next((i for i in range(last - 1, first, -1) if page.lower[i] == "whose"), None)
    mention = cast.at.get(last - 1)
    if relative is None or mention is None or cue is None or page.range(cue)[0] != last:
        return first, last
    return (relative + 1, last) if mention.first > relative else (first, last)


def make_scene(page: Page, cast: Cast, forms: Mapping[int, SourceForm]) -> Scene:
    """Return where the sources lie and whom those that hold a name or a description of a person mean."""
    scene = Scene()
    for number, form in forms.items():
        scene.source_of.update((i, number) for i in range(form.first, form.last))
        mention = form.mentions[0] if form.form == "person" else cast.nominals.get(form.head)
        if mention is not None and mention.person >= 0:
            scene.speaker_of[number] = mention.person
    return scene


def find_speakers(
    doc: Doc,
    attributions: Sequence[Attribution],
    given: GivenNames,
    weights: Mapping[str, float],
) -> Casting:
    """Return the people of an article and a verdict on the speaker of each attribution, in their order."""
    page = read_page(doc, attributions)
    cast = find_cast(page, given, source_limits(page, attributions))
    forms = read_sources(page, cast, attributions)
    scene = make_scene(page, cast, forms)
    links = resolve_pronouns(page, cast, scene, linear_chooser(weights))
    forms = {number: forms[number] for number in _in_text_order(page, attributions) if number in forms}
    links = heed_dialogue(page, cast, forms, attributions, links)
    resolver = Resolver(
        page, cast, find_bodies(page, cast), links, transcript_sources(page, attributions, forms)
    )
    verdicts = [Verdict()] * len(attributions)
    for number, form in forms.items():
        verdicts[number] = resolver.resolve(number, form, verdicts)
    return Casting(cast, verdicts, links)


def transcript_sources(
    page: Page, attributions: Sequence[Attribution], forms: Mapping[int, SourceForm]
) -> frozenset[int]:
    """Return the attributions that are turns of a transcript: a name in capitals and a colon at a line's start."""
    turns = {
        number: page.slice(form.first, form.last)
        for number, form in forms.items()
        if form.last < len(page)
        and page.words[form.last] == ":"
        and page.slice(form.first, form.last).isupper()
    }
    opening = [n for n in turns if _opens_line(page, forms[n].first)]
    voices = {turns[number] for number in opening}
    return frozenset(n for n in turns if turns[n] in voices) if len(opening) > 1 else frozenset()


def _opens_line(page: Page, at: int) -> bool:
    """Return whether a word is the first of its line, quotation marks aside."""
    while page.same_line(at - 1, at) and page.words[at - 1] in DOUBLE_MARKS:
        at -= 1
    return not page.same_line(at - 1, at)


def _in_text_order(page: Page, attributions: Sequence[Attribution]) -> list[int]:
    def place(number: int) -> tuple[int, int]:
        source = attributions[number].source
        return (page.range(source)[0] if source is not None else -1, number)

    return sorted(range(len(attributions)), key=place)


class SpeakerFinder:
    """The component ``quotes_speakers``: sets ``speaker``, ``speaker_score`` and ``evidence`` of each attribution.

    :param threshold: Below this probability, in ``[0, 1]``, the speaker is left open.
    """

    def __init__(self, nlp: Language, name: str = "quotes_speakers", *, threshold: float = 0.7) -> None:
        self.name = name
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Set the speakers of a document's attributions. *Part of spaCy's contract for components.*"""
        attributions: list[Attribution] = doc._.attributions or []
        if attributions:
            doc._.casting = self.predict(doc)
            self.set_annotations(attributions, doc._.casting.verdicts)
        return doc

    def predict(self, doc: Doc) -> Casting:
        """Return the article's people and a verdict for each attribution; changes nothing."""
        return find_speakers(doc, doc._.attributions or [], load_given_names(), load_pronoun_weights())

    def set_annotations(self, attributions: Sequence[Attribution], verdicts: Sequence[Verdict]) -> None:
        """Write the verdicts to the attributions."""
        for attribution, verdict in zip(attributions, verdicts, strict=True):
            attribution.speaker_score = verdict.score
            attribution.evidence[f"speaker: {verdict.rule}"] = round(verdict.score, 3)
            if verdict.runner_up:
                attribution.evidence[f"speaker, else {verdict.runner_up}"] = round(verdict.runner_up_score, 3)
            if verdict.name and verdict.score >= self.threshold:
                attribution.speaker = Speaker(verdict.name, verdict.kind, verdict.names)


@Language.factory("quotes_speakers", default_config={"threshold": 0.7})
def create_speaker_finder(nlp: Language, name: str, threshold: float) -> SpeakerFinder:
    """Return the component that finds who stands behind each source."""
    return SpeakerFinder(nlp, name, threshold=threshold)
