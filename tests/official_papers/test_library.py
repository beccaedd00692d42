"""Templates: what the portal brings, what is checked before a version is kept, its versions, who writes them."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.official_papers import services
from registry.official_papers.checking import PLAIN, check
from registry.official_papers.first_texts import first_texts
from registry.official_papers.kinds import KINDS
from registry.official_papers.letter import PARTS
from registry.official_papers.models import PaperTemplate
from registry.official_papers.selectors import in_force, library
from tests.accounts.factories import UserFactory, sign_in
from tests.dossiers.visitors import Visitor
from tests.house.asking import NASTY

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)
THERE = "/quan-tri/mau-van-ban/thu-xin-loi/chung/"


def given(**changes: Any) -> dict[str, Any]:
    """The apology for every procedure, as its form sends it."""
    row = PaperTemplate.objects.get(kind="thu-xin-loi", procedure="", version=1)
    return {**{name: getattr(row, name) for name in (*PARTS, *PLAIN)}, "note": "Đổi lời", "seen": "1", **changes}


def write(actor: Any, seen: int = 1, effective_from: date = TODAY, **changes: Any) -> PaperTemplate:
    return services.write_template(
        "thu-xin-loi", "", given(**changes), effective_from=effective_from, note="Đổi lời", actor=actor, seen=seen
    )


def test_the_first_templates_pass_the_check_and_are_installed() -> None:
    rows = first_texts()
    assert {row["kind"] for row in rows if row["procedure"] == "st_certification"} | {"thu-xin-loi"} == set(KINDS)
    for row in rows:
        assert check(row["kind"], row["procedure"], row) == [], row["kind"]
    assert PaperTemplate.objects.filter(version=1).count() == len(rows) == len(library(TODAY))
    assert set(in_force("st_certification", TODAY)) == set(KINDS)
    assert set(in_force("st_change", TODAY)) == set(KINDS)
    assert set(in_force("startup_registration", TODAY)) == set(KINDS) - {"to-trinh", "du-thao-quyet-dinh"}
    assert in_force("st_certification", date(2025, 10, 13))["giay-tiep-nhan"].procedure == ""


def test_a_version_holds_from_its_day(leader: Any) -> None:
    later = write(leader, effective_from=TODAY + timedelta(days=3), place="Phường Tân Phong")
    assert in_force("", TODAY)["thu-xin-loi"].version == 1
    assert in_force("", TODAY + timedelta(days=3))["thu-xin-loi"] == later
    (held,) = [one for one in library(TODAY) if one.template.kind == "thu-xin-loi"]
    assert (held.now.version, held.template.version, held.count) == (1, 2, 2)


def test_a_new_text_of_the_portal_is_the_next_version_where_staff_wrote_none(leader: Any, monkeypatch: Any) -> None:
    write(leader, place="Phường Tân Phong")
    newer = [row | {"body": f"{row['body']}\nThêm một câu."} for row in first_texts() if row["kind"] != "to-trinh"]
    migration = import_module("registry.official_papers.migrations.0007_texts_since")
    migration.enter(apps, None)
    assert PaperTemplate.objects.filter(version=2).count() == 1, "nothing new came"
    monkeypatch.setattr(migration, "first_texts", lambda: newer)
    for _turn in range(2):
        migration.enter(apps, None)
        for row in newer:
            held = in_force(row["procedure"], TODAY)[row["kind"]]
            assert held.version == 2
            assert (held.author == leader) is (held.body != row["body"]) is (row["kind"] == "thu-xin-loi")
        assert in_force("st_change", TODAY)["to-trinh"].version == 1
    assert in_force("st_change", TODAY - timedelta(days=1))["thong-bao-tu-choi"].version == 1


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"body": "Không có trường nào."}, "body"),
        ({"body": "{{ ma_ho_so }} {{ ten_to_chuc }} {{ ly_do_cham }} {{ ngay_hen_lai }} {{ khac }}"}, "body"),
        ({"subject": "V/v {{ ma_ho_so"}, "subject"),
        ({"recipients": "{{ bang_muc_bo_sung }}"}, "recipients"),
        ({"body": "{{ ten_doanh_nghiep }}"}, "body"),  # another procedure's field
    ],
)
def test_what_is_wrong_is_never_kept(changes: dict[str, str], part: str, leader: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        write(leader, **changes)
    assert part in refusal.value.problems
    assert PaperTemplate.objects.filter(version=2).count() == 0


def test_who_writes_and_from_which_version(leader: Any, officer: Any) -> None:
    with pytest.raises(NotAllowed):
        write(officer)
    with pytest.raises(NotAllowed):
        write(UserFactory(editor=True))
    with pytest.raises(Invalid):
        write(leader, effective_from=TODAY - timedelta(days=1))
    assert write(leader).version == 2
    with pytest.raises(Conflict):
        write(leader)
    assert write(UserFactory(admin=True), seen=2).version == 3


def test_the_page_tells_each_fault_and_keeps_what_was_typed(leader: Any) -> None:
    desk = sign_in(Visitor(), leader)
    body = "Dòng một {{ ma_ho_so }}\n{{ ten_to_chuk }} {{ ly_do_cham }}\nNgày {{ ngay_hen_lai"
    answer = desk.post(THERE, given(body=body, _save="1"))
    page = answer.content.decode()
    assert answer.status_code == 400
    for says in ("Dòng 2: Không có trường “ten_to_chuk”. Có phải “ten_to_chuc”?", "Dòng 3: Dấu {{ chưa được đóng"):
        assert says in page
    assert "Thiếu trường bắt buộc “ngay_hen_lai”" in page
    assert "{{ ten_to_chuk }} {{ ly_do_cham }}" in page
    assert PaperTemplate.objects.filter(version=2).count() == 0


def test_it_is_looked_at_before_it_is_kept(leader: Any) -> None:
    desk = sign_in(Visitor(), leader)
    page = desk.post(THERE, given(_preview="1", note="")).content.decode()
    assert "Xem thử với hồ sơ mẫu" in page
    assert "CN-2026-00012" in page
    pdf = desk.post(THERE, given(_pdf="1", note=""))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert PaperTemplate.objects.filter(version=2).count() == 0
    saved = desk.post(THERE, given(_save="1", place="Phường Tân Phong"), follow=True).content.decode()
    assert "Đã lưu bản 2" in saved
    assert "Phường Tân Phong" in saved
    assert "Phường Tân Phong" not in desk.read(f"{THERE}?ban=1").split("<form", 2)[-1]
    desk.read(f"{THERE}?ban=9", 404)
    stale = desk.post(THERE, given(_save="1", body=given()["body"] + "\nThêm một câu."))
    assert stale.status_code == 409
    assert "Thêm một câu." in stale.content.decode()


@pytest.mark.parametrize(
    "value", [NASTY[name] for name in ("long", "HTML", "template", "NUL", "lines", "format", "caret")]
)
def test_bad_input_is_told(value: str, leader: Any) -> None:
    desk = sign_in(Visitor(), leader)
    for name in ("body", "place", "effective_from", "seen"):
        answer = desk.post(THERE, given(_save="1", **{name: value}))
        assert answer.status_code in (400, 302, 409), name
        assert "<script>alert(1)" not in answer.content.decode()
