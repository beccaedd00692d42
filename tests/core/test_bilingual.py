from types import SimpleNamespace

import pytest

from registry.core.bilingual import Localised, text_in


@pytest.mark.parametrize(
    ("vi", "en", "language", "expected"),
    [
        ("Chè", "Tea", "vi", Localised("Chè", "vi")),
        ("Chè", "Tea", "en", Localised("Tea", "en")),
        ("Chè", "", "en", Localised("Chè", "vi", is_fallback=True)),
        ("Chè", "  ", "en", Localised("Chè", "vi", is_fallback=True)),
        ("Chè", None, "en", Localised("Chè", "vi", is_fallback=True)),
        ("", "", "en", Localised("", "en")),
        ("", "Tea", "vi", Localised("", "vi")),
        ("Chè", "Tea", "fr", Localised("Chè", "vi", is_fallback=True)),
    ],
)
def test_the_text_comes_with_its_language(vi, en, language, expected):
    assert text_in(SimpleNamespace(pitch_vi=vi, pitch_en=en), "pitch", language) == expected


def test_a_field_that_does_not_exist_is_a_mistake():
    with pytest.raises(AttributeError):
        text_in(SimpleNamespace(name="x"), "pitch", "vi")
