"""The screens of plan and budget: all rows with their sum, one row, one cell."""

from __future__ import annotations

from aiogram import html

from domain.draft_tables import cell_asked, mark, row_asked
from domain.forbidden import concerns_of
from domain.form import Question, budget_total, question
from handlers.answer_words import column_title, row_text
from handlers.application.buttons import AddRow, EditCell, FinishTable, OpenRow, RemoveRow, TurnPage
from handlers.application.texts_concerns import warning
from handlers.application.texts_project import CELLS, PROJECT
from handlers.figures import money, number
from handlers.language import _
from handlers.screen import Rows, button, in_columns, rows
from usecases.drafts import Draft

PAGE = 6  # rows a page: six of the longest still fit into one message
NUMBERS = 6  # buttons with row numbers a line


def rows_of(draft: Draft, one: Question, page: int | None = None) -> tuple[str, Rows]:
    """A page of the rows (the last one unless told), what they come to, and what can be done with them."""
    all_rows = list(draft.answers.get(one.key) or ())
    last = max(0, (len(all_rows) - 1) // PAGE)
    page = last if page is None else max(0, min(page, last))
    shown = list(enumerate(all_rows))[page * PAGE : (page + 1) * PAGE]
    lines = [f"{place + 1}. {html.quote(row_text(one.key, row))}" for place, row in shown]
    text = [f"<b>{PROJECT[one.key].ask()}</b>", "\n".join(lines), *totals(draft, one.key)]
    buttons = [button(f"✏️ {place + 1}", OpenRow(key=one.key, mark=mark(row))) for place, row in shown]
    return "\n\n".join(text), (
        *in_columns(buttons, NUMBERS),
        *_pages(one.key, page, last),
        *rows(
            button(_("Add a line"), AddRow(key=one.key)) if len(all_rows) < one.most else None,
            button(_("That is all, go on"), FinishTable(key=one.key)),
        ),
    )


def totals(draft: Draft, key: str) -> list[str]:
    """For the budget: the sum and what is left, or by how much it is too big. Also what is not paid for."""
    lines = [_sum(draft)] if key == "budget" else []
    if concerns := concerns_of(key, draft.answers):
        lines.append(warning(concerns))
    return lines


def row(draft: Draft) -> tuple[str, Rows]:
    """One row with a button for each of its cells."""
    key, asked = draft.cursor.key, row_asked(draft.filling)
    cells = [
        button(column_title(key, column.key), EditCell(key=key, mark=mark(asked), column=column.key))
        for column in question(key).columns
    ]
    text = _("<b>Line {number}</b>\n{row}\n\nWhat shall we change?").format(
        number=(draft.cursor.row or 0) + 1, row=html.quote(row_text(key, asked))
    )
    return text, (*in_columns(cells, 1), *rows(button(_("Remove this line"), RemoveRow(key=key, mark=mark(asked)))))


def cell(draft: Draft) -> str:
    """The question for one cell; with the table's help before its very first one."""
    key, column = draft.cursor.key, cell_asked(draft.filling)
    assert column
    asking = CELLS[key][column.key]
    lines = [] if draft.answers.get(key) else [f"<b>{PROJECT[key].ask()}</b>\n{PROJECT[key].help()}"]
    known = row_asked(draft.filling)
    if known:
        lines.append(html.quote(row_text(key, known)))
    lines.append(
        _("Line {number}. <b>{question}</b>\n{help}\n\n<i>For example: {example}</i>").format(
            number=number((draft.cursor.row or 0) + 1),
            question=asking.ask(),
            help=asking.help(),
            example=html.quote(asking.example()),
        )
    )
    return "\n\n".join(lines)


def over_maximum(draft: Draft) -> str | None:
    """That the budget is too big, if it is: its rows stay, but the application cannot be sent so."""
    total, maximum = budget_total(draft.answers), draft.competition.competition.maximum
    if total <= maximum:
        return None
    return _(
        "⚠️ The budget comes to {total}: {over} more than a grant may be ({maximum}). "
        "Nothing is lost, but it can be sent only when it fits."
    ).format(total=money(total), over=money(total - maximum), maximum=money(maximum))


def _sum(draft: Draft) -> str:
    total, maximum = budget_total(draft.answers), draft.competition.competition.maximum
    return over_maximum(draft) or _("In all {total}. Left of {maximum}: {left}.").format(
        total=money(total), maximum=money(maximum), left=money(maximum - total)
    )


def _pages(key: str, page: int, last: int) -> Rows:
    turns = [
        button(label, TurnPage(key=key, page=to)) for label, to in (("‹", page - 1), ("›", page + 1)) if 0 <= to <= last
    ]
    return (tuple(turns),) if turns else ()
