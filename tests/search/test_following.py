"""Nothing lost, nothing that was never committed: how the file follows the table."""

import contextlib
import multiprocessing
import os
import random
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
from search.entries import put, withdraw
from search.following import catch_up
from search.models import Clock, SearchEntry
from search.normalise import exact_key, spell
from search.numbering import number, start_new_epoch
from tests.search.factories import WORDS, entry, generated

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def engine(embedded: EmbeddedEngine) -> EmbeddedEngine:
    """Here the file itself is looked at; what holds for every follower stands in test_followers.py."""
    return embedded


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


def test_a_damaged_file_is_built_anew(engine, publish):
    publish(entry("Sâm", ref="a"))
    engine.file.close()
    for suffix in ("-wal", "-shm"):
        engine.file.path.with_name(engine.file.path.name + suffix).unlink(missing_ok=True)
    engine.file.path.write_bytes(b"no database at all " * 500)
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


def _write_often(seed: int, seconds: float) -> None:
    """Changes the same 40 records as the others: some stay open a while, a fifth is rolled back, a tenth withdraws."""
    connection.close()
    chance = random.Random(seed)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        made = entry(chance.choice(WORDS), ref=f"s{chance.randint(1, 40)}", body=f"{seed}")
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            withdraw("startup", made.ref) if chance.random() < 0.1 else put(made)
            time.sleep(chance.random() * 0.02)
            if chance.random() < 0.2:
                1 / 0  # noqa: B018
    os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_followers_agree_in_the_end_even_when_killed(settings, tmp_path):
    """Three write, three follow into one file; one of each is killed in the middle, at any moment of its work."""
    settings.SEARCH_FILE = tmp_path / "shared.sqlite3"
    start_new_epoch()
    connection.close()
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write_often, args=(seed, 4.0)) for seed in range(3)]
    followers = [fork.Process(target=_follow_often, args=(str(settings.SEARCH_FILE), 4.5)) for _ in range(3)]
    for process in (*writers, *followers):
        process.start()
    time.sleep(1.5)
    os.kill(writers[0].pid, signal.SIGKILL)
    os.kill(followers[0].pid, signal.SIGKILL)
    for process in (*writers, *followers):
        process.join()
    assert [process.exitcode for process in (*writers[1:], *followers[1:])] == [0, 0, 0, 0]
    catch_up()  # what `run_jobs` does for a writer that died between its commit and its turn
    engine = EmbeddedEngine(str(settings.SEARCH_FILE))
    held = {hit.ref: (hit.title, titles_held(engine)[hit.ref]) for hit in engine.search(Query(size=1000)).hits}
    assert held == {e.ref: (e.title, spell(exact_key(e.title))) for e in SearchEntry.objects.filter(deleted=False)}
    assert len(held) > 5
    db = engine.file.connection()
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.execute("INSERT INTO entry_text(entry_text) VALUES ('integrity-check')")
    assert db.execute("SELECT count(*) FROM word WHERE n <= 0").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM pair WHERE n <= 0").fetchone()[0] == 0
    engine.file.close()


def titles_held(engine: EmbeddedEngine) -> dict[str, str]:
    """The title of each record as the file itself holds it: one word, found by its exact key."""
    rows = engine.file.connection().execute(
        "SELECT doc.ref, entry_text.xt FROM entry_text JOIN doc ON doc.ord = entry_text.rowid"
    )
    return {ref: spell(key) for ref, key in rows}


def test_a_rebuilt_copy_leaves_one_file_and_a_removed_one_none(engine, publish):
    publish(entry("Sâm", ref="a"))
    for _ in range(3):
        engine.rebuild()
    names = {path.name for path in engine.file.path.parent.glob("search*") if not path.name.endswith(("-wal", "-shm"))}
    assert names == {engine.file.path.name, engine.file.path.resolve().name}
    engine.file.remove()
    assert list(engine.file.path.parent.glob("search*")) == []
    assert refs(engine, "sam") == ["a"]
