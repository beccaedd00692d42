"""The lists of registers as open data: the parameters that they share, and one page of them."""

from collections.abc import Callable
from typing import Any, Final, Literal

import django_filters
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_noop
from ninja import Query

from registry.core import cursors
from search.engine import InvalidParameter

SIZE: Final = 50
Language = Literal["vi", "en"]

# The codes stand in the words, so that the documents can be read alone; a test compares them with the choices.
FIELD: Final = gettext_noop(
    "Lĩnh vực công nghệ: biotech, ict, environment, energy_materials, construction_transport, space; ghi được nhiều lần."
)
SECTOR: Final = gettext_noop(
    "Khu vực kinh tế: agriculture, industry_construction_transport, services; ghi được nhiều lần."
)
WORDS: Final = Query("", description=gettext_noop("Từ khóa, có dấu hay không dấu."), examples=["che co thu"])
LANGUAGE: Final = Query(
    "vi", description=gettext_noop("Ngôn ngữ của địa chỉ, tên xã và câu báo lỗi: vi hoặc en."), examples=["vi"]
)
CURSOR: Final = Query(
    "",
    description=gettext_noop("Nơi trang trước kết thúc, lấy từ `next`."),
    examples=["WyI3ZjNhIiwzLDMxNzcyMCwyMF0:1wQ2aB:kq3X"],
)


def page_of(
    request: HttpRequest,
    kind: type[django_filters.FilterSet],
    listing_of: Callable[[Any, str], Any],
    row: Callable[[Any, str], dict[str, Any]],
    *,
    language: str,
    cursor: str,
    salt: str,
) -> dict[str, Any]:
    """The page that `cursor` names of what the filters find, in the order of the public page, each as its `row`.

    Raises InvalidParameter for a value that no filter knows and for a cursor of another question.
    """
    asked = QueryDict(mutable=True)
    for name in sorted(kind.base_filters):
        asked.setlist(name, request.GET.getlist(name))
    filters = kind(asked, queryset=kind._meta.model.objects.none())
    if filters.form.errors:
        name, errors = next(iter(filters.form.errors.items()))
        raise InvalidParameter(name, str(errors[0]))
    asked["lang"] = language
    try:
        page = cursors.page_of(cursor, asked.urlencode(), salt)
    except cursors.BadCursor as wrong:
        raise InvalidParameter("cursor", str(wrong)) from None
    listing = listing_of(filters, language)
    count = listing.count()
    return {
        "count": count,
        "next": cursors.next_url(request, page + 1, asked.urlencode(), salt) if page * SIZE < count else None,
        "results": [row(found, language) for found in listing.page(page, SIZE)],
    }
