"""People and files for the tests of the core and of whoever builds on it."""

from io import BytesIO
from zipfile import ZipFile

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def make_user(email: str = "chu.tep@example.vn", **extra):
    return get_user_model().objects.create_user(email, "matkhau-thu-2030", full_name="Lò Thị Thử", **extra)


def upload(name: str = "giay-phep.pdf", content: bytes = PDF, content_type: str = "application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (20, 90, 70)).save(out, kind, **options)
    return out.getvalue()


def office_file(main_part: str = "word/document.xml", *more: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for part in ("[Content_Types].xml", main_part, *more):
            archive.writestr(part, "<x/>")
    return out.getvalue()
