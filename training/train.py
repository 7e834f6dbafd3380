"""Train the reader: the loop, its checkpoints and its log."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from quotes.pipeline.batching import Batch, batch_of
from quotes.pipeline.windows import windows
from quotes.pipeline.words import word_pieces
from training.damage import damaged
from training.evaluate import reader_scores
from training.network import Reader, losses, pretrained
from training.prepare import IGNORE, Example


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides how a training run comes out, the data aside."""

    epochs: int = 5
    batch: int = 16
    encoder_rate: float = 1e-4
    rate: float = 1e-3
    warmup: float = 0.06
    decay: float = 0.01
    dropout: float = 0.2
    average: float = 0.995
    shortest: int = 140
    longest: int = 230
    context_pieces: int = 32
    masked: float = 0.0
    damage: float = 0.3
    auxiliary: float = 0.3
    link: float = 0.1
    by_word: float = 0.0
    seed: int = 1


MASK = 103
"""Id of the piece that stands for a hidden word in the encoder's vocabulary."""

DAMAGE = ("glued", "glued", "flipped", "straight", "stray", "single")


def cut(
    examples: Sequence[Example], recipe: Recipe, rng: np.random.Generator, tokenizer: Path
) -> list[tuple[Example, int, int]]:
    """Return the windows of one epoch: every word in at least one, cut anew each time, some of them damaged."""
    pieces = word_pieces(tokenizer)
    found = []
    for example in examples:
        if rng.random() < recipe.damage:
            example = damaged(example, str(rng.choice(DAMAGE)), pieces, rng)
        for window in windows(
            [len(p) for p in example.words.pieces],
            example.words.lines,
            max_pieces=int(rng.integers(recipe.shortest, recipe.longest)),
            context_pieces=recipe.context_pieces,
        ):
            found.append((example, window.start, window.end))
    return found


def batches(
    cuts: list[tuple[Example, int, int]], recipe: Recipe, rng: np.random.Generator
) -> Iterator[tuple[Batch, dict[str, torch.Tensor]]]:
    """Yield shuffled batches of windows of like length, with their labels, some words hidden."""
    size = recipe.batch
    order = rng.permutation(len(cuts))
    pools = [order[i : i + 50 * size] for i in range(0, len(order), 50 * size)]
    groups = []
    for pool in pools:
        ranked = sorted(pool, key=lambda i: cuts[i][2] - cuts[i][1])
        groups += [ranked[i : i + size] for i in range(0, len(ranked), size)]
    for g in rng.permutation(len(groups)):
        chosen = [cuts[i] for i in groups[g]]
        batch = batch_of(
            [example.words.pieces[start:end] for example, start, end in chosen],
            [example.words.features[start:end] for example, start, end in chosen],
            multiple=16,
        )
        hidden = np.pad(rng.random(batch["reverse"].shape) < recipe.masked, ((0, 0), (1, 0)))
        batch["pieces"][np.take_along_axis(hidden, batch["owners"], 1)] = MASK
        labels = {}
        for head in chosen[0][0].labels:
            table = np.full(batch["reverse"].shape, IGNORE, dtype=np.int64)
            for row, (example, start, end) in enumerate(chosen):
                table[row, : end - start] = example.labels[head][start:end]
            labels[head] = torch.from_numpy(table)
        yield batch, labels


def train(
    recipe: Recipe,
    examples: Sequence[Example],
    dev: Sequence[Example],
    base: Path,
    out: Path,
    device: str,
    start: Sequence[Path] = (),
) -> Path:
    """Train and return the file of averaged weights; a run that was stopped goes on from its last epoch.

    :param base: Folder of the starting weights.
    :param out: Folder for checkpoints, log and the weights that come out.
    :param start: Weights of earlier runs whose mean to go on from (Izmailov et al., 2018), with a schedule of its own
        (warm restarts: Loshchilov and Hutter, 2017). With no epochs the mean is what comes out.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1))
    torch.manual_seed(recipe.seed)
    tokenizer = base / "tokenizer.json"
    reader = pretrained(base, recipe.dropout).to(device)
    reader.encoder.config._attn_implementation = "eager"  # on processors quicker to train than the fused one
    if start:
        reader.load_state_dict(mean_weights(start, device))
    average = {name: value.detach().clone() for name, value in reader.state_dict().items()}
    optimizer = torch.optim.AdamW(_groups(reader, recipe), fused=True)
    windows_an_epoch = len(cut(examples, recipe, np.random.default_rng(0), tokenizer))
    steps = max(1, recipe.epochs * math.ceil(windows_an_epoch / recipe.batch))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _slope(step, steps, recipe.warmup))
    first, checkpoint = 0, out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        reader.load_state_dict(state["reader"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first = state["average"], state["epoch"]
    torch.save(average, out / "weights.pt")
    for epoch in range(first, recipe.epochs):
        rng = np.random.default_rng([recipe.seed, epoch])
        torch.manual_seed(recipe.seed * 1000 + epoch)
        cuts = cut(examples, recipe, rng, tokenizer)
        reader.train()
        began, sums = time.monotonic(), {}
        bar = tqdm(
            batches(cuts, recipe, rng),
            total=math.ceil(len(cuts) / recipe.batch),
            desc=f"epoch {epoch + 1}",
        )
        for n, (batch, labels) in enumerate(bar, 1):
            parts = step_losses(reader, batch, labels, device)
            total = sum(value * _weight(head, recipe) for head, value in parts.items())
            total.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            _update(average, reader, recipe.average, schedule.last_epoch)
            for head, value in parts.items():
                sums[head] = sums.get(head, 0.0) + value.item()
            if n % 20 == 0:
                bar.set_postfix(spans=f"{sums['spans'] / n:.4f}")
        torch.save(
            {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
             "average": average, "epoch": epoch + 1},
            checkpoint,
        )  # fmt: skip
        torch.save(average, out / "weights.pt")
        judged = pretrained(base).to(device)
        judged.load_state_dict(average)
        line = {
            "epoch": epoch + 1, "seconds": round(time.monotonic() - began),
            "loss": {head: round(value / n, 4) for head, value in sums.items()},
            "dev": reader_scores(judged, dev, device),
        }  # fmt: skip
        print(json.dumps(line), flush=True)
        with (out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
    return out / "weights.pt"


def mean_weights(paths: Sequence[Path], device: str) -> dict[str, torch.Tensor]:
    """Return the mean of several runs' weights, which mean nothing together unless one began with another's."""
    states = [torch.load(path, map_location=device, weights_only=True) for path in paths]
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
        for name, value in states[0].items()
    }


def step_losses(
    reader: Reader, batch: Batch, labels: dict[str, torch.Tensor], device: str
) -> dict[str, torch.Tensor]:
    """Return the loss of each head for one batch, the encoder in bfloat16."""
    inputs = {name: torch.from_numpy(value).to(device) for name, value in batch.items()}
    wanted = {head: table.to(device) for head, table in labels.items()}
    mask = inputs["features"][:, :, 0] > 0
    with torch.autocast(device, torch.bfloat16):
        scores = reader(**inputs)
    wanted["spans"] = wanted["spans"].clamp(min=0)
    return losses(scores, wanted, mask, reader.transitions)


def _weight(head: str, recipe: Recipe) -> float:
    if head == "spans":
        return 1.0
    if head == "spans_by_word":
        return recipe.by_word
    return recipe.link if head in ("source_place", "cue_place_first", "cue_place_last") else recipe.auxiliary


def _groups(reader: Reader, recipe: Recipe) -> list[dict]:
    groups: dict[tuple[float, float], list] = {}
    for name, weight in reader.named_parameters():
        if not weight.requires_grad:
            continue
        rate = recipe.encoder_rate if name.startswith("encoder.") else recipe.rate
        decay = recipe.decay if weight.ndim > 1 and "embedding" not in name else 0.0
        groups.setdefault((rate, decay), []).append(weight)
    return [{"params": p, "lr": rate, "weight_decay": decay} for (rate, decay), p in groups.items()]


def _slope(step: int, steps: int, warmup: float) -> float:
    if step < warmup * steps:
        return step / (warmup * steps)
    return max(0.0, (steps - step) / (steps * (1 - warmup)))


def _update(average: dict[str, torch.Tensor], reader: Reader, keep: float, step: int) -> None:
    """Move the averaged weights towards the present ones, faster while there are few steps behind."""
    keep = min(keep, (1 + step) / (10 + step))
    with torch.no_grad():
        for name, value in reader.state_dict().items():
            if value.is_floating_point():
                average[name].lerp_(value, 1 - keep)
