"""The applicant's side of what an operator has filled in: seen, taken over or declined (docs/decisions/0021).

Where they have answered themselves and the operator otherwise, their own answer stays unless they choose the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db import assistance, drafts, people
from domain.assistance import (
    CODE_DIGITS,
    LASTS,
    MOST_TRIES,
    TRIES_WITHIN,
    Assistance,
    AssistState,
    conflicts,
    merged,
)
from domain.consent import ConsentKind
from domain.draft import Filling, first
from domain.form import Answers
from domain.notification import Kind, Lane
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.assistances import NO_CODE, code_hash, end, own_filling, valid_code
from usecases.competitions import require_open
from usecases.consent import has_consent
from usecases.drafts import Draft, begin_draft, loaded, save
from usecases.notify import notify
from usecases.own_applications import require_none_sent
from usecases.work import Work


@dataclass(frozen=True)
class Offer:
    """An application that the call centre has filled in with this person. `conflicts`: questions answered twice."""

    assistance: Assistance
    prepared: Draft
    own: Answers
    conflicts: tuple[str, ...]
    code: str  # to dictate to the operator; empty when there is none (any more)


@dataclass(frozen=True)
class Redeemed:
    """What came of a code: an offer; else whether any more codes are looked at now."""

    assistance_id: int | None
    tries_left: bool = True


def offer(work: Work, person: Person, assistance_id: int | None = None) -> Offer | None:
    """What this person is asked about, this one if it is said; None when there is nothing (any more)."""
    one = assistance.open_of(work.session, person.id)
    if one is None or one.state is not AssistState.OFFERED or assistance_id not in (None, one.id):
        return None
    stored = drafts.prepared(work.session, one.draft_id)
    if stored is None or one.expires_at <= work.now:
        return None
    draft = loaded(work, stored)
    own = own_filling(work, person, draft.competition).answers
    code = valid_code(work, one)
    shown = code if len(code) == CODE_DIGITS else ""
    return Offer(one, draft, own, conflicts(own, draft.answers, draft.filled_by), shown)


def choose(work: Work, person: Person, assistance_id: int, key: str, *, theirs: bool) -> None:
    """Prefer the operator's answer to one's own, or one's own again. Refused(OLD_BUTTON)."""
    found = _offered(work, person, assistance_id)
    if key not in found.conflicts:
        raise Refused(Reason.OLD_BUTTON)
    others = set(found.assistance.chosen) - {key}
    chosen = others | {key} if theirs else others
    assistance.change(work.session, found.assistance, chosen=sorted(chosen))


def take_over(work: Work, person: Person, assistance_id: int) -> int:
    """The operator's answers go into one's own draft; how many. They count when it is sent.

    Refused: OLD_BUTTON, NO_CONSENT, NOT_OPEN, INTAKE_CLOSED, ALREADY_SENT.
    """
    found = _offered(work, person, assistance_id)
    if not has_consent(work, person, ConsentKind.PROCESSING):
        raise Refused(Reason.NO_CONSENT)
    taken = merge(work, person, found.assistance, found.prepared)
    _tell(work, found.assistance)
    return taken


def decline(work: Work, person: Person, assistance_id: int) -> None:
    """They do not want it: it is erased. Refused(OLD_BUTTON)."""
    found = _offered(work, person, assistance_id)
    end(work, found.assistance, AssistState.DECLINED)
    _tell(work, found.assistance)


def redeem(work: Work, person: Person, code: str) -> Redeemed:
    """A code that an operator dictated or sent: what it opens is this person's to take over from now on.

    A wrong one is counted; after MOST_TRIES within an hour none is looked at.
    """
    if assistance.tries_since(work.session, person.id, work.now - TRIES_WITHIN) >= MOST_TRIES:
        return Redeemed(None, tries_left=False)
    found = assistance.coded(work.session, code_hash(work, code), work.now)
    if found is None or not _may_have(work, person, found):
        if (mine := assistance.open_of(work.session, person.id)) and mine.state is AssistState.OFFERED:
            return Redeemed(mine.id)  # the link once more
        assistance.note_try(work.session, person.id, work.now)
        return Redeemed(None)
    if found.person_id != person.id:
        mine = assistance.open_of(work.session, person.id)
        if mine and end(work, mine, AssistState.DROPPED):
            _tell(work, mine)
        drafts.change(work.session, found.draft_id, person_id=person.id)
    assistance.change(work.session, found, person_id=person.id, expires_at=work.now + LASTS, **NO_CODE)
    return Redeemed(found.id)


def merge(work: Work, person: Person, one: Assistance, prepared: Draft) -> int:
    """The operator's answers into the person's own draft, where theirs do not stand; how many. Then it is over."""
    require_open(prepared.competition, work.now)
    require_none_sent(work, person.id, prepared.competition)
    draft = begin_draft(work, person, prepared.competition)
    taken = merged(draft.answers, prepared.answers, prepared.filled_by, one.chosen)
    answers = dict(draft.answers)
    for by in set(taken.values()):
        answers |= {key: prepared.answers[key] for key, who in taken.items() if who == by}
        filling = Filling(answers, first(answers, draft.competition.competition))
        draft = save(work, replace(draft, filler=by), filling)
    end(work, one, AssistState.TAKEN)
    return len(taken)


def _offered(work: Work, person: Person, assistance_id: int) -> Offer:
    found = offer(work, person, assistance_id)
    if found is None:
        raise Refused(Reason.OLD_BUTTON)
    return found


def _may_have(work: Work, person: Person, one: Assistance) -> bool:
    """What was prepared for an account is that account's; what for a telephone number, whoever's has the code."""
    owner = people.get_person(work.session, one.person_id)
    return one.person_id == person.id or (owner is not None and owner.telegram_id < 0)


def _tell(work: Work, one: Assistance) -> None:
    """Let the operator know how it ended."""
    if one.operator_id is not None:
        notify(work, one.operator_id, Kind.ASSIST_ENDED, str(one.id), lane=Lane.REPLY, assistance=one.id)
