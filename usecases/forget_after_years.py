"""What the consent says of time is kept without a hand: after the years it names, the data is erased.

First what people wrote in competitions whose years have passed; then whoever has nothing left here and has not
written for as long: strangers who only asked whether they may apply, too.
"""

from __future__ import annotations

from db import personal_data, years_passed
from domain.local_time import years_after
from usecases.competitions import every_competition
from usecases.work import Work

AT_ONCE = 200  # people in one transaction: others wait for it


def forget_after_years(work: Work) -> int:
    """Erase for at most AT_ONCE people what may not be kept any longer; for how many there was something."""
    known = every_competition(work)
    over = [one.id for one in known if one.competition.kept_until <= work.now]
    people = years_passed.with_drafts(work.session, over, AT_ONCE) if over else []
    for person_id in people:
        years_passed.erase_competitions(work.session, person_id, over, work.now)
    silent = _silent(work, max((one.competition.keep_years for one in known), default=None))
    for person_id in silent:
        personal_data.erase_all(work.session, person_id, work.now)
    return len({*people, *silent})


def _silent(work: Work, years: int | None) -> list[int]:
    if years is None:
        return []
    return years_passed.silent_since(work.session, years_after(work.now, -years), AT_ONCE)
