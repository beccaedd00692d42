"""The made-up records of the benchmarks: the same each time, and told apart by their names."""

from collections import Counter

from bench.corpus import record
from bench.queries import ambiguous_words, known_syllables, queries
from search.bench.given import _entry, _query
from search.normalise import fold


def test_the_same_seed_tells_the_same_and_another_one_something_else():
    assert record(7) == record(7)
    assert record(7) != record(7, seed=1)
    assert queries(50) == queries(50)


def test_records_are_entries_of_all_kinds_with_40_to_80_words():
    made = [record(number) for number in range(1000)]
    for one in made:
        _entry(one, "here")
        if one["language"] == "vi":
            assert 40 <= len(one["body"].split()) <= 90
    assert len({one["kind"] for one in made}) == 7
    assert len({code for one in made for code in one["facets"]["ward"]}) == 38
    assert 10 <= Counter(one["language"] for one in made)["en"] <= 60
    assert len({one["title"] for one in made}) >= 995


def test_no_syllable_stands_in_nearly_every_record():
    seen = Counter(word for number in range(500) for word in {*fold(record(number)["body"]).split()})
    assert seen.most_common(1)[0][1] < 480
    assert len(seen) > 800


def test_queries_can_be_read_and_a_typo_is_no_word():
    made = queries(200)
    for one in made:
        _query(one, "here")
    known = known_syllables()
    for one in made:
        words = set(fold(one["q"]).split())
        if one["group"] == "typo":
            assert words - known


def test_ambiguous_words_are_told_apart_by_marks_alone():
    words = ambiguous_words()
    assert {"má", "mà", "mã", "mạ"} <= set(words)
