"""The screens of the check's questions, made of what stands in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from aiogram import html

from domain.check_form import CheckKind, CheckQuestion
from domain.dates import age_on
from handlers.answer_words import region_name
from handlers.eligibility import texts
from handlers.eligibility.buttons import Answer, Back, Correct, DateRead, GeneralRules, Regions, Show
from handlers.figures import day
from handlers.language import _, ngettext, words
from handlers.screen import Button, Rows, Screen, button, rows
from handlers.shared_buttons import ToQuestions, menu_button
from usecases.checks import Standing
from usecases.order import order

PAGE = 10  # regions on one screen of the whole list
WIDEST = 19  # letters of a label that still fits half a telephone's width


def question(now: Standing, one: CheckQuestion, offered: Sequence[str], *, opening: bool = False) -> Screen:
    """One question; `offered` are the regions (KATO) to begin with. `opening`: with how many questions there are."""
    check = now.check.id
    if one.kind is CheckKind.REGION:
        choices = (*_region_rows(check, offered), (button(_("Another region"), Regions(check=check, page=0)),))
    else:
        choices = tuple((button(texts.option(one.key, o), _answer(check, one.key, o)),) for o in one.options)
    return Screen(_text(now, one, opening), (*choices, *_way_back(now, one)))


def all_regions(now: Standing, one: CheckQuestion, page: int, *, opening: bool = False) -> Screen:
    """Every region of the country, some on a page."""
    check, katos = now.check.id, [region.kato for region in order().regions]
    last = (len(katos) - 1) // PAGE
    page = min(max(page, 0), last)
    turning = (
        *((button("‹", Regions(check=check, page=page - 1)),) if page else ()),
        *((button("›", Regions(check=check, page=page + 1)),) if page < last else ()),
    )
    here = _region_rows(check, katos[page * PAGE : (page + 1) * PAGE])
    return Screen(_text(now, one, opening), (*here, turning, *_way_back(now, one)))


def candidates(now: Standing, one: CheckQuestion, katos: Sequence[str]) -> Screen:
    """What a person wrote fits several regions, or one only nearly."""
    check = now.check.id
    text = "\n\n".join([_heading(now, one), _("Which one did you mean?")])
    others = button(_("Another region"), Regions(check=check, page=0))
    return Screen(text, (*_region_rows(check, katos), (others,), *_way_back(now, one)))


def read_back(now: Standing, one: CheckQuestion, today: date) -> Screen:
    """The birth date in words: a day and month that changed places are seen here."""
    born = date.fromisoformat(now.check.answers["birth_date"])
    years = age_on(born, today)
    text = ngettext("You were born: {day}\nYour age: {age} year", "You were born: {day}\nYour age: {age} years", years)
    check = now.check.id
    return Screen(
        "\n\n".join([_heading(now, one), f"<b>{text.format(day=day(born), age=years)}</b>", _("Is it right?")]),
        rows(
            button(_("Yes, right"), DateRead(check=check, right=True)),
            button(_("No, I will write it again"), DateRead(check=check, right=False)),
        ),
    )


def no_competition_there(now: Standing) -> Screen:
    """There is a competition, but none of this person's region."""
    assert now.competition
    check, competition = now.check.id, now.competition.competition
    text = _(
        "<b>{region}</b>: there is no competition in this region now, and I do not know whether there will be one. "
        "If one is announced here, the menu will show it.\n\n"
        "You can still look how you stand by the rules of another one: {name} ({regions})."
    ).format(
        region=_capital(region_name(now.check.answers["region"])),
        name=html.quote(words(competition.name)),
        regions=", ".join(map(region_name, competition.quotas)),
    )
    return Screen(
        text,
        rows(
            button(_("Check by those rules"), GeneralRules(check=check)),
            button(_("Choose another region"), Correct(check=check, key="region")),
            menu_button(),
        ),
    )


def nothing_now() -> Screen:
    """There is no competition at all: nothing to judge by."""
    text = _(
        "There is no competition now, so there are no rules to check you by: age and other conditions are set anew "
        "for each one. I do not know when the next one will be, and promise nothing. "
        "If one is announced here, the menu will show it."
    )
    return Screen(text, rows(button(_("Questions and rules"), ToQuestions()), menu_button()))


def answers(now: Standing) -> Screen:
    """Everything answered, each to be corrected by its button."""
    check = now.check
    buttons = [
        button(f"{texts.title(one.key)}: {texts.answer(one.key, check.answers[one.key])}", _correct(check.id, one.key))
        for one in now.path
        if one.key in check.answers
    ]
    return Screen(
        _("These are your answers. Press the one to correct, and I will look anew."),
        rows(*buttons, button(_("Back to the result"), Show(check=check.id, view="verdict")), menu_button()),
    )


def _text(now: Standing, one: CheckQuestion, opening: bool) -> str:
    rules = now.competition.competition.rules if now.competition else None
    parts = [_heading(now, one), f"<b>{texts.question(one.key, rules)}</b>"]
    if one.key == "registration":
        parts[-1] = f"{_capital(region_name(now.check.answers['region']))}\n{parts[-1]}"
    if helps := texts.helps(one.key):
        parts.append(f"<i>{helps}</i>")
    if one.key in now.check.answers:
        given = texts.answer(one.key, now.check.answers[one.key])
        parts.append(_("Your answer now: {answer}").format(answer=given))
    if opening and not now.check.answers:
        parts.insert(1, _opening(len(now.path)))
    return "\n\n".join(parts)


def _opening(count: int) -> str:
    return ngettext(
        "{count} short question, about a minute. Neither your name nor a consent is needed here.",
        "{count} short questions, about a minute. Neither your name nor a consent is needed here.",
        count,
    ).format(count=count)


def _heading(now: Standing, one: CheckQuestion) -> str:
    place = [each.key for each in now.path].index(one.key) + 1
    return _("May I apply? {place}/{all}").format(place=place, all=len(now.path))


def _way_back(now: Standing, one: CheckQuestion) -> Rows:
    check = now.check
    if not check.answers:
        return ((menu_button(),),)
    return ((button(_("Back"), Back(check=check.id, key=one.key)), menu_button()),)


def _region_rows(check: int, katos: Iterable[str]) -> Rows:
    """Two in a line where both are short enough to be read."""
    lines: list[tuple[Button, ...]] = []
    for kato in katos:
        name = _capital(region_name(kato))
        one = button(name, _answer(check, "region", kato))
        if lines and len(lines[-1]) == 1 and max(len(name), len(lines[-1][0].label)) <= WIDEST:
            lines[-1] = (*lines[-1], one)
        else:
            lines.append((one,))
    return tuple(lines)


def _answer(check: int, key: str, value: str) -> Answer:
    return Answer(check=check, key=key, value=value)


def _correct(check: int, key: str) -> Correct:
    return Correct(check=check, key=key)


def _capital(name: str) -> str:
    """A name that begins a line."""
    return name[:1].upper() + name[1:]
