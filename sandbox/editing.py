"""The bot changes what it has sent: edits, deletions, pins, reactions, answers to pressed buttons."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Answer, Chat, Message
from sandbox.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad
from sandbox.markup import inline_only
from sandbox.registry import answers
from sandbox.requests import Request
from sandbox.sending import captioned, filed, spoken
from sandbox.world import World

DELETABLE = 48 * 3600
ANSWER = 200
FILES = ("photo", "document", "video", "audio", "animation")
REACTIONS = set("👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡")


def to_edit(world: World, request: Request) -> tuple[Chat, Message]:
    chat = world.writable(request.get("chat_id"))
    message = world.message(chat, request.get("message_id"), "message to edit")
    if message.data["from"]["id"] != world.bot.id or message.fixed or "forward_origin" in message.data:
        raise bad("message can't be edited")
    return chat, message


def change(world: World, request: Request, drop: tuple[str, ...], content: dict[str, Any]) -> dict[str, Any]:
    """Replace a part of the message and its keyboard; the same as before is refused."""
    chat, message = to_edit(world, request)
    markup = inline_only(request.get("reply_markup"))
    left_out = {*drop, "reply_markup", "edit_date"}
    kept = {name: value for name, value in message.data.items() if name not in left_out}
    data = {**kept, **content, **({"reply_markup": markup} if markup else {})}
    if data == {name: value for name, value in message.data.items() if name != "edit_date"}:
        raise bad(NOT_MODIFIED)
    world.limits.spend(chat.id, world.now())
    return store(world, chat, message, data)


def store(world: World, chat: Chat, message: Message, data: dict[str, Any]) -> dict[str, Any]:
    message.becomes({**data, "edit_date": int(world.now())})
    world.tell("edited", chat.id, message=message.data)
    return message.data


@answers("editMessageText")
def edit_message_text(world: World, request: Request) -> Any:
    content = spoken(request.params, too_long="MESSAGE_TOO_LONG")
    if "text" not in to_edit(world, request)[1].data:
        raise bad("there is no text in the message to edit")
    return change(world, request, ("text", "entities"), content)


@answers("editMessageCaption")
def edit_message_caption(world: World, request: Request) -> Any:
    content = captioned(request.params, too_long="MEDIA_CAPTION_TOO_LONG")
    if "text" in to_edit(world, request)[1].data:
        raise bad("there is no caption in the message to edit")
    return change(world, request, ("caption", "caption_entities"), content)


@answers("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, request: Request) -> Any:
    return change(world, request, (), {})


@answers("editMessageMedia")
def edit_message_media(world: World, request: Request) -> Any:
    to_edit(world, request)
    media: dict[str, Any] = request.get("media", {})
    content = {**filed(world, request, media["type"], media["media"], media), **captioned(media)}
    drop = ("text", "entities", "caption", "caption_entities", *FILES)
    return change(world, request, drop, content)


@answers("deleteMessage")
def delete_message(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    message = world.message(chat, request.get("message_id"), "message to delete")
    foreign = message.data["from"]["id"] != world.bot.id and not chat.private
    if foreign and chat.bot_status != "administrator":
        raise bad("message can't be deleted")
    if world.now() - message.data["date"] > DELETABLE:
        raise bad("message can't be deleted for everyone")
    remove(world, chat, message)
    return True


def remove(world: World, chat: Chat, message: Message) -> None:
    message.deleted = True
    world.tell("deleted", chat.id, message_id=message.id)


@answers("deleteMessages")
def delete_messages(world: World, request: Request) -> Any:
    """Those that are not found are skipped, as Telegram does."""
    chat = world.writable(request.get("chat_id"))
    for message_id in request.get("message_ids", []):
        message = chat.find(int(message_id))
        if message and world.now() - message.data["date"] <= DELETABLE:
            remove(world, chat, message)
    return True


@answers("answerCallbackQuery")
def answer_callback_query(world: World, request: Request) -> Any:
    """Once, and in time: later and again are refused in the same words."""
    query = world.queries.get(str(request.get("callback_query_id")))
    if query is None or world.now() >= query.until:
        raise bad(QUERY_TOO_OLD)
    text = str(request.get("text", ""))
    if len(text) > ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    del world.queries[query.id]
    alert = bool(request.get("show_alert", False))
    answer = Answer(text, alert, request.get("url"), query.user_id, query.id)
    if chat := world.chats.get(query.chat_id):
        chat.answers.append(answer)
    world.tell("answer", query.chat_id, user_id=query.user_id, text=text, alert=alert, url=answer.url)
    return True


@answers("setMessageReaction")
def set_message_reaction(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    message = world.message(chat, request.get("message_id"), "message to react")
    reactions = request.get("reaction", [])
    emoji = str(reactions[0].get("emoji", "")) if reactions else None
    if emoji is not None and emoji.replace("\ufe0f", "") not in REACTIONS:
        raise bad("REACTION_INVALID")
    message.reaction = emoji
    world.tell("reaction", chat.id, message_id=message.id, emoji=emoji)
    return True


@answers("pinChatMessage")
def pin_chat_message(world: World, request: Request) -> Any:
    chat = pinning(world, request)
    message = world.message(chat, request.get("message_id"), "message to pin")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        world.put(chat, world.bot, {"pinned_message": message.data})
        world.tell("pinned", chat.id, message_ids=chat.pinned)
    return True


def pinning(world: World, request: Request) -> Chat:
    chat = world.writable(request.get("chat_id"))
    if not chat.private and chat.bot_status != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    return chat


@answers("unpinChatMessage", "unpinAllChatMessages")
def unpin_chat_message(world: World, request: Request) -> Any:
    chat = pinning(world, request)
    named = request.get("message_id")
    if named and named not in chat.pinned:
        raise bad("message to unpin not found")
    gone = {named} if named else set(chat.pinned[-1:])
    everything = request.method == "unpinAllChatMessages"
    chat.pinned = [] if everything else [pinned for pinned in chat.pinned if pinned not in gone]
    world.tell("pinned", chat.id, message_ids=chat.pinned)
    return True
