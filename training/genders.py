"""Count how often a given name goes with *he* and with *she*: ``quotes/weights/genders.txt``.

Counts come from coreference (the silver chains of the training articles, GAP's gold pairs, GUM's gold entities)
and from what the training articles call a person elsewhere: *Mr.*, *Ms.*, *spokeswoman*; beside them stand the
given names that many countries list. A line holds the folded name, its counts of *he* and of *she*, and 1 if
the name comes from an article.
"""

from __future__ import annotations

import csv
import gzip
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from faker.providers import person as lists

from quotes.pipeline.cast import find_cast
from quotes.pipeline.coreference import linear_chooser, resolve_pronouns
from quotes.pipeline.genders import GivenNames
from quotes.pipeline.nameborders import EPITHETS
from quotes.pipeline.names import HONORIFICS, folded
from quotes.pipeline.page import read_page
from quotes.pipeline.speakers import make_scene, read_sources, source_limits
from training.silver import read_articles, silver_doc

_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_GOLD, _SILVER = 3, 1
Count = tuple[str, int, int]


def count_genders(data: Path) -> GivenNames:
    """Return how often the given names of articles, and those of lists, go with *he* and with *she*.

    :param data: The folder that holds ``polnear``, ``gap`` and ``ud``.
    """
    totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    polnear = data / "polnear/train"
    for name, he, she in (*_chains(polnear), *_addresses(polnear), *_gap(data / "gap"), *_gum(data / "ud")):
        first = folded(name.split()[0].strip(".,"))
        if he + she and re.fullmatch(r"[a-z'-]{2,}", first) and first not in EPITHETS | HONORIFICS.keys():
            totals[first][0] += he
            totals[first][1] += she
    return with_counts(GivenNames(listed_names()), totals)


def with_counts(given: GivenNames, counts: Mapping[str, Sequence[int]]) -> GivenNames:
    """Return what is known of given names with names added that articles print, and how often with whom."""
    genders = dict(given.genders)
    for name, (he, she) in counts.items():
        listed = genders.get(name, (0, 0))
        genders[name] = (listed[0] + he, listed[1] + she)
    return GivenNames(genders, given.met | set(counts))


def listed_names() -> dict[str, tuple[int, int]]:
    """Return ``{given name: (he, she)}`` from the lists of given names of many countries that Faker carries.

    A name that all its countries give to men, or to women, is worth two, or three from two countries on; of the
    others each country is worth one, up to three in all.
    """
    countries: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for module in pkgutil.iter_modules(lists.__path__):
        provider = import_module(f"{lists.__name__}.{module.name}").Provider
        for gender, attribute in enumerate(("first_names_male", "first_names_female")):
            for name in {folded(name) for name in vars(provider).get(attribute, ())}:
                if re.fullmatch(r"[a-z][a-z'-]+", name):
                    countries[name][gender] += 1
    return {name: _worth(he, she) for name, (he, she) in countries.items()}


def _worth(he: int, she: int) -> tuple[int, int]:
    if he and she:
        share = min(1.0, _GOLD / (he + she))
        return round(he * share), round(she * share)
    worth = min(he + she + 1, _GOLD)
    return (worth, 0) if he else (0, worth)


def taught_genders(
    folder: Path, given: GivenNames, weights: Mapping[str, float], *, sure: float = 0.9
) -> GivenNames:
    """Return the table with given names added that a trained resolver links to *he* or *she* alone.

    :param folder: The training split; only given names that no article has told are learned from it.
    :param sure: Least probability of a link that counts.
    """
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article, layer in read_articles(folder):
        doc = silver_doc(article, layer)
        page = read_page(doc, doc._.attributions)
        cast = find_cast(page, given, source_limits(page, doc._.attributions))
        scene = make_scene(page, cast, read_sources(page, cast, doc._.attributions))
        for i, link in resolve_pronouns(page, cast, scene, linear_chooser(weights)).items():
            person = cast.people[link.person] if link.person >= 0 and link.score >= sure else None
            if person is not None and person.name.is_full and person.name.first not in given.met:
                votes[person.name.first][_gender(page.lower[i])] += 1
    learned = {}
    for first, counts in votes.items():
        he, she = counts["he"], counts["she"]
        if re.fullmatch(r"[a-z'-]{2,}", first) and max(he, she) >= 2 and min(he, she) <= 0.1 * (he + she):
            learned[first] = (_SILVER * (he > she), _SILVER * (she > he))
    return with_counts(given, learned)


def _verdict(pronouns: Counter[str], weight: int) -> tuple[int, int]:
    he, she = pronouns["he"], pronouns["she"]
    if he + she == 0 or min(he, she) > 0.2 * (he + she):
        return 0, 0
    return (weight, 0) if he > she else (0, weight)


def _gender(word: str) -> str:
    return "he" if word in _HE else "she" if word in _SHE else ""


def _chains(folder: Path) -> Iterator[Count]:
    for _, layer in read_articles(folder):
        sentences = layer["sentences"]
        for chain in layer["coref"]:
            pronouns: Counter[str] = Counter()
            names = set()
            for sentence, start, end, _, _ in chain:
                tokens = sentences[sentence - 1]["tokens"][start - 1 : end - 1]
                words = [token[4] for token in tokens]
                if len(tokens) == 1:
                    pronouns[_gender(words[0].lower())] += 1
                names.update(_person_names(layer, sentence, tokens))
            he, she = _verdict(pronouns, _SILVER)
            if he + she and len({name.split()[0] for name in names}) == 1:
                yield next(iter(names)), he, she


def _addresses(folder: Path) -> Iterator[Count]:
    for article, layer in read_articles(folder):
        for person in find_cast(read_page(silver_doc(article, layer)), GivenNames()).people:
            if person.name.is_full and abs(person.she - 0.5) > 0.4:
                yield person.full, _GOLD * (person.she < 0.5), _GOLD * (person.she > 0.5)


def _person_names(layer: dict, sentence: int, tokens: list[list]) -> Iterator[str]:
    people = [token for token in tokens if token[3] == "PERSON"]
    if 2 <= len(people) <= 4 and people == tokens[-len(people) :]:
        yield " ".join(token[4] for token in people)


def _gap(folder: Path) -> Iterator[Count]:
    for path in sorted(folder.glob("*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                gender = _gender(row["Pronoun"].lower())
                for name in "AB":
                    if row[f"{name}-coref"].upper() == "TRUE" and len(row[name].split()) > 1:
                        yield row[name], _GOLD * (gender == "he"), _GOLD * (gender == "she")


def _gum(folder: Path) -> Iterator[Count]:
    for path in sorted(folder.glob("en_gum-*.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for document in lines.read().split("# newdoc id")[1:]:
                yield from _gum_document(document)


def _gum_document(document: str) -> Iterator[Count]:
    words: list[tuple[str, str]] = []
    opened: defaultdict[str, list[int]] = defaultdict(list)
    mentions: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in document.splitlines():
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        here = len(words)
        words.append((columns[1], columns[3]))
        entity = next((part[7:] for part in columns[9].split("|") if part.startswith("Entity=")), "")
        for opening, closing in re.findall(r"\((\d+)-person[^()]*(\)?)", entity):
            mentions[opening].append((here, here)) if closing else opened[opening].append(here)
        for closing in re.findall(r"(?:^|[^(\w-])(\d+)\)", entity.replace(")", ") ")):
            if opened[closing]:
                mentions[closing].append((opened[closing].pop(), here))
    for spans in mentions.values():
        pronouns: Counter[str] = Counter()
        names = set()
        for first, last in spans:
            if first == last:
                pronouns[_gender(words[first][0].lower())] += 1
            proper = [word for word, tag in words[first : last + 1] if tag == "PROPN"]
            if 2 <= len(proper) <= 4 and len(proper) == last - first + 1:
                names.add(" ".join(proper))
        he, she = _verdict(pronouns, _GOLD)
        if he + she and len({name.split()[0] for name in names}) == 1:
            yield next(iter(names)), he, she


def write_given_names(given: GivenNames, path: Path) -> None:
    """Write the table, a name a line, as :func:`quotes.pipeline.genders.read_given_names` reads it."""
    lines = [
        f"{name} {he} {she} {int(name in given.met)}\n" for name, (he, she) in sorted(given.genders.items())
    ]
    path.write_text("".join(lines), encoding="utf8")
