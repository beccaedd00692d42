import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from registry.core import text as core_text
from search.normalise import WORD, clean, code, exact_key, fold, is_code, nfc, sort_key, spell, words

SYLLABLES = [
    "đổi",
    "mới",
    "hòa",
    "hoà",
    "thủy",
    "thuỷ",
    "nghiệp",
    "ươm",
    "quý",
    "già",
    "gì",
    "giếng",
    "ngoài",
    "khuỷu",
    "khuya",
    "uống",
    "Đắk",
    "toán",
    "oẳn",
    "thuở",
    "khỏe",
    "nguyễn",
    "xuyên",
]
VIETNAMESE = st.text(alphabet="aáàảãạăắâấbcdđeéêếghiíklmnoóôốơớpqrstuúưứvxyý ĐÔƠƯ", max_size=40)


def test_spellings_of_one_word_have_one_key():
    assert exact_key("hoà") == exact_key("hòa") == exact_key(unicodedata.normalize("NFD", "hòa")) == "hoa2_"
    assert exact_key("đổi") == "d9o6i3_"
    assert len({exact_key(word) for word in ("má", "mà", "ma", "mã", "mạ", "mă")}) == 6
    assert {word.plain for word in words("má mà ma mã mạ mă")} == {"ma"}


def test_marks_typed_in_the_wrong_order_are_put_right():
    assert nfc("e\u0301\u0302") == "ế"
    assert words("tie\u0301\u0302n")[0].exact == words("tiến")[0].exact


def test_a_key_is_written_as_the_law_writes_it():
    assert [spell(exact_key(word)) for word in ("hoà", "thuỷ", "khoẻ", "qúy", "gìa", "uơm")] == [
        "hòa", "thủy", "khỏe", "quý", "già", "uơm",
    ]  # fmt: skip


def test_spelling_a_key_gives_the_key_back():
    for syllable in SYLLABLES:
        key = exact_key(syllable.lower())
        assert exact_key(spell(key)) == key, syllable


def test_numbers_have_one_code_however_they_are_typed():
    assert {code(text) for text in ("12/QĐ-UBND", "12 qd ubnd", "Số 12/QĐ-UBND", "QĐ-UBND 12")} == {"12qdubnd"}
    assert {code(text) for text in ("6200 012 345", "6200.012.345", "6200012345")} == {"6200012345"}
    assert code("268/2025/NĐCP") == code("268/2025/NĐ-CP")
    assert code("NĐ268/2025") == "2682025nd"
    assert [is_code(text) for text in ("12qd", "620001", "2025", "khoi", "")] == [True, True, False, False, False]


def test_names_sort_as_in_a_dictionary():
    names = ["Ăn", "An", "Ấm", "Bà", "Ba", "Bá", "Đá", "Da", "Dũng", "Ông", "Oanh", "Ơn"]
    assert sorted(names, key=sort_key) == ["An", "Ăn", "Ấm", "Ba", "Bà", "Bá", "Da", "Dũng", "Đá", "Oanh", "Ông", "Ơn"]


@given(VIETNAMESE)
def test_core_and_search_fold_vietnamese_alike(text: str):
    assert fold(text) == core_text.fold(text)


@given(st.text())
def test_folding_twice_changes_nothing_and_keeps_the_length(text: str):
    folded = fold(text)
    assert fold(folded) == folded
    assert len(folded) == len(nfc(text))


@given(st.text())
def test_composing_twice_changes_nothing(text: str):
    assert nfc(nfc(text)) == nfc(text)
    assert words(text) == words(nfc(text)) == words(unicodedata.normalize("NFD", text))


@given(st.text())
def test_words_are_what_an_index_can_split_at_blanks(text: str):
    for word in words(text):
        assert WORD.fullmatch(word.plain), word
        assert not set(word.plain) & set('_" ')
        assert word.exact.endswith("_")
        assert not set(word.exact) & set('" ')
        assert not any(c.isspace() for c in word.exact)


@given(st.text(alphabet=st.characters(codec=None)))
def test_clean_text_goes_into_every_database(text: str):
    cleaned = clean(text)
    assert "\0" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned
