"""`GET /api/v1/search` and the front that all of the API shares."""

import json

import pytest

from tests.search.factories import entry


@pytest.fixture
def library(publish):
    publish(*(entry(f"Sâm số {n}", url=f"/khoi-nghiep/{n}/") for n in range(25)))
    publish(entry("Khởi nghiệp", body="Khởi nghiệp sâm", kind="news", ref="news", summary="Sâm & <b>chè</b>"))
    publish(entry("Ginseng", language="en", ref="en"))


def test_the_answer_has_the_agreed_shape(client, library):
    answer = client.get("/api/v1/search?q=sam&kind=news&lang=vi").json()
    assert answer == {
        "count": 1,
        "next": None,
        "did_you_mean": None,
        "facets": {
            "kind": [
                {"value": "startup", "label": "Khởi nghiệp", "count": 25, "selected": False},
                {"value": "news", "label": "Tin tức", "count": 1, "selected": True},
            ]
        },
        "results": [
            {
                "kind": "news",
                "title": "Khởi nghiệp",
                "url": answer["results"][0]["url"],
                "lang": "vi",
                "snippet": "<mark>Sâm</mark> &amp; &lt;b&gt;chè&lt;/b&gt;",
                "place": None,
                "place_url": None,
            }
        ],
    }
    assert answer["results"][0]["url"].startswith("http://testserver/khoi-nghiep/")


def test_next_leads_through_all_results(client, library):
    address, urls = "/api/v1/search?q=sâm", []
    while address:
        answer = client.get(address).json()
        urls += [result["url"] for result in answer["results"]]
        address = answer["next"]
    assert len(set(urls)) == answer["count"] == 26


def test_languages_and_corrections(client, library):
    assert client.get("/api/v1/search?q=ginseng&lang=en").json()["count"] == 1
    assert client.get("/api/v1/search?q=ginseng").json()["count"] == 0
    assert client.get("/api/v1/search?q=khoi+nghep").json()["did_you_mean"] == "khởi nghiệp"
    assert client.get("/api/v1/search?q=ginseng&lang=en").json()["facets"]["kind"][0]["label"] == "Startups"


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("q=sam&colour=red", "colour", "Không có tham số này. Dùng được: cursor, kind, lang, q."),
        ("q=sam&kind=nonsense", "kind", "Không có loại “nonsense”"),
        ("q=sam&kind=news&kind=x", "kind", "Không có loại “x”"),
        ("q=sam&lang=fr", "lang", "Không có ngôn ngữ “fr”"),
        ("q=sam&cursor=forged", "cursor", "không thuộc về lần tìm này"),
        ("q=" + "a" * 1001, "q", "dài quá 1000 ký tự"),
        ("q=sam&kind=nonsense&lang=en", "kind", "There is no kind “nonsense”"),
    ],
)
def test_what_cannot_be_used_is_answered_400(client, library, query, parameter, said):
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["parameter"] == parameter
    assert said in error["message"]


def test_a_cursor_belongs_to_its_query(client, library):
    other = client.get("/api/v1/search?q=sâm").json()["next"].split("cursor=")[1]
    assert client.get(f"/api/v1/search?q=sam&cursor={other}").status_code == 400


@pytest.mark.parametrize("text", ['"', "NEAR(", "a\0b", "🌱", "e\u0302\u0301", "%"])
def test_no_text_breaks_it(client, library, text):
    assert client.get("/api/v1/search", {"q": text}).status_code == 200


def test_anonymous_answers_are_shared_and_cheap(client, library, query_budget):
    client.get("/api/v1/search?q=sam")
    with query_budget(5) as queries:
        response = client.get("/api/v1/search?q=sam")
    assert "s-maxage" in response["Cache-Control"]
    assert queries.writes == []


def test_the_documents_stand_without_script_and_name_what_there_is(client, db):
    response = client.get("/api/v1/docs")
    text = response.content.decode()
    assert response.status_code == 200
    assert "/api/v1/search" in text
    for name in ("q", "kind", "lang", "cursor", "results[].snippet", "facets.kind[].count"):
        assert f">{name}<" in text
    assert "swagger" not in text.lower()
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    assert schema["openapi"].startswith("3.1")
    assert "/api/v1/search" in schema["paths"]


def test_the_documents_are_there_in_english_too(client, db):
    text = client.get("/api/v1/docs?lang=en").content.decode()
    assert '<html lang="en"' in text
    assert "Words to find, with or without marks" in text
    assert "The exact number of results." in text
