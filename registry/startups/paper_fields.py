"""What the department's papers can say of a startup's dossier; lent to them in portal/wiring.py."""

from collections.abc import Mapping
from typing import Any, Final

from registry.core.selectors import ward
from registry.dossiers.models import Dossier
from registry.official_papers.fields import Field, Value

FIELDS: Final = (
    Field("ten_du_an", "Tên dự án", "Trà cổ thụ Mẫu (giả định)"),
    Field("gioi_thieu", "Một câu giới thiệu", "Truy xuất từng gốc chè cổ thụ cho người mua ở xa."),
    Field("dia_chi", "Địa chỉ", "Bản Mẫu 1, Phường Mẫu, tỉnh Lai Châu"),
    Field("nguoi_dai_dien", "Người đại diện", "Lò Thị Mẫu", is_restricted=True),
)


def values(dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Value]:
    """By the last submission."""
    place = ward(str(answers.get("ward") or ""))
    told = [str(answers.get("address") or ""), place.name_vi if place else ""]
    return {
        "ten_du_an": answers.get("name_vi") or "",
        "gioi_thieu": answers.get("pitch_vi") or "",
        "dia_chi": ", ".join([*(part for part in told if part), "tỉnh Lai Châu"]) if any(told) else "",
        "nguoi_dai_dien": answers.get("representative") or "",
    }
