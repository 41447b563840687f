"""Information coverage: whom a lot has reached in a year, counted so that nobody stands twice.

A person is told apart by their Telegram account. They count once a year and lot, under the channel that reached them
first. People at an event and readers of a post cannot be told apart: they are numbers entered by hand, and stand in
lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.refusal import Reason, Refused
from domain.web_address import LONGEST_ADDRESS, is_web_address

MOST_PEOPLE = 1_000_000  # of one event or post: more is a slip of the pen
LONGEST_NAME = 60  # of a source: it stands on a printed sheet
LONGEST_PLACE = 200
FIRST_YEAR = 2023  # of the programme


class Channel(StrEnum):
    """By what a person was first reached."""

    BOT = "bot"  # they wrote to the bot by themselves
    SOURCE = "source"  # they came by a link or a QR picture of ours
    ANNOUNCEMENT = "announcement"  # an announcement was delivered to them


class SourceKind(StrEnum):
    """Where a link of ours is given out."""

    SCHOOL = "school"  # a school, college or university
    PARTNER = "partner"  # an organisation that tells people of the programme
    POSTER = "poster"
    SOCIAL = "social"  # a page in a social network
    EVENT = "event"
    OTHER = "other"


class OutreachKind(StrEnum):
    """What is entered by hand."""

    EVENT = "event"
    POST = "post"


@dataclass(frozen=True)
class Reached:
    """A person in a lot and year as stored: `lot` is empty while it is not known.

    `placed`: the day on which they were put into this lot by their own word alone, which may be corrected that day.
    """

    id: int
    lot: str
    channel: Channel
    placed: date | None


@dataclass(frozen=True)
class Tally:
    """So many people of one region, first reached by one channel, on one day of Kazakhstan."""

    lot: str
    region: str
    channel: Channel
    day: date
    people: int


@dataclass(frozen=True)
class OutreachVersion:
    """An entry made by hand as it was at first, or after a correction; `by`: the name of who wrote it."""

    number: int
    region: str  # KATO code; empty: the whole lot
    day: date
    people: int
    place: str
    link: str
    withdrawn: bool
    by: str
    on: date


@dataclass(frozen=True)
class Outreach:
    """An event or a post with its whole history, oldest version first."""

    id: int
    lot: str
    kind: OutreachKind
    versions: Sequence[OutreachVersion]
    proofs: Sequence[Proof] = ()

    @property
    def now(self) -> OutreachVersion:
        return self.versions[-1]

    @property
    def proved(self) -> bool:
        """By a file: of an event a photo or a list, of a post a picture of it. An address alone proves nothing."""
        return bool(self.proofs)

    @property
    def awaited(self) -> bool:
        """Whether it would count, had it its proof."""
        return not self.proved and not self.now.withdrawn

    @property
    def counts(self) -> bool:
        return self.proved and not self.now.withdrawn


@dataclass(frozen=True)
class Proof:
    """A photo or a file that shows that it was so; `file_id` is Telegram's."""

    file_id: str
    photo: bool


@dataclass(frozen=True)
class Share:
    """How many people of one lot were told apart in a year, beside the number it owes, and nothing more."""

    lot: str
    year: int
    goal: int
    people: int


@dataclass(frozen=True)
class Coverage:
    """One lot's coverage of one year, beside the number it owes."""

    lot: str
    year: int
    goal: int
    tallies: Sequence[Tally]
    outreach: Sequence[Outreach]

    @property
    def people(self) -> int:
        """Everybody who was told apart."""
        return total(self.tallies)

    @property
    def attended(self) -> int:
        """People at events: may repeat."""
        return sum(one.now.people for one in self.counted(OutreachKind.EVENT))

    @property
    def read(self) -> int:
        """Readers of posts: may repeat."""
        return sum(one.now.people for one in self.counted(OutreachKind.POST))

    @property
    def at_most(self) -> int:
        return self.people + self.attended + self.read

    def counted(self, kind: OutreachKind) -> list[Outreach]:
        return [one for one in self.outreach if one.kind is kind and one.counts]

    def by_channel(self) -> dict[Channel, int]:
        return {channel: total(one for one in self.tallies if one.channel is channel) for channel in Channel}

    def by_region(self, regions: Iterable[str]) -> dict[str, int]:
        """People of each region; under the empty word those of whom only the lot is known."""
        apart = dict.fromkeys((*regions, ""), 0)
        for one in self.tallies:
            apart[one.region] = apart.get(one.region, 0) + one.people
        return apart

    def by_month(self) -> dict[Channel, list[int]]:
        """People first reached in each of the twelve months."""
        months = {channel: [0] * 12 for channel in Channel}
        for one in self.tallies:
            months[one.channel][one.day.month - 1] += one.people
        return months


def total(tallies: Iterable[Tally]) -> int:
    return sum(one.people for one in tallies)


def without(tallies: Iterable[Tally], others: Iterable[Tally]) -> list[Tally]:
    """Tallies less those of the same region, channel and day: of people who do not count."""
    less = {_key(one): one.people for one in others}
    left = [replace(one, people=one.people - less.get(_key(one), 0)) for one in tallies]
    return [one for one in left if one.people]


def percent(part: int, whole: int) -> float:
    """With one digit after the comma, rounded down: what is not reached is never shown as reached."""
    return (1000 * part // whole) / 10 if whole else 0.0


def read_link(text: str) -> str:
    """A web address. Refused: NOT_A_LINK, TOO_LONG."""
    link = text.strip()
    if len(link) > LONGEST_ADDRESS:
        raise Refused(Reason.TOO_LONG, limit=LONGEST_ADDRESS, length=len(link))
    if not is_web_address(link):
        raise Refused(Reason.NOT_A_LINK)
    return link


def _key(one: Tally) -> tuple[str, str, Channel, date]:
    return one.lot, one.region, one.channel, one.day
