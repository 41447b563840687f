"""The year of birth of a person, which alone of their birth date stands in the open."""

from __future__ import annotations

from db import people
from usecases.work import Work


def born_in(work: Work, person_id: int, birth_date: str | None) -> None:
    """Note the year of a birth date (ISO) in the open, for announcements to an age; the date itself stands sealed."""
    if birth_date:
        people.change_person(work.session, person_id, birth_year=int(birth_date[:4]))
