"""The public side: what each page shows, in both languages, and that all visitors get the same bytes."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group
from django.utils.translation import override
from wagtail.models import Locale, PageViewRestriction, Site

from cms.core.site_address import keep_site_address
from cms.home.models import HomePage
from cms.home.places import PLACES, url_of
from cms.news.models import RelatedArticle
from registry.core import clock
from tests.cms import factories
from tests.dossiers.factories import dossier
from tests.startups.factories import copies

pytestmark = pytest.mark.django_db

FIRST_PAGES = [
    "/", "/tin-tuc/", "/gioi-thieu/", "/tro-giup/", "/tiep-can/", "/du-lieu-ca-nhan/",
    "/en/", "/en/news/", "/en/about/", "/en/help/", "/en/accessibility/", "/en/personal-data/",
]  # fmt: skip


def text_of(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("address", FIRST_PAGES)
def test_the_first_tree_stands_and_is_the_same_for_everybody(client, address):
    client.cookies["csrftoken"] = "x" * 32
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    assert "s-maxage" in response["Cache-Control"]
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    text = response.content.decode()
    assert "csrfmiddlewaretoken" not in text
    assert text.count("<h1") == 1
    assert 'rel="alternate" hreflang="en"' in text
    assert 'rel="alternate" hreflang="vi"' in text


def test_the_front_page_opens_only_doors_that_exist(client):
    text = text_of(client, "/")
    for place in ("register", "startups", "news"):
        assert f'href="{url_of(place)}"' in text
    assert 'action="/tim-kiem/"' in text
    with override("en"):
        english = text_of(client, "/en/")
        assert f'href="{url_of("startups")}"' in english
    assert 'action="/en/search/"' in english


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_every_place_a_door_may_lead_to_answers(client, place, language):
    with override(language):
        address = url_of(place)
    assert client.get(address).status_code in (200, 302)


def test_an_empty_band_is_not_shown(client):
    text = text_of(client, "/")
    assert "Gặp những người đang làm" not in text
    assert "<h2>Tin tức</h2>" not in text


def test_an_article_shows_its_parts_and_says_them_to_machines(client):
    other = factories.article("Ngày hội đổi mới", topic="events")
    file = factories.document("so-lieu.csv", "ngày,giờ\n1,2\n", title="Số liệu </script>")
    page = factories.article("Sương & nắng <trên> đồi", author_line="Bài: Lò Thị Mẫu", documents=[file])
    page.related.add(RelatedArticle(article=other))
    page.save_revision().publish()
    text = text_of(client, page.get_url())
    assert "<h1>Sương &amp; nắng &lt;trên&gt; đồi</h1>" in text
    assert "Bài: Lò Thị Mẫu" in text
    assert "Số liệu &lt;/script&gt;" in text
    assert "Ngày hội đổi mới" in text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    facts = json.loads(found[1])
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == page.title
    assert facts["url"].endswith(page.get_url())
    assert facts["datePublished"]
    assert 'property="og:image" content="http' in text
    image = re.search(r'class="cover cover--wide" src="([^"]+)" alt=""', text)
    assert client.get(image[1]).getvalue().startswith(b"<svg")


def test_all_blocks_of_a_text_are_rendered(client):
    file = factories.document()
    photo = factories.image(factories.jpeg())
    item = {"type": "item", "id": "5b1c5f0e-6c39-4f5e-9d0b-2a7c1e8d4f60"}
    page = factories.article(
        body=[
            {"type": "heading", "value": "Đi xa hơn"},
            {
                "type": "picture",
                "value": {
                    "image": photo.pk,
                    "alt": "Đồi chè",
                    "decorative": False,
                    "caption": "",
                    "credit": "Tẩn A Thử",
                },
            },
            {"type": "quote", "value": {"text": "Chậm mà chắc.", "source": "Bà Mẩy"}},
            {
                "type": "table",
                "value": {
                    "columns": [{"type": "text", "heading": "Bản"}, {"type": "number", "heading": "Trạm"}],
                    "rows": [{"values": ["Tả Lèng", "14"]}],
                    "caption": "Theo bản",
                },
            },
            {
                "type": "figures",
                "value": [{**item, "value": {"value": "26", "unit": "trạm", "label": "Đang chạy", "source": ""}}],
            },
            {"type": "callout", "value": {"tone": "warn", "title": "Lưu ý", "text": "<p>Giả định.</p>"}},
            {"type": "documents", "value": {"title": "Mẫu đơn", "documents": [{**item, "value": file.pk}]}},
        ]
    )
    text = text_of(client, page.get_url())
    assert '<h2 id="di-xa-hon">Đi xa hơn</h2>' in text
    assert 'alt="Đồi chè"' in text
    assert re.search(
        r'<img src="/media/images/[^"]+\.webp" width="\d+" height="\d+" alt="Đồi chè" loading="lazy">', text
    )
    assert "Ảnh: Tẩn A Thử" in text
    assert '<td class="n">14</td>' in text
    assert "alert is-warn" in text
    assert file.url in text


def test_the_list_filters_pages_and_tells_what_it_cannot_do(client):
    with clock.at("2025-03-01T08:00:00"):
        old = factories.article("Chuyện năm trước", topic="science", dated=clock.now())
    factories.articles(13)
    first = text_of(client, "/tin-tuc/")
    assert first.count('<article class="card">') == 12
    assert "Tất cả <small>14</small>" in first
    assert old.title in text_of(client, "/tin-tuc/?page=2")
    by_year = text_of(client, "/tin-tuc/?year=2025")
    assert by_year.count('<article class="card">') == 1
    assert old.title in text_of(client, "/tin-tuc/?topic=science&year=2025")
    for wrong, told in {
        "year=abc": "Năm “abc” không đúng",
        "year=２０２５": "không đúng",
        "topic=weather": "Không có chủ đề “weather”",
        "page=0": "Không có trang 0",
        "page=99": "Không có trang 99",
        "page=x": "Số trang “x” không đúng",
        "topic=%00%3Cb%3E": "Không có chủ đề “&lt;b&gt;”",
    }.items():
        text = text_of(client, f"/tin-tuc/?{wrong}")
        assert told in text, wrong
        assert '<article class="card">' not in text, wrong
    assert "No news here yet" in text_of(client, "/en/news/?topic=science")


@pytest.mark.parametrize(("address", "language"), [("/tin-tuc/rss/", "vi"), ("/en/news/rss/", "en")])
def test_the_news_as_rss(client, address, language):
    factories.article("Mưa & nắng", language=language)
    response = client.get(address)
    assert response.status_code == 200
    assert "s-maxage" in response["Cache-Control"]
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel.findtext("language") == language
    assert [item.findtext("title") for item in channel.iter("item")] == ["Mưa & nắng"]
    assert channel.find("item").findtext("link").startswith("http")


def test_a_translation_is_named_and_a_missing_one_is_not(client):
    page = factories.article("Sâm núi")
    assert 'hreflang="en"' not in re.sub(r"<body.*", "", text_of(client, page.get_url()), flags=re.S)
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title, english.slug = "Mountain ginseng", "mountain-ginseng"
    english.save_revision().publish()
    text = text_of(client, page.get_url())
    assert 'hreflang="en" href="http' in text
    assert "/en/news/mountain-ginseng/" in text
    assert "Mountain ginseng" in text_of(client, "/en/news/mountain-ginseng/")


def test_a_private_article_is_in_no_list_and_asks_who_is_there(client):
    page = factories.article("Chỉ cho tổ biên tập")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for address in ("/", "/tin-tuc/", "/tin-tuc/rss/"):
        assert page.title not in text_of(client, address)
    response = client.get(page.get_url())
    assert response.status_code == 302
    assert "s-maxage" not in response.get("Cache-Control", "")
    PageViewRestriction.objects.all().delete()
    restricted_above = PageViewRestriction.objects.create(
        page=factories.news_index(), restriction_type=PageViewRestriction.GROUPS
    )
    restricted_above.groups.add(Group.objects.create(name="tổ tin"))
    assert page.title not in text_of(client, "/")
    assert client.get(page.get_url()).status_code == 302


def test_an_old_address_leads_to_the_new_one(client, django_capture_on_commit_callbacks):
    page = factories.article("Tên cũ")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "ten-moi"
        page.save_revision().publish()
    response = client.get("/tin-tuc/ten-cu/")
    assert response.status_code == 301
    assert response["Location"].endswith("/tin-tuc/ten-moi/")


@pytest.mark.parametrize(
    "address", ["/khong-co/", "/tin-tuc/khong-co/", "/" + "a/" * 20, "/tin-tuc/rss/rss/", "/en/tin-tuc/"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_drafts_are_not_shown(client):
    page = factories.article("Còn viết dở", live=False)
    assert client.get(f"/tin-tuc/{page.slug}/").status_code == 404
    assert page.title not in text_of(client, "/tin-tuc/")


def test_budget_of_queries_is_kept_from_ten_articles_to_two_hundred(client, query_budget):
    photo = factories.image(factories.jpeg())
    file = factories.document()
    pages = [factories.article(f"Bài {n}", cover=photo, cover_alt="Đồi chè", documents=[file]) for n in range(4)]
    pages[0].related.add(*[RelatedArticle(article=other) for other in pages[1:]])
    pages[0].save_revision().publish()
    english = factories.article("In English", language="en", cover=photo, cover_alt="Tea hill")
    addresses = [
        "/",
        "/en/",
        "/tin-tuc/",
        "/en/news/",
        pages[0].get_url(),
        english.get_url(),
        "/tin-tuc/rss/",
        "/gioi-thieu/",
    ]
    costs = []
    for more in (6, 190):
        factories.articles(more, first=clock.now() - timedelta(days=400))
        for address in addresses:
            text_of(client, address)
        spent = []
        for address in addresses:
            with query_budget(10) as queries:
                text_of(client, address)
            assert not queries.writes
            spent.append(len(queries))
        costs.append(spent)
    assert costs[0] == costs[1]


def test_the_front_page_shows_startups_and_counts_them_within_its_budget(client, query_budget):
    startup = dossier(published=True, name_vi="Sâm Núi Mờ", name_en="Misty Ginseng").startup
    copies(startup, 12)
    photo = factories.image(factories.jpeg())
    for number in range(6):
        factories.article(f"Bài {number}", cover=photo, cover_alt="Đồi chè")
    for address, listing, name in (("/", "/khoi-nghiep/", "Sâm Núi Mờ"), ("/en/", "/en/startups/", "Misty Ginseng")):
        text = text_of(client, address)
        assert text.count('<article class="card">') == 4
        assert name in text
        counted = re.findall(r'<p class="stat__value"><a href="([^"]+)">([^<]+)</a>', text)
        assert counted[0] == (listing, "13")
        with query_budget(10) as queries:
            text_of(client, address)
        assert not queries.writes


def test_the_front_pages_are_twins_under_one_site():
    vi, en = HomePage.objects.get(locale__language_code="vi"), HomePage.objects.get(locale__language_code="en")
    assert vi.translation_key == en.translation_key
    assert Site.objects.get(is_default_site=True).root_page_id == vi.pk
    assert [page.slug for page in vi.get_children()] == [
        "tin-tuc",
        "gioi-thieu",
        "tro-giup",
        "du-lieu-ca-nhan",
        "tiep-can",
    ]
    with override("en"):
        assert en.get_url() == "/en/"


def test_full_addresses_follow_the_settings(settings):
    settings.BASE_URL = "https://doimoi.example.vn"
    assert keep_site_address() == 1
    assert keep_site_address() == 0
    assert factories.home().get_full_url() == "https://doimoi.example.vn/"
    assert factories.news_index().get_full_url() == "https://doimoi.example.vn/tin-tuc/"
