"""The duties of Art. 48, 53, 54 and 66 on a day, against days that were counted by hand."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.certificates.rules import Reviews, reviews
from registry.core.calendar import OfficeCalendar
from registry.core.citations import citation
from registry.core.deadlines import Limit, due
from registry.duties.rules import (
    BASIS,
    LABELS,
    NOTICES,
    READINGS,
    Cause,
    Done,
    Duty,
    DutyKind,
    Happened,
    Holder,
    ledger,
    reminder,
    report_due,
    report_years,
    without_report,
)

LAW_FROM = date(2025, 10, 14)
GRANTED = date(2026, 3, 12)
HOLDER = Holder(
    certificate="01/DNKHCN",
    public_id="abcd",
    name="Công ty Ví Dụ",
    first_issued_on=GRANTED,
    ended_on=None,
    causes=(Cause(Happened.GRANTED, GRANTED, 7, "9/QĐ-UBND"),),
    next_review=date(2029, 3, 12),
)


def fifteen_days(day: date) -> date:
    return due(day, Limit(15, "d"), OfficeCalendar()).on


def on(day: date, *holders: Holder, law_from: date = LAW_FROM) -> list[Duty]:
    return ledger(holders or (HOLDER,), day, ministry_due=fifteen_days, law_from=law_from)


def of(kind: DutyKind, rows: list[Duty]) -> list[Duty]:
    return [one for one in rows if one.kind is kind]


def test_every_duty_names_its_article_and_its_words() -> None:
    assert set(BASIS) == set(LABELS) == set(DutyKind)
    assert all(citation(*basis.split(":")).verified for basis in BASIS.values())
    assert DutyKind.MINISTRY in READINGS


@pytest.mark.parametrize(
    ("decided", "told_by"),
    [  # the worked table, row 16: an end on a day off rolls on
        (date(2026, 12, 18), date(2027, 1, 4)),
        (date(2027, 1, 21), date(2027, 2, 11)),
        (GRANTED, date(2026, 3, 27)),
    ],
)
def test_the_ministry_is_told_within_fifteen_days(decided: date, told_by: date) -> None:
    holder = replace(HOLDER, first_issued_on=decided, causes=(Cause(Happened.GRANTED, decided, 1),))
    assert [one.due for one in of(DutyKind.MINISTRY, on(decided, holder))] == [told_by]
    assert [one.state for one in of(DutyKind.MINISTRY, on(told_by, holder))] == ["open"]
    assert [one.state for one in of(DutyKind.MINISTRY, on(told_by + timedelta(days=1), holder))] == ["late"]


@pytest.mark.parametrize("what", list(Happened))
def test_each_event_brings_three_notices_and_two_of_them_have_no_day(what: Happened) -> None:
    holder = replace(HOLDER, causes=(Cause(what, date(2026, 5, 5), 8),))
    assert not [one for one in on(date(2026, 5, 4), holder) if one.kind in NOTICES]
    rows = [one for one in on(date(2040, 1, 1), holder) if one.kind in NOTICES]
    assert [(one.kind, one.due is None, one.late) for one in rows] == [
        (DutyKind.INCENTIVE_BODIES, True, False),
        (DutyKind.NATIONAL_PLATFORM, True, False),
        (DutyKind.MINISTRY, False, True),
    ]


def test_what_was_decided_before_the_decree_brings_no_notice() -> None:
    old = replace(HOLDER, first_issued_on=date(2025, 10, 13), causes=(Cause(Happened.GRANTED, date(2025, 10, 13), 1),))
    assert not [one for one in on(date(2026, 1, 1), old) if one.kind in NOTICES]
    new = replace(old, first_issued_on=LAW_FROM, causes=(Cause(Happened.GRANTED, LAW_FROM, 1),))
    assert len([one for one in on(date(2026, 1, 1), new) if one.kind in NOTICES]) == 3


def test_done_on_time_late_and_not_yet() -> None:
    done = replace(HOLDER, notices=((DutyKind.MINISTRY, 7, Done(date(2026, 4, 1), "15/SKHCN")),))
    (before,) = of(DutyKind.MINISTRY, on(date(2026, 3, 31), done))
    (after,) = of(DutyKind.MINISTRY, on(date(2026, 4, 1), done))
    assert (before.state, before.late) == ("late", True)  # on that day nobody had told the Ministry yet
    assert (after.state, after.late, after.done) == ("done", True, Done(date(2026, 4, 1), "15/SKHCN"))


@pytest.mark.parametrize(
    ("year", "last"), [(2026, date(2026, 12, 14)), (2030, date(2030, 12, 14)), (2031, date(2031, 12, 14))]
)
def test_the_last_good_day_of_v6_does_not_roll(year: int, last: date) -> None:
    assert report_due(year) == last  # the worked table, row 18: a Monday, a Saturday, a Sunday


@pytest.mark.parametrize(
    ("issued", "ended", "as_of", "years"),
    [
        (GRANTED, None, date(2026, 6, 1), [2026]),
        (date(2026, 12, 14), None, date(2026, 12, 31), [2026]),
        (date(2026, 12, 15), None, date(2027, 1, 1), [2027]),
        (date(2026, 12, 15), None, date(2026, 12, 31), []),
        (GRANTED, date(2027, 12, 14), date(2029, 1, 1), [2026]),  # that day it held no more
        (GRANTED, date(2027, 12, 15), date(2029, 1, 1), [2026, 2027]),
        (GRANTED, date(2027, 5, 1), date(2027, 4, 30), [2026, 2027]),  # nobody knew yet
        (date(2019, 1, 1), None, date(2026, 1, 1), [2025, 2026]),  # the decree is law from 14 October 2025
    ],
)
def test_the_years_that_are_reported(issued: date, ended: date | None, as_of: date, years: list[int]) -> None:
    holder = replace(HOLDER, first_issued_on=issued, ended_on=ended)
    assert report_years(holder, as_of, LAW_FROM) == years


def test_reported_on_time_late_missing() -> None:
    receipts = ((2026, Done(date(2026, 12, 14), "BN1")), (2027, Done(date(2027, 12, 15), "BN2")))
    rows = of(DutyKind.YEAR_REPORT, on(date(2028, 12, 15), replace(HOLDER, receipts=receipts)))
    assert [(one.year, one.state, one.late) for one in rows] == [
        (2026, "done", False),
        (2027, "done", True),
        (2028, "late", True),
    ]


def test_a_report_that_was_taken_stays_when_the_certificate_ends_before_its_day() -> None:
    received = Done(date(2026, 11, 20), "BN-1")
    ended = replace(HOLDER, ended_on=date(2026, 11, 25), receipts=((2026, received),))
    (row,) = of(DutyKind.YEAR_REPORT, on(date(2027, 3, 1), ended))
    assert (row.year, row.state, row.done) == (2026, "done", received)
    assert of(DutyKind.YEAR_REPORT, on(date(2026, 11, 30), replace(ended, receipts=()))) == []


def test_three_years_running_without_a_report_are_a_proposal_and_nothing_more() -> None:
    def proposals(day: date, **more: Any) -> list[tuple[str, int | None, date | None]]:
        rows = of(DutyKind.WITHDRAWAL_PROPOSAL, on(day, replace(HOLDER, **more)))
        return [(one.state, one.year, one.due) for one in rows]

    assert proposals(date(2028, 12, 14)) == []
    assert proposals(date(2028, 12, 15)) == [("open", 2028, None)]
    late = ((2027, Done(date(2028, 2, 1), "BN")),)
    assert proposals(date(2028, 12, 15), receipts=late) == []
    assert proposals(date(2028, 12, 15), announced=(Done(date(2028, 12, 20), "5/TB"),)) == [("open", 2028, None)]
    assert proposals(date(2028, 12, 20), announced=(Done(date(2028, 12, 20), "5/TB"),)) == [("done", 2028, None)]
    assert proposals(date(2029, 2, 1), ended_on=date(2029, 1, 5)) == []


def test_reviews_run_every_three_years_from_the_grant() -> None:
    assert [(one.state, one.due) for one in of(DutyKind.REVIEW, on(date(2029, 3, 12)))] == [("open", date(2029, 3, 12))]
    assert [one.state for one in of(DutyKind.REVIEW, on(date(2029, 3, 13)))] == ["late"]
    held = Done(date(2029, 5, 1), "12/QĐ")
    reviewed = replace(HOLDER, reviews=((date(2029, 3, 12), held),), next_review=date(2032, 3, 12))
    assert [(one.due, one.state, one.late) for one in of(DutyKind.REVIEW, on(date(2029, 5, 1), reviewed))] == [
        (date(2029, 3, 12), "done", True),
        (date(2032, 3, 12), "open", False),
    ]
    assert [(one.due, one.state) for one in of(DutyKind.REVIEW, on(date(2029, 4, 30), reviewed))] == [
        (date(2029, 3, 12), "late")
    ]
    assert of(DutyKind.REVIEW, on(date(2028, 6, 2), replace(HOLDER, ended_on=date(2028, 6, 2)))) == []


def test_terms_of_an_old_certificate_before_the_decree_are_passed_over() -> None:
    old = date(2015, 1, 5)
    assert reviews(old, [], LAW_FROM).next == date(2027, 1, 5)
    assert reviews(old, [date(2026, 5, 1)], LAW_FROM) == Reviews(((date(2027, 1, 5), 0),), date(2030, 1, 5))
    assert reviews(date(2022, 10, 14), [], LAW_FROM).next == LAW_FROM
    assert reviews(GRANTED, [], LAW_FROM) == reviews(GRANTED, [])


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 11, 13), None),
        (date(2026, 11, 14), 30),
        (date(2026, 12, 6), 30),
        (date(2026, 12, 7), 7),
        (date(2026, 12, 13), 1),
        (date(2026, 12, 14), 1),
        (date(2026, 12, 15), 0),
        (date(2027, 6, 1), 0),
    ],
)
def test_which_reminder_stands(today: date, stage: int | None) -> None:
    assert reminder(today, report_due(2026)) == stage


@given(st.lists(st.integers(2025, 2045), unique=True).map(sorted))
def test_a_run_of_years_against_a_slow_search(years: list[int]) -> None:
    runs = [
        tuple(years[start:end])
        for start in range(len(years))
        for end in range(start + 3, len(years) + 1)
        if all(later == earlier + 1 for earlier, later in pairwise(years[start:end]))
    ]
    last = max((run[-1] for run in runs), default=None)
    assert without_report(years) == max((run for run in runs if run[-1] == last), key=len, default=())


@given(st.dates(date(2025, 10, 14), date(2035, 12, 31)), st.integers(0, 4000))
def test_nothing_becomes_undone_and_late_stays_late(granted: date, later: int) -> None:
    holder = replace(
        HOLDER,
        first_issued_on=granted,
        causes=(Cause(Happened.GRANTED, granted, 1),),
        next_review=reviews(granted, []).next,
        receipts=((granted.year + 1, Done(date(granted.year + 1, 12, 20), "BN")),),
    )

    def key(one: Duty) -> tuple[Any, ...]:
        return one.kind, one.year, one.cause and one.cause.decision, one.due

    one_day, next_day = granted + timedelta(days=later), granted + timedelta(days=later + 1)
    law = [one for one in on(one_day, holder) if one.kind is not DutyKind.WITHDRAWAL_PROPOSAL]
    after = {key(one): one for one in on(next_day, holder)}
    for one in law:
        assert after[key(one)].late >= (one.late and one.done is None)
        assert (after[key(one)].done is not None) >= (one.done is not None)
