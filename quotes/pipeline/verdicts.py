"""What was found out about the speaker of one attribution."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.model import SpeakerKind


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who speaks, how sure that is, and by which rule; ``name`` is "" where the speaker stays open.

    ``people`` holds the numbers of the named people in the cast, ``[at, last)`` the words of the source.
    ``score`` and ``runner_up_score`` are probabilities in ``[0, 1]``.
    """

    name: str = ""
    kind: SpeakerKind = "person"
    score: float = 0.0
    rule: str = "no source"
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    role: str | None = None
    runner_up: str = ""
    runner_up_score: float = 0.0
    people: tuple[int, ...] = ()
    at: int = -1
    last: int = -1

    @property
    def is_plural(self) -> bool:
        """Whether *they* can mean the speaker."""
        return self.kind in ("unnamed_group", "organization") or len(self.people) > 1
