"""Which of the roles that articles give a speaker stands for all of them where there is room for one."""

from __future__ import annotations

from collections.abc import Mapping

from quotes.spelling import plain

# What makes another office of a role that it stands before: a former minister is no minister.
_CHANGING = frozenset(
    "acting aide assistant associate candidate co deputy ex former formerly future honorary interim late lieutenant "
    "next nominee onetime outgoing past retired shadow then under vice would".split()
)
# After these, a role is somebody else's: an adviser to the president.
_RELATING = frozenset("at by for from in of on the to under with".split())


def fullest(roles: Mapping[str, int]) -> str | None:
    """Return the role that says most of a speaker: the most used, a shorter form counting for its fullest one.

    *Pentagon press secretary* stands for *press secretary*, and *president of the council* for *president*; but
    *former president* does not, nor *adviser to the president*. Of roles used as much, it is the longest.

    :param roles: With how often each is used, from 1.
    :returns: Nothing if there are none.
    """
    words = {role: tuple(plain(role).replace(".", "").split()) for role in roles}

    def weight(role: str) -> tuple[int, int, str]:
        used = sum(n for other, n in roles.items() if _is_fuller(words[role], words[other]))
        return used, len(role), role

    return max(roles, key=weight, default=None)


def _is_fuller(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Return whether a role says all that another says of the same office, or is the same."""
    if not short or len(short) > len(long):
        return long == short
    before = long[: len(long) - len(short)]
    if long[len(before) :] == short:
        return not (_CHANGING | _RELATING).intersection(word for part in before for word in part.split("-"))
    after = long[len(short) :]
    return long[: len(short)] == short and after[0] in _RELATING
