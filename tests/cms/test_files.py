"""What editors may upload, what is read out of it, and what a picture no longer says."""

import zipfile
from io import BytesIO

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from cms.core.models import PortalDocument, PortalImage
from tests.cms import factories


def docx_file(*paragraphs: str) -> bytes:
    document, written = docx.Document(), BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    document.add_table(1, 1).cell(0, 0).text = "Ô trong bảng"
    document.save(written)
    return written.getvalue()


def xlsx_file() -> bytes:
    workbook, written = openpyxl.Workbook(), BytesIO()
    workbook.active.append(["Xã Sìn Hồ", 26])
    workbook.save(written)
    workbook.close()
    return written.getvalue()


def odt_file(words: str = "Kế hoạch mở") -> bytes:
    written = BytesIO()
    namespace = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f'<d xmlns:text="{namespace}"><text:p>{words}</text:p></d>')
    return written.getvalue()


def pdf_file(words: str = "Bao cao thu nghiem") -> bytes:
    stream = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trong.txt", b"", ""),
        ("lon.txt", b"x" * (21 * 1024 * 1024), "tối đa 20"),
        ("gia.pdf", b"MZ\x90\x00 not a pdf", "không phải PDF"),
        ("gia.docx", xlsx_file(), "không phải DOCX"),
        ("nhi-phan.txt", b"\x00\x01\x02", "không phải TXT"),
        ("trang.html", b"<script>alert(1)</script>", "html"),
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(desk, name, content, sentence):
    file = SimpleUploadedFile(name, content)
    response = desk.post(reverse("wagtaildocs:add"), {"title": "Tệp", "file": file, "collection": "1"})
    assert response.status_code == 200
    told = " ".join(response.context["form"].errors["file"])
    assert sentence in told
    assert not PortalDocument.objects.exists()


def test_a_file_that_unpacks_to_too_much_is_refused_for_that(desk):
    written = BytesIO(xlsx_file())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bom.bin", b" " * (201 * 1024 * 1024))
    file = SimpleUploadedFile("bom.xlsx", written.getvalue())
    response = desk.post(reverse("wagtaildocs:add"), {"title": "Tệp", "file": file, "collection": "1"})
    assert response.context["form"].errors["file"][0].startswith("Tệp “bom.xlsx” bung ra quá lớn.")


def test_the_multiple_upload_refuses_the_same(desk):
    file = SimpleUploadedFile("gia.pdf", b"MZ not a pdf")
    answer = desk.post(reverse("wagtaildocs:add_multiple"), {"title": "Tệp", "files[]": file}).json()
    assert answer["success"] is False
    assert "không phải PDF" in answer["error_message"]


def test_the_form_of_an_unreadable_document_says_so(desk):
    document = factories.document("anh-quet.pdf", pdf_file(""))
    page = desk.get(reverse("wagtaildocs:edit", args=(document.pk,))).content.decode()
    assert document.reading_told in page
    assert document.reading_told in desk.get("/quan-tri/").content.decode()


def test_a_picture_forgets_where_it_was_taken(db):
    raw = factories.jpeg(gps=True)
    assert Image.open(BytesIO(raw)).getexif()
    photo = factories.image(raw)
    with photo.file.open("rb") as kept:
        written = kept.read()
    picture = Image.open(BytesIO(written))
    assert not picture.getexif()
    assert b"Exif" not in written
    assert (photo.width, photo.height) == picture.size == (900, 500)
    assert photo.file_size == len(written)
    rendition = photo.get_rendition("width-400")
    with rendition.file.open("rb") as small:
        assert b"Exif" not in small.read()
    assert rendition.file.name.endswith(".webp")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("gia.jpg", b"not a picture"),
        ("hinh.gif", b"GIF89a"),
    ],
)
def test_a_wrong_picture_is_refused(desk, name, content):
    file = SimpleUploadedFile(name, content, content_type="image/jpeg")
    response = desk.post(reverse("wagtailimages:add"), {"title": "Ảnh", "file": file, "collection": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not PortalImage.objects.exists()


def test_a_private_document_is_not_handed_to_a_stranger(client, db):
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    document = factories.document()
    assert client.get(document.url).getvalue()
    document.collection = collection
    document.save()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    response = client.get(document.url)
    assert response.status_code == 302
    assert client.get(f"/media/{document.file.name}").status_code == 404
