"""What the bot says of itself: commands, name, descriptions, the menu button, per language and scope."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.chats import User
from sandbox.errors import bad
from sandbox.registry import answers
from sandbox.requests import Request
from sandbox.world import World

COMMANDS = 100
TEXTS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


def place(request: Request) -> str:
    """The key under which commands are kept: scope and language."""
    scope = request.get("scope") or {"type": "default"}
    return commands_key(scope, language(request))


def commands_key(scope: dict[str, Any], code: str) -> str:
    parts = [str(scope.get(name, "")) for name in ("type", "chat_id", "user_id")]
    return "commands " + " ".join([*parts, code])


def language(request: Request) -> str:
    code = str(request.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad("language_code is invalid")
    return code


@answers("setMyCommands")
def set_my_commands(world: World, request: Request) -> Any:
    commands = request.get("commands", [])
    if len(commands) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    kept = [{**command, "command": command["command"].lstrip("/")} for command in commands]
    world.settings[place(request)] = kept
    world.tell("commands")
    return True


@answers("getMyCommands")
def get_my_commands(world: World, request: Request) -> Any:
    return world.settings.get(place(request), [])


@answers("deleteMyCommands")
def delete_my_commands(world: World, request: Request) -> Any:
    world.settings.pop(place(request), None)
    world.tell("commands")
    return True


def commands_for(world: World, user: User) -> list[dict[str, str]]:
    """The menu that this person sees in the private chat: the nearest scope, their language first."""
    scopes: list[dict[str, Any]] = [
        {"type": "chat", "chat_id": user.id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    codes = [user.language_code or "", ""]
    keys = [commands_key(scope, code) for scope in scopes for code in codes]
    return next((world.settings[key] for key in keys if key in world.settings), [])


@answers("setMyName", "setMyDescription", "setMyShortDescription")
def set_text(world: World, request: Request) -> Any:
    name, limit = TEXTS[request.method.removeprefix("setMy")]
    text = str(request.get(name, ""))
    if len(text) > limit:
        raise bad(f"{name.replace('_', ' ')} is too long")
    world.settings[f"{name} {language(request)}"] = text
    world.tell("bot")
    return True


@answers("getMyName", "getMyDescription", "getMyShortDescription")
def get_text(world: World, request: Request) -> Any:
    name, _ = TEXTS[request.method.removeprefix("getMy")]
    return {name: text_in(world, name, language(request))}


def text_in(world: World, name: str, code: str) -> str:
    """The bot's name or description in a language, else the one for all languages."""
    default = world.bot.first_name if name == "name" else ""
    own = world.settings.get(f"{name} {code}")
    return str(own or world.settings.get(f"{name} ") or default)


@answers("setChatMenuButton")
def set_chat_menu_button(world: World, request: Request) -> Any:
    button = request.get("menu_button") or {"type": "default"}
    world.settings[f"menu {request.get('chat_id', '')}"] = json.dumps(button)
    return True


@answers("getChatMenuButton")
def get_chat_menu_button(world: World, request: Request) -> Any:
    own = world.settings.get(f"menu {request.get('chat_id', '')}")
    button: dict[str, Any] = json.loads(own or world.settings.get("menu ", '{"type": "default"}'))
    return {"type": "commands"} if button["type"] == "default" else button
