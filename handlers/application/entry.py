"""The doors of the form: "Apply", the choice of a region, coming back, throwing away."""

from __future__ import annotations

from domain.choice_words import yes_said
from domain.draft import progress
from domain.form import question
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.region_names import find_region
from handlers.application import buttons as b
from handlers.application import entry_screens
from handlers.application.going import here, moved_note
from handlers.conversation import Turn
from handlers.language import _
from handlers.screen import Reply, Screen, reply
from usecases import drafts
from usecases.begin_application import Door, Entry, enter
from usecases.drafts import Draft, open_draft
from usecases.fill_draft import touch
from usecases.order import order
from usecases.take_over import offer

CANCEL, REGION = "cancel", "region"  # focus: what typed words are about


def came_to_apply(turn: Turn, _data: object = None) -> Reply:
    """ "Apply", /apply, "Go on": the draft where it was left, or a new one where that is possible.

    What the call centre has filled in with them comes before an empty form.
    """
    waiting = offer(turn.work, turn.person)
    if waiting and open_draft(turn.work, turn.person) is None:
        return turn.at(Place.TAKEOVER, str(waiting.assistance.id))
    return _open(turn, enter(turn.work, turn.person))


def chose_region(turn: Turn, data: b.ChooseRegion) -> Reply:
    """The region to apply in; only asked while there is no draft."""
    return _open(turn, enter(turn.work, turn.person, _known(data.kato)))


def region_typed(turn: Turn, text: str) -> Reply:
    """The region in the person's own words. Refused: UNKNOWN_REGION, REGION_UNCLEAR."""
    return _open(turn, enter(turn.work, turn.person, find_region(text, order().regions).kato))


def redraw(turn: Turn) -> Reply:
    """The question asked now, from the database alone."""
    draft = open_draft(turn.work, turn.person)
    if draft is None:
        return _without_draft(turn)
    if not draft.competition.competition.open(turn.work.now):
        return reply(entry_screens.closed(draft, turn.work.now))
    if turn.person.focus == CANCEL:
        return _ask(draft)
    note = moved_note(draft)
    shown = here(turn, touch(turn.work, draft))
    return shown.noting(note) if note else shown


def ask_discard(turn: Turn, _data: object = None) -> Reply:
    """/cancel: ask first; without a draft there is nothing to cancel."""
    if turn.person.place is Place.ASSIST:
        return turn.at(Place.ASSIST, f"{turn.person.focus.partition(':')[0]}:drop")
    draft = open_draft(turn.work, turn.person)
    if draft is None:
        return turn.current().noting(_("There is nothing to cancel: no application is begun. Here is where you are."))
    turn.go(Place.APPLICATION, CANCEL)
    return _ask(draft)


def discard_typed(turn: Turn, draft: Draft, text: str) -> Reply:
    """Yes or no in words. Refused: NOT_A_CHOICE."""
    answer = yes_said(text)
    if answer is None:
        raise Refused(Reason.NOT_A_CHOICE)
    return discard(turn, b.Discard(draft=draft.id)) if answer else came_to_apply(turn)


def discard(turn: Turn, data: b.Discard) -> Reply:
    """Erase the draft. Refused(OLD_BUTTON) when the button was made for another one."""
    draft = open_draft(turn.work, turn.person)
    if draft is None or draft.id != data.draft:
        raise Refused(Reason.OLD_BUTTON)
    drafts.discard(turn.work, draft)
    return turn.at(Place.MENU).noting(entry_screens.discarded())


def pause(turn: Turn, _data: object = None) -> Reply:
    """Everything is saved; to the menu. The contact keyboard goes away with the words."""
    draft = open_draft(turn.work, turn.person)
    menu = turn.at(Place.MENU)
    if draft and draft.cursor.key and question(draft.cursor.key).own:
        return reply(Screen(entry_screens.paused(), plain=True), *menu.screens)
    return menu.noting(entry_screens.paused())


def _open(turn: Turn, entry: Entry) -> Reply:
    match entry.door:
        case Door.DRAFT | Door.BEGUN if entry.draft:
            return _in_draft(turn, entry.draft, begun=entry.door is Door.BEGUN)
        case Door.CLOSED if entry.draft:
            turn.go(Place.APPLICATION)
            return reply(entry_screens.closed(entry.draft, turn.work.now))
        case Door.SENT:
            return turn.at(Place.STATUS)
        case Door.CONSENT:
            return turn.at(Place.CONSENT)
        case _other:
            return _no_draft(turn, entry)


def _in_draft(turn: Turn, draft: Draft, *, begun: bool) -> Reply:
    note = entry_screens.begun(draft) if begun else moved_note(draft) or entry_screens.resumed(draft)
    return here(turn, touch(turn.work, draft)).noting(note)


def _no_draft(turn: Turn, entry: Entry) -> Reply:
    if entry.door is Door.REGION:
        turn.go(Place.APPLICATION, REGION)
        return reply(entry_screens.regions(entry.open))
    turn.go(Place.MENU)
    return reply(entry_screens.not_here(entry) if entry.door is Door.NOT_HERE else entry_screens.not_open(entry))


def _without_draft(turn: Turn) -> Reply:
    """Nothing begun: the choice of a region if that is where they are, else the menu. Nothing begins by itself."""
    if turn.person.focus == REGION:
        entry = enter(turn.work, turn.person)
        if entry.door is Door.REGION:
            return reply(entry_screens.regions(entry.open))
    return turn.at(Place.MENU)


def _ask(draft: Draft) -> Reply:
    done = progress(draft.answers, draft.competition.competition).done
    return reply(entry_screens.ask_discard(draft, done))


def _known(kato: str) -> str:
    if kato not in {region.kato for region in order().regions}:
        raise Refused(Reason.OLD_BUTTON)
    return kato
