"""What a page may load, and who may frame it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def policy(url: str) -> dict[str, list[str]]:
    header = Client().get(url)["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("url", ["/tuy-chon/", "/en/display/", "/khong-co/"])
def test_the_public_site_loads_only_its_own_files(url: str) -> None:
    said = policy(url)
    assert said["default-src"] == ["'none'"]
    assert said["script-src"] == said["style-src"] == ["'self'"]
    assert said["frame-ancestors"] == said["base-uri"] == ["'none'"]
    assert not any("unsafe" in source for sources in said.values() for source in sources)


def test_the_back_office_has_a_policy_of_its_own() -> None:
    said = policy("/quan-tri/")
    assert said["script-src"] == ["'self'", "'unsafe-inline'"]
    assert said["frame-ancestors"] == ["'self'"]
    assert said["default-src"] == ["'none'"]
    assert "https:" not in str(said)


def test_the_other_headers() -> None:
    response = Client().get("/tuy-chon/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]
