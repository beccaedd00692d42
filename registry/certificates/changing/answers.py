"""What is made of the answers: a draft's first ones, the certificate that is asked for, what is still missing or wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now

from registry.certificates import deciding
from registry.certificates.changing import rules
from registry.certificates.changing.forms import BUSINESS_PLAN
from registry.certificates.changing.rules import Case
from registry.certificates.models import CertificateVersion, Regime
from registry.certificates.selectors import version_asked_to_change
from registry.core.selectors import ward
from registry.dossiers import snapshot
from registry.dossiers.models import Dossier
from registry.st_enterprises.certification.answers import day_of, filing_problems, number_problem

Answers = Mapping[str, Any]

ENTERPRISE = (
    "registration_issuer",
    "enterprise_type",
    "fax",
    "email",
    "website",
    "representative",
    "representative_title",
)
"""What form V.5 asks and the certificate does not print: taken from what the enterprise said last. Its representative's papers
and addresses are asked anew."""

TABLE = ("lines", "results", "products")
NEEDED = (*TABLE, "name_vi", "ward", "address", "business_number")
"""Without which the certificate that is asked for cannot be put together."""


def prefill(version: CertificateVersion) -> dict[str, Any]:
    """What the present version says, and beside it what the dossier behind it said of the enterprise."""
    before = snapshot.answers_of(version.submission) if version.submission else {}
    known = {name: before.get(name) for name in ENTERPRISE} | {
        "name_vi": version.name_vi,
        "name_foreign": version.name_en,
        "short_name": version.short_name,
        "business_number": version.business_number,
        "registered_on": version.registered_on.isoformat() if version.registered_on else "",
        "ward": version.ward.code,
        "address": version.address,
        "phone": version.phone,
        "lines": [
            {"line": place, "result_kind": line.result_kind, "result": line.result, "product": line.product}
            for place, line in enumerate(version.products.all(), 1)
        ],
    }
    return {name: value for name, value in known.items() if value}


def present_lines(version: CertificateVersion) -> tuple[rules.Line, ...]:
    return tuple(
        rules.Line(line.result_kind, line.result, line.product, line.incentive_from) for line in version.products.all()
    )


def kept_lines(answers: Answers) -> tuple[rules.Kept, ...]:
    return tuple(
        rules.Kept(int(row["line"]), row["result_kind"], row["result"], row["product"])
        for row in answers.get("lines") or []
    )


def added_lines(answers: Answers) -> tuple[rules.Line, ...]:
    """A line for each product that is added, with the result it comes from. The references are in order (`check`)."""
    kept, results = kept_lines(answers), answers.get("results") or []
    lines = []
    for row in answers.get("products") or []:
        if row.get("line"):
            source = kept[int(row["line"]) - 1]
            lines.append(rules.Line(source.result_kind, source.result, row["name"]))
        else:
            result = results[int(row["result"]) - 1]
            lines.append(rules.Line(result["kind"], result["name"], row["name"]))
    return tuple(lines)


def printed(answers: Answers) -> dict[str, Any]:
    """What form V.4 would print of the enterprise."""
    return {
        "name_vi": answers["name_vi"],
        "name_en": answers.get("name_foreign") or "",
        "short_name": answers.get("short_name") or "",
        "business_number": answers["business_number"],
        "registered_on": day_of(answers.get("registered_on")),
        "ward": answers["ward"],
        "address": answers["address"],
        "phone": answers.get("phone") or "",
    }


def printed_now(version: CertificateVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in rules.PRINTED} | {"ward": version.ward.code}


def content_asked_for(version: CertificateVersion, answers: Answers, added_on: date | None) -> deciding.Content:
    """The certificate as it is to be. What only a case that was not chosen would change stays as it is (`check`).

    `added_on`: from which day the incentives of what is added are counted (Art. 56(2)), None where it sets none.
    """
    present = deciding.content_of(version)
    if Case.REGISTRATION in answers["cases"]:
        place = ward(answers["ward"])
        assert place is not None
        present = replace(present, **printed(answers) | {"ward": place})
    if Case.LIST in answers["cases"]:
        added = tuple(replace(line, incentive_from=added_on) for line in added_lines(answers))
        wanted = rules.table(present_lines(version), kept_lines(answers), added)
        lines = tuple(
            deciding.Line(line.result_kind, line.result, line.product, line.incentive_from) for line in wanted
        )
        present = replace(present, lines=lines)
    return present


def check(dossier: Dossier, answers: Answers) -> dict[str, str]:
    """Demands across steps, by field; `files` for the business plan. `answers` are the cleaned ones, those with mistakes left out."""
    version = version_asked_to_change(dossier)
    if version is None:
        return {"cases": _now("Hồ sơ này không lập từ một giấy chứng nhận. Lập lại từ giấy trong tài khoản.")}
    problems = {**number_problem(dossier, answers), **reason_problems(answers), **filing_problems(dossier, answers)}
    table_problems = line_problems(version, answers)
    return problems | table_problems | (case_problems(dossier, version, answers) if not table_problems else {})


def reason_problems(answers: Answers) -> dict[str, str]:
    """Parts II and III of form V.5 each ask for a reason, where they apply."""
    cases, problems = answers.get("cases") or (), {}
    if rules.is_change(cases) and not answers.get("change_reason"):
        problems["change_reason"] = _now("Ghi lý do thay đổi nội dung giấy chứng nhận.")
    if Case.LOST in cases and not answers.get("reissue_reason"):
        problems["reissue_reason"] = _now("Ghi lý do đề nghị cấp lại.")
    return problems


def line_problems(version: CertificateVersion, answers: Answers) -> dict[str, str]:
    """The table that is asked for can be made: every reference leads somewhere, nothing stands in it twice, it is not empty."""
    if any(answers.get(name) is None for name in TABLE):
        return {}
    lines, results, products = answers["lines"], answers["results"], answers["products"]
    places = [row["line"] for row in lines]
    if len(set(places)) < len(places) or any(place > version.products.count() for place in places):
        return {"lines": _now("Danh mục này không còn khớp với giấy. Bỏ bản nháp rồi lập lại từ giấy.")}
    for row in products:
        if (row["line"] or 0) > len(lines) or (row["result"] or 0) > len(results):
            return {"products": _now("Không có dòng kết quả mà “%(name)s” dẫn tới.") % {"name": row["name"]}}
    without = [row["name"] for place, row in enumerate(results, 1) if place not in {one["result"] for one in products}]
    if without:
        return {"results": _now("Chưa ghi sản phẩm tạo ra từ kết quả “%(name)s”.") % {"name": without[0]}}
    table = rules.table(present_lines(version), kept_lines(answers), added_lines(answers))
    if not table:
        return {"lines": _now("Giấy phải còn ít nhất một kết quả và sản phẩm (điểm b khoản 1 Điều 49).")}
    keys = [line.key for line in table]
    twice = next((line for line in table if keys.count(line.key) > 1), None)
    if twice:
        return {
            "products" if products else "lines": _now("“%(name)s” có hai lần trong danh mục.") % {"name": twice.product}
        }
    return {}


def case_problems(dossier: Dossier, version: CertificateVersion, answers: Answers) -> dict[str, str]:
    """What differs from the certificate is asked for by its case, and each case asks for something."""
    cases = answers.get("cases")
    if not cases or any(answers.get(name) is None for name in NEEDED):
        return {}
    fields = rules.changed(printed_now(version), printed(answers))
    table = rules.difference(present_lines(version), kept_lines(answers), added_lines(answers))
    problems = {}
    if Case.TRANSITION in cases and version.incentives != Regime.ND13:
        problems["cases"] = _now(
            "Giấy này đã hưởng ưu đãi theo Nghị định 268/2025/NĐ-CP: bỏ trường hợp của khoản 1 Điều 68."
        )
    elif fields and Case.REGISTRATION not in cases:
        problems["cases"] = _now(
            "Thông tin doanh nghiệp khác với giấy: chọn thêm trường hợp a, hoặc ghi lại như trên giấy."
        )
    elif table and Case.LIST not in cases:
        problems["cases"] = _now("Danh mục khác với giấy: chọn thêm trường hợp b, hoặc ghi lại như trên giấy.")
    elif Case.LIST in cases and not table:
        problems["cases"] = _now(
            "Danh mục chưa khác gì với giấy. Sửa ở bước Danh mục hoặc Bổ sung, hoặc bỏ trường hợp b."
        )
    elif Case.REGISTRATION in cases and not fields and not answers.get("changes"):
        problems["changes"] = _now(
            "Chưa thông tin nào khác với giấy. Sửa ở bước Doanh nghiệp, hoặc ghi điều thay đổi ở đây."
        )
    if table.added and not dossier.files.filter(removed_at=None, purpose=BUSINESS_PLAN).exists():
        problems["files"] = _now(
            "Bổ sung kết quả, sản phẩm cần phương án sản xuất kinh doanh (điểm b khoản 2 Điều 52). Tải tệp lên."
        )
    return problems
