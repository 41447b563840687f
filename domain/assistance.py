"""An operator fills in an application for a caller: nothing of it counts before the applicant has taken it over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.form import Answers

LASTS = timedelta(days=3)  # what is prepared and not taken over is erased after this
CODE_LASTS = timedelta(minutes=15)  # the code in the applicant's chat, that they dictate
CODE_DIGITS, LINK_DIGITS = 6, 8  # dictated by the applicant; dictated to them
MOST_TRIES = 5
TRIES_WITHIN = timedelta(hours=1)  # so many wrong codes from one account are looked at
BUSY_WITHIN = timedelta(minutes=30)  # so long after the last answer no colleague goes on with it


class AssistState(StrEnum):
    """Where what an operator prepares is."""

    FILLING = "filling"
    OFFERED = "offered"  # the applicant is asked
    TAKEN = "taken"
    DECLINED = "declined"
    DROPPED = "dropped"  # the operator threw it away, or left the office
    EXPIRED = "expired"


OPEN = frozenset({AssistState.FILLING, AssistState.OFFERED})


@dataclass(frozen=True)
class Assistance:
    """An application that is being prepared for somebody."""

    id: int
    person_id: int  # the applicant; a stand-in while only a telephone number is known
    draft_id: int
    operator_id: int | None
    lot: str
    ticket_id: int | None
    state: AssistState
    chosen: tuple[str, ...]  # questions where the applicant prefers the operator's answer to their own
    expires_at: datetime
    code: bytes  # sealed; empty without one
    code_until: datetime | None
    tries: int


def filled_by(before: Answers, marks: Mapping[str, int], after: Answers, filler: int | None) -> dict[str, int]:
    """Who gave which answer (person ids), where it was not the applicant; `filler`: who gave the new ones."""
    changed = {key for key, value in after.items() if key not in before or before[key] != value}
    kept = {key: by for key, by in marks.items() if key in after and key not in changed}
    return kept | (dict.fromkeys(changed, filler) if filler else {})


def conflicts(own: Answers, prepared: Answers, marks: Iterable[str]) -> tuple[str, ...]:
    """The questions that the applicant has answered themselves, and the operator otherwise."""
    return tuple(key for key in marks if key in prepared and key in own and own[key] != prepared[key])


def merged(own: Answers, prepared: Answers, marks: Mapping[str, int], chosen: Iterable[str]) -> dict[str, int]:
    """Which of the operator's answers are taken over, each with who gave it: never over the applicant's own unasked."""
    stays = set(conflicts(own, prepared, marks)) - set(chosen)
    return {
        key: by
        for key, by in marks.items()
        if key in prepared and key not in stays and (key not in own or own[key] != prepared[key])
    }
