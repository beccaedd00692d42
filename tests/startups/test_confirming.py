"""The yearly confirmation over the years: when it falls due, four reminders a cycle, whatever happens to the job."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications import delivery
from notifications.models import InboxItem, Message
from registry.core import clock
from registry.core.lifecycle import NotAllowed
from registry.dossiers.models import TimeLimit
from registry.parties.models import Membership
from registry.startups import confirming, selectors
from registry.startups.confirmations import Confirmation, ConfirmationReminder, Way
from registry.startups.rules import REMIND_BEFORE, Term, due_after, months_after, reminder_days
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import act, dossier

CODE = "confirmation_due"
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def test_a_year_after_the_29th_of_february_is_the_28th() -> None:
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2028, 2, 29), 48) == date(2032, 2, 29)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


@given(DAYS, st.integers(1, 60))
def test_the_due_day_is_the_same_day_of_another_month(day: date, months: int) -> None:
    due = months_after(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 800))
def test_reminders_fall_due_once_each_and_in_order(day: date, later: int) -> None:
    due, today = months_after(day, 12), day + timedelta(days=later)
    told = reminder_days(day, due, today)
    assert told == tuple(days for days in REMIND_BEFORE if due - timedelta(days=days) <= today)
    assert list(told) == sorted(told, reverse=True)


def test_the_newest_term_that_covers_the_day_counts_and_without_one_nothing_falls_due() -> None:
    old, new = Term(12, date(2025, 1, 1)), Term(6, date(2027, 1, 1), date(2028, 1, 1))
    assert due_after(date(2026, 5, 5), [old, new]) == date(2027, 5, 5)
    assert due_after(date(2027, 5, 5), [old, new]) == date(2027, 11, 5)
    assert due_after(date(2028, 5, 5), [old, new]) == date(2029, 5, 5)
    assert due_after(date(2024, 5, 5), [old, new]) is None


def test_a_reminder_before_the_cycle_began_is_none() -> None:
    begun = date(2026, 5, 5)
    assert reminder_days(begun, begun + timedelta(days=31), date(2030, 1, 1)) == (30, 7, 1)


@pytest.fixture
def listed(db):
    def make(on: str = "2026-03-02T09:00", **traits):
        with clock.at(on):
            return dossier(published=True, **traits).startup

    return make


def owner(startup):
    return startup.party.memberships.get(role="owner").user


def remind(on: date | str) -> int:
    day = date.fromisoformat(on) if isinstance(on, str) else on
    with clock.at(datetime.combine(day, datetime.min.time().replace(hour=6))):
        return confirming.remind(clock.now())


@pytest.mark.django_db
def test_publishing_is_the_first_confirmation_and_taking_down_the_end(listed) -> None:
    startup = listed()
    one = startup.confirmations.get()
    assert (one.confirmed_on, one.due_on, one.until, one.way) == (
        date(2026, 3, 2),
        date(2027, 3, 2),
        None,
        "publication",
    )
    assert one.by == owner(startup)
    confirming.by_publication(startup)
    assert startup.confirmations.count() == 1
    with clock.at("2026-07-01T09:00"):
        act(startup.dossier, "take_down", UserFactory(officer=True), note="Chủ dự án đề nghị gỡ.")
    one.refresh_from_db()
    assert one.until == date(2026, 7, 1)
    assert remind("2028-01-01") == 0


@pytest.mark.django_db
def test_a_new_profile_confirms_too(listed) -> None:
    startup = listed()
    profile = startup.profiles.get()
    profile.pk, profile.effective_from = None, date(2026, 9, 1)
    startup.profiles.update(effective_to=date(2026, 9, 1))
    profile.save(force_insert=True)
    with clock.at("2026-09-01T10:00"):
        confirming.by_publication(startup)
    assert confirming.open_cycle(startup).due_on == date(2027, 9, 1)
    assert startup.confirmations.count() == 2


@pytest.mark.django_db
def test_each_reminder_has_its_day_and_says_how_many_are_left(listed) -> None:
    startup = listed()
    due = date(2027, 3, 2)
    told = {day: remind(due - timedelta(days=day)) for day in (61, 60, 59, 31, 30, 8, 7, 2, 1, 0, -40)}
    assert told == {61: 0, 60: 1, 59: 0, 31: 0, 30: 1, 8: 0, 7: 1, 2: 0, 1: 1, 0: 0, -40: 0}
    subjects = list(Message.objects.filter(code=CODE).order_by("pk").values_list("subject", flat=True))
    assert [subject.split(": ")[1] for subject in subjects] == [
        f"còn {days} ngày để xác nhận thông tin" for days in REMIND_BEFORE
    ]
    assert [
        key.split("/")[1:] for key in Message.objects.order_by("pk").filter(code=CODE).values_list("key", flat=True)
    ] == [["2027-03-02", str(days)] for days in REMIND_BEFORE]
    items = InboxItem.objects.filter(code=CODE, user=owner(startup))
    assert {item.url for item in items} == {f"/tai-khoan/khoi-nghiep/{startup.dossier.reference}/xac-nhan/"}


@pytest.mark.django_db
def test_a_late_run_tells_what_was_missed_with_the_true_number(listed) -> None:
    listed()
    assert remind("2027-02-28") == 3
    assert {m.subject.split(": ")[1] for m in Message.objects.filter(code=CODE)} == {"còn 2 ngày để xác nhận thông tin"}
    assert remind("2027-04-01") == 1
    assert Message.objects.filter(code=CODE).last().subject.endswith("quá hạn xác nhận thông tin")


@pytest.mark.django_db
def test_after_the_confirmation_the_rest_is_not_told_and_the_next_year_begins(listed) -> None:
    startup = listed()
    assert remind("2027-01-10") == 1
    with clock.at("2027-01-12T20:00"):
        made = confirming.confirm(confirming.open_cycle(startup), actor=owner(startup), way=Way.ACCOUNT)
    assert made.due_on == date(2028, 1, 12)
    assert remind("2027-06-01") == 0
    assert remind("2027-11-13") == 1


@pytest.mark.django_db
def test_a_letter_that_had_not_left_is_called_off(listed, settings) -> None:
    startup = listed()
    settings.EMAIL_BACKEND = "tests.notifications.test_outbox.Refusing"
    remind("2027-01-10")
    with clock.at("2027-01-12T20:00"):
        confirming.confirm(confirming.open_cycle(startup), actor=owner(startup), way=Way.ACCOUNT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    letter = Message.objects.get(code=CODE)
    assert letter.given_up_at is not None
    assert delivery.deliver_due(letter.given_up_at + timedelta(days=1)) >= 0
    assert not any("xác nhận thông tin" in one.subject for one in mail.outbox)


@pytest.mark.django_db
def test_staff_correct_the_term_and_running_cycles_follow(listed) -> None:
    startup = listed()
    TimeLimit.objects.filter(step="confirmation").update(amount=6)
    assert remind("2026-07-04") == 1
    assert confirming.open_cycle(startup).due_on == date(2026, 9, 2)
    TimeLimit.objects.filter(step="confirmation").delete()
    assert remind("2030-01-01") == 0
    assert confirming.open_cycle(startup).due_on is None
    assert selectors.profile_of(startup).confirmation_state == "current"


@pytest.mark.django_db
def test_owners_and_editors_who_can_sign_in_are_told_each_with_a_key_of_their_own(listed) -> None:
    startup = listed()
    writer, reader, left = UserFactory(), UserFactory(), UserFactory()
    for user, role in ((writer, "editor"), (reader, "viewer"), (left, "editor")):
        Membership.objects.create(party=startup.party, user=user, role=role, since=date(2026, 4, 1))
    Membership.objects.filter(user=left).update(until=date(2026, 5, 1))
    remind("2027-01-05")
    letters = Message.objects.filter(code=CODE)
    assert set(letters.values_list("user", flat=True)) == {writer.pk, owner(startup).pk}
    assert len({letter.body_text for letter in letters}) == 2
    with pytest.raises(NotAllowed):
        confirming.confirm(confirming.open_cycle(startup), actor=reader, way=Way.ACCOUNT)


@pytest.mark.django_db
def test_a_startup_without_people_is_told_when_it_has_some(listed) -> None:
    startup = listed()
    someone = owner(startup)
    type(someone).objects.filter(pk=someone.pk).update(is_active=False)
    assert remind("2027-01-05") == 0
    type(someone).objects.filter(pk=someone.pk).update(is_active=True)
    assert remind("2027-01-06") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("confirmation_one_in_force", {}),
        ("confirmation_ends_after_start", {"until": date(2020, 1, 1)}),
        ("confirmation_due_later", {"until": date(2027, 1, 1), "due_on": date(2020, 1, 1)}),
    ],
)
def test_the_database_refuses_what_cannot_be(listed, name: str, change: dict) -> None:
    one = listed().confirmations.get()
    one.pk = None
    for field, value in change.items():
        setattr(one, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


# --- ten years


class Killed(BaseException):
    """The process is gone: nothing after this line ran, and an open transaction is lost."""


@contextmanager
def killed_at(place: str, monkeypatch) -> Iterator[None]:
    """Die once at a place of the work: before or after the message is written, sent, or noted as sent."""

    def die(*args, **kwargs):
        raise Killed

    def after(function):
        def dying(*args, **kwargs):
            function(*args, **kwargs)
            raise Killed

        return dying

    targets = {
        "settling": (confirming, "waiting", die),
        "telling": (confirming.events, "publish", die),
        "told, not committed": (confirming.events, "publish", after(confirming.events.publish)),
        "committed, not sent": (delivery, "send_now", die),
        "claimed": (delivery, "mail", die),
        "sent, not noted": (delivery, "settle", die),
        "noted": (delivery, "settle", after(delivery.settle)),
    }
    with monkeypatch.context() as patch:
        if place:
            patch.setattr(targets[place][0], targets[place][1], targets[place][2])
        with suppress(Killed):
            yield


PLACES = (
    "",
    "",
    "",
    "settling",
    "telling",
    "told, not committed",
    "committed, not sent",
    "claimed",
    "sent, not noted",
    "noted",
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [0])
def test_ten_years_with_double_runs_late_runs_and_kills(monkeypatch, seed: int) -> None:
    """Every cycle that runs out has exactly its four reminders, each at the first run from its day on."""
    rng = Random(seed)
    with clock.at("2026-02-27T09:00"):
        startups = [dossier(published=True).startup for _ in range(2)]
    mail.outbox.clear()
    now, end = datetime(2026, 2, 27, 12, tzinfo=clock.ZONE), datetime(2036, 3, 1, tzinfo=clock.ZONE)
    whole_runs: list[date] = []
    patience = {startup.pk: rng.randint(-40, 50) for startup in startups}
    while now < end:
        near = Confirmation.objects.filter(until=None, due_on__lt=now.date() + timedelta(days=64)).exists()
        gap = rng.choice((0, 1, 1, 2, 3, 5, 9, 25)) if near else rng.randint(10, 70)
        now += timedelta(days=gap, minutes=rng.randint(15, 300))
        with clock.at(now):
            for _ in range(rng.choice((1, 1, 2))):
                place = rng.choice(PLACES)
                with killed_at(place, monkeypatch):
                    confirming.remind(now)
                    delivery.deliver_due(now)
                    if not confirming.waiting(now.date()):
                        whole_runs.append(now.date())
            for startup in startups:
                cycle = confirming.open_cycle(startup)
                if (now.date() - cycle.due_on).days >= patience[startup.pk] and not confirming.waiting(now.date()):
                    confirming.confirm(cycle, actor=owner(startup), way=rng.choice((Way.MAIL, Way.ACCOUNT)))
                    patience[startup.pk] = rng.randint(-40, 50)
    with clock.at(now + timedelta(days=1)):
        confirming.remind(clock.now())
        delivery.deliver_due(clock.now())
    cycles = list(Confirmation.objects.exclude(until=None).prefetch_related("reminders", "startup"))
    assert len(cycles) >= 17
    for cycle in cycles:
        wanted = [days for days in REMIND_BEFORE if cycle.due_on - timedelta(days=days) <= cycle.until]
        told = {row.days: clock.local(row.told_at).date() for row in cycle.reminders.all()}
        assert sorted(told, reverse=True) in (
            wanted,
            [d for d in wanted if cycle.due_on - timedelta(days=d) < cycle.until],
        )
        if cycle.until > cycle.due_on:
            assert len(told) == 4
        for days, day in told.items():
            own_day = cycle.due_on - timedelta(days=days)
            assert own_day <= day
            assert not [run for run in whole_runs if own_day <= run < day], "a whole run passed it over"
    letters = Message.objects.filter(code=CODE)
    assert Counter(letters.values_list("key", flat=True)).most_common(1)[0][1] == 1
    assert letters.count() == ConfirmationReminder.objects.count() == InboxItem.objects.filter(code=CODE).count()
    left = {letter.extra_headers["Message-ID"] for letter in mail.outbox if "xác nhận thông tin" in letter.subject}
    unsent = {f"<{letter.uid}@localhost>" for letter in letters.filter(sent_at=None)}  # called off by a confirmation
    assert left - unsent == {f"<{letter.uid}@localhost>" for letter in letters.exclude(sent_at=None)}
    assert not letters.filter(sent_at=None, given_up_at=None).exists()


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.lists(st.tuples(st.integers(0, 120), st.integers(1, 3)), min_size=1, max_size=14))
def test_whenever_the_job_runs_each_reminder_of_the_year_is_told_once(founded, gaps: list[tuple[int, int]]) -> None:
    """Against an oracle: told are exactly those whose day is not after the last run."""
    with transaction.atomic():
        day = date(2026, 3, 2)
        for gap, times in gaps:
            day += timedelta(days=gap)
            for _ in range(times):
                remind(day)
        told = sorted(ConfirmationReminder.objects.values_list("days", flat=True), reverse=True)
        assert told == [days for days in REMIND_BEFORE if date(2027, 3, 2) - timedelta(days=days) <= day]
        assert Message.objects.filter(code=CODE).count() == len(told)
        transaction.set_rollback(True)


@pytest.fixture
def founded(listed):
    return listed()
