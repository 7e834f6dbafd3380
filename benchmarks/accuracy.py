"""How well the reader reads: ``python -m benchmarks.accuracy --shared FOLDER`` prints the tables of the README.

FOLDER holds the annotated articles (``data/``, ``gold/``) and the scorers (``tools/``), which know the reader only
through what ``quotes extract`` prints.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

DAMAGE = ("glued", "flipped", "straight", "stray", "blanks")


def run(*command: str | Path, output: Path | None = None) -> str:
    """Run a command and return what it prints, or write that to a file.

    :raises SystemExit: The command failed; what it said goes to standard error.
    """
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    if output is not None:
        output.write_text(done.stdout, encoding="utf8")
    return done.stdout


def extract(articles: list[Path], output: Path) -> None:
    """Write what ``quotes extract`` finds in some articles."""
    run(sys.executable, "-m", "quotes", "extract", *articles, "--format", "jsonl", output=output)


def spans(shared: Path, articles: Path, predictions: Path) -> dict:
    """Return the figures of ``score_spans.py``."""
    printed = run(sys.executable, shared / "tools/score_spans.py", articles, predictions, "--json")
    figures: dict = json.loads(printed)
    return figures


def cofenet(shared: Path, articles: Path, predictions: Path) -> dict[str, float]:
    """Return exact F1 of each kind of span in the published protocol."""
    printed = run(
        sys.executable, shared / "tools/score_cofenet.py", "--items", shared / "data/cofenet/valid.jsonl.gz",
        "--articles", articles, "--pred", predictions,
    )  # fmt: skip
    return {role: float(f1) for role, f1 in re.findall(r"^(\w+) +exact .*? F1 +([\d.]+)", printed, re.M)}


def table(title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Print a table."""
    shown = Table(title=title, title_justify="left")
    for n, column in enumerate(columns):
        shown.add_column(column, justify="left" if n == 0 else "right")
    for row in rows:
        shown.add_row(*(f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row))
    Console().print(shown)


def report(shared: Path, folder: Path) -> None:
    """Score the seeds, the dev articles and damaged copies of them, and print the tables."""
    dev, predictions = shared / "data/polnear/dev/articles.jsonl.gz", folder / "dev.jsonl"
    extract([dev], predictions)
    clean, exact = spans(shared, dev, predictions), cofenet(shared, dev, predictions)
    table(
        "Exact span F1, 84 dev articles, CofeNet’s protocol",
        ("", "source", "cue", "content"),
        [("this reader", exact["source"], exact["cue"], exact["content"])],
    )
    kinds = ("direct", "mixed", "indirect")
    rows: list[tuple[object, ...]] = [_row("as published", clean, kinds)]
    for kind in DAMAGE:
        damaged = folder / f"{kind}.jsonl"
        run(sys.executable, shared / "tools/dirty.py", dev, "--how", kind, output=damaged)
        extract([damaged], folder / f"{kind}.out.jsonl")
        rows.append(_row(f"damaged: {kind}", spans(shared, damaged, folder / f"{kind}.out.jsonl"), kinds))
    table(
        "Who said what, 84 dev articles: F1, and how many of each kind are found (%)",
        ("", "F1", *kinds),
        rows,
    )
    gold = sorted((shared / "gold").glob("speakers_dev_*.jsonl"))
    speakers = json.loads(
        run(sys.executable, shared / "tools/score_speakers.py", predictions, *gold, "--json")
    )
    table("Speakers and roles, 14 dev articles", ("", "figure"), list(speakers.items()))
    seeds = folder / "seeds.jsonl"
    extract(sorted(Path("seeds").glob("*.txt")), seeds)
    printed = run(sys.executable, shared / "tools/score_seeds.py", shared / "gold/seeds.jsonl", seeds)
    print(f"The two seed articles\n{printed}")


def _row(name: str, figures: dict, kinds: tuple[str, ...]) -> tuple[object, ...]:
    return (name, figures["who_said_what_f1"], *(figures["recall_by_kind"][kind] for kind in kinds))


def main() -> None:
    """Read the arguments and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--keep", type=Path, help="keep what was extracted in this folder")
    options = parser.parse_args()
    if not (options.shared / "tools").is_dir():
        raise SystemExit(
            f"{options.shared} holds no scorers; name the folder of the annotated articles: --shared."
        )
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        report(options.shared, options.keep)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(options.shared, Path(folder))


if __name__ == "__main__":
    main()
