"""The yearly report in the account: figures, papers, receipt, in both languages."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from registry.certificates.models import Certificate
from registry.core import clock
from registry.duties.forms import FiguresForm
from registry.duties.models import YearReport
from registry.parties.profiles import PartyProfile, take_over
from tests.accounts.factories import UserFactory, sign_in
from tests.certificates.changes import change, held
from tests.certificates.factories import certificate
from tests.duties.factories import pdf
from tests.parties.factories import party

pytestmark = pytest.mark.django_db
LIST, ENGLISH = "/tai-khoan/bao-cao-nam/", "/en/account/yearly-reports/"


@pytest.fixture
def owner(db: None) -> Any:
    return UserFactory()


@pytest.fixture
def found(officer: Any, owner: Any) -> Certificate:
    viewer = UserFactory(email="xem@example.vn")
    return certificate(actor=officer, holder=party("Công ty A", owner=owner, members={"viewer": [viewer]}))


def test_from_figures_to_receipt(client: Client, owner: Any, found: Certificate, query_budget: Any) -> None:
    here = f"{LIST}{found.public_id}/2026/"
    sign_in(client, owner)
    with query_budget(20):
        assert here in client.get(LIST).content.decode()
    assert here in client.get("/tai-khoan/").content.decode()
    page = client.get(here).content.decode()
    assert "Trà vò hai lửa" in page  # prefilled from the certificate
    typed = {
        "seen": "0",
        "total_revenue": "1,25 tỷ",
        "profit": "-12.000.000",
        "workers": "1.000",
        "condition": "active",
    }
    assert client.post(here, typed | {"products": "Trà một\nTrà hai", "cost_staff": "450 triệu"}).status_code == 302
    report = YearReport.objects.get()
    assert report.figures == {
        "total_revenue": 1_250_000_000,
        "profit": -12_000_000,
        "workers": 1000,
        "condition": "active",
        "products": "Trà một\nTrà hai",
        "cost_staff": 450_000_000,
    }
    assert 'value="-12.000.000"' in client.get(here).content.decode()
    said = json.loads(client.get(f"{here}mau-v6.json").content)
    assert (said["form"], said["year"], said["profit"], said["products"]) == ("V.6", 2026, -12_000_000, ["Trà một", "Trà hai"])  # fmt: skip
    assert said["costs"]["staff"] == 450_000_000
    assert client.get(f"{here}mau-v6.docx").content[:2] == b"PK"
    assert client.get(f"{here}mau-v6.pdf").content[:5] == b"%PDF-"
    assert client.get(f"{here}mau-v6.txt").status_code == 404
    receipt = {"version": "0", "number": "BN-9", "received_on": "20/11/2026"}
    refused = client.post(f"{here}bien-nhan/", receipt)
    assert refused.status_code == 400
    assert 'value="BN-9"' in refused.content.decode()
    assert client.post(f"{here}bien-nhan/", receipt | {"file": pdf()}).status_code == 302
    assert "BN-9" in client.get(here).content.decode()
    again = client.post(f"{here}bien-nhan/", receipt | {"file": pdf()})
    assert again.status_code == 409
    late = client.post(here, {"seen": "1", "workers": "26"})
    assert late.status_code == 409
    assert 'value="26"' in late.content.decode()
    assert "20/11/2026, biên nhận BN-9" in client.get(LIST).content.decode()
    page = client.get(here).content.decode()
    assert "<dt>Tổng doanh thu (đồng)</dt><dd>1.250.000.000</dd>" in page
    assert "<dt>Tình trạng</dt><dd>Đang hoạt động</dd>" in page
    assert 'name="total_revenue"' not in page, "what was reported is read"


def test_what_it_takes_from_the_certificate_is_marked_as_vietnamese(
    client: Client, owner: Any, found: Certificate
) -> None:
    sign_in(client, owner)
    page = client.get(f"{ENGLISH}{found.public_id}/2026/").content.decode()
    (products,) = (one for one in page.split("<textarea")[1:] if 'name="products"' in one)
    assert 'lang="vi"' in products.partition(">")[0]
    assert "Trà vò hai lửa" in products.partition("</textarea>")[0]


def test_it_begins_with_what_is_known_of_who_represents(client: Client, owner: Any, officer: Any) -> None:
    found = held(owner=owner)
    change(found, changed=True, officer=officer)
    sign_in(client, owner)
    here = f"{LIST}{found.public_id}/2026/"
    page = client.get(here).content.decode()
    assert all(f'value="{known}"' in page for known in ("02133876543", "Lò Thị Mẫu", "0912345678"))
    assert json.loads(client.get(f"{here}mau-v6.json").content)["representative"]["name"] == "Lò Thị Mẫu"
    take_over(found.party, PartyProfile({}, representative="Vàng A Thử"), on=clock.today())
    page = client.get(here).content.decode()
    assert 'value="Vàng A Thử"' in page
    assert "0912345678" not in page, "the telephone of who represented it before"


def test_what_cannot_be_taken_comes_back(client: Client, owner: Any, found: Certificate) -> None:
    sign_in(client, owner)
    here = f"{LIST}{found.public_id}/2026/"
    wrong = {"seen": "0", "total_revenue": "100", "sti_product_revenue": "101", "workers": "1.00", "fax": "x"}
    page = client.post(here, wrong)
    assert page.status_code == 400
    assert all(f'value="{typed}"' in page.content.decode() for typed in ("100", "101", "1.00"))
    assert "không thể lớn hơn tổng doanh thu" in page.content.decode()
    assert not YearReport.objects.exists()
    for seen in ("", "x", "7"):
        assert client.post(here, {"seen": seen}).status_code == 409


def test_no_browser_cuts_what_is_pasted(client: Client, owner: Any, found: Certificate) -> None:
    """What is too long is sent whole, told, and comes back whole."""
    sign_in(client, owner)
    here = f"{LIST}{found.public_id}/2026/"
    pages = [client.get(at).content.decode() for at in (here, f"{here}bien-nhan/")]
    assert not any("maxlength" in page for page in pages)
    page = client.post(here, {"seen": "0", "proposals": "x" * 5000}).content.decode()
    assert "4000" in page
    assert "x" * 5000 in page
    typed = {"version": "0", "number": "9" * 81, "received_on": "20/11/2026", "file": pdf()}
    page = client.post(f"{here}bien-nhan/", typed).content.decode()
    assert 'href="#id_number"' in page
    assert "9" * 81 in page
    assert not YearReport.objects.exists()


def test_others_and_years_that_are_not_owed(client: Client, owner: Any, found: Certificate) -> None:
    sign_in(client, owner)
    assert client.get(f"{LIST}{found.public_id}/2025/").status_code == 404
    assert client.get(f"{LIST}{found.public_id}/2027/").status_code == 404
    stranger = sign_in(Client(), UserFactory())
    assert stranger.get(f"{LIST}{found.public_id}/2026/").status_code == 404
    assert "chưa có giấy chứng nhận" in stranger.get(LIST).content.decode()
    assert "mau-v6" not in stranger.get("/tai-khoan/").content.decode()


def test_a_viewer_reads(client: Client, found: Certificate) -> None:
    sign_in(client, User.objects.get(email="xem@example.vn"))
    here = f"{LIST}{found.public_id}/2026/"
    assert "Bạn là người xem" in client.get(here).content.decode()
    assert client.post(here, {"seen": "0", "workers": "3"}).status_code == 403
    assert client.post(f"{here}bien-nhan/", {"version": "0", "number": "1"}).status_code == 403
    assert not YearReport.objects.exists()


def test_in_english(client: Client, owner: Any, found: Certificate) -> None:
    sign_in(client, owner)
    here = f"{ENGLISH}{found.public_id}/2026/"
    assert here in client.get(ENGLISH).content.decode()
    page = client.get(here).content.decode()
    assert "Report for 2026" in page
    assert "Save the figures" in page
    assert client.post(here, {"seen": "0", "total_revenue": "1.25 billion"}).status_code == 302
    assert YearReport.objects.get().figures == {"total_revenue": 1_250_000_000}
    assert "Number of the receipt" in client.get(f"{here}receipt/").content.decode()


def test_every_field_stands_in_a_group_and_on_the_paper() -> None:
    named = [name for _title, names in FiguresForm.GROUPS for name in names]
    assert sorted(named) == sorted(FiguresForm.base_fields)
