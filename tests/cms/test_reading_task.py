"""When a document is read: after the upload, outside the request, again after a crash, and not for ever."""

import time
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse

from cms.core import reading
from cms.core.models import PortalDocument
from cms.core.models.files import READ, REASONS, UNREAD, WAITING
from cms.core.reading import Crashed, Part, read_due, read_file, read_waiting
from tests.cms import factories
from tests.cms.test_files import pdf_file
from tests.cms.test_reading import endless, pdf_of


@pytest.mark.django_db
def test_a_document_waits_then_is_read_and_staff_are_told(desk):
    document = factories.document("bao-cao.pdf", pdf_of(pdf_file("Mot"), pdf_file("Hai")), read=False)
    assert document.reading == WAITING
    address = reverse("wagtaildocs:edit", args=(document.pk,))
    assert "Đang chờ đọc" in desk.get(address).content.decode()
    assert "Chờ đọc" in desk.get(reverse("wagtaildocs:index")).content.decode()
    assert read_due() == 1
    assert "Đã đọc chữ trong tệp: 2 trang." in desk.get(address).content.decode()
    assert "Đã đọc" in desk.get(reverse("wagtaildocs:index_results")).content.decode()
    document.refresh_from_db()
    assert [(part.label, part.text) for part in document.parts.all()] == [("1", "Mot"), ("2", "Hai")]
    assert read_due() == 0


@pytest.mark.django_db
def test_an_unread_document_says_why_on_its_page_on_the_list_and_on_the_desk(desk):
    document = factories.document("khoa.pdf", pdf_of(pdf_file(), password="bi-mat"))
    assert (document.reading, document.unread_because) == (UNREAD, "encrypted")
    assert document.reading_told == REASONS["encrypted"]
    for address in (reverse("wagtaildocs:edit", args=(document.pk,)), reverse("wagtaildocs:index"), "/quan-tri/"):
        assert "Tệp có mật khẩu" in desk.get(address).content.decode()


@pytest.mark.django_db
def test_a_file_that_ends_the_reading_process_is_not_tried_for_ever(monkeypatch):
    document = factories.document(read=False)
    tries = []

    def crash(*args: object) -> list[Part]:
        tries.append(1)
        raise Crashed("-11")

    monkeypatch.setattr(reading, "read_file", crash)
    for _ in range(5):
        read_waiting()
    document.refresh_from_db()
    assert (document.reading, document.unread_because, len(tries)) == (UNREAD, "crashed", 3)


@pytest.mark.django_db
def test_a_process_killed_while_it_reads_leaves_the_document_waiting(monkeypatch):
    document = factories.document(read=False)

    def killed(*args: object) -> list[Part]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_file", killed)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                read_waiting()
    assert read_waiting() == 1
    document.refresh_from_db()
    assert (document.reading, document.reading_attempts) == (READ, 3)


@pytest.mark.django_db
def test_a_crash_of_the_real_process_is_told_apart(monkeypatch):
    monkeypatch.setattr(reading, "PROGRAM", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(Crashed):
        read_file("txt", BytesIO(b"x"))


@pytest.mark.django_db
def test_a_file_changed_while_it_was_read_is_read_again(monkeypatch):
    document = factories.document("cu.txt", "chữ cũ", read=False)

    def change(*args: object) -> list[Part]:
        monkeypatch.undo()
        newer = PortalDocument.objects.get(pk=document.pk)
        newer.file = ContentFile("chữ mới".encode(), name="moi.txt")
        newer.save()
        return [Part("", "chữ cũ", "")]

    monkeypatch.setattr(reading, "read_file", change)
    assert read_waiting() == 0, "what was read is of a file that is no more"
    assert not document.parts.exists()
    assert read_waiting() == 1
    assert [part.text for part in document.parts.all()] == ["chữ mới"]


@pytest.mark.django_db
def test_a_missing_file_says_so():
    document = factories.document(read=False)
    document.file.storage.delete(document.file.name)
    assert read_waiting() == 1
    document.refresh_from_db()
    assert document.unread_because == "missing"


@pytest.mark.django_db(transaction=True)
def test_the_portal_answers_while_a_file_is_read(desk, client, monkeypatch):
    """Reading starts by itself after the upload, and neither the upload nor a visitor waits for it."""
    monkeypatch.setattr(reading, "PROGRAM", endless("sleep").replace("600", "3"))
    monkeypatch.setattr(reading, "at_once", True)
    client.get("/tin-tuc/")
    started = time.monotonic()
    document = factories.document(read=False)
    page = client.get("/tin-tuc/")
    assert page.status_code == 200
    document.refresh_from_db()
    assert document.reading == WAITING
    assert time.monotonic() - started < 2.5
    deadline = time.monotonic() + 30
    while document.reading == WAITING and time.monotonic() < deadline:
        time.sleep(0.1)
        document.refresh_from_db()
    assert document.reading == READ
    for thread in reading.threading.enumerate():
        if thread.name == "documents":
            thread.join(10)
    connection.close()
