"""Learn who *he* and *she* are: the weights of :mod:`quotes.pipeline.coreference`.

Silver labels come from the coreference chains of the training articles. A multinomial logistic regression over
the candidates of each pronoun, fitted by full-batch gradient descent: the same data give the same weights.

    python -m training.speakers ../shared/data quotes/weights
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from quotes.pipeline.cast import Cast, find_cast
from quotes.pipeline.coreference import HE, SHE, Link, Rows, Scene, linear_chooser, resolve_pronouns
from quotes.pipeline.genders import GivenNames, read_given_names
from quotes.pipeline.page import Page, read_page
from quotes.pipeline.speakers import make_scene, read_sources, source_limits
from training.genders import count_genders, taught_genders, write_given_names
from training.gum import gum_documents
from training.silver import Chain, read_articles, silver_chains, silver_doc

Choice = tuple[list[dict[str, float]], int, bool]
"""The candidates' features, the right one's place among them, and whether the pronoun is a source."""


def silver_choices(folder: Path, given: GivenNames) -> Iterator[Choice]:
    """Yield the choices that the pronouns of a PolNeAR split pose, with silver answers."""
    for article, layer in read_articles(folder):
        yield from choices_of(silver_doc(article, layer), silver_chains(layer), given)


def gold_choices(path: Path, given: GivenNames) -> Iterator[Choice]:
    """Yield the choices that the pronouns of a GUM file pose, with gold answers."""
    for doc, chains in gum_documents(path):
        yield from choices_of(doc, chains, given)


def choices_of(doc: Doc, chains: Iterable[Chain], given: GivenNames) -> list[Choice]:
    """Return for each pronoun its candidates' features, the right one's place, and whether it is a source."""
    page = read_page(doc, doc._.attributions)
    cast = find_cast(page, given, source_limits(page, doc._.attributions))
    scene = make_scene(page, cast, read_sources(page, cast, doc._.attributions))
    return forced_choices(page, cast, scene, chain_labels(page, cast, chains))


def forced_choices(page: Page, cast: Cast, scene: Scene, labels: Mapping[int, int]) -> list[Choice]:
    """Return the choices met when every pronoun is resolved as its label says."""
    choices: list[Choice] = []

    def choose(i: int, rows: Rows) -> Link:
        label = labels.get(i)
        if label is None:
            return Link(-1, 0.0)
        numbers = [number for number, _ in rows]
        place = numbers.index(label) if label in numbers else len(rows) - 1
        if label in numbers or label == -1:
            choices.append(([row for _, row in rows], place, i in scene.source_of))
        return Link(label, 1.0)

    resolve_pronouns(page, cast, scene, choose)
    return choices


def chain_labels(page: Page, cast: Cast, chains: Iterable[Chain]) -> dict[int, int]:
    """Return ``{word: person}`` for the pronouns whose chain names or describes one person of the cast."""
    at = {start: i for i, start in enumerate(page.start)}
    labels: dict[int, int] = {}
    for chain in chains:
        pronouns, named, described = [], Counter[int](), Counter[int]()
        for start, alone in chain:
            word = at.get(start, -1)
            if word >= 0 and alone and page.lower[word] in HE | SHE:
                pronouns.append(word)
            elif word in cast.at:
                named[cast.at[word].person] += 1
            elif word in cast.nominals:
                described[cast.nominals[word].person] += 1
        votes = named or described
        if pronouns and votes:
            person, most = votes.most_common(1)[0]
            if most >= 0.8 * votes.total():
                labels.update((i, person) for i in pronouns)
    return labels


def fit(choices: list[Choice], *, decay: float = 1e-3, steps: int = 600) -> dict[str, float]:
    """Return the weights that make the right candidates likeliest.

    :param decay: Strength of the L2 penalty.
    """
    names = sorted({name for rows, _, _ in choices for row in rows for name in row})
    widest = max(len(rows) for rows, _, _ in choices)
    x = np.zeros((len(choices), widest, len(names)))
    mask = np.full((len(choices), widest), -np.inf)
    for k, (rows, _, _) in enumerate(choices):
        x[k, : len(rows)] = [[row.get(name, 0.0) for name in names] for row in rows]
        mask[k, : len(rows)] = 0.0
    right = np.array([place for _, place, _ in choices])
    weights = np.zeros(len(names))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    picked = x[np.arange(len(choices)), right].mean(axis=0)
    for step in range(1, steps + 1):
        scores = x @ weights + mask
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        gradient = np.einsum("kc,kcf->f", odds, x) / len(choices) - picked + decay * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def accuracy(choices: list[Choice], weights: Mapping[str, float], *, sources: bool = False) -> float:
    """Return the share of pronouns whose likeliest candidate is the right one."""
    choose = linear_chooser(weights)
    kept = [(rows, place) for rows, place, is_source in choices if is_source or not sources]
    right = sum(choose(0, list(enumerate(rows))).person == place for rows, place in kept)
    return right / len(kept)


NOBODY = -1.0
"""Weight of the candidate *nobody*: silver chains hardly ever say that a pronoun means none of the names, so its
weight is not learned; this one leaves open what GUM's gold chains show to be right less than half the time."""


def train(data: Path, weights: Path, given: GivenNames) -> None:
    """Fit on the training articles and GUM, print what was reached, and write ``pronouns.json``.

    :param data: The folder that holds ``polnear`` and ``ud``.
    """
    silver = list(silver_choices(data / "polnear/train", given))
    gold = list(gold_choices(data / "ud/en_gum-train.conllu.gz", given))
    fitted = fit(silver + gold) | {"nobody": NOBODY}
    dev = list(silver_choices(data / "polnear/dev", given))
    gold_dev = list(gold_choices(data / "ud/en_gum-dev.conllu.gz", given))
    print(f"pronouns right: {accuracy(dev, fitted):.3f} silver dev, {accuracy(gold_dev, fitted):.3f} GUM dev")
    write_weights(fitted, weights / "pronouns.json")


def write_weights(weights: Mapping[str, float], path: Path) -> None:
    """Write the weights as JSON."""
    path.write_text(json.dumps(dict(weights), indent=1) + "\n", encoding="utf8")


def main(data: Path, weights: Path) -> None:
    """Make ``genders.txt`` and ``pronouns.json``, in two rounds: the first resolver teaches more given names."""
    table = weights / "genders.txt"
    counted = count_genders(data)
    write_given_names(counted, table)
    train(data, weights, read_given_names(table))
    pronouns = json.loads((weights / "pronouns.json").read_text())
    taught = taught_genders(data / "polnear/train", counted, pronouns)
    write_given_names(taught, table)
    train(data, weights, read_given_names(table))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
