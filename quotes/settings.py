"""What the environment decides. This is the only module that reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DB = Path("quotes.db")


@dataclass(frozen=True, slots=True)
class Settings:
    """Values that hold for a whole run; a command's own options go before them."""

    db: Path = DEFAULT_DB
    """The database that commands read and write. *Variable:* ``QUOTES_DB``."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings of the environment; an empty variable counts as none."""
        return cls(db=Path(environ.get("QUOTES_DB") or DEFAULT_DB))
