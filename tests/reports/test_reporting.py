"""Anybody reports an error on a public record, at an address of its own."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from registry.core import clock
from registry.core.lifecycle import perform
from registry.reports import views
from registry.reports.models import Report
from registry.reports.services import forget_reporters
from registry.startups import selectors
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory
from tests.cms.factories import article
from tests.desk.pages import words
from tests.dossiers.factories import dossier
from tests.reports.factories import report, report_of

SAID = {"text": "Số điện thoại đã đổi.", "email": "nguoibao@vidu.vn"}


def address(startup: Startup, language: str = "vi") -> str:
    profile = selectors.profile_of(startup)
    assert profile is not None
    return selectors.url_of(profile, language) + ("bao-loi/" if language == "vi" else "report-an-error/")


@pytest.fixture(autouse=True)
def uncounted() -> None:
    cache.clear()


def test_a_startup_is_reported_with_its_name_and_address_of_that_day(client, startup: Startup) -> None:
    assert client.get(address(startup)).status_code == 200
    answer = client.post(address(startup), SAID)
    assert answer.status_code == 302
    assert "Sở đã nhận báo lỗi của bạn" in words(client.get(answer["Location"]))
    kept = Report.objects.get()
    assert (kept.kind, kept.about, kept.title) == ("startup", startup.record, "Trà cổ thụ Minh Họa")
    assert kept.address == address(startup).removesuffix("bao-loi/")
    assert (kept.state, kept.text, kept.email, kept.language) == ("new", SAID["text"], SAID["email"], "vi")


def test_the_english_page_has_its_own_words_and_is_answered_in_english(client, startup: Startup) -> None:
    page = client.get(address(startup, "en"))
    assert "Report an error on this page" in words(page)
    client.post(address(startup, "en"), SAID)
    kept = Report.objects.get()
    assert (kept.language, kept.title) == ("en", "Minh Hoa Ancient Tea")


def test_an_article_is_reported_from_its_page(client, db) -> None:
    page = article("Cảm biến sương")
    shown = client.get(page.get_url())
    assert f'href="/tin-tuc/{page.slug}/bao-loi/"' in shown.content.decode()
    assert client.post(f"/tin-tuc/{page.slug}/bao-loi/", SAID).status_code == 302
    kept = Report.objects.get()
    assert (kept.kind, kept.about, kept.title, kept.address) == (
        "article",
        f"cms_news.articlepage:{page.pk}",
        "Cảm biến sương",
        page.get_url(),
    )


def test_what_is_not_public_cannot_be_reported(client, roles) -> None:
    draft = article("Chưa đăng", live=False)
    assert client.get(f"/tin-tuc/{draft.slug}/bao-loi/").status_code == 404
    gone = Startup.objects.get(dossier=dossier(taken_down=True))
    assert client.get(f"/khoi-nghiep/x-{gone.public_id}/bao-loi/").status_code == 410
    assert client.post(f"/khoi-nghiep/x-{gone.public_id}/bao-loi/", SAID).status_code == 410
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"text": ""}, "Viết chỗ sai để Sở sửa."),
        ({"text": "\u200b\u200b"}, "Viết chỗ sai để Sở sửa."),
        ({"text": "Sai trụ sở", "email": "không phải thư"}, "Thư điện tử chưa đúng"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(client, startup: Startup, said: dict, told: str) -> None:
    page = client.post(address(startup), said)
    assert page.status_code == 200
    assert told in words(page)
    assert said["text"] in page.content.decode()
    assert not Report.objects.exists()


def test_the_same_said_twice_is_one_report(client, startup: Startup) -> None:
    for _ in range(2):
        assert client.post(address(startup), SAID).status_code == 302
    assert Report.objects.count() == 1


def test_a_program_that_fills_in_everything_is_thanked_and_not_kept(client, startup: Startup) -> None:
    answer = client.post(address(startup), {**SAID, "website": "https://spam.example"})
    assert answer.status_code == 302
    assert not Report.objects.exists()


def test_one_place_reports_so_often_a_day(client, startup: Startup, monkeypatch) -> None:
    monkeypatch.setattr(views, "REPORTS_A_DAY", 2)
    for number in range(2):
        client.post(address(startup), {"text": f"Chỗ {number}"})
    page = client.post(address(startup), {"text": "Chỗ nữa"})
    assert "Hôm nay đã có nhiều báo lỗi từ chỗ bạn" in words(page)
    assert "Chỗ nữa" in page.content.decode()
    assert Report.objects.count() == 2


def test_the_page_of_the_record_says_the_same_to_everybody(startup: Startup) -> None:
    assert f'href="{address(startup)}"' in Client().get(address(startup).removesuffix("bao-loi/")).content.decode()


def test_reporters_are_forgotten_some_time_after_the_answer(roles) -> None:
    editor = UserFactory(editor=True)
    with clock.at(clock.now() - timedelta(days=200)):
        old, waiting = report(email="cu@vidu.vn"), report(about="cms_news.articlepage:2", email="cho@vidu.vn")
        perform(old, "answer", editor, data={"outcome": "mended", "answer": "Đã sửa."}, expected_version=0)
    fresh = report(about="cms_news.articlepage:3", email="moi@vidu.vn")
    perform(fresh, "answer", editor, data={"outcome": "mended", "answer": "Đã sửa."}, expected_version=0)
    assert forget_reporters(clock.now() - timedelta(days=180), 500) == 1
    assert forget_reporters(clock.now() - timedelta(days=180), 500) == 0
    left = dict(Report.objects.values_list("pk", "email"))
    assert left == {old.pk: "", waiting.pk: "cho@vidu.vn", fresh.pk: "moi@vidu.vn"}


def test_a_report_of_a_startup_keeps_its_text_clean(startup: Startup) -> None:
    assert report_of(startup, text="  Sai\u200b  chỗ \n").text == "Sai chỗ"
