"""Common nouns by what they name when they are said to speak: people, bodies, or things written.

The lists hold general English for news of any topic; a plural is found from its singular.
"""

from __future__ import annotations

from functools import lru_cache

OFFICES = frozenset("""
caretaker dresser matron monarch pontiff rapporteur skipper taoiseach warden
president vice-president premier chancellor minister secretary undersecretary senator congressman
congresswoman congressperson representative lawmaker legislator assemblyman assemblywoman assemblymember
councilman councilwoman councillor councilor councilmember alderman commissioner governor mayor ambassador
envoy diplomat consul delegate superdelegate chairman chairwoman chairperson chair chief head leader speaker
whip deputy director administrator executive ceo cfo coo cto cio founder co-founder cofounder owner co-owner
partner manager supervisor superintendent inspector controller comptroller treasurer auditor registrar clerk
spokesman spokeswoman spokesperson aide adviser advisor counselor counsellor strategist consultant pollster
operative lobbyist candidate nominee contender frontrunner front-runner hopeful challenger incumbent rival
opponent surrogate organizer activist campaigner advocate supporter general colonel major captain lieutenant
sergeant corporal private commander admiral commodore brigadier marshal officer official judge justice
magistrate prosecutor attorney lawyer solicitor barrister counsel sheriff constable detective investigator
agent ranger trooper policeman policewoman firefighter fireman paramedic coroner king queen prince princess
duke duchess emperor sultan emir sheikh sheik ayatollah imam rabbi priest pastor bishop archbishop cardinal
pope reverend minister chaplain monk nun cleric deacon vicar professor lecturer scholar academic researcher
scientist economist historian analyst expert psychologist psychiatrist sociologist physicist chemist
biologist geologist astronomer meteorologist climatologist epidemiologist virologist ecologist statistician
mathematician anthropologist archaeologist linguist philosopher criminologist demographer engineer architect
designer developer programmer technician doctor physician surgeon nurse pediatrician cardiologist oncologist
pharmacist dentist veterinarian therapist pathologist midwife specialist teacher principal headteacher
headmaster dean provost rector student graduate fellow intern librarian instructor journalist reporter
correspondent editor columnist commentator pundit anchor host co-host moderator broadcaster publisher author
writer novelist poet playwright screenwriter biographer blogger essayist critic reviewer photographer actor
actress comedian singer songwriter rapper musician composer conductor guitarist drummer pianist dancer
choreographer filmmaker producer artist painter sculptor model celebrity star curator coach manager player
captain goalkeeper striker midfielder defender winger forward quarterback pitcher catcher shortstop batsman
bowler jockey golfer boxer swimmer sprinter cyclist skier skater gymnast athlete champion referee umpire
trainer teammate businessman businesswoman entrepreneur banker trader investor broker financier economist
accountant magnate mogul tycoon billionaire millionaire developer contractor retailer farmer rancher
fisherman miner driver pilot astronaut sailor soldier marine airman veteran fighter worker employee employer
builder plumber electrician carpenter mechanic cook chef baker barber waiter waitress bartender janitor
hairdresser shopkeeper salesman saleswoman secretary assistant associate receptionist planner member
co-chair co-chairman vice-chairman co-author chairman-elect mother father parent wife husband spouse widow
widower fiance fiancee girlfriend boyfriend partner ex-wife ex-husband son daughter brother sister sibling
uncle aunt nephew niece cousin grandfather grandmother grandson granddaughter grandparent stepfather
stepmother stepson stepdaughter son-in-law daughter-in-law brother-in-law sister-in-law father-in-law
mother-in-law friend neighbor neighbour colleague classmate roommate ally mate boss predecessor successor
resident voter volunteer donor fundraiser survivor victim witness suspect defendant plaintiff inmate
prisoner refugee immigrant migrant protester demonstrator whistleblower hacker dissident exile rebel
insurgent militant commander warlord gunman shooter juror patient customer passenger tenant landlord
homeowner pensioner retiree native man woman boy girl person teenager individual citizen lady gentleman guy
kid counterpart chief-of-staff trustee regent selectman ombudsman coordinator facilitator liaison handler
booster backer broker curator sponsor co-sponsor cosponsor applicant recipient laureate winner loser
finalist
""".split())  # fmt: skip
"""Nouns for one person: offices, professions, relations and standings."""

TITLE_ABBREVIATIONS = frozenset("""
sen sens rep reps gov govs gen col lt maj capt cmdr cpl sgt pvt adm brig prof rev fr hon atty dr msgr pres
supt det insp cllr amb sec dist del asst spc pfc
""".split())  # fmt: skip

PERSONS = OFFICES | frozenset("""
baritone soprano
source insider observer caller commenter attendee participant onlooker bystander passerby user reader viewer
listener respondent skeptic opponent proponent detractor defender loyalist conservative liberal republican
democrat socialist communist progressive moderate independent libertarian nationalist feminist
environmentalist abolitionist optimist pessimist evangelical christian catholic muslim jew american staffer
bureaucrat politician statesman legislator policymaker decision-maker lawmaker regulator negotiator mediator
bidder buyer seller lender borrower shareholder stakeholder taxpayer consumer shopper commuter villager
islander other another someone somebody anyone anybody everyone everybody one nobody none
""".split())  # fmt: skip
"""Every noun for one person, also those that stand before no name."""

PEOPLE = frozenset("""
people men women children folks guys police parents authorities crowd audience public staff team family
couple electorate majority minority youth elite clergy siblings others some many most several few both all
those these millions thousands hundreds dozens half two three four five number handful crew troops personnel
forces kids voters-at-large rank-and-file generation intelligentsia masses camp everyone everybody world
media press
""".split())  # fmt: skip
"""Plurals without a singular here, and collectives of unnamed people."""

INSTITUTIONS = frozenset("""
government administration campaign committee subcommittee council commission congress senate parliament
legislature assembly court panel tribunal jury cabinet ministry department agency bureau office board
authority service division unit brigade battalion army military navy force militia police party caucus
faction coalition alliance union league federation confederation association organization organisation
organizer society foundation fund institute institution center centre university college school academy
church mosque synagogue diocese hospital clinic company corporation firm group conglomerate consortium bank
brokerage insurer lender retailer carmaker automaker manufacturer airline airport utility startup start-up
newspaper paper magazine newspapers journal daily weekly outlet network station channel broadcaster website
site blog publication news-agency publisher studio nonprofit non-profit charity ngo think-tank tank watchdog
pac super-pac movement regime kremlin embassy consulate mission city town county state nation country
province district republic kingdom bloc club franchise team chamber delegation leadership establishment
executive-branch judiciary mayoralty camp band platform app chain store brand team lab laboratory
observatory museum operator provider supplier vendor contractor maker giant exchange regulator treasury
secretariat hq headquarters chapter
""".split())  # fmt: skip
"""Nouns for bodies that speak with one voice."""

DOCUMENTS = frozenset("""
report study survey poll memo memorandum letter email e-mail statement document documents paper filing
lawsuit suit complaint petition brief motion ruling opinion decision verdict indictment affidavit warrant
subpoena transcript testimony deposition book memoir novel article story op-ed editorial column essay piece
profile obituary headline film movie documentary series episode play song ad advertisement commercial spot
video clip footage audio recording tape bill law act legislation statute amendment constitution rule
regulation ordinance resolution treaty agreement accord contract charter code bylaw clause provision measure
initiative proposition referendum tweet post message text note notice release newsletter bulletin dispatch
cable account record records return returns data figure figures statistics statistic result results finding
findings review analysis assessment audit evaluation estimate forecast projection budget plan proposal
blueprint platform manifesto policy guideline guidelines guidance order directive list questionnaire census
index map chart graph table image photo photograph picture sign banner placard poster sticker label caption
slogan website page webpage research evidence experiment trial test quiz model simulation calculation paper
whitepaper dossier file files archive archives log schedule calendar diary biography autobiography bible
scripture quran koran gospel dictionary encyclopedia magazine-article press-release standard standards
protocol procedure requirement fact-check scorecard ballot form application invoice receipt disclosure
disclosures leak leaks cables emails e-mails letters polling research presentation slide script speech
remarks comments interview announcement declaration proclamation doctrine theory average averages numbers
poll-average exit-poll
""".split())  # fmt: skip
"""Nouns for things written, shown, recorded or measured, which say what is in them."""

WORKS = frozenset(
    [
        "film",
        "movie",
        "documentary",
        "book",
        "novel",
        "memoir",
        "play",
        "song",
        "series",
        "show",
        "episode",
        "album",
        "video",
        "ad",
        "spot",
    ]
)
LEGAL_DOCUMENTS = frozenset("""
act amendment constitution bill bible quran koran code law treaty agreement accord report census charter
statute ordinance resolution memo manifesto survey poll study index review
""".split())  # fmt: skip
"""Nouns for documents whose proper names they end: *Clean Air Act*; a *Post* or *Journal* is a newspaper."""
STUDIES = frozenset(
    [
        "poll",
        "polls",
        "survey",
        "surveys",
        "study",
        "studies",
        "report",
        "reports",
        "research",
        "analysis",
        "review",
        "paper",
    ]
)

PARTIES = frozenset(
    [
        "republican",
        "democrat",
        "democratic",
        "gop",
        "independent",
        "libertarian",
        "green",
        "conservative",
        "labour",
        "liberal",
    ]
)

MODIFIERS = frozenset("""
former then ex late current incoming outgoing acting interim retired longtime long-time veteran senior
junior deputy assistant associate vice chief top lead leading executive managing general national federal
presidential vice-presidential congressional gubernatorial mayoral senatorial presumptive prospective fellow
old young famed influential prominent renowned self-described billionaire running ranking voting onetime
one-time sometime elect designate emeritus
""".split())  # fmt: skip
"""Words that go with a title and stand for none themselves."""

PERSON_SUFFIXES = (
    "man",
    "woman",
    "person",
    "ist",
    "ologist",
    "ician",
    "eer",
    "mate",
    "master",
    "keeper",
    "maker",
    "holder",
    "goer",
)
_NOT_PEOPLE = frozenset("""
human german roman list twist mist fist cost gist career beer deer peer pioneer engineer climate estimate
ultimate
""".split())  # fmt: skip


@lru_cache(maxsize=20_000)
def singulars(noun: str) -> tuple[str, ...]:
    """Return what a lower-case noun is the plural of, the likeliest first; () where it looks singular."""
    if noun in _IRREGULAR:
        return (_IRREGULAR[noun],)
    if noun.endswith("men") and len(noun) > 4:
        return (noun[:-2] + "an",)
    if not noun.endswith("s") or noun.endswith(("ss", "us", "is")):
        return ()
    if noun.endswith("ies"):
        return (noun[:-3] + "y",)
    if noun.endswith(("ses", "xes", "ches", "shes", "zes")):
        return (noun[:-2], noun[:-1])
    return (noun[:-1],)


_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "wives": "wife", "attorneys": "attorney",
    "staff": "staff", "media": "medium", "data": "datum", "alumni": "alumnus", "analyses": "analysis",
    "spokespeople": "spokesperson", "chiefs": "chief", "parties": "party",
}  # fmt: skip


def _tail(noun: str) -> str:
    """Return the last part of a hyphenated noun: *vice-president* is a president, *co-founder* a founder."""
    return noun.rsplit("-", 1)[-1]


@lru_cache(maxsize=20_000)
def is_person(noun: str) -> bool:
    """Return whether a lower-case singular noun names one person."""
    if noun in PERSONS or (_tail(noun) in PERSONS and noun != _tail(noun)):
        return True
    return (
        len(noun) > 5 and noun.endswith(PERSON_SUFFIXES) and noun not in _NOT_PEOPLE and not is_document(noun)
    )


@lru_cache(maxsize=20_000)
def is_title(noun: str) -> bool:
    """Return whether a lower-case singular noun can be somebody's role."""
    return noun in OFFICES or (_tail(noun) in OFFICES and noun != _tail(noun)) or is_title_by_ending(noun)


@lru_cache(maxsize=20_000)
def is_title_by_ending(noun: str) -> bool:
    """Return whether nothing but its ending makes a lower-case singular noun a role."""
    return (
        len(noun) > 5
        and noun.endswith(PERSON_SUFFIXES)
        and noun not in _NOT_PEOPLE
        and noun not in PERSONS
        and _tail(noun) not in OFFICES
    )


@lru_cache(maxsize=20_000)
def is_document(noun: str) -> bool:
    """Return whether a lower-case noun, singular or plural, names something written or shown."""
    return noun in DOCUMENTS or any(one in DOCUMENTS for one in singulars(noun))


@lru_cache(maxsize=20_000)
def is_institution(noun: str) -> bool:
    """Return whether a lower-case singular noun names a body that speaks with one voice."""
    return noun in INSTITUTIONS or noun.endswith(("committee", "agency", "department"))


@lru_cache(maxsize=20_000)
def is_people(noun: str) -> bool:
    """Return whether a lower-case noun names several people."""
    return noun in PEOPLE or any(is_person(one) for one in singulars(noun))


_SAME_OFFICE = """
sen sens senator | rep reps representative congressman congresswoman congressperson lawmaker | gov govs governor
judge justice magistrate | chief ceo executive | gen general | col colonel | lt lieutenant | maj major | capt captain
sgt sergeant | adm admiral | cmdr commander | prof professor | rev reverend pastor | dr doctor
physician surgeon | spokesman spokeswoman spokesperson | chairman chairwoman chair chairperson | lawyer attorney counsel
adviser advisor aide | nominee candidate contender hopeful | councilman councilwoman councilmember councillor councilor
businessman businesswoman mogul tycoon magnate entrepreneur | pres president | author writer novelist
wife ex-wife | husband ex-husband | policeman policewoman officer | reporter journalist correspondent
| researcher scientist
"""

_OFFICE_KEY: dict[str, str] = {}
for _line in _SAME_OFFICE.replace("\n", " | ").split("|"):
    for _noun in _line.split():
        _OFFICE_KEY.setdefault(_noun, _line.split()[-1])
for _noun, _key in {"sens": "senator", "sen": "senator", "physician": "doctor", "surgeon": "doctor"}.items():
    _OFFICE_KEY[_noun] = _key


def office(noun: str) -> str:
    """Return one word for all nouns of the same office: *Sen.* and *senator*, *justice* and *judge*."""
    noun = noun.lower().strip(".")
    key = _OFFICE_KEY.get(noun)
    if key is None and "-" in noun:
        key = _OFFICE_KEY.get(_tail(noun), _tail(noun))
    return key or noun
