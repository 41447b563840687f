"""Looking through the draft, and sending.

`focus` of the place: empty (overview), a page ("3"), "send", or the key of the answer just changed: while others
are missing, the overview goes on with them, else the page it stands on is shown again.
"""

from __future__ import annotations

from aiogram.types import Message

from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.conversation import Conversation, Turn
from handlers.review import screens
from handlers.review.screens import AskSend, Overview, Send, ShowPage
from handlers.screen import Reply, Screen, reply
from handlers.shared_buttons import ToReview
from usecases.review_draft import Review, review_draft
from usecases.submit_application import submit_application

SEND = "send"


def conversation() -> Conversation:
    return Conversation(
        place=Place.REVIEW,
        presses={
            ToReview: lambda turn, data: turn.at(Place.REVIEW),
            Overview: lambda turn, data: _at(turn, data.draft, ""),
            ShowPage: lambda turn, data: _at(turn, data.draft, str(data.page)),
            AskSend: ask_send,
            Send: send,
        },
        words=words_here,
        redraw=redraw,
    )


def redraw(turn: Turn) -> Reply:
    """What the focus says; without a draft, where the sent application stands."""
    view = review_draft(turn.work, turn.person)
    if view is None:
        return turn.at(Place.STATUS)
    return reply(_screen(view, turn.person.focus))


def ask_send(turn: Turn, data: AskSend) -> Reply:
    """The last question; first the consent where it was taken back meanwhile."""
    asked = _at(turn, data.draft, SEND)
    view = review_draft(turn.work, turn.person)
    if view and view.hindrance and view.hindrance.reason is Reason.NO_CONSENT:
        return turn.at(Place.CONSENT)
    return asked


def send(turn: Turn, data: Send) -> Reply:
    """Send, and show the receipt; pressing again shows the same receipt."""
    application = submit_application(turn.work, turn.person, data.draft)
    return turn.at(Place.STATUS, f"{application.id}:receipt")


def words_here(turn: Turn, message: Message) -> Reply:
    """Nothing is typed here: say how an answer is changed."""
    return turn.current().noting(screens.press_to_change())


def _at(turn: Turn, draft: int, focus: str) -> Reply:
    """Go to a screen of this very draft. Refused(OLD_BUTTON) when another is open, or none."""
    view = review_draft(turn.work, turn.person)
    if view is None or view.draft.id != draft:
        raise Refused(Reason.OLD_BUTTON)
    return turn.at(Place.REVIEW, focus)


def _screen(view: Review, focus: str) -> Screen:
    if focus == SEND and view.hindrance is None:
        return screens.ask_send(view)
    if focus.isdecimal():
        return screens.page(view, int(focus))
    number = 0 if view.missing else screens.page_of(view, focus)
    return screens.page(view, number) if number else screens.overview(view)
