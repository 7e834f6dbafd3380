"""What somebody probably meant who misspelt a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

_WHOLE = 82.0
_WORD_LIKE = 72.0
_WORD = re.compile(r"\w+")


class Names:
    """Names to compare a misspelt one with."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take all names there are; this costs some time, so keep it for the next question."""
        self._names = sorted(set(names))
        self._plain = [plain(name) for name in self._names]
        self._words = sorted({word for name in self._plain for word in _WORD.findall(name)})

    def nearest(self, asked: str) -> str | None:
        """Return a name, or words of names, spelt nearly as what was asked for; ``None`` if nothing is near."""
        wanted = plain(asked)
        found = process.extractOne(wanted, self._plain, scorer=fuzz.token_sort_ratio, score_cutoff=_WHOLE)
        if found is not None:
            return self._names[found[2]]
        words = [_nearest_word(word, self._words) for word in _WORD.findall(wanted)]
        if not words or None in words:
            return None
        return " ".join(word for word in words if word)


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _nearest_word(word: str, words: Sequence[str]) -> str | None:
    found = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=_WORD_LIKE)
    return found[0] if found else None
