"""JSON as it stands in the database: letters as they are (the standard library would write six for a Kazakh one).

What orjson is too strict for (numbers beyond 64 bits, keys that are no plain words, halves of letters) is left to the
standard library.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def dumps(value: Any) -> str:
    """TypeError for what is no JSON."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


def loads(text: str | bytes) -> Any:
    """ValueError for what is no JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)


AS_JSON: dict[str, Any] = {"json_serializer": dumps, "json_deserializer": loads}  # for an engine or a dialect
