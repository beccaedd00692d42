from datetime import date

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal import errors
from portal.views import display

pytestmark = pytest.mark.django_db


def request_to(path: str) -> HttpRequest:
    return RequestFactory().get(path)


@pytest.mark.parametrize(
    ("view", "status", "vi", "en"),
    [
        (errors.bad_request, 400, "Yêu cầu không đọc được", "This request cannot be read"),
        (errors.permission_denied, 403, "Bạn chưa được vào trang này", "You may not open this page"),
        (errors.csrf_failure, 403, "Biểu mẫu đã mở quá lâu", "The form was open for too long"),
        (errors.not_found, 404, "Không có trang này", "There is no such page"),
        (errors.server_error, 500, "Trang đang gặp lỗi", "Something went wrong"),
    ],
)
def test_each_in_the_language_of_the_address(view, status: int, vi: str, en: str) -> None:
    for path, lang, words in (("/khoi-nghiep/x/", "vi", vi), ("/en/startups/x/", "en", en)):
        response = view(request_to(path))
        page = response.content.decode()
        assert response.status_code == status
        assert f'<html lang="{lang}"' in page
        assert f"<h1>{words}</h1>" in page


def test_a_missing_page_offers_a_search() -> None:
    page = Client().get("/en/no-such-page/").content.decode()
    assert 'role="search" action="/en/search/"' in page
    assert 'method="post"' not in page.replace('method="post" action="/tuy-chon/"', "")


def test_the_worst_page_asks_nothing_of_the_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        response = errors.server_error(request_to("/"))
    assert response.status_code == 500
    assert len(queries) == 0


def test_when_even_that_page_breaks_there_is_a_sentence(monkeypatch) -> None:
    monkeypatch.setattr(errors, "render_to_string", lambda *_: 1 / 0)
    assert "thử lại" in errors.server_error(request_to("/")).content.decode()


def test_withdrawn_says_by_whom_and_when() -> None:
    response = errors.gone(request_to("/khoi-nghiep/a-1/"), title="Trà <Mẫu>", who="Sở", when=date(2026, 10, 5))
    page = response.content.decode()
    assert response.status_code == 410
    assert "“Trà &lt;Mẫu&gt;” đã được rút khỏi trang" in page
    assert "Sở rút ngày 05/10/2026." in page
    english = errors.gone(request_to("/en/startups/a-1/"), title="A", when=date(2026, 10, 5), reason="Merged.")
    assert "Withdrawn on 5 Oct 2026." in english.content.decode()
    assert "Merged." in english.content.decode()


def test_a_form_from_elsewhere_gets_the_page_of_the_look() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/khong-co/", {"a": "b"})
    assert response.status_code in (403, 404)
    assert "Đổi mới sáng tạo Lai Châu" in response.content.decode()


def test_the_display_choice_needs_no_token() -> None:
    assert display.csrf_exempt
