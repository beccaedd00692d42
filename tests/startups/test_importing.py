"""Taking a list over: what is created, left alone, renewed and refused, and that a run can be killed and run again."""

import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bench.imports import FAULTS
from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.lifecycle import NotAllowed
from registry.core.models import Decision, Event
from registry.dossiers import snapshot
from registry.dossiers.models import Dossier, Submission
from registry.parties.models import ContactPoint, Party, PartyIdentifier
from registry.startups import selectors
from registry.startups.importing import running
from registry.startups.importing.running import imported, tried
from registry.startups.management.commands import import_startups
from registry.startups.models import ImportRun, Profile, Startup
from search.models import SearchEntry
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier
from tests.parties.factories import party
from tests.startups.lists import as_csv, as_xlsx, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer():
    return UserFactory(officer=True)


def everything():
    """How many rows each table of ours has."""
    tables = [name for name in connection.introspection.table_names() if not name.startswith(("django_", "sqlite_"))]
    with connection.cursor() as cursor:
        found = {}
        for name in tables:
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
    return found


def reasons(report):
    return [(one["row"], one["column"], one["reason"]) for one in report.rejected]


def test_a_list_becomes_parties_dossiers_decisions_and_pages(officer, tmp_path):
    path = as_csv(tmp_path, made(3))
    report = imported(path, officer)
    assert report.as_json() == {"run_id": report.run_id, "created": 3, "updated": 0, "unchanged": 0, "rejected": []}
    row = made(3)[1]
    startup = Startup.objects.get(list_reference="DS-00001")
    profile = selectors.profile_of(startup)
    assert profile is not None
    assert (profile.name_vi, profile.ward.code, profile.decision.decided_by) == (
        row["Tên dự án"],
        row["Mã xã, phường"],
        officer,
    )
    assert startup.party.identifiers.get().value == row["Mã số thuế"]
    assert (startup.party.name, startup.party.memberships.count()) == (row["Tên chủ dự án"], 0)
    assert startup.party.addresses.get().text == row["Địa chỉ"]
    assert {fact.period for fact in startup.party.facts.all()} == {"2024", "2025"}
    submission = startup.dossier.submissions.get()
    assert snapshot.read(submission)["source"] == {
        "kind": "import",
        "run": report.run_id,
        "file_sha256": ImportRun.objects.get().file_sha256,
        "row": 3,
    }
    assert "truthful" not in snapshot.answers_in(snapshot.read(submission))
    event = Event.objects.get(subject=startup.dossier.subject)
    assert (event.action, event.from_state, event.to_state, event.data["run"]) == (
        "enter",
        "draft",
        "published",
        report.run_id,
    )
    assert (event.data["decision"], event.ground) == (profile.decision.position, profile.decision.ground)
    assert broken_links() == []
    entries = SearchEntry.objects.filter(kind="startup", ref=startup.public_id)
    assert {entry.language: entry.numbers for entry in entries} == dict.fromkeys(("vi", "en"), [row["Mã số thuế"]])


def test_who_has_no_e_mail_address_is_taken_too(officer, tmp_path):
    assert imported(as_csv(tmp_path, made(2, **{"Thư điện tử": ""})), officer).as_json()["created"] == 2


def test_what_nobody_consented_to_stays_unpublished(officer, tmp_path):
    shown = {"Hiện thư điện tử": "có", "Hiện đội ngũ": "không"}
    imported(as_csv(tmp_path, [made(1)[0], {**made(2)[1]}]), officer)
    assert list(Profile.objects.values_list("email", "phone", "staff", "team")) == [("", "", None, [])] * 2
    assert set(ContactPoint.objects.values_list("shown", flat=True)) == {False}
    imported(as_csv(tmp_path, made(2, **shown)), officer)
    assert set(Profile.objects.filter(effective_to=None).values_list("email", "phone")) == {
        ("du-an-0@example.vn", ""),
        ("du-an-1@example.vn", ""),
    }


def test_the_seven_kinds_of_faults_are_told_and_the_good_rows_kept(officer, tmp_path):
    rows = made(200)
    for number, (column, value, _what) in enumerate(FAULTS):
        rows[20 * number + 5][column] = value
    report = imported(as_xlsx(tmp_path, rows), officer)
    assert report.counts == Counter(created=193, refused=7)
    assert [(one["row"], one["column"]) for one in report.rejected] == [
        (20 * number + 7, column) for number, (column, _value, _what) in enumerate(FAULTS)
    ]
    assert all(one["reason"] for one in report.rejected)
    again = imported(as_csv(tmp_path, rows), officer)
    assert again.counts == Counter(unchanged=193, refused=7)
    assert (Startup.objects.count(), Decision.objects.count(), Submission.objects.count()) == (193, 193, 193)
    assert broken_links() == []


def test_what_is_no_choice_is_told_what_the_choices_are(officer, tmp_path):
    """Of a file nobody can pick: the refusal is where the words stand."""
    rows = made(2)
    rows[0]["Loại chủ dự án"] = "Nhóm khởi nghiệp"
    rows[1]["Giai đoạn"] = "100%"
    told = reasons(tried(as_csv(tmp_path, rows), officer))
    assert [(row, column) for row, column, _reason in told] == [(2, "Loại chủ dự án"), (3, "Giai đoạn")]
    assert told[0][2].startswith("Không có lựa chọn “Nhóm khởi nghiệp”. Ghi đúng một trong các chữ này: Doanh nghiệp; ")
    assert told[1][2] == (
        "Không có lựa chọn “100%”. Ghi đúng một trong các chữ này: Ý tưởng; Thử nghiệm; Có khách hàng; Tăng trưởng."
    )


def test_a_trial_leaves_the_database_as_it_was(officer, tmp_path):
    path = as_csv(tmp_path, made(5))
    before = everything()
    report = tried(path, None)
    assert report.counts == Counter(created=5)
    assert everything() == before


def test_a_row_that_differs_is_a_new_decision_and_a_new_page(officer, tmp_path):
    imported(as_csv(tmp_path, made(3)), officer)
    rows = made(3)
    rows[1] |= {"Tên dự án": "Tên mới", "Tên chủ dự án": "Tên chủ mới"}
    report = imported(as_csv(tmp_path, rows), officer)
    assert report.counts == Counter(unchanged=2, updated=1)
    startup = Startup.objects.get(list_reference="DS-00001")
    old, new = startup.profiles.order_by("pk")
    assert (old.effective_to, old.ended_by, new.effective_to) == (clock.today(), new.decision, None)
    assert (new.name_vi, Party.objects.get(pk=startup.party_id).name) == ("Tên mới", "Tên chủ mới")
    assert [event.action for event in Event.objects.filter(subject=startup.dossier.subject)] == ["enter", "renew"]
    assert SearchEntry.objects.get(ref=startup.public_id, language="vi").title == "Tên mới"


def test_a_column_that_the_file_lacks_changes_nothing(officer, tmp_path):
    imported(as_csv(tmp_path, made(2, **{"Trang web": "https://vidu.vn"})), officer)
    assert imported(as_csv(tmp_path, made(2)), officer).counts == Counter(unchanged=2)
    assert imported(as_csv(tmp_path, made(2, **{"Trang web": ""})), officer).counts == Counter(updated=2)


def test_without_a_tax_code_the_reference_tells_who_it_is(officer, tmp_path):
    rows = made(2, **{"Mã số thuế": "", "Loại chủ dự án": "nhóm cá nhân"})
    rows[1]["Mã tham chiếu"] = ""
    report = imported(as_csv(tmp_path, rows), officer)
    assert report.counts == Counter(created=1, refused=1)
    assert reasons(report)[0][:2] == (3, "Mã tham chiếu")
    assert imported(as_csv(tmp_path, rows[:1]), officer).counts == Counter(unchanged=1)
    ours = {**rows[0], "Mã tham chiếu": Dossier.objects.get().reference}
    assert imported(as_csv(tmp_path, [ours]), officer).counts == Counter(unchanged=1)


def test_who_stands_twice_in_a_file_is_taken_once(officer, tmp_path):
    rows = made(3)
    rows[1]["Mã số thuế"] = rows[0]["Mã số thuế"]
    rows[2]["Mã tham chiếu"] = rows[0]["Mã tham chiếu"]
    report = imported(as_csv(tmp_path, rows), officer)
    assert report.counts == Counter(created=1, refused=2)
    assert [reason for _row, _column, reason in reasons(report)] == [
        f"Mã số thuế {rows[0]['Mã số thuế']} đã có ở dòng 2 của tệp này.",
        "Mã tham chiếu DS-00000 đã có ở dòng 2 của tệp này.",
    ]


def code_of(made_party):
    return PartyIdentifier.objects.get(party=made_party).value


def row_for(organisation, **changes):
    return {**made(2)[1], "Mã số thuế": code_of(organisation), **changes}


def test_what_a_founder_sent_is_not_written_over(officer, tmp_path):
    listed = dossier(published=True)
    waiting = dossier(submitted=True, organisation=party("Công ty chờ"))
    gone = dossier(taken_down=True, organisation=party("Công ty đã gỡ"))
    own = party("Công ty của cán bộ", members={"editor": [officer]})
    cooperative = party("Hợp tác xã", kind="enterprise")
    before = Profile.objects.count()
    for organisation, said, changes in (
        (listed.party, "không ghi đè", {}),
        (waiting.party, f"đang có hồ sơ {waiting.reference}", {}),
        (gone.party, "đã gỡ khỏi danh bạ", {}),
        (own, "Bạn là thành viên", {}),
        (cooperative, "với loại “Doanh nghiệp”", {"Loại chủ dự án": "Hợp tác xã"}),
    ):
        report = imported(as_csv(tmp_path, [row_for(organisation, **changes)]), officer)
        assert [said in reason for _row, _column, reason in reasons(report)] == [True], (said, reasons(report))
    assert Profile.objects.count() == before


def test_a_party_with_several_projects_is_asked_by_name(officer, tmp_path):
    organisation = party("Công ty nhiều dự án")
    for name in ("Chè", "Sâm"):
        dossier(published=True, organisation=organisation, name_vi=name)
    unknown = imported(as_csv(tmp_path, [row_for(organisation)]), officer)
    assert "có 2 dự án (“Chè”, “Sâm”)" in reasons(unknown)[0][2]
    known = imported(as_csv(tmp_path, [row_for(organisation, **{"Tên dự án": "sâm"})]), officer)
    assert "không ghi đè" in reasons(known)[0][2]


def test_a_killed_run_is_finished_by_the_next(officer, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 20)
    path, told = as_csv(tmp_path, made(50)), []

    def killed(done, total):
        told.append(done)
        if done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(path, officer, killed)
    run = ImportRun.objects.get()
    assert (run.rows_done, run.created, run.phase, Startup.objects.count()) == (40, 40, "entering", 40)
    assert imported(path, officer).counts == Counter(unchanged=40, created=10)
    assert broken_links() == []


def test_only_who_handles_dossiers_imports(tmp_path):
    with pytest.raises(NotAllowed):
        imported(as_csv(tmp_path, made(1)), UserFactory(editor=True))
    assert not ImportRun.objects.exists()


def test_the_questions_grow_with_the_batches_and_little_with_the_rows(officer, tmp_path, recorded_queries):
    imported(as_csv(tmp_path, made(1)), officer)
    costs = {}
    for count in (20, 60):
        with recorded_queries() as queries:
            tried(as_csv(tmp_path, made(count)), officer)
        costs[count] = len(queries)
    assert costs[60] == costs[20] <= 16


@pytest.fixture
def command(tmp_path, capsys):
    def run(*arguments, code=0):
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        found = 0
        try:
            call_command("import_startups", *map(str, arguments), "--report", str(report))
        except CommandError as error:
            found = error.returncode
        assert found == code
        return json.loads(report.read_text("utf-8"))

    return run


def test_the_command_answers_0_1_or_2(command, tmp_path):
    leader = UserFactory(leader=True)
    good, bad = made(2), made(3)
    bad[2]["Thư điện tử"] = "không phải thư"
    assert command(as_csv(tmp_path, good), "--dry-run")["created"] == 2
    assert not Startup.objects.exists()
    assert command(as_csv(tmp_path, good))["created"] == 2
    assert Decision.objects.first().decided_by == leader
    told = command(as_csv(tmp_path, bad), code=1)
    assert (told["created"], told["unchanged"]) == (0, 2)
    assert told["rejected"] == [
        {"row": 4, "column": "Thư điện tử", "reason": "Thư điện tử chưa đúng, ví dụ ten@vidu.vn."}
    ]
    unusable = tmp_path / "x.csv"
    unusable.write_bytes(b"abc")
    assert "tên các cột" in command(unusable, code=2)["rejected"][0]["reason"]


def test_a_report_that_cannot_be_written_is_told_before_any_work(tmp_path, capsys, monkeypatch):
    UserFactory(leader=True)
    path = as_csv(tmp_path, made(1))
    for place, why in ((tmp_path / "khong-co" / "r.json", "không có tệp"), (tmp_path, "đó là thư mục")):
        with pytest.raises(CommandError, match=f"Chưa nhập gì: không ghi được báo cáo .*: {why}") as told:
            call_command("import_startups", str(path), "--report", str(place))
        assert told.value.returncode == 2
    assert not ImportRun.objects.exists()
    monkeypatch.setattr(import_startups, "check_writable", lambda path: None)  # it became unwritable meanwhile
    with pytest.raises(CommandError, match="Không ghi được báo cáo"):
        call_command("import_startups", str(path), "--report", str(tmp_path))
    assert "1 mới" in capsys.readouterr().out


def test_the_command_writes_a_template_that_it_takes(command, tmp_path):
    UserFactory(officer=True)
    call_command("import_startups", "--template", str(tmp_path / "mau.xlsx"))
    assert command(tmp_path / "mau.xlsx")["created"] == 1
    assert Profile.objects.get().ward.name_vi == "Phường Đoàn Kết"
