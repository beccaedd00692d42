"""What the office of the demo has beside dossiers: a list that waits for an officer's word, an address from which mail came back."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from notifications import bounces
from notifications.models import BouncedAddress, Message
from portal.demo import invented
from portal.demo.moments import afternoon, working_day
from portal.demo.replay import Story
from portal.personas import PERSONAS
from registry.core import clock
from registry.startups.importing.columns import COLUMNS
from registry.startups.importing.waiting import uploaded, work_on
from registry.startups.models import ImportRun

FIRST_NUMBER: Final = 861
"""From here on the invented tax codes are those of the owners on the list."""

ROWS: Final = (
    {"party_name": "Công ty TNHH Chăn Lanh Mẫu (giả định)", "name_vi": "Chăn lanh nhuộm chàm Mẫu"},
    {"party_name": "Công ty TNHH Đèn Suối Mẫu (giả định)", "name_vi": "Đèn nước suối Mẫu", "ward_code": "00000"},
)
"""Where they differ from the example that the empty list carries; the commune of the second is not known, so it is not taken."""

NO_MAILBOX: Final = "550 5.1.1 mailbox unavailable"


def stories(officer: User) -> list[Story]:
    """The list, if none was uploaded yet."""
    return [] if ImportRun.objects.exists() else [waiting_list(officer)]


def waiting_list(officer: User) -> Story:
    """Uploaded yesterday and looked through; one row of two cannot be taken."""
    yield afternoon("list", working_day(clock.today() - timedelta(days=1)))
    work_on(uploaded(SimpleUploadedFile("danh-sach-mau.csv", the_list(), "text/csv"), officer))


def the_list() -> bytes:
    text = StringIO()
    table = csv.writer(text)
    table.writerow([column.vi for column in COLUMNS])
    for number, row in enumerate(ROWS, FIRST_NUMBER):
        said = {"reference": f"MAU-{number}", "tax_code": invented.tax_code(number).value, "ward_name": "", **row}
        table.writerow([said.get(column.key, column.example) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def mail_comes_back() -> None:
    """The server of one who cannot sign in refuses the last letter to them, for good; once."""
    if not BouncedAddress.objects.exists():
        letter = Message.objects.exclude(email__in=PERSONAS).order_by("pk").last()
        assert letter is not None
        bounces.mark(letter.email, NO_MAILBOX, at=letter.created_at)
