"""Which unit of today a list means: by code with the name or the day, never by a guess."""

from datetime import date

import pytest

from registry.core.models import AdministrativeUnit, AdministrativeUnitChange
from registry.core.selectors import units
from registry.core.units import UnknownUnit

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("code", "name", "on", "today"),
    [
        ("03388", "Phường Quyết Tiến", None, "03388"),  # the old name of the code
        ("03388", "phường đoàn kết", None, "03388"),  # the name of today, in any case
        ("03389", "Đoàn Kết", None, "03388"),  # an old code that is gone, without the kind
        ("03387", "Phường Tân Phong", None, "03408"),
        ("03619", "Xã Mường Than", None, "03595"),  # went elsewhere than its name says
        ("03433", "Thị trấn Mường Tè", None, "03433"),
        ("3388", "", BEFORE, "03388"),  # a spreadsheet has eaten the zero
        ("03619", "", BEFORE, "03595"),
        ("03388", "", AFTER, "03388"),
        ("03389", "", None, "03388"),  # only one reading
    ],
)
def test_the_unit_that_is_meant(code, name, on, today):
    assert units().meant(code, name, on) == today


@pytest.mark.parametrize(
    ("code", "name", "on", "said"),
    [
        ("03388", "", None, "trước 01/7/2025 là Phường Quyết Tiến, từ 01/7/2025 là Phường Đoàn Kết"),
        ("03388", "Phường Tân Phong", None, "không phải là “Phường Tân Phong”"),
        ("03388", "Phuong Quyet Tien", None, "không phải là"),
        ("03389", "", AFTER, "01/07/2025 chưa có hoặc không còn mã 03389"),
        ("99999", "Xã Mường Than", None, "không có trong danh mục"),
        ("", "Phường Đoàn Kết", None, "Ghi thêm mã"),
        ("", "", None, "Ghi mã xã, phường"),
        ("abc", "", None, "không có trong danh mục"),
    ],
)
def test_what_could_mean_two_things_is_refused_with_both(code, name, on, said):
    with pytest.raises(UnknownUnit, match=said.replace("(", r"\(")):
        units().meant(code, name, on)


def test_every_old_unit_leads_where_the_table_says():
    known = units()
    for change in AdministrativeUnitChange.objects.select_related("old", "new"):
        old = change.old
        assert known.meant(old.code, "", BEFORE) == change.new.code
        if not AdministrativeUnit.objects.filter(edition="new", code=old.code, name=old.name).exists():
            assert known.meant(old.code, old.name_vi) == change.new.code
    for unit in AdministrativeUnit.objects.filter(edition="new"):
        assert known.meant(unit.code, unit.name_vi) == known.meant(unit.code, "", AFTER) == unit.code
