"""What people type: typos, numbers, abbreviations, beginnings of words, nonsense."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import abbreviations
from search.engine import InvalidParameter, Query, ids_matching
from search.models import Abbreviation
from search.plan import MOST_WORDS, make_plan
from tests.search.factories import entry

HOSTILE = [
    '"', '""', "'", "(", ")", "*", "^", "-", "+", ":", "NEAR(", "NEAR(a b, 2)", "AND", "OR NOT", "t : x", "{t b} : x", "a\0b", "\0",
    "<script>alert(1)</script>", "%", "_", "_e", "_l", "\\", "đ" * 5000, "sâm " * 2000, '"' + "sâm chè " * 700 + '"', "\ud800", "é̂́̂",
    "1/2/3/-", "KH&CN " * 40, "=cmd()", "🌱", "ﬁ ² ①", "０１２", "a" * 300 + "/1", "“", "«»", "“” x",
]  # fmt: skip


def refs(engine, text: str, **fields) -> list[str]:
    return [hit.ref for hit in engine.search(Query(text, language="vi", **fields)).hits]


def test_no_input_raises(engine, publish):
    publish(
        *(entry("Sâm Núi Mây <b>", body=text, numbers=["12/QĐ-UBND"], ref=str(n)) for n, text in enumerate(HOSTILE))
    )
    for text in HOSTILE:
        found = engine.search(Query(text, language="vi", size=2 * len(HOSTILE)))
        assert found.count == len(found.hits), text
        assert engine.suggest(text, language="vi") is not None, text
        assert engine.refs(Query(text, ("startup",), "vi")) is not None, text


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_generated_input_raises(engine, text):
    engine.search(Query(text, language="vi", size=3))
    engine.suggest(text, language="vi")


def test_nonsense_finds_nothing_and_an_empty_text_everything(engine, publish):
    publish(entry("Sâm"), entry("Chè"))
    assert engine.search(Query("!!!", language="vi")).count == 0
    assert engine.search(Query("  ", language="vi")).count == 2


def test_only_the_first_words_of_an_endless_query_are_used(engine, publish):
    publish(entry("sâm"))
    found = engine.search(Query("sâm " * 100, language="vi"))
    assert (found.truncated, found.count) == (True, 1)
    plan = make_plan('"' + "chè " * 50 + '"', "vi", abbreviations.Abbreviations())
    assert len(plan.groups[0].phrases[0].words) == MOST_WORDS


def test_a_typo_is_answered_with_the_words_that_stand_together(engine, publish):
    publish(
        entry("Ngày hội khởi nghiệp", body="khởi nghiệp và khởi nghiệp nông nghiệp"),
        entry("Nghề truyền thống", body="nghề dệt, nghe kể chuyện"),
        entry("Tin vắn", body="nghe tin"),
    )
    found = engine.search(Query("khoi nghep", language="vi"))
    assert (found.count, found.did_you_mean) == (0, "khởi nghiệp")
    assert engine.search(Query("khởi nghiẹp", language="vi")).did_you_mean == ""  # found, marks aside
    assert (
        engine.search(Query("nghe tin", language="vi")).did_you_mean == ""
    )  # a word that stands somewhere is left alone
    assert engine.search(Query("zzzz qqqq", language="vi")).did_you_mean == ""


def test_a_letter_too_many_too_few_or_changed_about_and_blanks_in_the_wrong_place(engine, publish):
    publish(entry("Dược liệu vùng cao"), entry("Vườn dược liệu", body="ươm cây ở vùng cao"))
    for typed, meant in [
        ("duoc lieuu vung cao", "dược liệu vùng cao"),
        ("duoc leiu vung cao", "dược liệu vùng cao"),
        ("dược lệu", "dược liệu"),
        ("duoclieu vung cao", "dược liệu vùng cao"),
        ("duoc lie u vung", "dược liệu vùng"),
        ("duoc lieuu vumng", "dược liệu vùng"),
    ]:
        assert engine.search(Query(typed, language="vi")).did_you_mean == meant, typed


def test_a_number_beside_a_typo_stays_as_it_was_typed(engine, publish):
    publish(entry("Quyết định 268 về khởi nghiệp"))
    assert engine.search(Query("quyet dinh 268 ve khoi nghep", language="vi")).did_you_mean == (
        "quyết định 268 về khởi nghiệp"
    )
    assert engine.search(Query("999 2025 khoi nghep", language="vi")).did_you_mean == "", "the numbers find nothing"


def test_of_several_corrections_one_is_told_that_finds_something(engine, publish):
    # "thao" stands beside "sam" far more often, but only "thac" stands in one entry with all the other words.
    publish(*(entry("Sâm thảo", body="sâm thảo sâm thảo") for _ in range(3)), entry("Sâm thác bạc", ref="it"))
    found = engine.search(Query("sam thaq bac", language="vi"))
    assert found.did_you_mean == "sâm thác bạc"


def test_a_typo_that_is_a_word_itself_changes_nothing_that_is_found(engine, publish):
    publish(entry("Khởi nghiệp"), entry("Nghiệm thu", body="khởi nghiệm rồi thu", ref="it"))
    found = engine.search(Query("khoi nghiem", language="vi"))
    assert ([hit.ref for hit in found.hits], found.count, found.did_you_mean) == (["it"], 1, "")


def test_where_nothing_is_found_a_word_may_be_a_typo_and_only_a_wording_is_offered(engine, publish):
    publish(
        entry("Khởi nghiệp"),
        entry("Nghiệm thu"),
        entry("Gạo séng cù Khang Bo Lúa"),
        entry("Tin vắn", body="nhà Khang Ba và nhà Khang Bản. Ba lúa, bản lúa"),
        *(entry("Tin khác", body=body) for body in ("sâm thảo", "mở thảo bạc", "vườn sâm thác bạc")),
        entry("Tin nữa", body="ươm quế thác bạc"),
        entry("Đào rừng Đen Dao"),
    )
    for typed, meant in [
        ("khoi nghiem", "khởi nghiệp"),  # these two were never seen side by side
        ("gao seng cu khang ba lua", "gạo séng cù khang bo lúa"),  # these were, but a title is all the rest
        ("gao seng cu khang ban lua", ""),  # two letters away
        ("uom que thao bac", "ươm quế thác bạc"),  # never "quế thảo"; no title holds the rest, but one text does
        ("sam thao bac", ""),  # all seen side by side, and in no title
        ("nghiem khoi", ""),
        ("khoi nghiem 2031 ٢٠٢٦", ""),  # a number is nobody's neighbour, and not to be found
        ("đào rưgn đen dao", "đào rừng đen dao"),  # one plain word twice, each with its own marks
    ]:
        found = engine.search(Query(typed, language="vi"))
        assert (found.count, found.hits, found.facets["kind"]) == (0, (), ()), typed
        assert found.did_you_mean == meant, typed


def test_a_correction_never_tells_what_is_not_public(engine, publish):
    from search import clock

    publish(entry("Bí mật lượng tử", body="lượng tử", public_from=clock.now().replace(year=2999)))
    assert engine.search(Query("luog tu", language="vi")).did_you_mean == ""


def test_withdrawn_words_are_no_longer_proposed(engine, publish):
    from search.entries import withdraw

    publish(entry("Lượng tử", ref="q"), entry("Lượng tử hai", ref="q2"))
    assert engine.search(Query("luog tu", language="vi")).did_you_mean == "lượng tử"
    withdraw("startup", "q")
    withdraw("startup", "q2")
    publish()
    assert engine.search(Query("luog tu", language="vi")).did_you_mean == ""


def test_a_document_number_is_found_as_typed_in_any_usual_way(engine, publish):
    publish(
        entry("Quyết định ban hành kế hoạch", ref="it", numbers=["12/QĐ-UBND"]),
        entry("Quyết định khác", ref="other", numbers=["112/QĐ-UBND"], body="ngày 12"),
    )
    for typed in (
        "12/QĐ-UBND",
        "12/qd-ubnd",
        "12 QĐ UBND",
        "12/QĐUBND",
        "QĐ 12",
        "QĐ12",
        "số 12/QĐ-UBND",
        "quyết định 12/QĐ-UBND",
        "Quyết định số 12/QĐ-UBND",
        "quyet dinh so: 12/qd-ubnd",
    ):
        assert refs(engine, typed)[:1] == ["it"], typed


def test_a_tax_code_is_found_as_typed_in_any_usual_way(engine, publish):
    publish(
        entry("Sâm Núi Mây", ref="it", numbers=["6200012345"]),
        entry("Khác", numbers=["6200099999"]),
    )
    for typed in (
        "6200012345",
        "6200 012 345",
        "6200.012.345",
        "6200-012-345",
        "MST 6200012345",
        "mst: 6200 012 345",
        "mã số thuế 6200012345",
        "tax code 6200012345",
        "sâm MST 6200012345",
    ):
        assert refs(engine, typed) == ["it"], typed


def test_abbreviations_are_read_whole_and_with_capitals(engine, publish):
    publish(
        entry("Ủy ban nhân dân tỉnh", ref="long"),
        entry("Công bố của UBND", ref="short"),
        entry("Sở Khoa học và Công nghệ", ref="dost"),
        entry("Hợp tác xã", ref="coop"),
    )
    assert set(refs(engine, "UBND")) == {"long", "short"}
    assert refs(engine, "ubnd") == ["short"]
    assert refs(engine, "KH&CN") == ["dost"]
    assert refs(engine, "(HTX)") == ["coop"]
    assert refs(engine, "Sở KH&CN") == ["dost"]


def test_an_edited_list_is_in_effect_at_once_where_it_was_edited(engine, publish):
    publish(entry("Lễ hội hoa ban", ref="it"))
    assert refs(engine, "LHHB") == []
    Abbreviation.objects.create(short="LHHB", long_vi="Lễ hội hoa ban")
    abbreviations.forget()
    assert refs(engine, "LHHB") == ["it"]
    Abbreviation.objects.filter(short="LHHB").update(active=False)
    abbreviations.forget()
    assert refs(engine, "LHHB") == []


def test_the_last_word_may_be_unfinished_when_nothing_else_fits(engine, publish):
    publish(entry("Khởi nghiệp sáng tạo", ref="a"), entry("Nghi thức", ref="b"))
    assert refs(engine, "khoi ng") == ["a"]
    assert refs(engine, "nghi") == ["b"]
    assert refs(engine, '"khoi ng"') == []


def test_quoted_words_stand_next_to_each_other(engine, publish):
    publish(entry("Sàn giao dịch công nghệ", ref="it"), entry("Giao lưu, sàn đấu, dịch vụ công nghệ", ref="no"))
    assert refs(engine, '"giao dịch công nghệ"') == ["it"]
    assert refs(engine, "“giao dich”") == ["it"]
    assert set(refs(engine, "san cong nghe")) == {"it", "no"}


def test_languages_are_kept_apart(engine, publish):
    publish(entry("Sàn công nghệ", ref="a"), entry("Technology exchange", ref="a", language="en"))
    assert engine.search(Query("technology", language="vi")).count == 0
    assert engine.search(Query("technology", language="en")).count == 1
    assert engine.search(Query("", language=None)).count == 2
    assert engine.refs(Query("")) == ["a"]


def test_lines_of_a_snippet_do_not_run_together(engine, publish):
    publish(entry("Bác sĩ lá", summary="", body="Chụp lá bệnh.\nNông nghiệp\nTăng trưởng\nXã Bản Bo"))
    hit = engine.search(Query("tang truong", language="vi")).hits[0]
    assert hit.snippet == "Chụp lá bệnh.\nNông nghiệp · <mark>Tăng trưởng</mark> · Xã Bản Bo"


def test_snippets_show_the_passage_and_are_safe(engine, publish):
    filler = "Câu chuyện rất dài về nơi khác. " * 40
    publish(
        entry(
            "<b>Sâm</b> & chè",
            summary="Tóm tắt ngắn.",
            body=f"{filler}<script>Khởi nghiệp</script> từ hoà bình. {filler}",
        ),
    )
    hit = engine.search(Query("khoi nghiep hòa", language="vi")).hits[0]
    assert "<mark>Khởi nghiệp</mark>" in hit.snippet
    assert "<mark>hoà</mark>" in hit.snippet
    assert "<script>" not in hit.snippet
    assert len(hit.snippet) < 700
    hit = engine.search(Query("sam", language="vi")).hits[0]
    assert hit.title_marked == "&lt;b&gt;<mark>Sâm</mark>&lt;/b&gt; &amp; chè"
    assert hit.snippet == "Tóm tắt ngắn."


def test_cursors_are_signed_and_bound_to_their_query(engine, publish):
    publish(*(entry(f"Sâm {n}") for n in range(7)))
    first = engine.search(Query("sam", language="vi", size=3))
    assert first.next_cursor
    for query in (
        Query("che", language="vi", size=3, cursor=first.next_cursor),
        Query("sam", language="en", size=3, cursor=first.next_cursor),
        Query("sam", ("news",), "vi", size=3, cursor=first.next_cursor),
        Query("sam", language="vi", size=3, cursor=first.next_cursor[:-2] + "xx"),
        Query("sam", language="vi", size=3, cursor="1"),
    ):
        with pytest.raises(InvalidParameter) as refused:
            engine.search(query)
        assert refused.value.parameter == "cursor"


def test_pages_stay_in_line_while_others_publish(engine, publish):
    publish(*(entry(f"Sâm {n}", ref=f"s{n}") for n in range(5)))
    first = engine.search(Query("sam", language="vi", size=2))
    publish(entry("Sâm mới nhất", ref="new", date=date(2027, 1, 1)))
    rest = engine.search(Query("sam", language="vi", size=10, cursor=first.next_cursor))
    assert [h.ref for h in (*first.hits, *rest.hits)] == ["s4", "s3", "s2", "s1", "s0"]


def test_suggestions_begin_with_what_was_typed(engine, publish):
    publish(
        entry("Núi Mây sâm", ref="word"), entry("Sâm Núi Mây", ref="start"), entry("Chè", body="sâm", ref="body"),
        entry("Sâm tin", kind="news", ref="news"),
    )  # fmt: skip
    assert [s.ref for s in engine.suggest("sâ", language="vi")] == []
    assert [s.ref for s in engine.suggest("sam", language="vi")] == ["news", "start", "word"]
    assert [s.ref for s in engine.suggest("sam nu", language="vi", kinds=("startup",))] == ["start", "word"]


def test_a_number_that_begins_so_is_suggested_first(engine, publish):
    publish(
        entry("Kế hoạch", ref="number", numbers=["268/2025/NĐ-CP", "12/QĐ-UBND"], date=date(2020, 1, 1)),
        entry("268/2025 là gì", ref="title"),
        entry("Hỏi đáp về 268/2025", ref="word"),
        entry("Khác", ref="other", numbers=["1268/2025/NĐ-CP"], body="268/2025"),
        entry("Sâm Núi Mây", ref="tax", numbers=["6200012345"]),
    )
    found = engine.suggest("268/2025", language="vi")
    assert [(s.ref, s.number) for s in found] == [("number", "268/2025/NĐ-CP"), ("title", ""), ("word", "")]
    assert [s.ref for s in engine.suggest("12 qd", language="vi")] == ["number"]
    assert [(s.ref, s.number) for s in engine.suggest("6200 012", language="vi")] == [("tax", "6200012345")]
    assert engine.suggest("62", language="vi") == []  # too short to be a number


def test_refs_come_in_the_order_of_the_ranking(engine, publish):
    publish(entry("Chè", body="sâm", ref="body"), entry("Sâm", ref="title"), entry("Sâm", kind="news", ref="news"))
    assert engine.refs(Query("sâm", ("startup",), "vi")) == ["title", "body"]
    assert engine.refs(Query("???", ("startup",), "vi")) == []
    assert ids_matching("sâm", "startup", "vi") == ["title", "body"]
