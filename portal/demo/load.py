"""Loading the demo province: people, organisations, startups and their dossiers, articles. Loading twice changes nothing."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from io import StringIO
from time import monotonic
from typing import Final

from django.core.management import call_command
from django.db.models import F
from django.test.utils import override_settings

from cms.news.search_source import put_missing
from notifications.models import InboxItem
from notifications.services import deliver_due
from portal.demo import (
    appraisals,
    certificate_changes,
    certificates,
    certifications,
    changes,
    duties,
    goals,
    office,
    organisations,
    people,
    reports,
    stories,
)
from portal.demo.ideas import Idea, ideas
from portal.demo.pages import enter_articles
from portal.demo.replay import Story, replay
from registry.core import clock
from registry.dossiers.models import Dossier, TimeLimit
from search.following import catch_up

Say = Callable[[str], object]

FOUNDED: Final = datetime(2024, 1, 8, 8, 0, tzinfo=clock.ZONE)
OFFICER_JOINS: Final = datetime(2024, 9, 9, 20, 15, tzinfo=clock.ZONE)
NO_MAIL_LEAVES: Final = "django.core.mail.backends.dummy.EmailBackend"
READ_AFTER: Final = timedelta(days=12)
"""Messages older than this have been read by everybody."""


def load(say: Say) -> None:
    begun = monotonic()
    with override_settings(EMAIL_BACKEND=NO_MAIL_LEAVES), without_small_talk():
        with clock.at(FOUNDED):
            call_command("sync_roles", stdout=StringIO())
            known = people.personas()
            promise_of_2024()
        one, two, leader = people.actors(known)
        department = stories.Department((one, two), leader, clock.today())
        say(f"  {len(known)} tài khoản mẫu, {enter_organisations()} tổ chức")
        say(f"  {enter_articles(known['editor@demo.test'])} bài và trang, mỗi bài hai ngôn ngữ")
        beside = [
            *reports.stories(two, known["editor@demo.test"]),
            *certificates.stories(two),
            *appraisals.stories(two),
            *certificate_changes.stories(two, leader),
            *duties.stories(two),
            *goals.stories(),
            *office.stories(one),
        ]
        tell_stories(department, beside, say)
        with clock.at(OFFICER_JOINS):
            organisations.join_a(one)
        settle_messages()
        office.mail_comes_back()
        put_missing()
    catch_up()
    say(f"Xong sau {monotonic() - begun:.0f} giây.")


@contextmanager
def without_small_talk() -> Iterator[None]:
    """Thousands of acts are told by their progress, not by a line of the log each."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)


def promise_of_2024() -> None:
    """The service promise that the migrations enter holds from 2025; the demo's history begins a year before."""
    TimeLimit.objects.get_or_create(
        procedure=stories.PROCEDURE,
        step="answer",
        effective_from=date(2024, 1, 1),
        defaults={"amount": 5, "unit": "wd", "source": "Dữ liệu trình diễn.", "effective_to": date(2025, 1, 1)},
    )


def enter_organisations() -> int:
    rows = organisations.other_kinds()
    for row in rows:
        with clock.at(row.since):
            organisations.enter(row)
    return len(rows)


def tell_stories(department: stories.Department, beside: list[Story], say: Say) -> None:
    """Replay every dossier and proposal of change that is not here yet, and what happened `beside` them."""
    here = set(Dossier.objects.values_list("party__name", "title"))
    waiting = [idea for idea in ideas() if (idea.party, idea.name) not in here]
    tales = [
        *(story_of(idea, department) for idea in waiting),
        *changes.stories(department),
        *certifications.stories(department),
        *beside,
    ]
    told = 0

    def one_more() -> None:
        nonlocal told
        told += 1
        if told % 10 == 0 or told == len(tales):
            say(f"  {told}/{len(tales)} hồ sơ, đề xuất, báo lỗi, giấy chứng nhận")

    replay(tales, one_more)


def story_of(idea: Idea, department: stories.Department) -> Story:
    if idea.state == "first_of_2026":
        return stories.first_of_2026(idea)
    if idea.state == "helped":
        return stories.helped(idea, department)
    tell = stories.published if idea.state == "published" else stories.under_way
    return tell(idea, department)


def settle_messages() -> None:
    """No letter of the demo is left to be sent, and what is long past has been read."""
    while deliver_due():
        pass
    long_ago = clock.now() - READ_AFTER
    InboxItem.objects.filter(read_at=None, created_at__lt=long_ago).update(read_at=F("created_at"))
