"""Forms V.1 and V.2 made of an application's answers: of a draft, to be signed and carried, and of what was sent."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.core.selectors import industry
from registry.dossiers.procedure import FormOnPaper
from registry.st_enterprises.certification.answers import day_of, whole, year_of
from registry.st_enterprises.certification.documents import DOCUMENTS, DocumentKind
from registry.st_enterprises.certification.paper_fields import head_office
from registry.st_enterprises.papers import content
from registry.st_enterprises.papers.data import data
from registry.st_enterprises.papers.pdf import pdf
from registry.st_enterprises.papers.word import word
from registry.st_enterprises.profile import Effect, Sector

Answers = Mapping[str, Any]

TO: Final = "Ủy ban nhân dân tỉnh Lai Châu"
"""The authority of Art. 48(1)."""
PLACE: Final = "Lai Châu"


def application(answers: Answers, signed_on: date | None) -> content.Application:
    """V.1. What was not answered stays a dotted line."""
    last = _last_year(answers)
    return content.Application(
        to=TO,
        enterprise=enterprise(answers),
        representative=representative(answers),
        sector=Sector(answers["sector"]) if answers.get("sector") else None,
        insured_workers=whole(last.get("insured_workers")),
        total_revenue=whole(last.get("total_revenue")),
        capital=whole(last.get("capital")),
        results=tuple(declared_result(row) for row in answers.get("results") or []),
        products=tuple(row["name"] for row in answers.get("products") or []),
        place=PLACE,
        signed_on=signed_on,
    )


def plan(answers: Answers, signed_on: date | None) -> content.BusinessPlan:
    """V.2."""
    effects = answers.get("effects")
    return content.BusinessPlan(
        to=TO,
        name=_text(answers, "name_vi"),
        address=head_office(answers),
        phone=_text(answers, "phone"),
        lines_of_business="\n".join(_lines_of_business(answers)),
        organisation=_text(answers, "structure"),
        features=_text(answers, "technical_features"),
        process=_text(answers, "technology_process"),
        years=tuple(year_of(row) for row in sorted(_years(answers), key=lambda row: int(row["year"]))),
        workers=whole(answers.get("workers")),
        rd_people=tuple(
            content.Person(name=row["name"], qualification=row["qualification"], position=row["position"])
            for row in answers.get("rd_staff") or []
        ),
        cooperation=_text(answers, "cooperation"),
        effects=None if effects is None else frozenset(map(Effect, effects)),
        items=_items(answers),
        development=_text(answers, "development_plan"),
        signatory=_text(answers, "representative"),
        place=PLACE,
        signed_on=signed_on,
    )


def enterprise(answers: Answers) -> content.Enterprise:
    return content.Enterprise(
        name_vi=_text(answers, "name_vi"),
        name_foreign=_text(answers, "name_foreign"),
        name_short=_text(answers, "short_name"),
        head_office=head_office(answers),
        phone=_text(answers, "phone"),
        fax=_text(answers, "fax"),
        email=_text(answers, "email"),
        website=_text(answers, "website"),
        registration=content.Registration(
            number=_text(answers, "business_number"),
            on=day_of(answers.get("registered_on")),
            by=_text(answers, "registration_issuer"),
        ),
        kind=_text(answers, "enterprise_type"),
    )


def representative(answers: Answers) -> content.Representative:
    return content.Representative(
        name=_text(answers, "representative"),
        position=_text(answers, "representative_title"),
        identity_number=_text(answers, "identity_number"),
        identity_by=_text(answers, "identity_issuer"),
        identity_on=day_of(answers.get("identity_issued_on")),
        phone=_text(answers, "representative_phone"),
        email=_text(answers, "representative_email"),
        permanent_address=_text(answers, "permanent_address"),
        current_address=_text(answers, "current_address"),
    )


def declared_result(row: Mapping[str, Any]) -> content.DeclaredResult:
    with translation.override("vi"):
        document = str(DOCUMENTS[DocumentKind(row["document_kind"])])
    on = day_of(row["document_date"])
    cited = f"{document} số {row['document_number']}" + (f" ngày {on:%d/%m/%Y}" if on else "") + f", {row['issuer']}"
    origin = content.Origin(row["origin"]) if row.get("origin") else None
    return content.DeclaredResult(name=row["name"], funding=row["funding"], origin=origin, recognition=cited)


def _items(answers: Answers) -> tuple[content.ResultProducts, ...]:
    products = answers.get("products") or []
    return tuple(
        content.ResultProducts(
            result=row["name"],
            products=tuple(one["name"] for one in products if whole(one.get("result")) == number),
        )
        for number, row in enumerate(answers.get("results") or [], 1)
    )


def _years(answers: Answers) -> list[Mapping[str, Any]]:
    return [row for row in answers.get("years") or [] if row.get("year")]


def _last_year(answers: Answers) -> Mapping[str, Any]:
    """The newest financial year that was told: item 5 of V.1 asks for the year before."""
    return max(_years(answers), key=lambda row: int(row["year"]), default={})


def _lines_of_business(answers: Answers) -> list[str]:
    found = [industry(*key.split(":")) for key in answers.get("industries") or [] if key.count(":") == 1]
    return [f"{line.code}: {line.name_vi}" for line in found if line]


def _text(answers: Answers, name: str) -> str:
    return str(answers.get(name) or "")


def _printed(
    fill: Callable[[Answers, date | None], Any], draw: Callable[[Any, datetime], bytes]
) -> Callable[..., bytes]:
    return lambda dossier, answers, signed_on, made_at: draw(fill(answers, signed_on), made_at)


DRAWN: Final = (pdf, word, lambda paper, made_at: data(paper).encode())
"""As PDF, DOCX and data, in the order of `FormOnPaper`."""

FORMS: Final = (
    FormOnPaper("v1", _("Mẫu V.1: Đơn đề nghị cấp Giấy chứng nhận"), *(_printed(application, draw) for draw in DRAWN)),
    FormOnPaper("v2", _("Mẫu V.2: Phương án sản xuất, kinh doanh"), *(_printed(plan, draw) for draw in DRAWN)),
)  # fmt: skip
