"""The role that is shown of a speaker where there is room for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.roles import fullest


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ({}, None),
        ({"mayor": 1}, "mayor"),
        ({"Colonel": 1, "spokesman for the coalition": 1}, "spokesman for the coalition"),
        ({"Pentagon": 1, "Pentagon press secretary": 1}, "Pentagon press secretary"),
        (
            {"U.S. Colonel": 2, "military spokesman for the operation": 1},
            "military spokesman for the operation",
        ),
        ({"president": 9, "guest of honour at the opening": 3}, "president"),
        ({"press secretary": 5, "Pentagon press secretary": 2, "spokesman": 4}, "Pentagon press secretary"),
        ({"President": 9, "president of the council": 1, "former mayor": 3}, "president of the council"),
        ({"president": 9, "former president": 4}, "president"),
        ({"minister": 5, "deputy finance minister": 2}, "minister"),
        ({"president": 5, "adviser to the president": 2}, "president"),
        ({"vice-president": 2, "president": 5}, "president"),
        ({"senator": 3, "senator-elect": 1}, "senator"),
    ],
)
def test_the_most_used_role_is_shown_in_its_fullest_form(roles, shown):
    assert fullest(roles) == shown


@given(
    st.dictionaries(
        st.lists(st.sampled_from("a b of Former C é . -".split()), max_size=5).map(" ".join),
        st.integers(1, 9),
    )
)
def test_whatever_the_roles_are_one_of_them_is_shown_and_their_order_does_not_matter(roles):
    shown = fullest(roles)
    assert shown in roles if roles else shown is None
    assert fullest(dict(reversed(roles.items()))) == shown
