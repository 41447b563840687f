"""Which function answers: by command, by button prefix, or by the place where the person is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from domain.message_limits import DATA_LIMIT
from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.conversation import (
    Ahead,
    Command,
    Content,
    Conversation,
    GroupCommand,
    GroupPress,
    Notice,
    Press,
    Redraw,
    Turn,
)
from handlers.screen import STAYS, Reply
from usecases.author_tickets import heard_nothing

T = TypeVar("T")
LARGEST = 1 << 63  # the first number that no column holds; PostgreSQL's texts hold no zero character


class Routes:
    """All conversations' tables in one. Two conversations with the same command, button or place are a mistake."""

    def __init__(self, conversations: Sequence[Conversation], leftovers: Conversation, edited: Redraw) -> None:
        self.commands: dict[str, Command] = {}
        self.links: dict[str, Command] = {}
        self.presses: dict[str, tuple[type[CallbackData], Press]] = {}
        self.group_commands: dict[str, GroupCommand] = {}
        self.group_presses: dict[str, tuple[type[CallbackData], GroupPress]] = {}
        self.words: dict[Place, Content] = {}
        self.content: dict[Place, Content] = {}
        self.redraws: dict[Place, Redraw] = {}
        self.notices: dict[Kind, Notice] = {}
        self.ahead: list[Ahead] = []
        self.changed: list[Ahead] = []
        for conversation in (*conversations, leftovers):
            self._add(conversation)
        assert leftovers.words
        assert leftovers.content
        self._stray_words, self._stray_content = leftovers.words, leftovers.content
        self._unknown_command, self._edited = leftovers.commands["help"], edited

    def _add(self, one: Conversation) -> None:
        _merge(self.commands, one.commands)
        _merge(self.links, one.links)
        _merge(self.presses, {data.__prefix__: (data, press) for data, press in one.presses.items()})
        _merge(self.group_commands, one.group_commands)
        _merge(self.group_presses, {data.__prefix__: (data, press) for data, press in one.group_presses.items()})
        _merge(self.notices, one.notices)
        self.ahead += [one.ahead] if one.ahead else []
        self.changed += [one.changed] if one.changed else []
        if one.place is None:
            return
        for table, function in ((self.words, one.words), (self.content, one.content), (self.redraws, one.redraw)):
            if function:
                _merge(table, {one.place: function})

    def message(self, turn: Turn, message: Message) -> Reply:
        """The answer to a message in a private chat."""
        text = message.text or ""
        if text.startswith("/"):
            word, _, rest = text[1:].partition(" ")
            return self._command(turn, word.partition("@")[0].lower(), rest.strip())
        if (answer := _first(self.ahead, turn, message)) is not None:
            return answer
        if message.text is not None:
            return self.words.get(turn.person.place, self._stray_words)(turn, message)
        return self.content.get(turn.person.place, self._stray_content)(turn, message)

    def _command(self, turn: Turn, word: str, rest: str) -> Reply:
        if word == "start" and rest:
            for beginning, follow in self.links.items():
                if rest.startswith(beginning):
                    return follow(turn, rest.removeprefix(beginning))
        return self.commands.get(word, self._unknown_command)(turn, rest)

    def edited(self, turn: Turn, message: Message) -> Reply:
        """The answer to a message that the person changed after sending it."""
        answer = _first(self.changed, turn, message)
        return self._edited(turn) if answer is None else answer

    def press(self, turn: Turn, pressed: CallbackQuery) -> Reply:
        """The answer to a button. Refused(OLD_BUTTON) for data that nobody knows (any more)."""
        press, unpacked = _unpacked(self.presses, pressed)
        if turn.person.heard_ticket is not None:
            heard_nothing(turn.work, turn.person)
        return press(turn, unpacked)

    def group_press(self, pressed: CallbackQuery) -> tuple[GroupPress, CallbackData]:
        """What a button in a group does, and its data. Refused(OLD_BUTTON) for any other."""
        return _unpacked(self.group_presses, pressed)


def _unpacked(presses: Mapping[str, tuple[type[CallbackData], T]], pressed: CallbackQuery) -> tuple[T, CallbackData]:
    given = (pressed.data or "").removeprefix(STAYS)
    try:
        data, press = presses[given.partition(":")[0]]
        unpacked = data.unpack(given)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(Reason.OLD_BUTTON) from error
    if len(given.encode()) > DATA_LIMIT or not all(map(_storable, vars(unpacked).values())):
        raise Refused(Reason.OLD_BUTTON)
    return press, unpacked


def _first(asked: Sequence[Ahead], turn: Turn, message: Message) -> Reply | None:
    """The first answer that any of them has."""
    return next((answer for one in asked if (answer := one(turn, message)) is not None), None)


def _storable(value: object) -> bool:
    """Whether a database could hold it: what we never made (a forged button's number, say) may be anything."""
    if isinstance(value, int):
        return abs(value) < LARGEST
    return not isinstance(value, str) or "\0" not in value


def _merge(table: dict[Any, Any], more: Any) -> None:
    if twice := table.keys() & more.keys():
        raise ValueError(f"claimed by two conversations: {twice}")
    table.update(more)
