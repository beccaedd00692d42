"""`make serve` over data that were tried out: the demo's people, whose password is printed, stay out."""

import pytest
from django.conf import settings as project
from django.test import Client

from tests.accounts.factories import PASSWORD, UserFactory


def sign_in(client: Client, email: str) -> None:
    client.post("/tai-khoan/dang-nhap/", {"login": email, "password": PASSWORD})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demo", "email", "enters"),
    [
        (True, "a@demo.test", True),
        (False, "a@demo.test", False),
        (False, "a@example.vn", True),
    ],
)
def test_people_of_the_demo_sign_in_only_where_the_demo_runs(settings, client, demo, email, enters) -> None:
    settings.DEMO = demo
    UserFactory(email=email)
    sign_in(client, email)
    assert (client.get("/tai-khoan/").status_code == 200) is enters
    assert ("_auth_user_id" in client.session) is enters


@pytest.mark.django_db
def test_a_session_of_the_demo_ends_with_it(settings, client) -> None:
    settings.DEMO = True
    UserFactory(email="a@demo.test")
    sign_in(client, "a@demo.test")
    assert client.get("/tai-khoan/").status_code == 200
    settings.DEMO = False
    answer = client.get("/tai-khoan/")
    assert answer.status_code == 302
    assert "/dang-nhap/" in answer["Location"]


def test_it_is_the_only_way_in() -> None:
    assert project.AUTHENTICATION_BACKENDS == ["accounts.backends.PeopleBackend"]
