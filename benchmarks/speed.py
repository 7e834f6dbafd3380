"""How fast: ``python -m benchmarks.speed ARTICLES.jsonl`` prints the table of the README.

Every figure is of the whole ``quotes`` command as a user starts it, bound to one core, the median of several runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

COMMAND = (sys.executable, "-m", "quotes")


def timed(*arguments: str | Path) -> tuple[float, float]:
    """Run the command and return its seconds and its peak memory in megabytes."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, said = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"quotes {' '.join(map(str, arguments))} failed: {said.decode()}")
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def words(path: Path) -> int:
    """Return the number of words, by white space, of a JSON Lines file of articles."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8") as lines:
        return sum(len(json.loads(line)["text"].split()) for line in lines if line.strip())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, help="a .jsonl or .jsonl.gz file of articles")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # what is started inherits it
    seed = sorted(Path("seeds").glob("*.txt"))[0]
    rows: list[tuple[str, list[float], str]] = []
    memory = 0.0
    with tempfile.TemporaryDirectory() as folder:
        helped = [timed("--help")[0] for _ in range(options.runs)]
        first = [timed("extract", seed)[0] for _ in range(options.runs)]
        ingested = []
        for n in range(options.runs):
            seconds, peak = timed("ingest", options.articles, "--db", Path(folder) / f"{n}.db")
            ingested.append(seconds)
            memory = max(memory, peak)
    n_words = words(options.articles)
    rows = [
        ("quotes --help", helped, "s"),
        ("quotes extract, one article: start to result", first, "s"),
        (f"quotes ingest, {n_words:,} words", ingested, "s"),
        ("  words a second, whole process", [n_words / s for s in ingested], ""),
        (
            "  words a second after start-up (less one extract)",
            [n_words / (s - statistics.median(first)) for s in ingested],
            "",
        ),
        ("  peak memory", [memory], "MB"),
    ]
    shown = Table(title=f"One core, median of {options.runs} runs (least to most)", title_justify="left")
    for column in ("", "median", "least", "most"):
        shown.add_column(column, justify="right" if column else "left")
    for name, values, unit in rows:
        form = "{:.2f}" if unit == "s" else "{:,.0f}"
        shown.add_row(
            name, *(f"{form.format(f(values))} {unit}".strip() for f in (statistics.median, min, max))
        )
    Console().print(shown)


if __name__ == "__main__":
    main()
