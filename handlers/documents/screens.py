"""The screens of the documents."""

from __future__ import annotations

from domain.competition import DocumentSlot
from domain.documents import Document, DocumentState, slot_state
from domain.refusal import Refused
from handlers.documents import texts
from handlers.documents.buttons import OpenSlot, PlaceFile, RemoveFile, ReplaceFile, ShowFile
from handlers.language import _
from handlers.refusals import refusal_words
from handlers.screen import Button, Rows, Screen, button, rows
from handlers.shared_buttons import ToDocuments, ToQuestions, ToReview, menu_button
from usecases.documents import Papers


def slots(view: Papers) -> Screen:
    """All papers that this person is asked for."""
    lines = [texts.slot_line(slot, slot_state(slot, view.files), texts.count_in(view.of(slot))) for slot in view.slots]
    parts = [_("<b>Documents</b>"), "\n".join(lines), _what_now(view)]
    open_slots = [button(_slot_label(view, slot), OpenSlot(key=slot.key)) for slot in view.slots]
    return Screen("\n\n".join(parts), rows(_review_button(view), *open_slots, menu_button()))


def slot(view: Papers, one: DocumentSlot, instead: int | None = None) -> Screen:
    """One paper: why it is asked, what may be sent, what is there."""
    files = view.of(one)
    parts = [f"<b>{texts.title(one)}</b>", texts.why_asked(one), _conditions(one)]
    if files:
        parts.append("\n".join(texts.file_line(place, file) for place, file in enumerate(files, 1)))
    replaced = next((file for file in files if file.id == instead), None)
    parts.append(_replace_it(replaced) if replaced else _send_here(one, files))
    return Screen("\n\n".join(parts), _slot_buttons(view, one, files))


def which_paper(view: Papers) -> Screen:
    """Files that could belong to several slots: their sender says to which."""
    file = view.unplaced[0]
    together = view.together(file)
    if len(together) > 1:
        question = _("I have kept your files ({count}). Which document are they?").format(count=len(together))
    else:
        question = _("I have kept your file: {name}. Which document is it?").format(name=texts.file_name(file))
    places = [button(_slot_label(view, one), PlaceFile(id=file.id, key=one.key)) for one in view.slots]
    return Screen(question, rows(*places, button(_("None of these: remove"), RemoveFile(id=file.id))))


def file(one: DocumentSlot, document: Document) -> Screen:
    """A file shown again to who sent it."""
    caption = _("{document}: {name}").format(document=texts.title(one), name=texts.file_name(document))
    buttons = rows((button(_("Remove"), RemoveFile(id=document.id)), button(_("Back"), OpenSlot(key=one.key))))
    return Screen(caption, buttons, file_id=document.file_id, photo=document.photo)


def refused(one: DocumentSlot, document: Document, why: Refused) -> Screen:
    """A file that was received could not be taken after all."""
    text = _("<b>{document}</b>: the file “{name}” could not be taken.\n\n{why}").format(
        document=texts.title(one), name=texts.file_name(document), why=refusal_words(why)
    )
    return Screen(text, rows(button(_("Send another"), OpenSlot(key=one.key))))


def refused_after_sending(why: Refused) -> Screen:
    """The same, when the application is on its way already."""
    text = _(
        "One of the files you sent with your application could not be taken.\n\n{why}\n\n"
        "Please call us, and we will say how to send it."
    ).format(why=refusal_words(why))
    return Screen(text, rows(button(_("Questions and contacts"), ToQuestions()), menu_button()))


def _what_now(view: Papers) -> str:
    match view.missing:
        case ():
            return _("All the required documents are here.")
        case (only,):
            return _("One is still wanted: {document}. Send it right here.").format(document=texts.title(only))
        case _several:
            return _("Press a document below, then send its photos or files.")


def _conditions(one: DocumentSlot) -> str:
    lines = [texts.conditions(one)]
    if one.min_files > 1:
        lines.append(texts.least(one))
    if not one.required:
        lines.append(_("This document is not required: send it if you have it."))
    return "\n".join(lines)


def _send_here(one: DocumentSlot, files: tuple[Document, ...]) -> str:
    if texts.count_in(files) < one.max_files:
        return _("Send it here. Several pages may come at once.") if one.max_files > 1 else _("Send it here.")
    return _("This document is complete.")


def _replace_it(file: Document) -> str:
    return _("Send the new file: it will take the place of “{name}”.").format(name=texts.file_name(file))


def _slot_label(view: Papers, one: DocumentSlot) -> str:
    return f"{texts.ICONS[slot_state(one, view.files)]} {texts.label(one)}"


def _slot_buttons(view: Papers, one: DocumentSlot, files: tuple[Document, ...]) -> Rows:
    following = [slot for slot in view.missing if slot != one]
    return rows(
        *(_file_buttons(place, file) for place, file in enumerate(files, 1)),
        _review_button(view),
        _next_button(following[0]) if following else None,
        button(_("All documents"), ToDocuments()),
    )


def _next_button(one: DocumentSlot) -> Button:
    return button(_("Next: {document}").format(document=texts.label(one)), OpenSlot(key=one.key))


def _file_buttons(place: int, file: Document) -> tuple[Button, ...]:
    remove = button(_("Remove {number}").format(number=place), RemoveFile(id=file.id))
    if file.state is DocumentState.REFUSED:
        return (remove,)
    show = button(_("Show {number}").format(number=place), ShowFile(id=file.id))
    replace = button(_("Replace {number}").format(number=place), ReplaceFile(id=file.id))
    return show, replace, remove


def _review_button(view: Papers) -> Button | None:
    return None if view.missing else button(_("Review and send"), ToReview())
