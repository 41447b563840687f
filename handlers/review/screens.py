"""The screens of looking through a draft and sending it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.documents import Document, DocumentState, in_slot
from domain.refusal import Reason, Refused
from handlers.answer_pages import Block, Page, block_text, edits, pages_of
from handlers.answer_words import answer_text, section_title, title
from handlers.figures import until
from handlers.language import _, ngettext, words
from handlers.refusals import refusal_words
from handlers.review.notes import about_files, by_telephone
from handlers.screen import Button, Rows, Screen, button, in_pairs, neighbours, rows, units
from handlers.shared_buttons import ToApplication, ToDocuments, menu_button
from usecases.review_draft import Review

MOST_MISSING = 8  # lines and buttons; whoever lacks more goes on with the questions
ROOM_FOR_FILES = 3000  # UTF-16 units
# Hindrances that no answer can mend.
ELSEWHERE = frozenset({Reason.NOT_OPEN, Reason.INTAKE_CLOSED, Reason.NO_CONSENT})


class ShowPage(CallbackData, prefix="rvp"):
    """A page of the review, from 1."""

    draft: int
    page: int


class Overview(CallbackData, prefix="rvo"):
    """The review's first screen."""

    draft: int


class AskSend(CallbackData, prefix="rvs"):
    """The last question before sending."""

    draft: int


class Send(CallbackData, prefix="send"):
    """Send the application."""

    draft: int


def overview(view: Review) -> Screen:
    """What stands in the way first, then the parts to look through, then the way on."""
    one = view.draft.competition.competition
    parts = [
        _("<b>Look through your application before sending it</b>\n{competition}").format(
            competition=html.quote(words(one.name))
        ),
        _("Applications close: {closes}.").format(closes=until(one.dates.intake_closes)),
        *_problems(view),
        *by_telephone(view.draft),
    ]
    if view.hindrance is None:
        parts.append(_("Everything is filled in. Look through it page by page, or send it."))
    return Screen("\n\n".join(parts), rows(*_mend(view), *_sections(view), *_onward(view)))


def page(view: Review, number: int) -> Screen:
    """One page, from 1; a number beyond the last is the last."""
    every = pages(view)
    number = min(max(number, 1), len(every) + 1)
    if number > len(every):
        return _documents_page(view, number)
    shown = every[number - 1]
    head = _("<b>{section}</b> · page {page} of {pages}").format(
        section=section_title(shown.section), page=number, pages=len(every) + 1
    )
    text = "\n\n".join([head, *map(block_text, shown.blocks)])
    return Screen(text, (*edits(block.key for block in shown.blocks), *_leafing(view, number)))


def page_of(view: Review, key: str) -> int:
    """The page where an answer stands; 0 when it stands nowhere."""
    every = enumerate(pages(view), 1)
    return next((number for number, one in every if any(block.key == key for block in one.blocks)), 0)


def ask_send(view: Review) -> Screen:
    """The declarations, and the button that sends."""
    one = view.draft.competition.competition
    text = _(
        "<b>Send the application?</b>\n\nBy sending it you confirm:\n"
        "• everything in it is true;\n• the same project has had no money from another source within a year.\n\n"
        "After sending, answers can no longer be changed. Until {closes} you can take the application back."
    ).format(closes=until(one.dates.intake_closes))
    if view.draft.answers.get("funded_elsewhere") == "yes":
        text = _(
            "<b>Send the application?</b>\n\nYou answered that this project has had money from another source. "
            "Under the rules such a project is not supported, and the organiser will ask you about it.\n\n"
            "By sending it you confirm that everything in it is true. After sending, answers can no longer be "
            "changed. Until {closes} you can take the application back."
        ).format(closes=until(one.dates.intake_closes))
    key = view.draft.id
    return Screen(
        text,
        rows(
            button(_("Yes, send the application"), Send(draft=key)),
            button(_("Look through it again"), Overview(draft=key)),
        ),
    )


def press_to_change() -> str:
    return _("To change an answer, press the button with its name.")


def pages(view: Review) -> list[Page]:
    """Every page but the documents', which is the last."""
    return pages_of(view.questions, lambda key: _answer(view, key))


def _answer(view: Review, key: str) -> Block:
    if key in view.missing:
        return Block(key, title(key), _("❗️ still missing"))
    mark = " ☎️" if key in view.draft.filled_by else ""
    return Block(key, title(key) + mark, answer_text(key, view.draft.answers.get(key)))


def _leafing(view: Review, number: int) -> Rows:
    last, key = len(pages(view)) + 1, view.draft.id
    turns = neighbours(number, range(1, last + 1), lambda there: ShowPage(draft=key, page=there))
    return rows(turns, button(_("To the overview and sending"), Overview(draft=key)))


def _problems(view: Review) -> list[str]:
    problems = []
    if view.hindrance and view.hindrance.reason in ELSEWHERE:
        problems.append(f"❗️ {refusal_words(view.hindrance)}")
    names = [title(key) for key in view.missing] + [words(slot.title) for slot in view.missing_slots]
    if names:
        lines = [_("❗️ Still missing:"), *(f"• {html.quote(name)}" for name in names[:MOST_MISSING])]
        if (more := len(names) - MOST_MISSING) > 0:
            lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        problems.append("\n".join(lines))
    if view.over_maximum:
        maximum = view.draft.competition.competition.maximum
        problems.append(f"❗️ {refusal_words(Refused(Reason.OVER_MAXIMUM, total=view.total, maximum=maximum))}")
    return problems + about_files(view.documents)


def _mend(view: Review) -> list[Button | tuple[Button, ...]]:
    """Buttons that lead to what is missing."""
    keys = list(view.missing[:MOST_MISSING])
    if view.over_maximum and "budget" not in keys:
        keys.append("budget")
    lines: list[Button | tuple[Button, ...]] = list(edits(keys))
    if len(view.missing) > MOST_MISSING:
        lines = [button(_("Go on with the questions"), ToApplication())]
    if view.missing_slots or any(not document.slot for document in view.documents):
        lines.append(button(_("Send documents"), ToDocuments()))
    return lines


def _sections(view: Review) -> Rows:
    """A button for each part's first page."""
    first: dict[str, int] = {}
    for number, one in enumerate(pages(view), 1):
        first.setdefault(one.section, number)
    key = view.draft.id
    parts = [button(section_title(section), ShowPage(draft=key, page=n)) for section, n in first.items()]
    return in_pairs([*parts, button(_("Documents"), ShowPage(draft=key, page=len(pages(view)) + 1))])


def _onward(view: Review) -> Rows:
    """Without a consent the same button leads to it."""
    may = view.hindrance is None or view.hindrance.reason is Reason.NO_CONSENT
    return rows(button(_("Send the application"), AskSend(draft=view.draft.id)) if may else None, menu_button())


def _documents_page(view: Review, number: int) -> Screen:
    parts = [_("<b>Documents</b> · page {page} of {pages}").format(page=number, pages=number)]
    parts += [_slot(words(slot.title), in_slot(slot, view.documents), slot.required) for slot in view.slots]
    text = parts[0]
    for part in parts[1:]:
        if units(text) + units(part) > ROOM_FOR_FILES:
            text += "\n\n…"
            break
        text += "\n\n" + part
    change = rows(button(_("Change documents"), ToDocuments()))
    return Screen(text, (*change, *_leafing(view, number)))


def _slot(name: str, files: Sequence[Document], required: bool) -> str:
    lines = [f"<b>{html.quote(name)}</b>"]
    lines += [f"• {_file(file)}" for file in files]
    if not files:
        lines.append(_("❗️ still missing") if required else _("not given"))
    return "\n".join(lines)


def _file(file: Document) -> str:
    name = html.quote(file.file_name)
    match file.state:
        case DocumentState.FETCHING:
            return _("{file} – still arriving").format(file=name)
        case DocumentState.REFUSED:
            return _("{file} – could not be taken").format(file=name)
        case _other:
            return name
