"""Announcements at a glance: for those who make them, and the switch for those who get them."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.audience import CHOICES, Field, Part, ticked, without_group
from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.announcements import audience_screens, incoming, place
from handlers.announcements.buttons import Decide, Do, Group, New, Pick, Sample, SendAt, Tick, ToOne
from handlers.announcements.notices import NOTICES
from handlers.announcements.showing import NoAnnouncements
from handlers.announcements.steps import decide, do
from handlers.conversation import Conversation, Turn
from handlers.language import _
from handlers.screen import Reply, Screen, reply, rows, staying
from handlers.shared_buttons import ToAnnouncements
from usecases import announce, announce_sending
from usecases.announce_audience import offered_values
from usecases.mute import mute


def conversation() -> Conversation:
    return Conversation(
        place=Place.ANNOUNCEMENTS,
        presses={
            NoAnnouncements: switch,
            ToAnnouncements: lambda turn, data: place.overview(turn, data.page),
            New: begin,
            ToOne: see,
            Do: do,
            Decide: decide,
            Group: see_group,
            Pick: see_values,
            Tick: tick,
            Sample: look,
            SendAt: send,
        },
        words=incoming.content,
        content=incoming.content,
        redraw=place.redraw,
        notices=NOTICES,
    )


def switch(turn: Turn, data: NoAnnouncements) -> Reply:
    """Announcements off, or on again: for whoever presses it under one."""
    turn.person = mute(turn.work, turn.person, Kind.ANNOUNCEMENT, muted=data.off)
    if data.off:
        text = _("You will get no more announcements. Answers and news of your own application come as before.")
        return reply(Screen(text, rows(staying(_("🔔 Send them again"), NoAnnouncements(off=False)))))
    return reply(Screen(_("You will get announcements again.")))


def begin(turn: Turn, data: New) -> Reply:
    if data.id:
        return place.page(turn, announce.copy_announcement(turn.work, turn.person, data.id))
    return place.page(turn, announce.begin_announcement(turn.work, turn.person))


def see(turn: Turn, data: ToOne) -> Reply:
    return place.page(turn, announce.announcement_of(turn.work, turn.person, data.id))


def see_group(turn: Turn, data: Group) -> Reply:
    """One group: what it may ask about; or the audience without it."""
    one = announce.draft_of(turn.work, turn.person, data.id)
    place.go(turn, one.id)
    if data.drop:
        part = _part(data.part)
        if data.drop == len(one.audience.groups(part)):
            smaller = without_group(one.audience, part, data.place)
            one = announce.choose_audience(turn.work, turn.person, one.id, smaller)
        return reply(audience_screens.groups(one))
    return reply(audience_screens.fields(one, _part(data.part), data.place))


def see_values(turn: Turn, data: Pick) -> Reply:
    one = announce.draft_of(turn.work, turn.person, data.id)
    _part(data.part)
    place.go(turn, one.id, f"list:{data.part}:{data.place}" if data.field == Field.LIST else "")
    offered = offered_values(turn.work, one, _field(data.field))
    return reply(audience_screens.values(announce.with_sources(turn.work, one), data, offered))


def tick(turn: Turn, data: Tick) -> Reply:
    """A value in or out."""
    one = announce.draft_of(turn.work, turn.person, data.id)
    part, field = _part(data.part), _field(data.field)
    offered = offered_values(turn.work, one, field)
    if data.value not in (CHOICES.get(field) or offered):
        raise Refused(Reason.OLD_BUTTON)
    changed = ticked(one.audience, part, data.place, field, data.value, on=data.on)
    one = announce.choose_audience(turn.work, turn.person, one.id, changed)
    page = offered.index(data.value) // audience_screens.VALUES
    pick = Pick(id=one.id, part=part, place=data.place, field=field, page=page)
    return reply(audience_screens.values(announce.with_sources(turn.work, one), pick, offered))


def look(turn: Turn, data: Sample) -> Reply:
    """Before sending, or before approving: whom it reaches."""
    one = announce.announcement_of(turn.work, turn.person, data.id)
    announce.require_said(one)
    reach = announce_sending.reach(turn.work, turn.person, data.id, data.turn)
    place.go(turn, one.id)
    return reply(audience_screens.before_sending(one, reach, data.turn, turn.work.now, turn.person.id))


def send(turn: Turn, data: SendAt) -> Reply:
    """Let it go now, or at the moment of the button."""
    at = datetime.fromtimestamp(data.minute * 60, UTC) if 0 < data.minute < 1 << 32 else None
    return place.let_go(turn, data.id, at)


def _part(word: str) -> Part:
    if word not in set(Part):
        raise Refused(Reason.OLD_BUTTON)
    return Part(word)


def _field(word: str) -> Field:
    if word not in set(Field):
        raise Refused(Reason.OLD_BUTTON)
    return Field(word)
