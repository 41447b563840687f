"""Files by their ids: what people and the bot have sent, with the numbers that Telegram tells of them.

A picture's width and height are read from the PNG or JPEG itself. Limits: the Bot API's "Sending files".
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import ApiError, bad

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
SIDES = {"s": 90, "m": 320, "x": 800}
FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "video_note": "video_notes",
    "sticker": "stickers",
    "audio": "music",
    "animation": "animations",
}
MIMES = {"voice": "audio/ogg", "video": "video/mp4", "audio": "audio/mpeg", "animation": "video/mp4"}
SUFFIXES = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "video_note": ".mp4", "sticker": ".webp"}


@dataclass(frozen=True)
class Stored:
    """One file. `size` may be declared larger than the data: for files too big to be kept in a test."""

    file_id: str
    kind: str
    name: str
    data: bytes
    size: int
    path: str
    shown: Any

    @property
    def unique_id(self) -> str:
        return unique(self.kind, self.file_id)

    def about(self) -> dict[str, Any]:
        """The Bot API's File."""
        about = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}
        return {**about, "file_path": self.path}


@dataclass
class Files:
    """All files of this Telegram, by file_id and by download path."""

    by_id: dict[str, Stored] = field(default_factory=dict)
    by_path: dict[str, Stored] = field(default_factory=dict)

    def add(self, kind: str, name: str, data: bytes, size: int | None = None, **known: Any) -> Stored:
        """Keep a file; `shown` is what a message shows of it (a list of sizes for a photo)."""
        number = len(self.by_path)
        digest = hashlib.sha256(data).hexdigest()[:8]
        path = f"{FOLDERS[kind]}/file_{number}{suffix(kind, name)}"
        file_id = f"{kind}-{number}-{digest}"
        size = len(data) if size is None else size
        stored = Stored(file_id, kind, name, data, size, path, None)
        return self.keep(shown_as(stored, known))

    def keep(self, stored: Stored) -> Stored:
        self.by_path[stored.path] = self.by_id[stored.file_id] = stored
        for smaller in stored.shown if stored.kind == "photo" else []:
            self.by_id[smaller["file_id"]] = stored
        return stored

    def upload(self, kind: str, name: str, data: bytes) -> Stored:
        """What the bot sends; too large or empty is refused as Telegram does."""
        if not data:
            raise bad("file must be non-empty")
        if len(data) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        if kind == "photo" and len(data) > PHOTO_LIMIT:
            told = f"file of size {len(data)} bytes is too big for a photo"
            raise bad(f"{told}; the maximum size is {PHOTO_LIMIT} bytes")
        if kind == "photo" and not measured(data):
            raise bad("IMAGE_PROCESS_FAILED")
        return self.add(kind, name, data)

    def reuse(self, kind: str, file_id: str) -> Stored:
        """A file that is known by its id, to be sent again as the same kind."""
        if file_id.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad("wrong remote file identifier specified: Wrong string length")
        if stored.kind != kind:
            raise bad(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def about(self, file_id: str) -> dict[str, Any]:
        """getFile."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad("invalid file_id")
        if stored.size > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        return {**stored.about(), "file_id": file_id, "file_unique_id": unique(stored.kind, file_id)}


def unique(kind: str, file_id: str) -> str:
    return f"u{hashlib.sha256(f'{kind}{file_id}'.encode()).hexdigest()[:14]}"


def suffix(kind: str, name: str) -> str:
    own = name[name.rfind(".") :] if "." in name else ""
    return own if kind in {"document", "audio", "animation"} else SUFFIXES.get(kind, own)


def shown_as(stored: Stored, known: dict[str, Any]) -> Stored:
    """The file with what a message shows of it."""
    shown: Any = photo_sizes(stored) if stored.kind == "photo" else description(stored, known)
    return Stored(**{**stored.__dict__, "shown": shown})


def description(stored: Stored, known: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }
    if stored.kind in {"document", "video", "audio", "animation"}:
        about["file_name"] = stored.name
    if stored.kind != "sticker" and stored.kind != "video_note":
        guessed = mimetypes.guess_type(stored.name)[0] or "application/octet-stream"
        about["mime_type"] = MIMES.get(stored.kind, guessed)
    defaults: dict[str, dict[str, Any]] = {
        "voice": {"duration": 3},
        "audio": {"duration": 3},
        "video": {"duration": 3, "width": 640, "height": 360},
        "animation": {"duration": 3, "width": 640, "height": 360},
        "video_note": {"duration": 3, "length": 240},
        "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    }
    return {**about, **defaults.get(stored.kind, {}), **{k: v for k, v in known.items() if v is not None}}


def photo_sizes(stored: Stored) -> list[dict[str, Any]]:
    """Sizes from small to large; the last is the picture itself."""
    width, height = measured(stored.data) or (1280, 960)
    sizes = [
        size_of(f"{stored.file_id}-{letter}", stored.size, scaled(width, height, side))
        for letter, side in SIDES.items()
        if max(width, height) > side
    ]
    return [*sizes, size_of(stored.file_id, stored.size, (width, height))]


def scaled(width: int, height: int, side: int) -> tuple[int, int]:
    share = side / max(width, height)
    return max(1, round(width * share)), max(1, round(height * share))


def size_of(file_id: str, bytes_: int, size: tuple[int, int]) -> dict[str, Any]:
    about = {"file_id": file_id, "file_unique_id": unique("photo", file_id), "file_size": bytes_}
    return {**about, "width": size[0], "height": size[1]}


def measured(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return (800, 600) if data.startswith(b"\xff\xd8\xff") else None
