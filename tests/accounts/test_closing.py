"""Closing an account: what stands in the way is named, the person goes, what they did stays, and the address is free again."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from accounts import closing
from accounts.models import User
from accounts.staff_users import StaffUserForm
from notifications.models import InboxItem, Message
from notifications.services import deliver_due
from portal.wiring import forget_closed
from registry.core import clock
from registry.core.models.history import Event
from registry.dossiers.models import Dossier, Submission
from registry.parties import services
from registry.parties.models import Invitation, JoinRequest, MemberRole, Membership
from tests.accounts.factories import PASSWORD, UserFactory
from tests.dossiers.factories import dossier
from tests.parties.factories import party

pytestmark = pytest.mark.django_db
PAGE, GONE = "/tai-khoan/dong/", "/tai-khoan/da-dong/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    cache.clear()
    settings.PRIVATE_ROOT = tmp_path / "files"


def signed_in(user) -> Client:
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": user.email, "password": PASSWORD})
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    return client


def join(user, made, role: str) -> Membership:
    return Membership.objects.create(party=made, user=user, role=role, since=clock.today())


def ticket(page: str) -> str:
    return page.split('name="ticket" value="')[1].split('"')[0]


def test_the_person_goes_and_what_they_did_stays(mailoutbox, django_capture_on_commit_callbacks) -> None:
    user = UserFactory(full_name="Lò Thị Mẩu", email="mau@example.vn")
    decided = dossier(organisation=party("Công ty A", owner=user), published=True, papers=1)
    draft = dossier(organisation=party("Công ty B", owner=user))
    shared = party("Công ty C", owner=UserFactory())
    join(user, shared, MemberRole.EDITOR)
    waiting = services.ask_to_join(party("Công ty D", owner=UserFactory()), actor=user)
    elsewhere, client = signed_in(user), signed_in(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}})
    before = (Event.objects.count(), Submission.objects.count())
    page = client.get(PAGE).content.decode()
    assert f"Tài khoản đã đóng {user.pk}" in page
    assert "Đánh dấu ô này" in client.post(PAGE, {}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(PAGE, {"understood": "on", "ticket": ticket(page)})["Location"] == GONE
    user.refresh_from_db()
    assert user.full_name == f"Tài khoản đã đóng {user.pk}"
    assert user.email == f"tai-khoan-{user.pk}@da-dong.invalid"
    assert not user.is_active
    assert not user.has_usable_password()
    for rows in (EmailAddress, Authenticator, UserSession, InboxItem):
        assert not rows.objects.filter(user=user).exists(), rows
    assert not Session.objects.exists()
    assert elsewhere.get("/tai-khoan/").status_code == 302
    assert not Membership.objects.filter(user=user, until=None).exists()
    waiting.refresh_from_db()
    assert waiting.answered_at
    assert (Event.objects.count(), Submission.objects.count()) == (before[0] + 1, before[1]), (
        "the draft's own end, no more"
    )
    draft.refresh_from_db()
    assert (draft.state, draft.answers) == ("withdrawn", {})
    decided.refresh_from_db()
    assert decided.state == "published"
    assert decided.created_by == user
    assert Event.objects.filter(subject=decided.subject, actor=user).exists()
    (last,) = [letter for letter in mailoutbox if letter.subject == "Tài khoản của bạn đã đóng"]
    assert last.to == ["mau@example.vn"]
    deliver_due(clock.now())
    forget_closed(clock.now())
    assert not Message.objects.filter(email="mau@example.vn").exists()
    assert not Message.objects.filter(user=user, body_text__contains="Mẩu").exists()
    assert client.get(GONE).status_code == 200


def test_the_address_is_free_again(client, django_capture_on_commit_callbacks) -> None:
    user = UserFactory(email="mau@example.vn")
    assert closing.close(user.pk)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            "/tai-khoan/dang-ky/",
            {"full_name": "Lò Thị Mẩu", "email": "mau@example.vn", "password1": "mot cau dai de nho"},
        )
    again = User.objects.get(email="mau@example.vn")
    assert again.pk != user.pk
    assert closing.close(user.pk) is False, "closing twice is closing once"


def test_a_second_click_is_told_the_truth() -> None:
    user = UserFactory()
    client = signed_in(user)
    form = {"understood": "on", "ticket": ticket(client.get(PAGE).content.decode())}
    assert client.post(PAGE, form)["Location"] == GONE
    assert client.post(PAGE, form)["Location"] == GONE
    assert Client().post(PAGE, {"understood": "on", "ticket": "x"})["Location"].startswith("/tai-khoan/dang-nhap/")
    assert Client().get(PAGE)["Location"].startswith("/tai-khoan/dang-nhap/")
    assert Message.objects.filter(code="account_closed").count() == 1


def test_not_without_proving_again() -> None:
    user = UserFactory()
    client = Client()
    client.force_login(user)
    assert client.post(PAGE, {"understood": "on"})["Location"].startswith("/tai-khoan/xac-thuc-lai/")
    assert User.objects.get(pk=user.pk).is_active


def test_the_last_owner_among_others_hands_over_first() -> None:
    user = UserFactory()
    made = party("Công ty Đông Người", owner=user)
    colleague = join(UserFactory(), made, MemberRole.EDITOR)
    client = signed_in(user)
    page = client.get(PAGE).content.decode()
    assert "duy nhất của Công ty Đông Người" in page
    assert f"/tai-khoan/to-chuc/{made.public_id}/" in page
    assert "ticket" not in page
    assert client.post(PAGE, {"understood": "on"}).status_code == 200
    assert User.objects.get(pk=user.pk).is_active
    services.change_role(colleague.pk, role=MemberRole.OWNER, actor=user)
    assert client.post(PAGE, {"understood": "on"})["Location"] == GONE


@pytest.mark.parametrize("helped_by", [MemberRole.OWNER, None])
def test_a_dossier_on_the_desk_is_withdrawn_or_shared_first(helped_by) -> None:
    user = UserFactory()
    made = party("Công ty A", owner=user)
    sent = dossier(organisation=made, submitted=True)
    if helped_by:
        join(UserFactory(), made, helped_by)
        assert closing.close(user.pk)
        assert Dossier.objects.get(pk=sent.pk).state == "submitted"
        return
    page = signed_in(user).get(PAGE).content.decode()
    assert sent.reference in page
    assert f'href="/tai-khoan/khoi-nghiep/{sent.reference}/"' in page
    with pytest.raises(closing.StandsInTheWay):
        closing.close(user.pk)
    assert User.objects.get(pk=user.pk).closed_at is None


def test_people_of_the_department_are_sent_to_the_administrator() -> None:
    officer = UserFactory(officer=True)
    client = Client()
    client.force_login(officer)
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    assert "người quản trị" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"understood": "on"}).status_code == 403
    assert User.objects.get(pk=officer.pk).is_active


def test_invitations_forget_the_address() -> None:
    owner, user = UserFactory(), UserFactory()
    services.invite(party("Công ty A", owner=owner), email=user.email, role="viewer", actor=owner)
    closing.close(user.pk)
    assert not Invitation.objects.filter(email=user.email).exists()
    assert Invitation.objects.get().withdrawn_at
    assert not JoinRequest.objects.exists()


def test_a_letter_that_never_leaves_is_given_up_after_a_week() -> None:
    user = UserFactory()
    closing.close(user.pk)
    Message.objects.filter(user=user).update(sent_at=None)
    forget_closed(clock.now())
    assert Message.objects.get(user=user).email == user.email
    forget_closed(clock.now() + timedelta(days=8))
    letter = Message.objects.get(user=user)
    assert letter.given_up_at
    assert letter.email.endswith("@da-dong.invalid")
    assert letter.body_text == ""


def test_a_closed_account_is_not_opened_again_by_a_tick(client) -> None:
    user = UserFactory()
    closing.close(user.pk)
    assert not client.login(email=user.email, password=PASSWORD)
    user.refresh_from_db()
    form = StaffUserForm(
        {"full_name": user.full_name, "email": user.email, "language": "vi", "is_active": "on"}, instance=user
    )
    assert "đã tự đóng" in form.errors["is_active"][0]
