"""Tables of words that ship with the program: names of months, multipliers, regions, letters.

This is the one place where the rules read files. The tables are as much a part of the rules as the code
that uses them (they stand beside it in `programme/`, change only with it, and are read once), and they are
full of Kazakh and Russian words, which the code itself does not hold. Whoever calls the rules should not
have to hand them the names of the months.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `programme/names/<name>.toml`; FileNotFoundError when there is none."""
    return tomllib.loads(files("programme").joinpath("names", f"{name}.toml").read_text("utf-8"))
