"""The one exporter: what is written can be read back, nothing in it runs, nothing leaves that may not, and it does not swell."""

import csv
import io
import json
import tracemalloc
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from registry.core.export import BATCH, FORMATS, STAFF_TABLE, Column, Table, Withheld, batches_of, download, safe
from registry.core.models import DayOff, Decision
from registry.parties.models import PartyIdentifier

SHOWS = ((DayOff, "note"),)
NASTY = ["=1+1", "+84", "-x", "@SUM(A1)", "\t=1", " =1", "=cmd|' /C calc'!A0"]


def table(rows, *, batches=None):
    columns = tuple(
        Column(key, f"Cột {key}", lambda row, key=key: row.get(key), SHOWS) for key in ("text", "number", "day", "list")
    )
    return Table("Bảng: thử/xem", columns, batches or (lambda: [rows]))


def written(made, code):
    return b"".join(download(made, code, "bang").streaming_content)


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


ROWS = [
    {"text": "Chè Tà Mùng", "number": Decimal("1250000"), "day": date(2026, 6, 30), "list": ["a", "b"]},
    {"text": 'Dấu " phẩy, xuống\ndòng', "number": -5, "day": None, "list": []},
]


def test_csv_reads_back():
    content = written(table(ROWS), "csv").decode()
    assert content.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(content[1:], newline="")))
    assert rows == [
        ["Cột text", "Cột number", "Cột day", "Cột list"],
        ["Chè Tà Mùng", "1250000", "2026-06-30", "a; b"],
        ['Dấu " phẩy, xuống\ndòng', "-5", "", ""],
    ]


def test_xlsx_reads_back_with_numbers_and_days():
    sheet = sheet_of(written(table(ROWS), "xlsx"))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Cột text", "Cột number", "Cột day", "Cột list"]
    assert rows[1] == ["Chè Tà Mùng", 1250000, datetime(2026, 6, 30), "a; b"]
    assert rows[2][:3] == ['Dấu " phẩy, xuống\ndòng', -5, None]
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "Bảng  thử xem"


def test_json_lines_read_back():
    rows = [json.loads(line) for line in written(table(ROWS), "jsonl").decode().splitlines()]
    assert rows[0] == {"text": "Chè Tà Mùng", "number": "1250000", "day": "2026-06-30", "list": ["a", "b"]}
    assert rows[1]["list"] == []


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_table_runs(text):
    made = table([{"text": text}])
    assert safe(text) == f"'{text}"
    cell = sheet_of(written(made, "xlsx"))["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert json.loads(written(made, "jsonl"))["text"] == text


def test_signs_that_no_workbook_holds_are_left_out():
    assert sheet_of(written(table([{"text": "a\x0bb" + "c" * 40_000}]), "xlsx"))["A2"].value == "ab" + "c" * 32_765


def test_an_empty_table_has_its_headings():
    assert sheet_of(written(table([]), "xlsx")).max_row == 1
    assert written(table([]), "csv").decode() == "\ufeffCột text,Cột number,Cột day,Cột list\r\n"
    assert written(table([]), "jsonl") == b""


@pytest.mark.parametrize(
    ("shows", "allowed"),
    [
        (((Decision, "content"),), {}),
        (((PartyIdentifier, "value"),), {}),
        (((PartyIdentifier, "value"),), {"allowed": STAFF_TABLE}),
        (((DayOff, "note"), (Decision, "content")), {}),
        ((), {}),
    ],
)
def test_what_may_not_leave_cannot_be_offered(shows, allowed):
    with pytest.raises(Withheld):
        Table("Bảng", (Column("x", "X", str, shows),), list, **allowed)


def test_staff_may_have_what_is_internal():
    assert Table("Bảng", (Column("x", "X", str, ((Decision, "content"),)),), list, STAFF_TABLE).headings() == ["X"]


@pytest.mark.parametrize("code", FORMATS)
def test_many_rows_take_the_memory_of_a_batch(code):
    row = {"text": "Trà cổ thụ Minh Họa " * 20, "number": 1, "day": date(2026, 1, 1), "list": ["a"]}

    def batches(number):
        return lambda: ([dict(row) for _ in range(BATCH)] for _ in range(number))

    def peak(number):
        tracemalloc.start()
        for _ in download(table([], batches=batches(number)), code, "bang").streaming_content:
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(1), peak(20 if code != "xlsx" else 6)  # the tracer makes a workbook slow
    assert many < few * 1.5, (few, many)


@pytest.mark.django_db
def test_the_questions_are_one_and_one_a_batch(recorded_queries):
    DayOff.objects.bulk_create(
        DayOff(date=date.fromordinal(date(2000, 1, 1).toordinal() + n), kind="off", note=str(n)) for n in range(1_100)
    )
    wanted = DayOff.objects.order_by("-date")
    with recorded_queries() as queries:
        rows = [one for batch in batches_of(wanted) for one in batch]
    assert len(queries) == 1 + 3
    assert [row.note for row in rows] == [str(n) for n in reversed(range(1_100))]
