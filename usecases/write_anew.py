"""A withdrawn application is the beginning of a new one: its answers and files go into a new draft."""

from __future__ import annotations

from db import applications, documents
from domain.application import State
from domain.consent import ConsentKind
from domain.documents import Document, IncomingFile
from domain.draft import Cursor, Filling
from domain.draft_steps import settle
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.competitions import latest, require_open
from usecases.consent import has_consent
from usecases.documents import documents_of
from usecases.drafts import begin_draft, open_draft, save
from usecases.own_applications import require_none_sent
from usecases.sealed_answers import together
from usecases.work import Work


def write_anew(work: Work, person: Person, application_id: int) -> None:
    """Open a draft with the answers and files of an own withdrawn application; an open draft stays as it is.

    Refused: NOT_FOUND (not theirs, or not withdrawn), INTAKE_CLOSED (facts: closed_at), NO_CONSENT (taken back
    meanwhile: nothing is copied without one), ALREADY_SENT (facts: number) when another application of theirs
    stands in the competition.
    """
    withdrawn = applications.find(work.session, application_id)
    if withdrawn is None or withdrawn.person_id != person.id or withdrawn.state is not State.WITHDRAWN:
        raise Refused(Reason.NOT_FOUND)
    one = latest(work, withdrawn.competition_id)
    require_open(one, work.now)
    if not has_consent(work, person, ConsentKind.PROCESSING):
        raise Refused(Reason.NO_CONSENT)
    require_none_sent(work, person.id, one)
    if _writing(work, person, one.id):
        return
    answers = together(work, *applications.answers(work.session, application_id))
    draft = begin_draft(work, person, one)
    save(work, draft, settle(Filling(answers, Cursor()), one.competition))
    for document in documents_of(work, withdrawn.draft_id):
        if document.slot and document.counts:
            _copy(work, document, draft.id)


def _writing(work: Work, person: Person, competition_id: int) -> bool:
    draft = open_draft(work, person)
    return draft is not None and draft.competition.id == competition_id


def _copy(work: Work, document: Document, draft_id: int) -> None:
    """Fetched from Telegram once more: so each draft has bytes of its own, and erasing one leaves the other."""
    file = IncomingFile(
        document.file_id, document.file_unique_id, document.name, size=document.size, photo=document.photo
    )
    documents.add(work.session, work.vault, draft_id, document.slot, file, work.now, file_type=document.file_type)
