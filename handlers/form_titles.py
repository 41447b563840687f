"""Short names of the form's sections, questions and columns."""

from __future__ import annotations

from collections.abc import Callable

from handlers.language import _

Say = Callable[[], str]

SECTIONS: dict[str, Say] = {
    "person": lambda: _("About you"),
    "occupation": lambda: _("Work and study"),
    "address": lambda: _("Where you live"),
    "background": lambda: _("A little more about you"),
    "project": lambda: _("Your project"),
    "work": lambda: _("Plan and budget"),
}

TITLES: dict[str, Say] = {
    "surname": lambda: _("Surname"),
    "name": lambda: _("First name"),
    "patronymic": lambda: _("Patronymic"),
    "iin": lambda: _("IIN"),
    "birth_date": lambda: _("Date of birth"),
    "sex": lambda: _("Sex"),
    "citizenship": lambda: _("Citizenship"),
    "phone": lambda: _("Mobile phone"),
    "email": lambda: _("E-mail"),
    "contact_name": lambda: _("Contact person"),
    "contact_phone": lambda: _("Contact person's phone"),
    "marital_status": lambda: _("Marital status"),
    "working": lambda: _("Work"),
    "studying": lambda: _("Studies"),
    "training": lambda: _("Training courses"),
    "unemployed_for": lambda: _("How long without work"),
    "education": lambda: _("Education"),
    "region": lambda: _("Region"),
    "registration": lambda: _("Registration"),
    "settlement_kind": lambda: _("Kind of settlement"),
    "district": lambda: _("District"),
    "settlement": lambda: _("Town or village"),
    "street": lambda: _("Street"),
    "house": lambda: _("House"),
    "flat": lambda: _("Flat"),
    "vulnerable_groups": lambda: _("Vulnerable groups"),
    "earlier_programmes": lambda: _("Earlier state programmes"),
    "earlier_other": lambda: _("Other programme"),
    "learned_from": lambda: _("How you learned of the programme"),
    "social_pages": lambda: _("Social network pages"),
    "title": lambda: _("Project title"),
    "goal": lambda: _("Goal and problem"),
    "territory": lambda: _("Territory"),
    "target_group": lambda: _("Target group"),
    "people_planned": lambda: _("Number of people"),
    "activities": lambda: _("Activities"),
    "partners": lambda: _("Partners"),
    "results": lambda: _("Expected results"),
    "sustainability": lambda: _("Sustainability"),
    "publicity": lambda: _("How the public will learn"),
    "plan": lambda: _("Work plan"),
    "budget": lambda: _("Budget"),
    "funded_elsewhere": lambda: _("Funding from elsewhere"),
}

COLUMNS: dict[str, dict[str, Say]] = {
    "plan": {
        "action": lambda: _("Action"),
        "dates": lambda: _("Dates"),
        "target_group": lambda: _("For whom"),
    },
    "budget": {
        "item": lambda: _("Item"),
        "quantity": lambda: _("Quantity"),
        "price": lambda: _("Price of one"),
    },
}
