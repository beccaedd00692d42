from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from accounts import roles
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lent(monkeypatch) -> None:
    monkeypatch.setattr(roles, "_lent", {role: list(names) for role, names in roles._lent.items()} | {})


def picture() -> dict:
    return {
        group.name: (
            set(group.permissions.values_list("codename", flat=True)),
            sorted(GroupPagePermission.objects.filter(group=group).values_list("permission__codename", "page")),
            sorted(
                GroupCollectionPermission.objects.filter(group=group).values_list("permission__codename", "collection")
            ),
        )
        for group in Group.objects.order_by("name")
    }


def sync() -> None:
    call_command("sync_roles", stdout=StringIO())


def test_twice_is_once() -> None:
    sync()
    first = picture()
    sync()
    assert picture() == first
    assert set(first) == set(roles.ROLES)


def test_it_takes_back_what_somebody_added_by_hand() -> None:
    sync()
    first = picture()
    officer = Group.objects.get(name=roles.CASE_OFFICER)
    officer.permissions.set(Group.objects.get(name=roles.ADMINISTRATOR).permissions.all())
    page_permission = GroupPagePermission.objects.filter(group__name=roles.EDITOR).first()
    GroupPagePermission.objects.create(group=officer, page=page_permission.page, permission=page_permission.permission)
    sync()
    assert picture() == first


def test_what_each_may() -> None:
    sync()
    root = Page.get_first_root_node()
    people = {trait: UserFactory(**{trait: True}) for trait in ("officer", "leader", "editor", "admin")}
    for name, user in people.items():
        assert user.has_perm("wagtailadmin.access_admin"), name
        assert user.has_perm("accounts.change_user") is (name == "admin")
        assert root.permissions_for_user(user).can_add_subpage() is (name in ("editor", "admin"))
    assert root.get_children().first().permissions_for_user(people["editor"]).can_publish()


def test_a_room_lends_its_permissions(lent) -> None:
    roles.lend(roles.CASE_OFFICER, "accounts.view_user")
    sync()
    assert UserFactory(officer=True).has_perm("accounts.view_user")
    roles.lend(roles.CASE_OFFICER, "accounts.no_such")
    with pytest.raises(CommandError, match="no_such"):
        sync()
    with pytest.raises(ValueError):
        roles.lend("boss", "accounts.view_user")


def test_a_superuser_counts_as_administrator() -> None:
    assert UserFactory(is_superuser=True).roles == {roles.ADMINISTRATOR}
    assert UserFactory().roles == frozenset()
