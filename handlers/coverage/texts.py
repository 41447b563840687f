"""Words of the information coverage: channels, kinds, places, and how it is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.coverage import Channel, OutreachKind, SourceKind
from handlers.answer_words import region_name, regions_of
from handlers.language import _

CHANNELS: Mapping[Channel, Callable[[], str]] = {
    Channel.BOT: lambda: _("wrote to the bot"),
    Channel.SOURCE: lambda: _("came by our links and QR codes"),
    Channel.ANNOUNCEMENT: lambda: _("got an announcement"),
}
SOURCES: Mapping[SourceKind, Callable[[], str]] = {
    SourceKind.SCHOOL: lambda: _("School or college"),
    SourceKind.PARTNER: lambda: _("Partner"),
    SourceKind.POSTER: lambda: _("Poster"),
    SourceKind.SOCIAL: lambda: _("Social network"),
    SourceKind.EVENT: lambda: _("Event"),
    SourceKind.OTHER: lambda: _("Other place"),
}
ENTRIES: Mapping[OutreachKind, Callable[[], str]] = {
    OutreachKind.EVENT: lambda: _("Event"),
    OutreachKind.POST: lambda: _("Post"),
}
FIELDS: Mapping[str, Callable[[], str]] = {
    "day": lambda: _("Date"),
    "people": lambda: _("People"),
    "place": lambda: _("Place"),
    "link": lambda: _("Link"),
}


def method() -> str:
    """How it is counted: stands beside every figure."""
    return _(
        "How we count: a person (a Telegram account) counts once a year in a lot, under what reached them first: "
        "their own message, our link or QR code, a delivered announcement. The lot is that of the region they named, "
        "or of the link they came by. Office staff are not counted. People at events and readers of posts cannot be "
        "told apart and may repeat: they stand on lines of their own, and count only with a file as proof (an event: "
        "a photo or a list; a post: a screenshot). Whoever erased everything and came back may count twice that year."
    )


def place_words(lot: str, region: str = "") -> str:
    """A region, or a whole lot by its number and regions."""
    if region:
        return region_name(region)
    return _("Lot {lot}: {regions}").format(lot=lot, regions=regions_of(lot))
