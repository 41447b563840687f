"""Addresses of pages in the web, as people paste them: under a button, in an announcement, beside a post."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST_ADDRESS = 500
HOST = re.compile(r"[^\s/.]+(\.[^\s/.]+)+")


def is_web_address(text: str) -> bool:
    """Whether it is an address that a button or a link may open: http or https, a host with a dot, no blanks."""
    if len(text) > LONGEST_ADDRESS or " " in text or not text.isprintable():
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(HOST.fullmatch(parts.hostname or ""))
