"""The task that reads uploaded documents: outside the request, in a process that may use so much and no more.

A document that waits is a row in that state. Nothing is lost when a process dies: the job `documents` takes up what waits. A file
whose reading ends the reading process is tried MAX_ATTEMPTS times and then left.
"""

import fcntl
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import copy_context
from dataclasses import asdict, dataclass
from typing import IO, Final

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F

from cms.core.models import DocumentPart, PortalDocument
from cms.core.models.files import READ, UNREAD, WAITING
from cms.core.readers import Limits, Unreadable
from cms.core.uploads import extension

MAX_ATTEMPTS: Final = 3
PROGRAM: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " import json; from cms.core.readers import Limits, main; main(sys.argv[2], Limits(**json.loads(sys.argv[3])))"
)
TOO_SLOW: Final = (-signal.SIGALRM, -signal.SIGXCPU)

log = logging.getLogger("cms.documents")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a document: where it stands, what it says, and what it probably says where it is a damaged scan."""

    label: str
    text: str
    also: str


class Crashed(Exception):
    """The reading process ended without a word, by the file's fault or by the machine's."""


def read_file(kind: str, file: IO[bytes], limits: Limits | None = None) -> list[Part]:
    """Read a file in a process of its own, which inherits nothing but this file. Raises Unreadable or Crashed."""
    limits = limits or Limits()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
        shutil.copyfileobj(file, given)
        given.seek(0)
        # The child sets its own limits before it looks at the file; what it writes is a file too, so that a limit holds for it.
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", PROGRAM, str(settings.BASE_DIR), kind, json.dumps(asdict(limits))],
            stdin=given,
            stdout=told,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        try:
            ended = process.wait(limits.seconds + 5)
        except subprocess.TimeoutExpired:
            ended = -signal.SIGALRM
        finally:
            _end(process)
        if ended in TOO_SLOW:
            raise Unreadable("too_slow")
        if os.fstat(told.fileno()).st_size >= limits.output:
            raise Unreadable("too_long")
        if ended:
            raise Crashed(f"ended with {ended}")
        told.seek(0)
        *lines, last = told.read().splitlines()
        if why := json.loads(last)["why"]:
            raise Unreadable(why)
        return [Part(*json.loads(line)) for line in lines]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of the reading goes on, whatever ended it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def read_waiting(limits: Limits | None = None) -> int:
    """Read every document that waits, each once, those tried before last; returns how many are settled."""
    settled, tried = 0, set[int]()
    waiting = PortalDocument.objects.filter(reading=WAITING).order_by("reading_attempts", "pk")
    while document := waiting.exclude(pk__in=tried).first():
        tried.add(document.pk)
        settled += read_document(document, limits)
    return settled


def read_document(document: PortalDocument, limits: Limits | None = None) -> bool:
    """Read one document and keep what it says; False when it goes on waiting for another try or was changed meanwhile."""
    name = document.file.name
    claimed = PortalDocument.objects.filter(pk=document.pk, file=name, reading=WAITING)
    if not claimed.update(reading_attempts=F("reading_attempts") + 1):
        return False
    attempts = document.reading_attempts + 1
    if attempts > MAX_ATTEMPTS:
        return _keep(document.pk, name, why="crashed")
    try:
        with document.file.storage.open(name) as file:
            parts = read_file(extension(name), file, limits)
    except Unreadable as reason:
        log.warning("document not read", extra={"kind": extension(name), "why": reason.why})
        return _keep(document.pk, name, why=reason.why)
    except FileNotFoundError:
        return _keep(document.pk, name, why="missing")
    except Crashed:
        log.exception("reading process crashed", extra={"kind": extension(name), "attempt": attempts})
        return attempts >= MAX_ATTEMPTS and _keep(document.pk, name, why="crashed")
    return _keep(document.pk, name, parts)


@transaction.atomic
def _keep(pk: int, name: str, parts: list[Part] | None = None, why: str = "") -> bool:
    """Settle the document if it is still the one that was read. Its saving brings the pages that carry it up to date."""
    document = PortalDocument.objects.select_for_update().filter(pk=pk, file=name, reading=WAITING).first()
    if document is None:
        return False
    document.parts.all().delete()
    DocumentPart.objects.bulk_create(
        DocumentPart(document=document, place=place, label=part.label, text=part.text, also=part.also)
        for place, part in enumerate(parts or ())
    )
    document.reading, document.unread_because = (UNREAD, why) if why else (READ, "")
    document.parts_read = len(parts or ())
    document.save(update_fields=["reading", "unread_because", "parts_read"])
    return True


at_once = False
"""Whether `begin` starts reading: only a process that serves does, and its children never (portal/wsgi.py)."""
_next_in_line = threading.Lock()


def begin() -> None:
    """Start reading what waits, beside the request. At most one thread of a process reads and one stands in line."""
    if at_once and _next_in_line.acquire(blocking=False):
        beside = copy_context()  # its lines of the log carry the id of the request that began it
        threading.Thread(target=beside.run, args=(_read_beside,), name="documents", daemon=True).start()


def _read_beside() -> None:
    with ExitStack() as held:
        try:
            held.enter_context(_alone())
        finally:
            _next_in_line.release()
        try:
            read_waiting()
        except Exception:
            log.exception("reading stopped; the job goes on with it")
        finally:
            connections.close_all()


@contextmanager
def _alone(*, wait: bool = True) -> Iterator[None]:
    """One reading at a time on this machine. The lock is the system's: it falls with the process."""
    with (settings.VAR_DIR / "documents.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


def read_due() -> int:
    """The job: what no process took up at once. Another that is reading already will take these too."""
    try:
        with _alone(wait=False):
            return read_waiting()
    except BlockingIOError:
        return 0
