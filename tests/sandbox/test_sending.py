"""The bot writes: what is shown, and what Telegram refuses, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import ApiError, Telegram
from sandbox.person import Person

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (1600).to_bytes(4, "big") + (1200).to_bytes(4, "big") + b"\x08\2\0\0\0"


def refusal(telegram: Telegram, method: str, **params: Any) -> str:
    with pytest.raises(ApiError) as caught:
        telegram.call(method, params)
    return str(caught.value)


def test_a_text_is_shown_with_its_entities_counted_in_utf16(telegram: Telegram, aigerim: Person) -> None:
    sent = telegram.call("sendMessage", {"chat_id": 1001, "text": "😀 <b>Сәлем</b> ", "parse_mode": "HTML"})
    assert sent == {
        "message_id": 2,
        "from": {
            "id": 4242,
            "is_bot": True,
            "first_name": "ZHAS PROJECT",
            "username": "zhas_project_bot",
        },
        "chat": {"id": 1001, "type": "private", "first_name": "Айгерім"},
        "date": 1_700_000_000,
        "text": "😀 Сәлем",
        "entities": [{"type": "bold", "offset": 3, "length": 5}],
    }
    assert aigerim.chat.last.text == "😀 Сәлем"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ә<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("2 <b", "Unclosed start tag at byte offset 2"),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
    ],
)
def test_broken_html_is_refused(telegram: Telegram, aigerim: Person, text: str, reason: str) -> None:
    told = refusal(telegram, "sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    assert told == f"400 Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"chat_id": 1001, "text": " \n"}, "400 Bad Request: message text is empty"),
        ({"chat_id": 1001}, "400 Bad Request: message text is empty"),
        ({"text": "x"}, "400 Bad Request: chat_id is empty"),
        ({"chat_id": 1001, "text": "ә" * 4097}, "400 Bad Request: message is too long"),
        ({"chat_id": 5, "text": "x"}, "400 Bad Request: chat not found"),
        (
            {"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 99}},
            "400 Bad Request: message to be replied not found",
        ),
        (
            {"chat_id": 1001, "text": "x", "message_thread_id": 7},
            "400 Bad Request: message thread not found",
        ),
        (
            {"chat_id": 1001, "text": "x", "reply_markup": "[]"},
            "400 Bad Request: object expected as reply markup",
        ),
    ],
)
def test_a_wrong_message_is_refused(telegram: Telegram, aigerim: Person, params: dict[str, Any], told: str) -> None:
    assert refusal(telegram, "sendMessage", **params) == told


def test_the_length_is_counted_without_tags_and_in_utf16(telegram: Telegram, aigerim: Person) -> None:
    exact = f"<b>{'ә' * 4096}</b>"
    sent = telegram.call("sendMessage", {"chat_id": 1001, "text": exact, "parse_mode": "HTML"})
    assert len(sent["text"]) == 4096
    assert refusal(telegram, "sendMessage", chat_id=1001, text="😀" * 2049) == ("400 Bad Request: message is too long")


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ({"text": "x", "callback_data": "ә" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "url": "localhost"},
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        ({"text": " ", "callback_data": "x"}, "keyboard button text must be non-empty"),
    ],
)
def test_a_wrong_button_is_refused(telegram: Telegram, aigerim: Person, button: dict[str, Any], told: str) -> None:
    keyboard = {"inline_keyboard": [[button]]}
    given = refusal(telegram, "sendMessage", chat_id=1001, text="x", reply_markup=keyboard)
    assert given == f"400 Bad Request: {told}"


def test_a_hundred_buttons_and_no_more(telegram: Telegram, aigerim: Person) -> None:
    rows = [[{"text": str(n), "callback_data": str(n)}] for n in range(101)]
    params = {"chat_id": 1001, "text": "x"}
    markup = {"inline_keyboard": rows[:100]}
    assert telegram.call("sendMessage", {**params, "reply_markup": markup})["reply_markup"] == markup
    told = refusal(telegram, "sendMessage", **params, reply_markup={"inline_keyboard": rows})
    assert told == "400 Bad Request: reply markup is too long"


def test_nobody_is_written_to_before_start_or_after_a_block(telegram: Telegram, aigerim: Person) -> None:
    telegram.person(2002, first_name="Данила")
    assert refusal(telegram, "sendMessage", chat_id=2002, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    update = aigerim.blocks()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert refusal(telegram, "sendMessage", chat_id=1001, text="x") == ("403 Forbidden: bot was blocked by the user")
    aigerim.says("мен қайттым")
    assert [*telegram.updates.queue[-2].update][1] == "my_chat_member"
    assert telegram.call("sendMessage", {"chat_id": 1001, "text": "x"})["text"] == "x"
    aigerim.deactivates()
    assert refusal(telegram, "sendMessage", chat_id=1001, text="x") == "403 Forbidden: user is deactivated"


def test_a_photo_has_its_own_size_and_may_be_sent_again_by_id(telegram: Telegram, aigerim: Person) -> None:
    photo = telegram.call("sendPhoto", {"chat_id": 1001}, {"photo": ("a.png", PNG)})["photo"]
    assert [(size["width"], size["height"]) for size in photo] == [
        (90, 68),
        (320, 240),
        (800, 600),
        (1600, 1200),
    ]
    again = telegram.call("sendPhoto", {"chat_id": 1001, "photo": photo[0]["file_id"], "caption": "x"})
    assert again["photo"] == photo
    assert refusal(telegram, "sendDocument", chat_id=1001, document=photo[-1]["file_id"]) == (
        "400 Bad Request: can't use file of type Photo as Document"
    )


def test_wrong_files_are_refused(telegram: Telegram, aigerim: Person) -> None:
    def sent(method: str, files: dict[str, tuple[str, bytes]], **params: Any) -> str:
        with pytest.raises(ApiError) as caught:
            telegram.call(method, {"chat_id": 1001, **params}, files)
        return str(caught.value)

    assert sent("sendDocument", {"document": ("a", b"")}) == "400 Bad Request: file must be non-empty"
    assert sent("sendPhoto", {"photo": ("a", b"text")}) == "400 Bad Request: IMAGE_PROCESS_FAILED"
    assert sent("sendPhoto", {}) == "400 Bad Request: there is no photo in the request"
    assert sent("sendDocument", {"document": ("a", b"x")}, caption="x" * 1025) == (
        "400 Bad Request: message caption is too long"
    )
    assert sent("sendDocument", {"document": ("a", b"x" * 52_428_801)}) == "413 Request Entity Too Large"


def test_an_album_is_several_messages_of_one_group(telegram: Telegram, aigerim: Person) -> None:
    media = [{"type": "document", "media": f"attach://{name}", "caption": name} for name in ("a", "b")]
    files = {"a": ("a.pdf", b"a"), "b": ("b.pdf", b"b")}
    sent = telegram.call("sendMediaGroup", {"chat_id": 1001, "media": media}, files)
    assert [(m["document"]["file_name"], m["caption"]) for m in sent] == [("a.pdf", "a"), ("b.pdf", "b")]
    assert len({message["media_group_id"] for message in sent}) == 1
    mixed = [*media, {"type": "photo", "media": "x"}]
    assert refusal(telegram, "sendMediaGroup", chat_id=1001, media=mixed) == (
        "400 Bad Request: document can't be mixed with other media types"
    )


def test_a_copy_has_no_author_and_a_forward_has(telegram: Telegram, aigerim: Person) -> None:
    said = aigerim.says("менің сөзім")["message"]
    source = {"chat_id": 1001, "from_chat_id": 1001, "message_id": said["message_id"]}
    copy = aigerim.chat.find(telegram.call("copyMessage", source)["message_id"])
    assert copy is not None
    assert (copy.text, "forward_origin" in copy.data) == ("менің сөзім", False)
    forwarded = telegram.call("forwardMessage", source)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Айгерім"
    assert refusal(telegram, "copyMessage", **{**source, "message_id": 77}) == (
        "400 Bad Request: message to copy not found"
    )


def test_a_method_that_telegram_has_not(telegram: Telegram) -> None:
    assert refusal(telegram, "sendLove") == "404 Not Found: method not found"
