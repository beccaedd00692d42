"""The address at which a record of one kind is reported, below the words that the whole map gives that kind (`/khoi-nghiep/`)."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from registry.reports import views


def reportable(kind: str) -> list[URLPattern]:
    return [path(_("<slug:slug>/bao-loi/"), views.report, {"kind": kind}, name=f"{kind}_report")]
