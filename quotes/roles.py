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


_LONGEST = 80


def fullest(roles: Mapping[str, int]) -> str | None:
    """Return the role that says most of a speaker: the longest of those in common use.

    In common use is what is used at least half as often as the most used. A shorter form counts for its fuller
    one: *Pentagon press secretary* stands for *press secretary*, and *president of the council* for *president*;
    but *former president* does not, nor *adviser to the president*. Past 80 characters, longer says no more.

    :param roles: With how often each is used, from 1.
    :returns: Nothing if there are none.
    """
    words = {role: tuple(plain(role).replace(".", "").split()) for role in roles}
    used = {
        role: sum(n for other, n in roles.items() if _is_fuller(words[role], words[other])) for role in roles
    }
    most = max(used.values(), default=0)
    common = [role for role in roles if 2 * used[role] >= most]
    return max(common, key=lambda role: (min(len(role), _LONGEST), used[role], role), default=None)


def _is_fuller(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Return whether a role says all that another says of the same office, or is the same."""
    if not short or len(short) > len(long):
        return long == short
    before = long[: len(long) - len(short)]
    if long[len(before) :] == short:
        return not (_CHANGING | _RELATING).intersection(word for part in before for word in part.split("-"))
    after = long[len(short) :]
    return long[: len(short)] == short and after[0] in _RELATING
