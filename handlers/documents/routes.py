"""Documents of the draft: the list of slots, one slot, files and albums sent there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.types import Message

from domain.competition import DocumentSlot
from domain.documents import IncomingFile
from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.conversation import Conversation, Turn
from handlers.documents import screens, texts
from handlers.documents.buttons import Focus, OpenSlot, PlaceFile, RemoveFile, ReplaceFile, ShowFile
from handlers.screen import SILENCE, Reply, reply
from handlers.shared_buttons import ToDocuments
from usecases import documents, fetch_documents
from usecases.documents import Papers, papers_of


def conversation() -> Conversation:
    return Conversation(
        place=Place.DOCUMENTS,
        presses={
            ToDocuments: slots,
            OpenSlot: open_slot,
            ShowFile: show_file,
            RemoveFile: remove_file,
            ReplaceFile: replace_file,
            PlaceFile: place_file,
        },
        words=words,
        content=content,
        redraw=redraw,
        notices={Kind.ALBUM: album_arrived, Kind.FILE_WAITS: file_waits, Kind.FILE_REFUSED: file_refused},
    )


def slots(turn: Turn, _data: ToDocuments) -> Reply:
    _papers(turn)
    return turn.at(Place.DOCUMENTS)


def open_slot(turn: Turn, data: OpenSlot) -> Reply:
    slot = _papers(turn).slot(data.key)
    return turn.at(Place.DOCUMENTS, slot.key)


def show_file(turn: Turn, data: ShowFile) -> Reply:
    """The person's own file, as Telegram keeps it."""
    view = _papers(turn)
    file = documents.open_document(turn.work, turn.person, view, data.id)
    return reply(screens.file(view.slot(file.slot), file))


def remove_file(turn: Turn, data: RemoveFile) -> Reply:
    view = _papers(turn)
    file = view.file(data.id)
    documents.remove(turn.work, view.together(file))
    return turn.at(Place.DOCUMENTS, file.slot).noting(texts.removed())


def replace_file(turn: Turn, data: ReplaceFile) -> Reply:
    """The next file that is sent takes the place of this one."""
    view = _papers(turn)
    file = view.file(data.id)
    return turn.at(Place.DOCUMENTS, str(Focus(view.slot(file.slot).key, file.id)))


def place_file(turn: Turn, data: PlaceFile) -> Reply:
    """The person said which paper a file is."""
    view = _papers(turn)
    taken = documents.place(turn.work, view, view.slot(data.key), data.id)
    return turn.at(Place.DOCUMENTS, data.key).noting(texts.taken(taken))


def words(turn: Turn, message: Message) -> Reply:
    """Words where a file is wanted: say so, and show again what is wanted."""
    raise Refused(Reason.FILE_WANTED)


def content(turn: Turn, message: Message) -> Reply:
    """A file goes to its slot; where that is not clear it is kept, and its sender is asked."""
    file = incoming(message)
    view = _papers(turn)
    focus = Focus.read(turn.person.focus)
    slot = documents.slot_of(view, focus.slot, file)
    if file.album:
        return _album_part(turn, view, slot, file, focus.instead)
    if slot is None:
        documents.keep(turn.work, view, file)
        return turn.at(Place.DOCUMENTS)
    taken = documents.attach(turn.work, view, slot, file, focus.instead)
    return turn.at(Place.DOCUMENTS, slot.key).noting(texts.taken(taken))


def incoming(message: Message) -> IncomingFile:
    """The file in a message as Telegram describes it; Refused(FILE_WANTED) when there is none."""
    album = message.media_group_id
    if message.photo:
        large = message.photo[-1]
        size, width, height = large.file_size, large.width, large.height
        return IncomingFile(large.file_id, large.file_unique_id, "", "", size, width, height, photo=True, album=album)
    file = message.document or message.video or message.audio
    if file is None:
        raise Refused(Reason.FILE_WANTED)
    name, mime = file.file_name or "", file.mime_type or ""
    return IncomingFile(file.file_id, file.file_unique_id, name, mime, file.file_size, album=album)


def _album_part(turn: Turn, view: Papers, slot: DocumentSlot | None, file: IncomingFile, instead: int | None) -> Reply:
    """Each part is taken at once; the answer comes when the last one is here."""
    assert file.album
    key = slot.key if slot else ""
    if slot:
        documents.attach_part(turn.work, view, slot, file, instead)
    else:
        documents.keep(turn.work, view, file)
    turn.go(Place.DOCUMENTS, key)
    if documents.album_part(turn.work, turn.person, file.album, key):
        return SILENCE
    return turn.current()


def redraw(turn: Turn) -> Reply:
    """The list, or the slot where the person is; the menu when there is no draft (any more)."""
    view = papers_of(turn.work, turn.person)
    if view is None:
        return turn.at(Place.MENU)
    focus = Focus.read(turn.person.focus)
    slot = next((one for one in view.slots if one.key == focus.slot), None)
    if slot:
        return reply(screens.slot(view, slot, focus.instead))
    return reply(screens.which_paper(view) if view.unplaced else screens.slots(view))


def album_arrived(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """The one answer to an album: how many files came, and the slot with them."""
    view = papers_of(turn.work, turn.person)
    count = sum(file.album == facts["album"] for file in view.files) if view else 0
    if view is None or not count:  # thrown away or sent meanwhile
        return SILENCE
    slot = next((one for one in view.slots if one.key == facts["slot"]), None)
    screen = screens.slot(view, slot) if slot else screens.which_paper(view) if view.unplaced else screens.slots(view)
    return reply(screen, toast=texts.came(count))


def file_waits(turn: Turn, _facts: object) -> Reply:
    """Files of theirs cannot be stored at present: said above the screen where they are; not if they are by now."""
    if fetch_documents.waits_for_storage(turn.work, turn.person.id) is None:
        return SILENCE
    return turn.current().noting(texts.wait_with_telegram())


def file_refused(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """A file turned out not to be what is wanted: why, and where to send another."""
    refused = Refused(Reason(facts["reason"]), **facts["facts"])
    view = papers_of(turn.work, turn.person)
    file = next((one for one in view.files if one.id == facts["document"]), None) if view else None
    if view is None:
        return reply(screens.refused_after_sending(refused))
    slot = next((one for one in view.slots if one.key == facts["slot"]), None)
    return reply(screens.refused(slot, file, refused)) if slot and file else SILENCE


def _papers(turn: Turn) -> Papers:
    view = papers_of(turn.work, turn.person)
    if view is None:
        raise Refused(Reason.OLD_BUTTON)
    return view
