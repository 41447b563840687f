"""An operator fills in an application for a caller: begins, goes on, hands it over (docs/decisions/0021).

The operator works on a draft of its own, so nothing of the applicant's is touched. Each step asks for the right anew.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from enum import StrEnum

from db import assistance, drafts, people, tickets
from domain.assistance import (
    CODE_DIGITS,
    CODE_LASTS,
    LASTS,
    LINK_DIGITS,
    MOST_TRIES,
    OPEN,
    Assistance,
    AssistState,
)
from domain.consent import ConsentKind
from domain.notification import Kind, Lane
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from usecases.assistances import NO_CODE, code_hash, end, valid_code
from usecases.competitions import require_open
from usecases.consent import has_consent
from usecases.desk import author_name
from usecases.drafts import Draft, loaded
from usecases.notify import notify
from usecases.own_applications import require_none_sent
from usecases.staff import demand
from usecases.take_over import merge
from usecases.work import Work


@dataclass(frozen=True)
class Prepared:
    """What an operator prepares, as they see it. `code`: what is dictated to the caller; empty without one."""

    assistance: Assistance
    draft: Draft
    name: str  # of the caller, as far as it is known
    given: int  # answers by the office
    code: str
    reachable: bool  # the applicant has a chat with the bot


class Typed(StrEnum):
    """What came of a code that the caller dictated."""

    RIGHT = "right"
    WRONG = "wrong"
    VOID = "void"  # too many wrong ones, or too late: a new one is needed


def prepared(work: Work, operator: Person, assistance_id: int) -> Prepared:
    """What this operator prepares, held. Refused: OLD_BUTTON when it is over or a colleague's; NOT_ALLOWED."""
    one = assistance.get(work.session, assistance_id)
    demand(work, operator, Action.FILL_FOR_CALLER, one.lot if one else None)
    stored = drafts.prepared(work.session, one.draft_id) if one else None
    person = people.get_person(work.session, one.person_id) if one else None
    if one is None or stored is None or person is None or one.state not in OPEN or one.operator_id != operator.id:
        raise Refused(Reason.OLD_BUTTON)
    draft = replace(loaded(work, stored), assistance=one.id, filler=operator.id)
    reachable = person.telegram_id > 0 and not person.unreachable
    return Prepared(one, draft, _name(work, one, draft), len(draft.filled_by), valid_code(work, one), reachable)


def writable(work: Work, operator: Person, assistance_id: int) -> Draft:
    """The draft that the operator may write in now. Refused as `prepared`; OLD_BUTTON once it is handed over;
    INTAKE_CLOSED; ALREADY_SENT when the applicant has sent an application of their own meanwhile."""
    return _writable(work, operator, assistance_id).draft


def hand_over(work: Work, operator: Person, assistance_id: int) -> None:
    """Ask the applicant in their chat, or, where there is none, by a code to dictate or to send.

    Refused as `writable`; OLD_BUTTON while nothing has been filled in.
    """
    found = _writable(work, operator, assistance_id)
    if not found.given:
        raise Refused(Reason.OLD_BUTTON)
    digits = CODE_DIGITS if found.reachable else LINK_DIGITS
    code = f"{secrets.randbelow(10**digits):0{digits}}"
    values = {
        "state": AssistState.OFFERED,
        "expires_at": work.now + LASTS,
        "code": work.vault.seal(code.encode()),
        "code_hash": None if found.reachable else code_hash(work, code),
        "code_until": work.now + (CODE_LASTS if found.reachable else LASTS),
        "tries": 0,
        "chosen": [],
    }
    if not assistance.change(work.session, found.assistance, **values):
        raise Refused(Reason.OLD_BUTTON)
    if found.reachable:
        subject = f"{assistance_id}:{work.now.isoformat()}"
        notify(work, found.assistance.person_id, Kind.ASSISTED, subject, lane=Lane.REPLY, assistance=assistance_id)


def take_back(work: Work, operator: Person, assistance_id: int) -> None:
    """Go on filling in what was handed over and not taken yet. Refused as `prepared`."""
    one = prepared(work, operator, assistance_id).assistance
    assistance.change(work.session, one, state=AssistState.FILLING, **NO_CODE)


def drop(work: Work, operator: Person, assistance_id: int) -> Assistance:
    """Throw it away. Refused as `prepared`."""
    one = prepared(work, operator, assistance_id).assistance
    end(work, one, AssistState.DROPPED)
    return one


def confirm(work: Work, operator: Person, assistance_id: int, typed: str) -> Typed:
    """The applicant has dictated the code in their chat: that is their yes to these answers, and to nothing else.

    Their own answers stay as they are. Refused as `prepared`; CONSENT_IN_CHAT while they have not agreed to the
    processing of their data.
    """
    found = prepared(work, operator, assistance_id)
    one = found.assistance
    if one.state is not AssistState.OFFERED or not found.reachable or not found.code:
        return Typed.VOID
    if not secrets.compare_digest("".join(typed.split()), found.code):
        left = {"code": b""} if one.tries + 1 >= MOST_TRIES else {}
        assistance.change(work.session, one, tries=one.tries + 1, **left)
        return Typed.VOID if left else Typed.WRONG
    person = people.get_person(work.session, one.person_id)
    assert person
    if not has_consent(work, person, ConsentKind.PROCESSING):
        raise Refused(Reason.CONSENT_IN_CHAT)
    count = merge(work, person, one, found.draft)
    facts = {"assistance": one.id, "taken": count}
    notify(work, person.id, Kind.ASSISTED, f"{one.id}:taken", lane=Lane.REPLY, stream=None, at=None, **facts)
    return Typed.RIGHT


def _writable(work: Work, operator: Person, assistance_id: int) -> Prepared:
    found = prepared(work, operator, assistance_id)
    if found.assistance.state is not AssistState.FILLING:
        raise Refused(Reason.OLD_BUTTON)
    require_open(found.draft.competition, work.now)
    require_none_sent(work, found.assistance.person_id, found.draft.competition)
    return found


def _name(work: Work, one: Assistance, draft: Draft) -> str:
    ticket = tickets.get(work.session, one.ticket_id) if one.ticket_id else None
    named = author_name(work, ticket) if ticket else ""
    return named or " ".join(str(draft.answers[key]) for key in ("surname", "name") if draft.answers.get(key))


def ended(work: Work, operator: Person, assistance_id: int) -> tuple[AssistState, str] | None:
    """How what this operator prepared has ended, and the caller's name; None when it is no matter of theirs."""
    one = assistance.get(work.session, assistance_id)
    if one is None or one.operator_id != operator.id or one.state in OPEN:
        return None
    ticket = tickets.get(work.session, one.ticket_id) if one.ticket_id else None
    return one.state, author_name(work, ticket) if ticket else ""
