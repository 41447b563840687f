"""Sending: a draft becomes an application with a number, in one transaction, once.

Pressing twice, or Telegram delivering twice, gives the same application: the draft it was made from is its
proof. Rules are those of the competition's version in force at this moment, so that a deadline moved after
the draft was begun holds for everybody alike. From here on the state changes only through
`usecases/change_application.py`.
"""

from __future__ import annotations

from typing import Any

from db import applications, competitions
from domain.application import Application, Role, State
from domain.form import kept
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.birth_year import born_in
from usecases.drafts import Draft, mark_sent, open_draft
from usecases.own_applications import require_none_sent
from usecases.review_draft import review_of
from usecases.sealed_answers import sealed_apart
from usecases.work import Work

# What the person confirms with the press that sends; kept with the event of sending.
DECLARED = ("data_is_true", "not_funded_elsewhere")


def submit_application(work: Work, person: Person, draft_id: int) -> Application:
    """Send the draft; the same application when it was sent before.

    Refused: OLD_BUTTON (not this person's open draft), ALREADY_SENT (facts: number), NO_CONSENT, NOT_OPEN,
    INTAKE_CLOSED (facts: closed_at), INCOMPLETE (facts: keys of questions and document slots), OVER_MAXIMUM
    (facts: total, maximum in tenge), IIN_TAKEN. Files still being fetched do not hold it up.
    """
    sent = applications.of_draft(work.session, draft_id)
    if sent and sent.person_id == person.id and sent.withdrawn_at is None:
        return sent
    draft = open_draft(work, person)
    if draft is None or draft.id != draft_id:
        raise Refused(Reason.OLD_BUTTON)
    require_none_sent(work, person.id, draft.competition)
    if hindrance := review_of(work, person, draft).hindrance:
        raise hindrance
    return _send(work, person, draft, _hash(work, draft))


def _hash(work: Work, draft: Draft) -> str:
    iin_hash = work.vault.keyed_hash(draft.answers["iin"])
    if applications.iin_taken(work.session, draft.competition.id, iin_hash):
        raise Refused(Reason.IIN_TAKEN)
    return iin_hash


def _send(work: Work, person: Person, draft: Draft, iin_hash: str) -> Application:
    one, region = draft.competition, draft.answers["region"]
    answers, sealed = sealed_apart(work, kept(draft.answers, one.competition))
    added = applications.add(
        work.session,
        number=_number(work, region, one.competition.year),
        person_id=person.id,
        competition_id=one.id,
        version_id=one.version_id,
        draft_id=draft.id,
        region=region,
        iin_hash=iin_hash,
        language=person.language,
        answers=answers,
        sealed=sealed,
        state=State.SENT,
        sent_at=work.now,
    )
    if not added:  # another process sent the same number in this very moment
        raise Refused(Reason.IIN_TAKEN)
    application = applications.of_draft(work.session, draft.id)
    assert application
    facts: dict[str, Any] = {"declared": list(DECLARED)}
    if filled_by := {key: by for key, by in draft.filled_by.items() if draft.answers.get(key) is not None}:
        facts["filled_by"] = filled_by
    applications.add_event(work.session, application.id, work.now, State.SENT, Role.APPLICANT, facts, person.id)
    mark_sent(work, draft)
    born_in(work, person.id, draft.answers.get("birth_date"))
    return application


def _number(work: Work, region: str, year: int) -> str:
    """KATO code, year and a number without gaps: a refusal gives it back with the whole transaction."""
    return f"{region}-{year}-{competitions.next_number(work.session, f'{region}-{year}'):06d}"
