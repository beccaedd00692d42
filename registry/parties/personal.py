"""What parties hold of a person who signs in: for whom they act and acted, whom they invited, what they asked and recorded."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Coded, Part, Text
from registry.parties.models import Fact, Invitation, JoinRequest, Membership, Party

COVERS: Final = frozenset(
    {
        "parties.Party.created_by",
        "parties.Membership.user",
        "parties.Invitation.invited_by",
        "parties.JoinRequest.user",
        "parties.JoinRequest.answered_by",
        "parties.Fact.recorded_by",
    }
)

WORDS: Final = {
    "memberships": _("Vai trò trong tổ chức"),
    "created": _("Tổ chức bạn đã lập"),
    "invitations_sent": _("Lời mời bạn đã gửi"),
    "invitations_received": _("Lời mời gửi cho bạn"),
    "requests": _("Yêu cầu tham gia của bạn"),
    "answers": _("Yêu cầu bạn đã trả lời"),
    "facts": _("Số liệu bạn đã khai"),
    "organisation": _("Tổ chức"),
    "role": _("Vai trò"),
    "from": _("Từ ngày"),
    "until": _("Đến trước ngày"),
    "email": _("Thư điện tử"),
    "sent": _("Gửi lúc"),
    "accepted": _("Đồng ý"),
    "asked": _("Yêu cầu lúc"),
    "answered": _("Trả lời lúc"),
    "code": _("Chỉ tiêu"),
    "period": _("Kỳ"),
    "value": _("Giá trị"),
    "unit": _("Đơn vị tính"),
    "recorded": _("Ghi nhận lúc"),
}

UNITS: Final = {"đồng": _("đồng"), "người": _("người")}


def own_parties(user: Any, fact_words: Mapping[str, Text]) -> Part:
    """`fact_words` says what the facts are called that rooms above this one record."""
    sent = Invitation.objects.filter(invited_by=user).select_related("party").order_by("pk")
    got = Invitation.objects.filter(email=user.email).select_related("party").order_by("pk")
    asked = JoinRequest.objects.filter(user=user).select_related("party").order_by("pk")
    answered = JoinRequest.objects.filter(answered_by=user).select_related("party").order_by("pk")
    return Part(
        _("Tổ chức"),
        {
            "memberships": [
                {"organisation": row.party.name, "role": role_of(row), "from": row.since, "until": row.until}
                for row in Membership.objects.filter(user=user).select_related("party").order_by("since", "pk")
            ],
            "created": [
                {"organisation": row.name, "asked": row.created_at}
                for row in Party.objects.filter(created_by=user).order_by("pk")
            ],
            "invitations_sent": [
                {"organisation": row.party.name, "email": row.email, "role": role_of(row), "sent": row.created_at}
                for row in sent
            ],
            "invitations_received": [
                {
                    "organisation": row.party.name,
                    "role": role_of(row),
                    "sent": row.created_at,
                    "answered": row.accepted_at,
                }
                for row in got
            ],
            "requests": [request_of(row) for row in asked],
            "answers": [request_of(row) for row in answered],
            "facts": [
                {
                    "organisation": row.party.name,
                    "code": Coded(row.code, fact_words[row.code]) if row.code in fact_words else row.code,
                    "period": row.period,
                    "value": row.value,
                    "unit": str(UNITS.get(row.unit, row.unit)),
                    "recorded": row.recorded_at,
                }
                for row in Fact.objects.filter(recorded_by=user).select_related("party").order_by("pk")
            ],
        },
        WORDS,
    )


def role_of(row: Membership | Invitation) -> Coded:
    return Coded(row.role, row.get_role_display())


def request_of(row: JoinRequest) -> dict[str, Any]:
    return {
        "organisation": row.party.name,
        "asked": row.created_at,
        "answered": row.answered_at,
        "accepted": row.accepted,
    }
