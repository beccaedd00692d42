"""A logo is public as long as the startup shows it, and no longer."""

import os
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from registry.core import clock
from registry.startups.artwork import remove_withdrawn_logos, settle_logo
from registry.startups.models import Profile
from tests.accounts.factories import UserFactory
from tests.core.factories import picture
from tests.dossiers.factories import act, dossier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> Path:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"
    return tmp_path / "media" / "startups"


def listed():
    return dossier(published=True, logo=picture("PNG"))


def address_of(made) -> str:
    return Profile.objects.get(startup__dossier=made).logo


def take_down(made):
    return act(made, "take_down", UserFactory(officer=True), note="Chủ dự án đề nghị gỡ.")


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to its end, so that the file is closed
    return answer.status_code


def test_a_logo_goes_with_the_startup(client: Client, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made, other = listed(), listed()
    logo = address_of(made)
    assert status(client, logo) == 200
    with django_capture_on_commit_callbacks(execute=True):
        take_down(made)
        assert status(client, logo) == 200, "not before the commit"
    assert status(client, logo) == 404
    assert status(client, address_of(other)) == 200


def test_no_cache_keeps_a_logo_for_long(client: Client) -> None:
    answer = client.get(address_of(listed()))
    b"".join(answer.streaming_content)
    assert answer["Cache-Control"] == "public, max-age=600"


def test_a_replaced_logo_goes(client: Client, own_files: Path, django_capture_on_commit_callbacks) -> None:
    made = listed()
    profile = Profile.objects.get(startup__dossier=made)
    before = own_files / f"{profile.startup.public_id}-0000000000000000.png"
    before.write_bytes(picture("PNG"))
    with django_capture_on_commit_callbacks(execute=True):
        settle_logo(profile.startup)
    assert not before.exists()
    assert status(client, profile.logo) == 200


def test_what_is_undone_removes_nothing(client: Client) -> None:
    made = listed()
    with transaction.atomic():
        take_down(made)
        transaction.set_rollback(True)
    assert status(client, address_of(made)) == 200


def test_the_job_finds_what_a_crash_left_and_runs_again(client: Client, own_files: Path) -> None:
    made, shown = listed(), listed()
    take_down(made)  # and the process dies before it removes the file
    fresh = own_files / "beingwritten-0000000000000000.png"
    fresh.write_bytes(b"x")
    yesterday = clock.now().timestamp() - 86_400
    for path in own_files.iterdir():
        if path != fresh:
            os.utime(path, (yesterday, yesterday))
    assert remove_withdrawn_logos() == 1
    assert remove_withdrawn_logos() == 0
    assert status(client, address_of(made)) == 404
    assert status(client, address_of(shown)) == 200
    assert fresh.exists()
