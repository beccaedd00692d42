"""The embedded engine against the naive search: same ids, same order, same totals, same facets."""

import random

import pytest

from search import abbreviations
from search.engine import Query
from search.models import SearchEntry
from search.plan import make_plan
from tests.search import oracle
from tests.search.factories import FIELDS, WARDS, WORDS, entry, generated

QUERIES = [
    "",
    "đổi mới",
    "doi moi sang tao",
    "ma",
    "má",
    "mà mã",
    '"chuyển đổi số"',
    '"san giao dich" chè',
    "hòa bình",
    "hoa binh",
    "12/QĐ-UBND",
    "QĐ 12",
    "quyết định 7/QĐ-UBND",
    "khởi nghi",
    "cong nghe ca",
    "xyz",
    "!!!",
    "KH&CN đổi mới",
    "UBND",
]


def check(engine, query: Query) -> None:
    plan = make_plan(query.text, query.language, abbreviations.current())
    expected, counts = oracle.answer(plan, list(SearchEntry.objects.all()), query.language, query.groups)
    first = engine.search(query)
    found, page = list(first.hits), first
    while page.next_cursor:
        page = engine.search(Query(**{**vars(query), "cursor": page.next_cursor}))
        assert page.before == len(found)
        found += page.hits
    keys = {e.pk: (e.kind, e.ref, e.language) for e in SearchEntry.objects.all()}
    assert [((h.kind, h.ref, h.language), h.tier) for h in found] == [(keys[pk], rank) for pk, rank in expected], query
    assert first.count == len(expected)
    for group in query.facets:
        told = {value.value: value.count for value in first.facets[group] if value.count}
        assert told == dict(counts[group]), (query, group)


@pytest.fixture
def library(publish):
    publish(*generated(300))


def test_same_answers_as_the_naive_search(engine, library):
    groups = oracle.FACETS
    for text in QUERIES:
        check(engine, Query(text, language="vi", size=30, facets=groups))
        check(engine, Query(text, size=30, facets=groups, kinds=("news", "document")))
        check(
            engine, Query(text, language="vi", size=30, facets=groups, filters={"field": FIELDS[:2], "ward": WARDS[:1]})
        )


def test_same_answers_on_generated_queries(engine, library):
    chance = random.Random(7)
    for _ in range(150):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 4)))
        if chance.random() < 0.3:
            text = f'"{text}"'
        filters = {"ward": tuple(chance.sample(WARDS, chance.randint(1, 2)))} if chance.random() < 0.4 else {}
        kinds = ("startup",) if chance.random() < 0.3 else ()
        facets = chance.choice((oracle.FACETS, ("kind", "ward"), ()))
        check(engine, Query(text, kinds, "vi", filters, size=50, facets=facets))


def test_changes_and_withdrawals_are_answered_alike(engine, library, publish):
    publish(*(changed for number, changed in enumerate(generated(300, seed=2)) if number % 3 == 0))
    check(engine, Query("đổi mới", language="vi", size=50, facets=oracle.FACETS))


def test_tiers_from_exact_phrase_in_title_to_anywhere(engine, publish):
    publish(
        entry("Doanh nghiệp", body="má cá", ref="anywhere-exact"),
        entry("Cá má", body="", ref="words-in-title-exact"),
        entry("Má cá", ref="phrase-exact"),
        entry("Mã cà", ref="phrase-folded"),
        entry("Cà rồi mã", ref="words-folded"),
        entry("Khác", body="mà xong ca", ref="anywhere-folded"),
    )
    hits = engine.search(Query("má cá", language="vi")).hits
    assert [(hit.ref, hit.tier) for hit in hits] == [
        ("phrase-exact", 1),
        ("words-in-title-exact", 2),
        ("anywhere-exact", 2),
        ("phrase-folded", 3),
        ("words-folded", 4),
        ("anywhere-folded", 5),
    ]


def test_a_marked_word_comes_before_its_other_tones(engine, publish):
    publish(*(entry(title, ref=title) for title in ("má", "mà", "ma", "mã", "mạ")))
    for word in ("má", "mà", "mã", "mạ"):
        hits = [hit.ref for hit in engine.search(Query(word, language="vi")).hits]
        assert hits[0] == word
        assert sorted(hits) == sorted(["má", "mà", "ma", "mã", "mạ"])


def test_a_bare_word_finds_all_tones(engine, publish):
    publish(*(entry(title, ref=title) for title in ("má", "mà", "ma", "mã", "mạ")))
    assert {hit.ref for hit in engine.search(Query("ma", language="vi")).hits} == {"má", "mà", "ma", "mã", "mạ"}


def test_three_spellings_of_one_name_give_one_answer(engine, publish):
    publish(entry("Hoà Bình"), entry("Hòa bình xanh"), entry("Hoa binh"), entry("Ho\u0300a bi\u0300nh"))
    answers = [
        [hit.ref for hit in engine.search(Query(text, language="vi")).hits]
        for text in ("hoà bình", "hòa bình", "ho\u0300a bi\u0300nh", "HÒA BÌNH")
    ]
    assert len(answers[0]) == 4
    assert all(answer == answers[0] for answer in answers)


def test_newest_first_and_by_name(engine, publish):
    from datetime import date

    publish(
        entry("Ăn sâm", ref="b", date=date(2026, 1, 1)),
        entry("An sâm", ref="a", date=date(2026, 3, 1)),
        entry("Ấm sâm", ref="c", date=date(2026, 2, 1)),
    )
    assert [h.ref for h in engine.search(Query("sam", language="vi", sort="newest")).hits] == ["a", "c", "b"]
    assert [h.ref for h in engine.search(Query("sam", language="vi", sort="name")).hits] == ["a", "b", "c"]
    page = engine.search(Query("sam", language="vi", sort="name", size=2))
    rest = engine.search(Query("sam", language="vi", sort="name", size=2, cursor=page.next_cursor))
    assert [h.ref for h in rest.hits] == ["c"]
