"""Journey: the whole life of one certificate (Decree 268/2025, Art. 47-56), the enterprise on a phone, the officer at a desk.

Anybody asks the page for verification before, in the middle and after the end; the QR is read from a picture of the PDF.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from registry.certificates.models import Certificate
from registry.core import clock
from tests.browser.conftest import DESK, PHONE
from tests.browser.life import anybody, department, enterprise, figures
from tests.st_enterprises.papers.scanning import picture, text_in

pytestmark = pytest.mark.usefixtures("fresh_province")
OFFICER = "officer2@demo.test"
ASKED = "Nêu rõ từng công đoạn."
UNKNOWN = "Không có giấy nào mang số"


def next_number() -> str:
    numbers = Certificate.objects.filter(number__endswith="/DNKHCN").values_list("number", flat=True)
    return f"{max(int(number.split('/')[0]) for number in numbers) + 1:02d}/DNKHCN"


def test_from_the_self_check_to_the_withdrawal(
    open_page, portal: str, turn_to: Callable[[datetime], datetime], tmp_path: Path
) -> None:
    year = clock.today().year + 1

    def on(month: int, day: int) -> date:
        return turn_to(datetime(year, month, day, 9, tzinfo=clock.ZONE)).date()

    first = on(3, 2)
    number = next_number()
    visitor = open_page("/xac-minh/", size=PHONE)
    anybody.ask(visitor, number)
    anybody.says(visitor, UNKNOWN)
    phone = open_page("/", size=PHONE, email=figures.OWNER)
    desk = open_page("/quan-tri/", size=DESK, email=OFFICER)

    enterprise.check_itself(phone, first)
    enterprise.keep_as_goal(phone)
    reference = enterprise.apply(phone, clock.now(), f"H35.01-{year}-0001")

    on(3, 3)
    department.ask_for_a_supplement(desk, reference, "technology_process", ASKED)
    on(3, 5)
    enterprise.supplement(phone, clock.now(), ASKED)
    on(3, 8)
    department.find_valid(desk)
    department.appraise(desk)
    granted = on(3, 16)
    department.grant(desk, granted, "02/DNKHCN")
    department.open_certificate(desk, number)
    department.sign(desk)
    department.notify_the_ministry(desk, granted)

    enterprise.told(phone, number)
    link = text_in(picture(enterprise.signed_paper(phone), tmp_path))
    on(3, 20)
    anybody.scan(visitor, link, portal, number)
    anybody.ask_from_the_scan(visitor, portal)
    anybody.answered(visitor, "Còn hiệu lực", figures.NAME)
    anybody.ask(visitor, number, first)
    anybody.answered(visitor, "Chưa cấp vào ngày ấy", "cấp lần đầu ngày 16/03")

    reported = on(12, 10)
    enterprise.report_the_year(phone, year, reported)
    department.read_the_report(desk, year, number)

    on(12, 13)
    asked = enterprise.ask_for_change(phone, clock.now(), f"H35.02-{year}-0001")
    department.open_dossier(desk, asked, known=True)
    department.find_valid(desk)
    changed = on(12, 17)
    department.change(desk, changed)
    anybody.ask(visitor, number, known=True)
    anybody.answered(visitor, "Còn hiệu lực", figures.NEW_NAME, figures.NEW_PRODUCT)
    anybody.ask(visitor, number, reported, known=True)
    anybody.answered(visitor, "Còn hiệu lực", figures.NAME)

    department.open_certificate(desk, number)
    announced = on(12, 20)
    department.announce(desk, announced)
    department.withdraw(desk, on(12, 28))
    anybody.scan(visitor, link, portal, number, known=True)
    anybody.ask_from_the_scan(visitor, portal)
    anybody.answered(visitor, "Đã thu hồi", "89/QĐ-UBND")
    anybody.ask(visitor, number, announced)
    anybody.answered(visitor, "Còn hiệu lực")
    anybody.read_the_decision(visitor)
    enterprise.told(phone, "Đã thu hồi")
