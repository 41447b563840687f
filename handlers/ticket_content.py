"""What a message to the call centre holds, whatever it is made of: words, voice, files, a place, a contact."""

from __future__ import annotations

from aiogram.types import Message

from domain.ticket import Media, Words
from usecases.ticket_words import Sent

LONGEST = 3500  # characters of one message that fit a card with its heading


def sent_of(message: Message) -> Sent | None:
    """The message as it is kept; None for what holds nothing that a person could answer (a poll, a game …)."""
    words = words_of(message)
    name = message.from_user.first_name if message.from_user else ""
    return Sent(message.message_id, words, message.media_group_id, name) if words else None


def words_of(message: Message) -> Words | None:
    """The words, or the file with its caption. Places and contacts become words."""
    if message.text is not None:
        return Words(message.text)
    for media in Media:
        if media is not Media.TEXT and (file := getattr(message, media, None)):
            return Words(message.caption or "", media, file[-1].file_id if media is Media.PHOTO else file.file_id)
    return _in_words(message)


def _in_words(message: Message) -> Words | None:
    if message.contact:
        name = " ".join(filter(None, (message.contact.first_name, message.contact.last_name)))
        return Words(f"{name}: {message.contact.phone_number}")
    if message.venue:
        return Words(f"{message.venue.title}, {message.venue.address}")
    if message.location:
        return Words(f"{message.location.latitude:.5f}, {message.location.longitude:.5f}")
    return None
