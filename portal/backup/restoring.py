"""Bringing an archive back: all of it is checked before anything is touched, and the rows come in one transaction.

A kill before that transaction's end leaves the database as it was; after it, the same command again finishes the work.
"""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from accounts.secrets import unreadable
from portal.backup import tables
from portal.backup.archive import Damaged, Manifest, members, verified
from portal.backup.keys import Keys
from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.models import Decision, PrivateFile
from search.embedded.file import SearchFile
from search.numbering import start_new_epoch

Say = Callable[[str], object]
UNPACKED: Final = ".restoring"


class Refused(RuntimeError):
    """Nothing was touched; the text says why."""


@dataclass
class Report:
    """What was brought back. `warnings` are what the operator has to know or do, one sentence each."""

    manifest: Manifest
    decisions: int = 0
    warnings: list[str] = field(default_factory=list)


def check(source: Path) -> Manifest:
    """Is the archive whole, and can this version of the portal read it? Raises Damaged, Refused."""
    manifest = verified(source)
    later = tables.unknown(manifest.migrations)
    if later:
        raise Refused(
            f"Bản sao lưu thuộc phiên bản mới hơn của cổng thông tin ({later[0]}). Cài phiên bản đó rồi khôi phục lại."
        )
    return manifest


def restore(source: Path, say: Say, *, replace: bool = False, keys: Keys | None = None) -> Report:
    """Put what `source` holds in the place of what is here. Raises Damaged, Refused (nothing was touched then)."""
    manifest = check(source)
    say(f"Bản sao lưu lúc {manifest.made_at} còn nguyên vẹn: {manifest.all_rows} dòng, {len(manifest.members)} phần.")
    if not replace and not _is_free(manifest):
        raise Refused(
            "Ở đây đã có dữ liệu. Thêm --replace nếu muốn thay tất cả bằng bản sao lưu; hãy sao lưu trước khi thay."
        )
    try:
        if manifest.with_files:
            _unpack(source, say)
        _make_tables(manifest, say)
        _load(source, manifest, say)
    except BaseException:
        _throw_unpacked_away()
        raise
    if manifest.with_files:
        _swap()
    _bring_up_to_date(say)
    _forget_what_was()
    report = Report(manifest, warnings=keys.install() if keys is not None else [])
    _look_again(report, keys or Keys.of_this_installation())
    return report


def _is_free(manifest: Manifest) -> bool:
    """Nobody has worked here yet: at most a migrated database without people, and no files."""
    names = set(connection.introspection.table_names())
    if User._meta.db_table in names and User.objects.exists():
        return False
    folders = (settings.PRIVATE_ROOT, settings.MEDIA_ROOT) if manifest.with_files else ()
    return not any(path.is_file() and path.name[0] != "." for folder in folders for path in Path(folder).rglob("*"))


def _beside(folder: str | Path) -> Path:
    return Path(f"{folder}{UNPACKED}")


def _unpack(source: Path, say: Say) -> None:
    """The files of the archive, into folders beside those in use."""
    _throw_unpacked_away()
    for folder in (settings.PRIVATE_ROOT, settings.MEDIA_ROOT):
        _beside(folder).mkdir(parents=True)
    count = 0
    for name, stream in members(source):
        part, _, rest = name.partition("/")
        if part == "files":
            _write(_beside(settings.PRIVATE_ROOT) / rest[:2] / rest[2:4] / rest, stream, 0o600)
        elif part == "media":
            _write(_beside(settings.MEDIA_ROOT) / rest, stream, 0o644)
        else:
            continue
        count += 1
    os.sync()
    say(f"Đã mở {count} tệp.")


def _throw_unpacked_away() -> None:
    for folder in (settings.PRIVATE_ROOT, settings.MEDIA_ROOT):
        shutil.rmtree(_beside(folder), ignore_errors=True)


def _write(target: Path, stream: IO[bytes], mode: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(stream, file, 1 << 20)
    target.chmod(mode)


def _make_tables(manifest: Manifest, say: Say) -> None:
    """The tables as the archive has them. A database of another version is set aside under another name, not lost."""
    here = tables.migrations()
    if here == manifest.migrations:
        return
    if here:
        say(f"Cơ sở dữ liệu ở đây khác phiên bản; đã để riêng: {_set_aside()}.")
    say("Tạo các bảng của bản sao lưu…")
    executor = MigrationExecutor(connection)
    executor.migrate(tables.ends(manifest.migrations))


def _set_aside() -> str:
    """Give the database that is here another name and put an empty one in its place. Returns that name."""
    stamp = f"before_restore_{clock.now():%Y%m%d_%H%M%S}"
    if connection.vendor == "postgresql":
        quote = connection.ops.quote_name
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            schema = str(cursor.fetchone()[0])
            cursor.execute(f"ALTER SCHEMA {quote(schema)} RENAME TO {quote(stamp)}")
            cursor.execute(f"CREATE SCHEMA {quote(schema)}")
        return stamp
    file = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    aside = file.with_name(f"{file.name}.{stamp}")
    for ending in ("-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return str(aside)


def _load(source: Path, manifest: Manifest, say: Say) -> None:
    """All rows in one transaction, counted before it ends."""
    all_ = tables.tables(manifest.migrations)
    by_label = {table.label: table for table in all_}
    with transaction.atomic():
        tables.empty(all_)
        for name, stream in members(source):
            if not name.startswith("database/"):
                continue
            table = by_label[name.removeprefix("database/").removesuffix(".jsonl.gz")]
            with gzip.open(stream, "rt", encoding="utf-8", newline="\n") as lines:
                columns = json.loads(next(lines))
                table.load(map(json.loads, lines), columns)
        wrong = [label for label, rows in manifest.rows.items() if by_label[label].count() != rows]
        if wrong:
            raise Damaged(
                f"Số dòng sau khi nạp khác phần kê khai ở bảng {', '.join(wrong)}; cơ sở dữ liệu giữ như trước."
            )
        tables.set_positions(all_, manifest.positions)
    say(f"Đã nạp {manifest.all_rows} dòng vào {len(manifest.rows)} bảng.")


def _swap() -> None:
    """The unpacked folders take their place; what stood there goes."""
    for folder in (Path(settings.PRIVATE_ROOT), Path(settings.MEDIA_ROOT)):
        old = folder.with_name(f"{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        _beside(folder).rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _bring_up_to_date(say: Say) -> None:
    """What a database of this version has besides the archive's rows: later migrations, the roles, the index of the back office."""
    ContentType.objects.clear_cache()
    say("Cập nhật cơ sở dữ liệu theo phiên bản này…")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("sync_roles", stdout=StringIO())
    call_command("wagtail_update_index", stdout=StringIO(), verbosity=0)


def _forget_what_was() -> None:
    """Copies of the former content: the search's own files, the cached pages, the counts of visitors' searches."""
    start_new_epoch()
    SearchFile(settings.SEARCH_FILE).remove()
    shutil.rmtree(settings.SEARCH_SPOOL, ignore_errors=True)
    cache.clear()


def _look_again(report: Report, keys: Keys) -> None:
    """What must hold in the database as it stands now."""
    broken = broken_links()
    if broken:
        report.warnings.append(f"Chuỗi quyết định bị đứt ở vị trí {', '.join(map(str, broken[:5]))}.")
    report.decisions = Decision.objects.count()
    if report.manifest.with_files:
        held = {name.removeprefix("files/") for name in report.manifest.named("files")}
        lost = set(PrivateFile.objects.order_by().values_list("sha256", flat=True)) - held
        if lost:
            report.warnings.append(f"{len(lost)} tệp đã nộp không có trong bản sao lưu.")
    if report.manifest.missing:
        names = ", ".join(report.manifest.missing[:5])
        report.warnings.append(f"Khi sao lưu đã thiếu hoặc hỏng {len(report.manifest.missing)} tệp: {names}.")
    closed = unreadable(keys.secret_key, *keys.fallbacks)
    if closed:
        report.warnings.append(
            f"{closed} người không đăng nhập được bằng xác thực hai bước vì thiếu khóa cũ: khôi phục lại với --keys, hoặc đặt lại "
            "xác thực hai bước cho họ."
        )
