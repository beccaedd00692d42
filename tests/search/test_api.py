"""`GET /api/v1/search` and the front that all of the API shares."""

import json

import pytest

from portal.middleware.body_limit import MAX_FORM
from search.normalise import sort_key
from tests.search.factories import entry


@pytest.fixture
def library(publish):
    publish(*(entry(f"Sâm số {n}", url=f"/khoi-nghiep/{n}/") for n in range(25)))
    publish(entry("Khởi nghiệp", body="Khởi nghiệp sâm", kind="news", ref="news", summary="Sâm & <b>chè</b>"))
    publish(entry("Ginseng", language="en", ref="en"))


def test_the_answer_has_the_agreed_shape(client, library):
    answer = client.get("/api/v1/search?q=sam&kind=news&lang=vi&kind=&field=&sort=").json()
    assert answer == {
        "count": 1,
        "next": None,
        "did_you_mean": None,
        "facets": {
            "kind": [
                {"value": "startup", "label": "Khởi nghiệp", "count": 25, "selected": False},
                {"value": "news", "label": "Tin tức", "count": 1, "selected": True},
            ],
            **dict.fromkeys(("field", "sector", "ward", "status", "stage", "topic", "year"), []),
            "language": [{"value": "vi", "label": "Tiếng Việt", "count": 1, "selected": True}],
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


def test_a_choice_of_the_front_is_named_in_its_language(client):
    refused = {lang: client.get(f"/api/v1/startups?lang={lang}").json()["error"]["message"] for lang in ("fr", "EN")}
    assert set(refused.values()) == {"Chọn một trong: vi, en."}


def test_the_footer_leads_to_the_open_data(client, db):
    for page, documents in (("/", "/api/v1/docs"), ("/en/", "/api/v1/docs?lang=en")):
        assert f'<a href="{documents}">' in client.get(page).content.decode()
        assert client.get(documents).status_code == 200


def test_languages_and_corrections(client, library):
    assert client.get("/api/v1/search?q=ginseng&lang=en").json()["count"] == 1
    assert client.get("/api/v1/search?q=ginseng").json()["count"] == 0
    assert client.get("/api/v1/search?q=khoi+nghep").json()["did_you_mean"] == "khởi nghiệp"
    assert client.get("/api/v1/search?q=ginseng&lang=en").json()["facets"]["kind"][0]["label"] == "Startups"


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("q=sam&colour=red", "colour", "Không có tham số này. Dùng được: cursor, field, kind, lang,"),
        ("q=sam&ward=99999", "ward", "Không có xã, phường “99999”. Ghi mã như: 03408."),
        ("q=sam&field=ict&field=magic", "field", "Không có lĩnh vực công nghệ “magic”"),
        ("q=sam&year=26", "year", "Không có năm “26”"),
        ("q=sam&language=fr", "language", "Không có ngôn ngữ “fr”"),
        ("q=sam&sort=best", "sort", "Chọn một trong: relevance, newest, name."),
        ("q=sam&kind=nonsense", "kind", "Không có loại “nonsense”"),
        ("q=sam&kind=news&kind=x", "kind", "Không có loại “x”"),
        ("q=sam&lang=fr", "lang", "Không có ngôn ngữ “fr”"),
        ("q=sam&cursor=forged", "cursor", "không thuộc về lần tìm này"),
        ("q=" + "a" * 1001, "q", "dài quá 1000 ký tự"),
        ("q=sam&kind=nonsense&lang=en", "kind", "There is no kind “nonsense”"),
        ("q=sam&q=che", "q", "Chỉ ghi tham số này một lần."),
        ("q=sam&sort=name&sort=newest&lang=en", "sort", "Give this parameter only once."),
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


@pytest.fixture
def narrowed(publish):
    publish(
        *(
            entry(f"Sâm số {n:02}", ref=f"n{n}", facets={"ward": [("03433", "03434")[n % 2]], "year": ["2026"]})
            for n in range(60)
        ),
        entry("Sâm cũ", ref="old", facets={"ward": ["03433"], "year": ["2020"]}),
        entry("Old ginseng sâm", ref="old", language="en"),
    )


def test_filters_are_those_of_the_page_and_every_group_is_counted(client, narrowed):
    answer = client.get("/api/v1/search?q=sam&ward=03433&year=2026&lang=en&language=vi").json()
    assert answer["count"] == 30
    ward = answer["facets"]["ward"]
    assert [(v["value"], v["count"], v["selected"]) for v in ward] == [("03433", 30, True), ("03434", 30, False)]
    assert ward[0]["label"].endswith((" Ward", " Commune"))
    assert {v["value"]: v["count"] for v in answer["facets"]["year"]} == {"2026": 30, "2020": 1}
    both = client.get("/api/v1/search?q=sam&language=vi&language=en").json()
    assert both["count"] == 62
    assert {v["value"]: (v["count"], v["selected"]) for v in both["facets"]["language"]} == {
        "vi": (61, True),
        "en": (1, True),
    }


@pytest.mark.parametrize("sort", ["relevance", "newest", "name"])
def test_a_cursor_is_bound_to_filters_and_order(client, narrowed, sort):
    first = client.get(f"/api/v1/search?q=sam&ward=03433&sort={sort}").json()
    second = client.get(first["next"]).json()
    titles = [result["title"] for result in first["results"] + second["results"]]
    assert len(set(titles)) == 31
    if sort == "name":
        assert titles == sorted(titles, key=sort_key)
    foreign = [
        first["next"].replace("ward=03433", "ward=03434"),
        first["next"].replace("ward=03433", "ward=03433&ward=03434"),
        first["next"].replace(f"sort={sort}", "sort=" + ("newest" if sort == "name" else "name")),
        first["next"] + "x",
        first["next"].replace("cursor=", "cursor=x"),
    ]
    for address in foreign:
        refused = client.get(address)
        assert (refused.status_code, refused.json()["error"]["parameter"]) == (400, "cursor"), address


def test_suggestions_are_grouped_by_kind_the_best_first(client, publish):
    publish(
        entry("Sâm Núi Mây <b>", ref="a", url="/khoi-nghiep/a/", numbers=["6200012345"]),
        entry("Tin về sâm", kind="news", ref="b"),
        entry("Mountain ginseng", ref="a", language="en"),
    )
    answer = client.get("/api/v1/suggest?q=sâm").json()
    assert [(group["kind"], group["label"], group["icon"]) for group in answer["groups"]] == [
        ("startup", "Khởi nghiệp", "rocket"),
        ("news", "Tin tức", "newspaper"),
    ]
    assert answer["groups"][0]["suggestions"] == [
        {
            "title": "Sâm Núi Mây <b>",
            "title_marked": "<mark>Sâm</mark> Núi Mây &lt;b&gt;",
            "url": "http://testserver/khoi-nghiep/a/",
            "kind": "startup",
            "lang": "vi",
            "number": "",
        }
    ]
    by_number = client.get("/api/v1/suggest?q=6200+012").json()["groups"]
    assert [one["number"] for group in by_number for one in group["suggestions"]] == ["6200012345"]
    english = client.get("/api/v1/suggest?q=gins&lang=en").json()["groups"]
    assert [(group["label"], len(group["suggestions"])) for group in english] == [("Startups", 1)]


def test_suggestions_are_few_and_not_for_a_single_letter(client, publish):
    publish(*(entry(f"Sâm {n}") for n in range(30)))
    sizes = {
        query: sum(len(g["suggestions"]) for g in client.get(f"/api/v1/suggest?{query}").json()["groups"])
        for query in ("q=sam", "q=sam&limit=3", "q=sam&limit=20", "q=s", "q=", "q=%20s%20", "")
    }
    assert list(sizes.values()) == [8, 3, 20, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("q=sam&limit=0", "limit", "Ghi một số từ 1 trở lên."),
        ("q=sam&limit=21", "limit", "Ghi một số không quá 20."),
        ("q=sam&limit=few", "limit", "Ghi một số nguyên"),
        ("q=sam&lang=fr", "lang", "Không có ngôn ngữ “fr”"),
        ("q=sam&kind=news", "kind", "Không có tham số này. Dùng được: lang, limit, q."),
    ],
)
def test_what_suggest_cannot_use_is_answered_400(client, library, query, parameter, said):
    response = client.get(f"/api/v1/suggest?{query}")
    assert (response.status_code, response.json()["error"]["parameter"]) == (400, parameter)
    assert said in response.json()["error"]["message"]


def test_suggestions_are_shared_and_cheap(client, library, query_budget):
    client.get("/api/v1/suggest?q=sam")
    with query_budget(4) as queries:
        response = client.get("/api/v1/suggest?q=sam")
    assert "s-maxage" in response["Cache-Control"]
    assert queries.writes == []


def test_every_parameter_and_answer_has_an_example_and_the_examples_are_true_to_their_schema(client, db):
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    for path in schema["paths"].values():
        operation = path.get("get") or path["post"]
        for parameter in operation["parameters"]:
            shown = parameter.get("examples") or parameter["schema"].get("examples")
            assert shown or parameter["in"] == "path", (operation["operationId"], parameter["name"])
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        definition = schema["components"]["schemas"][answer]
        for example in definition["examples"]:
            assert set(example) == set(definition["properties"]), answer


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


def test_an_address_that_is_none_is_answered_as_the_api_answers(client, db):
    response = client.get("/api/v1/nothing")
    assert (response.status_code, response.json()["error"]["parameter"]) == (404, "")
    english = client.get("/api/v1/nothing?lang=en").json()["error"]
    assert english["message"].isascii()


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("", "Địa chỉ này chỉ nhận %s."), ("?lang=en", "This address takes only %s.")],
)
def test_a_method_that_an_address_does_not_take_is_refused_as_the_api_refuses(client, lang, sentence):
    for method, address, taken in (("GET", "st-enterprises/assess", "POST"), ("POST", "search", "GET")):
        response = client.generic(method, f"/api/v1/{address}{lang}")
        assert (response.status_code, response["Allow"]) == (405, taken)
        assert response.json() == {"error": {"parameter": "", "message": sentence % taken}}


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("", "Gửi lên quá nhiều một lúc. Thân của một yêu cầu nhận đến 2 MB."),
        ("?lang=en", "Too much was sent at once. The body of a request takes up to 2 MB."),
    ],
)
def test_a_body_that_is_too_large_is_refused_as_the_api_refuses(client, lang, sentence):
    address = f"/api/v1/st-enterprises/assess{lang}"
    response = client.post(address, b" " * (MAX_FORM + 1), content_type="application/json")
    assert (response.status_code, response["Cache-Control"]) == (413, "private, no-store")
    assert response.json() == {"error": {"parameter": "", "message": sentence}}
