"""The screens of writing: the list, a draft, what each language's readers see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram import html

from domain.announcement import Announcement, Content, Said
from domain.local_time import local_day
from domain.regions import LANGUAGES
from handlers.announcements.buttons import Do, New, Sample, ToOne
from handlers.announcements.showing import shown
from handlers.announcements.texts import LANGUAGES as NAMES
from handlers.announcements.texts import STAGES, audience_words
from handlers.figures import number, short_moment
from handlers.language import _, ngettext, speaking
from handlers.screen import Button, Screen, button, on_page, rows
from handlers.shared_buttons import ToAnnouncements, work_button

PAGE = 8
LABEL = 40  # characters of its words that tell an announcement from another


def list_button() -> Button:
    return button(_("📣 All announcements"), ToAnnouncements())


def overview(ones: Sequence[Announcement], page: int) -> Screen:
    """One's announcements, touched last first."""
    shown_now, turns = on_page(ones, page, PAGE, lambda there: ToAnnouncements(page=there))
    text = _("<b>📣 Announcements</b>\n\nWrite once, to many, in both languages: drafts wait here as long as you like.")
    known = [button(_line(one), ToOne(id=one.id)) for one in shown_now]
    new = button(_("➕ New announcement"), New())
    return Screen(text, rows(new, *known, turns, work_button()))


def _line(one: Announcement) -> str:
    said = next(iter(one.content.said.values()), Said("", 0))
    return _("№{number} {stage}: {words}").format(
        number=one.id, stage=STAGES[one.stage](), words=_plain(said.text)[:LABEL] or _("no words yet")
    )[:60]


def beginning(said: Said) -> str:
    """Its first words, or all of them."""
    plain = _plain(said.text)
    return plain if len(plain) <= LABEL else f"{plain[:LABEL].rstrip()}…"


def _plain(text: str) -> str:
    """HTML without its tags, in one line."""
    parts = [part.partition(">")[2] for part in f">{text}".split("<")]
    bare = "".join(parts).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return " ".join(bare.split())


def draft(one: Announcement) -> Screen:
    """A draft: what it has, what it wants."""
    lines = [_("<b>📣 Announcement №{number}</b>: draft").format(number=one.id), ""]
    lines += [_said_line(one.content, language) for language in one.content.languages]
    if one.content.only:
        lines.append(_("It goes in this language alone, to everybody."))
    lines += ["", html.quote(audience_words(one))]
    write = tuple(button(_write_label(one.content, language), Do(id=one.id, what=language)) for language in LANGUAGES)
    return Screen(
        "\n".join(lines),
        rows(
            write,
            button(
                _("🌐 Languages: {which}").format(which=_which(one.content)), Do(id=one.id, what=_next(one.content))
            ),
            button(_("🔘 Buttons under it"), Do(id=one.id, what="buttons")),
            button(_("👥 Who it goes to"), Do(id=one.id, what="who")),
            (button(_("👁 Preview"), Do(id=one.id, what="preview")), trial_button(one)),
            button(_("🚀 Send"), Sample(id=one.id)),
            button(_("🗑 Throw away"), Do(id=one.id, what="discard")),
            list_button(),
        ),
    )


def _which(content: Content) -> str:
    return _("only {language}").format(language=NAMES[content.only]().lower()) if content.only else _("both")


def _next(content: Content) -> str:
    """The step from both languages to one alone, to the other alone, to both."""
    order = ("", *LANGUAGES)
    after = order[(order.index(content.only) + 1) % len(order)]
    return f"only_{after}" if after else "both"


def _write_label(content: Content, language: str) -> str:
    done = "✅" if language in content.said else "✍️"
    return f"{done} {NAMES[language]()}"


def _said_line(content: Content, language: str) -> str:
    said = content.said.get(language)
    name = NAMES[language]()
    if said is None:
        return _("{language}: not written yet").format(language=name)
    parts = [_("{length} of {limit} characters").format(length=number(said.length), limit=number(said.limit))]
    if said.length:
        parts.insert(0, _("“{words}”").format(words=html.quote(beginning(said))))
    if said.media:
        parts.append(ngettext("{count} file", "{count} files", len(said.media)).format(count=len(said.media)))
    if len(said.media) > 1 and not said.length:
        parts.append(_("words are missing"))
    return f"{name}: " + ", ".join(parts)


def writing(one: Announcement, language: str, *, sent: bool) -> Screen:
    """Asks for the message in one language; `sent`: its correction."""
    name = NAMES[language]().lower()
    if sent:
        text = _("Send the corrected words ({language}). Whoever was sent them sees them changed; files stay.")
        return Screen(text.format(language=name), rows(_back(one)))
    text = _(
        "Send the message as its readers should see it ({language}): words, or a photo, a video, a file with words "
        "under it, or an album. Bold, italic and links stay."
    )
    other = next((name for name, said in one.content.said.items() if name != language and said.media), None)
    mine = one.content.said.get(language)
    same = button(_("🖼 The same files as in the other language"), Do(id=one.id, what=f"same_{language}"))
    offered = same if other and not (mine and mine.media) else None
    return Screen(text.format(language=name), rows(offered, _back(one)))


def _back(one: Announcement) -> Button:
    return button(_("Back"), ToOne(id=one.id))


def buttons(one: Announcement) -> Screen:
    """Which buttons stand under it."""
    content = one.content
    lines = [_("Buttons under the message. The last one, by which readers switch announcements off, is always there.")]
    lines += [f"• {html.quote(link.kk)} / {html.quote(link.ru)}: {html.quote(link.url)}" for link in content.links]
    drop = button(_("Remove the links"), Do(id=one.id, what="unlink")) if content.links else None
    return Screen(
        "\n".join(lines),
        rows(
            button(_ticked(_("Apply"), on=content.apply), Do(id=one.id, what="no_apply" if content.apply else "apply")),
            button(_ticked(_("Ask"), on=content.ask), Do(id=one.id, what="no_ask" if content.ask else "ask")),
            button(_("➕ A link"), Do(id=one.id, what="link")),
            drop,
            _back(one),
        ),
    )


def _ticked(words: str, *, on: bool) -> str:
    return f"✅ {words}" if on else f"▫️ {words}"


def link(one: Announcement) -> Screen:
    text = _("Send three lines: the address (https://…), the button's words in Kazakh, the same in Russian.")
    return Screen(text, rows(button(_("Back"), Do(id=one.id, what="buttons"))))


def preview(one: Announcement) -> list[Screen]:
    """What readers of each language see, each under a line that says whose it is."""
    screens: list[Screen] = []
    for language in one.content.languages:
        name = NAMES[language]()
        if language not in one.content.said:
            screens.append(Screen(_("👁 {language}: not written yet").format(language=name)))
            continue
        screens.append(Screen(_("👁 Readers of this language see ({language}):").format(language=name.lower())))
        with speaking(language):
            screens.append(shown(one.content))
    return screens


def trial(content: Content, language: str) -> list[Screen]:
    """What readers of this language get, under a line that says it is a test."""
    head = _("🧪 <b>Test.</b> Only you see this; readers of this language get ({language}):")
    screens = [Screen(head.format(language=NAMES[language]()))]
    with speaking(language):
        screens.append(shown(content))
    return screens


def trial_button(one: Announcement) -> Button:
    return button(_("🧪 Test to myself"), Do(id=one.id, what="trial"))


def sure(one: Announcement, what: str) -> Screen:
    """Asked before what cannot be undone."""
    texts = {
        "discard": _("Throw this draft away?"),
        "stop": _("Stop for good? Who has not been sent it will not be."),
        "delete": _("Delete it from every chat where it was sent within the last 48 hours?"),
    }
    yes = button(_("Yes"), Do(id=one.id, what=what, sure=True))
    return Screen(texts[what], rows((yes, button(_("No"), ToOne(id=one.id)))))


def at(one: Announcement, now: datetime) -> Screen:
    tomorrow = local_day(now) + timedelta(days=1)
    text = _("Write day and time (of Kazakhstan), like this: {moment}")
    return Screen(text.format(moment=f"{tomorrow:%d.%m} 10:00"), rows(button(_("Back"), Sample(id=one.id))))


def choose_here() -> str:
    return _("Please choose one of the buttons.")


def waits_for_approval(one: Announcement) -> str:
    assert one.planned_at
    return _("It goes out once a colleague has approved it, not before {moment}.").format(
        moment=short_moment(one.planned_at)
    )
