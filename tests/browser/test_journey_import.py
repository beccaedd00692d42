"""An officer brings a list of the department into the directory: what is wrong is seen first, then the rest is taken over."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import assert_accessible, assert_unbroken
from tests.startups.lists import as_xlsx, made

pytestmark = pytest.mark.usefixtures("fresh_province")


def test_a_list_is_previewed_and_taken_over(open_page, tmp_path: Path, settings) -> None:
    settings.PRIVATE_ROOT = tmp_path / "files"
    rows = made(4, **{"Tên dự án": "Chè Bản Thử"})
    rows[2]["Thư điện tử"] = "không phải thư"
    desk = open_page("/quan-tri/nhap-khau/", size=DESK, email="officer@demo.test")
    assert_accessible(desk)
    desk.set_input_files("[name=file]", as_xlsx(tmp_path, rows))
    desk.click(".case-form button")
    expect(desk.locator(".case")).to_contain_text("chưa nhập gì")
    expect(desk.locator(".case")).to_contain_text("Thư điện tử chưa đúng")
    assert_accessible(desk)
    desk.click("text=Nhập 3 dự án")
    expect(desk.locator(".case-alert")).to_contain_text("Đã nhập xong")
    assert_unbroken(desk)
    public = open_page("/khoi-nghiep/?q=che+ban+thu", size=DESK)
    expect(public.locator(".record", has_text="Chè Bản Thử")).to_have_count(3)
