"""Explanations as plain JSON: what ``quotes explain --json`` prints."""

from __future__ import annotations

from typing import Any

from quotes import wording
from quotes.jsonform import article_to_json, quote_to_json
from quotes.model import Article
from quotes.pipeline.explanations import Clue, Explanation


def explanation_to_json(article: Article, explanation: Explanation) -> dict[str, Any]:
    """Return a quotation with all that is known of how it was read, ready for ``json.dumps``."""
    return {
        "article": article_to_json(article),
        "quote": quote_to_json(explanation.quote),
        "line": explanation.line,
        "cue_line": explanation.cue_line,
        "source_line": explanation.source_line,
        "speaker": _speaker(explanation),
        "role": _role(explanation),
        "confidence": _confidence(explanation),
    }


def _speaker(explanation: Explanation) -> dict[str, Any]:
    return {
        "name": explanation.name or None,
        "open": explanation.is_open,
        "rule": explanation.rule.value,
        "within": explanation.within and explanation.within.value,
        "why": wording.why(explanation),
        "because": wording.reasons(explanation),
        "score": _rounded(explanation.score),
        "threshold": explanation.threshold,
        "candidates": [
            {"name": candidate.name or None, "score": _rounded(candidate.score)}
            for candidate in explanation.candidates
        ],
        "reasons": [
            {"feature": reason.feature, "who": reason.who or None, "weight": _rounded(reason.weight)}
            for reason in explanation.reasons
        ],
        "clues": [_clue(clue) for clue in explanation.clues],
        "runner_up": _clue(explanation.runner_up) if explanation.runner_up else None,
    }


def _role(explanation: Explanation) -> dict[str, Any] | None:
    role = explanation.role
    if role is None:
        return None
    return {"text": role.text, "how": role.how, "clue": _clue(role.clue) if role.clue else None}


def _confidence(explanation: Explanation) -> dict[str, Any]:
    return {
        "value": explanation.quote.confidence,
        "found": _rounded(explanation.found),
        "speaker": _rounded(explanation.speaker_part),
        "signs": {
            name: {"value": _rounded(sign.value), "usual": sign.usual}
            for name, sign in explanation.signs.items()
        },
        "doubts": [
            {
                "feature": doubt.feature,
                "why": why,
                "value": _rounded(doubt.value),
                "without": _rounded(doubt.without),
            }
            for why, doubt in wording.doubts(explanation)
        ],
    }


def _clue(clue: Clue) -> dict[str, Any]:
    return {
        "part": clue.part,
        "start": clue.span.start,
        "end": clue.span.end,
        "text": clue.span.text,
        "line": clue.line,
        "before": clue.before,
        "after": clue.after,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
