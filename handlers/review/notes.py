"""What is said above a review besides what is missing: files on their way, answers that the call centre wrote down."""

from __future__ import annotations

from collections.abc import Sequence

from domain.documents import Document, DocumentState
from handlers.language import ngettext
from usecases.drafts import Draft


def by_telephone(draft: Draft) -> list[str]:
    """That some answers are the call centre's typing: worth a closer look."""
    count = len(draft.filled_by)
    if not count:
        return []
    return [
        ngettext(
            "☎️ marks {count} answer that the call centre wrote down for you. Please check it; you can change it.",
            "☎️ marks {count} answers that the call centre wrote down for you. Please check them; you can change each.",
            count,
        ).format(count=count)
    ]


def about_files(documents: Sequence[Document]) -> list[str]:
    arriving = sum(document.state is DocumentState.FETCHING for document in documents if document.slot)
    unplaced = sum(not document.slot for document in documents)
    notes = []
    if arriving:
        notes.append(
            ngettext(
                "{count} file is still on its way to us. You need not wait for it.",
                "{count} files are still on their way to us. You need not wait for them.",
                arriving,
            ).format(count=arriving)
        )
    if unplaced:
        notes.append(
            ngettext(
                "❗️ {count} file is not in the application yet: say which document it is.",
                "❗️ {count} files are not in the application yet: say which documents they are.",
                unplaced,
            ).format(count=unplaced)
        )
    return notes
