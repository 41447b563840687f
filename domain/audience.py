"""Whom an announcement is for: conditions joined by "and" and "or", less exclusions, as a value.

An audience is a sum of groups; who meets every condition of any group belongs to it, unless they meet every condition
of any excluded group. No group at all: everybody. `db/audience.py` asks the database for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from domain.application import State
from domain.regions import LANGUAGES
from domain.staff import Role


class Field(StrEnum):
    """What a condition asks about a person. Its values, in brackets, are one or several; any of them will do."""

    LOT = "lot"  # of their check, draft, application or work [lots]
    REGION = "region"  # of their check, draft or application [KATO codes]
    LANGUAGE = "language"  # [kk, ru]
    AGE = "age"  # that they reach this year [bands "18-24"]
    STATE = "state"  # of their application [states, or NONE: they sent none]
    DRAFT = "draft"  # [OPEN: one is unfinished, or NONE]
    SOURCE = "source"  # the link that brought them [its payload]
    SEEN = "seen"  # [days "7": within these, "-30": not within these]
    ROLE = "role"  # [roles, or NONE: no work here]
    TICKETS = "tickets"  # [OPEN, EVER or NONE]
    LIST = "list"  # on an uploaded list [its number]


NONE, OPEN, EVER = "none", "open", "ever"
AGES = ("14-17", "18-24", "25-29", "30-35", "36-120")
SEEN = ("1", "7", "30", "90", "-30", "-90")
# The values of fields whose values do not depend on what is stored.
CHOICES: Mapping[Field, tuple[str, ...]] = {
    Field.LANGUAGE: LANGUAGES,
    Field.AGE: AGES,
    Field.STATE: (*State, NONE),
    Field.DRAFT: (OPEN, NONE),
    Field.SEEN: SEEN,
    Field.ROLE: (*Role, NONE),
    Field.TICKETS: (OPEN, EVER, NONE),
}
MOST_GROUPS = 6  # of each part: more is not read any more
MOST_VALUES = 40  # of one condition


@dataclass(frozen=True)
class Condition:
    """One question about a person, and the answers that will do."""

    field: Field
    values: tuple[str, ...]


Group = tuple[Condition, ...]  # all of them must hold


class Part(StrEnum):
    """Where a group stands."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


@dataclass(frozen=True)
class Audience:
    """`include`: any of these groups (none: everybody); `exclude`: but none of these."""

    include: tuple[Group, ...] = ()
    exclude: tuple[Group, ...] = ()

    def groups(self, part: Part) -> tuple[Group, ...]:
        return self.include if part is Part.INCLUDE else self.exclude

    def kept(self) -> dict[str, Any]:
        """As JSON; `Audience.of` reads it."""
        parts = {part: [[[one.field, *one.values] for one in group] for group in self.groups(part)] for part in Part}
        return {str(part): groups for part, groups in parts.items()}

    @staticmethod
    def of(stored: Mapping[str, Any]) -> Audience:
        return Audience(*(tuple(map(_group, stored.get(part, ()))) for part in Part))

    def lists(self) -> tuple[int, ...]:
        """The uploaded lists that conditions name."""
        return tuple(dict.fromkeys(map(int, self.values_asked(Field.LIST))))

    def values_asked(self, field: Field) -> tuple[str, ...]:
        """Every answer to this field that a condition names."""
        every = (one for group in (*self.include, *self.exclude) for one in group if one.field is field)
        return tuple(value for one in every for value in one.values)


def _group(stored: Sequence[Sequence[str]]) -> Group:
    return tuple(Condition(Field(field), tuple(values)) for field, *values in stored)


def values_of(audience: Audience, part: Part, place: int, field: Field) -> tuple[str, ...]:
    """What this group asks of this field; nothing when it does not ask, or there is no such group yet."""
    groups = audience.groups(part)
    group = groups[place] if 0 <= place < len(groups) else ()
    return next((one.values for one in group if one.field is field), ())


def ticked(audience: Audience, part: Part, place: int, field: Field, value: str, *, on: bool) -> Audience:
    """The same with this value in or out. `place` after the last group begins another one.

    A condition without values and a group without conditions are gone.
    """
    groups = [*audience.groups(part)]
    place = min(max(place, 0), len(groups))
    groups[place:] = groups[place:] or [()]
    before = next((one.values for one in groups[place] if one.field is field), ())
    others = tuple(one for one in before if one != value)
    after = (before if value in before else (*before, value)) if on else others
    groups[place] = _with(groups[place], Condition(field, after[:MOST_VALUES]))
    return _put(audience, part, groups)


def without_group(audience: Audience, part: Part, place: int) -> Audience:
    """The same without this group."""
    groups = audience.groups(part)
    return _put(audience, part, [one for number, one in enumerate(groups) if number != place])


def _with(group: Group, condition: Condition) -> Group:
    """In the order of the fields; a condition of the same field is replaced."""
    others = [one for one in group if one.field is not condition.field]
    every = [*others, condition] if condition.values else others
    return tuple(sorted(every, key=lambda one: list(Field).index(one.field)))


def _put(audience: Audience, part: Part, groups: Iterable[Group]) -> Audience:
    return replace(audience, **{part.value: tuple(one for one in groups if one)[:MOST_GROUPS]})


def within(group: Group, lots: frozenset[str]) -> frozenset[str]:
    """The lots whose drafts, applications and tickets count in this group: those it names, of `lots` (none: all)."""
    named = frozenset(value for one in group if one.field is Field.LOT for value in one.values)
    return (named & lots or named) if named else lots


def years(band: str, year: int) -> tuple[int, int]:
    """The first and the last year of birth of an age band, of those who reach these ages in `year`."""
    least, _, most = band.partition("-")
    return year - int(most), year - int(least)
