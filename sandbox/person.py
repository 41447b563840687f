"""The person in front of the bot: everything that people do in a chat, each as the update it makes."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.chats import Button, Message
from sandbox.errors import NotShown
from sandbox.faults import FaultKind
from sandbox.speaking import Speaking, Upload
from sandbox.updates import Update
from sandbox.world import Query

UNANSWERED = 1_000  # from there on, those too old to be answered are forgotten

__all__ = ["Person", "Upload"]


@dataclass(frozen=True)
class Person(Speaking):
    """Somebody in one chat: their private chat with the bot, or a group (`inside`)."""

    def presses(self, message_id: int, button: str | int, stale: bool = False) -> Update | None:
        """Press an inline button, named by its data, its label or its place (0 is the first).

        None for a button that only opens a link or copies. NotShown when the message is gone or shows no
        such button; `stale` presses what an old screen still shows: `button` is the data then.
        """
        if stale:
            return self.calls_back(message_id, str(button))
        found = self.button(self.message(message_id), button)
        return self.calls_back(message_id, found["callback_data"]) if "callback_data" in found else None

    def message(self, message_id: int) -> Message:
        message = self.chat.find(message_id)
        if message is None:
            raise NotShown(f"message {message_id} is not in the chat")
        return message

    def button(self, message: Message, wanted: str | int) -> Button:
        buttons = [button for row in message.keyboard for button in row]
        if isinstance(wanted, int):
            fitting = buttons[wanted : wanted + 1] if wanted >= 0 else []
        else:
            fitting = [b for b in buttons if wanted == b.get("callback_data")]
            fitting += [b for b in buttons if wanted == b["text"]]
        if not fitting:
            raise NotShown(f"no button {wanted!r} under message {message.id}: {message.labels}")
        return fitting[0]

    def calls_back(self, message_id: int, data: str) -> Update:
        query = self.query()
        message = self.chat.find(message_id)
        gone = {"chat": self.chat.shown(), "message_id": message_id, "date": 0}
        content = {
            "id": query.id,
            "from": self.user.shown(),
            "message": message.data if message else gone,
            "chat_instance": str(abs(self.chat.id)),
            "data": data,
        }
        return self.world.happened("callback_query", content, self.chat.id)

    def query(self) -> Query:
        """A press that waits for its answer."""
        world, now = self.world, self.world.now()
        world.last_query += 1
        expired = bool(world.faults.take(FaultKind.EXPIRED_CALLBACK, self.chat.id))
        life = 0.0 if expired else world.callback_seconds
        if len(world.queries) >= UNANSWERED:
            world.queries = {key: query for key, query in world.queries.items() if query.until > now}
        query = Query(str(world.last_query), self.user.id, self.chat.id, now + life)
        world.queries[query.id] = query
        return query

    def presses_keyboard(self, label: str) -> Update:
        """Press a button of the reply keyboard: says its text, or sends the contact or place it asks for."""
        buttons = [button for row in self.chat.keyboard or [] for button in row]
        found = next((button for button in buttons if button["text"] == label), None)
        if found is None:
            raise NotShown(f"no button {label!r} on the keyboard: {self.chat.labels}")
        if self.chat.keyboard_about.get("one_time_keyboard"):
            self.chat.keyboard_about = {**self.chat.keyboard_about, "hidden": True}
            self.world.tell("keyboard", self.chat.id, keyboard=self.chat.keyboard, about=self.chat.keyboard_about)
        if found.get("request_contact"):
            return self.sends_contact()
        return self.sends_location() if found.get("request_location") else self.says(label)

    # Coming and going

    def blocks(self) -> Update:
        """Block the bot, or stop it: it is told, and may not write any more."""
        return self.bot_becomes("kicked")

    def unblocks(self) -> Update:
        return self.bot_becomes("member")

    def deactivates(self) -> None:
        """The account is deleted."""
        self.user.deactivated = True

    def adds_bot(self, administrator: bool = False) -> Update:
        """Bring the bot into the group that this person is `inside`."""
        update = self.bot_becomes("administrator" if administrator else "member")
        self.service({"new_chat_members": [self.world.bot.shown()]})
        return update

    def removes_bot(self) -> Update:
        update = self.bot_becomes("kicked")
        self.world.put(self.chat, self.user, {"left_chat_member": self.world.bot.shown()})
        return update

    def upgrades(self) -> list[Update]:
        """Make the group one is `inside` of a supergroup: the bot is told in both, and that it is a member of the new.

        No update says that it left the old one (tdlib/telegram-bot-api, issue 266).
        """
        old, new = self.chat, self.inside(self.world.upgraded(self.chat))
        status, new.chat.bot_status = new.chat.bot_status, "left"
        joined = new.bot_becomes(status)
        told = new.service({"migrate_from_chat_id": old.id})
        return [joined, told, self.service({"migrate_to_chat_id": new.chat.id})]

    def opens_topic(self, name: str) -> int:
        """Open a topic in the forum; its message_thread_id."""
        number, about = self.chat.last_id + 1, {"name": name, "icon_color": 7322096}
        self.chat.topics[number] = about
        self.inside(self.chat, number).service({"forum_topic_created": about})
        return number
