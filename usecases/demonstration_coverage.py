"""The demonstration's coverage: links, an event and a post that wait for their proofs, and some figures, made once."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib.resources import files

from db import coverage, outreach, sources
from domain.coverage import Channel, OutreachKind, Tally
from domain.local_time import local_day
from usecases.work import Work


def load_coverage(work: Work, lot: str) -> None:
    """Make it in this lot, unless a link stands there already. Nobody made it: it is the demonstration's."""
    if sources.of_lots(work.session, [lot]):
        return
    told = tomllib.loads(files("programme").joinpath("samples", "coverage.toml").read_text("utf-8"))
    made = {"made_by": None, "made_at": work.now}
    for number, one in enumerate(told["sources"], 1):
        name = {"name_kk": one["name"]["kk"], "name_ru": one["name"]["ru"]}
        where = {"lot": lot, "region": one["region"], "place": one["place"]}
        sources.add(work.session, code=f"demo{number}", kind=one["kind"], **name, **where, **made)
    today = local_day(work.now)
    for one in told["entries"]:
        day = today - timedelta(days=one["days_ago"])
        values = {"region": one["region"], "people": one["people"], "place": one["place"], "link": one["link"]}
        outreach.add(work.session, lot, OutreachKind(one["kind"]), day=day, withdrawn=False, **values, **made)
    for one in told["people"]:
        day = max(today - timedelta(days=one["days_ago"]), today.replace(month=1, day=1))
        coverage.add_nameless(work.session, Tally(lot, one["region"], Channel(one["channel"]), day, one["people"]))
