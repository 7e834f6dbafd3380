"""In what role each speaker spoke: the fifth step of the pipeline.

The roles themselves are read along with the names (:mod:`quotes.pipeline.titles`); here they are gathered from
every mention of the speaker in the article, and the best one for each quotation is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from quotes.model import Speaker
from quotes.pipeline.attributions import Attribution
from quotes.pipeline.cast import Cast
from quotes.pipeline.coreference import Link
from quotes.pipeline.titles import Role
from quotes.pipeline.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Casting:
    """What the speakers component leaves for those after it.

    The people, a verdict for each attribution, and whom each *he* and *she* means, by its word.
    """

    cast: Cast
    verdicts: Sequence[Verdict]
    links: Mapping[int, Link] = field(default_factory=dict)


if not Doc.has_extension("casting"):
    Doc.set_extension("casting", default=None)


def ordered_roles(roles: Sequence[Role]) -> tuple[str, ...]:
    """Return the texts of roles, the most telling first, each once."""
    texts: dict[str, str] = {}
    for role in sorted(roles, key=lambda role: -role.weight):
        texts.setdefault(role.text.lower(), role.text)
    return tuple(texts.values())


def best_role(here: Sequence[Role], everywhere: Sequence[Role]) -> Role | None:
    """Return the role to print with a quotation: the one told with it if that says enough, else the fullest."""
    told = [role for role in here if role.how in ("title", "apposition", "clause")]
    pool = told or list(everywhere) or list(here)
    return max(pool, key=lambda role: role.weight) if pool else None


def roles_of(verdict: Verdict, cast: Cast) -> tuple[str | None, tuple[str, ...]]:
    """Return the best role of a quotation and all roles of its speaker."""
    if not verdict.people:
        return verdict.role, verdict.roles
    role, everywhere = told_roles(verdict, cast)
    return role.text if role else None, ordered_roles(everywhere)


def told_roles(verdict: Verdict, cast: Cast) -> tuple[Role | None, list[Role]]:
    """Return the role to print with a quotation of named people, and all roles told of them.

    Of several people that is the first one's, if each has such a role or it is said of all: *Sens. Hall and Lake*.
    """
    best: list[Role | None] = []
    everywhere: list[Role] = []
    for number in verdict.people:
        person = cast.people[number]
        here = [
            role
            for mention in person.mentions
            if verdict.at <= mention.last and mention.first < verdict.last
            for role in mention.roles
        ]
        best.append(best_role(here, person.roles))
        everywhere += person.roles
    first = best[0] if best else None
    shared = first is not None and (
        _is_plural(first) or all(role and role.head == first.head for role in best)
    )
    return (first if shared else None), everywhere


def _is_plural(role: Role) -> bool:
    return role.text.rstrip(".").endswith("s") and not role.head.endswith("s")


class RoleFinder:
    """The component ``quotes_roles``: sets each attribution's ``role`` and its speaker's ``roles``."""

    def __init__(self, nlp: Language, name: str = "quotes_roles") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Set the roles of a document's speakers. *Part of spaCy's contract for components.*"""
        self.set_annotations(doc._.attributions or [], self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[tuple[str | None, tuple[str, ...]]]:
        """Return for each attribution its best role and all roles of its speaker; changes nothing."""
        casting: Casting | None = doc._.casting
        return (
            [roles_of(verdict, casting.cast) for verdict in casting.verdicts] if casting is not None else []
        )

    def set_annotations(
        self, attributions: Sequence[Attribution], found: Sequence[tuple[str | None, tuple[str, ...]]]
    ) -> None:
        """Write the roles to the attributions that have a speaker."""
        for attribution, (role, roles) in zip(attributions, found, strict=False):
            if attribution.speaker is not None:
                attribution.speaker = with_roles(attribution.speaker, roles)
                attribution.role = role


def with_roles(speaker: Speaker, roles: tuple[str, ...]) -> Speaker:
    """Return a speaker with other roles."""
    return replace(speaker, roles=roles)


@Language.factory("quotes_roles")
def create_role_finder(nlp: Language, name: str) -> RoleFinder:
    """Return the component that finds in what role each speaker spoke."""
    return RoleFinder(nlp, name)
