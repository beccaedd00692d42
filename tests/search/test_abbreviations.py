"""How soon an edit of the list is in effect: at once where it was made, within five seconds everywhere."""

import multiprocessing
import time
from typing import Any

import pytest
from django.db import connection

from search import abbreviations
from search.models import Abbreviation

SECONDS = 5.0


@pytest.fixture(autouse=True)
def _unread() -> Any:
    abbreviations.forget()
    yield
    abbreviations.forget()


def test_an_edit_is_in_effect_at_once_in_the_process_that_made_it(db, django_capture_on_commit_callbacks):
    assert "LHHB" not in abbreviations.current().longs
    with django_capture_on_commit_callbacks(execute=True):
        row = Abbreviation.objects.create(short="LHHB", long_vi="Lễ hội hoa ban")
        assert "LHHB" not in abbreviations.current().longs
    assert "LHHB" in abbreviations.current().longs
    with django_capture_on_commit_callbacks(execute=True):
        row.delete()
    assert "LHHB" not in abbreviations.current().longs


def test_the_list_is_read_so_often_that_a_page_kept_a_second_is_not_too_old():
    from portal.settings import PAGE_CACHE_SECONDS

    assert abbreviations.SECONDS_KEPT + PAGE_CACHE_SECONDS < SECONDS


def test_a_list_forgotten_by_another_thread_is_still_answered(db, monkeypatch):
    abbreviations.current()
    monkeypatch.setattr(abbreviations.time, "monotonic", lambda: abbreviations.forget() or 0.0)
    assert "UBND" in abbreviations.current().longs


def _wait_for(short: str, ready: Any, seen: Any) -> None:
    """Another process, which has read the list just before it is edited."""
    connection.close()
    abbreviations.forget()
    abbreviations.current()
    ready.set()
    until = time.monotonic() + 3 * SECONDS
    while time.monotonic() < until:
        if short in abbreviations.current().longs:
            seen.value = time.monotonic()
            break
        time.sleep(0.02)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_an_edit_is_in_effect_within_five_seconds_in_another_process():
    connection.close()
    fork = multiprocessing.get_context("fork")
    ready, seen = fork.Event(), fork.Value("d", 0.0)
    other = fork.Process(target=_wait_for, args=("LHHB", ready, seen))
    other.start()
    assert ready.wait(20)
    Abbreviation.objects.create(short="LHHB", long_vi="Lễ hội hoa ban")
    edited = time.monotonic()
    other.join(4 * SECONDS)
    assert 0 < seen.value - edited < SECONDS
