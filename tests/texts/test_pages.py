"""What the pages for engineers and offices name is there: links, files of tests, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.commands import program

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
TEST_FILE = re.compile(r"`(?:tests/)?((?:\w+/)*test_\w+\.py)")
COMMAND = re.compile(r"python -m bot((?: [a-z]+)+)")
TARGET = re.compile(r"(?<![\w-])make ([a-z]+)")
pages = pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])


def anchors(page: Path) -> set[str]:
    """The anchors that are made of a page's headings."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pages
def test_every_link_leads_somewhere(page: Path) -> None:
    for name, anchor in LINK.findall(page.read_text("utf-8")):
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), name
        assert not anchor or anchor in anchors(target), (name, anchor)


@pages
def test_every_file_of_tests_is_there(page: Path) -> None:
    for name in TEST_FILE.findall(page.read_text("utf-8")):
        assert list((ROOT / "tests").glob(f"**/{name}")), name


@pages
def test_every_command_is_one(page: Path) -> None:
    code = "\n".join(CODE.findall(page.read_text("utf-8")))
    for words in COMMAND.findall(code):
        assert_command(program, words.split())
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(TARGET.findall(code)) <= targets


def assert_command(found: click.Command | None, words: list[str]) -> None:
    """Each word is a command of the one before; what comes after the last command is its own affair."""
    for word in words:
        if not isinstance(found, click.Group):
            return
        found = found.get_command(click.Context(found), word)
        assert found, word


def test_something_is_found_to_be_looked_at() -> None:
    def all_of(pattern: re.Pattern[str]) -> Iterator[str]:
        return (str(one) for page in PAGES for one in pattern.findall(page.read_text("utf-8")))

    for pattern, least in ((LINK, 15), (TEST_FILE, 20), (COMMAND, 15), (TARGET, 10)):
        assert len(set(all_of(pattern))) >= least, pattern.pattern
