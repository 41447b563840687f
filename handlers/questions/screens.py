"""The screens of questions and answers: topics, one topic, an answer, what was found, contacts, dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.competition import Competition
from handlers import competition_facts as facts
from handlers.common_questions import CommonQuestion, Topic, common_question, topic, topics
from handlers.language import _, language, words
from handlers.screen import Button, Rows, Screen, button, in_columns, in_pairs, rows
from handlers.shared_buttons import Ask, ToApplication, ToCheck, menu_button
from usecases.competitions import InForce

AT_ONCE = 7  # questions on one page of a topic
T = TypeVar("T")


class See(CallbackData, prefix="q"):
    """Show what stands at this path, such as "answer/age" or "rules/71"."""

    path: str


def see(label: str, *path: object) -> Button:
    return button(label, See(path="/".join(map(str, path))))


def contents() -> Screen:
    """Where one begins: topics, rules, contacts."""
    text = _("<b>Questions and rules</b>\n\nChoose a topic, or simply write your question in your own words.")
    return Screen(
        text,
        (
            *in_columns([see(one.title, "topic", one.key, 0) for one in topics(language())], 1),
            *rows(
                see(_("Is the competition open?"), "open"),
                (see(_("Official rules"), "rules"), see(_("Contacts"), "contacts")),
                menu_button(),
            ),
        ),
    )


def one_topic(key: str, page: int) -> Screen:
    """The questions of a topic, a page of them."""
    one: Topic = topic(language(), key)
    shown, turning = paged(one.questions, page, AT_ONCE, ("topic", key))
    buttons = [see(question.title, "answer", question.key) for question in shown]
    text = _("<b>{topic}</b>\n\nChoose a question, or write your own.").format(topic=html.quote(one.title))
    return Screen(text, (*in_columns(buttons, 1), *turning, *ways_back()))


def answer(question: CommonQuestion, text: str) -> Screen:
    """One answer, with the way back to its topic."""
    home = topic(language(), question.topic)
    buttons = rows(see(_("More on: {topic}").format(topic=home.title), "topic", home.key, 0))
    return Screen(f"<b>{html.quote(question.title)}</b>\n\n{text}", (*buttons, *ways_back()))


def found(keys: Sequence[str]) -> Screen:
    """What may have been meant, nearest first."""
    buttons = [see(common_question(language(), key).title, "answer", key) for key in keys]
    text = _("Did you mean one of these? If not, write it in other words.")
    return Screen(text, (*in_columns(buttons, 1), *rows(button(_("Ask a person"), Ask())), *ways_back()))


def not_known(own: InForce | None) -> Screen:
    """Honest: no answer is known. A living person may know it."""
    text = _("I do not know the answer to that. Try other words, choose a topic, or ask a person.")
    if own:
        text += "\n\n" + facts.contacts(own.competition.call_centre)
    contacts_too = None if own else see(_("Contacts"), "contacts")
    return Screen(text, (*rows(button(_("Ask a person"), Ask()), contacts_too), *ways_back()))


def contacts(one: Competition) -> Screen:
    """Where a living person answers."""
    lines = [
        _("<b>Contacts</b>"),
        html.quote(words(one.organiser)),
        facts.contacts(one.call_centre),
        _("Never tell anybody a code from an SMS or the number of your card: we do not ask for them."),
    ]
    return Screen("\n\n".join([*lines, *_demonstration(one)]), ways_back())


def no_contacts() -> Screen:
    text = _("There is no competition now. The phone and hours of its call centre will stand here once there is one.")
    return Screen(text, ways_back())


def dates(one: Competition, now: datetime) -> Screen:
    """Everything about when and where, of one competition."""
    blocks = [
        f"<b>{html.quote(words(one.name))}</b>",
        facts.stage(one, one.stage(now)),
        _("Grants by region:\n{quotas}").format(quotas=facts.region_quotas(one)),
        _("Times are those of Kazakhstan (UTC+5). If a date changes, it changes here too."),
        *_demonstration(one),
    ]
    apply = button(_("To the application"), ToApplication()) if one.open(now) else None
    check = button(_("May I apply?"), ToCheck())
    return Screen("\n\n".join(blocks), (*rows(apply, check), *ways_back()))


def every_date(all_of_them: Sequence[Competition], now: datetime) -> Screen:
    """All competitions, briefly: nothing tells which one concerns the person."""
    blocks = [
        _("{regions}\n{stage}").format(
            regions=f"<b>{facts.lot_regions(one)}</b>", stage=facts.stage(one, one.stage(now))
        )
        for one in all_of_them
    ]
    return Screen("\n\n".join(blocks), (*rows(button(_("May I apply?"), ToCheck())), *ways_back()))


def nothing_open() -> Screen:
    text = _(
        "No competition is open or announced now. We cannot promise another one: this is known only once it is "
        "announced, and then the bot will say so."
    )
    return Screen(text, (*rows(button(_("May I apply?"), ToCheck())), *ways_back()))


def choose_region(path: Sequence[str], regions: Sequence[str]) -> Screen:
    """There are several competitions: which region is the person's?"""
    text = _("This is not the same in every region. Which is yours?")
    buttons = sorted((see(facts.region_name(kato), *path, kato) for kato in regions), key=lambda one: one.label)
    return Screen(text, (*in_pairs(buttons), *ways_back()))


def paged(items: Sequence[T], page: int, most: int, path: tuple[object, ...]) -> tuple[Sequence[T], Rows]:
    """One page of items, and the row that turns pages. IndexError for a page that is not there."""
    if not 0 <= page * most < max(1, len(items)):
        raise IndexError(page)
    turns = []
    if page:
        turns.append(see(_("Back"), *path, page - 1))
    if (page + 1) * most < len(items):
        turns.append(see(_("More"), *path, page + 1))
    return items[page * most : (page + 1) * most], (tuple(turns),) if turns else ()


def _demonstration(one: Competition) -> list[str]:
    return [_("<i>A demonstration: not a real competition.</i>")] if one.demonstration else []


def ways_back(first: Button | None = None) -> Rows:
    return rows(first, (see(_("All topics"), "topics"), menu_button()))
