"""The bot writes: texts, files, albums, copies. Numbers of the limits: the Bot API's method pages."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Chat, Message
from sandbox.entities import formatted, units
from sandbox.errors import bad
from sandbox.markup import laid
from sandbox.registry import answers
from sandbox.requests import Request
from sandbox.world import World

TEXT = 4096
CAPTION = 1024
ALBUM = 10
FILE_METHODS = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVideo": "video",
    "sendVoice": "voice",
    "sendAudio": "audio",
    "sendAnimation": "animation",
    "sendVideoNote": "video_note",
    "sendSticker": "sticker",
}
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
CONTENTS = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    *FILE_METHODS.values(),
    "contact",
    "location",
    "poll",
)


def spoken(request: dict[str, Any], too_long: str = "message is too long") -> dict[str, Any]:
    """Text and entities of a request; empty and too long are refused."""
    text, entities = formatted(request.get("text", ""), request.get("parse_mode"), request.get("entities"))
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT:
        raise bad(too_long)
    return {"text": text, **({"entities": entities} if entities else {})}


def captioned(request: dict[str, Any], too_long: str = "message caption is too long") -> dict[str, Any]:
    """Caption and its entities, or nothing."""
    given = request.get("caption") or ""
    text, entities = formatted(given, request.get("parse_mode"), request.get("caption_entities"))
    if units(text) > CAPTION:
        raise bad(too_long)
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def filed(world: World, request: Request, kind: str, value: str, given: dict[str, Any]) -> dict[str, Any]:
    """The file of a request, uploaded now or known by its id, as a message shows it."""
    upload = request.attached(kind, value)
    if upload is None and not value:
        raise bad(f"there is no {kind.replace('_', ' ')} in the request")
    stored = world.files.upload(kind, *upload) if upload else world.files.reuse(kind, value)
    shown = stored.shown
    if kind != "photo":
        own = {name: given[name] for name in ("duration", "width", "height", "length") if given.get(name)}
        shown = {**shown, **own}
    return {kind: shown}


def placed(world: World, chat: Chat, request: Request) -> dict[str, Any]:
    """Where in the chat it goes: the topic, and the message that is replied to."""
    place: dict[str, Any] = {}
    if thread := request.get("message_thread_id"):
        if thread not in chat.topics:
            raise bad("message thread not found")
        if chat.topics[thread].get("closed"):
            raise bad("TOPIC_CLOSED")
        place = {"message_thread_id": thread, "is_topic_message": True}
    reply = request.get("reply_parameters") or {}
    replied = reply.get("message_id") or request.get("reply_to_message_id")
    lenient = reply.get("allow_sending_without_reply") or request.get("allow_sending_without_reply")
    if replied and (found := chat.find(int(replied))):
        bare = {name: value for name, value in found.data.items() if name != "reply_to_message"}
        return {**place, "reply_to_message": bare}
    if replied and not lenient:
        raise bad("message to be replied not found")
    return place


def paid(request: Request) -> bool:
    return bool(request.get("allow_paid_broadcast"))


def post(world: World, chat: Chat, request: Request, content: dict[str, Any]) -> Message:
    """The last step of every sending: pace, keyboard, the message itself."""
    place = placed(world, chat, request)
    before = chat.keyboard
    markup = laid(request.get("reply_markup"), chat)
    try:
        world.limits.spend(chat.id, world.now(), paid=paid(request))
    except Exception:
        chat.keyboard = before
        raise
    asked = request.get("reply_markup") or {}
    guarded = {"has_protected_content": True} if request.get("protect_content") else {}
    marked = {"reply_markup": markup} if markup else {}
    fixed = bool(asked) and "inline_keyboard" not in asked
    message = world.put(chat, world.bot, {**place, **content, **guarded, **marked}, fixed=fixed)
    if fixed:
        world.tell("keyboard", chat.id, keyboard=chat.keyboard, about=chat.keyboard_about)
    return message


@answers("sendMessage")
def send_message(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    return post(world, chat, request, spoken(request.params)).data


@answers(*FILE_METHODS)
def send_file(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    kind = FILE_METHODS[request.method]
    content = filed(world, request, kind, str(request.get(kind, "")), request.params)
    return post(world, chat, request, {**content, **captioned(request.params)}).data


@answers("sendMediaGroup")
def send_media_group(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    media: list[dict[str, Any]] = request.get("media", [])
    check_album(media)
    contents = [{**filed(world, request, item["type"], item["media"], item), **captioned(item)} for item in media]
    world.limits.spend(chat.id, world.now(), len(contents), paid=paid(request))
    world.last_album += 1
    album = {"media_group_id": str(13_000_000_000 + world.last_album), **placed(world, chat, request)}
    return [world.put(chat, world.bot, {**album, **content}).data for content in contents]


def check_album(media: list[dict[str, Any]]) -> None:
    if not media:
        raise bad("there are no messages to send")
    if len(media) > ALBUM:
        raise bad("too many messages to send as an album")
    kinds = {item["type"] for item in media}
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            raise bad(f"{alone} can't be mixed with other media types")


@answers("sendContact")
def send_contact(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: request.get(name) for name in names if request.get(name)}
    return post(world, chat, request, {"contact": contact}).data


@answers("sendLocation")
def send_location(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    place = {name: float(request.get(name)) for name in ("latitude", "longitude")}
    return post(world, chat, request, {"location": place}).data


@answers("sendChatAction")
def send_chat_action(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    if request.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.actions.append(request.get("action"))
    world.tell("action", chat.id, action=request.get("action"))
    return True


def original(world: World, request: Request, what: str) -> Message:
    return world.message(world.readable(request.get("from_chat_id")), request.get("message_id"), what)


@answers("copyMessage")
def copy_message(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    source = original(world, request, "message to copy")
    content = {name: source.data[name] for name in CONTENTS if name in source.data}
    if not content:
        raise bad("message can't be copied")
    if "caption" in request.params and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= captioned(request.params)
    return {"message_id": post(world, chat, request, content).id}


@answers("forwardMessage")
def forward_message(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    source = original(world, request, "message to forward")
    if source.data.get("has_protected_content"):
        raise bad("message can't be forwarded")
    content = {name: source.data[name] for name in CONTENTS if name in source.data}
    return post(world, chat, request, {"forward_origin": origin(source), **content}).data


def origin(source: Message) -> dict[str, Any]:
    """From whom a forwarded message came."""
    known = source.data.get("forward_origin")
    return known or {"type": "user", "sender_user": source.data["from"], "date": source.data["date"]}
