"""Every table of the database. Nothing outside `db/` sees them."""

from db.tables.applications import (
    ApplicationEventRow,
    ApplicationRow,
    CheckRow,
    DiscardedFileRow,
    DocumentRow,
    DraftRow,
    TicketRow,
)
from db.tables.columns import Table
from db.tables.competitions import CompetitionRow, CompetitionVersionRow, NumberSeriesRow
from db.tables.notifications import NotificationRow
from db.tables.people import ConsentRow, OpeningRow, PersonRow, SetAsideRow, UpdateRow
from db.tables.staff import DistributionRow, StaffInvitationRow, StaffMemberRow

__all__ = [
    "ApplicationEventRow",
    "ApplicationRow",
    "CheckRow",
    "CompetitionRow",
    "CompetitionVersionRow",
    "ConsentRow",
    "DiscardedFileRow",
    "DistributionRow",
    "DocumentRow",
    "DraftRow",
    "NotificationRow",
    "NumberSeriesRow",
    "OpeningRow",
    "PersonRow",
    "SetAsideRow",
    "StaffInvitationRow",
    "StaffMemberRow",
    "Table",
    "TicketRow",
    "UpdateRow",
]
