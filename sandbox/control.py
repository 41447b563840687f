"""The people's side over HTTP, for the chat page and for tests: /sandbox/…, JSON in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from typing import Any

from aiohttp import web

from sandbox.errors import NotShown
from sandbox.events import events
from sandbox.faults import Fault, FaultKind
from sandbox.files import measured
from sandbox.keys import TELEGRAM
from sandbox.limits import Counting, Latency, Rate
from sandbox.person import Person
from sandbox.speaking import Upload
from sandbox.telegram import Telegram
from sandbox.views import calls_view, chat_view, history_view, state_view

Body = dict[str, Any]
Act = Callable[[Person, Body], Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ACTS: dict[str, Act] = {
    "start": lambda person, body: person.starts(body.get("payload", "")),
    "say": lambda person, body: person.says(body["text"], body.get("reply_to"), body.get("forward", False)),
    "press": lambda person, body: person.presses(body["message_id"], body["button"], body.get("stale", False)),
    "keyboard": lambda person, body: person.presses_keyboard(body["label"]),
    "contact": lambda person, body: person.sends_contact(body.get("phone"), body.get("own", True), body.get("name")),
    "edit": lambda person, body: person.edits(body["message_id"], body["text"]),
    "sticker": lambda person, body: person.sends_sticker(),
    "location": lambda person, body: person.sends_location(),
    "voice": lambda person, body: person.sends_voice(),
    "video_note": lambda person, body: person.sends_video_note(),
    "poll": lambda person, body: person.sends_poll(body.get("question", "?")),
    "block": lambda person, body: person.blocks(),
    "unblock": lambda person, body: person.unblocks(),
    "add_bot": lambda person, body: person.adds_bot(body.get("administrator", False)),
    "remove_bot": lambda person, body: person.removes_bot(),
    "open_topic": lambda person, body: person.opens_topic(body["name"]),
}


def control_routes() -> list[web.RouteDef]:
    return [
        web.get("/sandbox/state", state),
        web.get("/sandbox/events", events),
        web.get("/sandbox/calls", calls),
        web.post("/sandbox/people", add_person),
        web.post("/sandbox/chats", add_group),
        web.get("/sandbox/chats/{chat:-?[0-9]+}", history),
        web.post("/sandbox/chats/{chat:-?[0-9]+}/upload", upload),
        web.post("/sandbox/chats/{chat:-?[0-9]+}/{act}", act),
        web.get("/sandbox/files/{file_id}", shown_file),
        web.get("/sandbox/faults", faults),
        web.post("/sandbox/faults", add_fault),
        web.delete("/sandbox/faults", clear_faults),
        web.post("/sandbox/limits", set_limits),
    ]


async def body_of(request: web.Request) -> Body:
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="a JSON object is expected\n")
    return body


def known(telegram: Telegram, names: type, body: Body) -> Body:
    return {field.name: body[field.name] for field in fields(names) if field.name in body}


async def state(request: web.Request) -> web.Response:
    return web.json_response(state_view(request.app[TELEGRAM]))


async def calls(request: web.Request) -> web.Response:
    """The bot's last calls, newest first."""
    limit = int(request.query.get("limit", "50"))
    return web.json_response(calls_view(request.app[TELEGRAM], limit))


async def add_person(request: web.Request) -> web.Response:
    """A person by id and names, as in people.toml."""
    person = request.app[TELEGRAM].person(await body_of(request))
    return web.json_response(person.user.shown())


async def add_group(request: web.Request) -> web.Response:
    """A group: title, forum, supergroup, owner and members by id, bot (member or administrator)."""
    telegram, body = request.app[TELEGRAM], await body_of(request)
    return web.json_response(chat_view(telegram, open_group(telegram, body).chat))


def open_group(telegram: Telegram, body: Body) -> Person:
    """Make the group as described; its owner, inside of it."""
    owner = telegram.person(int(body["owner"]))
    members = tuple(telegram.person(int(number)).user for number in body.get("members", []))
    big, forum = bool(body.get("supergroup", True)), bool(body.get("forum", False))
    group = telegram.group(str(body["title"]), owner.user, members, big, forum, body.get("id"))
    inside = owner.inside(group)
    if status := body.get("bot"):
        inside.adds_bot(administrator=status == "administrator")
    return inside


async def history(request: web.Request) -> web.Response:
    """The newest messages of a chat, `limit` at most, before the message `before`; oldest first."""
    telegram = request.app[TELEGRAM]
    chat = telegram.chats.get(int(request.match_info["chat"]))
    if chat is None:
        raise web.HTTPNotFound(text="no such chat\n")
    before, limit = int(request.query.get("before", "0")), int(request.query.get("limit", "60"))
    return web.json_response(history_view(telegram, chat, before, limit))


def actor(request: web.Request, body: Body) -> Person:
    """Who acts: `person` of the body, in a private chat the person whose chat it is."""
    telegram, chat_id = request.app[TELEGRAM], int(request.match_info["chat"])
    if chat_id not in telegram.chats:
        raise web.HTTPNotFound(text="no such chat\n")
    person = telegram.person(int(body.get("person") or chat_id))
    thread = body.get("thread")
    return person if person.id == chat_id else person.inside(chat_id, int(thread) if thread else None)


async def act(request: web.Request) -> web.Response:
    """One thing that a person does; the update it makes."""
    body, name = await body_of(request), request.match_info["act"]
    if name not in ACTS:
        raise web.HTTPNotFound(text=f"acts: {', '.join(ACTS)}\n")
    try:
        return web.json_response(ACTS[name](actor(request, body), body))
    except NotShown as refusal:
        raise web.HTTPConflict(text=f"{refusal.args[0]}\n") from None
    except (KeyError, TypeError, ValueError) as error:
        raise web.HTTPBadRequest(text=f"{error!r}\n") from None


async def upload(request: web.Request) -> web.Response:
    """Files of a form (several: an album); `as`: document or photo; caption; person."""
    form = await request.post()
    person = actor(request, {name: value for name, value in form.items() if isinstance(value, str)})
    as_photo = form.get("as") == "photo"
    given = [value for value in form.values() if isinstance(value, web.FileField)]
    uploads = [upload_of(one.filename, one.file.read(), one.content_type, as_photo) for one in given]
    caption = str(form.get("caption", ""))
    if not uploads:
        raise web.HTTPBadRequest(text="no files\n")
    if len(uploads) == 1:
        return web.json_response(person.sends_file(uploads[0], caption))
    same = [one if one.kind == uploads[0].kind else as_document(one) for one in uploads]
    return web.json_response(person.sends_album(same, caption))


def upload_of(name: str, data: bytes, mime: str, as_photo: bool) -> Upload:
    kind = "photo" if as_photo and measured(data) else "document"
    return Upload(name, data, kind, None if kind == "photo" else mime)


def as_document(upload: Upload) -> Upload:
    return Upload(upload.name, upload.data, "document", upload.mime)


async def shown_file(request: web.Request) -> web.Response:
    """A file for the page, by file_id, never run as a page of its own."""
    stored = request.app[TELEGRAM].files.by_id.get(request.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound(text="no such file\n")
    kinds = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
    kind = next((kind for start, kind in kinds.items() if stored.data.startswith(start)), None)
    headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=stored.data, content_type=kind or "application/octet-stream", headers=headers)


async def faults(request: web.Request) -> web.Response:
    return web.json_response([asdict(fault) for fault in request.app[TELEGRAM].faults.waiting])


async def add_fault(request: web.Request) -> web.Response:
    telegram, body = request.app[TELEGRAM], await body_of(request)
    try:
        fault = Fault(**{**known(telegram, Fault, body), "kind": FaultKind(body["kind"])})
    except (KeyError, ValueError, TypeError):
        raise web.HTTPBadRequest(text=f"kinds: {', '.join(FaultKind)}\n") from None
    telegram.faults.add(fault)
    telegram.tell("faults")
    return await faults(request)


async def clear_faults(request: web.Request) -> web.Response:
    request.app[TELEGRAM].faults.clear()
    request.app[TELEGRAM].tell("faults")
    return web.json_response([])


async def set_limits(request: web.Request) -> web.Response:
    """on; counting (bucket, window); overall, chat, group as {count, per, burst} or null; latency {seconds, spread}."""
    telegram, body = request.app[TELEGRAM], await body_of(request)
    limits = telegram.limits
    limits.on = bool(body.get("on", limits.on))
    limits.counting = Counting(body.get("counting", limits.counting))
    for name in ("overall", "chat", "group"):
        if name in body:
            setattr(limits, name, Rate(**body[name]) if body[name] else None)
    if "latency" in body:
        telegram.latency = Latency(**body["latency"])
    limits.counters.clear()
    return web.json_response({"on": limits.on, "counting": limits.counting})
