"""What the demo province holds."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from stdnum.vn import mst

from accounts.models import User
from cms.news.models import ArticlePage
from notifications.models import BouncedAddress, InboxItem, Message
from portal.demo.load import load
from portal.demo.organisations import ORGANISATION_B
from portal.personas import PERSONAS
from registry.certificates.models import Certificate, CertificateVersion
from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.grounds import is_law_on
from registry.core.models import AdministrativeUnit, Decision, Event
from registry.dossiers import measuring, procedure, snapshot
from registry.dossiers.checking import check
from registry.dossiers.helped.passes import waiting
from registry.dossiers.models import Dossier, Submission
from registry.parties.models import Membership, Party, PartyIdentifier
from registry.reports.models import Report
from registry.startups import selectors
from registry.startups.models import Confirmation, ImportRun, Profile, Startup
from search.engine import Query, get_engine


def test_no_decision_rests_on_what_was_no_law_on_its_day() -> None:
    rested = list(Decision.objects.values_list("ground", "effective_on"))
    assert any(day < date(2025, 10, 14) for _says, day in rested)
    assert [(says, day) for says, day in rested if not is_law_on(says, day)] == []


def counts() -> dict[str, int]:
    models = (
        User, Party, Membership, Dossier, Submission, Event, Startup, Profile, ArticlePage, Report, Message, InboxItem,
        ImportRun, BouncedAddress,
    )  # fmt: skip
    return {model.__name__: model.objects.count() for model in models}


def test_the_personas_sign_in_and_nobody_else_does() -> None:
    able = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert able == set(PERSONAS)
    assert all(User.objects.get(email=email).check_password(settings.DEMO_PASSWORD) for email in PERSONAS)
    assert all(user.emailaddress_set.filter(verified=True, primary=True).exists() for user in User.objects.all())


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("officer@demo.test", "case officer"),
        ("officer2@demo.test", "case officer"),
        ("leader@demo.test", "leader"),
        ("editor@demo.test", "editor"),
        ("admin@demo.test", "administrator"),
    ],
)
def test_people_of_the_department_have_their_role(email: str, role: str) -> None:
    assert User.objects.get(email=email).roles == {role}


def test_founders_own_a_and_b_and_the_first_officer_is_a_member_of_a() -> None:
    draft = Dossier.objects.get(reference="KN-2026-00001")
    assert draft.state == "draft"
    assert draft.title
    assert draft.answers_version == 2
    roles = dict(Membership.objects.filter(party=draft.party, until=None).values_list("user__email", "role"))
    assert roles == {"founder@demo.test": "owner", "officer@demo.test": "editor"}
    b = Membership.objects.get(user__email="founder2@demo.test", role="owner", party__name=ORGANISATION_B).party
    assert b != draft.party
    assert b.dossiers.filter(state="published").exists()


def test_sixty_startups_are_listed_in_every_commune_and_over_the_years() -> None:
    listed = selectors.in_force()
    assert listed.count() == 60
    assert listed.values("ward").distinct().count() == AdministrativeUnit.objects.filter(edition="new").count() == 38
    assert set(listed.values_list("year", flat=True)) >= {2024, 2025, 2026}
    assert listed.filter(slug="tra-co-thu-minh-hoa").count() == 1
    assert 36 <= listed.exclude(pitch_en="").count() < 60
    assert 36 <= listed.exclude(name_en="").count() < 60
    assert listed.filter(startup__featured=True).count() >= 4
    assert len(set(listed.values_list("problem_vi", flat=True))) == 60
    assert all(profile.cover and profile.strip for profile in listed)


def test_some_have_confirmed_some_are_soon_due_and_some_are_late() -> None:
    today = clock.today()
    running = Confirmation.objects.filter(until=None)
    assert running.count() == 60
    assert running.filter(due_on__lt=today).count() == selectors.overdue_confirmations().count() >= 3
    assert running.filter(due_on__gte=today, due_on__lte=today + timedelta(days=60)).exists()
    assert running.exclude(way="publication").count() >= 10
    late = running.filter(due_on__lt=today).first()
    assert sorted(late.reminders.values_list("days", flat=True)) == [1, 7, 30, 60]


def test_there_are_twelve_organisations_of_other_kinds_a_group_and_a_person() -> None:
    kinds = Counter(Party.objects.values_list("kind", flat=True))
    assert kinds.pop("enterprise") > 50
    assert kinds.pop("group") == kinds.pop("person") == 1
    assert sum(kinds.values()) == 13  # and the household for which somebody fills a dossier in
    assert set(kinds) == {
        "cooperative", "household", "school", "centre", "association", "st_public", "st_private", "state_body",
    }  # fmt: skip


def test_names_of_enterprises_and_their_codes_are_plainly_invented() -> None:
    assert all("(giả định)" in party.name for party in Party.objects.filter(kind="enterprise"))
    codes = list(PartyIdentifier.objects.filter(scheme="tax_code").values_list("value", flat=True))
    assert len(codes) > 50
    assert all(code.startswith("99") and mst.is_valid(code) for code in codes)
    households = PartyIdentifier.objects.filter(scheme="household_code").values_list("value", flat=True)
    assert all(code.startswith("000000000") for code in households)
    assert all(
        site.endswith(".example") for site in Profile.objects.exclude(website="").values_list("website", flat=True)
    )


def test_dossiers_stand_in_every_state_and_the_queue_is_lively() -> None:
    states = Counter(Dossier.objects.values_list("state", flat=True))
    startups = {"draft", "submitted", "supplement", "published", "refused", "withdrawn", "unlisted"}
    assert set(states) == startups | {"valid", "changed", "granted"}
    waiting = Dossier.objects.filter(state="submitted")
    assert waiting.filter(due_at__lt=clock.now()).exists()
    assert waiting.filter(due_at__gte=clock.now(), due_at__lte=clock.now() + timedelta(days=5)).exists()
    assert waiting.filter(assigned_to=None).exists()
    assert waiting.exclude(assigned_to=None).exists()
    answered = waiting.get(submissions__number=2)
    first, second = answered.submissions.order_by("number")
    assert [change.name for change in snapshot.diff(snapshot.read(first), snapshot.read(second))] == ["problem_vi"]
    assert Dossier.objects.filter(state="supplement", supplements__closed_at=None).count() == states["supplement"]


def test_one_enterprise_shows_its_size_and_an_old_certificate_has_the_new_incentives() -> None:
    shown = Certificate.objects.exclude(shown_size="").get()
    assert (shown.shown_size, shown.size_year, shown.number) == ("small", 2025, "06/DNKHCN")
    old = CertificateVersion.objects.filter(certificate__regime="nd13").order_by("certificate__first_issued_on", "turn")
    by_certificate = [(one.turn, one.incentives) for one in old]
    assert by_certificate == [(0, "nd13"), (1, "nd268"), (0, "nd13"), (0, "nd13")]


def test_a_list_waits_for_an_officers_word_and_mail_to_one_address_comes_back() -> None:
    run = ImportRun.objects.get()
    assert (run.phase, run.created, run.refused, len(run.sample)) == ("checked", 1, 1, 2)
    assert [one["column"] for one in run.rejected] == ["Mã xã, phường"]
    assert BouncedAddress.objects.get(cleared_at=None).email not in PERSONAS


def test_a_dossier_filled_in_for_a_household_waits_for_its_founder() -> None:
    helped = Dossier.objects.get(helps__isnull=False, helps__until=None)
    assert helped.state == "draft"
    assert not helped.party.memberships.exists()
    assert waiting(helped) is not None
    assert [one.step for one in check(helped)[1]] == ["kiem-tra"]


def test_history_holds_and_went_forward() -> None:
    assert broken_links() == []
    moments = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= clock.now()
    references = (
        Dossier.objects.filter(reference__startswith="KN-2026-")
        .order_by("reference")
        .values_list("reference", flat=True)
    )
    assert [int(reference[-5:]) for reference in references] == list(range(1, len(references) + 1))


def test_articles_stand_in_both_languages_one_is_to_come_and_one_has_a_paper() -> None:
    live = ArticlePage.objects.live()
    by_language = Counter(live.values_list("locale__language_code", flat=True))
    assert by_language["vi"] == by_language["en"] == 25
    keys = {
        language: set(live.filter(locale__language_code=language).values_list("translation_key", flat=True))
        for language in ("vi", "en")
    }
    assert keys["vi"] == keys["en"]
    to_come = ArticlePage.objects.filter(live=False)
    assert {page.go_live_at.date() for page in to_come} == {clock.today() + timedelta(days=1)}
    assert live.filter(attachments__isnull=False, locale__language_code="vi").count() == 1
    assert live.filter(related__isnull=False).exists()
    assert not live.filter(first_published_at__gt=clock.now()).exists()


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("tra co thu", "startup", "Trà cổ thụ Minh Họa"),
        ("gác bếp quả bầu khô", "article", "Đăng ký khởi nghiệp trong bảy bước"),
        ("sương muối", "article", "Ba giờ trước khi sương rơi"),
    ],
)
def test_everything_is_found(text: str, kind: str, title: str) -> None:
    hits = get_engine().search(Query(text=text, kinds=(kind,), language="vi")).hits
    assert any(title in hit.title.replace("<mark>", "").replace("</mark>", "") for hit in hits), [h.title for h in hits]


def test_people_were_told_and_no_letter_waits() -> None:
    assert not Message.objects.filter(sent_at=None, given_up_at=None).exists()
    told = InboxItem.objects.filter(user__email="founder@demo.test")
    assert {"startup_published", "dossier_submitted"} <= set(told.values_list("code", flat=True))
    assert InboxItem.objects.filter(user__email="officer2@demo.test", read_at=None).count() < 20


def test_loading_again_changes_nothing() -> None:
    before = counts()
    load(lambda line: None)
    assert counts() == before


def test_progress_is_told(said: list[str]) -> None:
    assert re.search(r"(\d+)/\1 hồ sơ", " ".join(said))


def test_only_the_demo_may_load_it() -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")


def test_reports_wait_and_are_answered_with_every_outcome() -> None:
    kept = list(Report.objects.values_list("kind", "state", "outcome"))
    assert {kind for kind, state, _outcome in kept if state == "new"} == {"startup", "article"}
    assert {outcome for _kind, state, outcome in kept if state == "answered"} == {
        "mended",
        "was_right",
        "not_ours",
        "spam",
    }
    assert all(report.answered_at > report.sent_at for report in Report.objects.filter(state="answered"))


def test_a_year_of_answers_is_enough_for_figures() -> None:
    record = measuring.record(procedure.get("startup_registration"))
    assert record is not None
    assert record.figures.median is not None
    assert record.figures.overdue
