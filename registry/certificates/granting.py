"""What a decision to grant on an application means for the register: its certificate is entered, in the same transaction."""

from collections.abc import Mapping
from typing import Any, Final

from registry.certificates.deciding import Content, Line, issue_by
from registry.core.fields import Sector
from registry.core.selectors import ward
from registry.st_enterprises.certification.deciding import CertificationGranted

SECTORS: Final = {
    "agriculture": Sector.AGRICULTURE,
    "industry": Sector.INDUSTRY,
    "services": Sector.SERVICES,
}
"""The sectors of the size test (Decree 80/2021, Art. 5) as the register sorts by them."""


def enter(granted: CertificationGranted) -> None:
    """Raises Invalid, and nothing is granted, where the number that was typed is in the register already."""
    submission = granted.dossier.submissions.order_by("number").last()
    issue_by(granted.decision, granted.dossier, submission, content_of(granted.answers), granted.number)


def content_of(answers: Mapping[str, Any]) -> Content:
    """What form V.4 prints, from what forms V.1 and V.2 said: a line for each product, with the result it comes from."""
    place = ward(answers["ward"])
    assert place is not None
    results = answers["results"]
    return Content(
        name_vi=answers["name_vi"],
        name_en=answers["name_foreign"] or "",
        short_name=answers["short_name"] or "",
        business_number=answers["business_number"],
        registered_on=answers["registered_on"] or None,
        ward=place,
        address=answers["address"],
        phone=answers["phone"] or "",
        sector=SECTORS[answers["sector"]],
        fields=tuple(answers["fields_of_technology"]),
        lines=tuple(
            Line(row["kind"], row["name"], product["name"])
            for product in answers["products"]
            for row in [results[int(product["result"]) - 1]]
        ),
    )
