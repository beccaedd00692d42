"""The follower of a real server in its bad moments: stale and refused documents, a worker killed, a server busy, frozen, gone."""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import close_old_connections, connection, transaction

from search import clock
from search.elastic import ElasticEngine, follower
from search.embedded import EmbeddedEngine
from search.engine import Query, Unavailable, followers, get_engine
from search.entries import put, withdraw
from search.following import follow_all, follow_until
from search.models import FollowerReport, SearchEntry
from search.numbering import head, number_all, start_new_epoch
from search.prepared import line_of
from tests.plumbing.elasticsearch import address
from tests.search.factories import WORDS, entry

pytestmark = pytest.mark.elasticsearch

SCRIPT = django_settings.BASE_DIR / "scripts" / "elasticsearch.sh"


@pytest.fixture
def portal(settings, tmp_path: Path) -> Iterator[ElasticEngine]:
    """The portal's own settings with Elasticsearch chosen, indices and file of this test's own."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = address()
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid4().hex[:12]}"
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    start_new_epoch()
    engine = followers()[1]
    assert isinstance(engine, ElasticEngine)
    yield engine
    engine.indices.remove_all()


@pytest.fixture(scope="module")
def own_server() -> Iterator[tuple[str, Path]]:
    """A server that only these tests disturb: (address, folder)."""
    folder = Path(
        tempfile.mkdtemp(prefix="portal-elasticsearch-")
    )  # not below the tests' own, where nobody else may look
    yield start(folder), folder
    subprocess.run(["sh", SCRIPT, "stop", folder], check=True)
    shutil.rmtree(folder)


def start(folder: Path, *port: str) -> str:
    told = subprocess.run(
        ["sh", SCRIPT, "start", folder, *port], check=True, capture_output=True, text=True,
        env={**os.environ, "PORTAL_ELASTICSEARCH_HEAP": "256m"},
    )  # fmt: skip
    return told.stdout.strip()


def refs(text: str) -> list[str]:
    return [hit.ref for hit in get_engine().search(Query(text, language="vi", size=2000)).hits]


def test_an_older_version_never_wins(elastic, publish):
    publish(entry("Sâm", ref="a"))
    elastic.follow()
    late = SearchEntry.objects.get(ref="a")
    withdraw("startup", "a")
    number_all()
    elastic.follow()
    follower.write(elastic.worker, elastic.indices.current(), [late])  # a worker that was asleep
    elastic.worker.indices.refresh(index=elastic.indices.alias)
    assert elastic.search(Query("sam", language="vi")).count == 0
    assert not elastic.check()


def test_a_document_under_a_number_that_was_never_given_is_mended(elastic, publish, monkeypatch, capsys):
    monkeypatch.setattr("search.management.commands.search_check.followers", lambda: (elastic,))
    publish(entry("Sâm", ref="a"), entry("Chè", ref="b"))
    row = SearchEntry.objects.get(ref="a")
    held, name = {"live": False, "ord": 1}, elastic.indices.current()
    elastic.worker.index(index=name, id=str(row.pk), document=held, version=10**9, version_type="external")
    publish(entry("Sâm mới", ref="a"))
    call_command("search_check", fix=True)
    assert "khớp" in capsys.readouterr().out
    assert [elastic.search(Query(text, language="vi")).count for text in ("sam moi", "che")] == [1, 1]


def test_what_the_server_refuses_is_set_aside_and_named(elastic, publish):
    """What is too long is told before it is sent; here the line of an entry was spoilt, so that the server has the last word."""
    publish(*(entry(f"Sâm {n}") for n in range(20)), entry("Sâm", ref="bad", facets={"topic": ["x"]}))
    spoilt = SearchEntry.objects.get(ref="bad")
    SearchEntry.objects.filter(ref="bad").update(document=line_of(spoilt).replace('["x"]', f'["{"x" * 40_000}"]'))
    elastic.follow()
    assert elastic.search(Query("sam", language="vi")).count == 20
    (aside,) = elastic.status().set_aside
    assert (aside.ref, "facets.topic" in aside.reason) == ("bad", True)
    assert not elastic.check()
    publish(entry("Sâm", ref="bad"))
    elastic.follow()
    assert elastic.search(Query("sam", language="vi")).count == 21


def test_what_a_worker_wrote_and_did_not_live_to_refresh_is_found_within_two_seconds(elastic, publish):
    publish(entry("Sâm", ref="a"))
    elastic.follow()
    publish(entry("Sâm", ref="b"))
    name = elastic.indices.current()
    at = elastic.indices.cursor(name)
    follower._catch_up(elastic.indices, name, at.epoch, at.seq, head()[1])
    assert elastic.follow() == 0
    deadline = time.monotonic() + 2
    while elastic.search(Query("sam", language="vi")).count < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert elastic.search(Query("sam", language="vi")).count == 2


def test_a_write_to_an_index_that_is_gone_makes_no_new_one(elastic, publish):
    publish(entry("Sâm", ref="a"))
    elastic.follow()
    gone = elastic.indices.current()
    elastic.rebuild()
    with pytest.raises(Unavailable):
        follower.write(elastic.worker, gone, list(SearchEntry.objects.all()))
    assert elastic.indices.all() == [elastic.indices.current()]


def test_an_index_of_another_history_or_without_its_worker_does_not_answer(elastic, publish, monkeypatch):
    publish(entry("Sâm", ref="a"))
    elastic.follow()
    put(entry("Sâm", ref="b"))
    number_all()
    assert elastic.search(Query("sam", language="vi")).count == 1  # a worker has some seconds
    later = clock.now() + timedelta(seconds=60)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Unavailable, match="chậm 1"):
        elastic.search(Query("sam", language="vi"))
    elastic.follow()
    assert elastic.search(Query("sam", language="vi")).count == 2
    start_new_epoch()
    with pytest.raises(Unavailable, match="dữ liệu khác"):
        elastic.search(Query("sam", language="vi"))


@pytest.mark.django_db
def test_a_closed_port_is_answered_for_within_a_second_and_reported(settings, tmp_path):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    settings.ELASTICSEARCH_PREFIX = "nobody"
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    start_new_epoch()
    put(entry("Sâm Núi Mây", ref="a"))
    assert follow_all() == {"embedded": 1, "elasticsearch": -1}
    started = time.monotonic()
    found = get_engine().search(Query("sam", language="vi"))
    assert time.monotonic() - started < 1
    assert (found.engine, [hit.ref for hit in found.hits]) == ("embedded", ["a"])
    assert get_engine().suggest("sam", language="vi")[0].ref == "a"
    assert get_engine().refs(Query("sam", ("startup",), "vi")) == ["a"]
    assert get_engine().status().answers is False
    assert FollowerReport.objects.get(engine="elasticsearch").mended is False


def _work() -> None:
    connection.close()
    follow_until(threading.Event())


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_ten_times_in_five_thousand_changes_loses_nothing(portal):
    fork = multiprocessing.get_context("fork")
    chance = random.Random(11)
    follow_all()
    killings = sorted(chance.sample(range(500), 10))
    connection.close()
    worker = fork.Process(target=_work)
    worker.start()
    for turn in range(500):
        with transaction.atomic():
            for _ in range(10):
                ref = f"s{chance.randint(1, 400)}"
                if chance.random() < 0.2:
                    withdraw("startup", ref)
                else:
                    put(entry(f"{chance.choice(WORDS)} {chance.choice(WORDS)}", ref=ref))
        if turn in killings:
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
            connection.close()
            worker = fork.Process(target=_work)
            worker.start()
    deadline = time.monotonic() + 30
    while portal.status().lag and time.monotonic() < deadline:
        time.sleep(0.3)
    assert portal.status().lag == 0
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    call_command("search_check")  # exits with 1 where anything differs
    live = set(SearchEntry.objects.filter(deleted=False).values_list("ref", flat=True))
    found = portal.search(Query(language="vi", size=1000))
    assert (found.count, {hit.ref for hit in found.hits}) == (len(live), live)


def _publish_often(number: int) -> None:
    connection.close()
    for n in range(number):
        put(entry(f"Chè mới {n}", ref=f"new{n}"))
        time.sleep(0.005)
    os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_a_known_record_is_in_every_answer_while_the_index_is_rebuilt_and_others_publish(portal):
    put(entry("Sâm Núi Mây", ref="known"))
    for n in range(300):
        put(entry(f"Lúa nương {n}", ref=f"old{n}"))
    follow_all()
    connection.close()
    fork = multiprocessing.get_context("fork")
    others = [fork.Process(target=_publish_often, args=(500,)), fork.Process(target=_work)]
    for process in others:
        process.start()
    answers: list[tuple[str, list[str]]] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            found = portal.search(Query("sam nui may", language="vi"))
            answers.append((found.engine, [hit.ref for hit in found.hits]))
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    while others[0].is_alive():
        portal.rebuild()
    over.set()
    reader.join()
    os.kill(others[1].pid, signal.SIGKILL)
    for process in others:
        process.join()
    assert len(answers) > 20
    assert all(answer == ("elasticsearch", ["known"]) for answer in answers)
    call_command("search_check")  # refreshes: the worker may have died between its last write and its refresh
    assert portal.search(Query("che moi", language="vi")).count == 500


@pytest.mark.django_db(transaction=True)
def test_a_server_that_freezes_is_busy_or_stops_is_caught_up_with_by_itself(settings, tmp_path, own_server):
    url, folder = own_server
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = url
    settings.ELASTICSEARCH_PREFIX = "stopped"
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    start_new_epoch()
    engine = followers()[1]
    put(entry("Sâm", ref="a"))
    follow_all()
    # Too much to do: every request larger than this is answered 429, until the worker has waited it out.
    busy = {"network.breaker.inflight_requests.limit": "10kb"}
    engine.worker.cluster.put_settings(transient=busy)
    relief = threading.Timer(1.5, engine.worker.cluster.put_settings, kwargs={"transient": dict.fromkeys(busy)})
    relief.start()
    put(entry("Sâm lớn", ref="b", body="lúa nương " * 4000))
    number_all()
    assert engine.follow() == 1
    relief.join()
    assert set(refs("sam")) == {"a", "b"}
    # Frozen: the first visitor waits half a second, the next ones not at all.
    group = int((folder / "pid").read_text())
    os.killpg(group, signal.SIGSTOP)
    started = time.monotonic()
    assert set(refs("sam")) == {"a", "b"}
    assert time.monotonic() - started < 1.5
    started = time.monotonic()
    assert get_engine().search(Query("sam", language="vi")).engine == "embedded"
    assert time.monotonic() - started < 0.5
    os.killpg(group, signal.SIGCONT)
    # Stopped during writes, and back.
    over = threading.Event()

    def work() -> None:
        follow_until(over)
        close_old_connections()
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        subprocess.run(["sh", SCRIPT, "stop", folder], check=True)
        for n in range(50):
            put(entry(f"Sâm {n}", ref=f"s{n}"))
        withdraw("startup", "a")
        assert len(refs("sam")) == 51
        start(folder, url.rsplit(":", 1)[1])
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not (engine.status().answers and engine.status().lag == 0):
            time.sleep(0.3)
        assert (engine.status().lag, engine.status().answers) == (0, True)
    finally:
        over.set()
        worker.join()
    patient = ElasticEngine(url, "stopped", followers()[0], patience=30)
    assert patient.search(Query("sam", language="vi")).count == 51
    assert not patient.check()
    assert FollowerReport.objects.get(engine="elasticsearch").mended


def test_the_embedded_copy_is_kept_beside_the_server(db, portal):
    put(entry("Sâm Núi Mây", ref="a"))
    assert follow_all() == {"embedded": 1, "elasticsearch": 1}
    embedded = followers()[0]
    assert isinstance(embedded, EmbeddedEngine)
    assert [e.search(Query("sam", language="vi")).count for e in (embedded, portal)] == [1, 1]
    meant = get_engine().search(Query("num may", language="vi"))
    assert (meant.engine, meant.did_you_mean) == ("elasticsearch", "núi mây")
