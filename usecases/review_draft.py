"""A draft as it would be sent now: everything in it, and everything that stands in the way."""

from __future__ import annotations

from dataclasses import dataclass

from domain.competition import DocumentSlot
from domain.consent import ConsentKind
from domain.documents import Document, missing_slots, slots_for
from domain.form import Question, budget_total, missing, path
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.competitions import require_open
from usecases.consent import has_consent
from usecases.documents import documents_of
from usecases.drafts import Draft, open_draft
from usecases.work import Work


@dataclass(frozen=True)
class Review:
    """`missing` are keys of questions, `missing_slots` required papers without a file; `total` in tenge.

    `hindrance`: the first reason why it cannot be sent now, but for what other applications have (a number
    or an identity number taken); None when it can.
    """

    draft: Draft
    questions: tuple[Question, ...]
    slots: tuple[DocumentSlot, ...]
    documents: tuple[Document, ...]
    missing: tuple[str, ...]
    missing_slots: tuple[DocumentSlot, ...]
    total: int
    hindrance: Refused | None

    @property
    def over_maximum(self) -> bool:
        return self.total > self.draft.competition.competition.maximum


def review_draft(work: Work, person: Person) -> Review | None:
    """The person's open draft for looking through; None when there is none."""
    draft = open_draft(work, person)
    return review_of(work, person, draft) if draft else None


def review_of(work: Work, person: Person, draft: Draft) -> Review:
    competition = draft.competition.competition
    slots, documents = slots_for(competition, draft.answers), tuple(documents_of(work, draft.id))
    questions_wanted, slots_wanted = missing(draft.answers, competition), missing_slots(slots, documents)
    total = budget_total(draft.answers)
    return Review(
        draft,
        path(draft.answers, competition),
        slots,
        documents,
        questions_wanted,
        slots_wanted,
        total,
        _hindrance(work, person, draft, (*questions_wanted, *(slot.key for slot in slots_wanted)), total),
    )


def _hindrance(work: Work, person: Person, draft: Draft, wanted: tuple[str, ...], total: int) -> Refused | None:
    maximum = draft.competition.competition.maximum
    try:
        require_open(draft.competition, work.now)
    except Refused as closed:
        return closed
    if not has_consent(work, person, ConsentKind.PROCESSING):
        return Refused(Reason.NO_CONSENT)
    if wanted:
        return Refused(Reason.INCOMPLETE, keys=wanted)
    return Refused(Reason.OVER_MAXIMUM, total=total, maximum=maximum) if total > maximum else None
