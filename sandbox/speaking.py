"""What a person says and sends, each as the update it makes. Pressing and coming and going: person.py."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from sandbox.asking import as_member
from sandbox.chats import Chat, Message, User
from sandbox.entities import formatted
from sandbox.sending import CONTENTS, origin
from sandbox.updates import Update
from sandbox.world import World


@dataclass(frozen=True)
class Upload:
    """A file that a person attaches. `size` may be declared larger than the data."""

    name: str
    data: bytes
    kind: str = "document"
    mime: str | None = None
    size: int | None = None


@dataclass(frozen=True)
class Speaking:
    """Somebody in one chat: their private chat with the bot, or a group (`inside`)."""

    world: World
    user: User
    chat: Chat
    thread: int | None = None

    @property
    def id(self) -> int:
        return self.user.id

    def inside(self, chat: Chat | int, thread: int | None = None) -> Self:
        """The same person in a group, in one of its topics if `thread` is given."""
        group = self.world.chats[chat] if isinstance(chat, int) else chat
        return replace(self, chat=group, thread=thread)

    def says(self, text: str, reply_to: int | None = None, forward: bool = False) -> Update:
        """Write a text; `forward`: passed on from somebody else."""
        plain, entities = formatted(text)
        content = {"text": plain, **({"entities": entities} if entities else {})}
        return self.sends(content, reply_to, forward)

    def starts(self, payload: str = "") -> Update:
        """Press Start, or open a deep link with its payload."""
        return self.says(f"/start {payload}".strip())

    def sends_contact(self, phone: str | None = None, own: bool = True, name: str | None = None) -> Update:
        """Share one's own number, or (`own=False`) somebody else's from the address book."""
        contact: dict[str, Any] = {"phone_number": phone or self.user.phone or "77010000000"}
        contact["first_name"] = name or self.user.first_name
        if own:
            contact["user_id"] = self.user.id
        return self.sends({"contact": contact})

    def sends_document(
        self,
        name: str,
        data: bytes = b"%PDF-1.4",
        caption: str = "",
        mime: str | None = None,
        size: int | None = None,
    ) -> Update:
        return self.sends_file(Upload(name, data, "document", mime, size), caption)

    def sends_photo(self, data: bytes, caption: str = "") -> Update:
        return self.sends_file(Upload("photo.jpg", data, "photo"), caption)

    def sends_voice(self, data: bytes = b"OggS", seconds: int = 3) -> Update:
        return self.sends_file(Upload("voice.ogg", data, "voice"))

    def sends_video(self, data: bytes = b"\0\0\0\x18ftypmp42", caption: str = "") -> Update:
        return self.sends_file(Upload("video.mp4", data, "video"), caption)

    def sends_video_note(self, data: bytes = b"\0\0\0\x18ftypmp42") -> Update:
        return self.sends_file(Upload("round.mp4", data, "video_note"))

    def sends_sticker(self, emoji: str = "👍") -> Update:
        stored = self.world.files.add("sticker", "sticker.webp", b"RIFF\0\0\0\0WEBP", emoji=emoji)
        return self.sends({"sticker": stored.shown})

    def sends_location(self, latitude: float = 43.238, longitude: float = 76.889) -> Update:
        return self.sends({"location": {"latitude": latitude, "longitude": longitude}})

    def sends_poll(self, question: str = "?", options: tuple[str, ...] = ("1", "2")) -> Update:
        choices = [
            {"text": option, "voter_count": 0, "persistent_id": str(number)} for number, option in enumerate(options)
        ]
        about = {"id": str(self.world.last_id), "question": question, "options": choices, "type": "regular"}
        flags = ("is_closed", "allows_multiple_answers", "allows_revoting", "members_only")
        return self.sends(
            {"poll": {**about, "total_voter_count": 0, "is_anonymous": True, **dict.fromkeys(flags, False)}}
        )

    def sends_file(self, upload: Upload, caption: str = "") -> Update:
        return self.sends({**self.attached(upload), **captioned(caption)})

    def sends_album(self, uploads: list[Upload], caption: str = "") -> list[Update]:
        """Several files at once: an update for each, one media_group_id; the caption is the first's."""
        self.world.last_album += 1
        album = {"media_group_id": str(13_000_000_000 + self.world.last_album)}
        captions = [caption, *[""] * (len(uploads) - 1)]
        return [
            self.sends({**album, **self.attached(upload), **captioned(words)})
            for upload, words in zip(uploads, captions, strict=True)
        ]

    def attached(self, upload: Upload) -> dict[str, Any]:
        stored = self.world.files.add(upload.kind, upload.name, upload.data, upload.size, mime_type=upload.mime)
        return {upload.kind: stored.shown}

    def sends(self, content: dict[str, Any], reply_to: int | None = None, forward: bool = False) -> Update:
        """Any message of this person, given by its content as the Bot API shows it."""
        self.opens()
        place: dict[str, Any] = {}
        if self.thread:
            place = {"message_thread_id": self.thread, "is_topic_message": True}
        if reply_to and (found := self.chat.find(reply_to)):
            place["reply_to_message"] = found.data
        if forward:
            hidden = {"type": "hidden_user", "sender_user_name": "?", "date": int(self.world.now())}
            place["forward_origin"] = hidden
        message = self.world.put(self.chat, self.user, {**place, **content})
        if not self.heard(message):
            return {"update_id": 0, "message": message.data}
        return self.world.happened("message", message.data, self.chat.id)

    def forwards(self, message_id: int, source: Chat) -> Update:
        """Pass a message of another chat on."""
        message = source.everything[message_id]
        content = {name: message.data[name] for name in CONTENTS if name in message.data}
        return self.sends({"forward_origin": origin(message), **content})

    def heard(self, message: Message) -> bool:
        """Whether the bot is given the message: in groups it hears what is meant for it (privacy mode)."""
        chat, data = self.chat, message.data
        if chat.private:
            return True
        if chat.bot_status not in {"member", "administrator"}:
            return False
        replied = data.get("reply_to_message", {}).get("from", {}).get("id") == self.world.bot.id
        named = message.text.startswith("/") or f"@{self.world.bot.username}" in message.text
        return not self.world.privacy or chat.bot_status == "administrator" or replied or named

    def opens(self) -> None:
        """The first word opens the private chat; writing again takes a block away."""
        if self.chat.private and self.chat.bot_status == "kicked":
            self.bot_becomes("member")
        if self.chat.private and not self.chat.started:
            self.chat.started = True
            self.chat.bot_status = "member"
            self.world.tell("started", self.chat.id)

    def edits(self, message_id: int, text: str) -> Update:
        """Change what one has said; the caption when it is a file."""
        message = self.chat.everything[message_id]
        plain, entities = formatted(text)
        name = "text" if "text" in message.data else "caption"
        marked = {"entities": entities} if name == "text" and entities else {}
        dropped = {"entities", "caption_entities"}
        kept = {key: value for key, value in message.data.items() if key not in dropped}
        message.becomes({**kept, name: plain, **marked, "edit_date": int(self.world.now())})
        self.world.tell("edited", self.chat.id, message=message.data)
        return self.world.happened("edited_message", message.data, self.chat.id)

    def bot_becomes(self, status: str) -> Update:
        old, self.chat.bot_status = self.chat.bot_status, status
        bot = self.world.bot.shown()
        content = {
            "chat": self.chat.shown(),
            "from": self.user.shown(),
            "date": int(self.world.now()),
            "old_chat_member": as_member(bot, old),
            "new_chat_member": as_member(bot, status),
        }
        self.world.tell("status", self.chat.id, status=status)
        return self.world.happened("my_chat_member", content, self.chat.id)

    def service(self, content: dict[str, Any]) -> Update:
        """A message that tells of a change in the group; the bot always hears it."""
        place: dict[str, Any] = {}
        if self.thread:
            place = {"message_thread_id": self.thread, "is_topic_message": True}
        message = self.world.put(self.chat, self.user, {**place, **content})
        return self.world.happened("message", message.data, self.chat.id)


def captioned(caption: str) -> dict[str, Any]:
    plain, entities = formatted(caption)
    if not plain:
        return {}
    return {"caption": plain, **({"caption_entities": entities} if entities else {})}
