"""Public answers of the API carry an ETag; who has the answer already gets 304."""

import pytest
from django.conf import settings as portal
from django.test import Client

ADDRESSES = ["/api/v1/search?q=sam", "/api/v1/suggest?q=sam", "/api/v1/startups", "/api/v1/openapi.json"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_has_the_answer_already_is_told_so(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]
    assert "s-maxage" in again["Cache-Control"]
    assert client.get(address, headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.django_db
def test_another_answer_has_another_tag(client: Client) -> None:
    assert client.get("/api/v1/search?sort=name")["ETag"] == client.get("/api/v1/search?sort=name")["ETag"]
    assert client.get("/api/v1/search")["ETag"] != client.get("/api/v1/search?kind=article")["ETag"]


@pytest.mark.django_db
def test_no_tag_on_what_is_refused_private_or_a_page(client: Client) -> None:
    assert not client.get("/api/v1/search?colour=red").has_header("ETag")
    assert not client.get("/tim-kiem/").has_header("ETag")
    client.cookies[portal.SESSION_COOKIE_NAME] = "whatever"
    assert not client.get("/api/v1/search?q=sam").has_header("ETag")


@pytest.mark.django_db
def test_a_tag_holds_through_the_page_cache(settings) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    client = Client(headers={"accept-encoding": "gzip"})
    tag = client.get("/api/v1/openapi.json")["ETag"]
    assert client.get("/api/v1/openapi.json", headers={"if-none-match": tag}).status_code == 304
    whole = client.get("/api/v1/openapi.json")
    assert (whole.status_code, whole["ETag"], whole["Content-Encoding"]) == (200, tag, "gzip")
