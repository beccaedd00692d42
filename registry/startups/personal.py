"""What the register holds of a person: the changes they proposed, and the pages that they confirmed."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Part
from registry.parties.selectors import role_of
from registry.startups.models import ChangeProposal, Confirmation
from registry.startups.proposals.parts import label_of

COVERS: Final = frozenset({"startups.ChangeProposal.created_by", "startups.Confirmation.by"})

WORDS: Final = {
    "proposals": _("Đề xuất thay đổi bạn lập"),
    "confirmations": _("Lần bạn xác nhận trang của dự án"),
    "reference": _("Mã đề xuất"),
    "startup": _("Mã công khai của dự án"),
    "state": _("Trạng thái"),
    "began": _("Lập lúc"),
    "sent": _("Gửi lúc"),
    "reason": _("Lý do"),
    "fields": _("Các mục"),
    "confirmed_on": _("Xác nhận ngày"),
}


def own_startups(user: Any) -> Part:
    """Of a party that the person has left: that they proposed, not what."""
    rows = ChangeProposal.objects.filter(created_by=user).select_related("startup__party").prefetch_related("fields")
    confirmed = Confirmation.objects.filter(by=user).select_related("startup").order_by("confirmed_on", "pk")
    return Part(
        _("Trang trong danh bạ"),
        {
            "proposals": [told(row, whole=bool(role_of(user, row.party))) for row in rows.order_by("pk")],
            "confirmations": [
                {"startup": row.startup.public_id, "confirmed_on": row.confirmed_on} for row in confirmed
            ],
        },
        WORDS,
    )


def told(row: ChangeProposal, *, whole: bool) -> dict[str, Any]:
    outline = {
        "reference": row.reference,
        "startup": row.startup.public_id,
        "state": str(row.lifecycle.states[row.state].label),
        "began": row.created_at,
        "sent": row.sent_at,
    }
    if not whole:
        return outline
    fields = [
        {"name": one.name, "label": label_of(one.name), "before": one.before, "proposed": one.proposed}
        for one in row.fields.all()
    ]
    return outline | {"reason": row.reason, "fields": fields}
