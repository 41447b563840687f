"""Buttons that lead from one conversation to another: data only, so that conversations need not know each other."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import StringConstraints

from handlers.language import _
from handlers.screen import Button, button

# What a request is about: "app-12", "check-5", "ticket-7" or nothing. A forged button would be carried on by our own.
About = Annotated[str, StringConstraints(pattern=r"^([a-z]{1,6}-[0-9]{1,19})?$")]


class ToMenu(CallbackData, prefix="menu"):
    """Show the menu (`handlers/start`)."""


class ToLanguages(CallbackData, prefix="langs"):
    """Show the choice of languages (`handlers/start`)."""


class ToCheck(CallbackData, prefix="check"):
    """Begin or go on with the eligibility check (`handlers/eligibility`)."""


class ToApplication(CallbackData, prefix="apply"):
    """Begin or go on with the application (`handlers/application`)."""


class ToDocuments(CallbackData, prefix="docs"):
    """The documents of the draft (`handlers/documents`)."""


class ToReview(CallbackData, prefix="review"):
    """Everything written, before sending (`handlers/review`)."""


class EditAnswer(CallbackData, prefix="edit"):
    """Change one answer of the draft (`handlers/application`), then come back to the review."""

    key: str


class ToStatus(CallbackData, prefix="status"):
    """Where the sent application stands (`handlers/status`)."""


class ToQuestions(CallbackData, prefix="faq"):
    """Common questions, rules, contacts (`handlers/questions`)."""


class ToData(CallbackData, prefix="mydata"):
    """What is stored about the person (`handlers/my_data`)."""


class ToWork(CallbackData, prefix="work"):
    """The office's side of the bot, for those who work there (`handlers/staff`)."""


class Ask(CallbackData, prefix="ask"):
    """Ask or complain (`handlers/tickets`)."""

    about: About = ""


class ToTickets(CallbackData, prefix="tks"):
    """One's own questions and complaints (`handlers/tickets`)."""


class ToTicket(CallbackData, prefix="tk"):
    """One of one's own tickets (`handlers/tickets`)."""

    ticket: int


class ToDesk(CallbackData, prefix="desk"):
    """The operator's desk (`handlers/desk`)."""


class ToGroups(CallbackData, prefix="w_groups"):
    """Groups that get cards of requests (`handlers/groups`)."""


class FillFor(CallbackData, prefix="fft"):
    """Fill in an application for the author of a ticket one holds (`handlers/application`)."""

    ticket: int
    lot: str = ""


class FillForCall(CallbackData, prefix="ffc"):
    """The same for somebody on the list of calls."""

    task: int


class ToAnnouncements(CallbackData, prefix="an_l"):
    """The announcements that one may write (`handlers/announcements`), this page of them."""

    page: int = 0


class ToCoverage(CallbackData, prefix="cover"):
    """The information coverage (`handlers/coverage`): a year (0: this one) of a lot (empty: of all one sees)."""

    year: int = 0
    lot: str = ""


def menu_button() -> Button:
    return button(_("Menu"), ToMenu())


def work_button() -> Button:
    return button(_("💼 Work"), ToWork())
