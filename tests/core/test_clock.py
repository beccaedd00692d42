import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from registry.core import clock


def test_now_is_aware_and_stands_in_the_province():
    assert clock.now().utcoffset() == timedelta(hours=7)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_today_is_the_day_in_the_province_not_in_london():
    with clock.at(datetime(2027, 1, 31, 18, 30, tzinfo=UTC)):
        assert clock.today() == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2027-02-01T09:00", "2027-02-01T09:00:00+07:00"),
        ("2027-02-01T09:00:00Z", "2027-02-01T16:00:00+07:00"),
        ("2027-02-01", "2027-02-01T00:00:00+07:00"),
        (date(2027, 2, 1), "2027-02-01T00:00:00+07:00"),
    ],
)
def test_the_clock_stops_where_it_is_told_to(given, expected):
    with clock.at(given) as moment:
        assert clock.now().isoformat() == moment.isoformat() == expected


def test_a_stopped_clock_nests_and_runs_again_after_an_error():
    with clock.at("2027-02-01"):
        with pytest.raises(ZeroDivisionError), clock.at("2026-01-01"):
            _ = clock.today().year / (clock.today().year - 2026)
        assert clock.today() == date(2027, 2, 1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_of_another_thread_goes_on():
    seen = []
    with clock.at("2001-01-01"):
        thread = threading.Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen[0].year > 2001


def test_the_end_of_a_day_is_its_last_second():
    assert clock.end_of(date(2027, 2, 11)).isoformat() == "2027-02-11T23:59:59+07:00"
