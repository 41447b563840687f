"""Everything that this Telegram remembers, and the few moves that all methods share."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.chats import SUPERGROUP, Chat, Message, User
from sandbox.errors import ApiError, bad, forbidden
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.limits import Latency, Limits
from sandbox.updates import Update, Updates

Clock = Callable[[], float | datetime]
Event = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of the bot: what was asked and what came of it."""

    method: str
    params: dict[str, Any]
    result: Any
    error: Exception | None
    at: float


@dataclass
class Query:
    """A pressed button that waits for its answer."""

    id: str
    user_id: int
    chat_id: int
    until: float


@dataclass
class Webhook:
    """Where updates are delivered; an empty url: they are polled."""

    url: str = ""
    secret: str = ""
    certificate: bool = False
    connections: int = 40
    ip_address: str = ""
    error_at: int | None = None
    error: str = ""


@dataclass(repr=False, eq=False)
class World:
    """The state. `clock` gives the time in seconds since 1970 or as an aware datetime."""

    clock: Clock = time.time
    token: str | None = None
    bot: User = field(default_factory=lambda: User(4242, "ZHAS PROJECT", username="zhas_project_bot", is_bot=True))
    limits: Limits = field(default_factory=Limits)
    latency: Latency = field(default_factory=Latency)  # over HTTP
    faults: Faults = field(default_factory=Faults)
    files: Files = field(default_factory=Files)
    callback_seconds: float = 60.0
    privacy: bool = True  # in groups the bot hears commands, replies and mentions only
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    settings: dict[str, Any] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=10_000))
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    last_id: int = 0
    last_query: int = 0
    last_album: int = 0
    updates: Updates = field(init=False)

    def __post_init__(self) -> None:
        self.updates = Updates(faults=self.faults)
        if self.token:
            self.bot.id = int(self.token.split(":", 1)[0])

    def now(self) -> float:
        """Seconds since 1970 by the given clock."""
        given = self.clock()
        return given.timestamp() if isinstance(given, datetime) else float(given)

    def tell(self, kind: str, chat_id: int | None = None, **facts: Any) -> None:
        """Tell those who watch (the chat page, the state file) that something changed."""
        event: Event = {"type": kind, "chat_id": chat_id, **facts}
        for listener in list(self.listeners):
            listener(event)

    def chat(self, chat_id: int) -> Chat:
        """A chat by its id (a person's id for the private chat); KeyError when there is none."""
        return self.chats[chat_id]

    def writable(self, chat_id: Any) -> Chat:
        """The chat that a bot may write to, or Telegram's refusal."""
        chat = self.readable(chat_id)
        if chat.user and chat.user.deactivated:
            raise forbidden("user is deactivated")
        if chat.private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.migrated_to:
            told = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, told, migrate_to_chat_id=chat.migrated_to)
        if chat.bot_status == "kicked":
            who = "blocked by the user" if chat.private else f"kicked from the {chat.type} chat"
            raise forbidden(f"bot was {who}")
        if chat.bot_status == "left" and not chat.private:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def readable(self, chat_id: Any) -> Chat:
        # By number only: people are not found by @username on Telegram either.
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad("chat not found")
        return chat

    def message(self, chat: Chat, message_id: Any, what: str) -> Message:
        """The chat's message, or "message to … not found"."""
        message = chat.find(int(message_id or 0))
        if message is None:
            raise bad(f"{what} not found")
        return message

    def number(self, chat: Chat) -> int:
        """The next message id in that chat."""
        holder: World | Chat = chat if chat.own_numbers else self
        holder.last_id += 1
        return holder.last_id

    def put(self, chat: Chat, sender: User, content: dict[str, Any], **facts: Any) -> Message:
        """Write a message into the chat and tell the watchers."""
        data = {
            "message_id": self.number(chat),
            "from": sender.shown(),
            "chat": chat.shown(),
            "date": int(self.now()),
            **content,
        }
        message = Message(data, **facts)
        chat.everything[message.id] = message
        self.tell("message", chat.id, message=data)
        return message

    def happened(self, kind: str, content: dict[str, Any], chat_id: int | None) -> Update:
        return self.updates.push(kind, content, self.now(), chat_id)

    def group_id(self, supergroup: bool) -> int:
        """A fresh chat id of the right kind."""
        taken = sum(not chat.private for chat in self.chats.values()) + 1
        return SUPERGROUP - 500_000 - taken if supergroup else -500_000 - taken

    def group(
        self,
        title: str,
        owner: User | None = None,
        members: tuple[User, ...] = (),
        supergroup: bool = True,
        forum: bool = False,
        chat_id: int | None = None,
    ) -> Chat:
        """A new group without the bot: `person(...).inside(group).adds_bot()` brings it in."""
        big = supergroup or forum
        chat_id = chat_id or self.group_id(big)
        chat = Chat(chat_id, "supergroup" if big else "group", title, is_forum=forum)
        first = {owner.id: "creator"} if owner else {}
        chat.members = first | {user.id: "member" for user in members if user is not owner}
        self.chats[chat_id] = chat
        self.tell("people")
        return chat

    def upgraded(self, group: Chat) -> Chat:
        """A plain group becomes a supergroup: calls to the old id are told the new one."""
        fresh = self.group(group.title or "", supergroup=True)
        fresh.members, fresh.bot_status = dict(group.members), group.bot_status
        group.migrated_to = fresh.id
        return fresh
