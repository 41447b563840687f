"""Which tables hold something about a person, and how a person's rows in them are known.

Each table is named here once, as personal or not; a test fails for a table that nobody has thought about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select

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


@dataclass(frozen=True)
class Personal:
    """A table with rows about people, and how those of one person are known."""

    table: type[Table]
    of: Callable[[int], ColumnElement[bool]]


def drafts_of(person_id: int) -> Select[int]:
    return select(DraftRow.id).where(DraftRow.person_id == person_id)


def applications_of(person_id: int) -> Select[int]:
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
    Personal(ApplicationEventRow, lambda person: ApplicationEventRow.application_id.in_(applications_of(person))),
    Personal(DocumentRow, lambda person: DocumentRow.draft_id.in_(drafts_of(person))),
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
