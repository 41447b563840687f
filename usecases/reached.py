"""Counting people at the moment they are reached: once a year and lot, under the channel that came first.

Called where it happens, in the same transaction: with a person's first words of a year, when they name their region,
when they come by a link of ours, when an announcement was delivered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select

from db import coverage, sources
from db.sources import Source
from domain.coverage import Channel, Reached
from domain.local_time import local_day
from domain.person import Person
from usecases.order import order
from usecases.work import Work

NOWHERE = ""  # the lot of those who have not said their region


def wrote(work: Work, person: Person, *, newcomer: bool) -> None:
    """Their first words of the year: they are reached, in the lot of the region they named last."""
    if person.staff:
        return
    today = local_day(work.now)
    known = None if newcomer else coverage.named_last(work.session, person.id)
    lot, region, named_at = known or (NOWHERE, "", None)
    told = {"region": region, "channel": Channel.BOT, "day": today, "named_at": named_at, "placed": known and today}
    coverage.reach(work.session, person.id, today.year, lot, **told)


def named_region(work: Work, person_id: int, kato: str) -> None:
    """They said in which region they take part. Who corrects it on the same day counts in the corrected one only."""
    lot = lot_of(kato)
    if lot is None:
        return
    today = local_day(work.now)
    rows = coverage.rows_of(work.session, person_id, today.year)
    here, elsewhere = rows.pop(lot, None), _elsewhere(rows, today)
    if here:
        first = {"channel": elsewhere.channel, "source_id": None} if elsewhere and _by_own_word(elsewhere, here) else {}
        coverage.change(work.session, here.id, region=kato, named_at=work.now, **first)
        coverage.drop(work.session, elsewhere.id) if elsewhere else None
    elif elsewhere:
        coverage.change(work.session, elsewhere.id, lot=lot, region=kato, named_at=work.now, placed=today)
    else:
        told = {"region": kato, "channel": Channel.BOT, "day": today, "named_at": work.now, "placed": today}
        coverage.reach(work.session, person_id, today.year, lot, **told)


def named_in_draft(work: Work, draft_id: int, kato: str) -> None:
    """The same, named in an application."""
    named_region(work, coverage.writer_of(work.session, draft_id), kato)


def came_by(work: Work, person: Person, source: Source) -> None:
    """They came by a link: reached in its lot. Whose first words of the year these are, the link reached first."""
    if person.staff:
        return
    sources.visit(work.session, source.id, person.id, work.now)
    today = local_day(work.now)
    rows = coverage.rows_of(work.session, person.id, today.year)
    by_link = {"channel": Channel.SOURCE, "source_id": source.id}
    if there := rows.get(source.lot):
        coverage.change(work.session, there.id, placed=None, **_first(person, there, by_link))
    elif there := rows.get(NOWHERE):
        lot = {"lot": source.lot, "region": source.region}
        coverage.change(work.session, there.id, **lot, **_first(person, there, by_link))
    else:
        told = {"region": source.region, "day": today, **by_link}
        coverage.reach(work.session, person.id, today.year, source.lot, **told)


def _first(person: Person, there: Reached, by_link: dict[str, object]) -> dict[str, object]:
    """The link as the channel that came first, if these very words are what made the row."""
    return by_link if there.channel is Channel.BOT and person.first_this_year else {}


def delivered(work: Work, people: Sequence[int] | Select[int]) -> int:
    """An announcement was delivered to these people (their ids, or a SELECT of them); how many it reached first."""
    today = local_day(work.now)
    return coverage.reach_all(work.session, people, today.year, today)


def lot_of(kato: str) -> str | None:
    """The lot of a region; None for what is no region of the order (abroad, or "elsewhere")."""
    return next((region.lot for region in order().regions if region.kato == kato), None)


def _by_own_word(corrected: Reached, here: Reached) -> bool:
    """They wrote to the bot before anything else reached them here, and named another lot by mistake."""
    return corrected.id < here.id and corrected.channel is Channel.BOT


def _elsewhere(rows: dict[str, Reached], today: date) -> Reached | None:
    """The row that waited for a region, or got another lot's today by the person's own word."""
    return next((one for one in rows.values() if one.lot == NOWHERE or one.placed == today), None)
