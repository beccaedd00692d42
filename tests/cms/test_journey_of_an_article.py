"""Journey 5: an editor writes an article at the desk, with the department's real texts, and it is found."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.core.models import PortalDocument
from cms.core.publication import publish_due
from cms.core.reading import read_waiting
from cms.news.models import ArticlePage
from registry.core import clock
from registry.core.text import fold
from tests.cms.conftest import seed
from tests.cms.factories import news_index


def article_form(**changes):
    """What the desk's form sends for an article."""
    given = {
        "title": "Đổi mới sáng tạo ở vùng cao",
        "slug": "",
        "seo_title": "",
        "search_description": "",
        "lead": "Tỉnh đặt mục tiêu đến năm 2030.",
        "topic": "policy",
        "author_line": "Bài: Lò Thị Mẫu",
        "dated": "",
        "cover": "",
        "cover_alt": "",
        "cover_caption": "",
        "body": streamfield([("paragraph", rich_text("<p>Một đoạn.</p>"))]),
        "attachments": inline_formset([]),
        "related": inline_formset([]),
        "go_live_at": "",
        "expire_at": "",
        **changes,
    }
    return nested_form_data(given)


def create_address():
    return reverse("wagtailadmin_pages:add", args=("cms_news", "articlepage", news_index().pk))


def send(desk, **changes):
    response = desk.post(create_address(), {**article_form(**changes), "action-publish": "action-publish"})
    errors = response.context["form"].errors if response.status_code == 200 and response.context else ""
    assert response.status_code == 302, errors
    return ArticlePage.objects.order_by("-pk").first()


def upload(desk, name: str, content: bytes, title: str) -> PortalDocument:
    file = SimpleUploadedFile(name, content, content_type="text/plain")
    response = desk.post(reverse("wagtaildocs:add"), {"title": title, "file": file, "collection": "1"})
    assert response.status_code == 302, response.context["form"].errors
    return PortalDocument.objects.get(title=title)


def real_paragraphs():
    lines = [line.strip(" •\t") for line in seed("portal-article.txt").read_text("utf-8").splitlines()]
    return [line for line in lines if len(line) > 1]


def phrase_only_in(attachment: str, article: str) -> str:
    """Five words that follow each other in the attachment, whose like is nowhere in the article."""
    words = re.findall(r"\w+", attachment)
    beside = " ".join(re.findall(r"\w+", fold(article)))
    for at in range(200, len(words) - 5):
        phrase = words[at : at + 5]
        if all(len(word) > 2 and word.isalpha() for word in phrase) and fold(" ".join(phrase)) not in beside:
            return " ".join(phrase)
    raise AssertionError("the attachment says nothing of its own")


@pytest.mark.seeds
def test_the_real_article_is_written_published_and_found(desk, client, found):
    paragraphs = real_paragraphs()
    plan = seed("plan-2030.txt").read_bytes()
    document = upload(desk, "ke-hoach-2030.txt", plan, "Kế hoạch đến năm 2030")
    assert read_waiting() == 1
    page = send(
        desk,
        title=paragraphs[3][:200],
        lead=paragraphs[4][:400],
        body=streamfield([("paragraph", rich_text("".join(f"<p>{words}</p>" for words in paragraphs[5:])))]),
        attachments=inline_formset([{"document": str(document.pk), "title": ""}]),
    )
    assert page.live
    assert page.owner.full_name == "Lò Thị Mẫu"
    assert found("san giao dich cong nghe") == [page.title]
    assert found("sàn giao dịch công nghệ") == [page.title]
    phrase = phrase_only_in(plan.decode(), " ".join(paragraphs))
    assert found(phrase) == [page.title], phrase
    assert found(f'"{phrase}"') == [page.title]

    shown = client.get(page.get_url())
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "Kế hoạch đến năm 2030" in text
    assert document.url in text
    assert client.get(document.url).getvalue() == plan


def test_an_address_made_of_the_title_keeps_its_d(desk):
    assert send(desk).slug == "doi-moi-sang-tao-o-vung-cao"
    made_by_a_browser = send(desk, title="Đường đến đỉnh", slug="uong-en-inh")
    assert made_by_a_browser.slug == "duong-den-dinh"
    own_choice = send(desk, title="Đường về bản", slug="duong-ve")
    assert own_choice.slug == "duong-ve"


def test_a_planned_article_is_found_from_its_hour_on(desk, client, found):
    hour = clock.now().replace(second=0, microsecond=0) + timedelta(days=2)
    page = send(desk, title="Ngày hội sáng tạo bản Mường", go_live_at=hour.strftime("%Y-%m-%d %H:%M"))
    assert not page.live
    with clock.at(hour - timedelta(minutes=1)):
        assert publish_due()["published"] == 0
        assert found("ngay hoi sang tao") == []
        assert client.get("/tin-tuc/ngay-hoi-sang-tao-ban-muong/").status_code == 404
    with clock.at(hour + timedelta(minutes=1)):
        assert publish_due()["published"] == 1
        assert found("ngay hoi sang tao") == [page.title]
        assert publish_due() == {"published": 0, "expired": 0}
    page.refresh_from_db()
    assert page.published_on == hour
    assert client.get("/tin-tuc/ngay-hoi-sang-tao-ban-muong/").status_code == 200


def test_an_article_goes_when_it_expires(desk, client, found):
    end = clock.now() + timedelta(days=3)
    page = send(desk, title="Nhận hồ sơ đến cuối tuần", expire_at=end.strftime("%Y-%m-%d %H:%M"))
    assert found("nhan ho so den cuoi tuan") == [page.title]
    with clock.at(end + timedelta(minutes=1)):
        assert found("nhan ho so den cuoi tuan") == [], "the entry ends by itself, before the job comes round"
        assert publish_due()["expired"] == 1
    page.refresh_from_db()
    assert not page.live
    assert client.get("/tin-tuc/nhan-ho-so-den-cuoi-tuan/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [("lead", "", ""), ("title", "", ""), ("topic", "weather", "")],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(desk, field, value, sentence):
    form = article_form(**{"author_line": "Bài: Tẩn A Thử", field: value})
    response = desk.post(create_address(), {**form, "action-publish": "action-publish"})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "Bài: Tẩn A Thử" in response.content.decode()
    assert not ArticlePage.objects.exists()
