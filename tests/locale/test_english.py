"""The public side in English: everything our code asks for has an English answer that fits."""

from pathlib import Path

import pytest

from portal import catalogues


def test_no_public_string_lacks_english() -> None:
    assert [f"{found.msgid} ({found.where})" for found in catalogues.missing_english()] == []


def test_the_english_catalogue_is_sound() -> None:
    assert catalogues.faults(catalogues.ENGLISH) == []


def test_templates_and_code_are_both_read(tmp_path: Path) -> None:
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "page.py").write_text(
        "title = _('Trang đầu')\nngettext_lazy('%(n)s hồ sơ', '%(n)s hồ sơ', 2)\npgettext('tháng', 'Năm')\n",
        encoding="utf-8",
    )
    page = tmp_path / "templates" / "a" / "b.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        "<p>\n    {% translate 'Đóng' %} {{ x|default:_(\"không rõ\") }}\n  it's 5'\n"
        "  {% include 'c.html' with label=_('Nhãn') %}</p>\n"
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} việc\n{% plural %}\n  {{ n }} việc\n{% endblocktranslate %}",
        encoding="utf-8",
    )
    found = {(message.context, message.msgid, message.plural) for message in catalogues.extract_ours(tmp_path)}
    assert found == {
        (None, "Trang đầu", None),
        (None, "%(n)s hồ sơ", "%(n)s hồ sơ"),
        ("tháng", "Năm", None),
        (None, "Đóng", None),
        (None, "không rõ", None),
        (None, "Nhãn", None),
        (None, "%(n)s việc", "%(n)s việc"),
    }


HEADER = 'msgid ""\nmsgstr "Language: en\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Một"\nmsgstr "One"\n\nmsgid "Một"\nmsgstr "1"', "hai lần"),
        ('#, fuzzy\nmsgid "Một"\nmsgstr "One"', "fuzzy"),
        ('msgid "Một"\nmsgstr ""', "chưa dịch"),
        ('msgid "Chào %(name)s"\nmsgstr "Hello %(nam)s"', "chỗ điền"),
        ('msgid "<b>Một</b>"\nmsgstr "<i>One</i>"', "HTML"),
        ('msgid "Một "\nmsgstr "One"', "khoảng trắng"),
        ('msgid "%(n)s a"\nmsgid_plural "%(n)s a"\nmsgstr[0] "%(n)s b"', "chưa dịch"),
        ("msgid Một", "không đọc được"),
    ],
)
def test_a_faulty_entry_is_named(tmp_path: Path, entry: str, fault: str) -> None:
    path = tmp_path / "django.po"
    path.write_text(HEADER + entry + "\n", encoding="utf-8")
    assert any(fault in sentence for sentence in catalogues.faults(path))


def test_compiling_writes_only_what_changed(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(HEADER + 'msgid "Một"\nmsgstr "One"\n', encoding="utf-8")
    assert catalogues.compile_catalogues(tmp_path) == [folder / "django.mo"]
    assert catalogues.compile_catalogues(tmp_path) == []
    assert catalogues.compile_catalogues(tmp_path, force=True) == [folder / "django.mo"]
    assert list(folder.glob("*.part")) == []
