"""The bot changes what it sent, and answers pressed buttons once and in time."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import ApiError, Fault, FaultKind, NotShown, Telegram
from sandbox.person import Person
from tests.sandbox.conftest import Clock

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
BUTTONS = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}, {"text": "Жоқ", "callback_data": "no"}]]}


def refusal(telegram: Telegram, method: str, **params: Any) -> str:
    with pytest.raises(ApiError) as caught:
        telegram.call(method, params)
    return str(caught.value)


@pytest.fixture
def asked(telegram: Telegram, aigerim: Person) -> int:
    params = {"chat_id": 1001, "text": "Дайынсыз ба?", "reply_markup": BUTTONS}
    return int(telegram.call("sendMessage", params)["message_id"])


def test_an_edit_replaces_text_and_takes_the_keyboard_away(telegram: Telegram, aigerim: Person, asked: int) -> None:
    edited = telegram.call("editMessageText", {"chat_id": 1001, "message_id": asked, "text": "Жарайды"})
    message = aigerim.chat.last
    assert (message.text, message.labels, message.edited) == ("Жарайды", [], True)
    assert edited["edit_date"] == 1_700_000_000
    assert message.versions[0]["text"] == "Дайынсыз ба?"


def test_an_edit_that_changes_nothing_is_refused(telegram: Telegram, asked: int) -> None:
    place = {"chat_id": 1001, "message_id": asked}
    assert refusal(telegram, "editMessageText", **place, text="Дайынсыз ба? ", reply_markup=BUTTONS) == NOT_MODIFIED
    assert refusal(telegram, "editMessageReplyMarkup", **place, reply_markup=BUTTONS) == NOT_MODIFIED
    telegram.call("editMessageReplyMarkup", place)
    assert refusal(telegram, "editMessageReplyMarkup", **place) == NOT_MODIFIED


def test_what_cannot_be_edited(telegram: Telegram, aigerim: Person, asked: int) -> None:
    said = aigerim.says("сәлем")["message"]["message_id"]
    keyboard = {"keyboard": [[{"text": "Мәзір"}]]}
    fixed = telegram.call("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": keyboard})["message_id"]
    document = telegram.call("sendDocument", {"chat_id": 1001}, {"document": ("a.pdf", b"x")})["message_id"]

    def told(message_id: int, method: str = "editMessageText", **params: Any) -> str:
        given = {"chat_id": 1001, "message_id": message_id, **params}
        return refusal(telegram, method, **given)

    assert told(999, text="y") == "400 Bad Request: message to edit not found"
    assert told(said, text="y") == "400 Bad Request: message can't be edited"
    assert told(fixed, text="y") == "400 Bad Request: message can't be edited"
    assert told(document, text="y") == "400 Bad Request: there is no text in the message to edit"
    assert told(asked, "editMessageCaption", caption="y") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    assert told(asked, text="y" * 4097) == "400 Bad Request: MESSAGE_TOO_LONG"
    assert told(asked, text="y", reply_markup=keyboard) == "400 Bad Request: inline keyboard expected"


def test_a_caption_and_a_file_are_replaced(telegram: Telegram, aigerim: Person) -> None:
    sent = telegram.call("sendDocument", {"chat_id": 1001, "caption": "бір"}, {"document": ("a.pdf", b"x")})
    place = {"chat_id": 1001, "message_id": sent["message_id"]}
    telegram.call("editMessageCaption", {**place, "caption": "екі"})
    assert aigerim.chat.last.text == "екі"
    media = {"type": "document", "media": "attach://new", "caption": "үш"}
    telegram.call("editMessageMedia", {**place, "media": media}, {"new": ("b.pdf", b"y")})
    assert aigerim.chat.last.data["document"]["file_name"] == "b.pdf"
    assert [version["caption"] for version in aigerim.chat.last.versions] == ["бір", "екі"]


def test_deleting(telegram: Telegram, aigerim: Person, asked: int, clock: Clock) -> None:
    place = {"chat_id": 1001, "message_id": asked}
    assert telegram.call("deleteMessage", place) is True
    assert [message.text for message in aigerim.chat.messages] == ["/start"]
    assert refusal(telegram, "deleteMessage", **place) == "400 Bad Request: message to delete not found"
    clock.time += 48 * 3600 + 1
    assert refusal(telegram, "deleteMessage", chat_id=1001, message_id=1) == (
        "400 Bad Request: message can't be deleted for everyone"
    )
    assert telegram.call("deleteMessages", {"chat_id": 1001, "message_ids": [1, 2, 3]}) is True


def test_a_press_is_answered_once(telegram: Telegram, aigerim: Person, asked: int) -> None:
    update = aigerim.presses(asked, "Жоқ")
    assert update is not None
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("no", asked)
    answer = {"callback_query_id": query["id"], "text": "Түсіндім", "show_alert": True}
    assert telegram.call("answerCallbackQuery", answer) is True
    assert aigerim.chat.alerts == ["Түсіндім"]
    assert refusal(telegram, "answerCallbackQuery", **answer) == TOO_OLD


def test_a_press_is_answered_in_time(telegram: Telegram, aigerim: Person, asked: int, clock: Clock) -> None:
    late = aigerim.presses(asked, 0)
    clock.time += telegram.callback_seconds
    telegram.faults.add(Fault(FaultKind.EXPIRED_CALLBACK))
    expired = aigerim.presses(asked, "yes")
    for update in (late, expired):
        assert update is not None
        told = refusal(telegram, "answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
        assert told == TOO_OLD


def test_only_what_is_shown_can_be_pressed(telegram: Telegram, aigerim: Person, asked: int) -> None:
    with pytest.raises(NotShown, match="no button 'Мүмкін' under message 2"):
        aigerim.presses(asked, "Мүмкін")
    telegram.call("deleteMessage", {"chat_id": 1001, "message_id": asked})
    with pytest.raises(NotShown):
        aigerim.presses(asked, "Иә")
    stale = aigerim.presses(asked, "yes", stale=True)
    assert stale is not None
    assert stale["callback_query"]["message"]["date"] == 0


def test_pins_and_reactions(telegram: Telegram, aigerim: Person, asked: int) -> None:
    place = {"chat_id": 1001, "message_id": asked}
    assert telegram.call("pinChatMessage", place) is True
    assert telegram.call("getChat", {"chat_id": 1001})["pinned_message"]["message_id"] == asked
    assert telegram.call("unpinChatMessage", place) is True
    assert refusal(telegram, "unpinChatMessage", **place) == "400 Bad Request: message to unpin not found"
    telegram.call("setMessageReaction", {**place, "reaction": [{"type": "emoji", "emoji": "👍"}]})
    assert aigerim.chat.everything[asked].reaction == "👍"
    wrong = [{"type": "emoji", "emoji": "🐙"}]
    assert refusal(telegram, "setMessageReaction", **place, reaction=wrong) == "400 Bad Request: REACTION_INVALID"
