"""My data: every screen has a path, kept as the place's focus; what cannot be undone is done only from its screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.consent import Consent, ConsentKind
from domain.local_time import local_day
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.conversation import Conversation, Turn
from handlers.my_data import leaving_screens, notification_screens, screens
from handlers.my_data.file_words import file_of
from handlers.my_data.leaving_screens import Erase, Give, Withdraw
from handlers.my_data.notification_screens import Mute
from handlers.my_data.screens import Copy, Look
from handlers.screen import Reply, Screen, reply
from handlers.shared_buttons import ToData
from usecases import my_data
from usecases.coming_reminders import reminders_ahead
from usecases.consent import standing_answer
from usecases.erase_person import erase_person, what_stays
from usecases.meet_person import Redelivered
from usecases.mute import mute
from usecases.own_competition import own_competition
from usecases.withdraw_consent import consequence, withdraw_consent

SURE = "erase/sure"
NOTIFICATIONS = "notifications"


def conversation() -> Conversation:
    return Conversation(
        place=Place.DATA,
        commands={"data": command, "notifications": notifications},
        presses={
            ToData: begin,
            Look: see,
            Copy: copy,
            Mute: switch,
            Give: give,
            Withdraw: withdraw,
            Erase: erase,
        },
        redraw=redraw,
    )


def command(turn: Turn, _rest: str) -> Reply:
    return turn.at(Place.DATA)


def notifications(turn: Turn, _rest: str) -> Reply:
    return turn.at(Place.DATA, NOTIFICATIONS)


def begin(turn: Turn, _data: ToData) -> Reply:
    return turn.at(Place.DATA)


def see(turn: Turn, data: Look) -> Reply:
    """Show one of the screens, and stay there."""
    if data.path not in DRAWN:
        raise Refused(Reason.OLD_BUTTON)
    return turn.at(Place.DATA, data.path)


def redraw(turn: Turn) -> Reply:
    return reply(DRAWN.get(turn.person.focus, _overview)(turn))


def copy(turn: Turn, _data: Copy) -> Reply:
    """Everything, as a file; the screen stays where it is."""
    name = f"zhas-project-{local_day(turn.work.now)}.json"
    content = file_of(my_data.everything(turn.work, turn.person), my_data.names(turn.work))
    turn.go(Place.DATA)
    return reply(screens.copy(name, content), fresh=True)


def switch(turn: Turn, data: Mute) -> Reply:
    """Switch a kind of notification or reminder; one that is no more is an old button."""
    turn.person = mute(turn.work, turn.person, data.kind, muted=data.muted)
    return turn.at(Place.DATA, NOTIFICATIONS)


def give(turn: Turn, data: Give) -> Reply:
    """The words are read, and answered, where consents are asked."""
    return turn.at(Place.CONSENT, data.kind)


def withdraw(turn: Turn, data: Withdraw) -> Reply:
    """Take a consent back: only from the screen that says what follows."""
    _require(turn, f"withdraw/{data.kind}")
    withdraw_consent(turn.work, turn.person, data.kind)
    return turn.at(Place.DATA, "consents").noting(leaving_screens.withdrawn(data.kind))


def erase(turn: Turn, _data: Erase) -> Reply:
    """Erase: only from the second question. With nothing left, the person is nobody we know.

    Pressed once more by who is nobody now: they hear the same, and pressing makes them nobody's record.
    """
    if turn.person.newcomer:
        raise Redelivered
    _require(turn, SURE)
    if staying := erase_person(turn.work, turn.person):
        turn.go(Place.DATA)
        return reply(leaving_screens.erased_but(staying))
    return reply(screens.erased())


def _require(turn: Turn, path: str) -> None:
    if (turn.person.place, turn.person.focus) != (Place.DATA, path):
        raise Refused(Reason.OLD_BUTTON)


def _overview(turn: Turn) -> Screen:
    return screens.overview(my_data.summary(turn.work, turn.person), _consents(turn))


def _correct(turn: Turn) -> Screen:
    own = own_competition(turn.work, turn.person)
    return leaving_screens.correct(my_data.summary(turn.work, turn.person), own.competition if own else None)


def _withdraw(kind: ConsentKind) -> Callable[[Turn], Screen]:
    return lambda turn: leaving_screens.withdraw(kind, consequence(turn.work, turn.person))


def _notifications(turn: Turn) -> Screen:
    return notification_screens.notifications(turn.person.muted, reminders_ahead(turn.work, turn.person))


def _erase(turn: Turn) -> Screen:
    return leaving_screens.erase(my_data.summary(turn.work, turn.person), what_stays(turn.work, turn.person))


def _consents(turn: Turn) -> list[tuple[ConsentKind, Consent | None]]:
    return [(kind, standing_answer(turn.work, turn.person, kind)) for kind in ConsentKind]


DRAWN: Mapping[str, Callable[[Turn], Screen]] = {
    "": _overview,
    "correct": _correct,
    "consents": lambda turn: leaving_screens.consents(_consents(turn)),
    f"withdraw/{ConsentKind.PROCESSING}": _withdraw(ConsentKind.PROCESSING),
    f"withdraw/{ConsentKind.PUBLICATION}": _withdraw(ConsentKind.PUBLICATION),
    NOTIFICATIONS: _notifications,
    "openings": lambda turn: screens.openings(my_data.openings(turn.work, turn.person)),
    "erase": _erase,
    SURE: lambda turn: leaving_screens.sure(),
}
