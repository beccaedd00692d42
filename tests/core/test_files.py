import hashlib
import os
import threading
import time
from contextlib import suppress
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from registry.core import clock, files, sniffing
from registry.core.models import FileRead, PrivateFile

from .factories import PDF, make_user, office_file, picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "files"


@pytest.fixture
def owner():
    return make_user()


def keep(owner, name="giay-phep.pdf", content=PDF, **options) -> PrivateFile:
    return files.store(upload(name, content), owner=owner, file_class="restricted", purpose="registration", **options)


def bytes_of(file: PrivateFile) -> bytes:
    return files.path_of(file.sha256).read_bytes()


def test_a_file_stands_under_its_hash_outside_the_media(owner, settings):
    file = keep(owner)
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert files.path_of(file.sha256) == settings.PRIVATE_ROOT / file.sha256[:2] / file.sha256[2:4] / file.sha256
    assert bytes_of(file) == PDF
    assert (file.size, file.kind, file.file_class) == (len(PDF), "pdf", "restricted")
    assert settings.MEDIA_ROOT not in files.path_of(file.sha256).parents


def test_the_same_bytes_stand_once_and_belong_to_two(owner, settings):
    first, second = keep(owner), keep(make_user("hai@example.vn"), "khac.pdf")
    assert first.public_id != second.public_id
    assert len([path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file() and path.name != ".lock"]) == 1


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", office_file(), "docx"),
        ("a.XLSX", office_file("xl/workbook.xml"), "xlsx"),
        ("a.jpeg", picture(), "jpg"),
        ("a.png", picture("PNG"), "png"),
        ("a.webp", picture("WEBP"), "webp"),
    ],
)
def test_what_is_taken(owner, name, content, kind):
    assert keep(owner, name, content).kind == kind


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trong.pdf", b"", "trống"),
        ("to.pdf", PDF + b" " * (21 * 1024 * 1024), "nặng 22 MB, quá mức 20 MB"),
        ("anh.svg", SVG, "Không nhận tệp"),
        ("anh.png", SVG, "không phải là tệp PNG"),
        ("giay.docx", PDF, "có nội dung PDF"),
        ("anh.jpg", picture("PNG"), "có nội dung PNG"),
        ("chay.exe", b"MZ" + b"\0" * 60, "Không nhận tệp"),
        ("trang.pdf", b"<html><script>1</script></html>", "không phải là tệp PDF"),
        ("khong-duoi", PDF, "có nội dung PDF"),
        ("macro.docx", office_file("word/document.xml", "word/vbaProject.bin"), "không phải là tệp DOCX"),
        ("nen.docx", office_file("readme.txt"), "không phải là tệp DOCX"),
        ("hong.docx", b"PK\x03\x04" + b"x" * 40, "không phải là tệp DOCX"),
        ("hong.jpg", picture()[:150], "Không đọc được ảnh"),
        ("hong.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "Không đọc được ảnh"),
    ],
)
def test_what_is_refused_and_why(owner, name, content, sentence):
    with pytest.raises(files.FileRefused, match=sentence):
        keep(owner, name, content)
    assert not PrivateFile.objects.exists()


def test_a_refusal_is_in_the_language_of_the_page(owner):
    with translation.override("en"), pytest.raises(files.FileRefused) as told:
        keep(owner, "trong.pdf", b"")
    assert str(told.value) == "The file “trong.pdf” is empty (0 bytes). Choose a file that has content."


def test_twenty_megabytes_are_taken(owner):
    assert keep(owner, "vua.pdf", PDF + b" " * (files.MAX_BYTES - len(PDF))).size == files.MAX_BYTES


def photo_with_position() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Lò Thị Thử"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (22.0, 23.0, 12.0)
    return picture(exif=exif.tobytes(), comment=b"secret")


def test_a_photo_is_kept_without_position_and_upright(owner):
    photo = photo_with_position()
    assert Image.open(BytesIO(photo)).getexif().get_ifd(0x8825)
    kept = bytes_of(keep(owner, "anh.jpg", photo))
    again = Image.open(BytesIO(kept))
    assert again.size == (40, 60)
    assert not again.getexif()
    assert not again.getexif().get_ifd(0x8825)
    assert b"secret" not in kept
    assert b"Camera" not in kept


def test_a_png_loses_its_notes_and_keeps_its_transparency(owner):
    notes = PngInfo()
    notes.add_text("Author", "Lò Thị Thử")
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG", pnginfo=notes)
    again = Image.open(BytesIO(bytes_of(keep(owner, "anh.png", out.getvalue()))))
    assert again.mode == "RGBA"
    assert "Author" not in again.info


def test_a_picture_that_would_unpack_to_too_much_is_refused_before_it_is_unpacked(owner):
    bomb = BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")
    began = time.monotonic()
    with pytest.raises(files.FileRefused, match="quá lớn"):
        keep(owner, "bom.png", bomb.getvalue())
    assert time.monotonic() - began < 1


def test_a_large_picture_is_made_smaller(owner):
    again = Image.open(BytesIO(bytes_of(keep(owner, "to.png", picture("PNG", (5000, 100))))))
    assert again.size == (sniffing.MAX_SIDE, 80)


SAMPLES = {"jpg": photo_with_position(), "png": picture("PNG"), "webp": picture("WEBP"), "docx": office_file()}


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_damaged_files_are_refused_or_taken_but_break_nothing(kind, data):
    damaged = bytearray(SAMPLES[kind])
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=12)):
        damaged[place] = data.draw(st.integers(0, 255))
    stream = BytesIO(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]))
    found = sniffing.kind_of(stream)
    assert found in (None, kind)
    if found in sniffing.IMAGES:
        with suppress(sniffing.Unreadable):
            assert sniffing.kind_of(BytesIO(sniffing.reencoded(stream, found))) == found


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\thu\\Giấy phép.pdf", "Giấy phép.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_b Set-Cookie_ x.pdf"),
        ("gia\u0302\u0301y.pdf", "giấy.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
        (".pdf", "tep.pdf"),
        ("", "tep"),
    ],
)
def test_names_are_made_safe(written, kept):
    assert files.safe_name(written) == kept


def finds_a_virus(stream) -> bool:
    return b"virus" not in stream.read()


def test_the_installation_may_bring_a_scanner(owner, settings):
    assert not keep(owner).scanned
    settings.FILE_SCANNER = "tests.core.test_files.finds_a_virus"
    assert keep(owner).scanned
    with pytest.raises(files.FileRefused, match="quét mã độc"):
        keep(owner, "x.pdf", PDF + b"virus")


def test_nobody_reads_what_no_register_lends(owner, monkeypatch):
    monkeypatch.setattr(files, "_checkers", {})
    file, stranger = keep(owner), make_user("la@example.vn")
    assert files.may_read(file, owner)
    assert not files.may_read(file, stranger)
    assert not files.may_read(file, AnonymousUser())
    file = files.attach(file, "dossier", 7)
    assert not files.may_read(file, owner)
    files.register_holder("dossier", lambda file, user: file.holder_id == "7" and user == stranger)
    assert files.may_read(file, stranger)
    assert not files.may_read(file, owner)
    files.register_holder("dossier", lambda file, user: "yes")  # type: ignore[arg-type,return-value]
    assert not files.may_read(file, stranger)


def test_a_file_never_changes_hands(owner):
    file = files.attach(keep(owner), "dossier", 7)
    assert file.retention == "with_record"
    files.attach(file, "dossier", "7")
    with pytest.raises(ValueError, match="belongs to dossier 7"):
        files.attach(file, "dossier", 8)


def test_what_nobody_took_is_removed_after_a_day_with_its_bytes(owner):
    with clock.at(clock.now() - timedelta(days=2)):
        orphan, taken, read = keep(owner), keep(owner, "b.pdf", PDF + b"2"), keep(owner, "c.pdf", PDF + b"3")
        files.attach(taken, "dossier", 1)
        files.read_by(read, owner).close()
    fresh = keep(owner, "d.pdf", PDF + b"4")
    long_ago = time.time() - 3 * 86400
    for file in (orphan, taken, read):
        os.utime(files.path_of(file.sha256), (long_ago, long_ago))
    assert files.remove_orphans() == 2  # the row and its bytes
    assert set(PrivateFile.objects.all()) == {taken, read, fresh}
    assert not files.path_of(orphan.sha256).exists()
    assert all(files.path_of(file.sha256).exists() for file in (taken, read, fresh))
    assert files.remove_orphans() == 0


def test_the_bytes_stay_while_another_row_names_them(owner):
    with clock.at(clock.now() - timedelta(days=2)):
        keep(owner)
    other = keep(owner)
    long_ago = time.time() - 3 * 86400
    os.utime(files.path_of(other.sha256), (long_ago, long_ago))
    files.remove_orphans()
    assert bytes_of(other) == PDF


def test_the_sweep_of_an_installation_without_files_does_nothing():
    assert files.remove_orphans() == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_written_by_many_at_once_end_whole(owner, settings):
    content = PDF + os.urandom(300_000)
    failures = []

    def work() -> None:
        try:
            keep(owner, "cung-luc.pdf", content)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert PrivateFile.objects.count() == 6
    assert bytes_of(PrivateFile.objects.first()) == content
    assert not list(settings.PRIVATE_ROOT.glob(".in-*"))


class TestServing:
    def get(self, client, file, **options):
        return client.get(f"/tep/{file.public_id}/", **options)

    def test_the_owner_gets_it_and_the_reading_is_written_down(self, client, owner):
        file = keep(owner, "Giấy phép số 1.pdf")
        client.force_login(owner)
        response = self.get(client, file)
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Gi%E1%BA%A5y")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
        assert "sandbox" in response["Content-Security-Policy"]
        assert list(FileRead.objects.values_list("file", "reader")) == [(file.pk, owner.pk)]

    def test_for_others_there_is_no_such_file(self, client, owner):
        file = keep(owner)
        assert self.get(client, file).status_code == 404
        client.force_login(make_user("la@example.vn"))
        assert self.get(client, file).status_code == 404
        assert not FileRead.objects.exists()

    @pytest.mark.parametrize("address", ["/tep/00000000/", "/tep/x/", "/tep/..%2f/", "/tep/%00/"])
    def test_an_address_of_nothing(self, client, owner, address):
        client.force_login(owner)
        assert client.get(address).status_code == 404

    def test_bytes_that_are_lost_are_404_and_not_an_error(self, client, owner):
        file = keep(owner)
        files.path_of(file.sha256).unlink()
        client.force_login(owner)
        assert self.get(client, file).status_code == 404

    def test_an_anonymous_reader_of_a_lent_file_leaves_no_line(self, client, owner, monkeypatch):
        monkeypatch.setattr(files, "_checkers", {"logo": lambda file, user: True})
        file = files.attach(keep(owner), "logo", 1)
        response = self.get(client, file)
        assert b"".join(response.streaming_content) == PDF
        assert not FileRead.objects.exists()

    def test_a_file_is_only_read(self, client, owner):
        assert client.post(f"/tep/{keep(owner).public_id}/").status_code == 405
