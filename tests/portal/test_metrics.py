"""What /metrics tells, to whom, and that it tells of nobody."""

import os
import subprocess
import sys
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import settings as the_settings
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from notifications.services import Recipient, notify
from portal import jobs, metrics
from registry.core import clock
from tests.portal.test_deploy import manage

pytestmark = pytest.mark.django_db


def figures(**labels: str) -> dict[str, float]:
    """Every sample that carries these labels, by its name."""
    response = Client().get("/metrics")
    assert response.status_code == 200
    return {
        sample.name: sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
        if labels.items() <= sample.labels.items()
    }


def test_requests_are_counted_by_route_and_class() -> None:
    route = {"method": "GET", "route": "tuy-chon/", "status": "2xx"}
    before = figures(**route).get("portal_requests_total", 0)
    Client().get("/tuy-chon/?ten=nguyen-van-a")
    assert figures(**route)["portal_requests_total"] == before + 1
    timed = figures(route="tuy-chon/")
    assert timed["portal_request_seconds_count"] >= 1
    Client().generic("BREW", "/healthz")
    assert figures(method="other", route="healthz", status="4xx")["portal_requests_total"] >= 1
    assert b"nguyen-van-a" not in Client().get("/metrics").content


@pytest.mark.parametrize(
    ("peer", "forwarded", "status"),
    [
        ("127.0.0.1", "", 200),
        ("::1", "", 200),
        ("10.1.2.3", "", 200),
        ("203.0.113.9", "", 403),
        ("", "", 403),
        ("127.0.0.1", "203.0.113.9", 403),
        ("127.0.0.1", "127.0.0.1, 203.0.113.9", 403),
        ("127.0.0.1", "nobody", 403),
        ("203.0.113.9", "127.0.0.1", 403),
        ("127.0.0.1", "10.1.2.3", 200),
    ],
)
def test_only_the_near_may_read(peer: str, forwarded: str, status: int, settings: Any) -> None:
    settings.METRICS_FROM = [ip_network("127.0.0.0/8"), ip_network("::1/128"), ip_network("10.0.0.0/8")]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    response = Client().get("/metrics", headers=headers, REMOTE_ADDR=peer)
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]


def test_how_things_stand_now() -> None:
    now = clock.now()
    notify(
        "dossier_submitted",
        [Recipient("an@example.vn")],
        "KN-2026-00007/1",
        {"reference": "KN-2026-00007", "title": "Trà", "url": "/x/", "due": now},
        due_at=now - timedelta(hours=1),
    )
    told = figures()
    assert told["portal_database_up"] == 1
    assert told["portal_outbox_waiting"] == 1
    assert 3600 <= told["portal_outbox_oldest_seconds"] < 3700
    assert told["portal_outbox_given_up"] == 0
    assert told["portal_dossiers_overdue"] == 0
    assert figures(engine="embedded")["portal_search_answers"] == 1
    assert figures(kind="private")["portal_process_bytes"] > 0
    assert metrics.memory_of(os.getpid())["private"] > 10_000_000
    assert b"an@example.vn" not in Client().get("/metrics").content


def test_when_each_job_last_went_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("works", lambda now: 1)
    jobs.register("fails", lambda now: 1 / 0)
    with clock.at("2026-10-05T09:00:00"):
        jobs.run()
        moment = clock.now().timestamp()
    assert figures(job="works") == {
        "portal_job_success_timestamp_seconds": moment,
        "portal_job_failing": 0,
        "portal_job_seconds": pytest.approx(0, abs=1),
    }
    assert figures(job="fails")["portal_job_failing"] == 1
    assert "portal_job_success_timestamp_seconds" not in figures(job="fails")


def test_a_database_that_does_not_answer_is_a_figure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(now: Any) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(metrics, "waiting_mail", gone)
    told = figures()
    assert told["portal_database_up"] == 0
    assert "portal_outbox_waiting" not in told


def test_workers_that_are_no_more_are_forgotten() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    old = the_settings.METRICS_DIR / f"counter_{ended.pid}.db"
    old.write_bytes(b"")
    mine = set(the_settings.METRICS_DIR.glob("*.db")) - {old}
    metrics.forget_dead_workers()
    assert set(the_settings.METRICS_DIR.glob("*.db")) == mine


def test_a_network_that_is_none_stops_the_boot(tmp_path: Any) -> None:
    done = manage("check", PORTAL_VAR=str(tmp_path), PORTAL_METRICS_FROM="10.0.0.0/8,mang-noi-bo")
    assert done.returncode == 3
    assert "PORTAL_METRICS_FROM" in done.stderr
