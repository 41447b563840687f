"""Keeps the catalogues in step with the code: `python -m tools.texts` updates, `--check` only looks.

Every conversation has its own catalogue (`handlers/eligibility/` → `locales/*/eligibility.po`); what several
conversations say, and what stands in other places, is in `shared.po`. A message stands in exactly one.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
ROOMS = ("handlers", "bot")
LANGUAGES = ("kk", "ru")
PLURALS = {"kk": "nplurals=2; plural=(n != 1);", "ru": None}
KEYWORDS = {"_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"\{\w+\}")
TAG = re.compile(r"</?[a-z]+(?: [^>]*)?>")

MessageId = str | tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Exit code 1 when `--check` finds anything to mend; the faults are printed."""
    wanted = messages_in_code()
    if "--check" not in arguments:
        for language in LANGUAGES:
            update(language, wanted)
    faults = [fault for language in LANGUAGES for fault in check(language, wanted)]
    print("\n".join(faults) or "texts: every message in both languages")
    return 1 if faults else 0


def messages_in_code() -> dict[str, dict[MessageId, list[str]]]:
    """Catalogue name → message → files that say it."""
    places: dict[MessageId, set[Path]] = defaultdict(set)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for _line, message, _comments, _context in extract_from_file("python", path, KEYWORDS):
                places[message].add(path.relative_to(ROOT))
    wanted: dict[str, dict[MessageId, list[str]]] = defaultdict(dict)
    for message, paths in places.items():
        wanted[_catalogue(paths)][message] = sorted(map(str, paths))
    return wanted


def _catalogue(paths: set[Path]) -> str:
    homes = {path.parts[1] if path.parts[0] == "handlers" and len(path.parts) > 2 else "shared" for path in paths}
    return homes.pop() if len(homes) == 1 else "shared"


def update(language: str, wanted: dict[str, dict[MessageId, list[str]]]) -> None:
    """Write each catalogue anew: new messages empty, old translations kept wherever they stood."""
    folder = ROOT / "locales" / language
    known = {
        message.id: message.string for path in folder.glob("*.po") for message in _read(path, language) if message.id
    }
    for name in {path.stem for path in folder.glob("*.po")} - set(wanted):
        (folder / f"{name}.po").unlink()
    for name, messages in wanted.items():
        catalogue = Catalog(locale=language, fuzzy=False, header_comment=f"# {name}: {language}")
        for message, files in sorted(messages.items(), key=lambda item: (item[1], str(item[0]))):
            catalogue.add(message, known.get(message), locations=[(file, 0) for file in files])
        with (folder / f"{name}.po").open("wb") as file:
            write_po(file, catalogue, width=110, omit_header=True, include_lineno=False)


def check(language: str, wanted: dict[str, dict[MessageId, list[str]]]) -> list[str]:
    """Faults of a language's catalogues, one line each."""
    faults = []
    for name, messages in wanted.items():
        path = ROOT / "locales" / language / f"{name}.po"
        catalogue = {m.id: m for m in (_read(path, language) if path.exists() else []) if m.id}
        faults += [f"{path.relative_to(ROOT)}: missing: {message!r}" for message in messages.keys() - catalogue.keys()]
        faults += [
            f"{path.relative_to(ROOT)}: left over: {message!r}" for message in catalogue.keys() - messages.keys()
        ]
        faults += [f"{path.relative_to(ROOT)}: {fault}" for m in catalogue.values() for fault in _faults(m, language)]
    extra = {path.stem for path in (ROOT / "locales" / language).glob("*.po")} - set(wanted)
    return faults + [f"locales/{language}/{name}.po: no such conversation" for name in sorted(extra)]


def _faults(message: Message, language: str) -> list[str]:
    originals, translations = _forms(message.id), _forms(message.string)
    if not all(translations) or (len(originals) > 1 and len(translations) != {"kk": 2, "ru": 3}[language]):
        return [f"empty: {originals[0]!r}"]
    if message.fuzzy:
        return [f"fuzzy: {originals[0]!r}"]
    faults = []
    for pattern, what in ((PLACEHOLDER, "placeholders"), (TAG, "tags")):
        expected = sorted(pattern.findall(originals[-1]))
        if any(sorted(pattern.findall(translation)) != expected for translation in translations):
            faults.append(f"other {what}: {originals[0]!r}")
    return faults


def _forms(words: object) -> tuple[str, ...]:
    return tuple(map(str, words)) if isinstance(words, tuple | list) else (str(words or ""),)


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
