"""The founder's journey by form posts alone, as a phone without JavaScript makes it."""

import pytest

from registry.core.models.history import Event
from registry.dossiers.models import Dossier
from tests.accounts.factories import UserFactory
from tests.core.factories import picture, upload
from tests.dossiers.factories import act, answers, posted
from tests.dossiers.visitors import Visitor
from tests.parties.factories import tax_code

pytestmark = pytest.mark.django_db
NEW = "/tai-khoan/khoi-nghiep/moi/"


def test_from_an_empty_account_to_a_published_page(founder: Visitor) -> None:
    assert "Chưa có hồ sơ nào" in founder.read("/tai-khoan/")
    assert "ai đứng tên dự án" in founder.read(NEW)

    made = founder.post(
        "/tai-khoan/to-chuc/moi/",
        {"kind": "enterprise", "tax_code": tax_code(), "name": "Công ty Minh Họa", "next": NEW},
    )
    assert made.status_code == 302
    assert made["Location"].startswith(f"{NEW}?party=")
    assert "Công ty Minh Họa" in founder.read(made["Location"])
    begun = founder.post(NEW, {"party": made["Location"].partition("party=")[2]})
    reference = Dossier.objects.get().reference
    follow = f"/tai-khoan/khoi-nghiep/{reference}/"
    assert begun["Location"] == f"{follow}ten/"

    given, address = answers(), begun["Location"]
    for step in ("ten", "tru-so", "nganh", "du-an", "doi-ngu"):
        assert address == f"{follow}{step}/"
        assert "Bước" in founder.read(address)
        data = {**posted(given, step), "seen": Dossier.objects.get().answers_version, "_next": "1"}
        if step == "ten":
            data["picture"] = upload("logo.png", picture("PNG"), "image/png")
        saved = founder.post(address, data)
        assert saved.status_code == 302, (step, saved.content.decode()[:3000])
        address = saved["Location"]
    assert "logo.png" in founder.read(f"{follow}ten/")

    assert address == f"{follow}tep/"
    founder.read(address)
    files = [upload("giay.pdf"), upload("anh.jpg", picture(), "image/jpeg")]
    saved = founder.post(address, {"files": files, "purpose": "registration", "_upload": "1"})
    assert saved["Location"] == address
    assert "anh.jpg" in founder.read(address)
    assert founder.post(address, {"_next": "1"})["Location"] == f"{follow}kiem-tra/"

    check = f"{follow}kiem-tra/"
    shown = founder.read(check)
    assert "Trà cổ thụ Minh Họa" in shown
    assert "cam kết phục vụ, không phải thời hạn luật định" in shown
    draft = Dossier.objects.get()
    consent = {"show_email": "on", "truthful": "on", "seen": draft.answers_version, "version": draft.version}
    sent = founder.post(check, {**consent, "_send": "1"})
    assert sent["Location"] == follow
    assert "<small>Biểu trưng · " in founder.read(follow)
    shown = founder.read(follow)
    assert reference in shown
    assert "Sở trả lời chậm nhất" in shown

    again = founder.post(check, {**consent, "_send": "1"}, follow=True)
    assert "Hồ sơ đã gửi rồi" in again.content.decode()
    assert Dossier.objects.get().submissions.count() == 1
    paper = founder.get(f"{follow}ban-gui/1.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")

    officer = UserFactory(officer=True)
    dossier = act(Dossier.objects.get(), "request_supplement", officer, remarks={"field:pitch_vi": "Viết rõ cho ai."})
    shown = founder.read(follow)
    assert "cần bạn bổ sung 1 mục" in shown
    assert "Viết rõ cho ai." in shown
    assert f"{follow}ten/#id_pitch_vi" in shown
    shown = founder.read(f"{follow}ten/")
    assert 'name="pitch_vi"' in shown
    assert 'name="name_vi"' not in shown
    saved = founder.post(
        f"{follow}ten/", {"pitch_vi": "Mã cho từng gốc chè, cho người mua ở xa.", "seen": dossier.answers_version}
    )
    assert saved["Location"] == check
    assert "đã sửa" in founder.read(check)
    dossier.refresh_from_db()
    sent = founder.post(check, {"seen": dossier.answers_version, "version": dossier.version, "_send": "1"})
    assert sent["Location"] == follow
    dossier.refresh_from_db()
    assert dossier.state == "submitted"
    assert dossier.submissions.count() == 2

    act(dossier, "publish", officer)
    shown = founder.read(follow)
    assert "Xem trang công khai" in shown
    assert "/khoi-nghiep/tra-minh-hoa-" in shown
    assert [e.action for e in Event.objects.filter(subject=dossier.subject)] == [
        "submit", "request_supplement", "resubmit", "publish",
    ]  # fmt: skip


def test_the_same_in_english(founder: Visitor) -> None:
    made = founder.post("/en/account/organisations/new/", {"kind": "person", "name": "Lò Thị Mẫu"})
    assert made["Location"].startswith("/en/account/organisations/")
    assert "Members" in founder.read(made["Location"])
    begun = founder.post("/en/account/startups/new/", {"party": made["Location"].split("/")[-2]})
    assert begun["Location"].startswith("/en/account/startups/KN-")
    shown = founder.read(begun["Location"])
    assert "Save and continue" in shown
    assert "Step 1 of 7" in shown
