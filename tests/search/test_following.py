"""Nothing lost, nothing that was never committed: how the file follows the table."""

import multiprocessing
import os
import signal
import sqlite3
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from search import clock
from search.embedded import EmbeddedEngine
from search.engine import Query
from search.entries import catch_up, put, withdraw
from search.models import Clock, SearchEntry
from search.numbering import number, start_new_epoch
from tests.search.factories import entry, generated

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def refs(engine, text: str, **fields) -> list[str]:
    return [hit.ref for hit in engine.search(Query(text, language="vi", **fields)).hits]


def test_found_as_soon_as_the_transaction_commits(engine, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        put(entry("Sâm Núi Mây", ref="sam"))
        assert refs(engine, "sam") == []
    assert refs(engine, "sam") == ["sam"]


def test_a_change_replaces_and_a_withdrawal_is_never_found(engine, publish):
    publish(entry("Sâm Núi Mây", ref="a"), entry("Sâm Núi Mây", ref="a", language="en"))
    publish(entry("Chè Núi Mây", ref="a"))
    assert refs(engine, "sam") == []
    assert refs(engine, "che") == ["a"]
    withdraw("startup", "a", "en")
    catch_up()
    assert engine.search(Query("sam")).count == 0
    withdraw("startup", "a")
    catch_up()
    assert refs(engine, "che") == []
    kept = SearchEntry.objects.get(ref="a", language="vi")
    assert (kept.deleted, kept.title, kept.body, kept.numbers) == (True, "", "", [])
    assert engine.status().entries == 0


def test_withdrawn_but_not_yet_followed_is_not_shown(engine, publish):
    publish(entry("Sâm Núi Mây", ref="a"))
    withdraw("startup", "a")
    assert refs(engine, "sam") == []


def test_a_rolled_back_change_leaves_nothing(engine, publish, django_capture_on_commit_callbacks):
    publish(entry("Chè", ref="tea"))

    @transaction.atomic
    def fail() -> None:
        put(entry("Sâm", ref="ginseng"))
        withdraw("startup", "tea")
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        fail()
    catch_up()
    assert refs(engine, "sam") == []
    assert refs(engine, "che") == ["tea"]


def test_a_number_is_never_given_twice(engine, publish):
    publish(entry("Một", ref="1"), entry("Hai", ref="2"))
    first = SearchEntry.objects.get(ref="2").seq
    put(entry("Hai lần", ref="2"))  # the row that held the highest number has none now
    assert number() == 1
    assert SearchEntry.objects.get(ref="2").seq == first + 1
    assert Clock.objects.get().seq == first + 1
    assert number() == 0


def test_the_public_window_is_kept_at_the_moment_of_the_search(engine, publish, monkeypatch):
    hour = timedelta(hours=1)
    publish(
        entry("Sâm sắp có", ref="later", public_from=NOW + hour),
        entry("Sâm đã qua", ref="over", public_until=NOW - hour),
        entry("Sâm bây giờ", ref="now", public_from=NOW - hour, public_until=NOW + hour),
        entry("Sâm luôn có", ref="always"),
    )
    assert set(refs(engine, "sam", at=NOW)) == {"now", "always"}
    assert set(refs(engine, "sam", at=NOW + hour)) == {"later", "always"}
    assert set(refs(engine, "sam", at=NOW - 2 * hour)) == {"over", "always"}
    found = engine.search(Query("sam", language="vi", at=NOW))
    assert (found.count, found.facets["kind"][0].count) == (2, 2)
    monkeypatch.setattr(clock, "now", lambda: NOW + hour)
    assert set(refs(engine, "sam")) == {"later", "always"}


def test_another_epoch_builds_the_copy_anew(engine, publish):
    publish(entry("Sâm", ref="a"), entry("Chè", ref="b"))
    SearchEntry.objects.filter(ref="a").delete()  # as if an older database had been put back
    assert engine.status().entries == 2
    start_new_epoch()
    assert engine.follow() == 1
    assert (refs(engine, "sam"), refs(engine, "che")) == ([], ["b"])


def test_a_cursor_ahead_of_the_clock_builds_the_copy_anew(engine, publish):
    publish(entry("Sâm", ref="a"), entry("Chè", ref="b"))
    SearchEntry.objects.filter(ref="b").delete()
    Clock.objects.update(seq=1)
    assert engine.follow() == 1
    assert engine.status().lag == 0
    assert refs(engine, "che") == []


def test_a_file_of_another_version_or_taken_away_is_built_anew(engine, publish):
    publish(entry("Sâm", ref="a"))
    engine.file.connection().execute("PRAGMA user_version = 1")
    engine.file.close()
    assert refs(engine, "sam") == ["a"]
    engine.file.path.unlink()
    assert refs(engine, "sam") == ["a"]


def test_a_visitor_does_not_wait_for_a_long_writer(engine, publish):
    publish(entry("Sâm", ref="a"))
    put(entry("Sâm mới", ref="b"))
    number()
    with sqlite3.connect(engine.file.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert refs(engine, "sam") == ["a"]
        assert time.monotonic() - started < 2
        assert "locked" in engine.status().last_error
        other.execute("ROLLBACK")
    assert set(refs(engine, "sam")) == {"a", "b"}


def test_many_changes_come_in_batches(engine, publish):
    for made in generated(1100):
        put(made)
    assert catch_up() == 1100
    status = engine.status()
    assert (status.entries, status.lag, status.pending) == (1100, 0, 0)
    assert engine.file.connection().execute("SELECT count(*) FROM entry_text").fetchone()[0] == 1100
    engine.file.connection().execute("INSERT INTO entry_text(entry_text) VALUES ('integrity-check')")


def test_status_says_what_waits(engine, publish):
    publish(entry("Sâm", ref="a"))
    put(entry("Chè", ref="b"))
    assert engine.status().pending == 1
    number()
    status = engine.status()
    assert (status.pending, status.lag, status.held + 1) == (0, 1, status.clock)


def _follow_often(path: str, seconds: float) -> None:
    connection.close()
    engine = EmbeddedEngine(path)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        engine.follow()
        engine.search(Query("mới", language="vi"))
    os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_processes_that_follow_into_one_file_agree_even_when_killed(settings, tmp_path):
    """One process writes, three follow into the same file, one of these is killed in the middle."""
    settings.SEARCH_FILE = tmp_path / "shared.sqlite3"
    start_new_epoch()
    engine = EmbeddedEngine(str(settings.SEARCH_FILE))
    connection.close()
    fork = multiprocessing.get_context("fork")
    followers = [fork.Process(target=_follow_often, args=(str(settings.SEARCH_FILE), 4.0)) for _ in range(3)]
    for follower in followers:
        follower.start()
    kept = {}
    until = time.monotonic() + 3
    for turn in range(10_000):
        for made in generated(8, seed=turn):
            with transaction.atomic():
                if turn % 5 == 4:
                    withdraw(made.kind, made.ref, made.language)
                    kept.pop((made.kind, made.ref, made.language), None)
                else:
                    put(made)
                    kept[made.kind, made.ref, made.language] = made.title
        if turn == 3:
            os.kill(followers[0].pid, signal.SIGKILL)
        if time.monotonic() > until:
            break
    for follower in followers:
        follower.join()
    assert [follower.exitcode for follower in followers[1:]] == [0, 0]
    catch_up()
    held = {(h.kind, h.ref, h.language): h.title for h in engine.search(Query(size=1000)).hits}
    assert held == kept
    db = engine.file.connection()
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.execute("INSERT INTO entry_text(entry_text) VALUES ('integrity-check')")
    counted = db.execute("SELECT sum(n) FROM word WHERE n > 0").fetchone()[0]
    assert counted is not None
    assert db.execute("SELECT count(*) FROM word WHERE n < 0").fetchone()[0] == 0
    engine.file.close()
