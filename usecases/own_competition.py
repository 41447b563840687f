"""Which competition concerns a person: what answers, rules, contacts and consents are about."""

from __future__ import annotations

from collections.abc import Callable

from db import drafts
from domain.competition import Stage
from domain.person import Person
from usecases.checks import Check, latest_check
from usecases.competitions import InForce, competition_for, competitions_in_force
from usecases.work import Work

TO_APPLY = frozenset({Stage.ANNOUNCED, Stage.INTAKE})


def own_competition(work: Work, person: Person) -> InForce | None:
    """That of their draft or application, else of the region they named in the check, else the only one to apply to.

    None when there is none, and when there are several and nothing tells which. Never one that has ended.
    """
    return own_by_check(work, person, lambda: latest_check(work, person))


def own_by_check(work: Work, person: Person, check_of: Callable[[], Check | None]) -> InForce | None:
    """The same; `check_of` gives the person's latest check, if it comes to that."""
    begun = drafts.competition_begun(work.session, person.id)
    if found := next((one for one in competitions_in_force(work) if one.id == begun), None):
        return found
    check = check_of()
    if check and (found := competition_for(work, check.answers.get("region", ""))):
        return found
    ahead = competitions_to_apply(work)
    return ahead[0] if len(ahead) == 1 else None


def competitions_to_apply(work: Work) -> tuple[InForce, ...]:
    """Those that are announced or open, by lot."""
    return tuple(one for one in competitions_in_force(work) if one.competition.stage(work.now) in TO_APPLY)
