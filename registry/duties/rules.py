"""Which duties certificates bring, by when, and what became of them on a day. Pure: no database, no clock.

| duty | article | arises from | by |
|---|---|---|---|
| `incentive_bodies` | 48(2) | grant, change, re-issue, withdrawal, cancellation | the article sets no day |
| `national_platform` | 48(3) | the same | "periodically": the article sets no day |
| `ministry` | 66(2) | the same | 15 days from the decision |
| `review` | 53(1) | the grant | every three years from it |
| `year_report` | 54(2) | the year, while the certificate holds | before 15 December, so 14 December |
| `withdrawal_proposal` | 53(2)(b) | three years running without a report | nobody is bound to: a proposal |

66(2) ties its 15 days to decisions about a *Giấy công nhận*; that they hold for the *Giấy chứng nhận*, which the same
sentence names before, is the department's reading and said so wherever it is shown (`READINGS`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _


class DutyKind(StrEnum):
    INCENTIVE_BODIES = "incentive_bodies"
    NATIONAL_PLATFORM = "national_platform"
    MINISTRY = "ministry"
    REVIEW = "review"
    YEAR_REPORT = "year_report"
    WITHDRAWAL_PROPOSAL = "withdrawal_proposal"


BASIS: Final = {
    DutyKind.INCENTIVE_BODIES: "nd268:48.2",
    DutyKind.NATIONAL_PLATFORM: "nd268:48.3",
    DutyKind.MINISTRY: "nd268:66.2",
    DutyKind.REVIEW: "nd268:53.1",
    DutyKind.YEAR_REPORT: "nd268:54.2",
    DutyKind.WITHDRAWAL_PROPOSAL: "nd268:53.2.b",
}
LABELS: Final = {
    DutyKind.INCENTIVE_BODIES: _("Thông báo cho các cơ quan thực hiện ưu đãi, hỗ trợ"),
    DutyKind.NATIONAL_PLATFORM: _("Cập nhật Nền tảng số quản lý KH,CN&ĐMST quốc gia"),
    DutyKind.MINISTRY: _("Thông báo cho Bộ Khoa học và Công nghệ"),
    DutyKind.REVIEW: _("Kiểm tra điều kiện ba năm một lần"),
    DutyKind.YEAR_REPORT: _("Báo cáo năm V.6 của doanh nghiệp"),
    DutyKind.WITHDRAWAL_PROPOSAL: _("Đề nghị xem xét thu hồi: ba năm liên tiếp không báo cáo"),
}
READINGS: Final = {
    DutyKind.MINISTRY: "Cách đọc của Sở: khoản 2 Điều 66 ghi 15 ngày cho “Giấy công nhận”; Sở áp dụng cho cả Giấy chứng nhận, kể cả cấp thay đổi và thu hồi.",
    DutyKind.REVIEW: "Cách đọc của Sở: các kỳ ba năm tính từ ngày cấp; mỗi lần kiểm tra được tính cho kỳ có ngày gần nhất.",
    DutyKind.WITHDRAWAL_PROPOSAL: "Chỉ là đề nghị để xem xét: giấy không tự hết hiệu lực.",
}
NOTICES: Final = (DutyKind.INCENTIVE_BODIES, DutyKind.NATIONAL_PLATFORM, DutyKind.MINISTRY)
YEARS_IN_A_ROW: Final = 3
"""So many years running without a report are a ground of withdrawal: Art. 53(2)(b)."""

REMIND_BEFORE: Final = (30, 7, 1)
"""So many days before the last good day an enterprise is reminded of its report; once more when it is over."""


class Happened(StrEnum):
    """What brings the duties of Art. 48(2), 48(3) and 66(2)."""

    GRANTED = "granted"
    CHANGED = "changed"
    REISSUED = "reissued"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Cause:
    """A decision about a certificate. `decision` is its position in the chain, `number` as in the office's register."""

    what: Happened
    on: date
    decision: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """That something was done on a day, with its evidence in words."""

    on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Holder:
    """What is known of a certificate, as far as duties follow from it.

    `next_review` is the day of the first review that was not held. `reviews` are those that were, with the day they were due;
    `announced` the notices under 53(2)(b); `notices` what was done, by kind and decision; `receipts` by year.
    """

    certificate: str
    public_id: str
    name: str
    first_issued_on: date
    ended_on: date | None
    causes: tuple[Cause, ...]
    next_review: date | None
    reviews: tuple[tuple[date, Done], ...] = ()
    announced: tuple[Done, ...] = ()
    notices: tuple[tuple[str, int, Done], ...] = ()
    receipts: tuple[tuple[int, Done], ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty as it stood on a day. `due` None: the article sets no day. `late`: it was not done by then, or was done after it.

    `cause` is the decision behind it, `year` the year of a report (of a proposal: the last of the years without one).
    """

    kind: DutyKind
    certificate: str
    public_id: str
    name: str
    arisen_on: date
    due: date | None
    done: Done | None = None
    late: bool = False
    cause: Cause | None = None
    year: int | None = None

    @property
    def basis(self) -> str:
        return BASIS[self.kind]

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])

    @property
    def reading(self) -> str:
        """What is the department's reading of the article and not its words; "" where it says so itself."""
        return READINGS.get(self.kind, "")

    @property
    def state(self) -> str:
        """“done”, “late” (still to be done, and its day is over) or “open”."""
        return "done" if self.done else "late" if self.late else "open"


def report_due(year: int) -> date:
    """“trước ngày 15 tháng 12”: 14 December is the last good day, whatever weekday it is (Art. 54(2))."""
    return date(year, 12, 14)


def report_years(holder: Holder, as_of: date, law_from: date) -> list[int]:
    """The years for which the enterprise reports: those on whose last good day the certificate holds, and those it reported.

    Not before the decree was law; the year that runs counts, whether its day has come or not. A report that was taken stays
    where the certificate ended before that day.
    """
    reported = {year for year, receipt in holder.receipts if receipt.on <= as_of}
    ended = holder.ended_on if holder.ended_on and holder.ended_on <= as_of else None
    first = max(holder.first_issued_on, law_from)
    return [
        year
        for year in range(first.year, as_of.year + 1)
        if year in reported or (first <= report_due(year) and (ended is None or report_due(year) < ended))
    ]


def reminder(today: date, due: date) -> int | None:
    """Which reminder of a report stands on a day: so many days before, 0 once it is over, None before the first one.

    A job that comes late tells the nearest one alone, not those that were missed.
    """
    if today > due:
        return 0
    return min((days for days in REMIND_BEFORE if due - timedelta(days=days) <= today), default=None)


def without_report(years: Sequence[int]) -> tuple[int, ...]:
    """The last run of at least three consecutive years, of years without a report in rising order; () where there is none."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return next((tuple(run) for run in reversed(runs) if len(run) >= YEARS_IN_A_ROW), ())


def ledger(
    holders: Iterable[Holder], as_of: date, *, ministry_due: Callable[[date], date | None], law_from: date
) -> list[Duty]:
    """Every duty that had arisen by `as_of`, as it stood then: done, late, open.

    `ministry_due` counts the 15 days of 66(2) on the office's calendar; `law_from` is the day from which the decree is law:
    what was decided before brings no duty under it, and on a day before it there is none.
    """
    if as_of < law_from:
        return []
    return [
        duty
        for holder in holders
        if holder.first_issued_on <= as_of
        for duty in (
            *_notices(holder, as_of, ministry_due, law_from),
            *_reviews(holder, as_of),
            *_reports(holder, as_of, law_from),
        )
    ]


def _duty(kind: DutyKind, holder: Holder, arisen_on: date, due: date | None, done: Done | None, as_of: date, **more: object) -> Duty:  # fmt: skip
    held = done if done and done.on <= as_of else None
    late = due is not None and (held.on if held else as_of) > due
    return Duty(kind, holder.certificate, holder.public_id, holder.name, arisen_on, due, held, late, **more)  # type: ignore[arg-type]


def _notices(
    holder: Holder, as_of: date, ministry_due: Callable[[date], date | None], law_from: date
) -> Iterable[Duty]:
    done = {(kind, decision): what for kind, decision, what in holder.notices}
    for cause in holder.causes:
        if law_from <= cause.on <= as_of:
            for kind in NOTICES:
                due = ministry_due(cause.on) if kind is DutyKind.MINISTRY else None
                yield _duty(kind, holder, cause.on, due, done.get((kind, cause.decision)), as_of, cause=cause)


def _reviews(holder: Holder, as_of: date) -> Iterable[Duty]:
    arisen = holder.first_issued_on
    due_of_next = holder.next_review
    for due, review in holder.reviews:
        if review.on > as_of:
            due_of_next = due
            break
        yield _duty(DutyKind.REVIEW, holder, arisen, due, review, as_of)
        arisen = review.on
    ended = holder.ended_on is not None and holder.ended_on <= as_of
    if due_of_next and not ended:
        yield _duty(DutyKind.REVIEW, holder, arisen, due_of_next, None, as_of)


def _reports(holder: Holder, as_of: date, law_from: date) -> Iterable[Duty]:
    receipts, missing = dict(holder.receipts), []
    for year in report_years(holder, as_of, law_from):
        arisen = max(date(year, 1, 1), holder.first_issued_on, law_from)
        duty = _duty(DutyKind.YEAR_REPORT, holder, arisen, report_due(year), receipts.get(year), as_of, year=year)
        if duty.state == "late":
            missing.append(year)
        yield duty
    years = without_report(missing)
    if years and not (holder.ended_on and holder.ended_on <= as_of):
        arisen = report_due(years[YEARS_IN_A_ROW - 1]) + timedelta(days=1)
        told = next((one for one in holder.announced if arisen <= one.on <= as_of), None)
        yield _duty(DutyKind.WITHDRAWAL_PROPOSAL, holder, arisen, None, told, as_of, year=years[-1])
