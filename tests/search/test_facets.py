"""Narrowing on the page: groups with counts, chips, ways out of nothing, orders; each an address that can be sent on."""

import html
import re
from urllib.parse import parse_qs

import pytest

from registry.core.selectors import wards
from search.engine import Query
from tests.search.factories import FIELDS, WARDS, entry, generated


@pytest.fixture
def library(publish):
    publish(
        entry("Sâm A", ref="a", facets={"ward": ["03433"], "field": ["biotech"], "year": ["2026"]}),
        entry("Sâm B", ref="b", facets={"ward": ["03434"], "field": ["biotech", "ict"], "year": ["2025"]}),
        entry("Sâm C", ref="c", facets={"ward": ["03434"], "field": ["ict"], "year": ["2026"]}),
        entry("Tin sâm", ref="d", kind="news", facets={"topic": ["policy"], "year": ["2026"]}),
        entry("Sâm ginseng", ref="a", language="en", facets={"ward": ["03433"]}),
    )


def get(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return response


def refs(client, address: str) -> list[str]:
    return [found.hit.ref for found in get(client, address).context.get("found", ())]


def told(client, address: str) -> dict[str, dict[str, int]]:
    return {f.name: {c.value: c.count for c in f.choices} for f in get(client, address).context["facets"]}


def test_or_inside_a_group_and_across_and_counts_leave_out_their_own_group(client, library):
    assert set(refs(client, "/tim-kiem/?q=sam&ward=03433&ward=03434")) == {"a", "b", "c"}
    assert set(refs(client, "/tim-kiem/?q=sam&ward=03434&year=2026")) == {"c"}
    counts = told(client, "/tim-kiem/?q=sam&ward=03434&year=2026")
    assert counts["ward"] == {"03433": 1, "03434": 1}
    assert counts["year"] == {"2026": 1, "2025": 1}
    assert counts["field"] == {"ict": 1}
    assert counts["language"] == {"vi": 1}


def test_filters_alone_are_a_question_too(client, library):
    assert refs(client, "/tim-kiem/?topic=policy") == ["d"]
    assert "<p>1 kết quả" in html.unescape(get(client, "/tim-kiem/?topic=policy").content.decode())


def test_groups_stand_in_their_order_with_their_words(client, library):
    shown = get(client, "/tim-kiem/?q=sam").context["facets"]
    assert [facet.name for facet in shown] == ["kind", "field", "ward", "topic", "year", "language"]
    assert [facet.open for facet in shown] == [True, True, True, False, False, False]
    by_name = {facet.name: [choice.label for choice in facet.choices] for facet in shown}
    assert by_name["year"] == ["2026", "2025"]
    assert by_name["field"] == ["Công nghệ sinh học", "Công nghệ thông tin, truyền thông"]
    english = {f.name: f for f in get(client, "/en/search/?q=ginseng").context["facets"]}
    assert english["ward"].choices[0].label.endswith((" Ward", " Commune"))


def test_the_page_searches_its_own_language_until_another_is_added(client, library):
    assert len(refs(client, "/tim-kiem/?q=sam")) == 4
    both = get(client, "/tim-kiem/?q=sam&language=vi&language=en")
    assert len(both.context["found"]) == 5
    assert {chip.label for chip in both.context["chips"]} == {"Tiếng Việt", "English"}
    assert refs(client, "/tim-kiem/?q=sam&language=en") == ["a"]
    assert get(client, "/tim-kiem/?q=sam&language=vi").context["chips"] == []  # what is searched anyway is no choice


def test_each_choice_can_be_taken_back_alone_or_all_at_once(client, library):
    page = get(client, "/tim-kiem/?q=sam&ward=03433&ward=03434&year=2026&sort=name&cursor=")
    steps = {(chip.group, chip.label): parse_qs(chip.url[1:]) for chip in page.context["chips"]}
    assert len(steps) == 3
    assert {"q": ["sam"], "ward": ["03433", "03434"], "sort": ["name"]} in steps.values()
    assert {"q": ["sam"], "ward": ["03434"], "year": ["2026"], "sort": ["name"]} in steps.values()
    assert page.context["plain_url"] == "?q=sam&sort=name"


def test_the_form_brings_the_words_and_the_order_along_and_nothing_twice(client, library):
    text = get(client, "/tim-kiem/?q=sam&ward=03433&sort=name").content.decode()
    form = re.search(r'<form class="facets".*?</form>', text, re.DOTALL)[0]
    assert 'name="q" value="sam"' in form
    assert 'name="sort" value="name"' in form
    assert form.count('name="ward" value="03433"') == 1
    assert 'name="cursor"' not in form
    box = re.search(r'<form class="search".*?</form>', text, re.DOTALL)[0]
    assert 'type="hidden" name="ward" value="03433"' in box


def test_a_long_group_folds_what_is_neither_chosen_nor_frequent(client, publish):
    known = [ward.code for ward in wards()]
    publish(*(entry("Sâm", facets={"ward": [code]}) for code in known[:12]))
    page = get(client, f"/tim-kiem/?q=sam&ward={known[11]}")
    ward = next(facet for facet in page.context["facets"] if facet.name == "ward")
    assert len(ward.first) == 8
    assert known[11] in [choice.value for choice in ward.first]
    assert len(ward.others) == 4
    assert "Thêm 4 lựa chọn" in html.unescape(page.content.decode())


def test_an_empty_answer_says_what_dropping_each_group_would_bring(client, library):
    page = get(client, "/tim-kiem/?q=sam&ward=03433&ward=03434&topic=policy")
    ways = [(str(way.group), way.count, way.url) for way in page.context["ways_out"]]
    assert ways == [("Chủ đề", 3, "?q=sam&ward=03433&ward=03434"), ("Xã, phường", 1, "?q=sam&topic=policy")]
    for _group, count, url in ways:
        assert len(refs(client, f"/tim-kiem/{url}")) == count
    assert "Bỏ chủ đề “Chính sách”</a>: 3 kết quả" in html.unescape(page.content.decode())


def test_where_no_single_group_helps_all_are_offered(client, library):
    page = get(client, "/tim-kiem/?q=sam&ward=03433&topic=policy&field=ict&kind=document")
    assert page.context["ways_out"] == []
    assert page.context["without_filters"] == 4


def test_what_only_another_language_holds_is_offered(client, library):
    page = get(client, "/tim-kiem/?q=ginseng")
    assert page.context["in_other_languages"].count == 1
    assert refs(client, "/tim-kiem/" + page.context["in_other_languages"].url) == ["a"]


def test_orders(client, library):
    assert refs(client, "/tim-kiem/?q=sam&sort=name") == ["a", "b", "c", "d"]
    assert refs(client, "/tim-kiem/?q=sam&sort=newest") == ["d", "c", "b", "a"]
    orders = get(client, "/tim-kiem/?q=sam&year=2026&sort=name").context["orders"]
    assert [(order.url, order.current) for order in orders] == [
        ("?q=sam&year=2026", False),
        ("?q=sam&year=2026&sort=newest", False),
        ("?q=sam&year=2026&sort=name", True),
    ]


@pytest.mark.parametrize("sort", ["relevance", "newest", "name"])
def test_pages_of_a_narrowed_and_sorted_search_hold_everything_once(client, publish, sort):
    publish(*(entry(f"Sâm {n % 7}", ref=f"s{n}", facets={"year": [str(2025 + n % 2)]}) for n in range(90)))
    address, seen = f"/tim-kiem/?q=sam&year=2026&sort={sort}", []
    while address != "/tim-kiem/":
        page = get(client, address)
        seen += [found.hit.ref for found in page.context["found"]]
        address = "/tim-kiem/" + page.context["next_url"]
    assert len(seen) == len(set(seen)) == 45
    second = "/tim-kiem/" + get(client, f"/tim-kiem/?q=sam&year=2026&sort={sort}").context["next_url"]
    for other in (second.replace("year=2026", "year=2025"), second.replace("q=sam", "q=s%C3%A2m"), f"{second}x"):
        assert "không thuộc về lần tìm này" in html.unescape(get(client, other).content.decode())


def test_a_code_that_lost_its_meaning_is_called_by_its_code(client, publish):
    publish(entry("Sâm", facets={"topic": ["abolished"]}))
    shown = get(client, "/tim-kiem/?q=sam").context["facets"]
    assert ("abolished", 1) in [(choice.label, choice.count) for facet in shown for choice in facet.choices]


def test_the_engine_knows_what_dropping_a_choice_brings(engine, publish):
    publish(*generated(300))
    groups = ("kind", "field", "ward", "language")
    chosen = {"field": FIELDS[:1], "ward": WARDS[:2]}
    query = Query("mới", ("news",), "vi", chosen, size=0, facets=groups)
    without = engine.search(query).without
    assert set(without) == set(groups)
    for group in groups:
        rest = {name: codes for name, codes in chosen.items() if name != group}
        plain = Query("mới", () if group == "kind" else ("news",), None if group == "language" else "vi", rest, size=0)
        assert without[group] == engine.search(plain).count, group


def test_all_groups_cost_the_same_however_many_entries_there_are(client, publish, query_budget):
    address = "/tim-kiem/?q=moi&ward=03433&ward=03434"
    publish(*generated(40))
    client.get(address)
    with query_budget(10) as few:
        client.get(address)
    publish(*generated(1000))
    client.get(address)
    with query_budget(10) as many:
        client.get(address)
    assert len(many) == len(few), (few.told(), many.told())
