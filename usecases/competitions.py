"""Competitions in force, each with the version that verdicts and applications are made under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from db import competitions
from db.competitions import Version
from domain.competition import Competition, Stage
from domain.competition_file import read_competition
from domain.refusal import Reason, Refused
from domain.regions import Words
from usecases.order import order
from usecases.work import Work


@dataclass(frozen=True)
class InForce:
    """One version of one competition as it stands in the database."""

    id: int
    version_id: int
    number: int  # of the version, from 1
    competition: Competition


def load_competition(work: Work, text: str, rules: Words) -> InForce:
    """Put a competition file in force; the same text again changes nothing, another one is a new version.

    Raises Faults (domain.competition_file) when the file has any.
    """
    competition = read_competition(text, order(), rules)
    digest = sha256("\0".join((text, rules.kk, rules.ru)).encode()).hexdigest()
    version = competitions.put_in_force(work.session, competition, text, rules, digest, work.now)
    return in_force(work, version)


def competitions_in_force(work: Work) -> tuple[InForce, ...]:
    """Every competition that has not ended, by lot."""
    return tuple(one for one in every_competition(work) if one.competition.stage(work.now) is not Stage.ENDED)


def running_lots(work: Work) -> frozenset[str]:
    """The lots with a competition that has not ended."""
    return frozenset(one.competition.lot for one in competitions_in_force(work))


def every_competition(work: Work) -> tuple[InForce, ...]:
    """The version in force of every competition, of those that have ended too."""
    return tuple(in_force(work, version) for version in competitions.versions_in_force(work.session))


def taking_applications(work: Work) -> bool:
    """Whether any competition takes applications now."""
    return any(one.competition.open(work.now) for one in competitions_in_force(work))


def competition_for(work: Work, kato: str) -> InForce | None:
    """The competition of the lot that this region belongs to; None when there is none now."""
    return next((one for one in competitions_in_force(work) if kato in one.competition.quotas), None)


def version_of(work: Work, version_id: int) -> InForce:
    """A version, in force or not: the one that a verdict, a draft or an application was made under."""
    return in_force(work, competitions.version(work.session, version_id))


def latest(work: Work, competition_id: int) -> InForce:
    """The version of this competition that is in force now."""
    return in_force(work, competitions.version_now(work.session, competition_id))


def require_open(one: InForce, now: datetime) -> None:
    """Refused(NOT_OPEN) before intake, Refused(INTAKE_CLOSED) from the first moment that is too late."""
    dates = one.competition.dates
    if now < dates.intake_opens:
        raise Refused(Reason.NOT_OPEN)
    if now >= dates.intake_closes:
        raise Refused(Reason.INTAKE_CLOSED, closed_at=dates.intake_closes)


def in_force(work: Work, version: Version) -> InForce:
    """A version with its competition; read from its texts once in the life of the process."""
    mark = (version.id, version.sha256)
    competition = _read.get(mark)
    if competition is None:
        text, rules = competitions.texts(work.session, version.id)
        competition = _read[mark] = read_competition(text, order(), rules)
    return InForce(version.competition_id, version.id, version.number, competition)


_read: dict[tuple[int, str], Competition] = {}  # a few for each competition: texts never change once loaded
