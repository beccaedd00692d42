"""Places in a template: what passes, what is told and where; and that nothing but a name is ever looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.core.papers.sheets import Column, Table
from registry.official_papers.fields import Field
from registry.official_papers.placeholders import UNKNOWN, Fault, faults, filled, names_in

TABLE = Table((Column("STT", 2), Column("Mục", 5)), (("1", "Đơn"), ("2", "Phương án")))
KNOWN = {
    field.name: field
    for field in (
        Field("ten_doanh_nghiep", "Tên", "Công ty Mẫu"),
        Field("cac_ket_qua", "Kết quả", ("Một", "Hai")),
        Field("bang_muc", "Bảng", TABLE),
    )
}
VALUES = {"ten_doanh_nghiep": "Chè Thử", "cac_ket_qua": ("Sao lạnh", "Sấy khô"), "bang_muc": TABLE}


def told(text: str, *, takes_tables: bool = True) -> list[Fault]:
    return faults("body", text, KNOWN, takes_tables=takes_tables)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Không có trường nào.",
        "{{ ten_doanh_nghiep }}",
        "{{ten_doanh_nghiep}}, {{  cac_ket_qua  }}.",
        "{{ bang_muc }}",
        "100 % $x %s",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "line", "name", "says"),
    [
        ("a\nb {{ ten_doanh_nghep }}", 2, "ten_doanh_nghep", "Có phải “ten_doanh_nghiep”?"),
        ("{{ khac_han }}", 1, "khac_han", "Không có trường “khac_han”."),
        ("a\n\nTên: {{ ten_doanh_nghiep", 3, "ten_doanh_nghiep", "chưa được đóng"),
        ("{{ ten_doanh_nghiep {{ cac_ket_qua }}", 1, "ten_doanh_nghiep {{ cac_ket_qua }}", "chưa được đóng"),
        ("ten_doanh_nghiep }}", 1, "ten_doanh_nghiep", "không có dấu {{"),
        ("{ten_doanh_nghiep}", 1, "{ten_doanh_nghiep}", "đứng một mình"),
        ("{{ }}", 1, "", "chỉ ghi tên một trường"),
        ("{{ Ten }}", 1, "Ten", "chỉ ghi tên một trường"),
        ("{{ ten_doanh_nghiep\n}}", 1, "ten_doanh_nghiep", "chưa được đóng"),
        ("Bảng: {{ bang_muc }}", 1, "bang_muc", "đứng một mình trên một dòng"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_name(text: str, line: int, name: str, says: str) -> None:
    found = told(text)
    assert found
    assert (found[0].line, found[0].name) == (line, name)
    assert says in found[0].says


def test_a_table_stands_in_the_body_alone() -> None:
    (fault,) = told("{{ bang_muc }}", takes_tables=False)
    assert "trong phần nội dung" in fault.says


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ ten_doanh_nghiep.__class__ }}",
        "{{ ten_doanh_nghiep|safe }}",
        "{{ ten_doanh_nghiep() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 7*7 }}",
        "{{ self }}",
        "{% load static %}{{ x }}",
        "{{{ ten_doanh_nghiep }}}",
        "{{ ten_doanh_nghiep[0] }}",
        "{{ ten\u200b_doanh_nghiep }}",
        "{0.__class__}",
        "{{ ten_doanh_nghiep }",
        "{{" * 5_000,
        "}}" * 5_000,
        "{{ " + "a" * 10_000 + " }}",
        "{{ " + " " * 10_000,
    ],
)
def test_a_place_holds_a_name_and_nothing_more(hostile: str) -> None:
    assert told(hostile)


def test_what_is_filled_in_is_never_looked_at_again() -> None:
    evil = "{{ cac_ket_qua }} {% x %} #panic() <b>"
    assert filled("Tên {{ ten_doanh_nghiep }}.", VALUES | {"ten_doanh_nghiep": evil}) == [f"Tên {evil}."]


def test_several_lines_make_a_line_each_where_they_stand_alone() -> None:
    assert filled("- {{ cac_ket_qua }}", VALUES) == ["- Sao lạnh", "- Sấy khô"]
    assert filled("{{ cac_ket_qua }}", VALUES) == ["Sao lạnh", "Sấy khô"]
    assert filled("Kết quả: {{ cac_ket_qua }}.", VALUES) == ["Kết quả: Sao lạnh; Sấy khô."]
    assert filled("a\n{{ bang_muc }}\nb", VALUES) == ["a", TABLE, "b"]


def test_what_is_not_known_is_a_dotted_place() -> None:
    assert filled("Tên: {{ ten_doanh_nghiep }}", VALUES | {"ten_doanh_nghiep": ""}) == [f"Tên: {UNKNOWN}"]
    assert filled("- {{ cac_ket_qua }}", VALUES | {"cac_ket_qua": ()}) == [f"- {UNKNOWN}"]


def test_names_come_once_in_their_order() -> None:
    assert names_in("{{ b }} {{ a }} {{b}}") == ["b", "a"]


@given(st.text(alphabet="{}ab_ \n\0%|.", max_size=40))
def test_a_text_either_has_a_fault_or_can_be_filled(text: str) -> None:
    """Whatever is typed: what passes the check has no brace left once it is filled in."""
    known = {name: Field(name, name, "x") for name in ("a", "b", "ab", "a_b")}
    if not faults("body", text, known):
        for line in filled(text, dict.fromkeys(known, "x")):
            assert "{" not in str(line)
            assert "}" not in str(line)
