"""“Would we qualify?” as a service: `POST /st-enterprises/assess`. Nothing that is sent is kept."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import AfterValidator, ConfigDict, Field, StrictBool
from pydantic_core import PydanticCustomError

from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.st_enterprises import profile as facts
from registry.st_enterprises.conditions import IN_FORCE_FROM, Assessment, assess
from registry.st_enterprises.findings import Finding
from registry.st_enterprises.profile import Profile
from search.engine import InvalidParameter

router = Router(tags=["st-enterprises"])
Language = Literal["vi", "en"]
LAST_DAY: Final = date(2100, 12, 31)
FIRST_DAY: Final = date(1900, 1, 1)
MOST_YEARS: Final = 10
MOST_ROWS: Final = 100

Money = Annotated[int, Field(strict=True, ge=0, le=10**18)]
Heads = Annotated[int, Field(strict=True, ge=0, le=10**7)]
Sector = Literal["agriculture", "industry", "services"]
Kind = Literal[
    "patent",
    "utility_solution",
    "design",
    "layout",
    "software",
    "variety",
    "technical_advance",
    "task_result",
    "technology_transfer",
]
Effect = Literal["export", "encouraged_technology", "award"]

ONCE = gettext_noop("Mỗi năm ghi một lần.")
NOT_YET = gettext_noop("Năm này chưa đến vào ngày hỏi.")
BEFORE_THE_DECREE = gettext_noop("Điều kiện này áp dụng từ 2025-10-14; ghi ngày ấy hoặc sau đó.")
TOO_FAR = gettext_noop("Ghi một ngày từ 1900-01-01 đến 2100-12-31.")


def _each_once(rows: list["YearIn"] | None) -> list["YearIn"] | None:
    if rows and len({row.year for row in rows}) < len(rows):
        raise PydanticCustomError("portal", ONCE)
    return rows


def _possible(day: date | None) -> date | None:
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("portal", TOO_FAR)
    return day


def _under_the_decree(day: date | None) -> date | None:
    if day is not None and day < IN_FORCE_FROM:
        raise PydanticCustomError("portal", BEFORE_THE_DECREE)
    return _possible(day)


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class YearIn(Strict):
    year: Annotated[int, Field(strict=True, ge=FIRST_DAY.year, le=LAST_DAY.year)] = Field(
        description=gettext_noop(
            "Năm tài chính, tính là năm dương lịch. Luôn phải ghi: số liệu không rõ năm nào thì không xét được."
        )
    )
    full: StrictBool | None = Field(
        None, description=gettext_noop("Có trọn năm tài chính không; null thì suy từ ngày thành lập.")
    )
    net_revenue: Money | None = Field(None, description=gettext_noop("Doanh thu thuần, đồng."))
    total_revenue: Money | None = Field(None, description=gettext_noop("Tổng doanh thu, đồng."))
    sti_spending: Money | None = Field(
        None,
        description=gettext_noop("Tổng chi cho nghiên cứu khoa học, phát triển công nghệ và đổi mới sáng tạo, đồng."),
    )
    sti_product_revenue: Money | None = Field(
        None, description=gettext_noop("Doanh thu từ sản phẩm khoa học, công nghệ và đổi mới sáng tạo, đồng.")
    )


class ResultIn(Strict):
    kind: Kind | None = Field(None, description=gettext_noop("Loại kết quả theo điểm b khoản 1 Điều 49."))
    in_force: StrictBool | None = Field(
        None, description=gettext_noop("Còn được bảo hộ, đăng ký, nghiệm thu hoặc công nhận không.")
    )


class ProductIn(Strict):
    name: Annotated[str, Field(max_length=300)] | None = None
    commercialised: StrictBool | None = Field(None, description=gettext_noop("Đang được thương mại hóa không."))


QUESTION: Any = {
    "as_of": "2026-11-22",
    "sector": "industry",
    "insured_workers": 20,
    "capital": 5_000_000_000,
    "years": [
        {
            "year": year,
            "full": True,
            "net_revenue": 10_000_000_000,
            "total_revenue": 10_300_000_000,
            "sti_spending": 190_000_000,
            "sti_product_revenue": 4_000_000_000,
        }
        for year in (2023, 2024, 2025)
    ],
    "founded_on": "2019-05-06",
    "sti_people": 2,
    "sti_people_vietnamese": 1,
    "hired_experts": 0,
    "results": [{"kind": "software", "in_force": True}],
    "products": [{"name": "Phần mềm Minh Họa", "commercialised": True}],
    "effects": [],
}


class AssessmentQuestion(Strict):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [QUESTION]})

    as_of: Annotated[date | None, AfterValidator(_under_the_decree)] = Field(
        None, description=gettext_noop("Ngày hỏi; bỏ trống là hôm nay.")
    )
    sector: Sector | None = Field(None, description=gettext_noop("Khu vực để xét quy mô."))
    insured_workers: Heads | None = Field(
        None, description=gettext_noop("Số lao động tham gia bảo hiểm xã hội bình quân năm.")
    )
    capital: Money | None = Field(None, description=gettext_noop("Tổng nguồn vốn, đồng."))
    years: Annotated[list[YearIn] | None, AfterValidator(_each_once)] = Field(None, max_length=MOST_YEARS)
    founded_on: Annotated[date | None, AfterValidator(_possible)] = Field(
        None, description=gettext_noop("Ngày thành lập theo Luật Doanh nghiệp.")
    )
    rd_unit_graduates: Heads | None = Field(
        None, description=gettext_noop("Người có trình độ từ đại học trở lên ở bộ phận nghiên cứu và phát triển.")
    )
    rd_unit_vietnamese: Heads | None = Field(None, description=gettext_noop("Trong đó người Việt Nam."))
    sti_people: Heads | None = Field(
        None, description=gettext_noop("Nhân lực hoạt động khoa học, công nghệ và đổi mới sáng tạo.")
    )
    sti_people_vietnamese: Heads | None = Field(None, description=gettext_noop("Trong đó người Việt Nam."))
    hired_experts: Heads | None = Field(
        None,
        description=gettext_noop("Chuyên gia thuê từ cơ sở nghiên cứu, cơ sở đào tạo, tổ chức khoa học và công nghệ."),
    )
    results: list[ResultIn] | None = Field(None, max_length=MOST_ROWS)
    products: list[ProductIn] | None = Field(None, max_length=MOST_ROWS)
    effects: list[Effect] | None = Field(
        None, max_length=MOST_ROWS, description=gettext_noop("Hiệu quả theo điểm d khoản 2 Điều 49.")
    )

    def profile(self) -> Profile:
        """The question as the rules take it. Raises InvalidParameter for a year that is still to come."""
        as_of = self.as_of or clock.today()
        for number, year in enumerate(self.years or ()):
            if year.year > as_of.year:
                raise InvalidParameter(f"years.{number}.year", _(NOT_YET))
        plain = self.model_dump(exclude={"as_of", "sector", "years", "results", "products", "effects"})
        return Profile(
            as_of=as_of,
            sector=None if self.sector is None else facts.Sector(self.sector),
            years=None if self.years is None else tuple(facts.Year(**row.model_dump()) for row in self.years),
            results=None
            if self.results is None
            else tuple(
                facts.Result(None if row.kind is None else facts.ResultKind(row.kind), row.in_force)
                for row in self.results
            ),
            products=None
            if self.products is None
            else tuple(facts.Product(row.name or "", row.commercialised) for row in self.products),
            effects=None if self.effects is None else frozenset(map(facts.Effect, self.effects)),
            **plain,
        )


class FigureOut(Schema):
    code: str
    value: int | str = Field(description=gettext_noop("Số nguyên, hoặc một tỷ lệ đúng như phân số, ví dụ 11/600."))
    year: int | None


class ChangeOut(Schema):
    fact: str = Field(description=gettext_noop("Mục cần tăng thêm."))
    amount: int
    year: int | None


class FindingOut(Schema):
    condition: str = Field(
        description=gettext_noop(
            "enterprise (49.1.a), sti_results (49.1.b), sti_spending (điểm a), people (điểm b), sti_products (điểm c), effect (49.2.d)."
        )
    )
    met: bool | None = Field(
        description=gettext_noop("null: còn thiếu số liệu ở missing; missing rỗng thì cơ quan cấp quyết định.")
    )
    basis: str
    figures: list[FigureOut]
    missing: list[str] = Field(
        description=gettext_noop("Mục còn thiếu; mục của một năm ghi kèm năm, như sti_spending:2025.")
    )
    least_change: list[ChangeOut] = Field(description=gettext_noop("Thay đổi ít nhất để đạt điều kiện này."))


ANSWER: Any = {
    "size_class": "small",
    "verdict": "not_met",
    "findings": [
        {
            "condition": "sti_spending",
            "met": False,
            "basis": "điểm a khoản 4 Điều 49 Nghị định 268/2025/NĐ-CP",
            "figures": [{"code": "of_sums", "value": "19/1000", "year": None}],
            "missing": [],
            "least_change": [{"fact": "sti_spending", "amount": 30_000_000, "year": 2023}],
        }
    ],
}


class AssessmentAnswer(Schema):
    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER]})

    size_class: Literal["micro", "small", "medium", "large"] | None = Field(
        description=gettext_noop("Quy mô theo Điều 5 Nghị định 80/2021/NĐ-CP; null khi chưa đủ số liệu.")
    )
    verdict: Literal["met", "not_met", "unknown", "department_decides"]
    findings: list[FindingOut]


LANGUAGE: Any = Query(
    "vi", description=gettext_noop("Ngôn ngữ của căn cứ và của câu báo lỗi: vi hoặc en."), examples=["vi"]
)


@router.post(
    "/st-enterprises/assess",
    response=AssessmentAnswer,
    summary=gettext_noop("Tự đánh giá điều kiện doanh nghiệp khoa học và công nghệ"),
    description=gettext_noop(
        "Xét từng điều kiện của Điều 49 Nghị định 268/2025/NĐ-CP trên số liệu gửi lên, không lưu gì. Mục bỏ trống hoặc null là "
        "chưa biết. Kết quả để tham khảo: cơ quan có thẩm quyền quyết định trên hồ sơ."
    ),
)
def assess_profile(
    request: HttpRequest,
    question: AssessmentQuestion,
    lang: Language = LANGUAGE,
) -> dict[str, Any]:
    return answer(assess(question.profile()), lang)


def answer(found: Assessment, language: str) -> dict[str, Any]:
    size = found.size.size
    return {
        "size_class": None if size is None else size.code,
        "verdict": found.verdict.value,
        "findings": [_finding(finding, language) for finding in found.findings],
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "condition": finding.condition,
        "met": finding.met,
        "basis": "; ".join(ground_in_words(place, language) for place in finding.basis),
        "figures": [
            {"code": f.code, "value": f.value if isinstance(f.value, int) else str(f.value), "year": f.year}
            for f in finding.figures
        ],
        "missing": list(finding.missing),
        "least_change": [{"fact": c.fact, "amount": c.amount, "year": c.year} for c in finding.least_change],
    }
