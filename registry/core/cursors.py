"""Cursors of the open lists: signed, and good for the question that they were given out for alone."""

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _


class BadCursor(ValueError):
    """`str()` is the sentence that helps."""


def page_of(cursor: str, asked: str, salt: str) -> int:
    """The page that a cursor of ours names; 1 for none. Raises BadCursor for one of another question, or not ours."""
    if not cursor:
        return 1
    try:
        page, question = signing.loads(cursor, salt=salt)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadCursor(_("Con trỏ trang không đúng. Lấy lại từ trường next.")) from None
    if question != asked:
        raise BadCursor(_("Con trỏ trang thuộc câu hỏi khác. Lấy lại từ trường next."))
    return int(page)


def next_url(request: HttpRequest, page: int, asked: str, salt: str) -> str:
    """The address of `page` of the same question."""
    values = request.GET.copy()
    values["cursor"] = signing.dumps([page, asked], salt=salt)
    return request.build_absolute_uri(f"{request.path}?{values.urlencode()}")
