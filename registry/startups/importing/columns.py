"""The columns of a list of startups: what they are called in Vietnamese and English, and an empty file with an example."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.core.text import clean, fold


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the field of a form, or what `rows` knows; a file without a needed column is not usable."""

    key: str
    vi: str
    en: str
    example: str
    needed: bool = False

    def is_called(self, heading: str) -> bool:
        return plain(heading) in {plain(self.vi), plain(self.en), plain(self.key)}


def plain(heading: str) -> str:
    """A heading as it is compared: no marks, no case, no star of a needed column."""
    return fold(clean(heading).replace("\n", " ")).replace("*", "").replace("_", " ").strip()


COLUMNS: Final = (
    Column("reference", "Mã tham chiếu", "Reference", "DS-001"),
    Column("kind", "Loại chủ dự án", "Owner kind", "Doanh nghiệp", needed=True),
    Column("tax_code", "Mã số thuế", "Tax code", "9901234560"),
    Column("party_name", "Tên chủ dự án", "Owner name", "Công ty TNHH Minh Họa", needed=True),
    Column("name_vi", "Tên dự án", "Project name", "Trà cổ thụ Minh Họa", needed=True),
    Column("name_en", "Tên dự án tiếng nước ngoài", "Project name in a foreign language", "Minh Hoa Ancient Tea"),
    Column("short_name", "Tên ngắn", "Short name", "Trà Minh Họa"),
    Column("pitch_vi", "Giới thiệu", "Pitch", "Truy xuất từng gốc chè cổ thụ cho người mua ở xa.", needed=True),
    Column("pitch_en", "Giới thiệu tiếng Anh", "Pitch in English", "Traces every ancient tea tree."),
    Column("ward_code", "Mã xã, phường", "Commune code", "03388", needed=True),
    Column("ward_name", "Xã, phường", "Commune", "Phường Quyết Tiến"),
    Column("ward_date", "Ngày của địa chỉ", "Date of the address", "12/05/2023"),
    Column("address", "Địa chỉ", "Address", "Số 1, tổ 2", needed=True),
    Column("registered_on", "Ngày đăng ký kinh doanh", "Date of business registration", "12/05/2023"),
    Column("representative", "Người đại diện", "Representative", "Lò Thị Mẫu", needed=True),
    Column("representative_title", "Chức danh", "Title of the representative", "Giám đốc"),
    Column("identity_number", "Số định danh của người đại diện", "Identity number of the representative", ""),
    Column("email", "Thư điện tử", "E-mail", "lienhe@minhhoa.example"),
    Column("phone", "Điện thoại", "Phone", "0912 345 678", needed=True),
    Column("industries", "Mã ngành kinh tế", "Industry codes", "0127; 1076", needed=True),
    Column("fields_of_technology", "Lĩnh vực công nghệ", "Technology fields", "Công nghệ sinh học", needed=True),
    Column("sector", "Khu vực kinh tế", "Sector", "Nông nghiệp", needed=True),
    Column("stage", "Giai đoạn", "Stage", "Có khách hàng", needed=True),
    Column("problem_vi", "Vấn đề", "Problem", "Người mua không biết chè đến từ gốc nào.", needed=True),
    Column("solution_vi", "Lời giải", "Solution", "Mỗi gốc chè một mã, mỗi mẻ sao một nhật ký.", needed=True),
    Column("problem_en", "Vấn đề tiếng Anh", "Problem in English", ""),
    Column("solution_en", "Lời giải tiếng Anh", "Solution in English", ""),
    Column("products", "Sản phẩm, dịch vụ", "Products", "Chè cổ thụ có mã | Quét mã thấy gốc chè", needed=True),
    Column("website", "Trang web", "Website", "https://minhhoa.example"),
    Column("team", "Đội ngũ", "Team", "Lò Thị Mẫu | Sáng lập; Vàng A Mẫu | Kỹ thuật", needed=True),
    Column("staff", "Số người làm từng năm", "Staff by year", "2025 | 7"),
    Column("capital", "Vốn đã gọi", "Capital raised", "Vốn tự có | 2024 | 300000000"),
    Column("support", "Hỗ trợ đã nhận", "Support received", "Quỹ khuyến công | 2024 | 50000000"),
    Column("show_email", "Hiện thư điện tử", "Show e-mail", "không"),
    Column("show_phone", "Hiện điện thoại", "Show phone", "không"),
    Column("show_team", "Hiện đội ngũ", "Show team", "không"),
    Column("show_staff", "Hiện số người làm", "Show staff", "không"),
    Column("show_capital", "Hiện vốn đã gọi", "Show capital", "không"),
    Column("show_support", "Hiện hỗ trợ đã nhận", "Show support", "không"),
)
BY_KEY: Final = {column.key: column for column in COLUMNS}


class Unusable(ValueError):
    """The file cannot be read as a list. `str()` says what to mend."""


def mapped(headings: list[str]) -> dict[str, int]:
    """Where each column stands. Raises Unusable: unknown, twice, without a name, missing."""
    found: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(headings):
        column = next((one for one in COLUMNS if heading and one.is_called(heading)), None)
        if column is None:
            unknown.append(heading or f"(cột {get_column_letter(place + 1)} không có tên)")
        elif column.key in found:
            raise Unusable(
                f"Cột “{column.vi}” có hai lần, ở {letter(found[column.key])} và {letter(place)}. Bỏ một cột."
            )
        else:
            found[column.key] = place
    if not found:
        raise Unusable("Dòng 1 phải là tên các cột, không gộp ô, không có dòng tiêu đề phía trên. Lấy tệp mẫu để so.")
    if unknown:
        names = ", ".join(f"“{one[:60]}”" for one in unknown[:5])
        raise Unusable(f"Không nhận ra cột {names}. Sửa theo tệp mẫu hoặc bỏ cột này đi.")
    missing = [column.vi for column in COLUMNS if column.needed and column.key not in found]
    if missing:
        raise Unusable(f"Thiếu cột {', '.join(f'“{one}”' for one in missing)}.")
    return found


def letter(place: int) -> str:
    return get_column_letter(place + 1)


def write_template(path: Path) -> None:
    """An empty list with all headings and one row as an example: a workbook, or CSV where the name ends so."""
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([[c.vi for c in COLUMNS], [c.example for c in COLUMNS]])
        return
    template().save(path)


def template() -> Workbook:
    """The cells are text, so that no leading zero of a code is lost."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    sheet.append([column.vi + (" *" if column.needed else "") for column in COLUMNS])
    sheet.append([column.example for column in COLUMNS])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, min(len(column.vi) + 4, 34))
        sheet.cell(1, place).font = Font(bold=True)
        for row in range(1, 200):
            sheet.cell(row, place).number_format = "@"
    return book
