"""Form V.6 of a year, made from the certificate and the figures that the enterprise keeps."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation

from registry.certificates.models import Certificate, CertificateVersion
from registry.dossiers import snapshot
from registry.duties.forms import COSTS
from registry.parties.models import ContactKind
from registry.st_enterprises.papers.content import Condition, Costs, Representative, YearReport

MINISTRY: Final = "Bộ Khoa học và Công nghệ"
_AS_KEPT: Final = (
    "phone", "fax", "ownership", "sti_investment", "total_revenue", "sti_product_revenue", "profit", "sti_product_profit",
    "income_tax_relief", "land_rent_relief", "preferential_loans", "fund", "state_budget_funding", "state_budget_tasks",
    "other_support", "other_support_kinds", "workers", "monthly_income", "proposals",
)  # fmt: skip


def prefilled(version: CertificateVersion) -> dict[str, Any]:
    """What the portal knows of the answers: by the certificate, the party's record, and the dossier behind the certificate.

    How the representative is reached stands in that dossier alone; it is taken only while the representative is the same.
    """
    party = version.certificate.party
    person = party.representatives.filter(until=None).first()
    contacts = dict(party.contacts.filter(until=None).values_list("kind", "value"))
    before = snapshot.answers_of(version.submission) if version.submission else {}
    name = person.full_name if person else before.get("representative", "")
    theirs = before if before.get("representative") == name else {}
    said = {
        "phone": version.phone or contacts.get(ContactKind.PHONE, ""),
        "fax": before.get("fax"),
        "representative_name": name,
        "representative_phone": theirs.get("representative_phone"),
        "representative_email": theirs.get("representative_email"),
        "products": "\n".join(line.product for line in version.products.all()),
    }
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
