"""Every table of the database. Nothing outside `db/` sees them."""

from db.tables.announcements import (
    AnnouncementListedRow,
    AnnouncementListRow,
    AnnouncementRecipientRow,
    AnnouncementRow,
)
from db.tables.applications import (
    ApplicationEventRow,
    ApplicationRow,
    CheckRow,
    DiscardedFileRow,
    DocumentRow,
    DraftRow,
)
from db.tables.assistance import AssistanceRow, CodeTryRow
from db.tables.columns import Table
from db.tables.competitions import CompetitionRow, CompetitionVersionRow, NumberSeriesRow
from db.tables.coverage import OutreachRow, OutreachVersionRow, ProofRow, ReachedRow, SourceRow, VisitRow
from db.tables.notifications import LiveSenderRow, NotificationRow, PaidBroadcastRow
from db.tables.people import ConsentRow, OpeningRow, PersonRow, SetAsideRow, UpdateRow
from db.tables.reminders import ReminderRow, ReminderRulesRow, ReminderRunRow
from db.tables.staff import CallTaskRow, DistributionRow, StaffInvitationRow, StaffMemberRow
from db.tables.tickets import (
    GroupCardRow,
    ReadyAnswerRow,
    StaffGroupRow,
    TicketBarredRow,
    TicketCardRow,
    TicketDeliveryRow,
    TicketEventRow,
    TicketMessageRow,
    TicketRow,
    TicketVersionRow,
)

__all__ = [
    "AnnouncementListRow",
    "AnnouncementListedRow",
    "AnnouncementRecipientRow",
    "AnnouncementRow",
    "ApplicationEventRow",
    "ApplicationRow",
    "AssistanceRow",
    "CallTaskRow",
    "CheckRow",
    "CodeTryRow",
    "CompetitionRow",
    "CompetitionVersionRow",
    "ConsentRow",
    "DiscardedFileRow",
    "DistributionRow",
    "DocumentRow",
    "DraftRow",
    "GroupCardRow",
    "LiveSenderRow",
    "NotificationRow",
    "NumberSeriesRow",
    "OpeningRow",
    "OutreachRow",
    "OutreachVersionRow",
    "PaidBroadcastRow",
    "PersonRow",
    "ProofRow",
    "ReachedRow",
    "ReadyAnswerRow",
    "ReminderRow",
    "ReminderRulesRow",
    "ReminderRunRow",
    "SetAsideRow",
    "SourceRow",
    "StaffGroupRow",
    "StaffInvitationRow",
    "StaffMemberRow",
    "Table",
    "TicketBarredRow",
    "TicketCardRow",
    "TicketDeliveryRow",
    "TicketEventRow",
    "TicketMessageRow",
    "TicketRow",
    "TicketVersionRow",
    "UpdateRow",
    "VisitRow",
]
