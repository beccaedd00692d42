from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.core.calendar import DayKind, OfficeCalendar
from registry.core.deadlines import Due, Limit, NotALimit, Reason, due, working_days_left

H = OfficeCalendar()
TET_MOVED = OfficeCalendar({date(2027, 2, 4): False} | {date(2027, 2, day): True for day in range(5, 12)})
NOT_MADE_UP = OfficeCalendar({date(2026, 8, 22): True})
MAKE_UP = OfficeCalendar({date(2026, 8, 22): False, date(2026, 8, 31): True})

# The worked dates of the department's practice: (row, start, limit, calendar, last day).
WORKED = [
    (1, "2027-02-01T09:00", "3wd", H, "2027-02-11"),
    (2, "2027-02-01", "5wd", H, "2027-02-15"),
    (3, "2027-02-01", "3wd", TET_MOVED, "2027-02-04"),
    (3, "2027-02-01", "5wd", TET_MOVED, "2027-02-15"),
    (4, "2026-08-20", "3wd", MAKE_UP, "2026-08-24"),
    (4, "2026-08-20", "3wd", H, "2026-08-24"),  # the country makes it up
    (4, "2026-08-20", "3wd", NOT_MADE_UP, "2026-08-25"),
    (5, "2026-11-20", "3wd", H, "2026-11-26"),
    (5, "2027-04-28", "3wd", H, "2027-05-05"),
    (6, "2027-04-29", "5wd", H, "2027-05-10"),
    (7, "2027-01-19", "15d", H, "2027-02-03"),
    (8, "2027-01-20", "15d", H, "2027-02-11"),
    (8, "2027-01-22", "15d", H, "2027-02-11"),
    (9, "2027-04-15", "15d", H, "2027-05-04"),
    (9, "2027-04-16", "15d", H, "2027-05-04"),
    (10, "2027-01-27", "10d", H, "2027-02-11"),
    (11, "2027-01-22", "15d", H, "2027-02-11"),  # a supplement after validity stops nothing
    (12, "2027-04-23", "5wd", H, "2027-05-04"),
    (13, "2027-05-04", "15d", H, "2027-05-19"),
    (14, "2027-04-26", "7wd", H, "2027-05-07"),
    (15, "2027-01-11", "28d", H, "2027-02-11"),
    (16, "2026-12-18", "15d", H, "2027-01-04"),
    (16, "2027-01-21", "15d", H, "2027-02-11"),
]
UNROLLED = [
    ("2027-01-20", "15d", "2027-02-04"),
    ("2027-01-22", "15d", "2027-02-06"),
    ("2027-04-15", "15d", "2027-04-30"),
    ("2027-04-16", "15d", "2027-05-01"),
    ("2027-01-27", "10d", "2027-02-06"),
    ("2027-01-11", "28d", "2027-02-08"),
    ("2026-12-18", "15d", "2027-01-02"),
    ("2027-01-21", "15d", "2027-02-05"),
]


def day(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


@pytest.mark.parametrize(("row", "start", "limit", "calendar", "expected"), WORKED)
def test_worked_dates(row, start, limit, calendar, expected):
    assert due(day(start), Limit.parse(limit), calendar).on.isoformat() == expected


@pytest.mark.parametrize(("start", "limit", "expected"), UNROLLED)
def test_worked_dates_without_rolling(start, limit, expected):
    assert due(day(start), Limit.parse(limit), H, roll=False).on.isoformat() == expected


def test_a_limit_ends_with_the_last_second_of_its_day_in_the_province():
    late = datetime(2027, 2, 1, 16, 59, tzinfo=UTC)  # 23:59 in Lai Châu
    assert due(late, Limit(3, "wd"), H).at.isoformat() == "2027-02-11T23:59:59+07:00"
    after = late + timedelta(minutes=1)  # already Tuesday there
    assert due(after, Limit(3, "wd"), H).on == date(2027, 2, 12)


def test_the_steps_tell_why_each_day_counts_or_not():
    end = due(date(2027, 4, 16), Limit(15, "d"), H)
    assert end.rolled
    assert [(step.date.day, step.counted, step.reason) for step in end.steps[-4:]] == [
        (1, True, Reason.ROLL_WEEKEND),
        (2, False, Reason.ROLL_WEEKEND),
        (3, False, Reason.ROLL_HOLIDAY),
        (4, False, Reason.ROLL_END),
    ]
    assert end.steps[0] == (date(2027, 4, 16), False, Reason.EVENT)
    made_up = due(date(2026, 8, 20), Limit(8, "wd"), MAKE_UP)
    reasons = {step.date: step.reason for step in made_up.steps}
    assert reasons[date(2026, 8, 22)] == Reason.STAFF_WORKED
    assert reasons[date(2026, 8, 31)] == Reason.STAFF_OFF
    assert not made_up.rolled


def test_the_day_of_the_event_may_count():
    assert due(date(2027, 2, 1), Limit(3, "wd"), H, count_event_day=True).on == date(2027, 2, 3)
    assert due(date(2027, 2, 1), Limit(1, "d"), H, count_event_day=True).on == date(2027, 2, 1)


@pytest.mark.parametrize("text", ["", "3", "wd", "0wd", "-3wd", "3 days", "3,5d", "99999d", "1e3d", "٣wd"])
def test_what_is_no_limit_is_refused_with_a_sentence(text):
    with pytest.raises(NotALimit, match="hạn"):
        Limit.parse(text)


def test_a_limit_is_read_and_written():
    assert Limit.parse(" 15D ") == Limit(15, "d")
    assert str(Limit.parse("3 wd")) == "3wd"
    with pytest.raises(NotALimit):
        Limit(3, "years")  # type: ignore[arg-type]


# Against another library, and against the slowest way to count that could be right.

LIBRARY = holidays.country_holidays("VN")
DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
TABLES = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 6, 30)), st.booleans(), max_size=25)


@given(DAYS, st.integers(1, 120))
def test_working_days_agree_with_another_library(start, amount):
    assert due(start, Limit(amount, "wd"), H).on == LIBRARY.get_nth_working_day(start, amount)


@given(DAYS, st.integers(1, 400))
def test_days_agree_with_another_library(start, amount):
    unrolled = start + timedelta(days=amount)
    rolled = unrolled if LIBRARY.is_working_day(unrolled) else LIBRARY.get_nth_working_day(unrolled, 1)
    assert due(start, Limit(amount, "d"), H).on == rolled
    assert due(start, Limit(amount, "d"), H, roll=False).on == unrolled


@given(
    st.dates(date(2025, 12, 1), date(2026, 6, 30)),
    st.integers(1, 60),
    TABLES,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["wd", "d"]),
)
def test_every_calendar_agrees_with_the_naive_count(start, amount, table, count_event_day, roll, unit):
    calendar = OfficeCalendar(table)

    def off(one: date) -> bool:
        return table.get(one, not LIBRARY.is_working_day(one))

    horizon = [start + timedelta(days=n) for n in range(0 if count_event_day else 1, 500)]
    if unit == "wd":
        expected = [one for one in horizon if not off(one)][amount - 1]
    else:
        expected = horizon[amount - 1]
        if roll:
            expected = next(one for one in horizon[amount - 1 :] if not off(one))
    end = due(start, Limit(amount, unit), calendar, count_event_day=count_event_day, roll=roll)
    assert end.on == expected
    check_steps(end, start, amount)


def check_steps(end: Due, start: date, amount: int) -> None:
    """Every day from the event to the end is told once, and as many are counted as the limit has."""
    assert [step.date for step in end.steps] == [start + timedelta(days=n) for n in range((end.on - start).days + 1)]
    assert sum(step.counted for step in end.steps) == amount


@given(DAYS, st.integers(1, 30))
def test_working_days_left_counts_down_to_the_last_day(start, amount):
    end = due(start, Limit(amount, "wd"), H)
    assert working_days_left(start, end.on, H) == amount
    assert working_days_left(end.on, end.on, H) == 0
    assert working_days_left(end.on, start, H) == -amount


def test_working_days_left_over_a_weekend():
    friday, saturday, monday = date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 12)
    assert working_days_left(friday, monday, H) == working_days_left(saturday, monday, H) == 1
    assert working_days_left(saturday, friday, H) == 0
    assert working_days_left(monday, friday, H) == -1


def test_a_saturday_made_up_in_another_year_is_known():
    assert H.kind(date(2014, 12, 27)) == DayKind.MADE_UP  # for 2 January 2015
    assert H.kind(date(2026, 8, 31)) == DayKind.HOLIDAY
    assert due(date(2026, 8, 21), Limit(1, "wd"), H).steps[-1].reason == Reason.MADE_UP


def test_the_staff_table_wins_over_everything():
    assert H.kind(date(2027, 2, 5)) == DayKind.HOLIDAY
    assert H.kind(date(2027, 2, 13)) == DayKind.WEEKEND
    assert TET_MOVED.kind(date(2027, 2, 4)) == DayKind.STAFF_WORKED
    assert TET_MOVED.kind(date(2027, 2, 11)) == DayKind.STAFF_OFF
    assert [d for d in (date(2027, 2, 4), date(2027, 2, 11)) if TET_MOVED.is_day_off(d)] == [date(2027, 2, 11)]
