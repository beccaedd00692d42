"""Forms, summaries, pagers and states as templates print them."""

from types import SimpleNamespace

import html5lib
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from portal.templatetags.look import lines_of
from registry.core.bilingual import Worded


@pytest.fixture(autouse=True)
def _vietnamese():
    with override("vi"):
        yield


class Questions(forms.Form):
    name = forms.CharField(label="Tên", help_text="Tên người mua vẫn gọi.", error_messages={"required": "Nhập tên"})
    stage = forms.ChoiceField(
        label="Giai đoạn",
        choices=[("a", "Ý tưởng"), ("b", "Đã bán")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn một giai đoạn"},
    )
    fields_ = forms.MultipleChoiceField(
        label="Lĩnh vực", choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple, required=False
    )
    ward = forms.ChoiceField(label="Xã", choices=[("1", "Một")], required=False)
    story = forms.CharField(label="Chuyện", widget=forms.Textarea(attrs={"rows": 4, "class": "big"}), required=False)
    agree = forms.BooleanField(label="Tôi đồng ý", error_messages={"required": "Đánh dấu để đồng ý"})
    paper = forms.FileField(label="Tệp", required=False)


def html(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def field(form: forms.Form, name: str) -> str:
    page = form[name].as_field_group()
    html5lib.HTMLParser(strict=True).parseFragment(page)
    return page


def test_a_field_is_labelled_helped_and_styled() -> None:
    page = field(Questions(), "name")
    assert '<label for="id_name">Tên</label>' in page
    assert 'id="id_name_helptext"' in page
    assert 'aria-describedby="id_name_helptext"' in page
    assert 'class="input"' in page
    assert "field--bad" not in page


def test_what_is_in_another_language_than_the_page_is_marked() -> None:
    asked = "{{ name|vietnamese }}, {{ line|worded }}, {{ pitch|worded:'en' }}, {{ none|vietnamese }}"
    told = {"name": "Lò & Mẫu", "line": Worded("0127 · Trồng chè", "vi"), "pitch": "Tea", "none": ""}
    assert html(asked, **told) == 'Lò &amp; Mẫu, 0127 · Trồng chè, <span lang="en">Tea</span>, '
    with override("en"):
        marked = '<span lang="vi">Lò &amp; Mẫu</span>, <span lang="vi">0127 · Trồng chè</span>, Tea, '
        assert html(asked, **told) == marked


def test_a_wrong_field_says_so_in_every_way() -> None:
    page = field(Questions({}), "name")
    assert 'class="field field--bad"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert "Nhập tên" in page
    assert "circle-alert" in page


@pytest.mark.parametrize("name", ["stage", "fields_"])
def test_choices_are_a_named_group(name: str) -> None:
    page = field(Questions({}), name)
    assert page.startswith("<fieldset")
    assert "<legend>" in page
    assert page.count('<label class="choice choice--box" for="id_') == 2
    if name == "stage":
        assert '<fieldset class="field field--bad" aria-describedby="id_stage_error">' in page


def test_each_kind_of_control_wears_its_class() -> None:
    form = Questions()
    assert 'class="select"' in field(form, "ward")
    assert 'class="textarea big"' in field(form, "story")
    assert 'class="drop"' in field(form, "paper")
    assert '<label class="choice" for="id_agree">' in field(form, "agree")
    assert "(không bắt buộc)" in field(form, "paper")


def test_what_was_typed_is_escaped_and_kept() -> None:
    assert "&lt;b&gt;&quot;" in field(Questions({"name": '<b>"'}), "name")


def test_the_summary_links_to_every_wrong_field() -> None:
    form = Questions({})
    assert lines_of(form) == [
        ("id_name", "Nhập tên"),
        ("id_stage_0", "Chọn một giai đoạn"),
        ("id_agree", "Đánh dấu để đồng ý"),
    ]
    page = html("{% error_summary form %}", form=form)
    assert 'role="alert" tabindex="-1"' in page
    assert '<a href="#id_stage_0">' in page
    assert 'id="id_stage_0"' in field(form, "stage")
    assert "Còn 3 chỗ cần sửa" in page
    assert html("{% error_summary form %}", form=Questions()).strip() == ""
    assert html("{% error_summary pairs %}", pairs=[("tep", "Tệp trống"), ("", "Chung")]).count("<li>") == 2


def test_the_title_starts_with_the_news() -> None:
    assert html("{% title_prefix %}", form=Questions({})) == "Lỗi: "
    assert html("{% title_prefix %}", form=Questions()) == ""
    assert html("{% title_prefix %}") == ""


def test_a_pager_keeps_the_filters() -> None:
    request = RequestFactory().get("/khoi-nghiep/", {"field": ["bio", "ict"], "page": "2"})
    page = Paginator(range(100), 10).page(2)
    printed = html("{% pager page %}", page=page, request=request)
    assert "?field=bio&amp;field=ict&amp;page=3" in printed
    assert '<span aria-current="page">' in printed
    assert "…" in printed
    assert html("{% pager page %}", page=Paginator([1], 10).page(1), request=request).strip() == ""


def test_a_text_without_english_says_so() -> None:
    record = SimpleNamespace(pitch_vi="Chè <cổ>", pitch_en="")
    with override("vi"):
        assert html('{% bilingual record "pitch" %}', record=record) == "Chè &lt;cổ&gt;"
    with override("en"):
        printed = html('{% bilingual record "pitch" %}', record=record)
        assert '<span lang="vi">Chè &lt;cổ&gt;</span>' in printed
        assert "not yet in English" in printed
        both = SimpleNamespace(pitch_vi="Chè", pitch_en="Tea")
        assert html('{% bilingual record "pitch" %}', record=both) == "Tea"


def test_a_state_is_told_three_times() -> None:
    printed = html('{% chip "Chờ bổ sung" tone="warn" %}')
    assert 'class="chip chip--warn"' in printed
    assert "#triangle-alert" in printed
    assert "Chờ bổ sung" in printed


def test_crumbs_end_where_we_are() -> None:
    printed = html('{% crumbs "Danh bạ" "/khoi-nghiep/" "Sâm" %}', home_url="/")
    assert '<a href="/khoi-nghiep/">Danh bạ</a>' in printed
    assert '<span aria-current="page">Sâm</span>' in printed
