import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from registry.core.citations import LAW, UnknownCitation, acts, citation, cite, places

CITED = re.compile(r"""\b(?:cite|citation)\(\s*["'](\w+)["'],\s*["']([^"']+)["']""")
CITED_IN_TEMPLATE = re.compile(r"""\{%\s*cite\s+["'](\w+)["']\s+["']([^"']+)["']""")
ROOMS = ("accounts", "cms", "notifications", "portal", "registry", "templates")


@pytest.mark.parametrize(
    ("reference", "vi", "en"),
    [
        ("49", "Điều 49", "Article 49"),
        ("49.4", "khoản 4 Điều 49", "clause 4, Article 49"),
        ("49.4.a", "điểm a khoản 4 Điều 49", "point a, clause 4, Article 49"),
        ("45.1.đ", "điểm đ khoản 1 Điều 45", "point đ, clause 1, Article 45"),
    ],
)
def test_a_place_in_words(reference, vi, en):
    assert cite("nd268", reference) == cite("nd268", reference, "vi") == vi
    assert cite("nd268", reference, "en") == en
    assert citation("nd268", reference).reference == reference


def test_with_the_act():
    found = citation("nd268", "49.4.a")
    assert found.full() == "điểm a khoản 4 Điều 49 Nghị định 268/2025/NĐ-CP"
    assert found.full("en") == "point a, clause 4, Article 49 of Decree 268/2025/NĐ-CP"
    assert found.act.short_name() == "Nghị định 268/2025"
    assert found.act.issued_on is not None
    assert found.act.issued_on.isoformat() == "2025-10-14"
    assert found.verified


@pytest.mark.parametrize(
    "reference",
    [
        "0",
        "71",
        "49.5",
        "49.4.d",
        "49.4.f",
        "45.1.e",
        "2.1",
        "1.1",
        "46.1",
        "49.4.A",
        "49.a",
        "49.4.",
        "",
        "Điều 49",
        "49.4.a.b",
    ],
)
def test_a_place_that_does_not_exist_is_refused(reference):
    with pytest.raises(UnknownCitation):
        cite("nd268", reference)


def test_an_act_that_does_not_exist_is_refused():
    with pytest.raises(UnknownCitation):
        cite("nd999", "1")


def test_other_acts_are_named_by_number_and_not_verified():
    found = citation("blds", "147.2")
    assert found.full() == "khoản 2 Điều 147 Bộ luật 91/2015/QH13"
    assert found.full("en") == "clause 2, Article 147 of Code 91/2015/QH13"
    assert not found.verified
    assert places("blds") == frozenset()
    assert [code for code, act in acts().items() if act.verified] == ["nd268"]


def test_the_walk_finds_what_a_simple_count_finds():
    articles = json.loads((LAW / "nd268.json").read_text(encoding="utf-8"))
    found = places("nd268")
    assert {place for place in found if place.isdigit()} == set(articles) == {str(n) for n in range(1, 71)}
    for number, text in articles.items():
        mine = [place.split(".") for place in found if place.split(".")[0] == number]
        points = re.findall(r"(?<=\s)([a-zđ])\) ", text)
        assert sorted(parts[2] for parts in mine if len(parts) == 3) == sorted(points), number
        clauses = sorted(int(parts[1]) for parts in mine if len(parts) == 2)
        assert clauses == list(range(1, len(clauses) + 1)), number
    assert {n for n in articles if f"{n}.1" not in found} == {"1", "2", "7", "46"}


# The places on which the domain's worked examples rest.
EXAMPLES = """
51.1 51.2 43.2.a 43.2.b 43.2.c 52.3 64.4.c 66.2 53.5 54.2 66.5 53.1 39.3 43.3 44.4 23.5.d 12.3.e 19.5 41.4.d
41.3.a 41.1.d 41.2 19.4.d 49.2.a 49.2.b 49.2.c 49.3.c 49.4.b 29.4.a 30.2.a 32.5 37.2 37.3 21.2 41.4.đ 45.1.đ
"""


@pytest.mark.parametrize("reference", EXAMPLES.split())
def test_given_examples_resolve(reference):
    assert cite("nd268", reference).endswith(f"Điều {reference.split('.')[0]}")


def test_every_citation_in_the_code_resolves():
    root = Path(settings.BASE_DIR)
    sources = [path for room in ROOMS for path in (root / room).rglob("*") if path.suffix in (".py", ".html", ".txt")]
    assert sources
    lost = []
    for path in sources:
        text = path.read_text(encoding="utf-8")
        for act, reference in CITED.findall(text) + CITED_IN_TEMPLATE.findall(text):
            try:
                cite(act, reference)
            except UnknownCitation as unknown:
                lost.append(f"{path.relative_to(root)}: {unknown}")
    assert lost == []
