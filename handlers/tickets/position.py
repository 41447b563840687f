"""Where an author is among their tickets, as the place's focus says it.

"" the list · "t:7" a ticket · "kind:ABOUT:MESSAGE" which kind? · "words:KIND:ABOUT" what is it about? ·
"offer:KIND:ABOUT:MESSAGE[:KEY]" common answers · "rate:7" words with the rating.
In a focus the parts of `about` ("app:12") are joined by "-".
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.person import Person, Place
from domain.refusal import Reason, Refused
from domain.ticket import ASKED, TicketKind
from usecases.waiting_words import Begun


@dataclass(frozen=True)
class Asking:
    """A ticket that is about to be opened."""

    kind: TicketKind
    about: str  # "app:12", "check:5", "ticket:7" or empty
    message: int = 0  # kept words
    key: str = ""  # of the common answer that is read


def asking(focus: str) -> Asking:
    """What a focus that begins with words: or offer: says. Refused(OLD_BUTTON) for any other."""
    what, *rest = focus.split(":")
    if what not in {"words", "offer"} or len(rest) < 2 or rest[0] not in set(ASKED):
        raise Refused(Reason.OLD_BUTTON)
    message = int(rest[2]) if len(rest) > 2 and rest[2].isdecimal() else 0
    return Asking(TicketKind(rest[0]), rest[1].replace("-", ":"), message, rest[3] if len(rest) > 3 else "")


def focus_of(what: str, one: Asking) -> str:
    """The focus for this."""
    parts = [what, one.kind.value, one.about.replace(":", "-")]
    parts += [str(one.message)] if one.message else []
    return ":".join(parts + ([one.key] if one.key else []))


def kind_focus(about: str, message: int = 0) -> str:
    return f"kind:{about.replace(':', '-')}:{message}"


def number_after(focus: str, what: str) -> int | None:
    """The number in "t:7" or "rate:7"; None for another focus."""
    word, _colon, number = focus.partition(":")
    return int(number) if word == what and number.isdecimal() else None


def held_in(focus: str) -> int:
    """The kept words that a ticket is about to be opened with; 0 when there are none."""
    what, *rest = focus.split(":")
    place = {"kind": 1, "offer": 2}.get(what)
    return int(rest[place]) if place is not None and len(rest) > place and rest[place].isdecimal() else 0


def begun_by(person: Person) -> Begun | None:
    """The ticket that this author is about to open with kept words; None when they are elsewhere."""
    message = held_in(person.focus) if person.place is Place.TICKETS else 0
    if not message:
        return None
    what, about = person.focus.split(":")[:2]
    if what == "kind":
        return Begun(message, about.replace("-", ":"))
    one = asking(person.focus)
    return Begun(message, one.about, one.kind)
