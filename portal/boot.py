"""What has to be true before the portal answers: a migrated database, its roles, its demo, its static files.

Each step first asks whether there is anything to do, in one process: a second start costs the questions only.
"""

import fcntl
import hashlib
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation.reloader import translation_file_changed

from portal.catalogues import compile_catalogues
from search.embedded.file import SearchFile

Say = Callable[[str], object]


@contextmanager
def held(name: str, *, shared: bool = False, refusal: str = "") -> Iterator[None]:
    """A lock among the processes of this installation, let go when the last of them ends.

    With a `refusal`, does not wait but raises CommandError with that sentence.
    """
    with (settings.VAR_DIR / f"{name}.lock").open("a") as handle:
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(handle, mode | (fcntl.LOCK_NB if refusal else 0))
        except BlockingIOError as error:
            raise CommandError(refusal) from error
        yield


def is_preparing() -> bool:
    """Whether a server that is about to start has the tables in its hands now."""
    try:
        with held("boot", shared=True, refusal="…"):
            return False
    except CommandError:
        return True


def prepare(say: Say) -> None:
    """Everything up to a portal that can answer. Two starts at once wait for each other."""
    with held("boot"):
        for written in compile_catalogues():  # this process has read what was there, or that there was nothing
            translation_file_changed(sender=None, file_path=written)
        if settings.DEMO and _demo_marker().exists():
            say("Lần nạp dữ liệu mẫu trước chưa xong: làm lại từ đầu.")
            throw_away()
        migrate(say)
        if settings.DEMO and not get_user_model().objects.exists():
            load_demo(say)
        if settings.HASHED_STATIC:
            collect_static(say)


def migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    say("Cập nhật cơ sở dữ liệu…")
    is_new_file = connection.vendor == "sqlite" and not executor.loader.applied_migrations
    if is_new_file:  # nothing to lose yet: do not wait for the disk at each of some hundred steps
        connection.cursor().execute("PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("sync_roles", stdout=StringIO())
    if is_new_file:
        connection.cursor().execute("PRAGMA synchronous=NORMAL")


def load_demo(say: Say) -> None:
    """The demo province. While it is being loaded a marker stands: a half-loaded demo is never served."""
    say("Nạp dữ liệu mẫu của tỉnh (chỉ lần đầu)…")
    _demo_marker().touch()
    in_child(lambda: call_command("demo"))
    _demo_marker().unlink()


def in_child(work: Callable[[], object]) -> None:
    """Do it in a process of its own and wait. Drawing papers starts typst's threads; workers forked from a process that
    has had them would wait for them for ever."""
    connections.close_all()
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()
    if child.exitcode:
        raise CommandError("Chưa nạp được dữ liệu mẫu; lỗi ở trên. Chạy lại để làm từ đầu.")


def reset_demo(say: Say) -> None:
    refusal = "Máy chủ đang chạy trên dữ liệu này. Dừng nó (Ctrl+C) rồi chạy lại make demo-reset."
    with held("server", refusal=refusal):
        throw_away()
        prepare(say)


def throw_away() -> None:
    """Remove all records and files of a demo. The installation's keys stay."""
    if not settings.DEMO:
        raise CommandError("Chỉ xóa dữ liệu của bản trình diễn: cần DEMO=1.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    else:
        connections.close_all()
        remove_database(Path(settings.DATABASES["default"]["NAME"]))
    SearchFile(settings.SEARCH_FILE).remove()
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.VAR_DIR / "cache", settings.SEARCH_SPOOL):
        shutil.rmtree(folder, ignore_errors=True)
    _demo_marker().unlink(missing_ok=True)


def remove_database(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def collect_static(say: Say) -> None:
    """Hashed and packed files for production, made again only when one of the originals changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    stamp = settings.VAR_DIR / "static.sha256"
    made = settings.STATIC_ROOT / "staticfiles.json"
    if made.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    say("Chuẩn bị tệp tĩnh (nén và gắn mã băm)…")
    kept = os.umask(0o022)  # what everybody may fetch, the server in front may read
    try:
        settings.STATIC_ROOT.chmod(0o755)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    finally:
        os.umask(kept)
    stamp.write_text(digest.hexdigest())


def _demo_marker() -> Path:
    return Path(settings.VAR_DIR / "demo-unfinished")
