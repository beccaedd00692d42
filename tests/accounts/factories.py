"""People for tests. `UserFactory(officer=True)` reads as what it is."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client

from accounts import roles
from accounts.models import User

PASSWORD = "mat-khau-thu-nghiem-1"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address. Traits: officer, leader, editor, admin (their groups are made when missing)."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        officer = factory.Trait(role=roles.CASE_OFFICER)
        leader = factory.Trait(role=roles.LEADER)
        editor = factory.Trait(role=roles.EDITOR)
        admin = factory.Trait(role=roles.ADMINISTRATOR)

    email = factory.Sequence(lambda n: f"nguoi{n}@example.vn")
    full_name = factory.Sequence(lambda n: f"Người Thứ {n}")
    language = "vi"
    password = factory.django.Password(PASSWORD)

    @classmethod
    def _create(cls, model: type[User], *args: Any, role: str = "", verified: bool = True, **fields: Any) -> User:
        user = super()._create(model, *args, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
        if role:
            user.groups.add(Group.objects.get_or_create(name=role)[0])
        return user


def sign_in(client: Client, user: User) -> Client:
    """Sign `user` in without the form; people of the department with a second factor set up and proved."""
    client.force_login(user)
    if user.roles:
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client
