"""Reading a list: what is a usable file, what is told of one that is not."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from registry.startups.importing.columns import COLUMNS, Unusable, mapped, plain, write_template
from registry.startups.importing.reading import read
from tests.startups.lists import as_csv, as_xlsx, made, raw

HEADINGS = [column.vi for column in COLUMNS]


def cells_of(path):
    with read(path) as sheet:
        return [row.cells for row in sheet.rows()]


def test_headings_are_known_in_both_languages_and_no_two_are_alike():
    for names in ([c.vi for c in COLUMNS], [c.en for c in COLUMNS], [c.key for c in COLUMNS]):
        assert list(mapped([f" {name.upper()} *" for name in names])) == [c.key for c in COLUMNS]
    words = [plain(name) for c in COLUMNS for name in {c.vi, c.en, c.key}]
    owners = {word: {c.key for c in COLUMNS if c.is_called(word)} for word in words}
    assert {word: keys for word, keys in owners.items() if len(keys) > 1} == {}


def test_csv_and_xlsx_of_the_same_list_read_the_same(tmp_path):
    rows = made(12)
    assert cells_of(as_csv(tmp_path, rows)) == cells_of(as_xlsx(tmp_path, rows))


@pytest.mark.parametrize("name", ["mau.xlsx", "mau.csv"])
def test_the_template_can_be_read_back(tmp_path, name):
    write_template(tmp_path / name)
    with read(tmp_path / name) as sheet:
        (row,) = sheet.rows()
    assert row.cells == {column.key: column.example for column in COLUMNS}
    assert list(sheet.headings) == [column.key for column in COLUMNS]


def test_semicolons_and_blank_lines(tmp_path):
    example = [column.example.replace("; ", "\n") for column in COLUMNS]
    path = raw(tmp_path, HEADINGS, [], example, ["", ""], example, delimiter=";", encoding="utf-8-sig")
    with read(path) as sheet:
        assert [row.number for row in sheet.rows()] == [3, 5]
        assert [row.number for row in sheet.rows(after=3)] == [5]
        assert sheet.total == 2


def test_an_export_comes_back_without_its_apostrophes(tmp_path):
    rows = made(1, **{"Tên dự án": "'=1+1", "Điện thoại": "'+84912345678"})
    (cells,) = cells_of(as_csv(tmp_path, rows))
    assert (cells["name_vi"], cells["phone"]) == ("=1+1", "+84912345678")


def test_numbers_days_and_formulas_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append([column.example for column in COLUMNS])
    place = {column.key: number for number, column in enumerate(COLUMNS, start=1)}
    from datetime import datetime

    book.active.cell(2, place["tax_code"]).value = 100047516
    book.active.cell(2, place["registered_on"]).value = datetime(2023, 5, 12)
    book.active.cell(2, place["show_email"]).value = True
    book.active.cell(2, place["name_vi"]).value = "=A1&B1"
    book.save(tmp_path / "x.xlsx")
    with read(tmp_path / "x.xlsx") as sheet:
        (row,) = sheet.rows()
    assert (row.cells["tax_code"], row.cells["registered_on"], row.cells["show_email"]) == (
        "100047516",
        "12/05/2023",
        "có",
    )
    assert row.formulas == ("name_vi",)


def bomb() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(160):
                part.write(b" " * 1024 * 1024)
    return content.getvalue()


def workbook(*lines, merged=""):
    content, book = BytesIO(), openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    if merged:
        book.active.merge_cells(merged)
    book.save(content)
    return content.getvalue()


EXAMPLE = [column.example for column in COLUMNS]
LINE = ",".join(f'"{one}"' for one in EXAMPLE)
HEAD = ",".join(f'"{one}"' for one in HEADINGS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp trống"),
        (b"\n\n", "Dòng 1 phải là tên các cột"),
        (HEAD.encode(), "chưa có dòng nào"),
        (f"{HEAD}\n{LINE}".encode("utf-16"), "UTF-16"),
        (f"{HEAD}\n".encode() + b"Ti\xea\xec\xe0n\n", "Windows-1258"),
        (b"%PDF-1.7 \x00", "không phải bảng tính"),
        (b"\x89PNG\r\n\x1a\n\x00", "không phải bảng tính"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100, ".xls cũ"),
        (b"PK\x03\x04 broken", "tệp hỏng"),
        (f'{HEAD}\n"{LINE}'.encode(), "sai cấu trúc"),
        (f"{HEAD},Mã số thuế\n{LINE},1".encode(), "có hai lần"),
        (f"{HEAD},Doanh thu\n{LINE},1".encode(), "Không nhận ra cột “Doanh thu”"),
        (f"{HEAD},\n{LINE},1".encode(), "cột không có tên"),
        (b'"Danh s\xc3\xa1ch n\xc4\x83m 2026"\n1\n', "Dòng 1 phải là tên các cột"),
        ("Mã số thuế\n0100047516\n".encode(), "Thiếu cột “Loại chủ dự án”"),
        (("x," * 100_000).encode() + b"x\n1\n", "hơn 200 cột"),
        (bomb(), "bung ra quá lớn"),
        (workbook(["x"] * 300), "hơn 200 cột"),
        (workbook(HEADINGS[:-1] + ["=1+1"], EXAMPLE), "Tên cột là công thức"),
        (workbook(["Danh sách", *[""] * (len(HEADINGS) - 1)], HEADINGS, EXAMPLE, merged="A1:D1"), "Dòng 1 phải là tên"),
        (workbook(HEADINGS, EXAMPLE, merged="B1:C1"), "có chữ ở cột|không có tên"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path, content, said):
    path = tmp_path / "danh-sach.bin"
    path.write_bytes(content)
    with pytest.raises(Unusable, match=said):
        read(path).close()


def test_a_file_that_is_not_there_is_told(tmp_path):
    (tmp_path / "tep").write_bytes(b"x")
    for path, why in (
        (tmp_path / "khong-co.csv", "không có tệp hoặc thư mục này"),
        (tmp_path, "đó là thư mục, không phải tệp"),
        (tmp_path / "tep" / "x.csv", "đường dẫn đi qua một tệp"),
        (tmp_path / ("x" * 300), "tên quá dài"),
    ):
        with pytest.raises(Unusable, match=f"Không mở được tệp: {why}"):
            read(path)
