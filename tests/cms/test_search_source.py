"""What of the pages is found, from the moment it is public until the moment it is not."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from cms.core.models import StandardPage
from cms.core.reading import read_waiting
from cms.news import search_source
from cms.news.models import ArticlePage
from search.engine import Query, get_engine
from search.following import catch_up
from search.models import SearchEntry
from tests.cms import factories
from tests.cms.conftest import seed
from tests.cms.test_files import docx_file, odt_file, pdf_file, xlsx_file
from tests.cms.test_reading import pdf_of

pytestmark = pytest.mark.django_db


def url_of(page: Page) -> str:
    return SearchEntry.objects.get(ref=str(page.translation_key), deleted=False).url


def test_a_draft_is_not_found_and_neither_is_the_draft_of_a_live_page(found):
    page = factories.article("Chè cổ thụ", live=False)
    assert found("che co thu") == []
    page.save_revision().publish()
    assert found("che co thu") == ["Chè cổ thụ"]
    page = ArticlePage.objects.get(pk=page.pk)
    page.title = "Sâm núi mây"
    page.save_revision()
    assert found("sam nui may") == []
    assert found("che co thu") == ["Chè cổ thụ"]
    page.get_latest_revision().publish()
    assert found("che co thu") == []
    assert found("sam nui may") == ["Sâm núi mây"]


def test_unpublished_deleted_and_moved_articles(found):
    gone, deleted, moved = (factories.article(f"Thảo quả {word}") for word in ("một", "hai", "ba"))
    assert len(found("thao qua")) == 3
    gone.unpublish()
    deleted.delete()
    assert found("thao qua") == ["Thảo quả ba"]
    assert url_of(moved) == "/tin-tuc/thao-qua-ba/"
    moved.move(factories.news_index("en"), pos="last-child")
    assert url_of(Page.objects.get(pk=moved.pk)).endswith("/thao-qua-ba/")


def test_a_new_address_reaches_the_search(found, django_capture_on_commit_callbacks):
    index = factories.news_index()
    page = factories.article("Đường mới")
    with django_capture_on_commit_callbacks(execute=True):
        index.slug = "thoi-su"
        index.save_revision().publish()
    assert url_of(page) == "/thoi-su/duong-moi/"


def test_privacy_of_a_page_or_of_what_is_above_it(found):
    page = factories.article("Họp nội bộ")
    assert found("hop noi bo") == ["Họp nội bộ"]
    on_page = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert found("hop noi bo") == []
    on_page.delete()
    assert found("hop noi bo") == ["Họp nội bộ"]
    PageViewRestriction.objects.create(page=factories.news_index(), restriction_type="login")
    assert found("hop noi bo") == []


def test_the_words_of_attachments_follow_the_file(found):
    file = factories.document("ke-hoach.txt", "mật ong bạc hà", title="Kế hoạch ong")
    page = factories.article("Bài về ong", documents=[file])
    assert found("mat ong bac ha") == [page.title]
    assert found("ke hoach ong") == [page.title]
    file.file = ContentFile("thổ cẩm Lự".encode(), name="khac.txt")
    file.save()
    assert found("mat ong bac ha") == [], "at once, not only when the new file is read"
    assert found("tho cam lu") == []
    assert read_waiting() == 1
    assert found("tho cam lu") == [page.title]
    file.delete()
    assert found("tho cam lu") == []
    assert found("bai ve ong") == [page.title]


def test_the_words_of_a_private_file_are_not_found(found):
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    file = factories.document("danh-sach.txt", "bảng lương quý bốn", title="Bảng lương")
    file.collection = collection
    file.save()
    page = factories.article("Bài có tệp", documents=[file])
    assert found("bang luong quy bon") == [page.title]
    lock = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert found("bang luong") == []
    lock.delete()
    assert found("bang luong quy bon") == [page.title]


def test_a_file_listed_inside_the_text_is_found_too(found):
    file = factories.document("mau-don.txt", "mẫu đơn đề nghị hỗ trợ")
    item = {"type": "item", "id": "5b1c5f0e-6c39-4f5e-9d0b-2a7c1e8d4f60", "value": file.pk}
    body = [{"type": "documents", "value": {"title": "Biểu mẫu", "documents": [item]}}]
    page = factories.article("Hướng dẫn nộp", body=body)
    assert found("mau don de nghi") == [page.title]
    file.delete()
    assert found("mau don de nghi") == []


def test_each_language_finds_its_own_and_an_alias_repeats_nobody(found):
    page = factories.article("Lúa nếp nương")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "Upland sticky rice"
    english.save_revision().publish()
    assert found("lua nep nuong") == ["Lúa nếp nương"]
    assert found("sticky rice", language="en") == ["Upland sticky rice"]
    assert found("lua nep nuong", language="en") == []
    other = factories.article("Rượu ngô men lá")
    other.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert found("ruou ngo", language="en") == []
    assert found("ruou ngo") == ["Rượu ngô men lá"]


def test_pages_of_a_fresh_installation_are_put_once(found):
    assert found("tuyen bo tiep can", kind="page") == []
    put = search_source.put_missing()
    assert put == Page.objects.type(StandardPage).count() + 2
    assert search_source.put_missing() == 0
    assert found("tuyen bo tiep can", kind="page") == ["Tuyên bố tiếp cận"]
    assert "Accessibility" in found("accessibility", language="en", kind="page")


def test_labels_of_choices_are_not_words_of_the_text(found):
    body = [{"type": "callout", "value": {"tone": "warn", "title": "Chú ý", "text": "<p>Mưa đá.</p>"}}]
    factories.article("Thời tiết", body=body)
    assert found("mua da") == ["Thời tiết"]
    assert found("warn") == []


def test_an_article_is_counted_under_its_topic_and_the_year_it_was_published(found):
    page = factories.article("Chè xuân")
    entry = SearchEntry.objects.get(kind="article", ref=str(page.translation_key))
    assert entry.facets == {"topic": [page.topic], "year": [str(entry.date.year)]}


def test_articles_indexed_before_get_their_year(found):
    page = factories.article("Chè xuân")
    entries = SearchEntry.objects.filter(kind="article", ref=str(page.translation_key))
    year = str(entries.get().date.year)
    entries.update(facets={"topic": [page.topic]})
    import_module("cms.news.migrations.0002_year_of_articles").add_years(apps, None)
    assert entries.get().facets == {"topic": [page.topic], "year": [year]}
    catch_up()
    assert get_engine().search(Query("chè xuân", language="vi", filters={"year": (year,)})).count == 1


def place(page: Page, language: str, text: str) -> tuple[str, str]:
    (hit,) = get_engine().search(Query(text=text, language=language)).hits
    assert hit.ref == str(page.translation_key)
    return hit.place, hit.place_url


def test_a_hit_in_an_attachment_names_file_and_page_in_the_language_of_the_article(found):
    file = factories.document(
        "ke-hoach.pdf", pdf_of(pdf_file("Muc tieu"), pdf_file("Mat ong bac ha")), title="Kế hoạch ong"
    )
    page = factories.article("Bài về ong", documents=[file])
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "About bees"
    english.save_revision().publish()
    assert found("mat ong bac ha") == [page.title]
    assert place(page, "vi", "mat ong bac ha") == ("Kế hoạch ong (PDF), trang 2", f"{file.url}#page=2")
    assert found("mat ong bac ha", language="en") == ["About bees"]
    assert place(page, "en", "mat ong bac ha") == ("Kế hoạch ong (PDF), page 2", f"{file.url}#page=2")
    assert place(page, "vi", "ke hoach ong") == ("", ""), "the title of a file stands in the article itself"


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("a.docx", docx_file("Đặc sản vùng cao"), "Tệp (DOCX)"),
        ("a.xlsx", xlsx_file(), "Tệp (XLSX), trang tính “Sheet”"),
        ("a.odt", odt_file("x</text:p><text:h>Mục 1</text:h><text:p>thảo quả"), "Tệp (ODT), phần “Mục 1”"),
        ("a.txt", "thảo quả khô", "Tệp (TXT)"),
    ],
)
def test_sections_sheets_and_whole_files_are_named(found, name, content, label):
    page = factories.article("Bài", documents=[factories.document(name, content, title="Tệp")])
    text = {"a.docx": "dac san vung cao", "a.xlsx": "xa sin ho"}.get(name, "thao qua")
    assert found(text) == [page.title]
    assert place(page, "vi", text)[0] == label


def test_an_endless_word_in_an_attachment_hides_nothing(found):
    words = f"mở đầu {'x' * 40_000} {'y' * 201} kết thúc"
    page = factories.article("Bài có khóa", documents=[factories.document("khoa.txt", words)])
    assert found("bai co khoa") == [page.title]
    assert found('"mo dau ket thuc"') == [page.title]


@pytest.mark.seeds
def test_the_scanned_plan_is_found_as_it_was_meant(found):
    scan = factories.document("ke-hoach-2030.txt", seed("plan-2030.txt").read_bytes(), title="Kế hoạch 2030")
    page = factories.article("Kế hoạch phát triển", documents=[scan])
    for text in (
        "vật liệu tiên tiến phục vụ nông nghiệp",
        "quan điểm phát triển khoa học",
        '"cách mạng công nghiệp lần thứ tư"',
    ):
        assert found(text) == [page.title], text
        assert place(page, "vi", text)[0] == "Kế hoạch 2030 (TXT)"
    assert scan.parts.get().also
