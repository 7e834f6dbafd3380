"""Quick scores of a network on examples, while it trains; what is reported comes from the whole pipeline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from quotes.pipeline.batching import batch_of
from quotes.pipeline.encode import CONTEXT_PIECES, MAX_PIECES
from quotes.pipeline.labels import HEADS, SPAN_LABELS, SPAN_ROLES
from quotes.pipeline.viterbi import best_labels
from quotes.pipeline.windows import windows
from training.network import Reader
from training.prepare import Example


def score_words(reader: Reader, examples: Sequence[Example], device: str) -> list[np.ndarray]:
    """Return the network's scores for each example. *Shape of each:* ``(words, WIDTH)``"""
    jobs = []
    for number, example in enumerate(examples):
        lengths = [len(p) for p in example.words.pieces]
        cuts = windows(lengths, example.words.lines, max_pieces=MAX_PIECES, context_pieces=CONTEXT_PIECES)
        jobs += [(number, window) for window in cuts]
    jobs.sort(key=lambda job: job[1].end - job[1].start)
    found: list[list[tuple[int, np.ndarray]]] = [[] for _ in examples]
    reader.eval()
    for i in range(0, len(jobs), 16):
        some = jobs[i : i + 16]
        batch = batch_of(
            [examples[k].words.pieces[w.start : w.end] for k, w in some],
            [examples[k].words.features[w.start : w.end] for k, w in some],
        )
        with torch.inference_mode(), torch.autocast(device, torch.bfloat16):
            scores = reader(**{name: torch.from_numpy(v).to(device) for name, v in batch.items()})
        for row, (k, w) in enumerate(some):
            kept = scores[row, w.keep_start - w.start : w.keep_end - w.start].float().cpu().numpy()
            found[k].append((w.keep_start, kept))
    return [np.concatenate([s for _, s in sorted(parts, key=lambda p: p[0])]) for parts in found]


def spans_of(labels: Sequence[int], lines: Sequence[int]) -> set[tuple[str, int, int]]:
    """Return the labelled stretches of words: role, start, end. A line break ends a stretch."""
    breaks, found, current = set(lines), set(), None
    for i, label in enumerate([*labels, 0]):
        name = SPAN_LABELS[label]
        if current and (name[0] != "I" or name[2:] != current[0] or i in breaks):
            found.add((*current, i))
            current = None
        if name != "O" and current is None:
            current = (name[2:], i)
    return found


def reader_scores(reader: Reader, examples: Sequence[Example], device: str) -> dict[str, float]:
    """Return :func:`head_scores` of a network."""
    transitions = reader.transitions.detach().float().cpu().numpy()
    return head_scores(score_words(reader, examples, device), examples, transitions)


def head_scores(
    all_scores: Sequence[np.ndarray], examples: Sequence[Example], transitions: np.ndarray
) -> dict[str, float]:
    """Return exact F1 of each kind of span and the accuracy of the other heads where gold marks them, in percent."""
    tallies = {role: [0, 0, 0] for role in SPAN_ROLES}
    right: dict[str, int] = {}
    asked: dict[str, int] = {}
    for example, scores in zip(examples, all_scores, strict=True):
        labels = best_labels(scores[:, HEADS["spans"]], example.words.lines, transitions)
        found = spans_of(labels.tolist(), example.words.lines)
        gold = spans_of(example.labels["spans"].tolist(), example.words.lines)
        for role in SPAN_ROLES:
            f, g = ({s for s in spans if s[0] == role} for spans in (found, gold))
            for i, n in enumerate((len(f & g), len(f - g), len(g - f))):
                tallies[role][i] += n
        for head, wanted in example.labels.items():
            if head != "spans":
                marked = wanted >= 0
                best = scores[:, HEADS[head]].argmax(1)
                right[head] = right.get(head, 0) + int((best[marked] == wanted[marked]).sum())
                asked[head] = asked.get(head, 0) + int(marked.sum())
    found_f1 = {role: round(200 * tp / (2 * tp + fp + fn or 1), 2) for role, (tp, fp, fn) in tallies.items()}
    return found_f1 | {head: round(100 * right[head] / (asked[head] or 1), 2) for head in right}
