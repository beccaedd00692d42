"""A founder without an account: they read what was filled in for them, choose and send, say what is wrong, or take it over."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from notifications.models import InboxItem
from registry.core.models.history import Event, ReadLog
from registry.dossiers import pdf, snapshot
from registry.dossiers.helped.models import Pass
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file
from registry.parties.models import Membership, Party
from tests.accounts.factories import UserFactory, sign_in
from tests.core.factories import upload
from tests.dossiers.factories import act, dossier
from tests.dossiers.helping import (
    LAST,
    NO_KEY,
    confirmed,
    given,
    helped,
    helper_of,
    phone,
    phone_refused,
    said,
    sending,
)
from tests.dossiers.test_steps import there
from tests.dossiers.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_left_over")]


def test_the_founder_reads_everything_chooses_and_sends() -> None:
    made = helped()
    add_file(made, upload("giay-to.pdf"), "other", actor=helper_of(made))
    client = phone(given(made))
    page = said(client.get("/tiep-tuc/ho-so/"))
    for words in (
        "Trà cổ thụ Minh Họa",
        "001234567890",
        "giay-to.pdf",
        "Vàng Thị Hộ, Hội Phụ nữ Bản Mẫu, đã điền hộ",
        "Hiện điện thoại",
    ):
        assert words in page
    file = f"/tep/{made.files.get().file.public_id}/"
    assert b"".join(client.get(file).streaming_content)
    assert Client().get(file).status_code == 404
    assert client.get(there(made)).status_code == 302
    assert client.get(there(made, "ten")).status_code == 302

    without = client.post("/tiep-tuc/ho-so/", {**sending(made), "truthful": "", "show_phone": "on"})
    assert "Đánh dấu lời cam đoan" in said(without)
    answer = client.post("/tiep-tuc/ho-so/", sending(made, show_phone="on"))
    assert answer["Location"] == "/tiep-tuc/ho-so/"
    made.refresh_from_db()
    assert made.state == "submitted"
    assert made.answers["show_phone"] is True
    follow = said(client.get("/tiep-tuc/ho-so/"))
    assert "Sở trả lời chậm nhất" in follow
    assert "001234567890" not in follow
    assert client.get(file).status_code == 404


def test_what_is_recorded_of_it() -> None:
    made = confirmed(helped())
    event = Event.objects.get(subject=made.subject, action="submit")
    assert (event.actor, event.role) == (None, "founder")
    sent = made.submissions.get()
    assert sent.submitted_by == helper_of(made)
    assert sent.sender == "chủ dự án xác nhận, Vàng Thị Hộ nhập hộ"
    told = snapshot.read(sent)["helped"]
    assert (told["by"], told["of"]) == ("Vàng Thị Hộ", "Hội Phụ nữ Bản Mẫu")
    assert (told["confirmed"]["by"], told["confirmed"]["way"]) == ("Lý Thị Nháp", "link")
    key = Pass.objects.get()
    assert key.submission == sent
    assert key.used_at == sent.submitted_at or key.used_at >= sent.submitted_at
    text = PdfReader(BytesIO(pdf.of_submission(sent))).pages[0].extract_text()
    assert "Vàng Thị Hộ, Hội Phụ nữ Bản Mẫu" in text
    assert "Lý Thị Nháp xác nhận bằng liên kết" in text
    assert "helped" not in snapshot.read(dossier(submitted=True).submissions.get())


def test_the_desk_says_who_filled_it_in_and_keeps_the_founder_behind_the_log(roles: None) -> None:
    made = confirmed(helped())
    officer = UserFactory(officer=True)
    page = said(sign_in(Client(), officer).get(f"/quan-tri/ho-so/{made.reference}/"))
    assert "Nhập hộ bởi Vàng Thị Hộ, Hội Phụ nữ Bản Mẫu." in page
    assert "chủ dự án, xác nhận bằng liên kết" in page
    assert "0912345678" not in page
    shown = said(sign_in(Client(), officer).get(f"/quan-tri/ho-so/{made.reference}/?show=restricted"))
    assert "0912345678" in shown
    assert "help.contact" in ReadLog.objects.get(user=officer).fields
    assert InboxItem.objects.filter(user=helper_of(made), code="dossier_submitted").exists()


def test_the_founder_says_what_is_wrong() -> None:
    made = helped()
    client = phone(given(made))
    made.refresh_from_db()
    empty = said(client.post("/tiep-tuc/ho-so/", {"_wrong": "1", "wrong": " ", "version": made.version}))
    assert "Viết chỗ chưa đúng" in empty
    page = said(client.post("/tiep-tuc/ho-so/", {"_wrong": "1", "wrong": "Tên tôi là Mẩu.", "version": made.version}))
    assert "Chưa gửi gì cho Sở" in page
    assert client.get("/tiep-tuc/ho-so/").status_code == 410
    helper = visitor(helper_of(made))
    assert "Tên tôi là Mẩu." in said(helper.get(there(made)))
    assert helper.get(there(made, "ten")).status_code == 200
    assert InboxItem.objects.filter(user=helper.user, code="helped_sent_back").count() == 1


def test_the_founder_takes_it_over() -> None:
    made = helped()
    key = given(made)
    helper = visitor(helper_of(made))
    client = phone(key)
    assert "/tai-khoan/dang-nhap/" in client.get("/tiep-tuc/nhan-lai/")["Location"]
    user = UserFactory(full_name="Lý Thị Nháp")
    client.force_login(user)
    assert Party.objects.get().name in said(client.get("/tiep-tuc/nhan-lai/"))
    answer = client.post("/tiep-tuc/nhan-lai/")
    assert answer["Location"] == there(made)
    assert Membership.objects.get().role == "owner"
    assert client.get(there(made, LAST)).status_code == 200
    assert helper.get(there(made)).status_code == 404
    assert NO_KEY in said(phone_refused(key))
    client.post(there(made, LAST), sending(made))
    sent = Dossier.objects.get().submissions.get()
    assert sent.submitted_by == user
    assert sent.sender == "Lý Thị Nháp"
    assert snapshot.read(sent)["helped"]["confirmed"] is None


def test_a_helper_neither_confirms_nor_takes_over() -> None:
    made = helped()
    key = given(made)
    client = visitor(helper_of(made))
    client.post("/tiep-tuc/", {"key": key})
    assert "không xác nhận thay được" in said(client.get("/tiep-tuc/ho-so/"), 403)
    assert client.post("/tiep-tuc/ho-so/", sending(made)).status_code == 403
    client.post("/tiep-tuc/nhan-lai/")
    assert not Membership.objects.exists()
    assert Dossier.objects.get().state == "draft"


def test_a_supplement_is_confirmed_again() -> None:
    made = confirmed(helped())
    act(made, "request_supplement", UserFactory(officer=True), remarks={"field:pitch_vi": "Rõ hơn."})
    made.refresh_from_db()
    old = Pass.objects.get()
    helper = visitor(helper_of(made))
    assert "Rõ hơn." in said(helper.get(there(made)))
    helper.post(there(made, "ten"), {"seen": made.answers_version, "pitch_vi": "Rõ hơn hẳn."})
    client = phone(given(made))
    page = said(client.get("/tiep-tuc/ho-so/"))
    assert "Rõ hơn hẳn." in page
    assert "show_phone" not in page
    client.post("/tiep-tuc/ho-so/", sending(made))
    made.refresh_from_db()
    assert made.state == "submitted"
    assert [sent.confirmation.used_at is not None for sent in made.submissions.all()] == [True, True]
    old.refresh_from_db()
    assert old.ended_at is not None


def test_a_founder_without_an_e_mail_address_sends_and_is_listed(roles: None) -> None:
    made = helped(email="")
    phone(given(made)).post("/tiep-tuc/ho-so/", sending(made))
    made.refresh_from_db()
    assert (made.state, made.answers["email"]) == ("submitted", "")
    act(made, "publish", UserFactory(officer=True))
    made.refresh_from_db()
    assert made.state == "published"
    assert list(made.party.contacts.filter(until=None).values_list("kind", flat=True)) == ["phone"]
