"""Names of people: their parts, and whether two of them can be one person's."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HONORIFICS = {
    "mr": "m", "mister": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "mme": "f", "dame": "f", "mx": "",
}  # fmt: skip
"""Forms of address that say no more than a gender, if that."""

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
POST_NOMINALS = frozenset("KC QC MP MSP MEP OBE MBE CBE DBE KBE MD PhD RN JD CPA Esq".split())
"""Letters after a name that are no part of it, as printed."""

_LETTERS = frozenset(letters.lower() for letters in POST_NOMINALS)

PARTICLES = frozenset(
    [
        "al",
        "el",
        "ben",
        "bin",
        "ibn",
        "bint",
        "da",
        "das",
        "de",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "la",
        "las",
        "le",
        "los",
        "st",
        "ter",
        "van",
        "von",
        "y",
        "zu",
    ]
)

_SHORT_FORMS = """
abigail abby | abraham abe | albert al bert | alexander alex alec | alexandra alex | alfred al fred
andrew andy drew | anthony tony | antonio tony | antony tony | archibald archie | arnold arnie | arthur art
barbara barb | benjamin ben | bernard bernie | bradley brad | calvin cal | cameron cam
catherine cathy kate katie | charles charlie chuck | christina chris tina | christine chris | christopher chris
clifford cliff | clinton clint | curtis curt | cynthia cindy | daniel dan danny | david dave
deborah deb debbie | dennis denny | dominic dom | donald don donnie | dorothy dot | douglas doug
edward ed eddie ted ned | edwin ed | eleanor ellie | elizabeth liz beth betsy betty eliza | eugene gene
ezekiel zeke | francis frank | franklin frank | frederick fred | gabriel gabe | gerald gerry jerry
geoffrey geoff | gregory greg | harold hal harry | henry hank harry | herbert herb | isaac ike | jacob jake
jacqueline jackie | james jim jimmy jamie | janet jan | jeffrey jeff | jennifer jen jenny | jeremy jerry
jerome jerry | jessica jess | john jack johnny | jonathan jon | joseph joe joey | joshua josh | judith judy
katherine kate kathy katie | kathleen kathy | kenneth ken kenny | kimberly kim | lawrence larry
leonard len leo | lester les | louis lou | madeleine maddie | margaret maggie meg peggy | martin marty
matthew matt | maximilian max | michael mike mick | mitchell mitch | nancy nan | nathan nate
nathaniel nate nat | nicholas nick | norman norm | pamela pam | patricia pat patty | patrick pat paddy
peter pete | philip phil | phillip phil | randall randy | randolph randy | raymond ray | rebecca becky
reginald reggie | richard dick rick rich richie | robert bob bobby rob | rodney rod | roger rog | roland rollie
ronald ron ronnie | rudolph rudy | russell russ | samantha sam | samuel sam | sandra sandy | sidney sid
solomon sol | stanley stan | stephanie steph | stephen steve | steven steve | stewart stew | stuart stu
susan sue susie | sylvester sly | terence terry | theodore ted teddy theo | theresa terry | thomas tom tommy
timothy tim | tobias toby | valerie val | vernon vern | veronica ronnie | victor vic | victoria vicky
vincent vince vinny | virginia ginny | walter walt | wesley wes | william bill billy will willie | zachary zach
"""
"""Each stretch up to a bar or a line's end: a given name and its customary short forms."""

_SHORT: dict[str, set[str]] = {}
for _group in re.split(r"[|\n]", _SHORT_FORMS):
    for _word in _group.split()[1:]:
        _SHORT.setdefault(_word, set()).add(_group.split()[0])


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; all parts lower case without accents, "" where it has none.

    A single word is kept as ``last``. ``middle`` holds all words between, ``nickname`` what stood in marks.
    """

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    nickname: str = ""
    honorific: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the name has both a first and a last part."""
        return bool(self.first and self.last)


def folded(text: str) -> str:
    """Return a text in lower case, without accents and with straight apostrophes."""
    text = text.replace("’", "'").replace("‘", "'").replace("ʻ", "'")
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in text if not unicodedata.combining(character))


def parse_name(text: str) -> Name:
    """Take a person's name apart; titles other than Mr, Mrs and their like must be cut off before."""
    led_by_particle = text[:1].islower()
    text = folded(text)
    nickname = ""
    marked = re.search(r"[“\"‟(']\s*([\w. -]{2,20}?)\s*[”\"'),]", text)
    if marked and " " in text[: marked.start()].strip() + " ":
        before, after = text[: marked.start()], text[marked.end() :]
        if before.strip() and after.strip() and (before[-1] == " "):
            nickname, text = marked.group(1).strip(), f"{before} {after}"
    parts = [part.strip('.,"“”‘()') for part in text.split()]
    parts = [part for part in parts if part and part != "'"]
    honorific = suffix = ""
    while parts and parts[0] in HONORIFICS:
        honorific = parts.pop(0)
    while parts and (parts[-1] in SUFFIXES or parts[-1].replace(".", "") in _LETTERS):
        word = parts.pop()
        suffix = word if word in SUFFIXES else suffix
    if not parts:
        return Name(honorific=honorific, suffix=suffix)
    cut = len(parts) - 1
    while cut > 1 and parts[cut - 1] in PARTICLES:
        cut -= 1
    if len(parts) == 2 and led_by_particle and parts[0] in PARTICLES:
        cut = 0
    last = " ".join(parts[cut:])
    first = parts[0] if cut > 0 else ""
    middle = " ".join(parts[1:cut])
    if suffix and not first:
        return Name(first=last, suffix=suffix, honorific=honorific)
    return Name(first, middle, last, suffix, nickname, honorific)


def same_first(one: str, other: str) -> bool:
    """Return whether two given names can be one person's: equal, an initial, or a customary short form."""
    if one == other:
        return True
    one, other = one.replace(".", ""), other.replace(".", "")
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    if other in _SHORT.get(one, ()) or one in _SHORT.get(other, ()):
        return True
    return bool(_SHORT.get(one, set()) & _SHORT.get(other, set()))


def same_last(one: str, other: str) -> bool:
    """Return whether two family names can be one person's: equal, or one without its particle or first half."""
    if one == other:
        return True
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return len(short) > 2 and long.endswith(short) and long[-len(short) - 1] in " -"


def can_be_same(one: Name, other: Name) -> bool:
    """Return whether two full names can be one person's."""
    if not same_last(one.last, other.last) or one.suffix != other.suffix:
        return False
    firsts = {one.first, one.nickname} - {""}
    others = {other.first, other.nickname} - {""}
    if not any(same_first(a, b) for a in firsts for b in others):
        # Known by the middle name: "J. Edgar Hoover", "Edgar Hoover".
        return bool(
            (one.middle and one.middle == other.first) or (other.middle and other.middle == one.first)
        )
    return not (one.middle and other.middle) or one.middle[0] == other.middle[0]
