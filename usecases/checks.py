"""The eligibility check: one row, answered question by question, judged under the rules then in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import checks
from db.checks import StoredCheck
from domain.check_form import CheckAnswers, CheckQuestion, check_path
from domain.eligibility import Verdict, judge
from domain.local_time import local_day
from domain.person import Person
from usecases.birth_year import born_in
from usecases.competitions import InForce, competition_for, competitions_in_force, version_of
from usecases.reached import named_region
from usecases.sealed_answers import sealed_apart, together
from usecases.work import Work


@dataclass(frozen=True)
class Check:
    """A check of one person; `version_id`, `verdict` and `judged_at` stand once it is judged.

    `answers` has the form's own keys and values (citizenship, birth_date as ISO text, region as KATO code, …), so
    that an application can begin with them.
    """

    id: int
    answers: Mapping[str, Any]
    version_id: int | None
    verdict: Verdict | None
    begun_at: datetime
    judged_at: datetime | None

    @property
    def eligible(self) -> bool | None:
        """What the verdict says; None before there is one."""
        return self.verdict.eligible if self.verdict else None


@dataclass(frozen=True)
class Standing:
    """A check with what it stands under.

    `competition`: whose rules count: those it was judged under, else those of the region's lot, else (`own` is
    False) those of another lot; None when there is no competition at all. `path`: the questions, in order.
    """

    check: Check
    competition: InForce | None
    own: bool
    path: tuple[CheckQuestion, ...]

    def asked(self, focus: str = "") -> CheckQuestion | None:
        """The question asked now: the one in focus, else the first without an answer; None when all have one."""
        in_focus = next((one for one in self.path if one.key == focus), None)
        return in_focus or next((one for one in self.path if one.key not in self.check.answers), None)

    def before(self, key: str) -> str | None:
        """The question before this one; None before the first."""
        keys = [one.key for one in self.path]
        return keys[keys.index(key) - 1] if keys.index(key) else None


def latest_check(work: Work, person: Person) -> Check | None:
    """The check this person began last, judged or not."""
    stored = checks.newest(work.session, person.id)
    return _check(work, stored) if stored else None


def open_check(work: Work, person: Person) -> Check:
    """The latest check; begun if there is none."""
    return latest_check(work, person) or _begin(work, person, {})


def begin_check(work: Work, person: Person) -> Check:
    """A check without answers: the latest if it has none yet, else a new one."""
    latest = open_check(work, person)
    return _begin(work, person, {}) if latest.answers else latest


def standing(work: Work, check: Check) -> Standing:
    kato = check.answers.get("region")
    own = competition_for(work, kato) if kato else None
    competition = version_of(work, check.version_id) if check.version_id else own or _any_competition(work)
    rules = competition.competition.rules if competition and kato else None
    return Standing(check, competition, _covers(competition, kato), check_path(check.answers, rules))


def take_answer(work: Work, person: Person, check: Check, key: str, value: str) -> Check:
    """Keep an answer (in the form's own values). A judged check stays as it is: the answer begins a copy of it."""
    answers = {**check.answers, key: value}
    if key == "birth_date":
        born_in(work, person.id, value)
    if key == "region":
        named_region(work, person.id, value)
    if check.judged_at:
        return _begin(work, person, answers)
    plain, sealed = sealed_apart(work, answers)
    checks.change(work.session, check.id, answers=plain, sealed=sealed)
    return Check(check.id, answers, None, None, check.begun_at, None)


def judge_check(work: Work, check: Check) -> Check:
    """Judge a check that has every answer, under the rules in force now; any other stays as it is."""
    now = standing(work, check)
    if check.judged_at or now.asked() or not now.competition:
        return check
    verdict = _verdict(work, check, now.competition)
    values = {"version_id": now.competition.version_id, "eligible": verdict.eligible, "verdict": verdict.kept()}
    checks.change(work.session, check.id, **values, judged_at=work.now)
    return Check(check.id, check.answers, now.competition.version_id, verdict, check.begun_at, work.now)


def refresh_check(work: Work, person: Person) -> tuple[Check, bool]:
    """The latest check, and whether it was judged anew because time or the rules changed its verdict.

    New rules may ask what the old ones did not: then the copy stays open at that question.
    """
    check = judge_check(work, open_check(work, person))
    if not check.judged_at or not _outdated(work, check):
        return check, False
    return judge_check(work, _begin(work, person, dict(check.answers))), True


def _outdated(work: Work, check: Check) -> bool:
    """Whether the rules in force today would say something else; without any rules the old verdict stands."""
    competition = competition_for(work, check.answers["region"]) or _any_competition(work)
    if competition is None:
        return False
    asked = check_path(check.answers, competition.competition.rules)
    return any(one.key not in check.answers for one in asked) or check.verdict != _verdict(work, check, competition)


def _verdict(work: Work, check: Check, one: InForce) -> Verdict:
    answers = CheckAnswers.of(check.answers)
    return judge(answers, one.competition, local_day(work.now), rule_version=one.number)


def _any_competition(work: Work) -> InForce | None:
    """For a region without a competition: one to take the general rules from, open ones first."""
    return min(competitions_in_force(work), key=lambda one: not one.competition.open(work.now), default=None)


def _covers(one: InForce | None, kato: str | None) -> bool:
    return one is not None and kato in one.competition.quotas


def _begin(work: Work, person: Person, answers: dict[str, Any]) -> Check:
    plain, sealed = sealed_apart(work, answers)
    return _check(work, checks.begin(work.session, person.id, plain, sealed, work.now))


def _check(work: Work, stored: StoredCheck) -> Check:
    return Check(
        stored.id,
        together(work, stored.answers, stored.sealed),
        stored.version_id,
        Verdict.of(stored.verdict) if stored.verdict else None,
        stored.begun_at,
        stored.judged_at,
    )
