"""The named fields of templates: what every procedure has, and the door by which a procedure offers its own.

    offer("st_certification", FIELDS, values)      from portal/wiring.py

`values(dossier, answers)` gives a value for each of FIELDS: text, lines (a tuple) or a table; "" and () where nothing is known.
`questions(dossier)`, where it has some, are put to the clerk who makes a paper that names their field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from django import forms

from registry.core.papers.sheets import Column, Table

if TYPE_CHECKING:
    from registry.dossiers.models import Dossier


class Shape(Enum):
    TEXT = "chữ"
    LINES = "nhiều dòng"
    TABLE = "bảng"


Value = str | tuple[str, ...] | Table
NOTHING: Final[Value] = (" ",)
"""Known to be empty, as a message that nobody wrote: no place is left for it, and a line of it alone is not printed."""


@dataclass(frozen=True, slots=True)
class Field:
    """`sample` stands in a preview. `is_restricted`: whoever makes a paper with it leaves a line in the read log."""

    name: str
    label: str
    sample: Value
    is_restricted: bool = False

    @property
    def shape(self) -> Shape:
        if isinstance(self.sample, Table):
            return Shape.TABLE
        return Shape.LINES if isinstance(self.sample, tuple) else Shape.TEXT


def table_of(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    """A table whose first column counts the rows."""
    return Table((Column("STT", 2), *columns), tuple((str(number), *row) for number, row in enumerate(rows, 1)))


ASKED_COLUMNS: Final = (Column("Mục của hồ sơ", 9), Column("Nội dung cần sửa đổi, bổ sung", 13))

COMMON: Final = (
    Field("ma_ho_so", "Mã hồ sơ trên cổng", "CN-2026-00012"),
    Field("ten_thu_tuc", "Tên thủ tục", "Cấp Giấy chứng nhận doanh nghiệp khoa học và công nghệ"),
    Field("ten_to_chuc", "Tổ chức, cá nhân đứng tên hồ sơ", "Công ty TNHH Mẫu (giả định)"),
    Field("ten_ho_so", "Tên hồ sơ", "Công ty TNHH Mẫu (giả định)"),
    Field("gio_tiep_nhan", "Giờ tiếp nhận", "09 giờ 00"),
    Field("ngay_tiep_nhan", "Ngày tiếp nhận", "02/11/2026"),
    Field("ngay_hen_tra", "Ngày hẹn trả kết quả, nếu hồ sơ không phải bổ sung", "20/11/2026"),
    Field("han_buoc_nay", "Hạn của bước Sở đang làm", "05/11/2026"),
    Field("cac_thoi_han", "Các bước của Sở và thời hạn", ("Sở kiểm tra hồ sơ: 3 ngày làm việc", "Sở thẩm định: 15 ngày")),
    Field("can_cu_thoi_han", "Căn cứ của các thời hạn", ("khoản 1 Điều 51 Nghị định 268/2025/NĐ-CP",)),
    Field("so_ngay_qua_han", "Số ngày làm việc đã quá hạn", "2"),
    Field("lan_gui", "Lần gửi hồ sơ", "1"),
    Field("giay_to_kem_theo", "Các loại giấy tờ kèm theo", ("Văn bằng bảo hộ quyền sở hữu trí tuệ (1 tệp)",)),
    Field("nguoi_thu_ly", "Chuyên viên thụ lý", "Nguyễn Văn Mẫu"),
    Field("ngay_yeu_cau_bo_sung", "Ngày Sở yêu cầu bổ sung", "04/11/2026"),
    Field("loi_nhan_bo_sung", "Lời nhắn chung khi yêu cầu bổ sung", ("Đề nghị gửi trong tuần.",)),
    Field("cac_muc_bo_sung", "Các mục cần bổ sung, mỗi mục một dòng", ("Quy trình công nghệ: nêu rõ từng công đoạn.",)),
    Field(
        "bang_muc_bo_sung",
        "Các mục cần bổ sung, thành bảng",
        table_of(ASKED_COLUMNS, (("Quy trình công nghệ", "Nêu rõ từng công đoạn."),)),
    ),
    Field("so_quyet_dinh", "Số văn bản của quyết định đã ghi", "12/UBND-KGVX"),
    Field("ngay_quyet_dinh", "Ngày của quyết định đã ghi", "18/11/2026"),
    Field("can_cu_quyet_dinh", "Căn cứ của quyết định đã ghi", "khoản 2 Điều 51 Nghị định 268/2025/NĐ-CP"),
    Field("ly_do_tu_choi", "Lý do từ chối", ("Chi cho đổi mới sáng tạo mới đạt 1,4 % doanh thu thuần.",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What the dossier itself does not say and may be known when a paper is made: the answer decides what `field` says.

    `make` gives the form's field, `says` what stands on the paper by an answer that is not empty.
    """

    field: str
    make: Callable[[], forms.Field]
    says: Callable[[str], Value]


def no_questions(dossier: "Dossier") -> tuple[Question, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Offer:
    fields: tuple[Field, ...]
    values: Callable[["Dossier", Mapping[str, Any]], Mapping[str, Value]]
    questions: Callable[["Dossier"], tuple[Question, ...]]


_offers: dict[str, Offer] = {}


def offer(
    procedure: str,
    fields: tuple[Field, ...],
    values: Callable[..., Mapping[str, Value]],
    questions: Callable[["Dossier"], tuple[Question, ...]] = no_questions,
) -> None:
    """Lend a procedure's own fields to its templates. Called in portal/wiring.py; offering again takes the place."""
    taken = {field.name for field in COMMON} & {field.name for field in fields}
    if taken:
        raise ValueError(f"{procedure}: {', '.join(sorted(taken))} stand already for every procedure")
    _offers[procedure] = Offer(fields, values, questions)


def offered(procedure: str) -> Offer | None:
    return _offers.get(procedure)


def fields_of(procedure: str, typed: tuple[Field, ...]) -> dict[str, Field]:
    """Every field that a template may name: those of all procedures, what the clerk types, the procedure's own ("" has none)."""
    own = _offers.get(procedure)
    return {field.name: field for field in (*COMMON, *typed, *(own.fields if own else ()))}
