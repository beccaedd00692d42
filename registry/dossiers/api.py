"""The department's figures as open data: `GET /procedures`."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop, override
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from registry.core.lifecycle import Text
from registry.dossiers import measuring
from registry.dossiers.public_views import Promise, guided, limits_of, promise_of, url_of

router = Router(tags=["procedures"])
Language = Literal["vi", "en"]


class Limit(Schema):
    amount: int
    unit: str = Field(description=gettext_noop("wd là ngày làm việc, d là ngày."))
    ground: str | None = Field(
        description=gettext_noop("Điều khoản đặt ra thời hạn; null khi là cam kết phục vụ của Sở.")
    )
    by_analogy: bool = Field(
        description=gettext_noop("Điều khoản định thời hạn này cho thủ tục khác, Sở áp dụng tương tự.")
    )


class Figures(Schema):
    since: date
    until: date
    answered: int = Field(description=gettext_noop("Số hồ sơ đã trả lời trong mười hai tháng ấy."))
    kept: int = Field(description=gettext_noop("Trong số đã trả lời, số hồ sơ được trả lời đúng hẹn."))
    overdue: int = Field(description=gettext_noop("Số hồ sơ đang quá hạn lúc hỏi; tính là không đúng hẹn."))
    median: int | None = Field(
        description=gettext_noop("Một nửa số hồ sơ có trả lời trong ngần này ngày; null khi chưa đủ năm hồ sơ.")
    )
    nine_in_ten: int | None = Field(description=gettext_noop("Chín trên mười hồ sơ có trả lời trong ngần này ngày."))
    share: int | None = Field(description=gettext_noop("Phần trăm đúng hẹn, làm tròn xuống."))


class StepLimit(Limit):
    does: dict[str, str] = Field(description=gettext_noop("Việc Sở làm trong thời hạn ấy."))
    figures: Figures | None = Field(description=gettext_noop("Số liệu của riêng thời hạn ấy."))


LANGUAGE = Query("vi", description=gettext_noop("Ngôn ngữ của địa chỉ và của căn cứ: vi hoặc en."), examples=["vi"])
EXAMPLE: Any = {
    "code": "startup_registration",
    "title": {"vi": "Đăng ký khởi nghiệp", "en": "Startup registration"},
    "url": "/thu-tuc/dang-ky-khoi-nghiep/",
    "limit": {"amount": 3, "unit": "wd", "ground": None, "by_analogy": False},
    "limits": [
        {
            "amount": 3,
            "unit": "wd",
            "ground": None,
            "by_analogy": False,
            "does": {"vi": "Sở trả lời", "en": "The department answers"},
            "figures": None,
        }
    ],
    "figures": {
        "since": "2025-11-27",
        "until": "2026-11-26",
        "answered": 41,
        "kept": 39,
        "overdue": 1,
        "median": 2,
        "nine_in_ten": 3,
        "share": 92,
    },
}


class ProcedureRow(Schema):
    code: str
    title: dict[str, str]
    url: str
    limit: Limit | None = Field(description=gettext_noop("Null khi thủ tục có nhiều thời hạn: xem limits."))
    limits: list[StepLimit] = Field(description=gettext_noop("Các thời hạn nối tiếp nhau của thủ tục."))
    figures: Figures | None


class ProcedureRows(Schema):
    model_config = ConfigDict(json_schema_extra={"examples": [{"results": [EXAMPLE]}]})

    results: list[ProcedureRow]


@router.get(
    "/procedures",
    response=ProcedureRows,
    summary=gettext_noop("Thủ tục và thời gian trả lời"),
    description=gettext_noop(
        "Mỗi thủ tục: thời hạn đang áp dụng và số liệu mười hai tháng qua, tính từ chính các hồ sơ. "
        "Trung vị và phần chín mươi lấy theo hạng gần nhất."
    ),
)
def procedures(
    request: HttpRequest,
    lang: Language = LANGUAGE,
) -> dict[str, Any]:
    """Every procedure that has a public page."""
    return {"results": [_row(kind, url_of(guide, lang), lang) for kind, guide in guided()]}


def in_both(text: Text) -> dict[str, str]:
    said = {}
    for code in ("vi", "en"):
        with override(code):
            said[code] = str(text)
    return said


def _limit(promise: Promise) -> dict[str, Any]:
    return {
        "amount": promise.amount,
        "unit": promise.unit,
        "ground": promise.ground or None,
        "by_analogy": bool(promise.analogy),
    }


def _row(kind: Any, url: str, language: str) -> dict[str, Any]:
    found = measuring.records(kind)
    by_step = {one.limited.step: one for one in found}
    steps = [limited.step for limited in kind.limits.values()]
    row: dict[str, Any] = {
        "code": kind.code,
        "title": in_both(kind.title),
        "url": url,
        "limit": None,
        "limits": [
            {**_limit(promise), "does": in_both(does), "figures": _figures(by_step.get(step))}
            for step, (does, promise) in zip(steps, limits_of(kind, language), strict=False)
        ],
        "figures": None,
    }
    if found and len(kind.limits) == 1:
        row["limit"] = _limit(promise_of(found[0].limit, language))
        row["figures"] = _figures(found[0])
    return row


def _figures(record: measuring.Record | None) -> dict[str, Any] | None:
    if record is None:
        return None
    names = ("answered", "kept", "overdue", "median", "nine_in_ten", "share")
    told = {name: getattr(record.figures, name) for name in names}
    return {"since": record.since, "until": record.until, **told}
