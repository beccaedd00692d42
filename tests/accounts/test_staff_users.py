"""Accounts in the back office."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts import roles
from accounts.models import User
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
URL = "/quan-tri/users/"


@pytest.fixture
def admin(client) -> User:
    call_command("sync_roles", verbosity=0)
    user = UserFactory(admin=True)
    sign_in(client, user)
    return user


def group_id(role: str) -> int:
    return Group.objects.get(name=role).pk


def test_the_list_is_in_vietnamese_and_finds_people(client, admin, django_assert_max_num_queries) -> None:
    UserFactory(full_name="Giàng A Thử", officer=True)
    UserFactory.create_batch(8)
    with django_assert_max_num_queries(25):
        page = client.get(URL).content.decode()
    assert "Chuyên viên thụ lý" in page
    for foreign in ("First name", "case officer", "administrator"):
        assert foreign not in page
    assert "Giàng A Thử" in client.get(f"{URL}?q=Giàng").content.decode()


def test_an_officer_is_made_and_sets_the_password_alone(client, admin) -> None:
    data = {
        "full_name": "Lò Văn Ví",
        "email": "Vi@Example.vn",
        "language": "vi",
        "groups": [group_id(roles.CASE_OFFICER)],
        "is_active": "on",
    }
    assert client.get(f"{URL}new/").status_code == 200
    assert client.post(f"{URL}new/", data).status_code == 302
    user = User.objects.get(email="vi@example.vn")
    assert user.roles == {roles.CASE_OFFICER}
    assert not user.has_usable_password()
    assert not EmailAddress.objects.get(user=user).verified
    again = client.post(f"{URL}new/", data)
    assert "Đã có tài khoản dùng địa chỉ này" in again.content.decode()


def test_a_new_address_must_be_confirmed_again(client, admin) -> None:
    user = UserFactory()
    client.post(
        f"{URL}edit/{user.pk}/", {"full_name": "A B", "email": "moi@example.vn", "language": "vi", "is_active": "on"}
    )
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.primary, address.verified) == ("moi@example.vn", True, False)


def test_nobody_is_deleted(client, admin) -> None:
    user = UserFactory()
    client.post(f"{URL}delete/{user.pk}/")
    client.post(f"/quan-tri/bulk/accounts/user/delete/?id={user.pk}")
    assert User.objects.filter(pk=user.pk).exists()


def test_nobody_takes_their_own_roles_away(client, admin) -> None:
    client.post(f"{URL}edit/{admin.pk}/", {"full_name": "Tôi", "email": admin.email, "language": "vi"})
    admin = User.objects.get(pk=admin.pk)
    assert admin.full_name == "Tôi"
    assert admin.is_active
    assert admin.roles == {roles.ADMINISTRATOR}


def test_a_superuser_is_out_of_reach(client, admin) -> None:
    boss = UserFactory(is_superuser=True)
    client.post(f"{URL}edit/{boss.pk}/", {"full_name": "X", "email": "x@example.vn", "language": "vi"})
    boss.refresh_from_db()
    assert boss.email != "x@example.vn"


@pytest.mark.parametrize("trait", ["officer", "leader", "editor"])
def test_only_administrators(client, trait: str) -> None:
    call_command("sync_roles", verbosity=0)
    sign_in(client, UserFactory(**{trait: True}))
    assert client.get(URL).status_code == 302
    assert client.get(f"{URL}new/").status_code == 302


def test_roles_are_given_to_several_at_once_by_their_names(client, admin) -> None:
    people = UserFactory.create_batch(2)
    url = "/quan-tri/bulk/accounts/user/assign_role/?" + "&".join(f"id={p.pk}" for p in people)
    assert "Chuyên viên thụ lý" in client.get(url).content.decode()
    client.post(url, {"role": group_id(roles.CASE_OFFICER)})
    assert all(User.objects.get(pk=p.pk).roles == {roles.CASE_OFFICER} for p in people)


def test_the_list_is_filtered_by_role(client, admin) -> None:
    UserFactory(full_name="Giàng A Thử", officer=True)
    page = client.get(URL, {"group": group_id(roles.CASE_OFFICER)}).content.decode()
    assert "Giàng A Thử" in page
    assert admin.email not in page.split("<table")[1]


def test_an_administrator_names_a_helper_and_takes_it_back(client, admin) -> None:
    user = UserFactory(full_name="Vàng Thị Hộ")
    data = {"full_name": user.full_name, "email": user.email, "language": "vi", "is_active": "on"}
    client.post(f"{URL}edit/{user.pk}/", {**data, "helps_for": "  Hội Phụ nữ  Bản Mẫu "})
    user = User.objects.get(pk=user.pk)
    assert user.helps_for == "Hội Phụ nữ Bản Mẫu"
    assert roles.may_help(user)
    assert not roles.is_staff(user)
    assert "Nhập hộ (Hội Phụ nữ Bản Mẫu)" in client.get(URL).content.decode()
    client.post(f"{URL}edit/{user.pk}/", data)
    assert not roles.may_help(User.objects.get(pk=user.pk))
