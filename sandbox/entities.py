"""Telegram's HTML, truly read: text and entities come out, and what Telegram refuses is refused here.

Offsets and lengths are counted in UTF-16 units as in the Bot API; error offsets in UTF-8 bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad

Entity = dict[str, Any]

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
TAGS = {*SIMPLE, "a", "tg-emoji"}
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
START = re.compile(r"<([^\s>]*)(\s|>)")
END = re.compile(r"</([^\s>]*)\s*>")
ATTRIBUTE = re.compile(r"""([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)))?\s*""")
LINK = re.compile(r"(?:(?:https?|ftp|tg|ton|mailto|tel)://|mailto:|tel:)?[^\s.]+(?:\.[^\s.]+)*\S*$")
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,!?;:)])|(?<![\w.+-])(?P<email>[\w.+-]{1,64}@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w+)?)|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})"
)


def units(text: str) -> int:
    """Length in UTF-16 units: what Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class Tag:
    """A tag that waits for its end: where it began in the source and in the text."""

    name: str
    argument: str
    begins: int


class Html:
    """One reading of one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text = ""
        self.length = 0
        self.open: list[Tag] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self.step()
        if self.open:
            raise broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return self.text, self.entities

    def step(self) -> None:
        character = self.source[self.at]
        if character == "&" and (match := CHARACTER.match(self.source, self.at)):
            self.at = match.end()
            self.put(decoded(match))
        elif character != "<":
            end = next_special(self.source, self.at + 1)
            self.put(self.source[self.at : end])
            self.at = end
        elif self.source.startswith("</", self.at):
            self.end_tag()
        else:
            self.start_tag()

    def put(self, text: str) -> None:
        self.text += text
        self.length += units(text)

    def where(self, position: int) -> str:
        return f"at byte offset {len(self.source[:position].encode())}"

    def start_tag(self) -> None:
        begin = self.at
        match = START.match(self.source, begin)
        if not match:
            raise broken(f"Unclosed start tag {self.where(begin)}")
        name = match[1].lower()
        if name not in TAGS:
            raise broken(f'Unsupported start tag "{name}" {self.where(begin)}')
        argument = self.attributes(name, begin, match.end(1))
        if name == "span" and argument != "tg-spoiler":
            raise broken(f'Tag "span" must have class "tg-spoiler" {self.where(begin)}')
        self.open.append(Tag(name, argument, self.length))

    def attributes(self, name: str, begin: int, at: int) -> str:
        argument = ""
        while True:
            at += len(self.source[at:]) - len(self.source[at:].lstrip())
            if self.source.startswith(">", at):
                self.at = at + 1
                return argument
            match = ATTRIBUTE.match(self.source, at)
            if at >= len(self.source) or (match and match.end() >= len(self.source)):
                raise broken(f"Unclosed start tag {self.where(begin)}")
            if not match:
                raise broken(f'Empty attribute name in the tag "{name}" {self.where(begin)}')
            argument = self.argument(name, match, begin) or argument
            at = match.end()

    def argument(self, name: str, match: re.Match[str], begin: int) -> str:
        key = match[1].lower()
        value = next((found for found in match.groups()[1:] if found is not None), None)
        if value is None:
            if (name, key) == ("blockquote", "expandable"):
                return key
            declared = f'Expected equal sign in declaration of an attribute of the tag "{name}"'
            raise broken(f"{declared} {self.where(begin)}")
        wanted = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id"}
        return CHARACTER.sub(decoded, value) if wanted.get(name) == key else ""

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise broken(f"Unexpected end tag {self.where(begin)}")
        match = END.match(self.source, begin)
        if not match:
            raise broken(f"Unclosed end tag {self.where(begin)}")
        tag, found = self.open[-1], match[1].lower()
        if found and found != tag.name:
            expected = f'expected "</{tag.name}>", found "</{found}>"'
            raise broken(f"Unmatched end tag {self.where(begin)}, {expected}")
        self.at = match.end()
        self.open.pop()
        self.close(tag)

    def close(self, tag: Tag) -> None:
        place = {"offset": tag.begins, "length": self.length - tag.begins}
        if place["length"] == 0:
            return
        if tag.name == "a":
            self.link(tag, place)
        elif tag.name == "tg-emoji":
            self.entities.append({"type": "custom_emoji", **place, "custom_emoji_id": tag.argument})
        elif tag.name == "blockquote" and tag.argument:
            self.entities.append({"type": "expandable_blockquote", **place})
        elif tag.name == "pre" and self.language_inside(place):
            self.entities[-1]["type"] = "pre"
        else:
            entity = {"type": SIMPLE[tag.name], **place}
            if tag.name == "code" and tag.argument.startswith("language-"):
                entity["language"] = tag.argument.removeprefix("language-")
            self.entities.append(entity)

    def language_inside(self, place: dict[str, int]) -> bool:
        last = self.entities[-1] if self.entities else {}
        return "language" in last and all(last[key] == value for key, value in place.items())

    def link(self, tag: Tag, place: dict[str, int]) -> None:
        url = tag.argument or slice_units(self.text, place["offset"], place["length"])
        if match := re.fullmatch(r"tg://user\?id=(\d+)", url):
            user = {"id": int(match[1]), "is_bot": False, "first_name": ""}
            self.entities.append({"type": "text_mention", **place, "user": user})
        elif LINK.fullmatch(url):
            self.entities.append({"type": "text_link", **place, "url": with_scheme(url)})


def broken(reason: str) -> Exception:
    return bad(f"can't parse entities: {reason}")


def decoded(match: re.Match[str]) -> str:
    if match[3]:
        return NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF else match[0]


def next_special(text: str, start: int) -> int:
    places = [place for place in (text.find("<", start), text.find("&", start)) if place >= 0]
    return min(places, default=len(text))


def slice_units(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity names."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def with_scheme(url: str) -> str:
    return url if re.match(r"[a-z]+:", url) else f"http://{url}/"


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without blanks at both ends, as Telegram stores a text; entities are moved and clipped with it."""
    bare = text.strip()
    lead = units(text[: len(text) - len(text.lstrip())]) if bare else 0
    total, kept = units(bare), []
    for entity in entities:
        begin = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, total)
        if begin < end:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return bare, kept


def found(text: str, taken: list[Entity]) -> list[Entity]:
    """Commands, links, mentions and addresses that Telegram marks by itself outside of `taken`."""
    result = []
    for match in FOUND.finditer(text):
        begin, length = units(text[: match.start()]), units(match[0])
        closed = (e for e in taken if e["type"] in {"code", "pre", "text_link", "text_mention"})
        if not any(e["offset"] < begin + length and begin < e["offset"] + e["length"] for e in closed):
            result.append({"type": match.lastgroup, "offset": begin, "length": length})
    return result


def formatted(
    text: str, parse_mode: str | None = None, entities: list[Entity] | None = None
) -> tuple[str, list[Entity]]:
    """What Telegram makes of a text: the plain text and its entities, in order."""
    if parse_mode and parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    marked = list(entities or [])
    if parse_mode:
        text, marked = Html(text).read()
    text, marked = trimmed(text, marked)
    marked += found(text, marked)
    return text, sorted(marked, key=lambda entity: (entity["offset"], -entity["length"]))
