"""How long the department takes: the pure rules by property, the reading of events by stories."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from registry.core import clock
from registry.core.calendar import OfficeCalendar
from registry.core.deadlines import Limit, due
from registry.core.selectors import office_calendar
from registry.dossiers import measuring, procedure
from registry.dossiers.models import Dossier
from registry.dossiers.performance import ENOUGH, Figures, Measured, days_taken, figures_of
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words
from tests.dossiers.factories import CODE, act, dossier
from tests.parties.factories import owner_of, party

H = OfficeCalendar()
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 60))
UNITS = st.sampled_from(["wd", "d"])
MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=clock.ZONE)  # a week without a holiday


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), clock.ZONE)


@given(SPANS, UNITS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=3), st.booleans())
def test_days_against_a_naive_count(span, unit, pauses, count_event_day) -> None:
    start, length = span
    end = start + timedelta(days=length)
    resting = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in pauses]
    every = [start + timedelta(days=n) for n in range(0 if count_event_day else 1, length + 1)]
    kept = [d for d in every if (unit == "d" or not H.is_day_off(d)) and not any(a < d <= b for a, b in resting)]
    assert days_taken(start, end, unit, H, paused=resting, count_event_day=count_event_day) == len(kept)


@given(DAYS, st.integers(1, 20), st.integers(0, 40), UNITS)
def test_whoever_keeps_the_limit_took_no_more_days_than_it_has(start, amount, later, unit) -> None:
    end = at(start + timedelta(days=later), 16)
    last = due(at(start), Limit(amount, unit), H, roll=False)
    days = days_taken(start, end.date(), unit, H)
    assert (days > amount) <= (end > last.at)
    assert (end <= last.at) <= (days <= amount)


ROWS = st.lists(
    st.builds(
        lambda days, kept, open_: Measured(1, MONDAY, None if open_ else MONDAY, days, days, kept and not open_),
        st.integers(0, 30),
        st.booleans(),
        st.booleans(),
    ),
    max_size=40,
)


@given(ROWS)
def test_shares_are_exact_and_never_flatter(rows: list[Measured]) -> None:
    found = figures_of(rows)
    answered = [row for row in rows if row.ended]
    assert (found.answered, found.overdue) == (len(answered), len(rows) - len(answered))
    assert found.kept == sum(row.kept for row in rows)
    if len(answered) < ENOUGH:
        assert (found.median, found.nine_in_ten, found.share) == (None, None, None)
        return
    assert found.share * len(rows) <= 100 * found.kept < (found.share + 1) * len(rows)
    assert (found.share == 100) == all(row.kept for row in rows)
    days = sorted(row.days for row in answered)
    assert found.median in days
    assert found.nine_in_ten in days
    assert 2 * sum(d <= found.median for d in days) >= len(days)
    assert 10 * sum(d <= found.nine_in_ten for d in days) >= 9 * len(days)


def test_nothing_measured_says_nothing() -> None:
    assert figures_of([]) == Figures(0, 0, 0, None, None, None)


# --- from events


@pytest.fixture
def officer(db):
    call_command("sync_roles", verbosity=0)
    return UserFactory(officer=True)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


def after(days: int, hour: int = 9) -> datetime:
    return (MONDAY + timedelta(days=days)).replace(hour=hour)


def sent(day: int = 0) -> Dossier:
    with clock.at(after(day)):
        return dossier(submitted=True)


def answered(officer, day: int, start: int = 0, action: str = "publish", **data) -> Dossier:
    made = sent(start)
    with clock.at(after(day, 15)):
        return act(made, action, officer, **data)


def measured(now: int = 30, dossiers=None):
    with clock.at(after(now)):
        record = measuring.record(procedure.get(CODE), dossiers)
    assert record is not None
    return record


def test_an_answer_is_counted_from_submission_to_decision(officer) -> None:
    made = answered(officer, 2)
    (row,) = measured().rows
    assert (row.dossier_id, row.days, row.days_in_all, row.kept) == (made.pk, 2, 2, True)


def test_a_refusal_is_an_answer_and_a_late_one_is_not_as_promised(officer) -> None:
    answered(officer, 9, action="refuse", note="Chưa có sản phẩm.")
    (row,) = measured().rows
    assert (row.days, row.kept) == (7, False)


def supplemented(officer, asked: int, came: int, decided: int) -> Dossier:
    made = sent()
    with clock.at(after(asked, 15)):
        made = act(made, "request_supplement", officer, remarks={"field:pitch_vi": "Viết rõ."}, message="")
    with clock.at(after(came)):
        made = act(made, "resubmit", owner_of(made.party))
    with clock.at(after(decided, 15)):
        return act(made, "publish", officer)


def test_waiting_for_the_applicant_does_not_count(officer) -> None:
    """Asked on Tuesday, answered three weeks later, decided the day after: one day, two in all."""
    supplemented(officer, 1, 21, 22)
    (row,) = measured().rows
    assert (row.days, row.days_in_all, row.kept) == (1, 2, True)


def test_asking_for_a_supplement_too_late_breaks_the_promise(officer) -> None:
    supplemented(officer, 10, 21, 22)
    (row,) = measured().rows
    assert (row.days, row.kept) == (1, False)


def test_what_is_open_counts_only_when_it_is_overdue(officer) -> None:
    late, fresh = sent(0), sent(28)
    waiting = sent(0)
    with clock.at(after(1)):
        act(waiting, "request_supplement", officer, remarks={"field:pitch_vi": "Viết rõ."}, message="")
    record = measured(now=29)
    assert fresh.pk
    assert [(row.dossier_id, row.ended, row.kept) for row in record.rows] == [(late.pk, None, False)]
    assert (record.figures.answered, record.figures.overdue) == (0, 1)


def test_what_was_withdrawn_and_what_was_never_sent_are_left_out(officer) -> None:
    with clock.at(MONDAY):
        dossier(withdrawn=True)
        dossier()
    made = sent()
    with clock.at(after(8)):
        act(made, "withdraw", owner_of(made.party))
    assert measured().rows == ()


def test_only_twelve_months_count_and_a_later_act_does_not_bring_one_back(officer) -> None:
    made = answered(officer, 1)
    assert measured(now=365).rows
    with clock.at(after(370)):
        act(made, "take_down", officer, note="Chủ dự án đề nghị gỡ.")
    assert measured(now=371).rows == ()


def test_a_published_one_that_was_taken_down_was_still_answered(officer) -> None:
    made = answered(officer, 1)
    with clock.at(after(20)):
        act(made, "take_down", officer, note="Chủ dự án đề nghị gỡ.")
    (row,) = measured().rows
    assert (row.days, row.kept) == (1, True)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-11-26", "2025-11-27"),
        ("2027-02-28", "2026-03-01"),
        ("2028-02-29", "2027-03-01"),
        ("2026-12-31", "2026-01-01"),
    ],
)
def test_twelve_months_end_today(day: str, first: str) -> None:
    assert measuring.year_before(date.fromisoformat(day)).isoformat() == first


def test_the_price_is_four_queries_however_many(officer) -> None:
    for n in range(3):
        answered(officer, 1 + n)
    with CaptureQueriesContext(connection) as queries:
        assert len(measured().rows) == 3
    assert len(queries) <= 4, [q["sql"] for q in queries]


def test_days_are_those_of_the_office(officer) -> None:
    """Sent on a Friday, decided on the Monday: one working day."""
    answered(officer, 7, start=4)
    (row,) = measured().rows
    assert row.days == days_taken(after(4).date(), after(7).date(), "wd", office_calendar()) == 1


# --- the pages


def five(officer) -> list[Dossier]:
    organisation = party("Hợp tác xã Năm")
    owner = owner_of(organisation)
    made = []
    for number, days in enumerate((1, 1, 2, 3, 8)):
        with clock.at(MONDAY):
            one = dossier(organisation=organisation, owner=owner, submitted=True, name_vi=f"Dự án {number}")
        with clock.at(after(days, 15)):
            made.append(act(one, "publish", officer))
    return made


PAGES = {
    "vi": ("/thu-tuc/", "/thu-tuc/dang-ky-khoi-nghiep/"),
    "en": ("/en/procedures/", "/en/procedures/startup-registration/"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_public_reads_the_figures_before_applying(client, officer, query_budget, language: str) -> None:
    five(officer)
    said = {
        "vi": ("2 ngày làm việc", "6 ngày làm việc", "80 %", "5 hồ sơ đã trả lời", "cam kết phục vụ"),
        "en": ("2 working days", "6 working days", "80%", "5 dossiers answered", "service"),
    }[language]
    with clock.at(after(30)):
        for url in PAGES[language]:
            with query_budget(12):
                page = client.get(url)
            assert page.status_code == 200
            assert page["Cache-Control"] == "public, max-age=0, s-maxage=1"
            text = words(page)
            for part in said:
                assert part in text, (part, text)


def test_few_answers_say_their_number_and_no_median(client, officer) -> None:
    answered(officer, 1)
    with clock.at(after(30)):
        text = words(client.get(PAGES["vi"][1]))
        figures = client.get("/api/v1/procedures").json()["results"][0]["figures"]
    assert "đã trả lời 1 hồ sơ" in text
    assert "Một nửa số hồ sơ" not in text
    assert (figures["answered"], figures["median"], figures["share"]) == (1, None, None)


def test_each_language_has_its_word(client, db) -> None:
    for there, here in (
        ("/thu-tuc/startup-registration/", PAGES["vi"][1]),
        ("/en/procedures/dang-ky-khoi-nghiep/", PAGES["en"][1]),
    ):
        answer = client.get(there)
        assert (answer.status_code, answer["Location"]) == (301, here)
    assert PAGES["en"][1] in client.get(PAGES["vi"][1]).content.decode()
    assert client.get("/thu-tuc/khong-co/").status_code == 404
    assert PAGES["en"][1] in client.get("/sitemap-procedures.xml").content.decode()


def test_the_api_says_the_same(client, officer) -> None:
    five(officer)
    with clock.at(after(30)):
        row, other, _change = client.get("/api/v1/procedures?lang=en").json()["results"]
        assert client.get("/api/v1/procedures?lang=xx").status_code == 400
    assert row["url"] == PAGES["en"][1]
    assert row["title"] == {"vi": "Đăng ký khởi nghiệp", "en": "Register a startup"}
    assert row["limit"]["ground"] is None
    assert [one["unit"] for one in other["limits"]] == ["wd", "d"]
    assert (other["limit"], other["figures"]) == (None, None)
    assert {k: row["figures"][k] for k in ("answered", "kept", "overdue", "median", "nine_in_ten", "share")} == {
        "answered": 5, "kept": 4, "overdue": 0, "median": 2, "nine_in_ten": 6, "share": 80,
    }  # fmt: skip


def test_who_begins_reads_them_too(officer) -> None:
    five(officer)
    applicant = sign_in(Client(), UserFactory())
    with clock.at(after(30)):
        text = words(applicant.get("/tai-khoan/khoi-nghiep/moi/"))
    assert "Một nửa số hồ sơ có trả lời trong 2 ngày làm việc" in text


def test_the_department_sees_the_dossiers_behind_each_number(officer, query_budget) -> None:
    made = five(officer)
    with clock.at(after(30)):
        late = sent(10)
        desk = sign_in(Client(), officer)
        with query_budget(30):
            text = words(desk.get("/quan-tri/dung-hen/"))
        assert "09/2026" in text
        there = f"/quan-tri/dung-hen/{CODE}/"
        every = words(desk.get(f"{there}?thang=2026-09"))
        assert all(one.reference in every for one in made)
        missed = words(desk.get(f"{there}?thang=2026-09&nhom=tre"))
        assert [one.reference for one in made if one.reference in missed] == [made[-1].reference]
        assert late.reference in words(desk.get(f"{there}?nhom=qua-han"))
        assert "Không có hồ sơ nào" in words(desk.get(f"{there}?thang=2026-01"))
        for wrong in (f"{there}?thang=x", f"{there}?nhom=x", "/quan-tri/dung-hen/khong-co/", f"{there}?thang=2026-13"):
            assert desk.get(wrong).status_code == 404


def test_the_list_of_dossiers_costs_the_same_for_more(officer, query_budget) -> None:
    desk = sign_in(Client(), officer)
    there = f"/quan-tri/dung-hen/{CODE}/"
    answered(officer, 1)
    with clock.at(after(30)):
        desk.get(there)
        with query_budget(30) as few:
            desk.get(there)
    five(officer)
    with clock.at(after(30)), query_budget(30) as more:
        desk.get(there)
    assert len(more) == len(few)
