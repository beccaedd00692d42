"""What is made of the answers: a draft's first ones, the figures that Art. 49 looks at, what is still missing."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _now

from registry.core import clock
from registry.dossiers import snapshot
from registry.dossiers.lifecycle import WITHDRAWN
from registry.dossiers.models import Dossier, Submission
from registry.dossiers.selectors import open_supplement
from registry.parties.models import NameKind, Party
from registry.parties.selectors import facts_in_force, tax_code
from registry.st_enterprises.certification.documents import DOCUMENTS, DocumentKind
from registry.st_enterprises.profile import WINDOW, Effect, Product, Profile, Result, ResultKind, Sector, Year

Answers = Mapping[str, Any]

CODE: Final = "st_certification"
FIGURES: Final = ("net_revenue", "total_revenue", "sti_spending", "sti_product_revenue", "insured_workers", "capital")
FACTS: Final = {name: f"st_{name}" for name in FIGURES}
"""The code of the fact (`registry.parties.models.Fact`) that keeps each figure of a year."""

HEADS: Final = ("rd_unit_graduates", "rd_unit_vietnamese", "sti_people", "sti_people_vietnamese", "hired_experts")


def prefill(party: Party) -> dict[str, Any]:
    """What the portal knows of the enterprise already: the party, its facts, the results and products it declared last.

    The identity number of its representative is asked anew each time.
    """
    names = dict(party.names.filter(until=None).values_list("kind", "text"))
    contacts = dict(party.contacts.filter(until=None).values_list("kind", "value"))
    address = party.addresses.filter(until=None).select_related("ward").first()
    person = party.representatives.filter(until=None).first()
    lines = party.industries.filter(until=None).select_related("industry").order_by("industry__code")
    last = (
        Submission.objects.filter(dossier__party=party, dossier__procedure=CODE).order_by("submitted_at", "pk").last()
    )
    declared = snapshot.answers_of(last) if last else {}
    known = {
        "name_vi": party.name,
        "name_foreign": names.get(NameKind.FOREIGN, ""),
        "short_name": names.get(NameKind.SHORT, ""),
        "business_number": tax_code(party),
        "ward": address.ward.code if address else "",
        "address": address.text if address else "",
        "phone": contacts.get("phone", ""),
        "email": contacts.get("email", ""),
        "representative": person.full_name if person else "",
        "representative_title": person.title if person else "",
        "industries": [f"{line.industry.edition}:{line.industry.code}" for line in lines],
        "years": known_years(party, clock.today().year),
        "results": declared.get("results"),
        "products": declared.get("products"),
    }
    return {name: value for name, value in known.items() if value}


def known_years(party: Party, this_year: int) -> list[dict[str, Any]]:
    """The last three closed financial years of which a figure is on record, the newest first, as rows of the form."""
    codes = {code: name for name, code in FACTS.items()}
    rows: dict[int, dict[str, Any]] = {}
    for fact in facts_in_force(party, set(codes)):
        year = int(fact.period)
        if this_year - WINDOW <= year < this_year:
            amount = int(fact.value)
            is_count = codes[fact.code] == "insured_workers"
            rows.setdefault(year, {"year": year})[codes[fact.code]] = amount if is_count else str(amount)
    return [rows[year] for year in sorted(rows, reverse=True)]


def profile_of(answers: Answers, as_of: date) -> Profile:
    """The figures of Art. 49 in answers that can be read (stored or cleaned); what is absent is not known.

    A result with a paper is taken to be in force: the form asks for none that is not. The size is that of the last
    financial year. An empty tick list of effects means that there is none once the step was answered.
    """
    years = {int(row["year"]): row for row in answers.get("years") or [] if row.get("year")}
    last = years.get(as_of.year - 1, {})
    results, products, effects = (answers.get(name) for name in ("results", "products", "effects"))
    return Profile(
        as_of,
        sector=Sector(answers["sector"]) if answers.get("sector") else None,
        insured_workers=whole(last.get("insured_workers")),
        capital=whole(last.get("capital")),
        years=tuple(year_of(years[number]) for number in sorted(years)) or None,
        founded_on=day_of(answers.get("registered_on")),
        results=tuple(Result(ResultKind(row["kind"]), in_force=True) for row in results) if results else None,
        products=tuple(Product(row["name"], bool(row.get("commercialised"))) for row in products) if products else None,
        effects=None if effects is None else frozenset(map(Effect, effects)),
        **{name: whole(answers.get(name)) for name in HEADS},
    )


def year_of(row: Mapping[str, Any]) -> Year:
    figures = ("net_revenue", "total_revenue", "sti_spending", "sti_product_revenue")
    return Year(int(row["year"]), None, *(whole(row.get(name)) for name in figures))


def whole(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


def day_of(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def check(dossier: Dossier, answers: Answers) -> dict[str, str]:
    """Demands across steps, by field; `files` for the papers. `answers` are the cleaned ones, those with mistakes left out."""
    problems = {**number_problem(dossier, answers), **figure_problems(answers), **product_problem(answers)}
    if missing := missing_papers(dossier, answers):
        names = ", ".join(f"{DOCUMENTS[kind]} ({count})" for kind, count in missing.items())
        problems["files"] = _now("Mỗi kết quả cần văn bản công nhận. Còn thiếu tệp: %(names)s.") % {"names": names}
    return problems | filing_problems(dossier, answers)


def number_problem(dossier: Dossier, answers: Answers) -> dict[str, str]:
    """The application is made in the name of the party, not of another enterprise."""
    held, told = tax_code(dossier.party), answers.get("business_number")
    if held and told and held != told:
        return {"business_number": _now("Số này khác mã số của tổ chức đứng tên hồ sơ.")}
    return {}


def figure_problems(answers: Answers) -> dict[str, str]:
    """Form V.2 tells three years, or those that a younger enterprise has had whole.

    The size is that of the year before (form V.1, item 5), so that year's row needs its heads.
    """
    rows, last = answers.get("years"), clock.today().year - 1
    if rows is None:
        return {}
    registered, told = day_of(answers.get("registered_on")), {one["year"] for one in rows}
    whole = [year for year in range(last - 2, last + 1) if registered is None or year > registered.year]
    if missing := [str(year) for year in whole if year not in told]:
        return {
            "years": _now("Mẫu V.2 hỏi ba năm tài chính liền kề; còn thiếu năm %(years)s.")
            % {"years": ", ".join(missing)}
        }
    row = next((one for one in rows if one["year"] == last), None)
    if row is None or row.get("insured_workers") is None:
        return {"years": _now("Năm %(year)s cần số lao động tham gia bảo hiểm xã hội, để xét quy mô.") % {"year": last}}
    return {}


def product_problem(answers: Answers) -> dict[str, str]:
    """Every product comes from a result of the list."""
    results, products = answers.get("results"), answers.get("products")
    if results is None or products is None:
        return {}
    wrong = [row["name"] for row in products if row["result"] > len(results)]
    if wrong:
        return {"products": _now("Không có dòng kết quả mà “%(name)s” dẫn tới.") % {"name": wrong[0]}}
    return {}


def missing_papers(dossier: Dossier, answers: Answers) -> dict[DocumentKind, int]:
    """How many files each kind of paper still lacks: one for each paper that proves a result, several results may share it."""
    wanted = {(row["document_kind"], row["document_number"].casefold()) for row in answers.get("results") or []}
    here = Counter(dossier.files.filter(removed_at=None).values_list("purpose", flat=True))
    lacking = Counter(kind for kind, _number in wanted) - here
    return {DocumentKind(kind): lacking[kind] for kind in sorted(lacking)}


def filing_problems(dossier: Dossier, answers: Answers) -> dict[str, str]:
    """One number names one dossier, unless that one was withdrawn; a supplement is received after it was asked for."""
    number, at = answers.get("filed_number"), answers.get("filed_at")
    sent = Dossier.objects.filter(procedure=dossier.procedure, received_at__isnull=False).exclude(pk=dossier.pk)
    sent = sent.exclude(state=WITHDRAWN.code)
    problems = {}
    if number and sent.filter(answers__filed_number=number).exists():
        problems["filed_number"] = _now("Số tiếp nhận này đã ghi cho một hồ sơ khác.")
    request = open_supplement(dossier) if at else None
    if at and request and at <= request.asked_at:
        problems["filed_at"] = _now("Ghi thời điểm tiếp nhận phần bổ sung, sau khi Sở yêu cầu bổ sung.")
    return problems
