"""The account's pages about organisations, by form posts alone."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from notifications.models import Message
from registry.parties.models import Membership, Party
from registry.parties.rules import Identifier
from registry.parties.selectors import role_of
from tests.accounts.factories import PASSWORD, UserFactory
from tests.dossiers.visitors import Visitor, visitor
from tests.parties.factories import owner_of, party, tax_code

pytestmark = pytest.mark.django_db
NEW = "/tai-khoan/to-chuc/moi/"


@pytest.fixture
def founder() -> Visitor:
    return visitor(UserFactory(full_name="Lò Thị Mẫu"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Chọn một loại, ví dụ Doanh nghiệp."),
        ({"kind": "enterprise", "name": "X"}, "Nhập mã số thuế"),
        ({"kind": "enterprise", "name": "X", "tax_code": "123"}, "10 hoặc 13 chữ số"),
        ({"kind": "enterprise", "name": "X", "tax_code": "0100233489"}, "chữ số kiểm tra"),
        ({"kind": "enterprise", "name": "X", "tax_code": "001234567890"}, "Mã 12 chữ số là của hộ kinh doanh"),
        ({"kind": "enterprise", "name": "", "tax_code": "0100233488"}, "Nhập tên"),
        ({"kind": "king", "name": "X"}, "king"),
        ({"kind": "group", "name": "x" * 301}, "300"),
        ({"kind": "group", "name": "a\x00b"}, "Null"),
        ({"kind": "cooperative", "name": "X", "tax_code": "1" * 5000}, "40"),
    ],
)
def test_bad_input_is_told_and_kept(founder: Visitor, data: dict[str, str], sentence: str) -> None:
    response = founder.post(NEW, data)
    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Lỗi:" in text
    assert sentence.lower() in text.lower()
    assert Party.objects.count() == 0


@pytest.mark.parametrize("kind", ["person", "group"])
def test_people_and_groups_need_no_code(founder: Visitor, kind: str) -> None:
    response = founder.post(NEW, {"kind": kind, "name": "<b>Nhóm</b>", "tax_code": "0100233488"}, follow=True)
    text = response.content.decode()
    assert "&lt;b&gt;Nhóm&lt;/b&gt;" in text
    assert "0100233488" not in text


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_away(founder: Visitor, away: str) -> None:
    response = founder.post(NEW, {"kind": "person", "name": "Lò Thị Mẫu", "next": away})
    assert response["Location"].startswith("/tai-khoan/to-chuc/")


def test_a_code_that_is_here_leads_to_asking(founder: Visitor) -> None:
    code = tax_code()
    here = party("Công ty Minh Họa", identifier=Identifier("tax_code", code))
    text = founder.post(NEW, {"kind": "enterprise", "name": "Khác", "tax_code": code}).content.decode()
    assert "Công ty Minh Họa" in text
    assert "Xin tham gia" in text
    asked = founder.post("/tai-khoan/to-chuc/xin-tham-gia/", {"tax_code": code}, follow=True).content.decode()
    assert "Bạn xin tham gia ngày" in asked
    owner = visitor(owner_of(here))
    assert "Lò Thị Mẫu xin tham gia Công ty Minh Họa" in Message.objects.get(code="join_requested").subject
    page = owner.read(f"/tai-khoan/to-chuc/{here.public_id}/")
    assert "Lò Thị Mẫu" in page
    request = here.join_requests.get()
    answer = f"/tai-khoan/to-chuc/{here.public_id}/yeu-cau/{request.pk}/"
    assert founder.post(answer, {"answer": "yes"}).status_code == 404
    owner.post(answer, {"answer": "yes"})
    assert role_of(founder.user, here) == "editor"
    again = owner.post(answer, {"answer": "no"}, follow=True).content.decode()
    assert "đã được trả lời" in again
    assert "đã được nhận vào" in Message.objects.get(code="join_answered").subject


@pytest.mark.parametrize(
    ("paths", "before", "after", "waiting"),
    [
        (
            (NEW, "/tai-khoan/to-chuc/xin-tham-gia/"),
            "Bạn xin tham gia, Sở trả lời",
            "nên Sở trả lời",
            "chờ Sở trả lời",
        ),
        (
            ("/en/account/organisations/new/", "/en/account/organisations/join/"),
            "and the department answers",
            "so the department answers",
            "the department has not answered yet",
        ),
    ],
)
def test_where_nobody_acts_yet_the_department_answers_and_that_is_said(
    founder: Visitor, paths: tuple[str, str], before: str, after: str, waiting: str
) -> None:
    new, ask = paths
    here = party("Công ty Minh Họa", identifier=Identifier("tax_code", code := tax_code()))
    here.memberships.all().delete()
    data = {"kind": "enterprise", "name": "Khác", "tax_code": code}
    told = founder.post(new, data).content.decode()
    asked = founder.post(ask, {"tax_code": code}, follow=True).content.decode()
    again = founder.post(new, data).content.decode()
    assert before in told
    assert after in asked
    assert waiting in asked
    assert ("Sở chưa trả lời" if new == NEW else waiting) in again
    for page in (told, asked, again):
        main = page[page.index("<main") : page.index("</main>")]
        assert "chủ quản trả lời" not in main
        assert "the owner answers" not in main


def test_a_household_keeps_its_name_to_itself(founder: Visitor) -> None:
    here = party("Hộ bà Lò Thị Kín", kind="household", identifier=Identifier("household_code", "001234567890"))
    data = {"kind": "household", "name": "Khác", "tax_code": "001234567890"}
    assert "Kín" not in founder.post(NEW, data).content.decode()
    assert "Kín" not in founder.post("/tai-khoan/to-chuc/xin-tham-gia/", data, follow=True).content.decode()
    visitor(owner_of(here)).post(
        f"/tai-khoan/to-chuc/{here.public_id}/yeu-cau/{here.join_requests.get().pk}/", {"answer": "no"}
    )
    told = Message.objects.get(code="join_answered")
    assert "Kín" not in told.subject + told.body_text
    assert "một hộ kinh doanh" in told.body_text


@pytest.mark.parametrize("typed", ["", "x", "0100233488", "1" * 5000])
def test_asking_for_a_code_that_nobody_bears(founder: Visitor, typed: str) -> None:
    response = founder.post("/tai-khoan/to-chuc/xin-tham-gia/", {"tax_code": typed}, follow=True)
    assert "Không có tổ chức nào mang mã này" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["", "moi-nguoi/", "loi-moi/1/rut/", "yeu-cau/1/", "thanh-vien/1/"],
)
def test_an_organisation_of_others_is_not_there(founder: Visitor, path: str) -> None:
    here = party()
    held = here.memberships.get()
    address = f"/tai-khoan/to-chuc/{here.public_id}/{path}".replace("/1/", f"/{held.pk}/")
    response = founder.post(address, {"role": "end"}) if path else founder.get(address)
    assert response.status_code == 404
    held.refresh_from_db()
    assert held.until is None


def test_a_member_of_one_cannot_reach_into_another(founder: Visitor) -> None:
    own, other = party(owner=founder.user), party()
    held = other.memberships.get()
    address = f"/tai-khoan/to-chuc/{own.public_id}/thanh-vien/{held.pk}/"
    assert founder.post(address, {"role": "end"}).status_code == 404


def test_only_owners_see_addresses_and_forms() -> None:
    reader = UserFactory()
    here = party(members={"viewer": [reader]})
    text = visitor(reader).read(f"/tai-khoan/to-chuc/{here.public_id}/")
    assert owner_of(here).email not in text
    assert "Gửi lời mời" not in text
    invited = visitor(reader).post(
        f"/tai-khoan/to-chuc/{here.public_id}/moi-nguoi/", {"email": "x@vidu.example", "role": "owner"}, follow=True
    )
    assert "Chỉ người chủ quản" in invited.content.decode()
    assert here.invitations.count() == 0


def test_changing_roles_and_leaving(founder: Visitor) -> None:
    writer = UserFactory()
    here = party(owner=founder.user, members={"editor": [writer]})
    page = f"/tai-khoan/to-chuc/{here.public_id}/"
    held = here.memberships.get(user=writer)
    assert (
        "Chọn vai trò." in founder.post(f"{page}thanh-vien/{held.pk}/", {"role": "king"}, follow=True).content.decode()
    )
    founder.post(f"{page}thanh-vien/{held.pk}/", {"role": "viewer"})
    assert role_of(writer, here) == "viewer"
    mine = here.memberships.get(user=founder.user)
    kept = founder.post(f"{page}thanh-vien/{mine.pk}/", {"role": "end"}, follow=True).content.decode()
    assert "ít nhất một người chủ quản" in kept
    now = Membership.objects.get(user=writer, until=None)
    left = visitor(writer).post(f"{page}thanh-vien/{now.pk}/", {"role": "end"}, follow=True)
    assert left.redirect_chain[-1][0] == "/tai-khoan/to-chuc/"


# --- the way in


def invited(founder: Visitor, email: str = "ban@vidu.example") -> tuple[Party, str]:
    here = party("Hợp tác xã Minh Họa", owner=founder.user)
    founder.post(f"/tai-khoan/to-chuc/{here.public_id}/moi-nguoi/", {"email": email, "role": "viewer"})
    return here, f"/tai-khoan/loi-moi/{here.invitations.get().token}/"


def test_the_letter_carries_the_link(founder: Visitor) -> None:
    here, link = invited(founder)
    told = Message.objects.get(code="member_invited")
    assert link in told.body_text
    assert told.email == "ban@vidu.example"
    assert "Lò Thị Mẫu mời bạn cùng làm hồ sơ của Hợp tác xã Minh Họa" in told.subject
    assert "người xem" in told.body_text.lower()
    assert "Người này đã là thành viên" not in founder.read(f"/tai-khoan/to-chuc/{here.public_id}/")


def test_an_invitation_in_english_for_an_english_reader(founder: Visitor) -> None:
    UserFactory(email="ban@vidu.example", language="en")
    _here, link = invited(founder)
    body = Message.objects.get(code="member_invited").body_text
    assert link.replace("/tai-khoan/loi-moi/", "/en/account/invitations/") in body
    assert "Viewer" in body


@pytest.mark.parametrize(
    "data",
    [
        {"email": "", "role": "viewer"},
        {"email": "không phải", "role": "viewer"},
        {"email": "a@vidu.example", "role": "king"},
    ],
)
def test_a_bad_invitation(founder: Visitor, data: dict[str, str]) -> None:
    here = party(owner=founder.user)
    text = founder.post(f"/tai-khoan/to-chuc/{here.public_id}/moi-nguoi/", data).content.decode()
    assert "<title>Lỗi:" in text
    assert here.invitations.count() == 0


def test_a_stranger_signs_up_and_comes_back(founder: Visitor, django_capture_on_commit_callbacks: Any) -> None:
    here, link = invited(founder)
    guest = Client()
    text = guest.get(link).content.decode()
    assert "Hợp tác xã Minh Họa" in text
    assert "ban@vidu.example" not in text
    assert "b…@vidu.example" in text
    signup = re.search(r'href="(/tai-khoan/dang-ky/\?next=[^"]+)"', text)[1]
    assert guest.post(link).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        guest.post(
            signup, {"full_name": "Giàng Seo Pao", "email": "ban@vidu.example", "password1": PASSWORD, "next": link}
        )
    confirm = re.search(r"http://\S+(/tai-khoan/xac-nhan/\S+)", mail.outbox[-1].body)[1]
    guest.get(confirm)
    guest.post(confirm)
    user = User.objects.get(email="ban@vidu.example")
    elsewhere = visitor(user)  # the letter may be opened in another browser: the account tells of the invitation too
    home = elsewhere.read("/tai-khoan/")
    assert link in home
    assert "Nhận lời" in elsewhere.read(link)
    joined = elsewhere.post(link)
    assert joined["Location"] == f"/tai-khoan/to-chuc/{here.public_id}/"
    assert role_of(user, here) == "viewer"
    assert elsewhere.get(link).status_code == 410


def test_signing_in_comes_back_to_the_invitation(founder: Visitor) -> None:
    UserFactory(email="ban@vidu.example")
    _here, link = invited(founder)
    guest = Client()
    login = re.search(r'href="(/tai-khoan/dang-nhap/\?next=[^"]+)"', guest.get(link).content.decode())[1]
    entered = guest.post(login, {"login": "ban@vidu.example", "password": PASSWORD, "next": link})
    assert entered["Location"] == link


def test_another_address_is_told_so(founder: Visitor) -> None:
    _here, link = invited(founder)
    other = visitor(UserFactory())
    assert "đăng nhập bằng địa chỉ khác" in other.read(link)
    assert "địa chỉ thư khác" in other.post(link, follow=True).content.decode()


@pytest.mark.parametrize("token", ["x", "-", "a" * 200])
def test_an_invitation_that_is_none(token: str) -> None:
    response = Client().get(f"/tai-khoan/loi-moi/{token}/")
    assert response.status_code == 410
    assert "Lời mời không còn dùng được" in response.content.decode()


def test_an_invitation_is_kept_by_no_cache(founder: Visitor) -> None:
    _here, link = invited(founder)
    assert "no-store" in Client().get(link)["Cache-Control"]


def test_budget(founder: Visitor, query_budget: Any) -> None:
    here = party(owner=founder.user, members={"editor": UserFactory.create_batch(8)})
    with query_budget(15):
        founder.read(f"/tai-khoan/to-chuc/{here.public_id}/")
