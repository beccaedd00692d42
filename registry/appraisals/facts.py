"""What a sheet begins with, from the application, and what of it is printed as form V.3."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.appraisals.models import Appraisal
from registry.core.selectors import ward
from registry.dossiers import snapshot
from registry.st_enterprises.certification.answers import HEADS, whole
from registry.st_enterprises.certification.documents import DOCUMENTS, DocumentKind
from registry.st_enterprises.papers import figures
from registry.st_enterprises.papers.content import AppraisedResult, Assessment

DAYS = ("registered_on", "updated_on")
AMOUNTS = ("spending", "revenue_of_years", "net_revenue_of_years", "total_revenue", "sti_product_revenue")
WORDS = ("registration_number", "update_number", "ownership", "absorbing", "rd_unit", "effects", "to_supplement")


def of_application(appraisal: Appraisal) -> dict[str, Any]:
    """What the last submission says of what V.3 asks: `enterprise` is part I, `rows` the table, the rest by field.

    Days as ISO, amounts in whole đồng or None. The figures of item 4a are those of the same years as in V.2.
    """
    submission = appraisal.dossier.submissions.order_by("number").last() if appraisal.dossier else None
    if submission is None:
        return {"enterprise": {}, "rows": []}
    content = snapshot.read(submission)
    told = snapshot.answers_in(content)
    texts = {one["name"]: one for step in content["steps"] for one in step["answers"]}
    years = told.get("years") or []
    total = _sum(years, "total_revenue")
    return {
        "enterprise": _enterprise(told),
        "rows": _rows(told),
        "registration_number": told.get("business_number") or "",
        "registered_on": told.get("registered_on"),
        "spending": _sum(years, "sti_spending"),
        "revenue_of_years": total,
        "net_revenue_of_years": _sum(years, "net_revenue"),
        "rd_unit": "\n".join(
            f"{texts[name]['label']}: {', '.join(texts[name]['text'])}"
            for name in HEADS
            if name in texts and texts[name]["text"]
        ),
        "total_revenue": total,
        "sti_product_revenue": _sum(years, "sti_product_revenue"),
        "effects": "\n".join(texts["effects"]["text"]) if "effects" in texts else "",
    }


def _sum(years: list[Mapping[str, Any]], name: str) -> int | None:
    return figures.total([whole(year.get(name)) for year in years])


def _enterprise(told: Mapping[str, Any]) -> dict[str, str]:
    place = ward(str(told.get("ward") or ""))
    return {
        "name": told.get("name_vi") or "",
        "tax_code": told.get("business_number") or "",
        "head_office": ", ".join(part for part in (told.get("address"), place and place.name_vi) if part),
        "phone": told.get("phone") or "",
        "email": told.get("email") or "",
        "representative": told.get("representative") or "",
    }


def _rows(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "result": row["name"],
            "recognition": _recognition(row),
            "products": [one["name"] for one in told.get("products") or [] if one.get("result") == number],
        }
        for number, row in enumerate(told.get("results") or [], 1)
    ]


def _recognition(row: Mapping[str, Any]) -> str:
    kind = str(DOCUMENTS[DocumentKind(row["document_kind"])]) if row.get("document_kind") else ""
    day = row.get("document_date")
    written = f"ngày {date.fromisoformat(day):%d/%m/%Y}" if day else ""
    number = f"số {row['document_number']}" if row.get("document_number") else ""
    return ", ".join(part for part in (kind, number, written, row.get("issuer")) if part)


def assessment(content: Mapping[str, Any], *, meets: bool | None, assessor: str) -> Assessment:
    """Form V.3 of what a sheet says, or of what it begins with."""
    return Assessment(
        **content.get("enterprise", {}),
        **{name: content.get(name) or "" for name in WORDS},
        **{name: content.get(name) for name in AMOUNTS},
        **{name: date.fromisoformat(content[name]) if content.get(name) else None for name in DAYS},
        results=tuple(
            AppraisedResult(result=row["result"], recognition=row["recognition"], products=tuple(row["products"]))
            for row in content.get("rows", [])
        ),
        meets=meets,
        assessor=assessor,
    )
