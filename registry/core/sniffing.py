"""What a file really is, by its first bytes, and a picture without what the camera wrote into it. No ORM, no request."""

import warnings
import zipfile
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image, ImageOps

KINDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "pdf": ("application/pdf", (".pdf",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "jpg": ("image/jpeg", (".jpg", ".jpeg")),
    "png": ("image/png", (".png",)),
    "webp": ("image/webp", (".webp",)),
}
TABLE: Final = "csv"
"""Plain text that a list of the department may come in; people's own files never do."""
TYPES: Final = {**{kind: found[0] for kind, found in KINDS.items()}, TABLE: "text/csv"}
IMAGES: Final = frozenset({"jpg", "png", "webp"})
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 4_000
_PIL_FORMATS: Final = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_OFFICE_MAIN_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


class Unreadable(ValueError):
    """The bytes begin like a picture and are none, or would unpack to more than MAX_PIXELS."""


def kind_of(stream: BinaryIO) -> str | None:
    """The kind of a seekable stream among KINDS, or None. The stream is left at its beginning."""
    stream.seek(0)
    head = stream.read(16)
    try:
        return _kind_by_head(head, stream)
    finally:
        stream.seek(0)


def _kind_by_head(head: bytes, stream: BinaryIO) -> str | None:
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(stream)
    return None


def _office_kind(stream: BinaryIO) -> str | None:
    """DOCX or XLSX by the parts of the archive; one with macros is neither, whatever it is called."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = set(archive.namelist())
    except Exception:  # whatever a damaged archive breaks: it is no office file
        return None
    if "[Content_Types].xml" not in parts or any(part.lower().endswith("vbaproject.bin") for part in parts):
        return None
    return next((kind for kind, main in _OFFICE_MAIN_PARTS.items() if main in parts), None)


def reencoded(stream: BinaryIO, kind: str) -> bytes:
    """The picture drawn again: upright, at most MAX_SIDE wide and high, without EXIF, GPS, XMP or comments.

    Raises Unreadable. The size is read from the header before a pixel is unpacked.
    """
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(stream, formats=[_PIL_FORMATS[kind]]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Unreadable("too many pixels")
                return _drawn_again(picture, kind)
    except Unreadable:
        raise
    except Exception as broken:  # a damaged file may break the decoder anywhere, also in its notes
        raise Unreadable(str(broken)) from broken


def _drawn_again(picture: Image.Image, kind: str) -> bytes:
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(picture)
    has_alpha = kind != "jpg" and ("A" in upright.getbands() or "transparency" in upright.info)
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.info.clear()
    out = BytesIO()
    match kind:
        case "jpg":
            plain.save(out, "JPEG", quality=88, optimize=True, progressive=True)
        case "png":
            plain.save(out, "PNG", optimize=True)
        case _:
            plain.save(out, "WEBP", quality=88)
    return out.getvalue()
