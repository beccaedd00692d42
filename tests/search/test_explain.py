"""The words for how a query was read and why a hit stands where it stands."""

from search import explain
from search.abbreviations import Abbreviations, of
from search.engine import Query
from search.explain import Piece
from search.plan import make_plan
from tests.search.factories import entry

SHORT = of({"KH&CN": ("khoa học và công nghệ", "science and technology")})


def read(text: str, language: str | None = "vi", abbreviations: Abbreviations = SHORT) -> list[Piece]:
    return explain.pieces(make_plan(text, language, abbreviations))


def said(text: str) -> str:
    return " ".join(explain.remarks(text, make_plan(text, "vi", SHORT)))


def test_a_query_is_told_piece_by_piece():
    assert read('Sở KH&CN "sàn giao dịch"') == [
        Piece("sở"),
        Piece("kh cn", also=("khoa học và công nghệ",)),
        Piece("sàn giao dịch", together=True),
    ]
    assert read("KH&CN", "en")[0].also == ("science and technology", "khoa học và công nghệ")
    assert read("văn bản 12/QĐ-UBND")[-1] == Piece("12 qđ ubnd", number="12qdubnd")


def test_what_else_happened_to_the_query_is_said():
    assert said("sâm núi") == ""
    assert "Không từ nào có dấu" in said("sam nui")
    assert "số hiệu “12qdubnd”" in said("12/QĐ-UBND")
    assert said("") == explain.EVERYTHING
    assert said("?!") == "Không có chữ hay số nào để tìm."


def test_words_beyond_the_limit_are_named():
    text = " ".join(f"từ{'abcdefgh'[n // 8]}{'abcdefgh'[n % 8]}" for n in range(34))
    assert "2 từ bị bỏ: từea từeb" in said(text)
    assert said("từ " * 80).endswith("…")
    assert "12 từ bị bỏ" in said('"' + "từ " * 44 + '"')


def test_a_word_taken_as_a_beginning_is_told():
    plan = make_plan("khởi nghi", "vi", SHORT).opened()
    assert explain.pieces(plan)[-1] == Piece("nghi", beginning=True)
    assert "“nghi” là nguyên một từ" in " ".join(explain.remarks("khởi nghi", plan))


def test_both_engines_say_why_in_the_same_words(engine, publish):
    publish(
        entry("Sàn giao dịch công nghệ", ref="phrase"),
        entry("Chợ công nghệ", ref="marked", body="Có giao dịch, có sàn."),
        entry("Quyết định thành lập", ref="number", numbers=["12/QĐ-UBND"]),
    )
    for typed, ref, tier, why in [
        ("sàn giao dịch", "phrase", 1, explain.TIERS[1]),
        ("12/QĐ-UBND", "number", 1, "Chính số hiệu của mục này, hay phần đầu của nó: “12qdubnd”."),
        ("sàn giao dịch", "marked", 2, explain.TIERS[2]),
        ("san giao dich", "phrase", 3, explain.TIERS[3]),
        ("dich giao san", "phrase", 4, explain.TIERS[4]),
        ("san giao dich", "marked", 5, explain.TIERS[5]),
        ("", "phrase", 5, explain.EVERYTHING),
    ]:
        found = engine.search(Query(typed, language="vi"))
        hit = next(hit for hit in found.hits if hit.ref == ref)
        assert (hit.tier, explain.why(hit, found.plan)) == (tier, why), (typed, ref)


def test_both_engines_tell_the_plan_that_was_asked_in_the_end(engine, publish):
    publish(entry("Khởi nghiệp xanh", ref="a"))
    assert engine.search(Query("khoi nghie", language="vi")).plan.groups[-1].phrases[0].open_end
    assert not engine.search(Query("khoi nghiep", language="vi")).plan.groups[-1].phrases[0].open_end


def test_a_cut_phrase_is_told_as_cut(engine, publish):
    publish(entry("Từ"))
    assert engine.search(Query('"' + "từ " * 40 + '"', language="vi")).truncated
