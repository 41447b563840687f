"""Finding the region a person means: its name in any spelling, its towns and districts, old names, slips.

A wrong region would cost somebody the grant, so nothing is picked that could be another: what fits several
regions, or fits one only nearly, is given back as candidates for the person to choose from.
The names stand in `programme/names/regions.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rapidfuzz.distance import OSA

from domain.refusal import Reason, Refused
from domain.regions import Region
from domain.spelling import plain
from domain.tables import table

LONGEST_TEXT = 120
LONGEST_NAME = 4  # words

PARTS = re.compile(r"[,;/()\n]")
WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010-\u2015'][^\W\d_]+)*")
ADJECTIVE = re.compile(r"(?P<stem>.{3,}?)sk(?P<ending>i|ogo|om|ie|aia|oi|uiu)")
FEMININE = ("aia", "oi", "uiu")  # the Russian word for a region is feminine, for a district masculine


class Kind(StrEnum):
    """What the text says the place is; the names of the lists in the table follow from it."""

    REGION = "region"
    TOWN = "town"
    DISTRICT = "district"


LISTS = {
    None: ("region", "towns"),
    Kind.REGION: ("region", "only_region"),
    Kind.TOWN: ("towns", "only_town"),
    Kind.DISTRICT: ("districts", "only_district"),
}


@dataclass(frozen=True)
class _Word:
    """A word of the text in plain spelling; `kind` if it says what the place is."""

    text: str
    kind: Kind | None = None


def find_region(text: str, regions: Iterable[Region]) -> Region:
    """The region of these that a person means, by any name: of today, old, short, of a town or a district.

    Refused: UNKNOWN_REGION, also for a region that is clear but not among these; REGION_UNCLEAR (facts:
    candidates, KATO codes in the order of `regions`: offer these and "another").
    """
    asked = {region.kato: region for region in regions}
    meant, sure = _meant(text)
    candidates = tuple(kato for kato in asked if kato in meant)
    if not candidates:
        raise Refused(Reason.UNKNOWN_REGION)
    if len(meant) > 1 or not sure:
        raise Refused(Reason.REGION_UNCLEAR, candidates=candidates)
    return asked[candidates[0]]


def _meant(text: str) -> tuple[frozenset[str], bool]:
    """KATO codes of the regions that the text can mean, and whether it says so without any slip."""
    if len(text) > LONGEST_TEXT:
        return frozenset(), False
    parts = [words for part in PARTS.split(text) if (words := _words(part))]
    found = [meant for words in parts for meant in _exactly(words)]
    if not found:
        return _nearly(parts)
    common = frozenset.intersection(*found)
    return common or frozenset.union(*found), True


def _words(part: str) -> tuple[_Word, ...]:
    plain_words = (re.sub(r"[\W_]", "", plain(word)) for word in WORDS.findall(part))
    return tuple(_Word(word, _kind(word)) for word in plain_words if word not in _fillers())


def _exactly(words: tuple[_Word, ...]) -> list[frozenset[str]]:
    """What each place named in this part means; empty unless every word of it belongs to a place.

    From the last word to the first, each end of the words only once: tried anew for every beginning, twenty
    words that are no place would take a second, and forty for ever.
    """
    read: dict[int, list[frozenset[str]]] = {len(words): []}
    for at in range(len(words) - 1, -1, -1):
        for size in range(min(len(words) - at, LONGEST_NAME + 1), 0, -1):
            if at + size in read and (first := _place(words[at : at + size])):
                read[at] = [first, *read[at + size]]
                break
    return read.get(0, [])


def _place(words: tuple[_Word, ...]) -> frozenset[str]:
    """One place, with at most one word of what it is, at either end."""
    kinds = [word.kind for word in words if word.kind]
    names = [word.text for word in words if not word.kind]
    at_an_end = not kinds or words[0].kind or words[-1].kind
    if len(kinds) > 1 or not names or not at_an_end:
        return frozenset()
    name = _once("".join(names))
    kind = kinds[0] if kinds else None
    return _named(name, kind) or _in_a_case(name, kind)


def _named(name: str, kind: Kind | None) -> frozenset[str]:
    """Regions with a place of this name that is what the text says it is."""
    adjective = ADJECTIVE.fullmatch(name)
    if adjective and kind is None:
        feminine = adjective["ending"] in FEMININE
        lists = LISTS[Kind.REGION] if feminine else (*LISTS[Kind.REGION], *LISTS[Kind.DISTRICT])
        return _listed(adjective["stem"], *lists)
    name = adjective["stem"] if adjective else name
    found = _listed(name, *LISTS[kind])
    if kind or _listed(name, "region"):
        return found
    return found | _listed(name, "districts")


def _in_a_case(name: str, kind: Kind | None) -> frozenset[str]:
    """Regions with a place that has this name in some case, and those whose name is one slip away from it."""
    if name not in _cases():
        return frozenset()
    slipped = (_named(known, kind) for known, slips in _near(name) if slips == 1)
    return _named(_cases()[name], kind).union(*slipped)


def _listed(name: str, *lists: str) -> frozenset[str]:
    return frozenset().union(*(_index().get((each, name), frozenset()) for each in lists))


def _nearly(parts: list[tuple[_Word, ...]]) -> tuple[frozenset[str], bool]:
    """The places whose names are nearest; sure only for long names with nothing else in sight."""
    near: dict[frozenset[str], int] = {}
    for words in parts:
        name = _stem(_once("".join(word.text for word in words if not word.kind)))
        kind = next((word.kind for word in words if word.kind), None)
        for known, slips in _near(name):
            meant, slips = _told(known, kind, slips)
            near[meant] = min(slips, near.get(meant, slips))
    near.pop(frozenset(), None)
    if not near:
        return frozenset(), False
    best = min(near.values())
    meant = frozenset().union(*(regions for regions, slips in near.items() if slips <= best + 1))
    return meant, len(parts) == 1 and best <= 1


def _told(known: str, kind: Kind | None, slips: int) -> tuple[frozenset[str], int]:
    """What a known name means; that a place is not what the text says it is counts as two slips."""
    meant = _named(known, kind)
    return (meant, slips) if meant or kind is None else (_named(known, None), slips + 2)


def _near(name: str) -> Iterator[tuple[str, int]]:
    """Known names within a slip or two, with the number of slips.

    Short names are never near: villages named after the same river or colour differ by one letter.
    A slip in a name of five or six letters counts as two, which is never sure.
    """
    for known in _known_names():
        slips = OSA.distance(name, known, score_cutoff=2)
        shorter = min(len(name), len(known))
        if shorter > 6 and slips <= 2:
            yield known, slips
        elif shorter > 4 and slips <= 1:
            yield known, slips + 1


def _once(name: str) -> str:
    return re.sub(r"(.)\1+", r"\1", name)


@cache
def _index() -> dict[tuple[str, str], frozenset[str]]:
    """(list, name in plain spelling) -> KATO codes."""
    index: dict[tuple[str, str], frozenset[str]] = {}
    for kato, lists in table("regions").items():
        if kato != "kinds":
            for each, name in ((each, name) for each, names in lists.items() for name in names):
                key = (each, _stem(_once(re.sub(r"[\W_]", "", plain(name)))))
                index[key] = index.get(key, frozenset()) | {kato}
    return index


def _stem(name: str) -> str:
    adjective = ADJECTIVE.fullmatch(name)
    return adjective["stem"] if adjective else name


@cache
def _known_names() -> frozenset[str]:
    return frozenset(name for _, name in _index())


def _kind(word: str) -> Kind | None:
    """What this word says that a place is; a slip is forgiven in the long ones."""
    known = next((known for known in _kinds() if len(known) > 5 and OSA.distance(word, known) == 1), word)
    return _kinds().get(word) or _kinds().get(known)


@cache
def _kinds() -> dict[str, Kind]:
    kinds = table("regions")["kinds"]
    return {re.sub(r"[\W_]", "", plain(word)): kind for kind in Kind for word in kinds[kind.value]}


@cache
def _fillers() -> frozenset[str]:
    return frozenset({"", *map(plain, table("regions")["kinds"]["fillers"])})


@cache
def _cases() -> dict[str, str]:
    """Every known name of five letters or more with every case ending -> the name."""
    cases: dict[str, set[str]] = {}
    for name in _known_names():
        for ending in _endings(name) if len(name) > 4 else ():
            cases.setdefault(_once(name.removesuffix("a") + ending), set()).add(name)
    return {form: names.pop() for form, names in cases.items() if len(names) == 1}


def _endings(name: str) -> list[str]:
    """Case endings to add to the name without its last `a`."""
    cases = table("letters")["cases"]
    vowel = "a" if name.endswith("a") else ""
    russian = cases["after_a"] if vowel else cases["after_consonant"] if name[-1] not in "aeiou" else []
    return [*(vowel + plain(ending) for ending in cases["endings"]), *map(plain, russian)]
