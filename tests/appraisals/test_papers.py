"""What the submission note says of an appraisal: its result as it was recorded, of each way, and nobody's name."""

from typing import Any

import pytest

from registry.appraisals import selectors, services
from registry.appraisals.models import Appraisal
from registry.core import clock
from registry.core.models import ReadLog
from registry.official_papers.fields import offered
from registry.official_papers.letter import Stated
from registry.official_papers.selectors import in_force
from registry.official_papers.services import Composed, compose, open_places
from tests.accounts.factories import sign_in
from tests.appraisals.factories import clear, council, end, fresh, of_application, seat, set_up, vote, voter
from tests.dossiers.visitors import Visitor
from tests.st_enterprises.applications import act

pytestmark = pytest.mark.django_db

FIELD = "ket_qua_tham_dinh"


def note(found: Appraisal) -> Composed:
    template = in_force("st_certification", clock.today())["to-trinh"]
    return compose(found.dossier, template, Stated(), {})


def told(found: Appraisal) -> list[str]:
    lines: list[str] = note(found).values[FIELD]
    assert (FIELD in open_places(note(found))) is (lines == [])
    return lines


def test_experts_with_how_many_answered_and_what_they_said(officer: Any) -> None:
    found = of_application(officer, "experts")
    assert told(found) == []
    for name, is_for in {"Lò Một": True, "Lò Hai": False}.items():
        voter(found, officer, name, is_for)
    seat(found, officer, "Lò Ba")
    assert told(found) == [], "the result is not recorded yet"
    end(found, officer, number="", file=None)
    assert told(found) == [
        "Phiếu đánh giá của 2 trên 3 chuyên gia độc lập: 1 phiếu đủ điều kiện, 1 phiếu chưa đủ điều kiện.",
        "Biên bản ngày 27/11/2026.",
    ]
    services.reopen(found, "Chờ người thứ ba.", actor=officer, version=fresh(found).version)
    assert told(found) == []


def test_the_departments_own(officer: Any) -> None:
    found = of_application(officer, "own")
    voter(found, officer, "Lò Một", True)
    end(found, officer, number="4/BB", file=None)
    assert told(found) == [
        "Phiếu đánh giá của 1 trên 1 người đánh giá: 1 phiếu đủ điều kiện, 0 phiếu chưa đủ điều kiện.",
        "Biên bản số 4/BB ngày 27/11/2026.",
    ]
    act(found.dossier, "appraise", officer, appraisal="experts")
    assert told(found) == [], "of the way that holds now"


@pytest.mark.parametrize(
    ("votes", "conclusion"),
    [
        ((True, True, False), "đủ điều kiện"),
        ((True, False, False), "chưa đủ điều kiện"),
        ((True, False), "không bên nào đạt đa số"),
        ((True,), "chưa đủ số phiếu tối thiểu"),
    ],
)
def test_a_council_with_its_decision_its_sheets_and_what_carried(
    votes: tuple[bool, ...], conclusion: str, officer: Any
) -> None:
    found = council(officer, size=5)
    assert told(found) == []
    for number, is_for in enumerate(votes):
        voter(found, officer, f"Lò {number}", is_for)
    vote(found, seat(found, officer, "Chưa Khai"), officer)  # not declared: does not count
    secretary = seat(found, officer, "Thư Ký", "secretary", votes=False)
    clear(found, secretary, officer)
    vote(found, secretary, officer)
    end(found, officer)
    by = selectors.council_of(found).decision
    against = len(votes) - sum(votes)
    assert told(found) == [
        f"Hội đồng thành lập theo Quyết định số {by.number} ngày 27/11/2026 của Ủy ban nhân dân tỉnh Lai Châu: "
        "5 người bỏ phiếu, tối thiểu 2 phiếu.",
        f"Phiếu đánh giá của {len(votes)} trên 5 người bỏ phiếu: {sum(votes)} phiếu đủ điều kiện, "
        f"{against} phiếu chưa đủ điều kiện.",
        f"Kết luận: {conclusion}. Biên bản số 01/BB-HĐ ngày 27/11/2026.",
    ]


def test_a_later_decision_of_the_council_is_the_one_that_is_cited(officer: Any) -> None:
    found = council(officer)
    set_up(found, officer, size=5, quorum=1)
    voter(found, officer, "Lò Một", True)
    end(found, officer)
    assert selectors.council_of(found).decision.number in told(found)[0]
    assert "5 người bỏ phiếu, tối thiểu 1 phiếu" in told(found)[0]


def test_the_note_names_nobody_and_reading_it_leaves_a_line(officer: Any) -> None:
    found = of_application(officer, "experts")
    voter(found, officer, "Lò Văn Thẩm", True)
    there = f"/quan-tri/ho-so/{found.dossier.reference}/van-ban/to-trinh/"
    desk = sign_in(Visitor(), officer)
    assert "ghi ở trang thẩm định" in desk.read(there).split("Còn chỗ để trống")[1].split("</p>")[0]
    end(found, officer)
    page = desk.read(there)
    assert "- Phiếu đánh giá của 1 trên 1 chuyên gia độc lập: 1 phiếu đủ điều kiện" in page
    for name in ("Lò Văn Thẩm", "Viện Thử", "Tiến sĩ"):
        assert name not in page
    assert FIELD in ReadLog.objects.filter(user=officer, subject=found.dossier.subject).latest("pk").fields


def test_only_an_application_has_it() -> None:
    assert FIELD in {field.name for field in offered("st_certification").fields}
    assert FIELD not in {field.name for field in offered("st_change").fields}
