"""Forum groups: the bot opens, renames, closes and deletes topics."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Chat
from sandbox.errors import bad
from sandbox.registry import answers
from sandbox.requests import Request
from sandbox.world import World

BLUE = 7322096


def forum(world: World, request: Request) -> Chat:
    chat = world.writable(request.get("chat_id"))
    if not chat.is_forum:
        raise bad("the chat is not a forum")
    if chat.bot_status != "administrator":
        raise bad("not enough rights to create a topic")
    return chat


@answers("createForumTopic")
def create_forum_topic(world: World, request: Request) -> Any:
    chat = forum(world, request)
    name = str(request.get("name", ""))
    if not 1 <= len(name) <= 128:
        raise bad("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    about = {"name": name, "icon_color": request.get("icon_color", BLUE)}
    number = chat.last_id + 1  # the topic's id is the id of the message that opens it
    opened = {"message_thread_id": number, "is_topic_message": True, "forum_topic_created": about}
    world.put(chat, world.bot, opened)
    chat.topics[number] = about
    world.tell("topic", chat.id, topics=chat.topics)
    return {"message_thread_id": number, **about}


@answers("editForumTopic", "closeForumTopic", "reopenForumTopic", "deleteForumTopic")
def change_forum_topic(world: World, request: Request) -> Any:
    chat = forum(world, request)
    number = request.get("message_thread_id")
    if number not in chat.topics:
        raise bad("TOPIC_ID_INVALID")
    CHANGES[request.method](chat, number, request)
    world.tell("topic", chat.id, topics=chat.topics)
    return True


def rename(chat: Chat, number: int, request: Request) -> None:
    chat.topics[number] = {**chat.topics[number], "name": request.get("name", chat.topics[number]["name"])}


def close(chat: Chat, number: int, request: Request) -> None:
    closing = request.method == "closeForumTopic"
    if bool(chat.topics[number].get("closed")) == closing:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.topics[number] = {**chat.topics[number], "closed": closing}


def delete(chat: Chat, number: int, request: Request) -> None:
    del chat.topics[number]
    for message in chat.messages:
        if message.data.get("message_thread_id") == number:
            message.deleted = True


CHANGES = {
    "editForumTopic": rename,
    "closeForumTopic": close,
    "reopenForumTopic": close,
    "deleteForumTopic": delete,
}
