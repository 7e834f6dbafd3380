"""Names misspelt."""

import pytest

from quotes.spelling import Names, plain

NAMES = Names(["Ana Duarte", "Duarte", "Ben Castro", "José Núñez", "the Example Board", "Water Board"])


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Ana Durate", "Ana Duarte"),
        ("duarte ana", "Ana Duarte"),
        ("Bne Castro", "Ben Castro"),
        ("Jose Nunez", "José Núñez"),
        ("Dvarte", "Duarte"),
        ("castor", "castro"),
        ("exampel bord", "example board"),
        ("Qzwxy", None),
        ("", None),
        ("!?", None),
    ],
)
def test_the_nearest_name_is_found_if_any_is_near(asked, meant):
    assert NAMES.nearest(asked) == meant


def test_among_no_names_none_is_near():
    assert Names([]).nearest("Ana") is None


def test_accents_and_case_make_no_difference():
    assert plain("JOSÉ Núñez") == plain("jose nunez") == "jose nunez"
