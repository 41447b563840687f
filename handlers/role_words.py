"""Those who work in the office, by their roles: whose queue it is, who gets an announcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.staff import Role
from handlers.language import _

ROLES: Mapping[Role, Callable[[], str]] = {
    Role.OPERATOR: lambda: _("Operators"),
    Role.SUPERVISOR: lambda: _("Supervisors"),
    Role.COORDINATOR: lambda: _("Coordinators"),
    Role.EXPERT: lambda: _("Experts"),
    Role.ACCOUNTANT: lambda: _("Accountants"),
    Role.MENTOR: lambda: _("Mentors"),
    Role.ADMINISTRATOR: lambda: _("Administrators"),
}
