"""What an editor may upload: the kind is read from the bytes, the name only has to agree."""

import zipfile
from typing import Any, BinaryIO, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat

from cms.core.readers import MAX_UNPACKED, decode
from registry.core import sniffing

MAX_BYTES: Final = 20 * 1024 * 1024
KINDS: Final = ("pdf", "docx", "xlsx", "odt", "txt", "csv")
TEXT_KINDS: Final = ("txt", "csv")
ARCHIVES: Final = ("docx", "xlsx", "odt")


def extension(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def unpacks_to_too_much(kind: str, file: BinaryIO) -> bool:
    """By the sizes that an archive declares; one that lies about them is found out when it is read."""
    if kind not in ARCHIVES:
        return False
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def fits(kind: str, file: BinaryIO) -> bool:
    """Whether the bytes of `file` are what a `kind` is made of."""
    file.seek(0)
    if kind in TEXT_KINDS:
        return decode(file.read()) is not None
    if kind in ARCHIVES:
        try:
            with zipfile.ZipFile(file) as archive:
                if kind == "odt":
                    return {"mimetype", "content.xml"} <= set(archive.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
    return sniffing.kind_of(file) == kind


def check_document(name: str, size: int, file: BinaryIO) -> None:
    """Raise ValidationError, in words for staff, when the file may not be kept."""
    kind = extension(name)
    if kind not in KINDS:
        raise ValidationError(f"Chọn tệp {', '.join(k.upper() for k in KINDS)}. Tệp “{name}” không thuộc các loại này.")
    if size == 0:
        raise ValidationError(f"Tệp “{name}” trống. Mở tệp trên máy của bạn để kiểm tra rồi tải lại.")
    if size > MAX_BYTES:
        raise ValidationError(
            f"Tệp “{name}” nặng {filesizeformat(size)}, tối đa {filesizeformat(MAX_BYTES)}. Nén hoặc tách tệp rồi tải lại."
        )
    if unpacks_to_too_much(kind, file):
        raise ValidationError(f"Tệp “{name}” bung ra quá lớn. Bỏ bớt ảnh hoặc tách tệp rồi tải lại.")
    if not fits(kind, file):
        raise ValidationError(f"Nội dung tệp “{name}” không phải {kind.upper()}. Lưu lại đúng loại rồi tải lên.")
    file.seek(0)


def without_metadata(file: Any) -> File:
    """The same picture drawn again: upright, without place, camera or owner.

    What is no picture of ours comes back untouched: the form has the word about those.
    """
    kind = sniffing.kind_of(file)
    if kind not in sniffing.IMAGES:
        return file  # type: ignore[no-any-return]
    try:
        return ContentFile(sniffing.reencoded(file, kind), name=file.name)
    except sniffing.Unreadable:
        file.seek(0)
        return file  # type: ignore[no-any-return]
