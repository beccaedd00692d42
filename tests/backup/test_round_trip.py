"""What is backed up while others work comes back as one state: whole, gapless, with every file."""

import hashlib
import json
import os
import tarfile
from io import StringIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from accounts.secrets import sealed
from notifications.models import Message
from portal import boot
from portal.backup import restoring, tables
from portal.backup.archive import Damaged, verified
from portal.backup.keys import Keys
from portal.backup.making import keys_beside, make
from portal.backup.restoring import restore
from registry.core import clock, files
from registry.core.decisions import broken_links
from registry.core.models import Counter, Decision, Event, PrivateFile
from registry.dossiers.models import Dossier, Submission
from registry.parties.rules import read_tax_code
from search import numbering
from tests.accounts.factories import UserFactory
from tests.backup.conftest import beside
from tests.core.factories import PDF, picture, upload
from tests.dossiers.factories import dossier
from tests.parties.factories import party, tax_code

pytestmark = pytest.mark.django_db(transaction=True)


def quiet(line: str) -> None:
    pass


def said(command: str, *args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


def content() -> dict[str, list[str]]:
    """Every row of every table, as an archive has them."""
    with tables.snapshot():
        found = [table for table in tables.tables(tables.migrations()) if table.label not in tables.LEFT_OUT]
        return {table.label: [tables.line(row) for row in table.rows()] for table in found}


def decide(pipe: Connection, number: int) -> None:
    """Startups are registered and decided on, one after the other."""
    officer = UserFactory(officer=True)
    for turn in range(10_000):
        place = 100_000 * number + turn
        owner = UserFactory(email=f"chu-{place}@example.vn")
        made = party(f"Công ty {place}", owner=owner, identifier=read_tax_code(tax_code(place)))
        dossier(
            organisation=made, officer=officer, published=True, papers=1, logo=picture("PNG", (9 + number, 10 + turn))
        )
        pipe.send(turn)


def upload_and_sweep(pipe: Connection, number: int) -> None:
    """Files come in that nobody attaches, and when they are two days old the job takes them away."""
    owner = UserFactory()
    two_days = 2 * files.ORPHAN_AFTER
    for turn in range(10_000):
        content = PDF + str((number, turn)).encode()
        kept = files.store(upload(f"t{turn}.pdf", content), owner=owner, file_class="internal", purpose="x")
        then = clock.now() - two_days
        os.utime(files.path_of(kept.sha256), (then.timestamp(), then.timestamp()))
        PrivateFile.objects.filter(pk=kept.pk).update(stored_at=then)
        if turn % 3 == 2:
            files.remove_orphans()
        pipe.send(turn)


def test_a_backup_among_writers_comes_back_whole(people, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    with beside(decide, upload_and_sweep) as busy:
        for _process, pipe in busy:
            assert pipe.recv() == 0
        turns = [0]

        def and_wait(line: str) -> None:
            """The copying goes on only when every writer has done more: the files are read in a world that has moved on."""
            for _process, pipe in busy:
                while pipe.poll():
                    pipe.recv()
                turns.append(pipe.recv())

        manifest = make(target, and_wait)
        assert all(process.is_alive() for process, _ in busy), "somebody stopped working"
    later = Decision.objects.count()
    assert manifest.missing == []
    assert 0 < manifest.rows["core.decision"] < later

    restore(target, quiet, replace=True)
    assert Decision.objects.count() == manifest.rows["core.decision"]
    assert broken_links() == []
    positions = Decision.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, len(positions) + 1))
    assert Counter.objects.get(scope="decision-chain").value == len(positions)
    references = sorted(int(one[-5:]) for one in Dossier.objects.values_list("reference", flat=True))
    assert references == list(range(1, len(references) + 1))
    for made in Dossier.objects.exclude(state="draft"):
        assert made.submissions.exists()
        last = Event.objects.filter(subject=made.subject).order_by("-version").first()
        assert (last.version, last.to_state) == (made.version, made.state)
    assert PrivateFile.objects.exists()
    for sha256 in PrivateFile.objects.values_list("sha256", flat=True):
        assert hashlib.sha256(files.path_of(sha256).read_bytes()).hexdigest() == sha256
    dossier(published=True, officer=UserFactory(email="moi@example.vn", officer=True))
    assert broken_links() == [], "and the chain goes on"


def test_what_comes_back_is_what_was_kept(people, tmp_path: Path, settings) -> None:
    dossier(published=True, papers=2)
    dossier(supplement=True)
    going = UserFactory(email="di@example.vn")
    gone = going.pk
    going.emailaddress_set.all().delete()
    going.delete()
    epoch, _ = numbering.head()
    before = content()
    target = tmp_path / "b.tar"
    told = said("backup", str(target))
    assert "Khóa ở" in told
    assert target.stat().st_mode & 0o777 == keys_beside(target).stat().st_mode & 0o777 == 0o600
    assert settings.SECRET_KEY.encode() not in target.read_bytes()
    assert json.loads((settings.VAR_DIR / "last-backup.json").read_text())["file"] == str(target)
    with pytest.raises(CommandError, match="đã có"):
        said("backup", str(target))

    dossier(published=True, papers=1, owner=None)
    Message.objects.update(last_error="sau")
    with pytest.raises(CommandError, match="--replace"):
        said("restore", str(target))
    assert Decision.objects.count() == 2
    told = said("restore", str(target), replace=True)
    assert "1 quyết định, 1 tệp đã nộp" in told
    after = content()
    assert numbering.head()[0] != epoch, "every follower builds its copy anew"
    for label in ("search.clock",):
        before.pop(label), after.pop(label)
    assert [label for label in before if before[label] != after[label]] == []
    assert len(list(settings.PRIVATE_ROOT.glob("??/??/*"))) == 1, "two papers of the same bytes"
    assert UserFactory(email="moi@example.vn").pk > gone, "no number is given twice"
    for model in (Decision, Event, Submission):
        with pytest.raises(DatabaseError, match="written once"), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.sqlite
def test_second_factors_need_the_keys(people, tmp_path: Path, settings) -> None:
    target = tmp_path / "b.tar"
    Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": sealed("JBSWY3DPEHPK3PXP")})
    (settings.VAR_DIR / "secret-key").write_text(settings.SECRET_KEY)
    said("backup", str(target))
    keys = Keys.read(keys_beside(target))
    settings.SECRET_KEY = "another-installation-" + "y" * 40
    (settings.VAR_DIR / "secret-key").write_text(settings.SECRET_KEY)
    assert "1 người không đăng nhập được" in said("restore", str(target), replace=True)
    assert "người không đăng nhập" not in said("restore", str(target), replace=True, keys=keys_beside(target))
    assert (settings.VAR_DIR / "secret-key").read_text() == keys.secret_key
    settings.SECRET_KEY = "given-by-the-environment-" + "z" * 40
    assert "đặt biến đó" in said("restore", str(target), replace=True, keys=keys_beside(target))
    with pytest.raises(CommandError, match="Không đọc được khóa"):
        said("restore", str(target), replace=True, keys=target)


@pytest.mark.sqlite
def test_files_that_are_gone_are_told_and_the_rest_is_kept(people, tmp_path: Path) -> None:
    dossier(submitted=True, papers=1)
    file = PrivateFile.objects.get()
    files.path_of(file.sha256).unlink()
    with pytest.raises(CommandError, match=file.sha256):
        said("backup", str(tmp_path / "b.tar"))
    assert "1 tệp đã nộp không có" in said("restore", str(tmp_path / "b.tar"), replace=True)


@pytest.fixture
def kept(people, tmp_path: Path) -> Path:
    dossier(published=True, papers=1)
    make(tmp_path / "b.tar", quiet)
    return tmp_path / "b.tar"


@pytest.mark.sqlite
def test_check_touches_nothing(kept: Path) -> None:
    before = content()
    assert "Nguyên vẹn" in said("restore", str(kept), only_check=True)
    assert content() == before


@pytest.mark.sqlite
def test_damage_is_named_before_anything_is_touched(kept: Path, tmp_path: Path) -> None:
    before = content()
    with tarfile.open(kept) as tar:
        places = {member.name: (member.offset_data, member.size) for member in tar}
    whole = kept.read_bytes()
    bad = tmp_path / "bad.tar"
    for name, (start, size) in places.items():
        spoilt = bytearray(whole)
        spoilt[start + size // 2] ^= 1
        bad.write_bytes(spoilt)
        with pytest.raises(Damaged, match=name.replace("manifest.sha256", "manifest.json").replace(".", r"\.")):
            verified(bad)
    for length in [0, 1, 511, 700, *range(5000, len(whole) - 10_240, 60_000), max(s for s, _ in places.values())]:
        bad.write_bytes(whole[:length])
        with pytest.raises(CommandError, match="hỏng|cắt ngắn|chưa xong|thiếu"):
            said("restore", str(bad), replace=True)
    with pytest.raises(CommandError, match="Chưa khôi phục được"):
        said("restore", str(tmp_path / "no.tar"), replace=True)
    assert content() == before


@pytest.mark.sqlite
def test_an_archive_of_a_later_version_is_refused(kept: Path, monkeypatch) -> None:
    known = tables.migrations

    def more() -> tables.Migrations:
        return known() | {"core": [*known()["core"], "9999_of_tomorrow"]}

    monkeypatch.setattr(tables, "migrations", more)
    later = kept.with_name("later.tar")
    make(later, quiet)
    monkeypatch.undo()
    with pytest.raises(CommandError, match="mới hơn"):
        said("restore", str(later), replace=True)


@pytest.mark.sqlite
def test_a_server_at_work_is_not_overwritten(kept: Path) -> None:
    with boot.held("server", shared=True), pytest.raises(CommandError, match="Máy chủ đang chạy"):
        said("restore", str(kept), replace=True)


@pytest.mark.sqlite
def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(people, tmp_path: Path) -> None:
    dossier(published=True, papers=1)
    target = tmp_path / "b.tar"

    def stuck(pipe: Connection, number: int) -> None:
        make(target, lambda line: (pipe.send(line), pipe.recv()))

    with beside(stuck) as [(process, pipe)]:
        assert "dòng" in pipe.recv()
        os.kill(process.pid, 9)
        process.join()
    assert not target.exists()
    with pytest.raises(Damaged):
        verified(target.with_name("b.tar.partial"))
    with files.removing() as free:
        assert free, "the lock falls with the process"
    make(target, quiet)
    restore(target, quiet, replace=True)
    assert Decision.objects.count() == 1


def test_a_restore_that_is_killed_leaves_what_was(kept: Path) -> None:
    dossier(published=True, papers=1, officer=UserFactory(email="sau@example.vn", officer=True))
    before = content()

    def stuck(pipe: Connection, number: int) -> None:
        restoring.tables.set_positions = lambda *_: (pipe.send("loaded"), pipe.recv())
        restore(kept, quiet, replace=True)

    with beside(stuck) as [(process, pipe)]:
        assert pipe.recv() == "loaded"
        os.kill(process.pid, 9)
        process.join()
    connection.close()
    assert content() == before
    restore(kept, quiet, replace=True)
    assert Decision.objects.count() == 1
    assert broken_links() == []


@pytest.mark.sqlite
def test_an_older_archive_is_brought_up_to_date(people, tmp_path: Path) -> None:
    dossier(published=True)
    call_command("migrate", "search", "0005", verbosity=0)
    make(tmp_path / "b.tar", quiet)
    call_command("migrate", verbosity=0)
    told: list[str] = []
    restore(tmp_path / "b.tar", told.append, replace=True)
    assert any("before_restore" in line for line in told)
    assert "0006_empty_searches" in tables.migrations()["search"]
    assert (Decision.objects.count(), broken_links()) == (1, [])
