"""What is removed when: by dated rules, once a day, twice without harm, and never what was decided or sent."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from notifications.models import InboxItem, Message
from portal import retention
from portal.models import RetentionReport, RetentionRule
from registry.core import clock, files
from registry.core.decisions import broken_links, log_restricted_read
from registry.core.models import Decision, Event, FileRead, PrivateFile, ReadLog
from registry.dossiers.models import Dossier, DossierFile, Submission
from registry.dossiers.services import add_file, remove_file
from registry.parties import services
from registry.parties.models import Invitation
from registry.reports.models import Report
from registry.reports.services import report_error
from registry.reports.subjects import Subject
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory, sign_in
from tests.core.factories import PDF, upload
from tests.dossiers.factories import dossier
from tests.parties.factories import owner_of, party

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 9, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


@pytest.mark.parametrize(
    ("amount", "unit", "now", "expected"),
    [
        (90, "d", "2026-06-30T08:00", "2026-04-01T08:00"),
        (1, "m", "2026-03-31T08:00", "2026-02-28T08:00"),
        (12, "m", "2026-03-31T08:00", "2025-03-31T08:00"),
        (2, "y", "2028-02-29T08:00", "2026-02-28T08:00"),
        (4, "y", "2028-02-29T08:00", "2024-02-29T08:00"),
        (1, "m", "2026-01-15T08:00", "2025-12-15T08:00"),
    ],
)
def test_how_far_back(amount: int, unit: str, now: str, expected: str) -> None:
    rule = RetentionRule(amount=amount, unit=unit)
    at = clock.local(datetime.fromisoformat(now))
    assert retention.too_old(rule, at) == clock.local(datetime.fromisoformat(expected))


def test_the_rule_of_the_day() -> None:
    RetentionRule.objects.filter(code="letter").update(effective_to=date(2027, 1, 1))
    RetentionRule.objects.create(code="letter", amount=1, unit="y", effective_from=date(2027, 1, 1))
    assert retention.rules_on(date(2025, 12, 31)) == {}
    assert retention.rules_on(date(2026, 12, 31))["letter"].kept == "2 năm"
    assert retention.rules_on(date(2027, 1, 1))["letter"].kept == "1 năm"


def test_every_kind_has_a_first_rule_and_every_rule_a_kind() -> None:
    assert {kind.code for kind in retention.kinds()} == set(retention.rules_on(date(2026, 6, 1)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": 101},
        {"amount": 1201, "unit": "m"},
        {"effective_to": date(2027, 1, 1)},
        {"effective_from": date(2026, 1, 1)},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict) -> None:
    rule = {"code": "letter", "amount": 1, "unit": "y", "effective_from": date(2027, 1, 1)} | wrong
    with pytest.raises(ValidationError):
        RetentionRule(**rule).full_clean()


def letter(key: str, *, legal: bool = False, sent: bool = True) -> Message:
    now = clock.now()
    return Message.objects.create(
        code="x", key=key, email="a@example.vn", language="vi", subject="Thư", body_text="Chào", legal=legal,
        created_at=now, due_at=now, next_try_at=now, sent_at=now if sent else None,
    )  # fmt: skip


def a_year_of_work(year: int) -> None:
    """One of everything that is removed one day, and of everything that is not."""
    officer = UserFactory(officer=True)
    published = dossier(published=True, papers=1, officer=officer)
    listed = Startup.objects.get(dossier=published)
    report_error("startup", Subject(listed.record, "Bản ghi", "/"), text="Sai.", email="bao@example.vn")
    Report.objects.filter(answered_at=None).update(
        state="answered", outcome="mended", answered_at=clock.now(), answered_by=officer
    )
    draft = dossier(papers=1)
    changed = dossier()
    item = add_file(changed, upload("go.pdf", PDF + str(year).encode()), "other", actor=changed.created_by)
    remove_file(changed, item.pk, actor=changed.created_by)
    letter(f"{year}-a")
    letter(f"{year}-b", legal=True)
    letter(f"{year}-c", sent=False)
    Message.objects.filter(pk=letter(f"{year}-d", sent=False).pk).update(way="digest", digest=letter(f"{year}-e"))
    for read in (clock.now(), None):
        InboxItem.objects.create(
            user=officer,
            code="x",
            key=f"{year}-{bool(read)}",
            language="vi",
            title="Tin",
            created_at=clock.now(),
            read_at=read,
        )
    made = party()
    services.invite(made, email=f"moi-{year}@example.vn", role="viewer", actor=owner_of(made))
    log_restricted_read(officer, published.subject, ["email"])
    FileRead.objects.create(file=draft.files.get().file, reader=officer)


def test_ten_years(monkeypatch) -> None:
    """Two runs a day, four days a year; each removes what is due and nothing else."""
    monkeypatch.setattr(retention, "BATCH", 2)
    for year in range(10):
        if year % 2:  # every second year is enough to see what stays and what goes
            with clock.at(START.replace(year=2026 + year)):
                a_year_of_work(year)
        for month in (4, 7, 10, 12):
            with clock.at(START.replace(year=2026 + year, month=month)):
                retention.run(clock.now())
                files.remove_orphans()
                assert retention.run(clock.now()) == {}, "the second run of a day finds nothing to do"
    kept = {
        "decisions": Decision.objects.count(),
        "submissions": Submission.objects.count(),
        "dossiers": Dossier.objects.count(),
        "broken": broken_links(),
        "drafts with answers": Dossier.objects.filter(state="draft").exclude(answers={}).count(),
        "letters": Message.objects.filter(code="x", legal=False, sent_at__isnull=False).count(),
        "letters with a text": Message.objects.filter(code="x", legal=False, sent_at__isnull=False)
        .exclude(body_text="")
        .count(),
        "legal letters": Message.objects.filter(code="x", legal=True).exclude(body_text="").count(),
        "unsent letters": Message.objects.filter(code="x", sent_at=None).exclude(body_text="").count(),
        "pieces of a digest": Message.objects.exclude(digest=None).count(),
        "read news": InboxItem.objects.filter(code="x", read_at__isnull=False).count(),
        "unread news": InboxItem.objects.filter(code="x", read_at=None).count(),
        "invitations": Invitation.objects.count(),
        "reporters": Report.objects.exclude(email="").count(),
        "reports": Report.objects.count(),
        "readings": ReadLog.objects.count(),
        "openings": FileRead.objects.count(),
        "files taken out": DossierFile.objects.filter(removed_at__isnull=False).count(),
    }
    assert kept == {
        "decisions": 5,
        "submissions": 5,
        "dossiers": 15,
        "broken": [],
        "drafts with answers": 2,  # those of the last year
        "letters": 2,
        "letters with a text": 0,
        "legal letters": 5,
        "unsent letters": 5,
        "pieces of a digest": 1,  # with its digest, of the last year, and without a text
        "read news": 1,
        "unread news": 5,
        "invitations": 0,
        "reporters": 0,
        "reports": 5,
        "readings": 3,
        "openings": 3,
        "files taken out": 0,
    }
    assert Event.objects.count() >= 10
    named = set(PrivateFile.objects.values_list("sha256", flat=True))
    on_disk = {path.name for path in files.Path(files.settings.PRIVATE_ROOT).glob("??/??/*")}
    assert named == on_disk, "no row without its file, no file without a row"
    for sent in Submission.objects.all():
        for file in sent.dossier.files.filter(removed_at=None):
            assert file.file.sha256 in sent.content
    assert RetentionReport.objects.get(code="letter_text", day=date(2035, 10, 1)).removed == 3
    assert not RetentionReport.objects.filter(day__lt=date(2032, 12, 1)).exists(), "reports are kept for three years"


def test_a_kind_that_fails_is_tried_again_and_stops_no_other(monkeypatch) -> None:
    def broken(before: datetime, limit: int) -> int:
        raise OSError

    with clock.at(START):
        letter("a")
    with clock.at(START.replace(year=2029)):
        for kind in retention.kinds():
            if kind.code == "abandoned_draft":
                monkeypatch.setitem(retention._kinds, kind.code, retention.Kind(kind.code, "x", "x", "x", broken))
        with pytest.raises(RuntimeError, match="abandoned_draft"):
            retention.run(clock.now())
        assert not Message.objects.filter(code="x").exists()
        monkeypatch.undo()
        assert set(retention.run(clock.now())) == {"abandoned_draft"}


def test_what_was_gathered_goes_with_its_digest() -> None:
    with clock.at(START):
        Message.objects.filter(pk=letter("a", sent=False).pk).update(way="digest", digest=letter("b"))
    with clock.at(START.replace(year=2029)):
        assert retention.run(clock.now())["letter"] == 2


@pytest.mark.parametrize(("amount", "unit"), [(3000, "y"), (32767, "y"), (32767, "m"), (32767, "d")])
def test_a_rule_longer_than_any_time_removes_nothing_and_breaks_nothing(amount: int, unit: str) -> None:
    """Such a rule could be written before there was a longest time."""
    with clock.at(START):
        letter("a", legal=True)
    RetentionRule.objects.filter(code="legal_letter").update(amount=amount, unit=unit)
    with clock.at(START.replace(year=2060)):
        assert retention.run(clock.now())["legal_letter"] == 0


def test_a_file_that_was_sent_is_kept_though_it_was_taken_out_later() -> None:
    with clock.at(START):
        made = dossier(supplement=True, papers=1, remarks={"files": "Gửi bản khác."})
        sent = made.files.get()
        DossierFile.objects.filter(pk=sent.pk).update(removed_at=clock.now())
    with clock.at(START + timedelta(days=4000)):
        retention.run(clock.now())
        files.remove_orphans()
    assert DossierFile.objects.filter(pk=sent.pk).exists()
    assert files.path_of(sent.file.sha256).exists()


def test_staff_keep_the_rules(client: Client) -> None:
    call_command("sync_roles", verbosity=0)
    sign_in(client, UserFactory(admin=True))
    page = client.get("/quan-tri/luu-giu/new/")
    assert "Tin đã đọc trong tài khoản (tính từ lúc đọc)" in page.content.decode()
    given = {"code": "inbox", "amount": "3", "unit": "y", "citation": "nd268:999", "effective_from": "2027-01-01"}
    assert "Viết căn cứ như" in client.post("/quan-tri/luu-giu/new/", given).content.decode()
    given["citation"] = "nd268:49.4"
    refused = client.post("/quan-tri/luu-giu/new/", given | {"amount": "3000"}).content.decode()
    assert "Thời gian giữ dài nhất là 100 năm." in refused
    assert 'value="3000"' in refused
    assert client.post("/quan-tri/luu-giu/new/", given).status_code == 302
    assert retention.rules_on(date(2027, 2, 1))["inbox"].kept == "3 năm"


def test_a_rule_is_reached_from_the_list_by_who_may_change_it(client: Client) -> None:
    call_command("sync_roles", verbosity=0)
    rule = RetentionRule.objects.get(code="inbox")
    address = f"/quan-tri/luu-giu/edit/{rule.pk}/"
    sign_in(client, UserFactory(leader=True))
    seen = client.get("/quan-tri/luu-giu/").content.decode()
    assert "Tin đã đọc trong tài khoản" in seen
    assert rule.source in seen
    assert address not in seen
    sign_in(client, UserFactory(admin=True))
    assert f'href="{address}"' in client.get("/quan-tri/luu-giu/").content.decode()
    ended = {
        **{"code": "inbox", "amount": rule.amount, "unit": rule.unit, "citation": "", "source": rule.source},
        **{"effective_from": rule.effective_from.isoformat(), "effective_to": "2027-01-01"},
    }
    assert client.post(address, ended).status_code == 302
    assert "inbox" not in retention.rules_on(date(2027, 1, 1))
