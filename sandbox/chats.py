"""Who and what there is: people, chats, messages, as the Bot API shows them.

A message's `data` is never changed in place, only replaced: what was handed out earlier stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Button = dict[str, Any]
Rows = list[list[Button]]
SUPERGROUP = -1_000_000_000_000


@dataclass
class User:
    """A person, or the bot itself."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    phone: str = ""
    note: str = ""
    deactivated: bool = False

    def shown(self) -> dict[str, Any]:
        """The Bot API's User."""
        about = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        names = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return {**about, **{name: value for name, value in names.items() if value}}

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)


@dataclass
class Message:
    """One message of a chat, with what it was before each edit."""

    data: dict[str, Any]
    versions: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False
    fixed: bool = False  # sent with a reply keyboard: Telegram does not let it be edited
    reaction: str | None = None

    @property
    def id(self) -> int:
        return int(self.data["message_id"])

    @property
    def text(self) -> str:
        """The text, or the caption under a file."""
        return str(self.data.get("text", self.data.get("caption", "")))

    @property
    def entities(self) -> list[dict[str, Any]]:
        return list(self.data.get("entities", self.data.get("caption_entities", [])))

    @property
    def from_bot(self) -> bool:
        return bool(self.data.get("from", {}).get("is_bot"))

    @property
    def edited(self) -> bool:
        return bool(self.versions)

    @property
    def keyboard(self) -> Rows:
        """The inline buttons under the message, row by row."""
        return list(self.data.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def labels(self) -> list[str]:
        """What stands on the inline buttons, in reading order."""
        return [str(button["text"]) for row in self.keyboard for button in row]

    def becomes(self, data: dict[str, Any]) -> None:
        self.versions.append(self.data)
        self.data = data


@dataclass
class Answer:
    """What the bot answered to the press of a button."""

    text: str
    alert: bool
    url: str | None = None
    user_id: int = 0
    query_id: str = ""


@dataclass
class Chat:
    """A private chat, a group, a supergroup or a forum, seen from above."""

    id: int
    type: str = "private"
    title: str | None = None
    user: User | None = None
    is_forum: bool = False
    everything: dict[int, Message] = field(default_factory=dict)
    keyboard: Rows | None = None  # the reply keyboard below the input field
    keyboard_about: dict[str, Any] = field(default_factory=dict)
    topics: dict[int, dict[str, Any]] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    bot_status: str = "left"  # member, administrator, left, kicked; in private: member or kicked (blocked)
    started: bool = False
    migrated_to: int | None = None
    last_id: int = 0

    def shown(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        about: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.user:
            names = ("first_name", "last_name", "username")
            named = {name: getattr(self.user, name) for name in names}
            return {**about, **{name: value for name, value in named.items() if value}}
        return {**about, "title": self.title, **({"is_forum": True} if self.is_forum else {})}

    @property
    def messages(self) -> list[Message]:
        """What a person scrolling through the chat sees, oldest first."""
        return [message for message in self.everything.values() if not message.deleted]

    @property
    def last(self) -> Message:
        """The newest message; IndexError in an empty chat."""
        return self.messages[-1]

    @property
    def alerts(self) -> list[str]:
        """Texts of the answers to button presses, oldest first."""
        return [answer.text for answer in self.answers if answer.text]

    @property
    def labels(self) -> list[str]:
        """What stands on the reply keyboard, in reading order."""
        return [str(button["text"]) for row in self.keyboard or [] for button in row]

    @property
    def private(self) -> bool:
        return self.type == "private"

    @property
    def own_numbers(self) -> bool:
        """A supergroup counts its messages by itself; the other chats share one count per bot."""
        return self.type == "supergroup"

    def find(self, message_id: int | None) -> Message | None:
        message = self.everything.get(message_id or 0)
        return message if message and not message.deleted else None
