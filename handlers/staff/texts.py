"""Words of roles and of lots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from domain.figures import Grouping
from domain.staff import Member, Role
from domain.ticket import TicketKind
from handlers.answer_words import regions_of
from handlers.figures import short_day
from handlers.language import _
from handlers.role_words import ROLE


def role_words(role: Role) -> str:
    return ROLE[role]()


def lots_words(lots: Iterable[str]) -> str:
    """Lots by their numbers; none means all."""
    named = sorted(lots)
    return ", ".join(named) if named else _("all lots")


def lot_title(lot: str) -> str:
    """A lot with its regions."""
    return _("{lot}: {regions}").format(lot=lot, regions=regions_of(lot))


def membership(member: Member) -> str:
    """A role and its lots."""
    return _("{role}, {lots}").format(role=role_words(member.role), lots=lots_words(member.lots))


KINDS: Mapping[TicketKind, Callable[[], str]] = {
    TicketKind.QUESTION: lambda: _("Questions"),
    TicketKind.COMPLAINT: lambda: _("Complaints"),
    TicketKind.APPEAL: lambda: _("Appeals against decisions"),
    TicketKind.TECHNICAL: lambda: _("Technical"),
    TicketKind.VERDICT_REVIEW: lambda: _("Verdicts to be looked at"),
    TicketKind.CALL: lambda: _("Calls"),
}


def grouping_title(by: Grouping) -> str:
    """What the figures are laid apart by, in words."""
    match by:
        case Grouping.LOT:
            return _("By lot")
        case Grouping.KIND:
            return _("By kind")
        case Grouping.OPERATOR:
            return _("By operator")
        case Grouping.WEEK:
            return _("By week")


def group_name(name: str, by: Grouping) -> str:
    """A group of the figures in words."""
    match by:
        case Grouping.KIND:
            return KINDS[TicketKind(name)]()
        case Grouping.WEEK:
            return _("week of {day}").format(day=short_day(date.fromisoformat(name)))
        case Grouping.LOT:
            return name or _("lot not known")
        case Grouping.OPERATOR:
            return name or _("nobody yet")
