"""The words about documents: states, files, what became of them."""

from __future__ import annotations

from aiogram import html

from domain.competition import DocumentSlot
from domain.documents import Document, DocumentState, SlotState, size_limit
from domain.refusal import Refused
from handlers.figures import number, size
from handlers.language import _, ngettext, words
from handlers.refusals import refusal_words
from usecases.documents import Taken

ICONS = {
    SlotState.FILLED: "✅",
    SlotState.ARRIVING: "⏳",
    SlotState.PROBLEM: "⚠️",
    SlotState.WANTED: "❗",
    SlotState.OPTIONAL: "➖",
}
FILE_ICONS = {DocumentState.STORED: "✅", DocumentState.FETCHING: "⏳", DocumentState.REFUSED: "⚠️"}


def label(slot: DocumentSlot) -> str:
    """The slot's name for a button (plain text)."""
    return words(slot.title)


def title(slot: DocumentSlot) -> str:
    """The slot's name for a message (HTML)."""
    return html.quote(words(slot.title))


def why_asked(slot: DocumentSlot) -> str:
    return html.quote(words(slot.reason))


def slot_line(slot: DocumentSlot, state: SlotState, count: int) -> str:
    """One slot in the list: its sign, its name and how it stands."""
    match state:
        case SlotState.WANTED:
            how = _("wanted") if count == 0 else wanted_more(slot, count)
        case SlotState.OPTIONAL:
            how = _("if you have it")
        case SlotState.PROBLEM:
            how = _("one file could not be taken, please look")
        case SlotState.ARRIVING:
            how = _("{files}, on the way").format(files=files(count))
        case SlotState.FILLED:
            how = files(count)
    return f"{ICONS[state]} {title(slot)}: {how}"


def files(count: int) -> str:
    return ngettext("{count} file", "{count} files", count).format(count=number(count))


def wanted_more(slot: DocumentSlot, count: int) -> str:
    return _("{there} of {least} files").format(there=number(count), least=number(slot.min_files))


def conditions(slot: DocumentSlot) -> str:
    """What may be sent: told before anything is uploaded."""
    facts = {"formats": ", ".join(slot.formats), "limit": size(size_limit(slot)), "count": number(slot.max_files)}
    return (_photos_or_files(slot) if "jpg" in slot.formats else _files_only(slot)).format(**facts)


def _photos_or_files(slot: DocumentSlot) -> str:
    if slot.max_files == 1:
        return _("One photo or file: {formats}, up to {limit}.")
    return ngettext(
        "Photos or files: {formats}. Each up to {limit}, at most {count} file.",
        "Photos or files: {formats}. Each up to {limit}, at most {count} files.",
        slot.max_files,
    )


def _files_only(slot: DocumentSlot) -> str:
    """Photos are jpg: where that is not taken they are not offered."""
    if slot.max_files == 1:
        return _("One file: {formats}, up to {limit}.")
    return ngettext(
        "Files: {formats}. Each up to {limit}, at most {count} file.",
        "Files: {formats}. Each up to {limit}, at most {count} files.",
        slot.max_files,
    )


def least(slot: DocumentSlot) -> str:
    return ngettext(
        "At least {count} file is needed here, for example both sides.",
        "At least {count} files are needed here, for example both sides.",
        slot.min_files,
    ).format(count=number(slot.min_files))


def file_name(file: Document) -> str:
    """A file as its sender knows it; photos come without a name."""
    return html.quote(file.name) if file.name else _("Photo")


def file_line(place: int, file: Document) -> str:
    """One file of a slot: its number, sign, name and size, or why it cannot be taken."""
    line = f"{place}. {FILE_ICONS[file.state]} {file_name(file)}"
    if file.state is DocumentState.REFUSED:
        return f"{line}\n<i>{why_refused(file)}</i>"
    return f"{line}, {size(file.size)}" if file.size else line


def why_refused(file: Document) -> str:
    assert file.reason
    return refusal_words(Refused(file.reason, **file.facts))


def taken(how: Taken) -> str:
    match how:
        case Taken.ADDED:
            return _("Received.")
        case Taken.REPLACED:
            return _("Received: it took the place of the earlier file.")
        case Taken.ALREADY:
            return _("This file is already here, nothing changed.")


def came(count: int) -> str:
    return ngettext("{count} file came.", "{count} files came.", count).format(count=number(count))


def wait_with_telegram() -> str:
    """While our storage is away: said once to whoever has sent documents meanwhile."""
    return _(
        "Your files are not lost: for now they stay with Telegram. Our storage does not work at present; as soon as "
        "it does, I will keep them all. There is no need to send them again, you can go on."
    )


def removed() -> str:
    return _("Removed.")


def count_in(slot_files: tuple[Document, ...]) -> int:
    return sum(file.counts for file in slot_files)
