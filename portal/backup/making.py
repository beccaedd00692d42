"""Making a backup while the portal is in use: one state of the database first, then every file that it names.

Files are written before the row that names them and nothing is removed meanwhile (`files.nothing_removed`), so that no row of the
archive lacks its file. What is written after the state was taken is of the next backup.
"""

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from django.conf import settings
from django.db import connection

from art.files import write_whole
from portal.backup import tables
from portal.backup.archive import Manifest, Writer, writing
from portal.backup.keys import Keys
from registry.core import clock
from registry.core.files import nothing_removed, path_of

Say = Callable[[str], object]
LAST: Final = "last-backup.json"
PRIVATE: Final = "core.privatefile"


class NothingHere(RuntimeError):
    """The database has no tables yet."""


@dataclass(frozen=True, slots=True)
class Named:
    """The files that the rows of the archive name: private ones by hash, public ones by their path in the media."""

    private: frozenset[str]
    media: frozenset[str]


def keys_beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.keys")


def make(target: Path, say: Say, *, with_files: bool = True) -> Manifest:
    """Write the archive `target`, and its keys beside it. What rows name and no disk holds stands in `missing` of the manifest.

    Raises NothingHere.
    """
    if not tables.migrations():
        raise NothingHere(
            "Cơ sở dữ liệu này chưa có bảng nào: chưa có gì để sao lưu. Kiểm tra DATABASE_URL và PORTAL_VAR."
        )
    manifest = Manifest(clock.now().isoformat(timespec="seconds"), settings.BASE_URL, connection.vendor)
    manifest.with_files = with_files
    if with_files:
        Keys.of_this_installation().write(keys_beside(target))
    with nothing_removed(), writing(target, manifest) as archive:
        with tables.snapshot():
            named = _keep_database(archive, say)
        if with_files:
            _keep_files(archive, named, say)
    if with_files:
        _leave_a_line(target, manifest)
    return manifest


def _keep_database(archive: Writer, say: Say) -> Named:
    archive.manifest.migrations = tables.migrations()
    found = [table for table in tables.tables(archive.manifest.migrations) if table.label not in tables.LEFT_OUT]
    archive.manifest.positions = tables.positions(found)
    private: set[str] = set()
    media: set[str] = set()
    for table in found:
        hashes = table.columns.index("sha256") if table.label == PRIVATE else None
        rows = 0
        with tempfile.TemporaryFile(dir=archive.folder) as kept:
            with gzip.GzipFile(fileobj=kept, mode="wb", compresslevel=3, mtime=0) as lines:
                lines.write(tables.line(table.columns).encode())
                for row in table.rows():
                    lines.write(tables.line(row).encode())
                    media.update(str(row[place]) for place in table.named_files if row[place])
                    if hashes is not None:
                        private.add(str(row[hashes]))
                    rows += 1
            archive.add(f"database/{table.label}.jsonl.gz", cast(IO[bytes], kept))
        archive.manifest.rows[table.label] = rows
    say(f"Cơ sở dữ liệu: {archive.manifest.all_rows} dòng trong {len(found)} bảng.")
    return Named(frozenset(private), frozenset(media))


def _keep_files(archive: Writer, named: Named, say: Say) -> None:
    lost = [f"files/{sha256}" for sha256 in sorted(named.private) if not _keep_private(archive, sha256)]
    for path in _media():
        _keep_medium(archive, path)
    copied = archive.manifest.named("media")
    lost += sorted(f"media/{name}" for name in named.media if f"media/{name}" not in archive.manifest.members)
    archive.manifest.missing = lost
    say(f"Tệp đã nộp: {len(archive.manifest.named('files'))}. Ảnh và tài liệu công khai: {len(copied)}.")


def _keep_private(archive: Writer, sha256: str) -> bool:
    """One private file; False where it is gone or no longer what was handed in."""
    try:
        with path_of(sha256).open("rb") as file:
            return archive.add(f"files/{sha256}", file) == sha256
    except FileNotFoundError:
        return False


def _media() -> Iterator[Path]:
    """What stands in the public media, without what is still being written under a name of its own."""
    yield from sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and path.name[0] != ".")


def _keep_medium(archive: Writer, path: Path) -> None:
    """One public file. One that an editor has removed since it was seen is left out."""
    try:
        with path.open("rb") as file:
            archive.add(f"media/{path.relative_to(settings.MEDIA_ROOT).as_posix()}", file)
    except FileNotFoundError:
        return


def _leave_a_line(target: Path, manifest: Manifest) -> None:
    """For `manage.py doctor`: when the last backup was made, and where it went."""
    told = {"at": manifest.made_at, "file": str(target), "bytes": target.stat().st_size}
    write_whole(settings.VAR_DIR / LAST, json.dumps(told).encode())
