"""The bot asks and is told: itself, chats, members, files, updates, the webhook."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Chat
from sandbox.errors import WEBHOOK_ACTIVE, bad, conflict, forbidden
from sandbox.registry import answers
from sandbox.requests import Request
from sandbox.world import Webhook, World

NO_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_send_welcome_messages",
)
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@answers("getMe")
def get_me(world: World, request: Request) -> Any:
    return {
        **world.bot.shown(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@answers("getUpdates")
def get_updates(world: World, request: Request) -> Any:
    """Without waiting: whoever wants to wait does so around this call (see polling)."""
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    remember_allowed(world, request)
    return world.updates.get(world.now(), int(request.get("offset", 0)), int(request.get("limit", 100)))


def remember_allowed(world: World, request: Request) -> None:
    allowed = request.params.get("allowed_updates")
    if allowed is not None:
        world.updates.allowed = list(allowed)


@answers("setWebhook")
def set_webhook(world: World, request: Request) -> Any:
    url = str(request.get("url", ""))
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    remember_allowed(world, request)
    if request.get("drop_pending_updates"):
        world.updates.drop()
    secret, connections = str(request.get("secret_token", "")), int(request.get("max_connections", 40))
    world.webhook = Webhook(url, secret, connections=connections)
    world.tell("webhook", url=url)
    return True


@answers("deleteWebhook")
def delete_webhook(world: World, request: Request) -> Any:
    if request.get("drop_pending_updates"):
        world.updates.drop()
    world.webhook = Webhook()
    world.tell("webhook", url="")
    return True


@answers("getWebhookInfo")
def get_webhook_info(world: World, request: Request) -> Any:
    hook = world.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": hook.certificate,
        "pending_update_count": world.updates.pending,
    }
    if hook.url:
        info["max_connections"] = hook.connections
    if hook.error_at:
        info |= {"last_error_date": hook.error_at, "last_error_message": hook.error}
    return {**info, **({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})}


@answers("getFile")
def get_file(world: World, request: Request) -> Any:
    return world.files.about(str(request.get("file_id", "")))


@answers("getChat")
def get_chat(world: World, request: Request) -> Any:
    chat = world.readable(request.get("chat_id"))
    return {
        **chat.shown(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
        **({"pinned_message": pinned.data} if (pinned := newest_pin(chat)) else {}),
    }


def newest_pin(chat: Chat) -> Any:
    return chat.find(chat.pinned[-1]) if chat.pinned else None


@answers("getChatMember")
def get_chat_member(world: World, request: Request) -> Any:
    chat = inside(world, request)
    return member(world, chat, int(request.get("user_id", 0)))


def inside(world: World, request: Request) -> Chat:
    chat = world.readable(request.get("chat_id"))
    if not chat.private and chat.bot_status in {"left", "kicked"}:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def member(world: World, chat: Chat, user_id: int) -> dict[str, Any]:
    """The Bot API's ChatMember of that person, or of the bot."""
    user = world.bot if user_id == world.bot.id else world.users.get(user_id)
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    own = chat.bot_status if user is world.bot else chat.members.get(user_id, "left")
    status = "member" if chat.private and user is not world.bot else own
    return as_member(user.shown(), status)


def as_member(user: dict[str, Any], status: str) -> dict[str, Any]:
    about: dict[str, Any] = {"user": user, "status": status}
    if status == "kicked":
        return {**about, "until_date": 0}
    if status == "creator":
        return {**about, "is_anonymous": False}
    if status == "administrator":
        return {**about, **dict.fromkeys(NO_RIGHTS, False), **dict.fromkeys(RIGHTS, True)}
    return about


@answers("getChatAdministrators")
def get_chat_administrators(world: World, request: Request) -> Any:
    chat = inside(world, request)
    if chat.private:
        raise bad("there are no administrators in the private chat")
    everybody = {**chat.members, world.bot.id: chat.bot_status}
    leading = {"creator", "administrator"}
    return [member(world, chat, user_id) for user_id, status in everybody.items() if status in leading]


@answers("getChatMemberCount")
def get_chat_member_count(world: World, request: Request) -> Any:
    return len(inside(world, request).members) + 1


@answers("getUserProfilePhotos")
def get_user_profile_photos(world: World, request: Request) -> Any:
    return {"total_count": 0, "photos": []}


@answers("leaveChat")
def leave_chat(world: World, request: Request) -> Any:
    chat = world.writable(request.get("chat_id"))
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    world.put(chat, world.bot, {"left_chat_member": world.bot.shown()})
    return True
