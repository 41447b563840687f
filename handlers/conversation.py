"""What a conversation offers to the router: tables, so that a press finds its function without a row of filters.

(aiogram runs each filter that is a plain function in a thread; with thirty of them in a row half the
capacity goes. Here one dictionary is asked.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import Chat, Message

from domain.notification import Kind
from domain.person import Person, Place
from domain.refusal import Reason, Refused
from handlers import language
from handlers.screen import Reply
from usecases import meet_person
from usecases.work import Work


@dataclass
class Turn:
    """One person's update being answered, inside its transaction."""

    work: Work
    person: Person
    redraws: Mapping[Place, Redraw]
    language_code: str | None = None  # as the Telegram client says
    first_name: str = ""
    words: Mapping[Place, Content] = field(default_factory=dict)
    assisting: int = 0  # the form is not this person's own: the assistance (its number) that they fill in

    def go(self, place: Place, focus: str = "") -> None:
        """From now on the person's words belong to this place.

        Who goes on from the first hello without choosing a language goes on in the one it was offered in.
        """
        if self.person.language is None and place is not Place.MENU:
            self.speak(language.language())
        self.person = meet_person.go(self.work, self.person, place, focus)

    def speak(self, chosen: str) -> None:
        """The person chose a language: keep it, and go on in it."""
        self.person = meet_person.speak(self.work, self.person, chosen)
        language.switch(chosen)

    def current(self) -> Reply:
        """The screen of the place where the person is: after a redelivery, an old button, a refusal."""
        return self.redraws[self.person.place](self)

    def at(self, place: Place, focus: str = "") -> Reply:
        """Go to another conversation and show its screen."""
        self.go(place, focus)
        return self.current()

    def says(self, text: str, message_id: int) -> Reply:
        """As if the person had just typed this: words that were kept while it was asked whom they are for.

        `message_id`: the number that the words have in the chat, since what stands above them may matter.
        Refused(OLD_BUTTON) where nobody listens (any more).
        """
        chat = Chat(id=self.person.telegram_id, type="private")
        said = Message(message_id=message_id, date=self.work.now, chat=chat, text=text)
        answer = self.words.get(self.person.place)
        if answer is None:
            raise Refused(Reason.OLD_BUTTON)
        return answer(self, said)


Redraw = Callable[[Turn], Reply]
Press = Callable[[Turn, Any], Reply]  # the second: the button's data, unpacked
Command = Callable[[Turn, str], Reply]  # the second: what stands after the command
Content = Callable[[Turn, Message], Reply]
Ahead = Callable[[Turn, Message], Reply | None]  # None: no matter of this conversation
Notice = Callable[[Turn, Mapping[str, Any]], Reply]  # the second: the notification's facts


@dataclass(frozen=True)
class Room:
    """A group of people in Telegram."""

    chat_id: int
    title: str


GroupCommand = Callable[[Turn, Room, str], Reply]  # the third: what stands after the command


@dataclass(frozen=True)
class GroupPress:
    """A button in a group. What `do` replies is shown in the presser's private chat, its note over the group.

    `undo` is called when the private chat cannot be reached.
    """

    do: Press
    undo: Callable[[Turn, Any], None]


@dataclass(frozen=True)
class Conversation:
    """A conversation at a glance.

    commands: "/word" without its slash. links: what the payload of a deep link ("/start staff_…") begins with, to
    the function given the rest of it. presses: class of button data to function. words: typed text while
    the person is at `place`. content: any other message there (a file, a contact, a voice …); where it is
    None, leftovers decline politely. redraw: the current screen of `place`. notices: the words of notifications.
    group_commands, group_presses: the same in groups, where nothing else is heard or pressed.
    ahead: looks at every message before its place does; changed: at a message that its writer has edited.
    """

    place: Place | None = None
    commands: Mapping[str, Command] = field(default_factory=dict)
    links: Mapping[str, Command] = field(default_factory=dict)
    presses: Mapping[type[CallbackData], Press] = field(default_factory=dict)
    words: Content | None = None
    content: Content | None = None
    redraw: Redraw | None = None
    notices: Mapping[Kind, Notice] = field(default_factory=dict)
    ahead: Ahead | None = None
    changed: Ahead | None = None
    group_commands: Mapping[str, GroupCommand] = field(default_factory=dict)
    group_presses: Mapping[type[CallbackData], GroupPress] = field(default_factory=dict)
