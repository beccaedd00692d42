"""Text size and theme: one cookie, a dozen values, no session."""

import re

import pytest
from django.test import Client

from portal.look import TEXTS, THEMES, Look, look_of

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def choose(client: Client, data: dict[str, str], **headers: str):
    return client.post("/tuy-chon/", data, headers=headers or {"origin": HOST, "referer": f"{HOST}/tin-tuc/?page=2"})


def html_tag(client: Client) -> str:
    return re.search(r"<html[^>]*>", client.get("/tuy-chon/").content.decode()).group()


def test_the_choice_is_kept_printed_and_leads_back() -> None:
    client = Client()
    response = choose(client, {"theme": "dark"})
    assert (response.status_code, response["Location"]) == (303, "/tin-tuc/?page=2")
    choose(client, {"text": "l"})
    assert client.cookies["look"].value == "dark.l"
    assert html_tag(client) == '<html lang="vi" data-theme="dark" data-text="l">'
    assert set(client.cookies) == {"look"}


def test_a_theme_pressed_again_returns_to_the_device() -> None:
    client = Client()
    choose(client, {"theme": "contrast"})
    choose(client, {"theme": "contrast"})
    assert html_tag(client) == '<html lang="vi">'


@pytest.mark.parametrize("junk", ["dark", "pink.l", "dark.xl", "dark.l.x", '" onload="', ".", ""])
def test_a_cookie_we_never_wrote_counts_as_nothing(junk: str) -> None:
    client = Client()
    client.cookies["look"] = junk
    assert html_tag(client) == '<html lang="vi">'


def test_every_value_survives_the_way_through_the_cookie(rf) -> None:
    for theme in THEMES:
        for text in TEXTS:
            request = rf.get("/")
            request.COOKIES["look"] = str(Look(theme, text))
            assert look_of(request) == Look(theme, text)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://la.example"},
        {"origin": HOST, "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"referer": "https://la.example/testserver/"},
        {"origin": "null"},
        {"x-nothing": "said"},
    ],
)
def test_another_site_cannot_change_it(headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    response = choose(client, {"theme": "dark"}, **headers)
    assert response.status_code == 403
    assert not client.cookies


@pytest.mark.parametrize("way", ["https://la.example/x", "//la.example/x", "javascript:alert(1)", ""])
def test_it_never_leads_away(way: str) -> None:
    response = choose(Client(), {"theme": "dark"}, origin=HOST, referer=way)
    assert response["Location"] == "/"


def test_a_value_that_does_not_exist_changes_nothing() -> None:
    client = Client()
    choose(client, {"theme": "dark"})
    choose(client, {"theme": "pink", "text": "xxl"})
    assert client.cookies["look"].value == "dark."
