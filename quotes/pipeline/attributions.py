"""The record that the components of the pipeline hand on and fill in, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from quotes.model import Speaker


@dataclass(slots=True)
class Attribution:
    """One quotation on its way through the pipeline; every span belongs to the same ``Doc``.

    ``attribution`` fills the first four fields, ``speakers`` sets ``speaker`` and ``speaker_score``,
    ``roles`` sets ``role`` and the speaker's ``roles``, ``confidence`` sets ``confidence``.
    Scores are probabilities in ``[0, 1]``. ``evidence`` holds what :data:`quotes.pipeline.certainty.FEATURES` names,
    and what speaks for the speaker.
    """

    contents: list[Span]
    cue: Span | None
    source: Span | None
    score: float = 1.0
    speaker: Speaker | None = None
    speaker_score: float = 0.0
    role: str | None = None
    confidence: float = 0.0
    evidence: dict[str, float] = field(default_factory=dict)


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", default=None)
if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", default=None)
if not Doc.has_extension("published"):
    Doc.set_extension("published", default=None)
