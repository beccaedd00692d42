"""The inbox of the account, and the demo's mail reader. Who may call them is said in portal/urls.py."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notifications import selectors, services
from notifications.models import Message

PER_PAGE = 20
LETTERS_SHOWN = 100


@require_http_methods(["GET", "HEAD"])
def inbox(request: HttpRequest) -> HttpResponse:
    user_id: Any = request.user.pk
    page = Paginator(selectors.inbox(user_id), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page, "unread": selectors.unread_count(user_id)})


@require_POST
def open_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Mark the item read and go where it leads."""
    item = get_object_or_404(selectors.inbox(request.user.pk or 0), pk=item_id)
    services.mark_read(item.user_id, item.pk)
    return redirect(item.url or "inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_read(request.user.pk or 0)
    return redirect("inbox")


@never_cache
@require_GET
def mail_reader(request: HttpRequest) -> HttpResponse:
    """`/dev/thu/?to=&format=json`: every letter of the demo. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    to = request.GET.get("to", "").replace("\0", "")  # PostgreSQL refuses it
    letters = list(selectors.messages_to(to)[:LETTERS_SHOWN])
    if request.GET.get("format") == "json":
        return JsonResponse({"count": len(letters), "results": [as_json(letter) for letter in letters]})
    return render(request, "notifications/mail_reader.html", {"letters": letters, "to": to, "shown": LETTERS_SHOWN})


def as_json(letter: Message) -> dict[str, Any]:
    return {
        "code": letter.code,
        "to": letter.email,
        "language": letter.language,
        "subject": letter.subject,
        "text": letter.body_text,
        "html": letter.body_html,
        "due": letter.due_at,
        "sent": letter.sent_at,
        "key": letter.key,
    }
