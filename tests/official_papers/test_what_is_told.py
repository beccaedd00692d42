"""What the papers before a decision tell: nothing of what nobody wrote, and of each procedure its own form and place."""

from datetime import date
from typing import Any

import pytest

from registry.official_papers import services
from registry.official_papers.letter import Stated
from registry.official_papers.placeholders import UNKNOWN
from registry.official_papers.selectors import in_force
from tests.certificates import changes as certificate_changes
from tests.dossiers.factories import dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

TODAY = date(2026, 11, 27)
STATED = Stated("12/TB-SKHCN", TODAY, "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Nguyễn Văn Ký")


def test_a_request_without_a_word_for_all_leaves_no_place_for_one(officer: Any) -> None:
    made = dossier(officer=officer, supplement=True, papers=1)
    template = in_force("startup_registration", TODAY)["yeu-cau-bo-sung"]
    dossier_request = made.supplements.get()
    for message in ("", "Xin gửi trong tuần."):
        type(dossier_request).objects.filter(pk=dossier_request.pk).update(message=message)
        composed = services.compose(made, template, STATED, {})
        body = "\n".join(str(block) for block in composed.letter.body)
        assert ("Xin gửi trong tuần." in body) is bool(message)
        assert body.count(UNKNOWN) == 1, "that of the officer, whom nobody has named yet"


def test_what_is_told_of_an_application_to_change_names_its_form_and_where_it_is_filed(officer: Any) -> None:
    made = certificate_changes.change(supplement=True, officer=officer)
    said = {}
    for kind in ("giay-tiep-nhan", "yeu-cau-bo-sung"):
        template = in_force("st_change", TODAY)[kind]
        composed = services.compose(made, template, STATED, {})
        assert set(services.open_places(composed)) <= {"nguoi_thu_ly"}
        said[kind] = "\n".join(str(block) for block in composed.letter.body)
    assert "Mẫu số V.5" in said["giay-tiep-nhan"]
    assert "áp dụng tương tự khoản 1 Điều 51" in said["giay-tiep-nhan"]
    assert "cấp thay đổi nội dung Giấy chứng nhận" in said["giay-tiep-nhan"]
    assert "hệ thống dịch vụ công" in said["yeu-cau-bo-sung"]
    assert "ngay trên cổng" not in said["yeu-cau-bo-sung"]
