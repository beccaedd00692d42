import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.core.text import clean, fold, nfc, slugify_vi, sort_key

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
VIETNAMESE = st.text(st.sampled_from(LETTERS + LETTERS.upper() + " 0123456789-.,&"))


@given(VIETNAMESE)
def test_fold_keeps_the_length_of_vietnamese_and_leaves_no_mark(text):
    assert len(fold(text)) == len(text)
    assert fold(text).isascii()


@given(st.text())
def test_fold_is_the_same_for_every_unicode_form_and_final(text):
    folded = fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(folded) == folded


@given(VIETNAMESE)
def test_slugs_are_ascii_words_joined_by_hyphens(text):
    slug = slugify_vi(text)
    assert slugify_vi(slug) == slug
    assert not slug or all(part.isalnum() and part.isascii() for part in slug.split("-"))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đổi mới sáng tạo", "doi-moi-sang-tao"),
        ("Trà cổ thụ (minh họa)", "tra-co-thu-minh-hoa"),
        ("  HTX  Ong Rừng -- Hua Bum ", "htx-ong-rung-hua-bum"),
        ("中文", ""),
    ],
)
def test_slug(text, slug):
    assert slugify_vi(text) == slug


@given(st.text())
def test_clean_text_is_final_and_holds_no_control_sign(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == nfc(cleaned)
    assert all(unicodedata.category(sign) not in ("Cc", "Cf", "Cs") for sign in cleaned if sign != "\n")


def test_clean():
    assert clean("  Trà\x00 cổ\u200b thụ \t \r\n dòng hai  \n\n") == "Trà cổ thụ\ndòng hai"
    assert clean(unicodedata.normalize("NFD", "Sìn Hồ")) == "Sìn Hồ"


def test_names_sort_as_in_a_vietnamese_dictionary():
    names = [
        "Ảnh",
        "Anh",
        "Ăn",
        "Ấm",
        "Da",
        "Đa",
        "Ánh",
        "Ạnh",
        "Ãnh",
        "Ành",
        "Dy",
        "Ân",
        "10 Mùa",
        "2 Mùa",
        "Nậm Tăm",
        "Nậm",
    ]
    assert sorted(names, key=sort_key) == [
        "10 Mùa", "2 Mùa", "Anh", "Ành", "Ảnh", "Ãnh", "Ánh", "Ạnh", "Ăn", "Ấm", "Ân", "Da", "Dy", "Đa", "Nậm", "Nậm Tăm",
    ]  # fmt: skip


@given(VIETNAMESE)
def test_the_sort_key_does_not_depend_on_case_or_unicode_form(text):
    assert sort_key(text) == sort_key(text.upper()) == sort_key(unicodedata.normalize("NFD", text))
