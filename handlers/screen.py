"""What a person sees, as a value: made by conversations, shown by `bot/show.py`, compared in tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from aiogram.filters.callback_data import CallbackData

from usecases.work import Work

T = TypeVar("T")
SHORT_LABEL = 20  # what half of a narrow phone's line shows whole, an emoji included


@dataclass(frozen=True)
class Button:
    """A button under a message: with data for us, or with a link."""

    label: str
    data: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


STAYS = "+"  # what the data of a button begins with under a message that its press must leave as it is


def staying(label: str, data: CallbackData) -> Button:
    """The same under a message that stays as it is: whatever the press is answered with comes in a new one."""
    return Button(label, STAYS + data.pack())


def button(label: str, data: CallbackData) -> Button:
    """A button that comes back to us with `data`. ValueError when it packs to more than 64 bytes."""
    return Button(label, data.pack())


def units(text: str) -> int:
    """UTF-16 units, as Telegram counts a text; of a text with tags more than it counts."""
    return len(text.encode("utf-16-le")) // 2


def rows(*lines: Button | tuple[Button, ...] | None) -> Rows:
    """Buttons line by line; None stands for a button that does not apply."""
    return tuple(line if isinstance(line, tuple) else (line,) for line in lines if line)


def in_columns(buttons: list[Button], columns: int) -> Rows:
    """Buttons in lines of `columns` each."""
    return tuple(tuple(buttons[i : i + columns]) for i in range(0, len(buttons), columns))


def in_pairs(buttons: list[Button]) -> Rows:
    """Two in a line where both are short; a long one alone: half a phone's width cuts it."""
    lines: list[tuple[Button, ...]] = []
    for one in buttons:
        short = lines and len(lines[-1]) == 1 and max(units(one.label), units(lines[-1][0].label)) <= SHORT_LABEL
        if short:
            lines[-1] = (*lines[-1], one)
        else:
            lines.append((one,))
    return tuple(lines)


def on_page(
    every: Sequence[T], page: int, size: int, to: Callable[[int], CallbackData]
) -> tuple[Sequence[T], tuple[Button, ...] | None]:
    """What stands on this page (from 0; where there is no such, the nearest), and the buttons to its neighbours."""
    last = max(0, (len(every) - 1) // size)
    page = min(max(page, 0), last)
    return every[page * size : (page + 1) * size], neighbours(page, range(last + 1), to)


def neighbours(page: int, pages: range, to: Callable[[int], CallbackData]) -> tuple[Button, ...] | None:
    """Buttons to the page before and the one after; None where there is neither."""
    near = ((sign, there) for sign, there in (("◀️", page - 1), ("▶️", page + 1)) if there in pages)
    return tuple(button(sign, to(there)) for sign, there in near) or None


@dataclass(frozen=True)
class Attachment:
    """A file made for the person; `content` is called after the commit, off the event loop."""

    name: str
    content: Callable[[], bytes]
    picture: bool = False  # shown in the chat, not as a file
    of_link: Callable[[str], bytes] | None = None  # makes it of the screen's deep link, written out


class Later(Protocol):
    """A screen for which much must be read: a bit at a time, so that nobody else has to wait for it."""

    def step(self, work: Work) -> bool:
        """Read some more, in a transaction of its own; False when that was all."""
        ...

    def screen(self) -> Screen:
        """What it has come to."""
        ...


@dataclass(frozen=True)
class Screen:
    """One message: text in Telegram's HTML, and what stands under it.

    `contact` is the label of a keyboard button that sends the person's own number; `plain` takes such a
    keyboard away (Telegram lets a message carry either that or inline buttons). `file_id` shows a file that
    Telegram already has.
    """

    text: str
    buttons: Rows = ()
    contact: str | None = None
    plain: bool = False
    attachment: Attachment | None = None
    file_id: str | None = None
    photo: bool = False  # file_id is a photo's
    media: str | None = None  # file_id is a voice's, a video's … (Telegram's word); a document's without it
    replaces: int | None = None  # the number of an earlier message of ours that becomes this one, if it still can
    swaps: bool = False  # its file is another than that of the message which it replaces
    only_there: bool = False  # where `replaces` cannot become this screen, nothing is shown
    corrects: int | None = None  # the same, and never sent anew: a fault when it cannot
    album: tuple[tuple[str, str], ...] = ()  # files (Telegram's word, file_id) that go before the text, together
    lost: str = ""  # said when some of the album cannot be shown: "{count}" stands for how many
    removes: tuple[int, ...] = ()  # numbers of earlier messages of ours that are deleted; nothing is shown then
    later: Later | None = None  # takes the place of all this, once it has been made
    deep_link: str = ""  # payload of a link to this very bot, shown under the text


@dataclass(frozen=True)
class Reply:
    """The answer to one update.

    `toast` is the small note over the chat after a press (`alarm`: a window to close); after typed words it
    is put above the first screen's text. `fresh` sends a new message even where the pressed one could change.
    `again` is the current screen for an update that had been handled before: it may stand in the chat already.
    `shown` is told the number of the last message once it stands in the chat, in a transaction of its own.
    """

    screens: tuple[Screen, ...] = ()
    toast: str | None = None
    alarm: bool = False
    fresh: bool = False
    again: bool = False
    shown: Callable[[Work, int], None] | None = field(default=None, compare=False)

    def noting(self, toast: str, *, alarm: bool = False) -> Reply:
        """The same answer with a note."""
        return replace(self, toast=toast, alarm=alarm)


def reply(*screens: Screen, toast: str | None = None, fresh: bool = False) -> Reply:
    return Reply(screens, toast=toast, fresh=fresh)


SILENCE = Reply()  # the answer comes otherwise (an album's parts); nothing else may be silent
