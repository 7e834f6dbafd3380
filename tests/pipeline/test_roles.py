"""In what role somebody speaks. The people, places and bodies in these sentences are made up."""

from __future__ import annotations

import pytest

from tests.pipeline.marked import spoken

ROLES = [
    ("{[O Navy] press secretary [P John Kerr]} said <no>.", "Navy press secretary"),
    ("{Sen. [P Ida Lowe]} said <no>.", "Sen."),
    ("{[L Ohio] Gov. [P Ida Lowe]} said <no>.", "Ohio Gov."),
    ("{Secretary of State [P Ida Lowe]} said <no>.", "Secretary of State"),
    ("{[P Ida Lowe], a [O Navy] spokeswoman,} said <no>.", "Navy spokeswoman"),
    ("{[P Ida Lowe], 43, a doctor,} said <no>.", "doctor"),
    (
        "{[P Jim Hove], ranking member of the [O Lake Committee],} said <no>.",
        "ranking member of the Lake Committee",
    ),
    ("{[P Ida Lowe], who heads the [O Lake Board],} said <no>.", "heads the Lake Board"),
    ("{[P Ida Lowe], who is a lawyer for the [O Lake Board],} said <no>.", "lawyer for the Lake Board"),
    ("{[P Ida Lowe], D-Conn.,} said <no>.", "D-Conn."),
    ("{[P Ida Lowe] (R-Ohio)} said <no>.", "R-Ohio"),
    ("{Senator [P Ida Lowe], Republican of Iowa,} said <no>.", "Senator"),
    ("{the [O Navy]’s [P John Kerr]} said <no>.", "Navy"),
    ("{former [O Navy] chief [P John Kerr]} said <no>.", "former Navy chief"),
    ("{then-President [P John Kerr]} said <no>.", "then-President"),
    ("{The couple’s lawyer, [P Ida Lowe],} said <no>.", "couple’s lawyer"),
    ("{A lawyer for the outlets, [P Ida Lowe],} said <no>.", "lawyer for the outlets"),
    ("{His running/VERB mate, [L Ohio] Gov. [P Ida Lowe],} said <no>.", "running mate"),
    ("{General [P Frank Mack], head of [O Lake Command],} said <no>.", "head of Lake Command"),
    (
        "{[P Ida Lowe], aide for lake organizing/VERB at the [O Lake Board],} said <no>.",
        "aide for lake organizing at the Lake Board",
    ),
    ("{a [O Navy] official} said <no>.", "Navy official"),
    ("11:05 {Mayor [P Ida Lowe]} said <no>.", "Mayor"),
    ("[P Jim Hove] and his wife, [P Ida Hove], met. {[P Ida Hove]} said <no>.", "wife"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_a_role_is_read_from_around_the_name_as_printed(text: str, role: str) -> None:
    assert spoken(text)[-1].role == role


def test_title_and_apposition_are_two_roles_and_no_part_of_the_name() -> None:
    (only,) = spoken("{U.S. Colonel [P Walter Mott], the spokesman for the lake mission,} said <no>.")
    assert only.speaker is not None
    assert only.speaker.name == "Walter Mott"
    assert only.speaker.roles == ("spokesman for the lake mission", "U.S. Colonel")
    assert only.role == "spokesman for the lake mission"


def test_two_titles_in_a_row_are_two_roles() -> None:
    (only,) = spoken("{[O Navy] spokesperson Lake Commander [P Ida Lowe]} said <no>.")
    assert only.speaker is not None
    assert set(only.speaker.roles) == {"Navy spokesperson", "Lake Commander"}


def test_a_role_told_elsewhere_in_the_article_counts() -> None:
    last = spoken("{[P Lowe]} said <no>. Later [O Navy] spokeswoman [P Ida Lowe] left. {She} added <more>.")[
        -1
    ]
    assert last.role == "Navy spokeswoman"


def test_the_role_told_with_the_quotation_goes_before_a_longer_one_elsewhere() -> None:
    first, _ = spoken(
        "{Mayor [P Ida Lowe]} said <no>. {[P Ida Lowe], a former lawyer for the [O Lake Board],} said <yes>."
    )
    assert first.role == "Mayor"
    assert first.speaker is not None
    assert len(first.speaker.roles) == 2


def test_a_role_of_one_is_not_given_to_the_next_name() -> None:
    _, second = spoken("{[P Ida Lowe], a lawyer,} said <no>. {[P Ben Orr]} said <yes>.")
    assert second.role is None


def test_an_organization_has_no_role() -> None:
    assert spoken("{The [O Lake Board]} said <no>.")[-1].role is None


def test_a_list_of_names_is_no_apposition() -> None:
    first = spoken("{[P Ida Lowe], [P Ben Orr] and [P Max Dill]} said <no>.")[-1]
    assert first.role is None


def test_forms_of_address_are_no_roles() -> None:
    assert spoken("{Mr. [P Lowe]} said <no>.")[-1].role is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("{Senator [P Tom Hall] and actor [P Rob Lake]} said <no>.", None),
        ("{Senator [P Tom Hall] and [P Rob Lake]} said <no>.", None),
        ("{Senators [P Tom Hall] and [P Rob Lake]} said <no>.", "Senators"),
        ("{Sen. [P Tom Hall] and Sen. [P Rob Lake]} said <no>.", "Sen."),
    ],
)
def test_several_speakers_have_a_role_only_if_each_has_it(text: str, role: str | None) -> None:
    assert spoken(text)[-1].role == role
