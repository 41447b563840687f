"""Everything that is stored about one person: where it stands, read for them, erased for them.

Each table is named here once, as personal or not; a test fails for a table that nobody has thought about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from db import coverage, documents
from db.tables import (
    AnnouncementListedRow,
    AnnouncementListRow,
    AnnouncementRecipientRow,
    AnnouncementRow,
    ApplicationEventRow,
    ApplicationRow,
    AssistanceRow,
    CallTaskRow,
    CheckRow,
    CodeTryRow,
    CompetitionRow,
    CompetitionVersionRow,
    ConsentRow,
    DiscardedFileRow,
    DistributionRow,
    DocumentRow,
    DraftRow,
    GroupCardRow,
    LiveSenderRow,
    NotificationRow,
    NumberSeriesRow,
    OpeningRow,
    OutreachRow,
    OutreachVersionRow,
    PaidBroadcastRow,
    PersonRow,
    ProofRow,
    ReachedRow,
    ReadyAnswerRow,
    ReminderRow,
    ReminderRulesRow,
    ReminderRunRow,
    SetAsideRow,
    SourceRow,
    StaffGroupRow,
    StaffInvitationRow,
    StaffMemberRow,
    Table,
    TicketBarredRow,
    TicketCardRow,
    TicketDeliveryRow,
    TicketEventRow,
    TicketMessageRow,
    TicketRow,
    TicketVersionRow,
    UpdateRow,
    VisitRow,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Personal:
    """A table with rows about people, and how those of one person are known."""

    table: type[Table]
    of: Callable[[int], ColumnElement[bool]]


def _drafts(person_id: int) -> Select[int]:
    return select(DraftRow.id).where(DraftRow.person_id == person_id)


def _applications(person_id: int) -> Select[int]:
    return select(ApplicationRow.id).where(ApplicationRow.person_id == person_id)


def _telegram(person_id: int) -> Select[int]:
    return select(PersonRow.telegram_id).where(PersonRow.id == person_id)


def _tickets(person_id: int) -> Select[int]:
    return select(TicketRow.id).where(TicketRow.person_id == person_id)


def _own_words(person_id: int) -> ColumnElement[bool]:
    """Messages of this person's tickets, also ours, and what they wrote without a ticket yet."""
    row = TicketMessageRow
    homeless = (row.writer_id == person_id) & row.ticket_id.is_(None)
    return row.ticket_id.in_(_tickets(person_id)) | homeless


def _messages(person_id: int) -> Select[int]:
    return select(TicketMessageRow.id).where(_own_words(person_id))


def _deliveries(person_id: int) -> ColumnElement[bool]:
    row = TicketDeliveryRow
    return row.message_id.in_(_messages(person_id)) | (row.recipient_id == person_id)


def _cards(person_id: int) -> ColumnElement[bool]:
    row = TicketCardRow
    return row.ticket_id.in_(_tickets(person_id)) | (row.person_id == person_id)


def _bars(person_id: int) -> ColumnElement[bool]:
    row = TicketBarredRow
    return row.ticket_id.in_(_tickets(person_id)) | (row.person_id == person_id)


# In the order they are erased in: whatever points at another row goes before it.
PERSONAL = (
    Personal(OpeningRow, lambda person: OpeningRow.whose == person),
    Personal(ReminderRow, lambda person: ReminderRow.person_id == person),
    Personal(NotificationRow, lambda person: NotificationRow.person_id == person),
    Personal(AnnouncementRecipientRow, lambda person: AnnouncementRecipientRow.person_id == person),
    Personal(AnnouncementListedRow, lambda person: AnnouncementListedRow.person_id == person),
    Personal(TicketVersionRow, lambda person: TicketVersionRow.message_id.in_(_messages(person))),
    Personal(TicketDeliveryRow, _deliveries),
    Personal(TicketCardRow, _cards),
    Personal(TicketMessageRow, _own_words),
    Personal(TicketEventRow, lambda person: TicketEventRow.ticket_id.in_(_tickets(person))),
    Personal(TicketBarredRow, _bars),
    Personal(GroupCardRow, lambda person: GroupCardRow.ticket_id.in_(_tickets(person))),
    Personal(StaffGroupRow, lambda person: StaffGroupRow.set_by == person),
    Personal(AssistanceRow, lambda person: AssistanceRow.person_id == person),
    Personal(CodeTryRow, lambda person: CodeTryRow.person_id == person),
    Personal(TicketRow, lambda person: TicketRow.person_id == person),
    Personal(CheckRow, lambda person: CheckRow.person_id == person),
    Personal(ApplicationEventRow, lambda person: ApplicationEventRow.application_id.in_(_applications(person))),
    Personal(DocumentRow, lambda person: DocumentRow.draft_id.in_(_drafts(person))),
    Personal(CallTaskRow, lambda person: CallTaskRow.person_id == person),
    Personal(ApplicationRow, lambda person: ApplicationRow.person_id == person),
    Personal(DraftRow, lambda person: DraftRow.person_id == person),
    Personal(ConsentRow, lambda person: ConsentRow.person_id == person),
    Personal(SetAsideRow, lambda person: SetAsideRow.telegram_id.in_(_telegram(person))),
    Personal(StaffInvitationRow, lambda person: StaffInvitationRow.used_by == person),
    Personal(StaffMemberRow, lambda person: StaffMemberRow.person_id == person),
    Personal(ReachedRow, lambda person: ReachedRow.person_id == person),
    Personal(VisitRow, lambda person: VisitRow.person_id == person),
    Personal(PersonRow, lambda person: PersonRow.id == person),
)
IMPERSONAL = frozenset(
    {
        AnnouncementListRow,
        AnnouncementRow,
        CompetitionRow,
        CompetitionVersionRow,
        DiscardedFileRow,
        DistributionRow,
        LiveSenderRow,
        NumberSeriesRow,
        PaidBroadcastRow,
        OutreachRow,
        OutreachVersionRow,
        ProofRow,
        ReadyAnswerRow,
        ReminderRulesRow,
        ReminderRunRow,
        SourceRow,
        UpdateRow,
    }
)
# What an application that must stay needs; of the rest nothing does.
STAYING = {OpeningRow, ApplicationEventRow, DocumentRow, ApplicationRow, DraftRow, ConsentRow, ReachedRow, PersonRow}
NAMELESS = {OpeningRow, ReachedRow, VisitRow}  # rows that stay with no name to them


def rows_of(session: Session, person_id: int) -> dict[str, list[Row]]:
    """Table name → rows of this person, oldest first, as stored (sealed values too)."""
    return {one.table.__tablename__: _rows(session, one, person_id) for one in reversed(PERSONAL)}


def _rows(session: Session, one: Personal, person_id: int) -> list[Row]:
    columns = one.table.__table__.columns
    first = next(column for column in columns if column.primary_key)
    found = session.execute(select(*columns).where(one.of(person_id)).order_by(first))
    return [dict(row._mapping) for row in found]


def unsent(session: Session, person_id: int) -> list[int]:
    """The drafts of this person that no application was made of."""
    used = select(ApplicationRow.draft_id).where(ApplicationRow.person_id == person_id)
    return list(session.scalars(_drafts(person_id).where(DraftRow.id.not_in(used))))


def erase_unsent(session: Session, person_id: int, now: datetime) -> None:
    """Delete the drafts with their files, and the checks but those that a registered request is about."""
    erase_drafts(session, unsent(session, person_id), now)
    asked = set(session.scalars(select(TicketRow.subject).where(TicketRow.person_id == person_id)))
    checks = session.scalars(select(CheckRow.id).where(CheckRow.person_id == person_id)).all()
    needless = [one for one in checks if f"check:{one}" not in asked]
    session.execute(delete(CheckRow).where(CheckRow.id.in_(needless)))


def erase_all(session: Session, person_id: int, now: datetime) -> None:
    """Nothing of this person stays but dates on which somebody opened their data, and that somebody was reached."""
    erase_applications(session, session.scalars(_applications(person_id)).all(), now)
    erase_drafts(session, session.scalars(_drafts(person_id)).all(), now)
    session.execute(update(OpeningRow).where(OpeningRow.whose == person_id).values(whose=None, subject=""))
    session.execute(update(OpeningRow).where(OpeningRow.who == person_id).values(who=None))
    coverage.forget_person(session, person_id)
    _delete_of(session, person_id, {one.table for one in PERSONAL} - NAMELESS)


def erase_all_but(session: Session, person_id: int, applications: Sequence[int], now: datetime) -> None:
    """What stays: these applications with their way, files and consents, and the account they are answered to."""
    others = session.scalars(_applications(person_id).where(ApplicationRow.id.not_in(applications))).all()
    erase_applications(session, others, now)
    erase_drafts(session, unsent(session, person_id), now)
    coverage.forget_links(session, person_id)
    _delete_of(session, person_id, {one.table for one in PERSONAL} - STAYING - NAMELESS)
    forgotten: dict[str, Any] = {"source": None, "muted": [], "focus": "", "staff": False, "birth_year": None}
    session.execute(update(PersonRow).where(PersonRow.id == person_id).values(**forgotten))


def erase_applications(session: Session, applications: Sequence[int], now: datetime) -> None:
    """Delete these applications with their way and the drafts and files they were made of."""
    row = ApplicationRow
    drafts = session.scalars(select(row.draft_id).where(row.id.in_(applications))).all()
    session.execute(delete(ApplicationEventRow).where(ApplicationEventRow.application_id.in_(applications)))
    session.execute(delete(CallTaskRow).where(CallTaskRow.application_id.in_(applications)))
    session.execute(delete(row).where(row.id.in_(applications)))
    erase_drafts(session, drafts, now)


def erase_drafts(session: Session, drafts: Sequence[int], now: datetime) -> None:
    """Delete these drafts with their files; the bytes are deleted by a timer."""
    documents.erase_of(session, drafts, now)
    session.execute(delete(DraftRow).where(DraftRow.id.in_(drafts)))


def _delete_of(session: Session, person_id: int, tables: set[type[Table]]) -> None:
    for one in PERSONAL:
        if one.table in tables:
            session.execute(delete(one.table).where(one.of(person_id)))
