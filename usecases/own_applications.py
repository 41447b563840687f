"""What a person sees of the applications they sent: the timeline, the receipt, the answers.

Only their own: somebody else's number is not found, just as one that never was. Looking at one's own data
is not recorded in the openings; that book is for others.
"""

from __future__ import annotations

from dataclasses import dataclass

from db import applications
from domain.application import MOVES, Application, State, Timeline, timeline
from domain.documents import Document
from domain.form import QUESTIONS, Answers
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.competitions import InForce, latest, version_of
from usecases.documents import documents_of
from usecases.sealed_answers import together
from usecases.work import Work


@dataclass(frozen=True)
class Standing:
    """One application now. `competition` is the version in force (its dates hold); `others`: the person's others."""

    application: Application
    competition: InForce
    timeline: Timeline
    others: tuple[Application, ...]
    intake_open: bool
    refused_files: int = 0  # files sent with it that turned out unfit after the sending
    filled_by_office: tuple[str, ...] = ()  # questions whose answers an operator wrote down for them

    @property
    def withdrawn(self) -> bool:
        return self.application.state is State.WITHDRAWN

    @property
    def may_withdraw(self) -> bool:
        return self.intake_open and (self.application.state, State.WITHDRAWN) in MOVES

    @property
    def may_write_anew(self) -> bool:
        """Whether it is withdrawn, and nothing else of this person stands in the competition."""
        competition = self.application.competition_id
        taken = any(other.competition_id == competition and not other.withdrawn_at for other in self.others)
        return self.intake_open and self.withdrawn and not taken


@dataclass(frozen=True)
class SentAnswers:
    """An application as it was sent, under the version of the rules it was sent under."""

    application: Application
    competition: InForce
    answers: Answers
    documents: tuple[Document, ...]


def standing_of(work: Work, person: Person, application_id: int | None = None) -> Standing | None:
    """This application of the person; without a number the one that stands, or else the newest. None: none sent.

    Refused(NOT_FOUND) for a number that is not theirs.
    """
    every = applications.of_person(work.session, person.id)
    if application_id is None and not every:
        return None
    application = _pick(every, application_id)
    one = latest(work, application.competition_id)
    events = applications.events(work.session, application.id)
    seen = timeline(application, events, one.competition, work.now)
    others = tuple(other for other in every if other.id != application.id)
    files = documents_of(work, application.draft_id)
    refused = sum(bool(file.slot) and not file.counts for file in files)
    dictated = tuple(key for key in QUESTIONS if any(key in event.facts.get("filled_by", ()) for event in events))
    return Standing(application, one, seen, others, one.competition.open(work.now), refused, dictated)


def sent_answers(work: Work, person: Person, application_id: int) -> SentAnswers:
    """The answers and files of an own application as sent. Refused(NOT_FOUND) for anybody else's."""
    application = _pick(applications.of_person(work.session, person.id), application_id)
    files = tuple(one for one in documents_of(work, application.draft_id) if one.slot)
    return SentAnswers(
        application,
        version_of(work, application.version_id),
        together(work, *applications.answers(work.session, application.id)),
        files,
    )


def require_none_sent(work: Work, person_id: int, one: InForce) -> None:
    """Refused(ALREADY_SENT, number) when an application of theirs stands in the competition."""
    if sent := applications.standing(work.session, person_id, one.id):
        raise Refused(Reason.ALREADY_SENT, number=sent.number)


def _pick(every: list[Application], application_id: int | None) -> Application:
    for application in every:
        if application_id in (None, application.id):
            return application
    raise Refused(Reason.NOT_FOUND)
