"""What was looked for in vain: counted without a trace of anybody, handed over between processes, kept when repeated."""

import multiprocessing
import os
import signal
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from portal import jobs
from search import clock, empty_searches
from search.empty_searches import KEPT_DAYS, MOST_A_DAY, MOST_TEXTS, fold_in, lately, spool, tally, wording
from search.models import EmptySearch
from search.spool import Spool
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words
from tests.search.factories import entry


def kept() -> dict[tuple[str, str], int]:
    return {(row.text, row.language): row.times for row in EmptySearch.objects.order_by("pk")}


def fold() -> None:
    tally.hand_over()
    fold_in(clock.now())


def files() -> str:
    """Everything that lies in the spool."""
    return " ".join(path.read_text() for path in Path(spool().folder).glob("*"))


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("  Sâm   Ngọc\tLinh ", "sam ngoc linh"),
        ("268/2025/NĐ-CP", "268/2025/nd-cp"),
        ("nguoi@example.vn", ""),
        ("nguoi\uff20example.vn", ""),
        ("0912 345 678", ""),
        ("+84.912.345.678", ""),
        ("0912/345/678", ""),
        ("\uff10\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", ""),
        ("CCCD 012345678901", ""),
        ("6200012345", ""),
        ("x" * 61, ""),
        ("?!", ""),
        ("", ""),
        ("a\0b \ud800", "ab"),
    ],
)
def test_how_a_text_is_counted_and_when_it_is_not(typed, counted):
    assert wording(typed) == counted


def test_page_and_api_are_counted_together_when_nothing_narrows_them(client, embedded, publish):
    publish(entry("Sâm Núi Mây"))
    client.get("/tim-kiem/", {"q": "Tàu ngầm"})
    client.get("/api/v1/search", {"q": "tau  ngam"})
    client.get("/en/search/", {"q": "submarine"})
    client.get("/api/v1/search", {"q": "submarine", "lang": "en"})
    for _ in range(3):
        client.get("/tim-kiem/", {"q": "tàu ngầm", "kind": "news"})
        client.get("/api/v1/search", {"q": "xe lửa", "kind": "news"})
        client.get("/tim-kiem/", {"q": "sâm"})
        client.get("/tim-kiem/", {"q": "tàu bay", "cursor": "x"})
    fold()
    assert kept() == {("tau ngam", "vi"): 2, ("submarine", "en"): 2}


def test_a_visitor_writes_nothing_to_the_database(client, embedded, query_budget):
    client.get("/tim-kiem/", {"q": "tàu ngầm"})
    with query_budget(10) as asked:
        client.get("/tim-kiem/", {"q": "tàu ngầm"})
        client.get("/api/v1/search", {"q": "tàu ngầm"})
        tally.hand_over()
    assert asked.writes == []
    assert not EmptySearch.objects.exists()
    assert "tau ngam" in files()


def test_what_is_looked_for_once_is_nowhere_kept(client, embedded):
    client.get("/tim-kiem/", {"q": "Nguyễn Văn Mẫu"})
    fold()
    assert kept() == {}
    assert "mau" not in files()
    assert [path.stat().st_mode & 0o777 for path in Path(spool().folder).glob("*")] == [0o600]
    client.get("/tim-kiem/", {"q": "nguyen van mau"})
    fold()
    assert kept() == {("nguyen van mau", "vi"): 2}
    client.get("/tim-kiem/", {"q": "nguyen van mau"})
    fold()
    assert kept() == {("nguyen van mau", "vi"): 3}
    assert len(spool().note() or {}) == 0


def test_what_is_somebodys_own_is_not_even_counted(client, embedded):
    for text in ("a@b.vn", "0912 345 678", "012345678901"):
        client.get("/tim-kiem/", {"q": text})
        client.get("/api/v1/search", {"q": text})
    fold()
    assert kept() == {}
    assert not Path(spool().folder).exists()


def test_twice_means_on_one_day(client, embedded, freeze):
    freeze("2026-10-05T23:50")
    client.get("/tim-kiem/", {"q": "tàu ngầm"})
    fold()
    freeze("2026-10-06T00:10")
    client.get("/tim-kiem/", {"q": "tàu ngầm"})
    fold()
    assert kept() == {}
    freeze("2026-10-08T00:10")
    fold()
    assert spool().note() == {}


def test_the_database_refuses_what_is_not_repeated_and_a_second_row(db):
    row = {"day": date(2026, 10, 5), "language": "vi", "text": "x"}
    with pytest.raises(IntegrityError, match="search_empty_is_repeated"), transaction.atomic():
        EmptySearch.objects.create(**row, times=1)
    EmptySearch.objects.create(**row, times=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmptySearch.objects.create(**row, times=2)


def test_memory_and_days_are_bounded(db, freeze):
    day = freeze("2026-10-05T09:00").date().isoformat()
    for n in range(MOST_TEXTS + 50):
        tally.add((day, "vi", f"tu {n}"))
    tally.hand_over()
    assert sum(len(told) for told in spool().take()) == MOST_TEXTS
    spool().put([[day, "vi", f"tu {n}", 2] for n in range(MOST_A_DAY + 50)])
    fold_in(clock.now())
    assert EmptySearch.objects.count() == MOST_A_DAY


def test_half_a_year_is_kept_and_a_month_is_shown(db, freeze):
    today = freeze("2026-10-05T09:00").date()
    for age in (0, 29, 30, KEPT_DAYS, KEPT_DAYS + 1):
        EmptySearch.objects.create(day=today - timedelta(days=age), language="vi", text=f"tu {age}", times=2 + age)
    EmptySearch.objects.create(day=today - timedelta(days=1), language="vi", text="tu 0", times=40)
    jobs.run("empty_searches")
    assert not EmptySearch.objects.filter(text=f"tu {KEPT_DAYS + 1}").exists()
    assert EmptySearch.objects.count() == 5
    shown = lately(today)
    assert [(one["text"], one["total"]) for one in shown] == [("tu 0", 42), ("tu 29", 31)]
    assert shown[0]["days"] == [(today, 2), (today - timedelta(days=1), 40)]


def test_staff_see_it_day_by_day_and_ask_again_without_being_counted(embedded, db, freeze):
    today = freeze("2026-10-15T09:00").date()
    call_command("sync_roles", verbosity=0)
    for age in range(9):
        EmptySearch.objects.create(day=today - timedelta(days=age), language="vi", text="tau ngam", times=2 + age)
    EmptySearch.objects.create(day=today, language="en", text="tau ngam", times=2)
    officer = sign_in(Client(), UserFactory(officer=True))
    response = officer.get("/quan-tri/tim-kiem/")
    assert "tau ngam Tiếng Việt 54 15/10/2026: 2; 14/10/2026: 3; 13/10/2026: 4;" in words(response)
    assert "09/10/2026: 8; trước đó 2 ngày nữa" in words(response)
    assert "tau ngam Tiếng Anh 2 15/10/2026: 2" in words(response)
    assert 'href="/quan-tri/tim-kiem/?q=tau%20ngam&amp;lang=vi#ask"' in response.content.decode()
    assert "0 kết quả" in words(officer.get("/quan-tri/tim-kiem/?q=tau%20ngam&lang=vi"))
    tally.hand_over()
    assert not Path(spool().folder).exists()


def test_a_process_hands_over_by_itself(settings, monkeypatch):
    monkeypatch.setattr(empty_searches, "HANDED_OVER_SECONDS", 0.05)
    tally.add(("2026-10-05", "vi", "tau ngam"))
    until = time.monotonic() + 10
    while not list(Path(settings.SEARCH_SPOOL).glob("*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    assert list(spool().take()) == [[["2026-10-05", "vi", "tau ngam", 1]]]


def test_a_full_disk_costs_the_counts_only(settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    settings.SEARCH_SPOOL = tmp_path / "file" / "spool"
    tally.add(("2026-10-05", "vi", "tau ngam"))
    tally.hand_over()
    assert "not kept" in caplog.text


def test_what_is_not_readable_is_thrown_away(tmp_path):
    spool = Spool(tmp_path)
    (tmp_path / "a.json").write_text("{half")
    spool.put([1])
    old = tmp_path / "dead.part"
    old.touch()
    os.utime(old, (0, 0))
    assert list(spool.take()) == [[1]]
    assert list(tmp_path.iterdir()) == []


def _count_often(folder: str, times: int) -> None:
    from django.conf import settings

    settings.SEARCH_SPOOL = folder
    for n in range(times):
        tally.add(("2026-10-05", "vi", f"tu {n % 7}"))
        if n % 5 == 4:
            tally.hand_over()
    tally.hand_over()
    os._exit(0)


def _take_often(folder: str, ready: Any) -> None:
    taken = Spool(Path(folder)).take()
    next(taken, None)
    ready.set()
    time.sleep(60)


def test_many_processes_hand_over_and_nothing_is_counted_twice_or_lost(tmp_path):
    tally.add(("2026-10-05", "vi", "of the parent"))
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_count_often, args=(str(tmp_path), 500)) for _ in range(4)]
    for writer in writers:
        writer.start()
    counts: Counter[str] = Counter()
    shared, takers = Spool(tmp_path), 0
    while any(writer.is_alive() for writer in writers) or list(tmp_path.glob("*.json")):
        takers += 1
        for handed_over in shared.take():
            for _, _, text, times in handed_over:
                counts[text] += times
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert takers > 1
    assert sum(counts.values()) == 4 * 500
    assert set(counts) == {f"tu {n}" for n in range(7)}  # the parent's own is not its children's


def test_a_job_killed_with_a_file_in_its_hand_counts_nothing_twice(tmp_path):
    shared = Spool(tmp_path)
    for n in range(3):
        shared.put([n])
    fork = multiprocessing.get_context("fork")
    ready = fork.Event()
    job = fork.Process(target=_take_often, args=(str(tmp_path), ready))
    job.start()
    assert ready.wait(20)
    os.kill(job.pid, signal.SIGKILL)
    job.join()
    assert len(list(shared.take())) == 2
