"""The directory as rows of a table. Only public columns; a cell that a spreadsheet could run is made text."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from registry.core.bilingual import text_in
from registry.startups.confirmations import Confirmed
from registry.startups.selectors import Listing, url_of

RISKY = ("=", "+", "-", "@", "\t", "\r")
BATCH = 500


def safe(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula: such a text gets an apostrophe in front."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip().startswith(RISKY) else text


def csv_lines(listing: Listing, language: str) -> Iterator[list[str]]:
    """The heading and one row a startup, the whole result, in batches."""
    yield [
        _("Mã"), _("Tên"), _("Giới thiệu"), _("Lĩnh vực công nghệ"), _("Khu vực kinh tế"), _("Giai đoạn"), _("Mã xã, phường"),
        _("Xã, phường"), _("Địa chỉ"), _("Trang web"), _("Vào danh bạ ngày"), _("Xác nhận ngày"), _("Xác nhận hằng năm"), _("Địa chỉ trang"),
    ]  # fmt: skip
    number = 1
    while rows := listing.page(number, BATCH):
        for row in rows:
            cells = [
                row.startup.public_id,
                text_in(row, "name", language).text,
                text_in(row, "pitch", language).text,
                "; ".join(str(one.get_field_display()) for one in row.fields.all()),
                row.get_sector_display(),
                row.get_stage_display(),
                row.ward.code,
                row.ward.name_in(language),
                row.address,
                row.website,
                row.startup.listed_on.isoformat(),
                row.confirmed_on.isoformat() if row.confirmed_on else "",
                Confirmed(row.confirmation_state).label,
                settings.BASE_URL + url_of(row, language),
            ]
            yield [safe(cell) for cell in cells]
        number += 1
