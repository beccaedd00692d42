"""The account's pages about organisations: one's own, a new one, its people, the way in by invitation or by asking."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access
from accounts.panels import Panel
from registry.core.lifecycle import Invalid, Refusal
from registry.parties import services
from registry.parties.forms import InviteForm, PartyForm
from registry.parties.models import JoinRequest, MemberRole, Party
from registry.parties.rules import BadIdentifier, read_tax_code
from registry.parties.selectors import (
    asked_by,
    has_nobody,
    identifier,
    invitation_of,
    invitations_for,
    members,
    memberships_of,
    open_invitations,
    open_requests,
    party_with,
    role_of,
)


def own(request: HttpRequest, public_id: str) -> Party:
    """The party if the caller acts for it; for everybody else there is none."""
    return get_object_or_404(Party, public_id=public_id, memberships__user=request.user, memberships__until=None)


@access("signed_in")
@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    return render(request, "parties/list.html", mine(request))


def mine(request: HttpRequest) -> dict[str, Any]:
    return {
        "memberships": list(memberships_of(request.user)),
        "invitations": list(invitations_for(request.user)),
        "asked": list(asked_by(request.user)),
    }


def panel(request: HttpRequest) -> Panel:
    """“My organisations” on the account's front page."""
    return Panel("parties/panel.html", _("Tổ chức của tôi"), mine(request))


# --- a new party, or a way into one that stands here already


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = PartyForm(request.POST if request.method == "POST" else None)
    after = next_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            party = services.create_party(
                kind=form.cleaned_data["kind"],
                name=form.cleaned_data["name"],
                identifier=form.identifier,
                actor=request.user,
            )
        except services.AlreadyHere as here:
            return render(request, "parties/already_here.html", here_already(request, here.party, form))
        except Invalid as invalid:
            for name, sentence in invalid.problems.items():
                form.add_error(name if name in form.fields else None, str(sentence))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lập “%(name)s”.") % {"name": party.name})
            return redirect(f"{after}?party={party.public_id}" if after else reverse("party", args=[party.public_id]))
    return render(request, "parties/new.html", {"form": form, "next": after})


def next_of(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, None) else ""


def here_already(request: HttpRequest, party: Party, form: PartyForm) -> dict[str, Any]:
    """What may be said of a party to somebody outside: the name of an organisation, never that of a person or a household."""
    role = role_of(request.user, party)
    return {
        "tax_code": form.cleaned_data["tax_code"],
        "name": party.name if role or party.has_public_name else "",
        "is_member": bool(role),
        "party": party if role else None,
        "department_answers": has_nobody(party),
        "has_asked": party.join_requests.filter(user=request.user, answered_at=None).exists(),
    }


@access("signed_in")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to join the party that bears a code. The code is what the asker knows; nothing else of the party is told."""
    try:
        party = party_with(read_tax_code(request.POST.get("tax_code", "")))
    except BadIdentifier:
        party = None
    if party is None:
        messages.warning(request, _("Không có tổ chức nào mang mã này. Bạn có thể lập mới."))
        return redirect("party_new")
    try:
        services.ask_to_join(party, actor=request.user)
        messages.success(
            request,
            _("Đã gửi yêu cầu. Chưa ai đứng tên tổ chức này nên Sở trả lời; bạn nhận tin ở đây và qua thư.")
            if has_nobody(party)
            else _("Đã gửi yêu cầu. Người chủ quản trả lời, bạn nhận tin ở đây và qua thư."),
        )
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect("parties")


# --- a party and its people


@access("signed_in")
@require_safe
def party(request: HttpRequest, public_id: str) -> HttpResponse:
    return people(request, own(request, public_id), InviteForm())


def people(request: HttpRequest, party: Party, form: InviteForm) -> HttpResponse:
    role = role_of(request.user, party)
    is_owner = role == MemberRole.OWNER
    page = {
        "party": party,
        "identifier": identifier(party),
        "role": MemberRole(role),
        "is_owner": is_owner,
        "members": list(members(party)),
        "requests": list(open_requests(party)) if is_owner else [],
        "invitations": list(open_invitations(party)) if is_owner else [],
        "roles": MemberRole.choices,
        "form": form,
    }
    return render(request, "parties/party.html", page)


@access("signed_in")
@require_POST
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    party, form = own(request, public_id), InviteForm(request.POST)
    if form.is_valid():
        try:
            services.invite(party, **form.cleaned_data, actor=request.user)
        except Invalid as invalid:
            for name, sentence in invalid.problems.items():
                form.add_error(name if name in form.fields else None, str(sentence))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("party", public_id)
        else:
            messages.success(request, _("Đã gửi lời mời đến %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("party", public_id)
    return people(request, party, form)


@access("signed_in")
@require_POST
def take_back(request: HttpRequest, public_id: str, invitation_id: int) -> HttpResponse:
    return done(
        request,
        public_id,
        lambda party: services.withdraw_invitation(party, invitation_id, actor=request.user),
        _("Đã rút lời mời."),
    )


@access("signed_in")
@require_POST
def answer(request: HttpRequest, public_id: str, request_id: int) -> HttpResponse:
    accept = request.POST.get("answer") == "yes"

    def act(party: Party) -> None:
        get_object_or_404(JoinRequest, pk=request_id, party=party)
        services.answer_join(request_id, accept=accept, actor=request.user)

    return done(request, public_id, act, _("Đã nhận vào tổ chức.") if accept else _("Đã từ chối yêu cầu."))


@access("signed_in")
@require_POST
def change(request: HttpRequest, public_id: str, membership_id: int) -> HttpResponse:
    """Another role, or `role=end`: the membership ends."""
    wanted = request.POST.get("role", "")

    def act(party: Party) -> None:
        held = get_object_or_404(members(party), pk=membership_id)
        if wanted not in (*MemberRole.values, "end"):
            raise Invalid(_("Chọn vai trò."))
        services.change_role(held.pk, role=None if wanted == "end" else wanted, actor=request.user)

    return done(request, public_id, act, _("Đã kết thúc vai trò.") if wanted == "end" else _("Đã đổi vai trò."))


def done(request: HttpRequest, public_id: str, act: Any, sentence: str) -> HttpResponse:
    """Do something to one's own party, say how it went, go back to its page (or to the list, when one has left)."""
    party = own(request, public_id)
    try:
        act(party)
        messages.success(request, sentence)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("party", public_id) if role_of(request.user, party) else redirect("parties")


# --- the way in


@access("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites whom to what. A stranger reads it too (the link is the secret); taking it up needs the invited address."""
    found = invitation_of(token)
    if found is None:
        return render(request, "parties/invitation_gone.html", {}, status=410)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        try:
            membership = services.accept_invitation(token, actor=request.user)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
        messages.success(request, _("Bạn đã tham gia “%(name)s”.") % {"name": found.party.name})
        return redirect("party", membership.party.public_id)
    here = request.path
    page = {
        "invitation": found,
        "role": MemberRole(found.role).label,
        "is_signed_in": request.user.is_authenticated,
        "fits": request.user.is_authenticated and request.user.email.lower() == found.email,
        "masked": masked(found.email),
        "login_url": f"{reverse('account_login')}?next={here}",
        "signup_url": f"{reverse('account_signup')}?next={here}",
    }
    return render(request, "parties/invitation.html", page)


def masked(email: str) -> str:
    """`ten.dai@vidu.vn` → `t…@vidu.vn`: enough to know one's own, not to learn another's."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"
