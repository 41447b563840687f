"""What survives a restart: people, chats, waiting updates, files, as JSON beside a folder of file contents.

Written a moment after a change, whole and at once (a new file takes the old one's name).
"""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
from dataclasses import asdict
from typing import Any

from sandbox.chats import Answer, Chat, Message, User
from sandbox.files import Stored
from sandbox.telegram import Telegram
from sandbox.updates import Waiting
from sandbox.world import Query, Webhook

VERSION = 1
CHAT = (
    "type",
    "title",
    "is_forum",
    "keyboard",
    "keyboard_about",
    "members",
    "pinned",
    "actions",
    "bot_status",
    "started",
    "migrated_to",
    "last_id",
    "topics",
)
COUNTERS = ("last_id", "last_query", "last_album")


def dumped(telegram: Telegram) -> dict[str, Any]:
    """Everything but the contents of files."""
    updates = telegram.updates
    return {
        "version": VERSION,
        "bot_id": telegram.bot.id,
        "users": [asdict(user) for user in telegram.users.values()],
        "chats": [dumped_chat(chat) for chat in telegram.chats.values()],
        "files": [dumped_file(stored) for stored in telegram.files.by_path.values()],
        "queries": [asdict(query) for query in telegram.queries.values()],
        "queue": [asdict(waiting) for waiting in updates.all],
        "next_update": updates.next_id,
        "allowed": updates.allowed,
        "webhook": asdict(telegram.webhook),
        "settings": telegram.settings,
        **{name: getattr(telegram, name) for name in COUNTERS},
    }


def dumped_chat(chat: Chat) -> dict[str, Any]:
    return {
        "id": chat.id,
        "user": chat.user.id if chat.user else None,
        **{name: getattr(chat, name) for name in CHAT},
        "answers": [asdict(answer) for answer in chat.answers],
        "messages": [asdict(message) for message in chat.everything.values()],
    }


def dumped_file(stored: Stored) -> dict[str, Any]:
    return {name: value for name, value in stored.__dict__.items() if name != "data"}


def restore(telegram: Telegram, kept: dict[str, Any], contents: pathlib.Path) -> None:
    """Bring a Telegram back to what was kept."""
    telegram.users |= {about["id"]: User(**about) for about in kept["users"]}
    telegram.chats |= {about["id"]: restored_chat(telegram, about) for about in kept["chats"]}
    for about in kept["files"]:
        path = contents / flat(about["path"])
        telegram.files.keep(Stored(**about, data=path.read_bytes() if path.exists() else b""))
    telegram.queries |= {about["id"]: Query(**about) for about in kept["queries"]}
    telegram.updates.queue = [Waiting(**about) for about in kept["queue"]]
    telegram.updates.next_id, telegram.updates.allowed = kept["next_update"], kept["allowed"]
    telegram.webhook, telegram.settings = Webhook(**kept["webhook"]), kept["settings"]
    telegram.bot.id = kept["bot_id"]
    for name in COUNTERS:
        setattr(telegram, name, kept[name])


def restored_chat(telegram: Telegram, about: dict[str, Any]) -> Chat:
    user = telegram.users.get(about["user"]) if about["user"] else None
    chat = Chat(about["id"], user=user, **{name: about[name] for name in CHAT})
    # JSON knows names only, no numbers, before a colon.
    chat.members = {int(number): status for number, status in about["members"].items()}
    chat.topics = {int(number): topic for number, topic in about["topics"].items()}
    chat.answers = [Answer(**answer) for answer in about["answers"]]
    messages = [Message(**message) for message in about["messages"]]
    chat.everything = {message.id: message for message in messages}
    return chat


def flat(path: str) -> str:
    return path.replace("/", "-")


class StateFile:
    """Keeps a Telegram in a file, and brings it back from there."""

    def __init__(self, telegram: Telegram, path: pathlib.Path, pause: float = 0.5) -> None:
        self.telegram = telegram
        self.path = path
        self.contents = path.with_name(path.name + ".files")
        self.pause = pause
        self.timer: asyncio.TimerHandle | None = None
        self.written: set[str] = set()

    def read(self) -> bool:
        """Whether there was something to go on from; a file of another version is left aside."""
        if not self.path.exists():
            return False
        kept = json.loads(self.path.read_text("utf-8"))
        if kept.get("version") != VERSION:
            return False
        restore(self.telegram, kept, self.contents)
        self.written = set(self.telegram.files.by_path)
        return True

    def follow(self) -> None:
        """Write after every change from now on, at most once in `pause` seconds."""
        self.telegram.listeners.append(lambda event: self.soon())
        self.telegram.updates.watchers.append(self.soon)

    def soon(self) -> None:
        if self.timer is None:
            self.timer = asyncio.get_running_loop().call_later(self.pause, self.write)

    def write(self) -> None:
        if self.timer:
            self.timer.cancel()
            self.timer = None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.contents.mkdir(exist_ok=True)
        for path in self.telegram.files.by_path.keys() - self.written:
            (self.contents / flat(path)).write_bytes(self.telegram.files.by_path[path].data)
            self.written.add(path)
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text(json.dumps(dumped(self.telegram), ensure_ascii=False), "utf-8")
        os.replace(fresh, self.path)
