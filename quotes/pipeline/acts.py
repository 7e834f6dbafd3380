"""What a cue does: speech, writing, belief, or something else."""

from __future__ import annotations

from spacy.tokens import Span

from quotes.model import Act

_WRITING = """
author blog co-author co-write comment-on document draft e-mail email headline inscribe jot op-ed pen post
print publish re-tweet read retweet scrawl scribble text tweet type write
""".split()

_BELIEF = """
agree aim assume await aware believe bet certain concern concerned confident consider contemplate convince
convinced determine disagree doubt dream envision expect fear feel figure find foresee forget guess hope
hopeful imagine intend intent judge know like love mean mind mull need notice optimistic perceive plan
ponder prefer prepare presume realize reckon recognize regard regret remember see seek seem sense suppose
sure surprise suspect think trust understand view vow want weigh willing wish wonder worried worry
""".split()

_SPEECH = """
accept accord accuse acknowledge add address admit advise advocate affirm allege allude announce answer
apologize appeal argue articulate ask assert assure attack attest aver avow beg bemoan blame blast boast
brag call caution challenge charge chide cite claim clarify comment communicate complain concede conclude
condemn confess confide confirm congratulate contend continue contradict convey counter criticise criticize
cry declare decry defend demand denounce deny depict deride describe detail dictate disclose discuss
dismiss dispute echo elaborate emphasise emphasize encourage exclaim exhort explain express forecast fume go
grumble hail highlight hint implore imply indicate inform inquire insinuate insist instruct interject
interrupt invite invoke joke label lament laud lecture liken lobby maintain mention mock mumble murmur muse
mutter name narrate note object observe offer opine order outline paint persuade plead pledge point posit
praise preach predict press proclaim promise pronounce prophesy propose protest quip quote rail rant
reaffirm reassure rebuff rebuke rebut recall recite recommend recount refer refute reiterate reject
relate relay remark remind repeat reply report reprimand request respond retort reveal ridicule rip rule say
scoff scold scream shoot shout signal slam speak specify speculate speech spell state statement stipulate
stress suggest summarise summarize swear talk tell term testify testimony thank threaten thunder tout
underline underscore urge utter verify voice volunteer warn warning welcome whisper word yell
bellow blurt chant chime croak enthuse gasp groan growl gush hiss holler jeer moan put roar shriek sneer sob stammer
stutter wail
""".split()

_IRREGULAR = {
    "said": "say", "says": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think",
    "knew": "know", "made": "make",
    "known": "know", "felt": "feel", "meant": "mean", "saw": "see", "seen": "see", "sought": "seek", "found": "find",
    "spoke": "speak", "spoken": "speak", "swore": "swear", "understood": "understand", "foresaw": "foresee",
    "forgot": "forget", "held": "hold", "went": "go", "denied": "deny", "replied": "reply",
    "implied": "imply", "cried": "cry", "testified": "testify", "clarified": "clarify", "worried": "worry",
    "worries": "worry", "denies": "deny", "shot": "shoot", "bet": "bet", "according": "accord", "put": "put",
    "read": "read", "dreamt": "dream",
}  # fmt: skip

_ACTS: dict[str, Act] = {
    **dict.fromkeys(_BELIEF, "belief"),
    **dict.fromkeys(_SPEECH, "speech"),
    **dict.fromkeys(_WRITING, "writing"),
}


_NOT = frozenset("not n't n’t 't ’t never nor without yet".split())
_REFUSAL = frozenset("refuse decline fail avoid stop".split())
_NOT_DENIED = frozenset("only just merely hesitate mince resist help but".split())
"""*Not only said*, *did not hesitate to say*: what follows was said after all."""
_REACH = 5
"""Words from a denial within which a verb is denied: *has never publicly said*, *declined at first to say*."""


def base_forms(word: str) -> list[str]:
    """Return what a verb's dictionary form may be, likeliest first."""
    word = word.lower()
    if word in _IRREGULAR:
        return [_IRREGULAR[word]]
    forms = [word]
    for ending in ("ing", "ed", "es", "s", "d"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            forms += [stem, stem + "e"]
            if stem[-1] == stem[-2]:
                forms.append(stem[:-1])
            if stem[-1] == "i":
                forms.append(stem[:-1] + "y")
    return forms


def cue_act(cue: Span | None) -> Act:
    """Return what a cue does; a mark alone, as in ``Kirby: “…”``, is speech.

    The last verb decides that is known at all: *said he believed* tells what was believed. What somebody *did not
    say* or *declined to say* was not said: ``other``.
    """
    if cue is None:
        return "speech"
    found: Act | None = None
    denied = -_REACH
    for i, token in enumerate(cue):
        if token.lower_ in _NOT or any(form in _REFUSAL for form in base_forms(token.text)):
            denied = i
        elif token.lower_ in _NOT_DENIED:
            denied = -_REACH
        act = next((_ACTS[form] for form in base_forms(token.text) if form in _ACTS), None)
        if act in ("speech", "writing") and i - denied < _REACH:
            act = "other"
        if act and (found is None or token.pos_ in ("VERB", "NOUN", "ADJ")):
            found = found if found in ("speech", "writing") and act in ("belief", "other") else act
    if found:
        return found
    return "speech" if not any(token.is_alpha for token in cue) else "other"
