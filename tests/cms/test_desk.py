"""The editor's desk: what stands in the menu, in which language, under which policy; and addresses of pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.core.slugs import formatters, mended, slug_of
from registry.core.text import slugify_vi
from tests.accounts.factories import UserFactory, sign_in
from tests.cms import factories
from tests.cms.test_journey_of_an_article import article_form


def text_of(desk: Client, address: str) -> str:
    response = desk.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_of_the_desk_leads_to_the_usual_work(desk):
    text = text_of(desk, "/quan-tri/")
    assert "Bàn làm việc" in text
    for door in ("Viết bài mới", "Viết bài mới tiếng Anh", "Sửa trang chủ", "Thông tin cơ quan"):
        assert door in text
    assert "thông tin mẫu" in text
    assert '"name": "reports"' not in text
    assert '"name": "help"' not in text


def test_above_the_two_trees_the_desk_speaks_vietnamese(desk):
    text = text_of(desk, "/quan-tri/pages/")
    assert "Mọi trang" in text
    assert "Root" not in re.sub(r"<[^>]*>", " ", text)


def test_an_officer_who_writes_nothing_is_not_shown_the_editors_doors(editor):
    officer = sign_in(Client(), UserFactory(officer=True))
    text = text_of(officer, "/quan-tri/")
    assert "Viết bài mới" not in text
    add = reverse("wagtailadmin_pages:add", args=("cms_news", "articlepage", factories.news_index().pk))
    assert officer.get(add).status_code in (302, 403)


def test_the_form_of_an_article_speaks_vietnamese(desk):
    add = reverse("wagtailadmin_pages:add", args=("cms_news", "articlepage", factories.news_index().pk))
    text = text_of(desk, add)
    for label in ("Câu mở đầu", "Chủ đề", "Ảnh bìa", "Tệp đính kèm", "Tin liên quan", "Địa chỉ của trang"):
        assert label in text
    for english in ("Choose an image", "Choose a page", "Save draft", "Slug"):
        assert english not in text


def test_a_preview_may_be_shown_in_the_desks_own_frame(desk):
    page = factories.article("Xem trước")
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    assert desk.post(preview, article_form(title="Xem trước bản mới", slug=page.slug)).json()["is_valid"]
    response = desk.get(preview)
    assert response.status_code == 200
    assert "Xem trước bản mới" in response.content.decode()
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "s-maxage" not in response["Cache-Control"]


def test_the_departments_facts_reach_the_foot_of_every_page(desk, client):
    address = reverse("wagtailsettings:edit", args=("cms_core", "sitesettings"))
    form = desk.get(address, follow=True)
    given = {name: value or "" for name, value in form.context["form"].initial.items() if name != "site"}
    given |= {"phone": "0213 3000 111", "department_en": "DOST", "confirmed": "on"}
    assert desk.post(form.redirect_chain[-1][0] if form.redirect_chain else address, given).status_code == 302
    for page in ("/", "/tin-tuc/", "/en/"):
        assert "0213 3000 111" in client.get(page).content.decode()
    assert "DOST" in client.get("/en/").content.decode()
    assert "thông tin mẫu" not in text_of(desk, "/quan-tri/")


def test_an_editor_finds_the_way_back_from_a_page_and_a_visitor_sees_nothing_of_it(desk, client):
    page = factories.article("Đường về")
    edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    for address in ("/", page.get_url(), "/tin-tuc/", "/gioi-thieu/"):
        assert "Sửa trang này" not in client.get(address).content.decode()
        seen = desk.get(address)
        assert "Sửa trang này" in seen.content.decode()
        assert "no-store" in seen["Cache-Control"]
    assert edit in desk.get(page.get_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "title", "kept"),
    [
        ("", "Đổi mới", "doi-moi"),
        ("oi-moi", "Đổi mới", "doi-moi"),
        ("Đổi-mới", "Đổi mới", "doi-moi"),
        ("doi-moi-2030", "Đổi mới", "doi-moi-2030"),
        ("", "***", ""),
    ],
)
def test_a_slug_is_mended(typed, title, kept):
    assert mended(typed, title) == kept


def test_a_long_title_is_cut_at_a_word():
    slug = slug_of("Hướng dẫn " * 20)
    assert len(slug) <= 80
    assert slug.endswith(("huong", "dan"))


def test_the_browser_is_told_every_vietnamese_letter():
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    for letter in letters + letters.upper():
        bare = letter
        for pattern, plain in formatters():
            bare = re.sub(pattern, plain, bare)
        assert bare == slugify_vi(letter), letter


def test_an_article_is_translated_from_the_desk(desk):
    page = factories.article("Sâm núi mây")
    english = Locale.objects.get(language_code="en")
    address = reverse("simple_translation:submit_page_translation", args=(page.pk,))
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"locales": [english.pk], "include_subtree": ""}).status_code == 302
    copy = page.get_translation(english)
    assert not copy.live
    assert copy.get_parent().pk == factories.news_index("en").pk
