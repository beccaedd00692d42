"""run_jobs: each job once, one failing stops no other, two runs never at the same time."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal import boot, jobs
from registry.core import clock


@pytest.fixture
def only(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    return jobs.register


def run(**options) -> str:
    out = StringIO()
    call_command("run_jobs", stdout=out, **options)
    return out.getvalue()


def test_each_job_once_in_order(only) -> None:
    done = []
    only("first", lambda now: done.append("first"))
    only("second", lambda now: done.append("second") or {"sent": 2})
    out = run()
    assert done == ["first", "second"]
    assert "{'sent': 2}" in out
    assert len({line.split()[0] for line in out.splitlines()}) == 1, "one run id for all lines"


def test_one_failing_stops_no_other(only, caplog) -> None:
    done = []
    only("bad", lambda now: 1 / 0)
    only("good", lambda now: done.append(1))
    with pytest.raises(CommandError, match="bad"):
        run()
    assert done == [1]
    assert "job failed" in caplog.text


def test_two_runs_do_not_overlap(only) -> None:
    seen = []
    only("inner", lambda now: seen.append(run(only="inner")) if not seen else None)
    run()
    assert "Một lượt khác đang chạy" in seen[0]
    assert "Một lượt khác" not in run()


def test_a_run_while_the_portal_starts_leaves_the_tables_alone(only) -> None:
    done = []
    only("look", lambda now: done.append(1))
    with boot.held("boot"):
        assert "đang khởi động" in run()
    assert done == []
    assert "đang khởi động" not in run()
    assert done == [1]


def test_at_moves_the_clock_of_the_demo_only(only, settings) -> None:
    moments: list[datetime] = []
    only("look", moments.append)
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        run(at="2026-12-01T09:00")
    settings.DEMO = True
    run(at="2026-12-01T09:00")
    assert moments == [datetime(2026, 12, 1, 9, tzinfo=clock.ZONE)]
    with pytest.raises(CommandError, match="ISO"):
        run(at="mai")


def test_one_job_by_name(only) -> None:
    done = []
    only("a", lambda now: done.append("a"))
    only("b", lambda now: done.append("b"))
    run(only="b")
    assert done == ["b"]
    with pytest.raises(CommandError, match="không|Không"):
        run(only="c")


@pytest.mark.django_db(transaction=True)
def test_the_jobs_of_the_portal_run_twice_without_harm() -> None:
    assert {"publish", "search", "mail", "sessions", "orphan_files"} <= set(jobs.names())
    run()
    run()
