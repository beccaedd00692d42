"""Claims as certificates make them, and as nobody would."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from registry.core.text import clean
from registry.st_enterprises.proofs.claim import LONGEST, Claim

HOLDER = "Công ty TNHH Minh Họa Dược liệu Tây Bắc"
LONG_HOLDER = (
    "Công ty Trách nhiệm hữu hạn Một thành viên Nghiên cứu Ứng dụng Khoa học Công nghệ và Phát triển Dược liệu, "
    "Nông nghiệp Hữu cơ Vùng cao Minh Họa Sìn Hồ Phong Thổ"
)


def claim(**given: Any) -> Claim:
    usual = {
        "number": "12/2026/DNKHCN",
        "regime": "nd268",
        "holder": HOLDER,
        "tax_code": "0100047516",
        "first_issued_on": date(2026, 11, 20),
        "issued_on": date(2026, 11, 25),
    }
    return Claim(**{**usual, **given})


def bytes_of(text: str) -> int:
    return len(text.encode())


SIGNS = st.characters(codec="utf-8") | st.sampled_from("ăâđêôơưếỗựạ ĐẮẰẲẴẶ/-.&’\u0301\u0323")


def texts(most: int | None = None, **size: int) -> st.SearchStrategy[str]:
    """Texts as `clean` leaves them, of at most so many bytes."""
    cleaned = st.text(SIGNS, min_size=1, **size).map(lambda text: " ".join(clean(text).split()))
    cleaned = cleaned.filter(lambda text: text and text == clean(text))
    return cleaned if most is None else cleaned.filter(lambda text: bytes_of(text) <= most)


DAYS = st.dates(date(2000, 1, 1), date(2179, 6, 6))


def claims() -> st.SearchStrategy[Claim]:
    starts_with_letter = texts(max_size=200).map(lambda text: f"C{text}")
    return st.builds(
        Claim,
        number=texts(LONGEST["number"], max_size=60),
        regime=st.sampled_from(["nd13", "nd268"]),
        holder=starts_with_letter.filter(lambda text: text == clean(text)),
        tax_code=texts(LONGEST["tax_code"], max_size=20),
        first_issued_on=DAYS,
        issued_on=DAYS,
    )
