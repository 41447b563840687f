"""A sample competition moved in time, so that whoever starts the demonstration finds its intake open."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.competition_schema import SCHEMA, Group
from domain.toml_lines import read_lines

DAYS_OPEN = 14  # how long intake still runs, today not counted

DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
YEAR = re.compile(r"\b\d{4}\b")


def shifted(text: str, today: date) -> str:
    """The file with every day of `[dates]` and `[meetings]` moved alike: intake ends `DAYS_OPEN` days after `today`.

    Times of day, comments and all the rest stay; `year` becomes that of the new opening day. The text must be
    a competition's file without faults.
    """
    lines = read_lines(text)
    rows = text.split("\n")
    places = {key: lines.line(("dates", key)) - 1 for key in _date_keys()}
    meetings = [lines.line(("meetings", kind, "begins")) - 1 for kind in lines.values.get("meetings", ())]
    move = today + timedelta(days=DAYS_OPEN) - _day(rows[places["intake_closes"]])
    for row in (*places.values(), *meetings):
        rows[row] = DAY.sub(lambda found: str(date.fromisoformat(found.group()) + move), rows[row], count=1)
    year = lines.line(("competition", "year")) - 1
    rows[year] = YEAR.sub(str(_day(rows[places["intake_opens"]]).year), rows[year], count=1)
    return "\n".join(rows)


def _date_keys() -> tuple[str, ...]:
    dates = SCHEMA.fields["dates"]
    assert isinstance(dates, Group)
    return tuple(dates.fields)


def _day(row: str) -> date:
    found = DAY.search(row)
    assert found
    return date.fromisoformat(found.group())
