"""aiogram's own Bot in process: the same objects and exceptions as from Telegram."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    MenuButtonCommands,
    ReactionTypeEmoji,
)

from sandbox import Fault, FaultKind, Telegram
from sandbox.person import Person
from sandbox.session import SandboxSession
from sandbox.settings import commands_for
from tests.sandbox.conftest import TOKEN


async def test_updates_are_read_and_confirmed(bot: Bot, aigerim: Person) -> None:
    aigerim.says("сәлем")
    first = await bot.get_updates(timeout=0)
    assert [update.message.text for update in first if update.message] == ["сәлем"]
    assert await bot.get_updates(offset=first[-1].update_id) == first
    assert await bot.get_updates(offset=first[-1].update_id + 1) == []


async def test_a_waiting_poller_is_woken(bot: Bot, aigerim: Person) -> None:
    waiting = asyncio.ensure_future(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    aigerim.says("сәлем")
    assert len(await waiting) == 1


async def test_a_second_poller_ends_the_first(bot: Bot, telegram: Telegram, aigerim: Person) -> None:
    first = asyncio.ensure_future(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    async with Bot(TOKEN, session=SandboxSession(telegram)) as second:
        await second.get_updates(timeout=0)
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_what_the_bot_is_given_parses(bot: Bot, telegram: Telegram, aigerim: Person) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot) == (4242, True)
    button = InlineKeyboardButton(text="Иә", callback_data="yes")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    sent = await bot.send_message(1001, "<i>Сәлем</i>", parse_mode="HTML", reply_markup=markup)
    assert sent.html_text == "<i>Сәлем</i>"
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == markup.model_dump()
    files = [InputMediaDocument(media=BufferedInputFile(b"%PDF", f"{n}.pdf")) for n in "ab"]
    album = await bot.send_media_group(1001, list(files))
    assert [message.document.file_name for message in album if message.document] == ["a.pdf", "b.pdf"]
    assert await bot.set_message_reaction(1001, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert (await bot.get_chat(1001)).first_name == "Айгерім"
    assert (await bot.get_chat_member(1001, 1001)).status == "member"
    assert await bot.send_chat_action(1001, "typing")
    assert await bot.edit_message_text("x", chat_id=1001, message_id=sent.message_id)
    assert (await bot.get_webhook_info()).url == ""
    assert (await bot.get_user_profile_photos(1001)).total_count == 0


async def test_files_come_back(bot: Bot, aigerim: Person) -> None:
    said = aigerim.sends_document("куәлік.pdf", b"%PDF" * 50_000)["message"]["document"]
    file = await bot.get_file(said["file_id"])
    assert file.file_path is not None
    target = BytesIO()
    await bot.download_file(file.file_path, target)
    assert target.getvalue() == b"%PDF" * 50_000
    large = aigerim.sends_document("үлкен.pdf", size=20 * 1024 * 1024 + 1)["message"]["document"]
    with pytest.raises(TelegramBadRequest, match="Bad Request: file is too big"):
        await bot.get_file(large["file_id"])
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await bot.get_file("nothing")


async def test_commands_by_language_and_scope(bot: Bot, telegram: Telegram, aigerim: Person) -> None:
    await bot.set_my_commands([BotCommand(command="help", description="Help")])
    kazakh = [BotCommand(command="help", description="Көмек")]
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(kazakh, scope=scope, language_code="kk")
    kept = await bot.get_my_commands(scope=scope, language_code="kk")
    assert [(command.command, command.description) for command in kept] == [("help", "Көмек")]
    assert commands_for(telegram, aigerim.user) == [{"command": "help", "description": "Көмек"}]
    other = telegram.person(2002, first_name="Данила", language_code="ru").user
    assert commands_for(telegram, other) == [{"command": "help", "description": "Help"}]
    await bot.delete_my_commands(scope=scope, language_code="kk")
    assert await bot.get_my_commands(scope=scope, language_code="kk") == []
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Help!", description="x")])


async def test_name_descriptions_and_menu(bot: Bot) -> None:
    await bot.set_my_description("Шағын грант", language_code="kk")
    await bot.set_my_short_description("Грант")
    assert (await bot.get_my_description(language_code="kk")).description == "Шағын грант"
    assert (await bot.get_my_short_description(language_code="ru")).short_description == "Грант"
    assert (await bot.get_my_name()).name == "ZHAS PROJECT"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault(FaultKind.TOO_MANY, retry_after=7), TelegramRetryAfter, "retry after 7"),
        (
            Fault(FaultKind.SERVER_ERROR, code=502, description="Bad Gateway"),
            TelegramServerError,
            "Bad Gateway",
        ),
        (Fault(FaultKind.TIMEOUT), TelegramNetworkError, "Request timeout error"),
        (Fault(FaultKind.CUT_BEFORE), TelegramNetworkError, "ServerDisconnectedError"),
        (Fault(FaultKind.CUT_AFTER), TelegramNetworkError, "ServerDisconnectedError"),
    ],
)
async def test_faults_come_as_aiograms_exceptions(
    bot: Bot, telegram: Telegram, aigerim: Person, fault: Fault, error: type[Exception], words: str
) -> None:
    telegram.faults.add(fault)
    with pytest.raises(error, match=words):
        await bot.send_message(1001, "x")
    accepted = fault.kind is FaultKind.CUT_AFTER
    assert [message.text for message in aigerim.chat.messages][1:] == ["x"] * accepted
    assert (await bot.send_message(1001, "y")).text == "y"


async def test_a_fault_hits_what_it_is_meant_for(bot: Bot, telegram: Telegram, aigerim: Person) -> None:
    telegram.person(2002, first_name="Данила").starts()
    telegram.faults.add(Fault(FaultKind.TOO_MANY, method="sendMessage", chat_id=2002, times=2))
    await bot.send_message(1001, "x")
    await bot.send_chat_action(2002, "typing")
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(2002, "x")
    await bot.send_message(2002, "x")


async def test_a_blocked_bot_and_a_wrong_token(bot: Bot, telegram: Telegram, aigerim: Person) -> None:
    aigerim.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(1001, "x")
    async with Bot("7:OTHER", session=SandboxSession(telegram)) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_every_call_is_kept(bot: Bot, telegram: Telegram, aigerim: Person) -> None:
    await bot.send_message(1001, "x")
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(5, "x")
    kept = [(call.method, call.params["chat_id"], call.error is None) for call in telegram.calls]
    assert kept == [("sendMessage", "1001", True), ("sendMessage", "5", False)]


async def test_groups_parse_too(bot: Bot, telegram: Telegram, aigerim: Person) -> None:
    group = telegram.group("Операторлар", owner=aigerim.user, forum=True)
    inside = aigerim.inside(group)
    inside.adds_bot(administrator=True)
    thread = inside.opens_topic("№ 7")
    inside.inside(group, thread).says("сәлем")
    inside.removes_bot()
    kinds = [update.event_type for update in await bot.get_updates(timeout=0)]
    assert kinds == ["my_chat_member", "message", "message", "message", "my_chat_member"]
    inside.adds_bot(administrator=True)
    leading = await bot.get_chat_administrators(group.id)
    assert [member.status for member in leading] == ["creator", "administrator"]
    topic = await bot.create_forum_topic(group.id, "№ 8")
    sent = await bot.send_message(group.id, "x", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    assert (await bot.get_chat(group.id)).is_forum
