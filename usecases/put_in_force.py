"""Put a competition's file in force, with what its working hours change: deadlines that are running."""

from __future__ import annotations

from db import ticket_watch
from domain.regions import Words
from domain.working_time import changed
from usecases.call_hours import hours_of
from usecases.competitions import InForce, load_competition
from usecases.order import order
from usecases.work import Work


def put_in_force(work: Work, text: str, rules: Words) -> InForce:
    """As `load_competition`; where the lot's hours are others now, as much working time is left as there was."""
    before = {lot: hours_of(work, lot) for lot in {region.lot for region in order().regions}}
    loaded = load_competition(work, text, rules)
    lot = loaded.competition.lot
    old, new = before[lot], hours_of(work, lot)
    if old != new:
        ticket_watch.move_deadlines(work.session, lot, work.now, lambda by, since: changed(by, since, old, new))
    return loaded
