"""Who wants to act for an organisation that a list of the department brought in: an officer looks, and lets one in or not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from registry.core.decisions import log_restricted_read
from registry.core.lifecycle import Refusal
from registry.dossiers.desk.entrance import desk
from registry.parties.selectors import ownerless_requests, tax_codes
from registry.parties.services import answer_join

PAGE_SIZE = 25


@desk
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first. The asker's address is shown, and that it was read is noted."""
    page = Paginator(ownerless_requests(), PAGE_SIZE).get_page(request.GET.get("page"))
    codes = tax_codes([one.party_id for one in page.object_list])
    rows = [(one, codes.get(one.party_id, "")) for one in page.object_list]
    if rows:
        log_restricted_read(request.user, "parties.joinrequest", ["email"])
    crumbs = [{"url": reverse("desk_queue"), "label": "Hồ sơ"}, {"url": "", "label": "Xin đứng tên"}]
    return TemplateResponse(request, "dossiers/staff/joining.html", {"page": page, "rows": rows, "breadcrumbs": crumbs})


@desk
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(ownerless_requests(), pk=pk)
    accept = request.POST.get("answer") == "accept"
    try:
        answer_join(asked.pk, accept=accept, actor=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        done = "là người chủ quản của" if accept else "không được nhận vào"
        messages.success(request, f"{asked.user.full_name} {done} {asked.party.name}.")
    return redirect("desk_joining")


urlpatterns = [
    path("", requests, name="desk_joining"),
    path("<int:pk>/", answer, name="desk_join_answer"),
]
