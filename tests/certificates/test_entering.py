"""A certificate that was issued on paper is entered at the desk."""

from typing import Any

import pytest
from django.test import Client

from registry.certificates.models import Certificate, CertifiedProduct
from registry.parties.models import Party
from tests.accounts.factories import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/quan-tri/giay-chung-nhan/vao-so/"
PAPER = {
    "tax_code": "0100047516", "name_vi": "Công ty Thử", "ward": "03478", "address": "Bản Một", "sector": "agriculture",
    "fields_of_technology": ["biotech"], "regime": "nd13", "certificate_number": "45/ĐK-DNKHCN", "authority": "ubnd-tinh",
    "signed_on": "02/01/2019", "registered_on": "05/06/2015",
    "lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "0",
    "lines-0-result_kind": "variety", "lines-0-result": "Giống lê", "lines-0-product": "Cây giống lê",
}  # fmt: skip


@pytest.fixture
def desk(officer: Any) -> Client:
    return sign_in(Client(), officer)


def test_the_department_issued_under_the_old_decree_by_itself(desk: Client) -> None:
    assert desk.post(ADDRESS, {**PAPER, "authority": "so-khcn"}).status_code == 302
    assert Certificate.objects.get().authority.code == "so-khcn"


def test_an_old_certificate_enters_the_register_with_its_enterprise(desk: Client) -> None:
    assert desk.get(ADDRESS).status_code == 200
    assert desk.post(ADDRESS, PAPER).status_code == 302
    found = Certificate.objects.get()
    assert (found.number, found.regime, found.party.name, found.state) == (
        "45/ĐK-DNKHCN",
        "nd13",
        "Công ty Thử",
        "valid",
    )
    assert CertifiedProduct.objects.get().product == "Cây giống lê"
    again = desk.post(ADDRESS, PAPER)
    assert again.status_code == 400
    assert "Số giấy chứng nhận này đã có trong sổ." in again.content.decode()
    second = desk.post(ADDRESS, {**PAPER, "certificate_number": "46/ĐK-DNKHCN"})
    assert second.status_code == 302
    assert Party.objects.filter(name="Công ty Thử").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tax_code": "0100047517"}, "không đúng chữ số kiểm tra"),
        ({"tax_code": "001234567890"}, "Chỉ doanh nghiệp được cấp"),
        ({"certificate_number": ""}, "ghi số ấy"),
        ({"certificate_number": "bỏ trống"}, "ít nhất một chữ số"),
        ({"regime": "nd268"}, "chưa cấp theo Nghị định 268/2025/NĐ-CP"),
        ({"signed_on": "14/10/2025"}, "không còn cấp theo Nghị định 13/2019/NĐ-CP"),
        ({"signed_on": ""}, "Ghi ngày in trên giấy"),
        ({"signed_on": "02/01/2030"}, "không thể ở tương lai"),
        ({"registered_on": "03/01/2019"}, "đăng ký trước khi được cấp"),
        ({"ward": "99999"}, "is-bad"),
        ({"authority": "so-khcn", "regime": "nd268", "signed_on": "02/01/2026"}, "Ghi văn bản ủy quyền"),
        ({"phone": "123"}, "Số điện thoại chưa đúng"),
        ({"lines-0-product": ""}, "Ghi đủ loại, kết quả và sản phẩm"),
        ({"lines-0-result_kind": "", "lines-0-result": "", "lines-0-product": ""}, "Ghi ít nhất một kết quả"),
        ({"lines-TOTAL_FORMS": "x"}, "Chưa vào sổ được."),
        ({"name_vi": "x" * 201}, "is-bad"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk: Client, wrong: dict[str, str], said: str) -> None:
    answer = desk.post(ADDRESS, PAPER | wrong)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert "Bản Một" in page
    assert not Certificate.objects.exists()
    assert not Party.objects.filter(name="Công ty Thử").exists()
