"""What people do, in their own chat and in groups; every update parses into aiogram's type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.types import Update

from sandbox import ApiError, NotShown, Telegram, Upload
from sandbox.chats import Chat
from sandbox.person import Person

KEYBOARD = {
    "keyboard": [[{"text": "Нөмірімді жіберу", "request_contact": True}], ["Мәзір"]],
    "one_time_keyboard": True,
}


def test_a_deep_link_brings_its_payload(aigerim: Person) -> None:
    message = Update.model_validate(aigerim.starts("lot7")).message
    assert message is not None
    assert message.text == "/start lot7"
    assert message.entities is not None
    assert message.entities[0].type == "bot_command"


def test_the_reply_keyboard_says_its_label_or_sends_the_contact(telegram: Telegram, aigerim: Person) -> None:
    telegram.call("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": KEYBOARD})
    assert aigerim.chat.labels == ["Нөмірімді жіберу", "Мәзір"]
    contact = aigerim.presses_keyboard("Нөмірімді жіберу")["message"]["contact"]
    assert contact == {"phone_number": "77010000001", "first_name": "Айгерім", "user_id": 1001}
    assert aigerim.presses_keyboard("Мәзір")["message"]["text"] == "Мәзір"
    telegram.call("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": {"remove_keyboard": True}})
    with pytest.raises(NotShown):
        aigerim.presses_keyboard("Мәзір")


def test_a_friends_contact_has_no_own_id(aigerim: Person) -> None:
    contact = aigerim.sends_contact("77020000002", own=False, name="Дос")["message"]["contact"]
    assert contact == {"phone_number": "77020000002", "first_name": "Дос"}


def test_links_open_without_the_bot(telegram: Telegram, aigerim: Person) -> None:
    rows = [[{"text": "Сайт", "url": "https://zhas.example.kz"}, {"text": "Көшіру", "copy_text": {"text": "7"}}]]
    sent = telegram.call("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": rows}})
    assert aigerim.presses(sent["message_id"], "Сайт") is None
    assert aigerim.presses(sent["message_id"], "Көшіру") is None


@pytest.mark.parametrize(
    "act",
    [
        lambda person: person.says("сәлем", reply_to=1),
        lambda person: person.says("сәлем", forward=True),
        lambda person: person.sends_photo(b"\xff\xd8\xff"),
        lambda person: person.sends_document("a.pdf", caption="x"),
        lambda person: person.sends_album([Upload("a.pdf", b"a"), Upload("b.pdf", b"b")])[1],
        lambda person: person.sends_voice(),
        lambda person: person.sends_video(),
        lambda person: person.sends_video_note(),
        lambda person: person.sends_sticker(),
        lambda person: person.sends_location(),
        lambda person: person.sends_poll("?"),
        lambda person: person.edits(1, "басқа"),
        lambda person: person.blocks(),
        lambda person: person.unblocks(),
        lambda person: person.forwards(1, person.chat),
    ],
)
def test_every_act_is_an_update_that_parses(aigerim: Person, act: Callable[[Person], dict[str, Any]]) -> None:
    given = act(aigerim)
    assert Update.model_validate(given).update_id == given["update_id"] > 0


@pytest.fixture
def forum(telegram: Telegram, aigerim: Person) -> Chat:
    group = telegram.group("Операторлар", owner=aigerim.user, forum=True)
    aigerim.inside(group).adds_bot(administrator=True)
    telegram.updates.drop()
    return group


def test_the_bot_is_brought_into_a_group(telegram: Telegram, aigerim: Person) -> None:
    group = telegram.group("Топ", owner=aigerim.user, supergroup=False)
    with pytest.raises(ApiError, match="403 Forbidden: bot is not a member of the group chat"):
        telegram.call("sendMessage", {"chat_id": group.id, "text": "x"})
    update = Update.model_validate(aigerim.inside(group).adds_bot())
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "member"
    assert telegram.call("sendMessage", {"chat_id": group.id, "text": "x"})["chat"]["title"] == "Топ"
    aigerim.inside(group).removes_bot()
    with pytest.raises(ApiError, match="403 Forbidden: bot was kicked from the group chat"):
        telegram.call("sendMessage", {"chat_id": group.id, "text": "x"})


def test_in_a_group_the_bot_hears_what_is_meant_for_it(telegram: Telegram, aigerim: Person) -> None:
    group = telegram.group("Топ", owner=aigerim.user)
    inside = aigerim.inside(group)
    inside.adds_bot()
    sent = telegram.call("sendMessage", {"chat_id": group.id, "text": "сұрақ"})
    assert inside.says("өзара әңгіме")["update_id"] == 0
    for update in (inside.says("/status"), inside.says("иә", reply_to=sent["message_id"])):
        assert update["update_id"] > 0
    assert inside.says("@zhas_project_bot көмек")["update_id"] > 0


def test_topics_of_a_forum(telegram: Telegram, aigerim: Person, forum: Chat) -> None:
    topic = telegram.call("createForumTopic", {"chat_id": forum.id, "name": "Өтінім 7"})
    thread = topic["message_thread_id"]
    said = aigerim.inside(forum, thread).says("жауап")
    assert (said["message"]["message_thread_id"], said["update_id"] > 0) == (thread, True)
    place = {"chat_id": forum.id, "message_thread_id": thread}
    sent = telegram.call("sendMessage", {**place, "text": "x"})
    assert sent["is_topic_message"] is True
    telegram.call("closeForumTopic", place)
    with pytest.raises(ApiError, match="400 Bad Request: TOPIC_CLOSED"):
        telegram.call("sendMessage", {**place, "text": "x"})
    telegram.call("deleteForumTopic", place)
    with pytest.raises(ApiError, match="400 Bad Request: message thread not found"):
        telegram.call("sendMessage", {**place, "text": "x"})


def test_members_and_rights(telegram: Telegram, aigerim: Person, forum: Chat) -> None:
    status = telegram.call("getChatMember", {"chat_id": forum.id, "user_id": 1001})["status"]
    assert status == "creator"
    leading = telegram.call("getChatAdministrators", {"chat_id": forum.id})
    assert [member["status"] for member in leading] == ["creator", "administrator"]
    assert telegram.call("getChatMemberCount", {"chat_id": forum.id}) == 2
    stranger = telegram.person(2002, first_name="Данила")
    member = telegram.call("getChatMember", {"chat_id": forum.id, "user_id": stranger.id})
    assert member["status"] == "left"
    assert telegram.call("leaveChat", {"chat_id": forum.id}) is True


def test_a_group_that_became_a_supergroup(telegram: Telegram, aigerim: Person) -> None:
    group = telegram.group("Топ", owner=aigerim.user, supergroup=False)
    aigerim.inside(group).adds_bot()
    fresh = telegram.upgraded(group)
    with pytest.raises(ApiError) as caught:
        telegram.call("sendMessage", {"chat_id": group.id, "text": "x"})
    assert caught.value.payload()["parameters"] == {"migrate_to_chat_id": fresh.id}
    assert telegram.call("sendMessage", {"chat_id": fresh.id, "text": "x"})["text"] == "x"


def test_the_bot_is_told_of_a_group_that_becomes_a_supergroup(telegram: Telegram, aigerim: Person) -> None:
    group = telegram.group("Топ", owner=aigerim.user, supergroup=False)
    inside = aigerim.inside(group)
    inside.adds_bot()
    joined, of_new, of_old = (Update.model_validate(one) for one in inside.upgrades())
    assert joined.my_chat_member
    assert of_new.message
    assert of_old.message
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert of_new.message.migrate_from_chat_id == of_old.message.chat.id == group.id
    assert of_old.message.migrate_to_chat_id == of_new.message.chat.id == joined.my_chat_member.chat.id
    assert telegram.chat(of_new.message.chat.id).type == "supergroup"
