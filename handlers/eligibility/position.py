"""Where a person is in the check, and its screen: from the answers, and from `focus` where they chose otherwise.

Focus: "" (the next question, or the verdict), a question's key, "regions:PAGE", "among:KATO,KATO",
"confirm" (the birth date is read back), "answers", "request".
"""

from __future__ import annotations

from domain.check_form import CheckKind, CheckQuestion
from domain.competition import Stage
from domain.local_time import local_day
from handlers.conversation import Turn
from handlers.eligibility import screens, verdict
from handlers.screen import Screen
from usecases.checks import Standing, judge_check, open_check, standing
from usecases.competitions import competitions_in_force
from usecases.tickets import request_about

MOST_OFFERED = 8  # regions on the first screen; of more, the list of all is quicker to read


def current_standing(turn: Turn) -> Standing:
    """The latest check; one with every answer is judged first, unless a birth date is being read back."""
    check = open_check(turn.work, turn.person)
    return standing(turn.work, check if turn.person.focus == "confirm" else judge_check(turn.work, check))


def asked_now(turn: Turn, now: Standing) -> CheckQuestion | None:
    """The question on the screen; None where the screen is another."""
    if now.competition is None or without_competition(turn, now):
        return None
    what = turn.person.focus.partition(":")[0]
    return now.asked({"regions": "region", "among": "region", "confirm": "birth_date"}.get(what, what))


def without_competition(turn: Turn, now: Standing) -> bool:
    """Whether the person is being told that their region has no competition."""
    return list(now.check.answers) == ["region"] and not now.own and turn.person.focus == ""


def draw(turn: Turn, now: Standing, *, opening: bool = False) -> Screen:
    """Where the person stands; `opening` says above the first question what awaits them."""
    if now.competition is None:
        return screens.nothing_now()
    if without_competition(turn, now):
        return screens.no_competition_there(now)
    one = asked_now(turn, now)
    return _question(turn, now, one, opening) if one else _result(turn, now)


def _question(turn: Turn, now: Standing, one: CheckQuestion, opening: bool) -> Screen:
    what, _, detail = turn.person.focus.partition(":")
    match what:
        case "confirm" if "birth_date" in now.check.answers:
            return screens.read_back(now, one, local_day(turn.work.now))
        case "regions":
            return screens.all_regions(now, one, int(detail))
        case "among":
            return screens.candidates(now, one, detail.split(","))
    offered = _offered(turn)
    if one.kind is CheckKind.REGION and len(offered) > MOST_OFFERED:
        return screens.all_regions(now, one, 0, opening=opening)
    return screens.question(now, one, offered, opening=opening)


def _result(turn: Turn, now: Standing) -> Screen:
    assert now.competition
    ticket = request_about(turn.work, now.check)
    if turn.person.focus == "answers":
        return screens.answers(now)
    if turn.person.focus == "request" and ticket:
        return verdict.asked(now, ticket)
    return verdict.verdict(now, now.competition.competition.stage(turn.work.now), ticket)


def _offered(turn: Turn) -> tuple[str, ...]:
    """Regions to begin with: of competitions taking applications, else of all there are."""
    known = competitions_in_force(turn.work)
    taking = [one for one in known if one.competition.stage(turn.work.now) is Stage.INTAKE]
    return tuple(kato for one in taking or known for kato in one.competition.quotas)
