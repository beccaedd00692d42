"""What an assessor's link opens: first the declaration, then the sheet. GET shows, POST acts; nothing needs an account.

Nothing of the application is shown before the declaration. Who is signed in as staff made the link, or could have: a sheet
that says it came by the link does not come from them; they enter a signed paper at the desk, with its scan. The address goes nowhere else and is kept by nobody (`quiet`).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import roles
from accounts.access import access
from registry.appraisals import selectors, services, showing
from registry.appraisals.forms import ConflictForm
from registry.appraisals.models import Kind
from registry.appraisals.people import LinkHolder, read_token
from registry.appraisals.selectors import Member
from registry.core.lifecycle import Invalid, NotAllowed, Refusal
from registry.dossiers.desk.acting import STATUS
from registry.dossiers.desk.given_back import Kept, given_back
from registry.dossiers.helped.door_views import quiet
from registry.dossiers.pages import number, typed
from registry.parties.selectors import role_of

CONCLUSIONS = {
    True: {True: gettext_lazy("Đủ điều kiện"), False: gettext_lazy("Chưa đủ điều kiện")},
    False: {True: gettext_lazy("Đồng ý"), False: gettext_lazy("Không đồng ý")},
}


@access("public")
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    holder = read_token(token)
    member = _member(holder) if holder else None
    if holder is None or member is None:
        return render(request, "appraisals/link_gone.html", status=410)
    is_staff = bool(roles.roles_of(request.user))
    if is_staff or role_of(request.user, member.assessor.appraisal.party):
        return render(request, "appraisals/link_not_you.html", {"is_staff": is_staff}, status=403)
    if request.method != "POST":
        return _page(request, member)
    try:
        if "_declare" in request.POST:
            form = ConflictForm(typed(request))
            if not form.is_valid():
                return _page(request, member, form, status=400)
            _declare(member, form, holder)
        else:
            form = showing.sheet_form(member.assessor.appraisal, member, typed(request))
            if number(request.POST.get("seen")) == form.seen and not form.is_valid():
                return _page(request, member, form, status=400)
            _hand_in(request, member, form, holder)
    except NotAllowed:
        return render(request, "appraisals/link_gone.html", status=410)
    except Refusal as refusal:
        again = _member(holder)
        if again is None:
            return render(request, "appraisals/link_gone.html", status=410)
        return _page(request, again, alert=str(refusal), kept=_kept(request, again), status=STATUS[type(refusal)])
    return redirect("assessor_sheet", token=token)


def _member(holder: LinkHolder) -> Member | None:
    found = holder.assessor()
    return selectors.member_of(found.appraisal, found.pk) if found else None


def _declare(member: Member, form: ConflictForm, holder: LinkHolder) -> None:
    said, one = form.cleaned_data, member.assessor
    services.declare(one.appraisal, one.pk, has_conflict=said["conflict"] == "yes", note=said["note"], actor=holder)


def _hand_in(request: HttpRequest, member: Member, form: Any, holder: LinkHolder) -> None:
    """What was filled in over an older sheet is not handed in over a newer one."""
    if number(request.POST.get("seen")) != form.seen:
        raise Invalid(_("Phiếu của bạn vừa được nộp ở nơi khác. Xem phiếu ấy rồi làm tiếp."))
    services.hand_in(member.assessor.appraisal, member.assessor.pk, form.draft(), actor=holder)


def _kept(request: HttpRequest, member: Member) -> list[Kept]:
    """What was typed. Only who has declared reads the names that the sheet's boxes stand for."""
    knows = member.declaration is not None and not member.has_conflict
    form = showing.sheet_form(member.assessor.appraisal, member) if knows else ConflictForm()
    return given_back(request.POST, form.fields)


def _page(
    request: HttpRequest,
    member: Member,
    form: Any = None,
    *,
    alert: str = "",
    kept: list[Kept] | None = None,
    status: int = 200,
) -> HttpResponse:
    appraisal = member.assessor.appraisal
    closed = showing.closed(appraisal)
    if appraisal.state != "open":
        closed = closed or _("Sở đã ghi kết quả đợt này, nên phiếu không sửa được nữa.")
    must_declare = member.declaration is None
    is_v3 = appraisal.kind != Kind.ADVISORY
    if form is None and not closed and not member.has_conflict:
        form = ConflictForm() if must_declare else showing.sheet_form(appraisal, member)
    context = {
        "member": member,
        "appraisal": appraisal,
        "is_v3": is_v3,
        "closed": closed,
        "must_declare": must_declare,
        "form": form,
        "has_errors": status != 200,
        "enterprise": form.facts.get("enterprise") if form is not None and not must_declare else None,
        "lines": showing.lines_of(member.sheet) if member.sheet else [],
        "conclusion": CONCLUSIONS[is_v3][bool(member.sheet and member.sheet.is_for)],
        "alert": alert,
        "kept": kept or [],
    }
    return render(request, "appraisals/link.html", context, status=status)
