from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from registry.core import selectors
from registry.core.fields import PLAN_NAMES, PLAN_POINTS, Sector, TechnologyField
from registry.core.models import AdministrativeUnit, AdministrativeUnitChange, Authority, DayOff, Industry
from registry.core.text import sort_key

pytestmark = pytest.mark.django_db


def test_the_38_units_of_today_in_vietnamese_order():
    units = list(selectors.wards())
    assert len(units) == 38
    assert Counter(unit.kind for unit in units) == {"commune": 36, "ward": 2}
    assert [unit.name for unit in units] == sorted((unit.name for unit in units), key=sort_key)
    assert sum(unit.area_km2 for unit in units) == Decimal("9068.66")


def test_the_106_old_units_each_went_into_one_of_today():
    assert AdministrativeUnit.objects.filter(edition="old").count() == 106
    changes = AdministrativeUnitChange.objects.select_related("old", "new")
    assert len(changes) == 106
    assert {change.new.code for change in changes} == {unit.code for unit in selectors.wards()}
    assert all((change.old.edition, change.new.edition) == ("old", "new") for change in changes)


def test_a_code_alone_does_not_say_which_unit_is_meant():
    today, before = selectors.ward("03388"), selectors.old_ward("03388")
    assert (str(today), str(before)) == ("Phường Đoàn Kết", "Phường Quyết Tiến")
    assert selectors.unit_named("03388", "phường quyết tiến") == before
    assert selectors.unit_named("03388", "Đoàn Kết") == today
    assert selectors.unit_named("03388", "Tân Phong") is None
    assert str(selectors.became("03619")) == "Xã Than Uyên"
    assert str(selectors.became("03433")) == "Xã Bum Tở"
    assert selectors.ward("99999") is selectors.became("99999") is None


def test_an_old_unit_whose_code_lives_on_went_into_the_unit_that_has_it():
    codes = {unit.code for unit in selectors.wards()}
    assert all(selectors.became(code).code == code for code in codes)


def test_names_in_english_keep_their_marks():
    assert selectors.ward("03408").name_in("en") == "Tân Phong Ward"
    assert selectors.ward("03478").name_in("en") == "Sìn Hồ Commune"
    assert selectors.ward("03478").name_in("vi") == "Xã Sìn Hồ"
    assert selectors.old_ward("03478").name_en == "Sìn Hồ Township"


def test_both_editions_of_the_industries_are_there():
    counted = Counter(Industry.objects.values_list("edition", "level"))
    assert [counted["2025", level] for level in range(1, 6)] == [22, 87, 259, 495, 743]
    assert [counted["2018", level] for level in range(1, 6)] == [21, 88, 242, 0, 0]
    assert not Industry.objects.filter(verified=True).exists()


def test_every_industry_has_its_parent():
    codes = set(Industry.objects.values_list("edition", "code"))
    for row in Industry.objects.all():
        assert (row.level == 1) == (row.parent_code == "")
        assert row.level == 1 or (row.edition, row.parent_code) in codes


def test_a_code_means_two_things_in_two_editions():
    assert selectors.industry("2025", "01").name_vi.startswith("Nông nghiệp")
    assert selectors.industry("2025", "1104").name_vi != "Sản xuất đồ uống không cồn, nước khoáng"
    assert selectors.industry("2018", "1104") is None  # levels 4 and 5 of 2018 are not in the file
    assert selectors.industries("2025", 1).count() == 22


def test_where_the_english_names_come_from_is_told():
    sources = Counter(Industry.objects.filter(level__lte=2).values_list("edition", "name_en_source"))
    assert sources["2018", "isic4"] == 109
    assert sources["2025", "working"] + sources["2025", "isic4"] == 109
    assert selectors.industry("2025", "K").name_en_source == "working"
    assert not Industry.objects.filter(level__gt=2).exclude(name_en="").exists()


@pytest.mark.parametrize("text", ["trồng chè", "trong che", "TRỒNG CHÈ", "che trong"])
def test_industries_are_found_with_and_without_marks(text):
    found = selectors.search_industries(text)
    assert any("chè" in row.name_vi for row in found)
    assert {row.edition for row in found} == {"2025"}


@pytest.mark.parametrize("text", ["", "   ", "zzz", "'\"%_\\", "\x00", "a" * 60_000, "NEAR("])
def test_a_search_for_nothing_finds_nothing(text):
    assert selectors.search_industries(text) == []


def test_industries_are_found_by_code():
    assert [row.code for row in selectors.search_industries("0127")][0] == "0127"


def test_the_authorities_are_data():
    assert set(Authority.objects.values_list("code", flat=True)) == {"ubnd-tinh", "so-khcn", "bo-khcn"}


def test_the_six_fields_are_those_of_the_plan():
    assert [field.value for field in TechnologyField] == [
        "biotech", "ict", "environment", "energy_materials", "construction_transport", "space",
    ]  # fmt: skip
    assert sorted(PLAN_POINTS.values()) == sorted("abcdđe")
    assert set(PLAN_NAMES) == set(TechnologyField.values)
    assert str(TechnologyField.ENVIRONMENT.label) == "Môi trường, phòng chống thiên tai"
    assert TechnologyField("space").plan_point == "đ"


def test_fields_and_sectors_have_an_icon_and_an_english_label(settings):
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text(encoding="utf-8")
    for one in [*TechnologyField, *Sector]:
        assert f'id="{one.icon}"' in sprite
        vietnamese = str(one.label)
        with translation.override("en"):
            assert str(one.label) != vietnamese


def refused(constraint: str, row) -> None:
    with pytest.raises(IntegrityError) as told, transaction.atomic():
        row.save()
    message = str(told.value)
    assert constraint in message or "UNIQUE constraint failed" in message


def test_the_database_refuses_what_must_never_be():
    unit = AdministrativeUnit(edition="new", code="03408", kind="ward", name="Hai", position=1, source="thử")
    refused("unit_code_once_per_edition", unit)
    unit.code = "3408"
    refused("unit_code_five_digits", unit)
    refused("industry_code_once_per_edition", Industry(edition="2025", code="A", level=1, name_vi="Hai", source="thử"))
    refused("industry_level_1_to_5", Industry(edition="2025", code="ZZ", level=6, name_vi="Sáu", source="thử"))
    DayOff.objects.create(date="2026-08-22", kind="worked", note="thử", source="thử")
    refused("core_dayoff_date", DayOff(date="2026-08-22", kind="off", note="thử", source="thử"))


def test_the_office_calendar_reads_the_table_in_one_query(django_assert_num_queries):
    DayOff.objects.create(date="2027-02-04", kind="worked", note="thử", source="thử")
    DayOff.objects.create(date="2027-02-11", kind="off", note="thử", source="thử")
    with django_assert_num_queries(1):
        calendar = selectors.office_calendar()
    assert calendar.table == {date(2027, 2, 4): False, date(2027, 2, 11): True}
