"""Forms V.1 and V.2 made of an application: every answer that they ask for is on them, and who reads them."""

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.management import call_command

from registry.core import clock
from registry.core.models import ReadLog
from registry.dossiers import snapshot
from registry.st_enterprises.certification import forms_on_paper
from tests.accounts.factories import UserFactory, sign_in
from tests.dossiers.visitors import Visitor, visitor
from tests.parties.factories import owner_of
from tests.st_enterprises.applications import answers, application
from tests.st_enterprises.papers.reading import bare, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with clock.at(datetime.fromisoformat("2026-11-27T09:00+07:00")):
        yield


ON_V1 = (
    "Công ty TNHH Chè Thử", "Trial Tea Co., Ltd.", "Bản Thử 1", "Lò Thị Mẫu", "Giám đốc", "000000000123", "Bản Kín 7",
    "Bản Kín 8", "Bộ Công an", "Phòng Đăng ký kinh doanh", "Nông nghiệp, lâm nghiệp, thủy sản", "10.500.000.000 đồng",
    "8.000.000.000 đồng", "Quy trình sao chè giữ hương", "Vốn của doanh nghiệp", "tự nghiên cứu",
    "Văn bằng bảo hộ quyền sở hữu trí tuệ số 1-0012345 ngày 12/05/2024, Cục Sở hữu trí tuệ", "Chè sao lạnh",
    "Ủy ban nhân dân tỉnh Lai Châu",
)  # fmt: skip
ON_V2 = (
    "Giám đốc, xưởng, bộ phận nghiên cứu.", "Nhiệt độ sao thấp.", "Héo, sao, vò, sấy.", "Tẩn A Kín", "Kỹ sư",
    "Mở thêm một xưởng.", "Quy trình sao chè giữ hương", "Chè sao lạnh", "10.500", "200",
)  # fmt: skip


def test_a_submission_gives_both_with_every_answer_and_the_same_bytes() -> None:
    made = application(filed=True)
    owner = visitor(owner_of(made.party))
    page = owner.read(f"/tai-khoan/chung-nhan-khcn/{made.reference}/")
    for form, wanted in (("v1", ON_V1), ("v2", ON_V2)):
        there = f"/tai-khoan/chung-nhan-khcn/{made.reference}/ban-gui/1/{form}."
        assert f"{there}pdf" in page
        assert f"{there}docx" in page
        pdf = owner.get(f"{there}pdf").content
        assert pdf == owner.get(f"{there}pdf").content
        text = bare(text_of(pdf))
        assert [words for words in wanted if bare(words) not in text] == []
        word = docx.Document(BytesIO(owner.get(f"{there}docx").content))
        assert word.core_properties.title.startswith(f"Mẫu số {form[0].upper()}.{form[1]}")


def test_a_draft_gives_what_is_typed_so_far() -> None:
    made = application(empty=True)
    owner = visitor(owner_of(made.party))
    there = f"/tai-khoan/chung-nhan-khcn/{made.reference}/bieu-mau/"
    assert f"{there}v1.pdf" in owner.read(f"/tai-khoan/chung-nhan-khcn/{made.reference}/")
    for name in ("v1.pdf", "v2.pdf", "v1.docx", "v2.docx"):
        assert owner.get(f"{there}{name}").status_code == 200
    assert bare("Công ty TNHH Chè Thử") in bare(text_of(owner.get(f"{there}v1.pdf").content))
    made.answers = {**answers(made), "results": [{"kind": "x"}], "years": "hỏng", "sector": 7, "registered_on": "31/31"}
    made.save(update_fields=["answers"])
    assert owner.get(f"{there}v1.pdf").status_code == 200
    assert owner.get(f"{there}v2.docx").status_code == 200
    for name in ("v3.pdf", "v1.txt", "v1.exe"):
        owner.read(f"{there}{name}", 404)


def test_an_officers_reading_leaves_its_line() -> None:
    call_command("sync_roles", verbosity=0)
    officer = UserFactory(officer=True)
    made = application(filed=True)
    desk = sign_in(Visitor(), officer)
    assert desk.get(f"/tai-khoan/chung-nhan-khcn/{made.reference}/ban-gui/1/v1.pdf").status_code == 200
    assert "identity_number" in ReadLog.objects.get(user=officer, subject=made.subject).fields
    assert desk.get(f"/tai-khoan/chung-nhan-khcn/{made.reference}/ban-gui/2/v1.pdf").status_code == 404


def test_what_was_sent_reads_as_it_was_cleaned() -> None:
    """The snapshot's stored values and the form's cleaned ones give the same paper."""
    made = application(filed=True)
    stored = snapshot.answers_in(snapshot.read(made.submissions.get()))
    paper = forms_on_paper.application(stored, None)
    assert paper.enterprise.registration.on == datetime(2019, 5, 12).date()
    plan = forms_on_paper.plan(stored, None)
    assert [one.year for one in plan.years] == [2023, 2024, 2025]
    assert plan.effects == frozenset()
