"""The archive: a tar whose last members say what must stand in it. It appears under its name only when it is whole.

database/<model>.jsonl.gz   the columns, then a row a line (portal/backup/tables.py)
files/<sha256>              the private files that the rows name
media/<path>                the public media
manifest.json               what there is: rows of each table, SHA-256 of each member, the migrations, when and where
manifest.sha256             the hash of the manifest
"""

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from registry.core import clock

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.sha256"
_NAMES: Final = re.compile(r"database/[a-z_]+\.[a-z_0-9]+\.jsonl\.gz|files/[0-9a-f]{64}|media/.+")
_LARGEST_MANIFEST: Final = 1 << 28


class Damaged(RuntimeError):
    """The archive is not whole, or not what was written. The text says what is wrong with it."""


@dataclass
class Manifest:
    """What an archive says of itself. `migrations` made the tables, `positions` are the last numbers their rows were given.

    `missing`: files that rows name and that were not on the disk, or not what was handed in.
    """

    made_at: str
    base_url: str
    database: str
    migrations: dict[str, list[str]] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    with_files: bool = True
    format: int = FORMAT

    @property
    def all_rows(self) -> int:
        return sum(self.rows.values())

    def named(self, part: str) -> list[str]:
        return [name for name in self.members if name.startswith(f"{part}/")]


class Hashing:
    """A stream that knows the hash of what was read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(size)
        self.digest.update(chunk)
        return chunk


class Writer:
    """Use it in `writing`."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
        self.tar = tar
        self.manifest = manifest
        self.folder = folder

    def add(self, name: str, stream: IO[bytes]) -> str:
        """A member: what stands in the stream now, from its beginning. Returns its SHA-256."""
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        hashing = Hashing(stream)
        self.tar.addfile(_header(name, size), hashing)
        self.manifest.members[name] = hashing.digest.hexdigest()
        return self.manifest.members[name]


@contextmanager
def writing(target: Path, manifest: Manifest) -> Iterator[Writer]:
    """Write an archive beside `target` and put it there when all of it is on the disk. A kill leaves `target` as it was."""
    unfinished = partial(target)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, manifest, target.parent)
                _seal(tar, manifest)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    put_in_place(unfinished, target)


def _seal(tar: tarfile.TarFile, manifest: Manifest) -> None:
    told = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    tar.addfile(_header(MANIFEST, len(told)), BytesIO(told))
    seal = hashlib.sha256(told).hexdigest().encode()
    tar.addfile(_header(SEAL, len(seal)), BytesIO(seal))


def put_in_place(unfinished: Path, target: Path) -> None:
    os.replace(unfinished, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def partial(target: Path) -> Path:
    return target.with_name(f"{target.name}.partial")


def verified(source: Path) -> Manifest:
    """Read an archive from end to end and compare each part with its hash. Raises Damaged, FileNotFoundError."""
    try:
        found, told, sealed = _read(source)
    except (tarfile.TarError, EOFError, ValueError) as wrong:
        raise Damaged(f"Bản sao lưu bị hỏng hoặc bị cắt ngắn: {wrong}.") from wrong
    if not sealed:
        raise Damaged("Bản sao lưu chưa xong hoặc bị cắt ngắn: thiếu phần kê khai ở cuối.")
    if hashlib.sha256(told).hexdigest().encode() != sealed:
        raise Damaged(f"Bản sao lưu bị hỏng ở {MANIFEST}.")
    manifest = _manifest(told)
    for name in sorted(manifest.members.keys() | found.keys()):
        if found.get(name) != manifest.members.get(name):
            why = "thiếu" if name not in found else "thừa" if name not in manifest.members else "sai mã băm"
            raise Damaged(f"Bản sao lưu bị hỏng ở {name} ({why}).")
    return manifest


def members(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each member and its bytes, in their order. Raises Damaged for what no archive of ours holds, TarError for what is no tar."""
    with tarfile.open(source, "r:") as tar:
        for member in tar:
            known = _NAMES.fullmatch(member.name) or member.name in (MANIFEST, SEAL)
            stream = tar.extractfile(member) if known and member.isreg() else None
            if stream is None or ".." in Path(member.name).parts:
                raise Damaged(f"Bản sao lưu có phần lạ: {member.name!r}.")
            yield member.name, stream


def _read(source: Path) -> tuple[dict[str, str], bytes, bytes]:
    """The hash of each part, the manifest and its seal."""
    found: dict[str, str] = {}
    told = sealed = b""
    for name, stream in members(source):
        if name == MANIFEST:
            told = stream.read(_LARGEST_MANIFEST)
        elif name == SEAL:
            sealed = stream.read(100)
        else:
            hashing = Hashing(stream)
            while hashing.read(1 << 20):
                pass
            found[name] = hashing.digest.hexdigest()
    return found, told, sealed


def _manifest(told: bytes) -> Manifest:
    read: dict[str, Any] = json.loads(told)
    if read.get("format") != FORMAT:
        raise Damaged(f"Bản sao lưu ở định dạng {read.get('format')}; phiên bản này chỉ đọc định dạng {FORMAT}.")
    return Manifest(**read)


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size = size
    header.mode = 0o600
    header.mtime = int(clock.now().timestamp())
    return header
