"""Whether a person is more likely *he* or *she*: by given name, by form of address, by what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from quotes.errors import WeightsError
from quotes.pipeline.names import HONORIFICS, Name

WEIGHTS = Path(__file__).parent.parent / "weights"
Genders = Mapping[str, tuple[int, int]]
"""For a given name, how often it goes with *he* and with *she*; endings are there too, behind a hyphen."""


@dataclass(frozen=True, slots=True)
class GivenNames:
    """What is known of given names.

    ``met`` holds those that articles print: a word that is one can begin a name that no head has found. Many a
    name that only a list has is as often something else: *Ivy*, *West*.
    """

    genders: Genders = field(default_factory=dict)
    met: Set[str] = frozenset()


_SHE = frozenset("""
spokeswoman chairwoman congresswoman councilwoman businesswoman actress queen princess duchess mother wife
widow daughter sister aunt niece grandmother granddaughter stepmother girlfriend fiancee waitress
policewoman woman girl nun ex-wife saleswoman assemblywoman alderwoman hostess heiress
""".split())  # fmt: skip

_HE = frozenset("""
chairman congressman councilman businessman actor king prince duke father husband widower son brother uncle
nephew grandfather grandson stepfather boyfriend fiance waiter policeman man boy monk ex-husband salesman
assemblyman alderman
""".split()) - {"chairman", "congressman", "actor"}  # fmt: skip


def told_gender(*nouns: str) -> float:
    """Return the probability of a woman that a role's nouns tell; 0.5 where they tell nothing."""
    if any(noun in _SHE for noun in nouns):
        return 0.98
    return 0.02 if any(noun in _HE for noun in nouns) else 0.5


def given_gender(first: str, genders: Genders) -> float:
    """Return the probability that a given name is a woman's; an unknown name is judged by its ending, mildly."""
    he, she = genders.get(first, genders.get(first.split("-", maxsplit=1)[0], (0, 0)))
    if he + she:
        return (she + 0.3) / (he + she + 0.6)
    for length in (3, 2, 1):
        he, she = genders.get(f"-{first[-length:]}", (0, 0))
        if he + she >= 6:
            return min(max((she + 1) / (he + she + 2), 0.2), 0.8)
    return 0.5


def single_gender(name: Name, given: GivenNames) -> float:
    """Return the probability that whoever has a single name is a woman; 0.5 where it tells nothing.

    A single name is mostly a family name, and many of those are on some list of given names.
    """
    gender = HONORIFICS.get(name.honorific, "")
    if gender:
        return 0.01 if gender == "m" else 0.99
    first = name.first or name.last
    return given_gender(first, given.genders) if name.first or first in given.met else 0.5


@lru_cache(maxsize=1)
def load_given_names() -> GivenNames:
    """Return the table that comes with the package.

    :raises WeightsError: It is missing.
    """
    path = WEIGHTS / "genders.txt"
    try:
        return read_given_names(path)
    except (OSError, ValueError) as error:
        raise WeightsError(
            f"The trained reader's file {path} cannot be read ({error}). Install the package again."
        ) from error


def read_given_names(path: Path) -> GivenNames:
    """Return the names of a table: name, times with *he*, times with *she*, and 1 if an article prints it, a line each.

    Endings are counted here, behind a hyphen: ``-ia`` counts the names that end so.
    """
    genders: dict[str, tuple[int, int]] = {}
    endings: dict[str, list[int]] = {}
    met = set()
    for line in path.read_text(encoding="utf8").splitlines():
        name, he, she, printed = line.split()
        genders[name] = (int(he), int(she))
        if int(printed):
            met.add(name)
        for length in (1, 2, 3):
            count = endings.setdefault(f"-{name[-length:]}", [0, 0])
            count[int(she) > int(he)] += 1
    genders.update((ending, (he, she)) for ending, (he, she) in endings.items())
    return GivenNames(genders, met)
