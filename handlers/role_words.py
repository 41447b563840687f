"""What people in the office are, one by one and all together: whose queue it is, who gets an announcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.staff import Role
from handlers.language import _

ROLE: Mapping[Role, Callable[[], str]] = {  # of one person
    Role.OPERATOR: lambda: _("operator"),
    Role.SUPERVISOR: lambda: _("supervisor"),
    Role.COORDINATOR: lambda: _("coordinator"),
    Role.EXPERT: lambda: _("expert of the commission"),
    Role.ACCOUNTANT: lambda: _("accountant"),
    Role.MENTOR: lambda: _("mentor"),
    Role.ADMINISTRATOR: lambda: _("administrator"),
}
ROLES: Mapping[Role, Callable[[], str]] = {  # of all who have it
    Role.OPERATOR: lambda: _("Operators"),
    Role.SUPERVISOR: lambda: _("Supervisors"),
    Role.COORDINATOR: lambda: _("Coordinators"),
    Role.EXPERT: lambda: _("Experts"),
    Role.ACCOUNTANT: lambda: _("Accountants"),
    Role.MENTOR: lambda: _("Mentors"),
    Role.ADMINISTRATOR: lambda: _("Administrators"),
}
