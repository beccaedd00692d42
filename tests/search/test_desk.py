"""The page of the search in the back office."""

import json
import socket
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from search import clock, reports
from search.elastic import ElasticEngine
from search.engine import Aside, Status, Unavailable, followers
from search.models import FollowerReport
from search.reports import State, summary
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words
from tests.search.factories import entry

DESK = "/quan-tri/tim-kiem/"


@pytest.fixture
def editor(db: None) -> Client:
    call_command("sync_roles", verbosity=0)
    return sign_in(Client(), UserFactory(editor=True))


def state(engine: str = "embedded", *, since: Any = None, **fields: Any) -> State:
    given = {"held": 5, "clock": 5, "lag": 0, "pending": 0, "pending_seconds": 0.0, "entries": 4} | fields
    report = FollowerReport(engine=engine, error="away", since=since, at=since) if since else None
    return State(Status(engine, "epoch", **given), report)


def test_the_sentence_on_top(freeze):
    now = freeze("2026-10-05T09:12")
    assert summary([state()]).sentences == ("Mọi máy tìm kiếm đều theo kịp.",)
    assert summary([state(), state("elasticsearch", answers=False, since=now)]).sentences == (
        "Elasticsearch không trả lời từ 09:12 ngày 05/10/2026; bộ máy nhúng đang trả lời thay.",
    )
    assert "khách chưa tìm được gì" in summary([state(answers=False)]).sentences[0]
    aside = Aside("startup", "a", "vi", "dài quá")
    told = summary([state(set_aside=(aside,), pending=2), state("elasticsearch", lag=3, set_aside=(aside,))])
    assert told.sentences == (
        "Elasticsearch còn chậm 3 thay đổi.",
        "2 thay đổi chờ đánh số.",
        "1 mục phải để riêng: khách không tìm thấy.",
    )
    assert not told.well


def test_since_when_an_engine_is_away_is_kept_until_it_is_mended(embedded, freeze, monkeypatch):
    def away() -> int:
        raise Unavailable("máy chủ im lặng")

    monkeypatch.setattr(embedded, "follow", away)
    begun = freeze("2026-10-05T09:00")
    reports.followed(embedded)
    freeze("2026-10-05T09:05")
    reports.followed(embedded)
    report = FollowerReport.objects.get()
    assert (report.since, report.at) == (begun, begun + timedelta(minutes=5))
    monkeypatch.undo()
    reports.followed(embedded)
    monkeypatch.setattr(embedded, "follow", away)
    again = freeze("2026-10-05T10:00")
    reports.followed(embedded)
    assert FollowerReport.objects.get().since == again


def test_a_frozen_server_is_told_of_within_seconds(embedded, monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = ElasticEngine(f"http://127.0.0.1:{silent.getsockname()[1]}", "test", embedded)
        status = engine.status()
        assert not status.answers
        assert "imeout" in status.last_error
        monkeypatch.setattr(reports, "followers", lambda: [engine])
        call_command("search_status")
        said = capsys.readouterr().out
        assert "elasticsearch: không kết nối được" in said
        assert "0 mục" not in said
        call_command("search_status", json=True)
        told = json.loads(capsys.readouterr().out)
        assert [told[name] for name in ("answers", "version", "lag", "entries", "set_aside")] == [False, *[None] * 4]
        engine.visitor.close()
        engine.worker.close()


def test_the_page_tells_what_the_command_tells(editor, embedded, publish, query_budget):
    publish(entry("Sâm Núi Mây"), entry("Hỏng", ref="bad", body="x" * 40_000))
    FollowerReport.objects.create(
        engine="embedded", error="tệp bị khóa", since=clock.now(), at=clock.now(), mended=True
    )
    editor.get(DESK)
    with query_budget(25):
        text = words(editor.get(DESK, {"q": "sam", "lang": "vi", "kind": ""}))
    assert "1 mục phải để riêng: khách không tìm thấy." in text
    assert "Đã theo đến thay đổi 2 / 2" in text
    assert "Đang giữ 1 mục" in text
    assert "đã hết" in text
    assert "tệp bị khóa" in text
    assert "40000 byte" in text
    assert "manage.py search_rebuild" in text


def test_a_set_aside_document_leads_to_what_it_is(editor, embedded, publish):
    publish(entry("Bài hỏng", url="/tin-tuc/hong/", body="x" * 40_000))
    assert '<a href="/tin-tuc/hong/">Bài hỏng</a>' in editor.get(DESK).content.decode()


def test_the_hits_come_in_the_order_of_the_visitor_with_the_reason(editor, embedded, publish):
    publish(entry("Chợ sâm", date=clock.now().date()), entry("Sâm", body="Núi mây"), entry("Núi mây có sâm"))
    response = editor.get(DESK, {"q": "sâm núi"})
    assert [place.hit.tier for place in response.context["places"]] == [2, 2]
    text = words(response)
    assert "2 kết quả. Bộ máy nhúng trả lời trong" in text
    assert "2. Có đủ các từ, đúng dấu như đã gõ" in text
    assert "Phải có đủ: “sâm” “núi”" in text


def test_what_cannot_be_asked_is_said(editor, embedded):
    assert "Không có loại “x”" in words(editor.get(DESK, {"q": "sam", "kind": "x"}))
    assert "Không có ngôn ngữ “fr”" in words(editor.get(DESK, {"q": "sam", "lang": "fr"}))
    assert "dài quá" in words(editor.get(DESK, {"q": "s" * 2000}))


def test_a_mistake_is_led_on(editor, embedded, publish):
    publish(entry("Khởi nghiệp xanh"), entry("Khởi nghiệp trẻ"))
    assert "có phải “ khởi nghiệp ”?" in words(editor.get(DESK, {"q": "khoi nghep"}))


def test_a_server_that_is_away_is_told_and_the_other_one_answers(editor, embedded, publish, settings, query_budget):
    publish(entry("Sâm Núi Mây"))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        engine = followers()[1]
        reports.followed(engine)
        with query_budget(25):
            text = words(editor.get(DESK, {"q": "sâm"}))
    assert "Elasticsearch không trả lời từ" in text
    assert "bộ máy nhúng đang trả lời thay." in text
    assert "1 kết quả. Bộ máy nhúng trả lời" in text
    assert "Đã theo đến thay đổi chưa rõ" in text
    assert "chưa hết, từ" in text
    engine.visitor.close()
    engine.worker.close()
