"""Who signs in: the personas with the demo's password, and the owners of the other organisations without any."""

from collections.abc import Mapping
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import User
from portal.personas import PERSONAS
from registry.core import clock

NAMES: Final = {
    "founder@demo.test": "Lò Thị Mẫu",
    "founder2@demo.test": "Giàng A Thử",
    "nhap-ho@demo.test": "Vàng Thị Hộ",
    "officer@demo.test": "Tẩn Thị Ví",
    "officer2@demo.test": "Nguyễn Minh Họa",
    "leader@demo.test": "Hoàng Giả Định",
    "editor@demo.test": "Phàn Thị Nháp",
    "admin@demo.test": "Trần Văn Thử",
}

ROLES: Final = {
    "officer@demo.test": roles.CASE_OFFICER,
    "officer2@demo.test": roles.CASE_OFFICER,
    "leader@demo.test": roles.LEADER,
    "editor@demo.test": roles.EDITOR,
    "admin@demo.test": roles.ADMINISTRATOR,
}


HELPER: Final = "nhap-ho@demo.test"
HELPS_FOR: Final = "Hội Doanh nhân Minh Họa (giả định)"


def personas() -> dict[str, User]:
    """The personas by address, made where they are missing."""
    made = {email: person(email, NAMES[email], password=True, role=ROLES.get(email, "")) for email in PERSONAS}
    User.objects.filter(email=HELPER, helps_for="").update(helps_for=HELPS_FOR)
    return made


def owner(key: str, name: str) -> User:
    """Somebody who acts for an organisation of the demo and cannot sign in."""
    return person(f"{key}@demo.test", name)


def person(email: str, name: str, *, password: bool = False, role: str = "") -> User:
    found = User.objects.filter(email=email).first()
    if found is None:
        found = User(email=email, full_name=name, date_joined=clock.now())
        if password:
            found.set_password(settings.DEMO_PASSWORD)
        else:
            found.set_unusable_password()
        found.save()
    EmailAddress.objects.get_or_create(user=found, email=email, defaults={"primary": True, "verified": True})
    if role:
        found.groups.add(Group.objects.get(name=role))
    return found


def actors(people: Mapping[str, User]) -> tuple[User, User, User]:
    """The two case officers and the leader."""
    return people["officer@demo.test"], people["officer2@demo.test"], people["leader@demo.test"]
