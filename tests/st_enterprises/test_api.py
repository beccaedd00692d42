"""`POST /api/v1/st-enterprises/assess`: each verdict, every kind of junk, nothing kept."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from registry.core import clock
from registry.st_enterprises.api import QUESTION
from tests.plumbing.queries import recorded

URL = "/api/v1/st-enterprises/assess"
BN = 10**9


def ask(client: Client, question: Any, query: str = "") -> HttpResponse:
    body = question if isinstance(question, str | bytes) else json.dumps(question)
    return client.generic("POST", URL + query, body, content_type="application/json")


def years(spending: list[int | None], net: int = 10 * BN) -> list[dict[str, Any]]:
    rows = zip((2023, 2024, 2025), spending, strict=True)
    return [{"year": year, "net_revenue": net, "total_revenue": net, "sti_spending": spent} for year, spent in rows]


@pytest.mark.parametrize(
    ("spending", "verdict", "met"),
    [
        ([200_000_000] * 3, "met", True),
        ([200_000_000, 200_000_000, 199_999_999], "not_met", False),
        ([200_000_000, 200_000_000, None], "unknown", None),
    ],
)
def test_each_verdict(client: Client, spending: list[int | None], verdict: str, met: bool | None) -> None:
    said = ask(client, QUESTION | {"years": years(spending)}).json()
    assert (said["size_class"], said["verdict"]) == ("small", verdict)
    found = next(row for row in said["findings"] if row["condition"] == "sti_spending")
    assert found["met"] is met
    assert found["basis"] == "điểm a khoản 4 Điều 49 Nghị định 268/2025/NĐ-CP"
    assert found["missing"] == (["sti_spending:2025"] if verdict == "unknown" else [])
    assert found["least_change"] == (
        [{"fact": "sti_spending", "amount": 1, "year": 2023}] if verdict == "not_met" else []
    )


def test_where_the_readings_differ_the_department_decides(client: Client) -> None:
    rows = years([40_000_000, 40_000_000, 140_000_000])
    for row, net in zip(rows, (BN, BN, 10 * BN), strict=True):
        row["net_revenue"] = net
    said = ask(client, QUESTION | {"years": rows}, "?lang=en").json()
    assert said["verdict"] == "department_decides"
    found = next(row for row in said["findings"] if row["condition"] == "sti_spending")
    assert (found["met"], found["missing"]) == (None, [])
    assert found["basis"] == "point a, clause 4, Article 49 of Decree 268/2025/NĐ-CP"
    values = {figure["code"]: figure["value"] for figure in found["figures"]}
    assert (values["of_sums"], values["mean_of_years"]) == ("11/600", "47/1500")


def test_the_example_is_answered_as_the_documents_say(client: Client) -> None:
    said = ask(client, QUESTION).json()
    assert (said["size_class"], said["verdict"]) == ("small", "not_met")
    assert said["findings"][2]["least_change"] == [{"fact": "sti_spending", "amount": 30_000_000, "year": 2023}]


def test_an_empty_question_is_asked_today_and_knows_nothing(client: Client) -> None:
    said = ask(client, {}).json()
    assert (said["size_class"], said["verdict"]) == (None, "unknown")
    assert f"total_revenue:{clock.today().year - 1}" in said["findings"][2]["missing"]


def test_what_is_null_is_unknown_as_what_is_absent(client: Client) -> None:
    year = {"year": 2025}
    full = QUESTION | {"years": [QUESTION["years"][0]], "results": [{}], "products": [{}]}
    nothing = dict.fromkeys(QUESTION["years"][0])
    nulls = {
        "years": [nothing | year],
        "results": [{"kind": None, "in_force": None}],
        "products": [{"name": None, "commercialised": None}],
    }
    assert ask(client, nulls).json() == ask(client, {"years": [year], "results": [{}], "products": [{}]}).json()
    assert ask(client, dict.fromkeys(full)).json() == ask(client, {}).json()
    said = ask(client, full).json()["findings"][1]
    assert (said["met"], said["missing"]) == (None, ["kind", "in_force"])
    assert {"code": "products", "value": 1, "year": None} in said["figures"]


def test_a_product_without_a_name_counts(client: Client) -> None:
    products = [{"name": None, "commercialised": True}]
    assert ask(client, QUESTION | {"products": products}).json() == ask(client, QUESTION).json()


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ("", ""),
        ("{", ""),
        ("null", ""),
        ("[]", ""),
        ('"x"', ""),
        (b"\xff\xfe", ""),
        ("[" * 100_000, ""),
        ('{"capital":' + "9" * 5000 + "}", ""),
        ('{"capital": NaN}', "capital"),
        ('{"\\ud800": 1}', None),
        ({"capitol": 1}, "capitol"),
        ({"years": [{"year": 2024, "revenue": 1}]}, "years.0.revenue"),
        ({"years": [{}]}, "years.0.year"),
        ({"years": [{"year": None, "net_revenue": 1}]}, "years.0.year"),
        ({"years": [None]}, "years.0"),
        ({"products": [None]}, "products.0"),
        ({"effects": [None]}, "effects.0"),
        ({"years": [{"year": 2024}, {"year": 2024}]}, "years"),
        ({"years": [{"year": 2000 + n} for n in range(11)]}, "years"),
        ({"as_of": "2026-01-01", "years": [{"year": 2027}]}, "years.0.year"),
        ({"years": [{"year": 2024, "full": 1}]}, "years.0.full"),
        ({"years": 5}, "years"),
        ({"capital": True}, "capital"),
        ({"capital": "5"}, "capital"),
        ({"capital": 1.5}, "capital"),
        ({"capital": -1}, "capital"),
        ({"capital": 10**18 + 1}, "capital"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "2025-10-13"}, "as_of"),
        ({"as_of": "9999-12-31"}, "as_of"),
        ({"founded_on": "0001-01-01"}, "founded_on"),
        ({"sector": []}, "sector"),
        ({"results": [{"kind": "idea"}]}, "results.0.kind"),
        ({"results": [{"kind": "patent"}] * 101}, "results"),
        ({"products": [{"name": "x" * 301}]}, "products.0.name"),
        ({"effects": ["fame"]}, "effects.0"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_junk_is_refused_with_a_sentence(client: Client, body: Any, parameter: str | None, language: str) -> None:
    response = ask(client, body, f"?lang={language}")
    assert response.status_code == 400
    error = response.json()["error"]
    assert parameter is None or error["parameter"] == parameter
    assert error["message"]
    assert language == "vi" or error["message"].isascii()


@pytest.mark.parametrize(("query", "parameter"), [("?x=1", "x"), ("?lang=fr", "lang")])
def test_unknown_parameters_are_refused(client: Client, query: str, parameter: str) -> None:
    assert ask(client, {}, query).json()["error"]["parameter"] == parameter


def test_nothing_is_read_or_kept(client: Client, db: None) -> None:
    with recorded() as queries:
        response = ask(client, QUESTION)
    assert not queries.writes
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_the_documents_show_question_and_answer(client: Client, db: None) -> None:
    for language in ("vi", "en"):
        page = client.get(f"/api/v1/docs?lang={language}").content.decode()
        assert "years[].sti_spending" in page
        assert "findings[].least_change[].amount" in page
        assert "Phần mềm Minh Họa" in page
