"""The desk's pages of importing a list: upload, preview, confirm, a long one by the jobs, the report, and what is removed."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.core import clock
from registry.core.models import PrivateFile
from registry.startups.importing import waiting
from registry.startups.models import ImportRun, Startup
from tests.accounts.factories import UserFactory
from tests.desk.pages import words
from tests.startups.lists import as_csv, as_xlsx, made

PAGE = "/quan-tri/nhap-khau/"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer(roles):
    return UserFactory(officer=True)


@pytest.fixture
def desk(officer, signed_in):
    return signed_in(officer)


def uploaded(client, path):
    return client.post(PAGE, {"file": SimpleUploadedFile(path.name, path.read_bytes())})


def with_a_fault(count):
    rows = made(count)
    rows[1]["Thư điện tử"] = "không phải thư"
    return rows


def test_a_list_is_shown_before_it_is_taken_over(desk, tmp_path):
    answer = uploaded(desk, as_xlsx(tmp_path, with_a_fault(4)))
    run = ImportRun.objects.get()
    assert answer["Location"] == f"{PAGE}{run.run_id}/"
    seen = desk.get(answer["Location"])
    page = seen.content.decode()
    assert run.run_id not in words(seen)
    assert "chưa nhập gì" in page
    assert "Nhập 3 dự án" in page
    assert "Thư điện tử chưa đúng" in page
    assert (run.phase, run.created, run.refused, Startup.objects.count()) == ("checked", 3, 1, 0)
    desk.post(f"{PAGE}{run.run_id}/nhap/")
    run.refresh_from_db()
    assert (run.phase, run.created, run.refused, Startup.objects.count()) == ("done", 3, 1, 3)
    assert "Đã nhập xong" in desk.get(answer["Location"]).content.decode()
    desk.post(f"{PAGE}{run.run_id}/nhap/")
    assert Startup.objects.count() == 3
    assert "danh-sach.xlsx" in desk.get(PAGE).content.decode()


def test_the_report_is_json_or_a_table_of_what_was_refused(desk, tmp_path):
    uploaded(desk, as_csv(tmp_path, with_a_fault(3)))
    address = f"{PAGE}{ImportRun.objects.get().run_id}/bao-cao/"
    told = json.loads(desk.get(address).content)
    fault = {"row": 3, "column": "Thư điện tử", "reason": "Thư điện tử chưa đúng, ví dụ ten@vidu.vn."}
    assert (told["created"], told["rejected"]) == (2, [fault])
    workbook = b"".join(desk.get(f"{address}?format=xlsx").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Dòng", "Cột", "Lý do"],
        list(fault.values()),
    ]
    assert desk.get(f"{address}?format=exe").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "Tên\n".encode("utf-16"), "UTF-16"),
        ("x.csv", b"Ten\nx\n", "Dòng 1 phải là tên các cột"),
        ("x.pdf", b"%PDF-1.7", "không phải bảng tính"),
        ("x.xlsx", b"PK\x03\x04 broken", "không phải bảng tính"),
        ("x.csv", b"", "Tệp trống"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_at_the_field(desk, name, content, said):
    answer = desk.post(PAGE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_without_a_file_it_says_so(desk):
    assert "Chọn tệp danh sách." in desk.post(PAGE, {}).content.decode()


def test_a_long_list_waits_for_the_jobs_and_tells_how_far_it_is(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 2)
    answer = uploaded(desk, as_csv(tmp_path, made(3)))
    page = desk.get(answer["Location"]).content.decode()
    assert "data-progress" in page
    assert "trên 3 dòng" in page
    phase = ImportRun.objects.get().get_phase_display()
    assert f"<h2>{phase}</h2>" in page
    assert page.count(phase) == 1  # what stands outside is not fetched again and would soon say something else
    assert waiting.work_off(clock.now()) == 1
    run = ImportRun.objects.get()
    assert (run.phase, run.rows_done) == ("checked", 3)
    desk.post(f"{answer['Location']}nhap/")
    assert waiting.work_off(clock.now()) == 1
    run.refresh_from_db()
    assert (run.phase, run.created, Startup.objects.count()) == ("done", 3, 3)
    assert waiting.work_off(clock.now()) == 0


def test_a_killed_run_is_taken_up_where_it_ended(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 0)
    monkeypatch.setattr("registry.startups.importing.running.BATCH", 2)
    uploaded(desk, as_csv(tmp_path, made(5)))
    waiting.work_off(clock.now())
    run = ImportRun.objects.get()
    desk.post(f"{PAGE}{run.run_id}/nhap/")

    def killed(passed, sheet, actor, steps=waiting.steps):
        yield next(steps(passed, sheet, actor))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(waiting, "steps", killed)
        with pytest.raises(KeyboardInterrupt):
            waiting.work_off(clock.now())
    run.refresh_from_db()
    assert (run.phase, run.rows_done, run.created) == ("entering", 2, 2)
    assert waiting.work_off(clock.now()) == 0  # it may still be at work
    assert waiting.work_off(clock.now() + timedelta(minutes=6)) == 1
    run.refresh_from_db()
    assert (run.phase, run.rows_done, run.created, run.unchanged) == ("done", 5, 5, 0)


def test_only_who_uploaded_it_confirms(desk, tmp_path, signed_in):
    answer = uploaded(desk, as_csv(tmp_path, made(1)))
    other = signed_in(UserFactory(leader=True))
    assert "người gửi tệp, xác nhận được" in other.get(answer["Location"]).content.decode()
    other.post(f"{answer['Location']}nhap/")
    other.post(f"{answer['Location']}bo/")
    assert ImportRun.objects.get().phase == "checked"


def test_a_list_that_is_dropped_or_old_leaves_no_file(desk, tmp_path):
    first = uploaded(desk, as_csv(tmp_path, made(1), "mot.csv"))["Location"]
    desk.post(f"{first}bo/")
    assert ImportRun.objects.get().phase == "stopped"
    assert not PrivateFile.objects.exists()
    uploaded(desk, as_csv(tmp_path, made(1), "hai.csv"))
    assert waiting.forget_files(clock.now() - timedelta(days=1), 10) == 0
    assert waiting.forget_files(clock.now() + timedelta(days=1), 10) == 1
    assert not PrivateFile.objects.exists()
    assert set(ImportRun.objects.values_list("phase", flat=True)) == {"stopped"}


def test_the_uploaded_file_is_read_by_nobody(desk, officer, tmp_path):
    uploaded(desk, as_csv(tmp_path, made(1)))
    file = PrivateFile.objects.get()
    assert (file.kind, file.file_class) == ("csv", "restricted")
    assert desk.get(f"/tep/{file.public_id}/").status_code == 404


def test_the_template_is_a_workbook_that_can_be_uploaded(desk):
    content = desk.get(f"{PAGE}mau/").content
    assert desk.post(PAGE, {"file": SimpleUploadedFile("mau.xlsx", content)}).status_code == 302
    assert ImportRun.objects.get().created == 1
