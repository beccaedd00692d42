"""Answers that went wrong: pages in the look and the language of the address, those of the API as JSON in that of its `lang`."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from accounts.access import access
from portal.context import address
from portal.site_info import fallback

LAST_RESORT = (
    "<!doctype html><html lang=vi><meta charset=utf-8><title>Lỗi</title><p>Trang đang gặp lỗi. Hãy thử lại sau ít phút."
)

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def is_of_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def language_of(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "") if is_of_api(request) else get_language_from_path(request.path_info)
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def refusal(parameter: str, message: str, status: int = 400) -> HttpResponse:
    """What every error of the API looks like."""
    return JsonResponse({"error": {"parameter": parameter, "message": message}}, status=status)


def _page(request: HttpRequest, status: int, name: str = "", **context: object) -> HttpResponse:
    with override(language_of(request)):
        return render(request, f"errors/{name or status}.html", context, status=status)


@access("public")
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_MUCH):
        request.GET = QueryDict()  # it may be the address that has too many parts; the page's frame looks at it again
        return too_large(request)
    return _page(request, 400)


def too_large(request: HttpRequest) -> HttpResponse:
    if is_of_api(request):
        with override(language_of(request)):
            return refusal("", _("Gửi lên quá nhiều một lúc. Thân của một yêu cầu nhận đến 2 MB."), status=413)
    return _page(request, 413, files=(request.content_type or "").startswith("multipart/"))


@access("public")
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


@access("public")
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or another site sent it."""
    return _page(request, 403, "403_csrf")


@access("public")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_of_api(request):
        with override(language_of(request)):
            return refusal("", _("Không có địa chỉ này."), status=404)
    return _page(request, 404)


def gone(
    request: HttpRequest,
    *,
    title: str,
    when: date | datetime | None = None,
    who: str = "",
    reason: str = "",
    list_url: str = "",
) -> HttpResponse:
    """A record that was public and is withdrawn: 410, by whom and when, and where to look instead."""
    return _page(request, 410, record_title=title, when=when, who=who, reason=reason, list_url=list_url)


@access("public")
def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither the database nor the context of the shell: they may be what broke."""
    try:
        with override(language_of(request)):
            context = {"site_info": fallback(), "home_url": address(), "site_search_url": address("tim-kiem/")}
            return HttpResponseServerError(render_to_string("errors/500.html", context))
    except Exception:  # the last resort must not fail
        return HttpResponseServerError(LAST_RESORT)
