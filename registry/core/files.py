"""Files that people hand in: outside MEDIA_ROOT, under their SHA-256, checked by content, served only to who may read them.

`store` takes one in, `attach` gives it to the record it belongs to, `may_read` decides, `read_by` opens and logs,
`remove_orphans` throws away what nobody attached.
"""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, TextIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from registry.core import clock, sniffing
from registry.core.models import FileRead, PrivateFile
from registry.core.text import clean

MAX_BYTES: Final = 20 * 1024 * 1024
ORPHAN_AFTER: Final = timedelta(days=1)
_UNSAFE_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|;%\n]+')
_CHUNK: Final = 1 << 16

Checker = Callable[[PrivateFile, Any], bool]
Takes = Literal["file", "picture", "list"]
_checkers: dict[str, Checker] = {}
_keys: dict[str, Checker] = {}


class FileRefused(ValueError):
    """The file cannot be taken. Its text is the sentence for the field, in the page's language."""


def register_holder(holder_type: str, checker: Checker) -> None:
    """Say who may read the files of a kind of record: `checker(file, user)`. Called in portal/wiring.py."""
    _checkers[holder_type] = checker


def register_key(holder_type: str, checker: Checker) -> None:
    """Say what opens the files of a kind of record without an account: `checker(file, request)`. In portal/wiring.py."""
    _keys[holder_type] = checker


def is_opened_by(file: PrivateFile, request: Any) -> bool:
    """Does this visitor's browser hold a key to the record that the file belongs to?"""
    checker = _keys.get(file.holder_type)
    return checker is not None and checker(file, request) is True


def store(upload: UploadedFile, *, owner: Any, file_class: str, purpose: str, takes: Takes = "file") -> PrivateFile:
    """Check an upload and keep it. Raises FileRefused; nothing is left behind then.

    `takes`: "file" any kind we keep, "picture" pictures alone, "list" a list for an import, XLSX or CSV; whether it can
    be read as one is for the import to say.
    """
    name = safe_name(upload.name or "")
    stream = cast(BinaryIO, upload.file)
    _check_size(name, upload.size or 0)
    kind = {"file": _checked_kind, "picture": _kind_of_picture, "list": _kind_of_list}[takes](name, stream)
    content = _content(name, kind, stream)
    scanned = _scan(name, content)
    sha256, size = _put(content)
    return PrivateFile.objects.create(
        sha256=sha256,
        size=size,
        kind=kind,
        name=name,
        file_class=PrivateFile.FileClass(file_class),
        purpose=purpose,
        owner=owner,
        scanned=scanned,
    )


def attach(
    file: PrivateFile, holder_type: str, holder_id: str | int, *, retention: str = PrivateFile.Retention.WITH_RECORD
) -> PrivateFile:
    """Give a stored file to the record it belongs to. A file never changes hands: ValueError if another has it."""
    with transaction.atomic():
        locked = PrivateFile.objects.select_for_update().get(pk=file.pk)
        if locked.holder_type and (locked.holder_type, locked.holder_id) != (holder_type, str(holder_id)):
            raise ValueError(f"file {locked.public_id} belongs to {locked.holder_type} {locked.holder_id}")
        locked.holder_type, locked.holder_id = holder_type, str(holder_id)
        locked.retention = PrivateFile.Retention(retention)
        locked.save(update_fields=["holder_type", "holder_id", "retention"])
    return locked


def let_go(chosen: Iterable[int]) -> None:
    """The record these files belonged to has no use for them: `remove_orphans` takes them, those that were read with their log."""
    PrivateFile.objects.filter(pk__in=list(chosen)).update(
        holder_type="", holder_id="", retention=PrivateFile.Retention.UNTIL_ATTACHED
    )


def may_read(file: PrivateFile, user: Any) -> bool:
    """The owner, as long as the file belongs to no record; then whoever the record's register lets. Else nobody."""
    if not file.holder_type:
        return bool(user.is_authenticated and file.owner_id == user.pk)
    checker = _checkers.get(file.holder_type)
    return checker is not None and checker(file, user) is True


def read_by(file: PrivateFile, user: Any) -> BinaryIO:
    """The bytes, with the reading written down where the reader is signed in. Ask `may_read` first.

    An anonymous visitor leaves no line: a public page writes nothing, and there would be no name in it.
    """
    stream = path_of(file.sha256).open("rb")
    if user.is_authenticated:
        FileRead.objects.create(file=file, reader=user)
    return stream


def path_of(sha256: str) -> Path:
    return Path(settings.PRIVATE_ROOT) / sha256[:2] / sha256[2:4] / sha256


def safe_name(name: str) -> str:
    """The name as people may see it and save it under: the last part of a path, no separators, at most 120 signs."""
    last = clean(name).replace("\n", " ").replace("\\", "/").rpartition("/")[2]
    stem, dot, extension = _UNSAFE_IN_NAMES.sub("_", last).rstrip(" .").rpartition(".")
    if not dot:
        return extension.strip()[:120] or "tep"
    return f"{stem.strip(' .')[:110] or 'tep'}.{extension[:9]}"


def forget(file: PrivateFile) -> bool:
    """Remove the row of a file whose record no longer needs it; its bytes go with the next sweep. One that was read stays."""
    if FileRead.objects.filter(file=file).exists():
        return False
    file.delete()
    return True


def remove_orphans() -> int:
    """Remove files that no record took within a day, then bytes that no row names. For `run_jobs`; how many it removed.

    A file that somebody has read stays: its log names it. While a backup copies, nothing is removed.
    """
    limit = clock.now() - ORPHAN_AFTER
    with removing() as free:
        return _remove_orphans(limit) if free else 0


@contextmanager
def removing() -> Iterator[bool]:
    """Ask here before bytes that rows named are removed: False while a backup copies; then leave it for later."""
    with _removals_lock() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def nothing_removed() -> Iterator[None]:
    """While it lasts nobody removes bytes: what a row named at its beginning is there until its end. For backups."""
    with _removals_lock() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _removals_lock() -> TextIO:
    root = Path(settings.PRIVATE_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return (root / ".removals").open("a")


def _remove_orphans(limit: datetime) -> int:
    with transaction.atomic():
        waiting = PrivateFile.objects.filter(
            ~Exists(FileRead.objects.filter(file=OuterRef("pk"))),
            holder_type="",
            retention=PrivateFile.Retention.UNTIL_ATTACHED,
            stored_at__lt=limit,
        )
        orphans = [file.pk for file in waiting.select_for_update(of=("self",)).only("pk")]
        PrivateFile.objects.filter(pk__in=orphans).delete()
    return len(orphans) + _sweep(limit.timestamp())


def _sweep(older_than: float) -> int:
    """Bytes on disk without a row. Fresh ones are left: their row may be in a transaction that is still open."""
    removed = 0
    root = Path(settings.PRIVATE_ROOT)
    if not root.is_dir():
        return 0
    for path in sorted([*root.glob("??/??/*"), *root.glob(".in-*")]):
        if PrivateFile.objects.filter(sha256=path.name).exists():
            continue
        with _moving_files():
            if path.exists() and path.stat().st_mtime < older_than:
                path.unlink()
                removed += 1
    return removed


@contextmanager
def _moving_files() -> Iterator[None]:
    """One process at a time puts bytes in place or sweeps them away, so that nothing just stored is swept."""
    with (Path(settings.PRIVATE_ROOT) / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise FileRefused(_("Tệp “%(name)s” trống (0 byte). Chọn lại tệp có nội dung.") % {"name": name})
    if size > MAX_BYTES:
        raise FileRefused(
            _("Tệp “%(name)s” nặng %(size)s MB, quá mức 20 MB. Nén ảnh trong tệp hoặc tách thành nhiều tệp.")
            % {"name": name, "size": -(-size // 1024**2)}
        )


def _checked_kind(name: str, stream: BinaryIO) -> str:
    """The kind by content, which must be one we take and the one the name promises."""
    kind = sniffing.kind_of(stream)
    extension = os.path.splitext(name)[1].lower()
    if kind is None:
        if any(extension in extensions for _type, extensions in sniffing.KINDS.values()):
            raise FileRefused(
                _("Nội dung của “%(name)s” không phải là tệp %(kind)s. Lưu lại đúng định dạng rồi gửi lại.")
                % {"name": name, "kind": extension[1:].upper()}
            )
        raise FileRefused(_("Không nhận tệp “%(name)s”. Gửi tệp PDF, DOCX, XLSX, JPG, PNG hoặc WEBP.") % {"name": name})
    if extension not in sniffing.KINDS[kind][1]:
        raise FileRefused(
            _("Tệp “%(name)s” có nội dung %(kind)s nhưng phần mở rộng khác. Đổi tên tệp thành “.%(extension)s”.")
            % {"name": name, "kind": kind.upper(), "extension": kind}
        )
    return kind


def _kind_of_picture(name: str, stream: BinaryIO) -> str:
    if sniffing.kind_of(stream) not in sniffing.IMAGES:
        raise FileRefused(_("Tệp “%(name)s” không phải là ảnh. Gửi ảnh JPG, PNG hoặc WEBP.") % {"name": name})
    return _checked_kind(name, stream)


def _kind_of_list(name: str, stream: BinaryIO) -> str:
    kind = sniffing.kind_of(stream)
    if kind == "xlsx" or (kind is None and os.path.splitext(name)[1].lower() in (".csv", ".txt")):
        return kind or sniffing.TABLE
    raise FileRefused(_("Tệp “%(name)s” không phải bảng tính. Gửi tệp XLSX hoặc CSV.") % {"name": name})


def _content(name: str, kind: str, stream: BinaryIO) -> BinaryIO:
    if kind not in sniffing.IMAGES:
        return stream
    try:
        return BytesIO(sniffing.reencoded(stream, kind))
    except sniffing.Unreadable as broken:
        raise FileRefused(
            _("Không đọc được ảnh “%(name)s”: ảnh hỏng hoặc quá lớn. Gửi ảnh dưới 50 triệu điểm ảnh.") % {"name": name}
        ) from broken


def _scan(name: str, content: BinaryIO) -> bool:
    """Ask the installation's scanner, if it has one: a callable that takes the stream and answers whether it is clean."""
    dotted: str = settings.FILE_SCANNER
    if not dotted:
        return False
    content.seek(0)
    if not import_string(dotted)(content):
        raise FileRefused(
            _("Tệp “%(name)s” bị phần mềm quét mã độc chặn. Quét máy của bạn rồi gửi tệp khác.") % {"name": name}
        )
    return True


def _put(content: BinaryIO) -> tuple[str, int]:
    """Write the bytes under their hash. Two writers of the same bytes end with one whole file, never with half of one."""
    root = Path(settings.PRIVATE_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    descriptor, temporary = tempfile.mkstemp(dir=root, prefix=".in-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        with _moving_files():
            os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size
