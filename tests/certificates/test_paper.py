"""The electronic certificate: made, given out, signed here or elsewhere, read by whom it concerns."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pypdf import PdfReader

from registry.certificates.models import Certificate, CertificatePaper
from registry.core import clock
from registry.core.files import path_of
from registry.parties.models import Membership
from registry.st_enterprises.papers import signing
from registry.st_enterprises.proofs.keys import published_keys
from registry.st_enterprises.proofs.links import verification_url
from registry.st_enterprises.proofs.payload import verify
from tests.accounts.factories import UserFactory, sign_in
from tests.certificates.factories import certificate, decide
from tests.st_enterprises.papers.scanning import picture, text_in
from tests.st_enterprises.papers.test_signing import der, issued, signed_outside

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    settings.PRIVATE_ROOT = tmp_path / "files"


@pytest.fixture
def desk(officer: Any) -> Client:
    return sign_in(Client(), officer)


def act(desk: Client, found: Certificate, code: str, **more: Any) -> Any:
    found.refresh_from_db()
    address = f"/quan-tri/giay-chung-nhan/{found.public_id}/"
    return desk.post(address, {"act": code, "version": str(found.version), **more})


def paper() -> CertificatePaper:
    return CertificatePaper.objects.select_related("given_out", "signed").get()


def given_out() -> bytes:
    return path_of(paper().given_out.sha256).read_bytes()


def test_form_v4_to_be_printed_says_what_the_certificate_says(desk: Client, officer: Any) -> None:
    found = certificate(actor=officer)
    answer = desk.get(f"/quan-tri/giay-chung-nhan/{found.public_id}/mau-v4.docx")
    assert answer["Content-Disposition"] == f'attachment; filename="giay-chung-nhan-{found.number_key}.docx"'
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert all(said in text for said in ("01/DNKHCN", "Chè Núi Mây", "Trà vò hai lửa", "Ông Ví Dụ"))
    decide(decide(found, "notify", officer), "withdraw", officer)
    assert desk.get(f"/quan-tri/giay-chung-nhan/{found.public_id}/mau-v4.docx").status_code == 404
    assert "mau-v4.docx" not in desk.get(f"/quan-tri/giay-chung-nhan/{found.public_id}/").content.decode()
    old = certificate(number="9/ĐK-DNKHCN", issued=date(2022, 11, 2), regime="nd13", actor=officer)
    assert desk.get(f"/quan-tri/giay-chung-nhan/{old.public_id}/mau-v4.docx").status_code == 404


def test_made_signed_here_and_read_by_its_enterprise(desk: Client, officer: Any) -> None:
    found = certificate(actor=officer)
    assert act(desk, found, "make_paper").status_code == 302
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(given_out())).pages)
    assert all(
        said in re.sub(r"\s+", " ", text) for said in ("01/DNKHCN", "Chè Núi Mây", "Trà vò hai lửa", "Ông Ví Dụ")
    )
    assert act(desk, found, "sign_here").status_code == 302
    made = paper()
    assert made.signed is not None
    assert made.trust == signing.Trust.DEVELOPMENT
    told = signing.validate(path_of(made.signed.sha256).read_bytes())
    assert (told.intact, told.whole) == (True, True)

    address = f"/tep/{made.signed.public_id}/"
    holder, stranger = UserFactory(), UserFactory()
    Membership.objects.create(party=found.party, user=holder, role="viewer", since=clock.today())
    read = sign_in(Client(), holder).get(address)
    assert b"".join(read.streaming_content).startswith(b"%PDF")
    assert address in sign_in(Client(), holder).get("/tai-khoan/").content.decode()
    assert sign_in(Client(), holder).get(f"/tep/{made.given_out.public_id}/").status_code in (403, 404)
    for other in (Client(), sign_in(Client(), stranger)):
        assert other.get(address).status_code in (302, 403, 404)
    assert "bản điện tử" not in Client().get("/doanh-nghiep-khcn/").content.decode().lower()


def test_its_qr_read_from_a_picture_proves_what_the_register_says(desk: Client, officer: Any, tmp_path: Path) -> None:
    found = certificate(actor=officer)
    act(desk, found, "make_paper")
    proof = verify(paper().payload, published_keys())
    assert (proof.claim.number, proof.claim.holder, proof.claim.tax_code) == (
        "01/DNKHCN",
        "Công ty TNHH Chè Núi Mây",
        "9900000999",
    )
    assert proof.claim.first_issued_on == found.first_issued_on
    assert "/xac-minh/#" in verification_url(paper().payload)
    assert text_in(picture(given_out(), tmp_path)) == verification_url(paper().payload)


def test_signed_elsewhere_only_the_same_paper_is_taken(desk: Client, officer: Any) -> None:
    found = certificate(actor=officer)
    act(desk, found, "make_paper")
    other = given_out()
    act(desk, found, "make_paper")
    good = signing.sign(given_out())
    cases = {
        "khác": signing.sign(other), "chưa ký": given_out(), "hỏng": good[:-400], "không phải": b"%PDF-1.7 x", "rỗng": b"",
    }  # fmt: skip
    for name, wrong in cases.items():
        answer = act(desk, found, "take_signed", file=SimpleUploadedFile("a.pdf", wrong, "application/pdf"))
        assert answer.status_code == 400, name
        assert "Chưa làm được." in answer.content.decode(), name
        assert paper().signed is None, name
    assert act(desk, found, "take_signed").status_code == 400
    assert act(desk, found, "take_signed", file=SimpleUploadedFile("a.pdf", good)).status_code == 302
    assert paper().signed is not None


@pytest.mark.parametrize(("trusts", "trust"), [(True, signing.Trust.TRUSTED), (False, signing.Trust.UNKNOWN)])
def test_a_signature_counts_by_the_roots_that_the_settings_name(
    desk: Client, officer: Any, settings: Any, trusts: bool, trust: str
) -> None:
    root = issued("Gốc thử nghiệm", None)
    settings.ST_TRUSTED_ROOTS = [der(root[1])] if trusts else []
    found = certificate(actor=officer)
    act(desk, found, "make_paper")
    signed = signed_outside(given_out(), issued("Nguyễn Văn Ký", root))
    assert act(desk, found, "take_signed", file=SimpleUploadedFile("a.pdf", signed)).status_code == 302
    assert (paper().trust, paper().signers) == (trust, "Nguyễn Văn Ký")
    page = desk.get(f"/quan-tri/giay-chung-nhan/{found.public_id}/").content.decode()
    assert ("Chưa có gốc tin cậy nào" in page) is not trusts


def test_whom_no_root_confirms_is_refused_where_there_are_roots_and_else_taken_until_a_better_file_comes(
    desk: Client, officer: Any, settings: Any
) -> None:
    holder = UserFactory()
    found = certificate(actor=officer)
    Membership.objects.create(party=found.party, user=holder, role="owner", since=clock.today())
    root = issued("Gốc thử nghiệm", None)
    act(desk, found, "make_paper")
    stranger = signed_outside(given_out(), issued("Người lạ", None))
    settings.ST_TRUSTED_ROOTS = [der(root[1])]
    answer = act(desk, found, "take_signed", file=SimpleUploadedFile("a.pdf", stranger))
    assert answer.status_code == 400
    assert "Không chứng thư gốc nào" in answer.content.decode()
    assert paper().signed is None
    settings.ST_TRUSTED_ROOTS = []
    assert act(desk, found, "take_signed", file=SimpleUploadedFile("a.pdf", stranger)).status_code == 302
    unsure = "Cổng chưa xác nhận được người ký."
    assert unsure in sign_in(Client(), holder).get("/tai-khoan/").content.decode()
    page = desk.get(f"/quan-tri/giay-chung-nhan/{found.public_id}/").content.decode()
    assert 'value="take_signed"' in page
    assert 'value="sign_here"' not in page
    settings.ST_TRUSTED_ROOTS = [der(root[1])]
    better = signed_outside(given_out(), issued("Nguyễn Văn Ký", root))
    assert act(desk, found, "take_signed", file=SimpleUploadedFile("a.pdf", better)).status_code == 302
    assert (paper().trust, paper().signers) == (signing.Trust.TRUSTED, "Nguyễn Văn Ký")
    assert unsure not in sign_in(Client(), holder).get("/tai-khoan/").content.decode()
    assert act(desk, found, "take_signed", file=SimpleUploadedFile("a.pdf", better)).status_code == 400


def test_a_number_that_is_too_long_for_the_qr_is_told(desk: Client, officer: Any) -> None:
    found = certificate(actor=officer, number="21483/2026/GCN-DNKHCN-UBND-TỈNH-LAI-CHÂU-VÍ-DỤ-VÍ-DỤ-X")
    answer = act(desk, found, "make_paper")
    assert answer.status_code == 400
    assert "quá dài cho mã QR" in answer.content.decode()


def test_a_signed_paper_stays_and_an_ended_certificate_has_none_made(desk: Client, officer: Any) -> None:
    found = certificate(actor=officer)
    assert act(desk, found, "sign_here").status_code == 400
    act(desk, found, "make_paper")
    act(desk, found, "sign_here")
    before = paper().signed
    assert act(desk, found, "make_paper").status_code == 400
    assert paper().signed == before
    ended = decide(certificate(actor=officer), "cancel", officer)
    assert act(desk, ended, "make_paper").status_code == 409


def test_form_v4_is_not_made_of_a_certificate_on_the_older_form(desk: Client, officer: Any) -> None:
    found = certificate(actor=officer, regime="nd13", number="45/ĐK-DNKHCN")
    assert act(desk, found, "make_paper").status_code == 400
    page = desk.get(f"/quan-tri/giay-chung-nhan/{found.public_id}/").content.decode()
    assert "có mẫu của Nghị định ấy" in page
    assert 'value="make_paper"' not in page
