"""How pages become search entries: articles with the words of their attachments, and the standing pages.

A page is found while it is live, nobody is kept out of it, and it is its own text (an alias repeats another page).
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Page

from cms.core.blocks import words_of
from cms.core.models import PortalDocument, PortalPage, StandardPage
from cms.core.uploads import extension
from cms.news.models import ArticlePage, NewsIndexPage
from registry.core import clock
from search.entries import Entry, Part, put, withdraw
from search.models import SearchEntry

ARTICLE: Final = "article"
PAGE: Final = "page"
KINDS: Final[dict[type[PortalPage], str]] = {ArticlePage: ARTICLE, StandardPage: PAGE, NewsIndexPage: PAGE}


def kind_of(page: Page) -> str | None:
    return KINDS.get(type(page))


def documents_of(page: PortalPage) -> Iterator[tuple[str, PortalDocument]]:
    """The title shown and the document, for each file a reader can download from the page's own lists."""
    if isinstance(page, ArticlePage):
        for attachment in page.attachments.select_related("document__collection"):
            yield attachment.shown_title, attachment.document
    for block in getattr(page, "body", None) or ():
        if block.block_type == "documents":
            for document in filter(None, block.value["documents"]):
                yield document.title, document


def body_of(page: PortalPage) -> str:
    """All words of a page: lead, text, and what its public attachments are called."""
    words = [getattr(page, "lead", ""), getattr(page, "author_line", "")]
    if stream := getattr(page, "body", None):
        words.append(words_of(stream))
    words += [title for title, document in documents_of(page) if document.is_public]
    return "\n".join(filter(None, words))


def parts_of(page: PortalPage) -> Iterator[tuple[Part, str]]:
    """Each part of each public attachment, and what it probably says where it is a damaged scan."""
    for title, document in documents_of(page):
        if document.is_public:
            kind = extension(document.file.name)
            for part in document.parts.all():
                address = f"{document.url}#page={part.label}" if kind == "pdf" else document.url
                yield Part(part.text, place_of(title, kind, part.label), address), part.also


def place_of(title: str, kind: str, label: str) -> str:
    """How a part of an attachment is called: "Kế hoạch 2030 (PDF), trang 12"."""
    file = f"{title} ({kind.upper()})"
    if not label:
        return file
    if kind == "pdf":
        return gettext("%(file)s, trang %(page)s") % {"file": file, "page": label}
    if kind == "xlsx":
        return gettext("%(file)s, trang tính “%(sheet)s”") % {"file": file, "sheet": label}
    return gettext("%(file)s, phần “%(heading)s”") % {"file": file, "heading": label}


def entry_of(page: PortalPage) -> Entry:
    language = str(page.locale.language_code)
    shown = clock.local(getattr(page, "published_on", None) or page.first_published_at or clock.now()).date()
    with override(language):
        url = page.get_url() or ""
        parts = list(parts_of(page))
    return Entry(
        kind=KINDS[type(page)],
        ref=str(page.translation_key),
        language=language,
        url=url,
        title=page.title,
        summary=page.description,
        body=body_of(page),
        parts=[part for part, _ in parts],
        also="\n".join(also for _, also in parts if also),
        facets={"topic": (page.topic,), "year": (str(shown.year),)} if isinstance(page, ArticlePage) else {},
        date=shown,
        public_until=page.expire_at,
    )


def may_be_found(page: PortalPage) -> bool:
    return bool(page.live) and not page.alias_of_id and not page.get_view_restrictions().exists()


@transaction.atomic
def refresh(page_ids: Iterable[int]) -> None:
    """Write or withdraw the entries of these pages as they stand in the database, drafts aside."""
    for page in Page.objects.filter(pk__in=list(page_ids)).select_related("locale").specific():
        kind = kind_of(page)
        if kind is None:
            continue
        if may_be_found(page):
            put(entry_of(page))
        elif not page.alias_of_id:
            withdraw(kind, str(page.translation_key), page.locale.language_code)


def forget(page: PortalPage) -> None:
    """The page is being deleted."""
    kind = kind_of(page)
    if kind and not page.alias_of_id:
        withdraw(kind, str(page.translation_key), page.locale.language_code)


def put_missing() -> int:
    """Entries for live pages that have none: those of a fresh installation, and what was loaded past the editor."""
    known: set[tuple[str, str]] = {
        (str(ref), str(language))
        for ref, language in SearchEntry.objects.filter(kind__in=KINDS.values()).values_list("ref", "language")
    }
    missing: list[int] = []
    for model in KINDS:
        live: Any = model.objects.live().filter(alias_of=None)
        rows = live.values_list("pk", "translation_key", "locale__language_code")
        missing += [pk for pk, key, language in rows if (str(key), language) not in known]
    refresh(missing)
    return len(missing)
