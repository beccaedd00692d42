"""The only way to change a party and its members; what holds of it is `profiles`. Plain data and an actor in, records out."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import roles
from registry.core import clock, events
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.core.text import clean
from registry.parties.models import (
    Invitation,
    JoinRequest,
    MemberRole,
    Membership,
    NameKind,
    Party,
    PartyIdentifier,
    PartyKind,
    PartyName,
)
from registry.parties.rules import Identifier
from registry.parties.selectors import has_nobody, role_of

INVITATION_DAYS = 14


@dataclass(frozen=True, slots=True)
class MemberInvited:
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class JoinRequested:
    request: JoinRequest


@dataclass(frozen=True, slots=True)
class JoinAnswered:
    request: JoinRequest
    by_department: bool = False


class AlreadyHere(Conflict):
    """The identifier belongs to a party that stands here; `party` is it. Ask to join instead."""

    def __init__(self, party: Party) -> None:
        super().__init__(_("Mã này đã có trong danh sách. Bạn có thể xin tham gia."))
        self.party = party


def create_party(
    *, kind: str, name: str, actor: Any, identifier: Identifier | None = None, with_owner: bool = True
) -> Party:
    """A new party whose owner is `actor`. Enterprises need a tax code; raises Invalid, AlreadyHere.

    Without an owner it waits for its own people: `actor` only enters it for them (see `claim`).
    """
    name = clean(name)
    if not name:
        raise Invalid(_("Nhập tên."), {"name": _("Nhập tên.")})
    if kind == PartyKind.ENTERPRISE and (identifier is None or identifier.scheme != "tax_code"):
        raise Invalid(
            _("Doanh nghiệp cần mã số thuế."), {"tax_code": _("Doanh nghiệp cần mã số thuế 10 hoặc 13 chữ số.")}
        )
    with transaction.atomic():
        if identifier:
            found = PartyIdentifier.objects.filter(scheme=identifier.scheme, value=identifier.value, until=None)
            here = found.select_related("party").first()
            if here:
                raise AlreadyHere(here.party)
        party = Party.objects.create(kind=kind, name=name, created_at=clock.now(), created_by=actor)
        PartyName.objects.create(party=party, kind=NameKind.VIETNAMESE, text=name, since=clock.today())
        if identifier:
            try:
                with transaction.atomic():
                    PartyIdentifier.objects.create(
                        party=party, scheme=identifier.scheme, value=identifier.value, since=clock.today()
                    )
            except IntegrityError:
                raise Conflict(_("Mã này vừa được người khác đăng ký. Thử lại để xin tham gia.")) from None
        if with_owner:
            Membership.objects.create(party=party, user=actor, role=MemberRole.OWNER, since=clock.today())
    return party


def claim(party: Party, *, actor: Any) -> None:
    """Make `actor` the owner of a party that was entered for its people and has nobody yet. Raises Conflict if it has."""
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)  # two who come at once: the first is the owner
        if party.memberships.filter(until=None).exists():
            raise Conflict(_("Tổ chức này đã có người đứng tên trên cổng. Xin tham gia ở trang “Tổ chức của tôi”."))
        Membership.objects.create(party=party, user=actor, role=MemberRole.OWNER, since=clock.today())


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """An organisation, person or group as a list of the department names it. Nobody acts for it until somebody joins."""

    kind: str
    name: str
    identifier: Identifier | None = None


def enter_parties(drafts: Sequence[PartyDraft], *, actor: Any) -> list[Party]:
    """New parties from a list of the department, without members. The caller has checked that none of them is here.

    An identifier that somebody else entered meanwhile raises IntegrityError: call it in the transaction of the list's rows.
    """
    today, now = clock.today(), clock.now()
    parties = Party.objects.bulk_create(
        Party(kind=draft.kind, name=draft.name, created_at=now, created_by=actor) for draft in drafts
    )
    PartyName.objects.bulk_create(
        PartyName(party=party, kind=NameKind.VIETNAMESE, text=party.name, since=today) for party in parties
    )
    PartyIdentifier.objects.bulk_create(
        PartyIdentifier(party=party, scheme=draft.identifier.scheme, value=draft.identifier.value, since=today)
        for party, draft in zip(parties, drafts, strict=True)
        if draft.identifier
    )
    return parties


def require_owner(party: Party, actor: Any) -> None:
    if role_of(actor, party) != MemberRole.OWNER:
        raise NotAllowed(_("Chỉ người chủ quản của tổ chức làm được việc này."))


def invite(party: Party, *, email: str, role: str, actor: Any) -> Invitation:
    """Invite an address to act for `party`. An open invitation to the same address is replaced."""
    require_owner(party, actor)
    if role not in MemberRole.values:
        raise Invalid(_("Chọn vai trò."), {"role": _("Chọn vai trò.")})
    email = clean(email).lower()
    if party.memberships.filter(user__email=email, until=None).exists():
        raise Invalid(_("Người này đã là thành viên."), {"email": _("Người này đã là thành viên.")})
    now = clock.now()
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)  # two invitations at once: the later one replaces the other
        Invitation.objects.filter(party=party, email=email, accepted_at=None, withdrawn_at=None).update(
            withdrawn_at=now
        )
        invitation = Invitation.objects.create(
            party=party,
            email=email,
            role=role,
            token=secrets.token_urlsafe(32),
            invited_by=actor,
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
        events.publish(MemberInvited(invitation))
    return invitation


def withdraw_invitation(party: Party, invitation_id: int, *, actor: Any) -> None:
    """Take an invitation back; its link no longer works. One that is taken up or gone stays as it is."""
    require_owner(party, actor)
    waiting = party.invitations.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None)
    if not waiting.update(withdrawn_at=clock.now()):
        raise Conflict(_("Lời mời này đã dùng hoặc đã rút."))


def accept_invitation(token: str, *, actor: Any) -> Membership:
    """Take up an invitation. It must be open, not expired, and sent to the actor's own address."""
    with transaction.atomic():
        invitation = (
            Invitation.objects.select_for_update()
            .filter(token=token, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())
            .first()
        )
        if invitation is None:
            raise Conflict(_("Lời mời này đã dùng, đã rút hoặc quá hạn. Nhờ người mời gửi lại."))
        if invitation.email != actor.email.lower():
            raise NotAllowed(_("Lời mời gửi cho địa chỉ thư khác. Đăng nhập bằng địa chỉ được mời."))
        invitation.accepted_at = clock.now()
        invitation.save(update_fields=["accepted_at"])
        return _join(invitation.party, actor, invitation.role)


def _join(party: Party, user: Any, role: str) -> Membership:
    membership, _created = Membership.objects.get_or_create(
        party=party, user=user, until=None, defaults={"role": role, "since": clock.today()}
    )
    return membership


def ask_to_join(party: Party, *, actor: Any) -> JoinRequest:
    """Ask the owners of `party` to let `actor` act for it. Asking twice gives the open request."""
    if role_of(actor, party):
        raise Conflict(_("Bạn đã là thành viên."))
    with transaction.atomic():
        request, created = JoinRequest.objects.get_or_create(
            party=party, user=actor, answered_at=None, defaults={"created_at": clock.now()}
        )
        if created:
            events.publish(JoinRequested(request))
    return request


def answer_join(request_id: int, *, accept: bool, actor: Any) -> JoinRequest:
    """Accept (as editor) or decline a request to join. Owners only; where nobody acts for the party yet, the department,
    and whoever it lets in is the owner."""
    with transaction.atomic():
        request = JoinRequest.objects.select_for_update().select_related("party", "user").get(pk=request_id)
        Party.objects.select_for_update().get(pk=request.party_id)  # two that are let in at once: one is the owner
        ownerless = has_nobody(request.party)
        if ownerless:
            require_department(actor, request)
        else:
            require_owner(request.party, actor)
        if request.answered_at:
            raise Conflict(_("Yêu cầu này đã được trả lời."))
        request.answered_at, request.answered_by, request.accepted = clock.now(), actor, accept
        request.save()
        if accept:
            _join(request.party, request.user, MemberRole.OWNER if ownerless else MemberRole.EDITOR)
        events.publish(JoinAnswered(request, by_department=ownerless))
    return request


def require_department(actor: Any, request: JoinRequest) -> None:
    """Officers and leaders, never for themselves."""
    if not roles.roles_of(actor) & {roles.CASE_OFFICER, roles.LEADER} or actor == request.user:
        raise NotAllowed(_("Chỉ chuyên viên thụ lý hoặc lãnh đạo Sở làm được việc này."))


def change_role(membership_id: int, *, role: str | None, actor: Any) -> None:
    """Give a member another role, or end the membership (`role=None`); one's own anybody may end. The last owner stays."""
    with transaction.atomic():
        membership = Membership.objects.select_related("party", "user").get(pk=membership_id)
        Party.objects.select_for_update().get(pk=membership.party_id)  # two owners who part at once: one stays
        membership.refresh_from_db(fields=["until", "role"])
        if membership.until is not None:
            raise Conflict(_("Vai trò này đã kết thúc."))
        if role is not None or membership.user != actor:
            require_owner(membership.party, actor)
        others = membership.party.memberships.filter(role=MemberRole.OWNER, until=None).exclude(pk=membership.pk)
        if membership.role == MemberRole.OWNER and role != MemberRole.OWNER and not others.exists():
            raise Invalid(_("Tổ chức cần ít nhất một người chủ quản."))
        membership.until = clock.today()
        membership.save(update_fields=["until"])
        if role:
            _join(membership.party, membership.user, role)
