"""Writing an announcement: drafts that survive everything, several at once. Every step asks for the right again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from db import announcement_lists, announcements, sources
from domain.announcement import MOST_LINKS, Announcement, Content, Link, Medium, Said, Stage, require_fit, require_stage
from domain.audience import Audience, Field
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, covers, lots_for
from usecases import staff
from usecases.coverage_sources import PREFIX
from usecases.staff import members_of
from usecases.work import Work

SHOWN = 60  # the newest; whoever may see only some of them is shown those


def begin_announcement(work: Work, person: Person) -> Announcement:
    """A new draft for everybody in the lots where this person may announce. Refused(NOT_ALLOWED)."""
    return _begin(work, person, Content({}), Audience())


def copy_announcement(work: Work, person: Person, announcement_id: int) -> Announcement:
    """A new draft with the words and the audience of an old one."""
    old = announcement_of(work, person, announcement_id)
    return _begin(work, person, old.content, old.audience)


def _begin(work: Work, person: Person, content: Content, audience: Audience) -> Announcement:
    """A draft with these; the same one again while nobody has touched it: a button pressed twice begins one."""
    lots = demand_lots(work, person, Action.ANNOUNCE, None)
    for one in announcements.newest(work.session, SHOWN):
        untouched = one.stage is Stage.DRAFT and one.author_id == person.id and not one.edited_by
        if untouched and (one.lots, one.content, one.audience) == (lots, content, audience):
            return known(work, one.id)
    return known(work, announcements.add(work.session, person.id, sorted(lots), content, audience, work.now))


def announcements_of(work: Work, person: Person) -> tuple[Announcement, ...]:
    """Those this person may see, touched last first. Refused(NOT_ALLOWED) for whoever makes none."""
    lots = demand_lots(work, person, Action.ANNOUNCE, None)
    return tuple(one for one in announcements.newest(work.session, SHOWN) if covers(lots, one.lots))


def announcement_of(work: Work, person: Person, announcement_id: int, action: Action = Action.ANNOUNCE) -> Announcement:
    """One of these. Refused: NOT_FOUND, NOT_ALLOWED when it reaches beyond this person's lots."""
    one = announcements.get(work.session, announcement_id, hold=True)
    if one is None:
        demand_lots(work, person, action, None)
        raise Refused(Reason.NOT_FOUND)
    demand_lots(work, person, action, one.lots)
    return _with_names(work, one)


def _with_names(work: Work, one: Announcement) -> Announcement:
    named = one.audience.lists()
    one = replace(one, lists=announcement_lists.named(work.session, named)) if named else one
    return with_sources(work, one) if one.audience.values_asked(Field.SOURCE) else one


def with_sources(work: Work, one: Announcement) -> Announcement:
    """With the names of the links that people of its lots came by, newest first."""
    known = sources.of_lots(work.session, one.lots or staff.lots())
    return replace(one, sources={f"{PREFIX}{link.code}": link.name for link in known})


def draft_of(work: Work, person: Person, announcement_id: int) -> Announcement:
    """One of these as long as it may be changed. Refused(NOT_A_STEP) once it is on its way."""
    one = announcement_of(work, person, announcement_id)
    require_stage(one.stage, Stage.DRAFT)
    return one


def discard(work: Work, person: Person, announcement_id: int) -> None:
    """Throw a draft away."""
    announcements.remove(work.session, draft_of(work, person, announcement_id).id)


def say(work: Work, person: Person, announcement_id: int, language: str, said: Said) -> Announcement:
    """What it says in this language. Refused as `draft_of` and `domain.announcement.require_fit`.

    The words of one that was sent change with `correct_sent`, which brings them to its recipients.
    """
    one = draft_of(work, person, announcement_id)
    require_fit(said)
    return _content(work, person, one, replace(one.content, said={**one.content.said, language: said}))


def add_medium(
    work: Work, person: Person, announcement_id: int, language: str, medium: Medium, words: Said
) -> Announcement:
    """A further part of the album that was sent last; `words`: those under it, if any."""
    one = draft_of(work, person, announcement_id)
    said = one.content.said.get(language, Said("", 0))
    said = said if said.length else replace(said, text=words.text, length=words.length)
    longer = replace(said, media=(*said.media, medium))
    if longer.length:  # an album without words is complained of when it is looked at
        require_fit(longer)
    return _content(work, person, one, replace(one.content, said={**one.content.said, language: longer}))


def same_media(work: Work, person: Person, announcement_id: int, language: str) -> Announcement:
    """The pictures and files of the other language, in this one too."""
    one = draft_of(work, person, announcement_id)
    other = next((said for name, said in one.content.said.items() if name != language), Said("", 0))
    mine = one.content.said.get(language, Said("", 0))
    mine = replace(mine, media=other.media)
    if mine.length:  # words that are still to come are looked at when they do
        require_fit(mine)
    return _content(work, person, one, replace(one.content, said={**one.content.said, language: mine}))


def only_in(work: Work, person: Person, announcement_id: int, language: str) -> Announcement:
    """Send it in this language to everybody; "": to each in their own."""
    one = draft_of(work, person, announcement_id)
    return _content(work, person, one, replace(one.content, only=language))


def put_button(work: Work, person: Person, announcement_id: int, **wanted: bool) -> Announcement:
    """Switch the buttons *apply* and *ask*: `apply=True`."""
    one = draft_of(work, person, announcement_id)
    return _content(work, person, one, replace(one.content, **wanted))  # type: ignore[arg-type]


def add_link(work: Work, person: Person, announcement_id: int, link: Link) -> Announcement:
    """A button with an address. Refused(TOO_MANY_ROWS, limit)."""
    one = draft_of(work, person, announcement_id)
    if len(one.content.links) >= MOST_LINKS:
        raise Refused(Reason.TOO_MANY_ROWS, limit=MOST_LINKS)
    return _content(work, person, one, replace(one.content, links=(*one.content.links, link)))


def remove_links(work: Work, person: Person, announcement_id: int) -> Announcement:
    """No buttons with addresses any more."""
    one = draft_of(work, person, announcement_id)
    return _content(work, person, one, replace(one.content, links=()))


def choose_audience(work: Work, person: Person, announcement_id: int, audience: Audience) -> Announcement:
    """Whom it is for."""
    one = draft_of(work, person, announcement_id)
    return change(work, one, audience=audience.kept(), size=None, edited_by=with_editor(one, person))


def require_said(one: Announcement) -> None:
    """Refused(NOTHING_SAID, languages) when a language has no words yet; as `require_fit` when they do not fit."""
    if missing := one.content.missing():
        raise Refused(Reason.NOTHING_SAID, languages=missing)
    for language in one.content.languages:
        require_fit(one.content.said[language])


def demand_lots(work: Work, person: Person, action: Action, lots: frozenset[str] | None) -> frozenset[str]:
    """The lots where this person may do it (empty: all). Refused(NOT_ALLOWED) unless all of `lots` are among them."""
    mine = lots_for(members_of(work, person), action)
    if mine is None or (lots is not None and not covers(mine, lots)):
        raise Refused(Reason.NOT_ALLOWED, action=action.value, lot=",".join(sorted(lots or ())) or None)
    return mine


def change(work: Work, one: Announcement, **values: Any) -> Announcement:
    """Set these columns; the announcement as it is then."""
    announcements.change(work.session, one.id, touched_at=work.now, **values)
    return known(work, one.id)


def known(work: Work, announcement_id: int) -> Announcement:
    """The announcement, which there is."""
    one = announcements.get(work.session, announcement_id)
    assert one
    return _with_names(work, one)


def with_editor(one: Announcement, person: Person) -> list[int]:
    """Who has changed it, this person among them."""
    return sorted({*one.edited_by, person.id})


def _content(work: Work, person: Person, one: Announcement, content: Content) -> Announcement:
    return change(work, one, content=content.kept(), edited_by=with_editor(one, person))
