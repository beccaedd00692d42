"""Search entries for tests: a short way to write one, and a generator of plausible Vietnamese ones."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from search.entries import Entry

_numbers = count(1)

WORDS = [
    "đổi",
    "mới",
    "sáng",
    "tạo",
    "khởi",
    "nghiệp",
    "công",
    "nghệ",
    "khoa",
    "học",
    "sâm",
    "lai",
    "châu",
    "chè",
    "dược",
    "liệu",
    "nông",
    "nghiệp",
    "du",
    "lịch",
    "cộng",
    "đồng",
    "bản",
    "làng",
    "hòa",
    "bình",
    "hoà",
    "thuận",
    "thủy",
    "sản",
    "má",
    "mà",
    "ma",
    "mã",
    "mạ",
    "cá",
    "cà",
    "sản",
    "phẩm",
    "sàn",
    "giao",
    "dịch",
    "chuyển",
    "đổi",
    "số",
    "doanh",
    "nghiệp",
    "hợp",
    "tác",
    "xã",
    "phường",
    "vùng",
    "cao",
    "biên",
    "giới",
    "đề",
    "án",
    "kế",
    "hoạch",
    "quyết",
    "định",
    "hỗ",
    "trợ",
    "vốn",
    "vay",
    "ươm",
    "mầm",
    "không",
    "gian",
    "làm",
    "việc",
    "chung",
    "truy",
    "xuất",
    "nguồn",
    "gốc",
    "quả",
    "lê",
    "mắc",
    "ca",
    "ong",
    "rừng",
]
FIELDS = ("biotech", "ict", "environment")
WARDS = ("03433", "03434", "03478")


def entry(title: str, **fields: Any) -> Entry:
    number = next(_numbers)
    given: dict[str, Any] = {
        "kind": "startup",
        "ref": f"r{number}",
        "language": "vi",
        "url": f"/khoi-nghiep/r{number}/",
        "body": "",
        "date": date(2026, 10, 5),
    }
    return Entry(title=title, **(given | fields))


def generated(size: int, seed: int = 1) -> Iterator[Entry]:
    """The same entries for the same seed: few words, so that queries find several, in every combination of facets."""
    chance = random.Random(seed)

    def text(shortest: int, longest: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(shortest, longest)))

    for n in range(size):
        yield Entry(
            kind=chance.choice(("startup", "news", "document")),
            ref=f"g{n}",
            language=chance.choice(("vi", "vi", "vi", "en")),
            url=f"/g{n}/",
            title=text(2, 5).capitalize(),
            body=text(0, 25),
            summary=text(0, 6),
            date=date(2026, 1, 1) + timedelta(days=chance.randint(0, 60)),
            facets={"field": chance.sample(FIELDS, chance.randint(0, 2)), "ward": [chance.choice(WARDS)]},
            numbers=[f"{chance.randint(1, 40)}/QĐ-UBND"] if chance.random() < 0.3 else [],
        )
