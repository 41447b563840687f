"""Warnings: what an answer looks like, and that small grants do not pay for it. Never a refusal."""

from __future__ import annotations

from collections.abc import Iterable

from domain.forbidden import Concern
from handlers.form_titles import Say
from handlers.language import _

CONCERNS: dict[Concern, Say] = {
    Concern.SALES: lambda: _("sales or paid services during the project"),
    Concern.CONSTRUCTION: lambda: _("construction or major repair (minor repair may be possible)"),
    Concern.EQUIPMENT_FOR_OTHERS: lambda: _("equipment for state bodies or organisations"),
    Concern.RELIGION: lambda: _("religious activity"),
    Concern.ENVIRONMENT: lambda: _("something that harms nature"),
    Concern.LAND_HOUSING_VEHICLES: lambda: _("buying land, housing or vehicles"),
    Concern.RESEARCH: lambda: _("research"),
    Concern.PRINTING: lambda: _("printing books, newspapers or magazines"),
    Concern.PRIZES_CELEBRATIONS: lambda: _("prizes or celebrations"),
    Concern.CASH_CHARITY: lambda: _("giving out money"),
    Concern.TRAVEL_STUDY: lambda: _("travel or study outside the region"),
    Concern.MEDICAL: lambda: _("medical services for individuals"),
    Concern.OWN_TRAINING: lambda: _("your own training (at most a tenth of the budget)"),
    Concern.ABROAD: lambda: _("buying abroad"),
    Concern.USED_GOODS: lambda: _("used goods"),
}


def warning(concerns: Iterable[Concern]) -> str:
    """What it looks like and that it is not paid for; the answer is saved all the same."""
    return _("⚠️ This looks like: {what}. Small grants do not pay for that. If you mean something else, go on.").format(
        what="; ".join(CONCERNS[one]() for one in concerns)
    )
