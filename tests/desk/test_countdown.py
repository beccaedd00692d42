"""How much time is left, in working days and in words."""

import pytest

from registry.core.selectors import office_calendar
from registry.dossiers.desk.countdown import countdown
from tests.dossiers.factories import dossier

pytestmark = pytest.mark.django_db

# Submitted on Monday 5 October 2026: five working days later is Monday the 12th.
MOMENTS = [
    ("2026-10-05T10:00", "còn 5 ngày làm việc", ""),
    ("2026-10-09T10:00", "còn 1 ngày làm việc", "warn"),
    ("2026-10-10T10:00", "còn 1 ngày làm việc", "warn"),
    ("2026-10-12T23:59", "hạn hôm nay", "warn"),
    ("2026-10-13T08:00", "quá hạn 1 ngày làm việc", "bad"),
    ("2026-10-14T08:00", "quá hạn 2 ngày làm việc", "bad"),
]


@pytest.mark.parametrize(("moment", "words", "tone"), MOMENTS)
def test_a_running_clock(freeze, moment: str, words: str, tone: str) -> None:
    freeze("2026-10-05T09:00")
    made = dossier(submitted=True)
    freeze(moment)
    shown = countdown(made, office_calendar())
    assert (shown.words, shown.tone) == (words, tone)


def test_just_over_on_the_weekend(freeze) -> None:
    freeze("2026-10-02T09:00")
    made = dossier(submitted=True)
    freeze("2026-10-10T08:00")
    assert countdown(made, office_calendar()).words == "vừa quá hạn"


def test_no_clock_runs_while_the_applicant_is_asked() -> None:
    assert countdown(dossier(supplement=True), office_calendar()).words == "chờ người nộp, không tính hạn"


def test_a_closed_dossier_is_done() -> None:
    made = dossier(refused=True)
    assert countdown(made, office_calendar()).words == "đã xong"
    assert countdown(made, office_calendar()).at == made.closed_at
