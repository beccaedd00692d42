"""What dossiers hold of a person: those they began or sent, as long as they act for the party; of others only that they did."""

import json
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Coded, Part
from registry.core.models import ReadLog
from registry.dossiers.helped.models import Help, Pass
from registry.dossiers.models import Dossier, DossierFile
from registry.dossiers.selectors import timeline
from registry.parties.selectors import role_of

COVERS: Final = frozenset(
    {
        "dossiers.Dossier.created_by",
        "dossiers.Submission.submitted_by",
        "dossiers.DossierFile.added_by",
        "dossiers.Help.helper",
        "dossiers.Pass.issued_by",
    }
)

WORDS: Final = {
    "dossiers": _("Hồ sơ bạn lập hoặc đã gửi"),
    "files": _("Tệp bạn đưa vào hồ sơ"),
    "readings": _("Cán bộ của Sở đã đọc thông tin hạn chế"),
    "helped": _("Hồ sơ bạn nhập hộ"),
    "keys": _("Mã bạn đã lập để mở một hồ sơ"),
    "of": _("Nhập hộ cho"),
    "since": _("Từ lúc"),
    "until": _("Đến lúc"),
    "reference": _("Mã hồ sơ"),
    "organisation": _("Tổ chức"),
    "title": _("Tên hồ sơ"),
    "state": _("Trạng thái"),
    "began": _("Lập lúc"),
    "received": _("Sở nhận lúc"),
    "closed": _("Xong lúc"),
    "draft": _("Bản nháp"),
    "submissions": _("Các lần gửi"),
    "supplements": _("Các lần Sở yêu cầu bổ sung"),
    "timeline": _("Diễn biến"),
    "note": _("Ghi chú"),
    "name": _("Tên tệp"),
    "purpose": _("Mục đích"),
    "added": _("Thêm lúc"),
    "removed": _("Gỡ lúc"),
    "at": _("Lúc"),
    "fields": _("Các mục đã đọc"),
}


def own_dossiers(user: Any) -> Part:
    rows = (
        Dossier.objects.filter(Q(created_by=user) | Q(submissions__submitted_by=user))
        .select_related("party")
        .distinct()
        .order_by("pk")
    )
    whole = [row for row in rows if role_of(user, row.party)]
    held = {row.pk for row in whole}
    subjects = {row.subject: row for row in whole}
    files = DossierFile.objects.filter(added_by=user).select_related("dossier", "file").order_by("pk")
    return Part(
        _("Hồ sơ"),
        {
            "dossiers": [told(row) if row.pk in held else outline(row) for row in rows],
            "files": [
                {
                    "reference": row.dossier.reference,
                    "name": row.file.name,
                    "purpose": str(row.dossier.kind.file_purposes.get(row.purpose, row.purpose)),
                    "added": row.added_at,
                    "removed": row.removed_at,
                }
                for row in files
            ],
            "readings": [
                {
                    "reference": subjects[row.subject].reference,
                    "at": row.at,
                    "fields": [asked(subjects[row.subject], name) for name in row.fields],
                }
                for row in ReadLog.objects.filter(subject__in=subjects).exclude(user=user).order_by("at", "pk")
            ],
            # The founder's name and contact are the founder's data, not the helper's.
            "helped": [
                {"reference": row.dossier.reference, "of": row.organisation, "since": row.since, "until": row.until}
                for row in Help.objects.filter(helper=user).select_related("dossier").order_by("pk")
            ],
            "keys": [
                {
                    "reference": row.dossier.reference,
                    "purpose": Coded(row.purpose, row.get_purpose_display()),
                    "at": row.issued_at,
                }
                for row in Pass.objects.filter(issued_by=user).select_related("dossier").order_by("pk")
            ],
        },
        WORDS,
    )


def asked(dossier: Dossier, name: str) -> str:
    """What was read: a question of the dossier's form with its label; what is no question stays its code."""
    field = dossier.kind.fields().get(name)
    return Coded(name, field.label or name) if field else name


def outline(dossier: Dossier) -> dict[str, Any]:
    """Of a party that the person has left: that they began it, no more."""
    return {
        "reference": dossier.reference,
        "organisation": dossier.party.name,
        "began": dossier.created_at,
        "note": str(_("Bạn không còn thay mặt tổ chức này, nên nội dung hồ sơ không có ở đây.")),
    }


def told(dossier: Dossier) -> dict[str, Any]:
    return {
        "reference": dossier.reference,
        "organisation": dossier.party.name,
        "title": dossier.title,
        "state": str(dossier.lifecycle.states[dossier.state].label),
        "began": dossier.created_at,
        "received": dossier.received_at,
        "closed": dossier.closed_at,
        "draft": dossier.answers,
        "submissions": [
            {"number": row.number, "at": row.submitted_at, "sha256": row.sha256, "content": json.loads(row.content)}
            for row in dossier.submissions.order_by("number")
        ],
        "supplements": [
            {
                "at": row.asked_at,
                "closed": row.closed_at,
                "message": row.message,
                "remarks": [{"target": remark.target, "text": remark.text} for remark in row.remarks.all()],
            }
            for row in dossier.supplements.prefetch_related("remarks")
        ],
        "timeline": [{"at": one.at, "act": str(one.done), "reason": one.reason} for one in timeline(dossier)],
    }
