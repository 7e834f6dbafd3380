"""Words and punctuation marks of a text, cut so finely that every quotation begins and ends between two.

Scraped news glues sentences together (``strikes.”President``), so a full stop or a mark is a token of its own
wherever it stands; a possessive or contracted ending is one too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_TOKEN = re.compile(
    r"""
      \s+                                           # white space other than one plain space
    | (?:[^\W\d_]\.){2,}                            # U.S., a.m.
    | \d+(?:[.,]\d+)+(?!\w)                         # 3,000  7.44
    | (?<=[^\W_])['’](?:s|t|d|m|re|ve|ll)(?![^\W_])  # Trump’s, don’t
    | [^\W_](?:[^\W_]|[\u00ad\u0300-\u036f])*       # a word, soft hyphens and accents within
    | \.{2,} | -{2,} | '' | ``
    | .                                             # one mark, or one invisible character
    """,
    re.VERBOSE | re.IGNORECASE,
)


class FineTokenizer:
    """Turn text into a ``Doc`` whose tokens, put together, give exactly that text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the text's tokens."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word.isspace():
                if words and word[0] == " " and not spaces[-1] and not words[-1].isspace():
                    spaces[-1] = True
                    word = word[1:]
                if not word:
                    continue
            words.append(word)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to store: the rules are in this module. *Part of spaCy's tokenizer contract.*"""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> FineTokenizer:
        """See :meth:`to_bytes`."""
        return self

    def to_disk(self, _: object, **__: object) -> None:
        """See :meth:`to_bytes`."""

    def from_disk(self, _: object, **__: object) -> FineTokenizer:
        """See :meth:`to_bytes`."""
        return self


@registry.tokenizers("quotes.FineTokenizer.v1")  # type: ignore[untyped-decorator]
def create_fine_tokenizer() -> Callable[[Language], FineTokenizer]:
    """Return what spaCy calls with the pipeline to get its tokenizer."""
    return lambda nlp: FineTokenizer(nlp.vocab)
