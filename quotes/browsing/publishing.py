"""A snapshot together with what Datasette is told about it, so that it can be shown anywhere."""

from __future__ import annotations

import json
import os
from pathlib import Path

from quotes.browsing.metadata import metadata
from quotes.errors import StoreReadOnlyError
from quotes.store import snapshot
from quotes.store.snapshot import Snapshot


def publish(db: Path, target: Path, *, texts: bool = True) -> tuple[Snapshot, Path]:
    """Publish a database to ``target`` and its metadata beside it; return the snapshot and the metadata's path.

    :param texts: Whether to show the articles' full texts.
    :raises StoreError: As :func:`quotes.store.snapshot.publish`.
    """
    published = snapshot.publish(db, target, texts=texts)
    path = target.with_name(f"{target.stem}.metadata.json")
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump(metadata(published), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as exc:
        part.unlink(missing_ok=True)
        raise StoreReadOnlyError(f"{path} cannot be written: {exc.strerror}.") from exc
    return published, path
