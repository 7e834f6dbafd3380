"""The parts of people's names, and whether two names can be one person's."""

from __future__ import annotations

import pytest

from quotes.pipeline.names import Name, can_be_same, parse_name

PARSED = [
    ("Ida Lowe", Name("ida", "", "lowe")),
    ("Ida J. Lowe", Name("ida", "j", "lowe")),
    ("Bill de Blau", Name("bill", "", "de blau")),
    ("de Blau", Name(last="de blau")),
    ("Al Orr", Name("al", "", "orr")),
    ("Mustafa al-Kadri", Name("mustafa", "", "al-kadri")),
    ("Ben Orr Jr.", Name("ben", "", "orr", "jr")),
    ("Robert “Bob” Orr", Name("robert", "", "orr", nickname="bob")),
    ("Mrs. Lowe", Name(last="lowe", honorific="mrs")),
    ("Donald Jr.", Name(first="donald", suffix="jr")),
    ("José Núñez, M.D.", Name("jose", "", "nunez")),
]


@pytest.mark.parametrize(("text", "name"), PARSED)
def test_a_name_is_taken_apart(text: str, name: Name) -> None:
    assert parse_name(text) == name


SAME = [
    ("Ida Lowe", "Ida J. Lowe"),
    ("Bob Orr", "Robert Orr"),
    ("J. Edgar Hove", "Edgar Hove"),
    ("Robert “Bob” Orr", "Bob Orr"),
    ("J. Orr", "John Orr"),
]
DIFFERENT = [
    ("Ida Lowe", "Ada Lowe"),
    ("Ida J. Lowe", "Ida K. Lowe"),
    ("Ben Orr", "Ben Orr Jr."),
    ("Ben Orr", "Ben Barr"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_forms_can_be_one_person(one: str, other: str) -> None:
    assert can_be_same(parse_name(one), parse_name(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_names_are_two_people(one: str, other: str) -> None:
    assert not can_be_same(parse_name(one), parse_name(other))
