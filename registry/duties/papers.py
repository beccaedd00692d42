"""Form V.6 of a year, made from the certificate and the figures that the enterprise keeps."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation

from registry.certificates.models import Certificate, CertificateVersion
from registry.duties.forms import COSTS
from registry.st_enterprises.papers.content import Condition, Costs, Representative, YearReport

MINISTRY: Final = "Bộ Khoa học và Công nghệ"
_AS_KEPT: Final = (
    "phone", "fax", "ownership", "sti_investment", "total_revenue", "sti_product_revenue", "profit", "sti_product_profit",
    "income_tax_relief", "land_rent_relief", "preferential_loans", "fund", "state_budget_funding", "state_budget_tasks",
    "other_support", "other_support_kinds", "workers", "monthly_income", "proposals",
)  # fmt: skip


def prefilled(version: CertificateVersion) -> dict[str, Any]:
    """What the certificate already says of the answers."""
    said = {"phone": version.phone, "products": "\n".join(line.product for line in version.products.all())}
    return {name: value for name, value in said.items() if value}


def year_report(
    certificate: Certificate, version: CertificateVersion, year: int, figures: Mapping[str, Any]
) -> YearReport:
    """The content of V.6; what is not known stays a dotted line."""
    with translation.override("vi"):
        place = version.ward.name_vi
    return YearReport(
        to=MINISTRY,
        year=year,
        name=version.name_vi,
        code=version.business_number,
        address=f"{version.address}, {place}, tỉnh Lai Châu",
        representative=Representative(
            name=figures.get("representative_name", ""),
            phone=figures.get("representative_phone", ""),
            email=figures.get("representative_email", ""),
        ),
        condition=Condition(figures["condition"]) if figures.get("condition") else None,
        products=tuple(line for line in figures.get("products", "").split("\n") if line.strip()),
        costs=Costs(**{name: figures.get(f"cost_{name}") for name in COSTS}),
        **{name: figures[name] for name in _AS_KEPT if name in figures},
    )
