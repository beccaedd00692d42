"""What makes a page's search entry stale. Each handler runs in the transaction of the change wherever there is one."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.core.models import PortalDocument
from cms.news import search_source
from cms.news.models import ArticlePage


def connect() -> None:
    page_published.connect(page_changed, dispatch_uid="cms-search-published")
    page_unpublished.connect(page_changed, dispatch_uid="cms-search-unpublished")
    page_slug_changed.connect(tree_changed, dispatch_uid="cms-search-slug")
    post_page_move.connect(tree_changed, dispatch_uid="cms-search-move")
    for model in search_source.KINDS:
        post_delete.connect(page_deleted, sender=model, dispatch_uid=f"cms-search-deleted-{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="cms-search-privacy")
        signal.connect(
            collection_privacy_changed, sender=CollectionViewRestriction, dispatch_uid="cms-search-collection"
        )
    post_save.connect(document_saved, sender=PortalDocument, dispatch_uid="cms-search-document")
    pre_delete.connect(document_going, sender=PortalDocument, dispatch_uid="cms-search-document-going")
    post_delete.connect(document_gone, sender=PortalDocument, dispatch_uid="cms-search-document-gone")


def page_changed(instance: Page, **kwargs: Any) -> None:
    search_source.refresh([instance.pk])


def tree_changed(instance: Page, **kwargs: Any) -> None:
    search_source.refresh(below(instance))


def page_deleted(instance: Any, **kwargs: Any) -> None:
    search_source.forget(instance)


def privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        search_source.refresh(below(page))


def collection_privacy_changed(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    inside = PortalDocument.objects.filter(collection__path__startswith=instance.collection.path)
    search_source.refresh({pk for document in inside for pk in pages_with(document)})


def document_saved(instance: PortalDocument, created: bool, **kwargs: Any) -> None:
    if not created:
        search_source.refresh(pages_with(instance))


def document_going(instance: PortalDocument, **kwargs: Any) -> None:
    instance.pages_before = pages_with(instance)


def document_gone(instance: PortalDocument, **kwargs: Any) -> None:
    search_source.refresh(instance.pages_before)


def below(page: Page) -> list[int]:
    """The page and everything under it."""
    return list(Page.objects.filter(Q(pk=page.pk) | Q(path__startswith=page.path)).values_list("pk", flat=True))


def pages_with(document: PortalDocument) -> set[int]:
    """The pages that offer the document, as an attachment or in a list inside the text."""
    attached = ArticlePage.objects.filter(attachments__document=document).values_list("pk", flat=True)
    named = ReferenceIndex.objects.filter(
        to_object_id=str(document.pk),
        to_content_type__app_label="cms_core",
        to_content_type__model="portaldocument",
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
    ).values_list("object_id", flat=True)
    return {*attached, *(int(pk) for pk in named)}
