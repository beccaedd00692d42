"""Files of a dossier: several at once, each error at its file, the logo, the limit, another in the place of a marked one."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from registry.core.files import path_of
from registry.dossiers import file_views
from registry.dossiers.models import Dossier
from tests.accounts.factories import UserFactory
from tests.core.factories import office_file, picture, upload
from tests.dossiers.factories import act, dossier
from tests.dossiers.test_steps import post, there
from tests.dossiers.visitors import Visitor

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def draft(founder: Visitor) -> Dossier:
    return dossier(owner=founder.user, empty=True)


def send(founder: Visitor, made: Dossier, *files: Any, purpose: str = "other", **data: Any) -> Any:
    return founder.post(there(made, "tep"), {"files": list(files), "purpose": purpose, "_upload": "1", **data})


def names(made: Dossier) -> list[str]:
    return [item.file.name for item in made.files.filter(removed_at=None).select_related("file")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trong.pdf", b"", "trống (0 byte)"),
        ("nang.pdf", b"%PDF-" + b"0" * (21 * 1024**2), "nặng 22 MB, quá mức 20 MB"),
        ("anh.pdf", picture("JPEG"), "phần mở rộng khác"),
        ("giay.pdf", b"PK\x03\x04 none", "không phải là tệp PDF"),
        ("hinh.svg", SVG, "Không nhận tệp “hinh.svg”"),
        ("hinh.png", SVG, "không phải là tệp PNG"),
        ("so.docx", office_file("word/document.xml", "word/vbaProject.bin"), "không phải là tệp DOCX"),
        ("chay.exe", b"MZ" + b"0" * 99, "Không nhận tệp “chay.exe”"),
        ("anh.jpg", b"\xff\xd8\xff" + b"0" * 99, "Không đọc được ảnh"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_and_the_good_one_stays(
    founder: Visitor, draft: Dossier, name: str, content: bytes, sentence: str
) -> None:
    response = send(founder, draft, upload(name, content), upload("tot.pdf"))
    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Lỗi:" in text
    assert text.count(sentence) == 2
    assert '<a href="#tep-moi">' in text
    assert names(draft) == ["tot.pdf"]


def test_a_file_that_is_empty_to_the_browser(founder: Visitor, draft: Dossier) -> None:
    text = send(founder, draft).content.decode()
    assert "Chọn tệp trước khi tải lên." in text


@pytest.mark.parametrize("purpose", ["", "logo2", "x" * 500])
def test_a_purpose_that_does_not_exist(founder: Visitor, draft: Dossier, purpose: str) -> None:
    assert "Chọn mục đích của tệp." in send(founder, draft, upload(), purpose=purpose).content.decode()
    assert names(draft) == []


def test_a_photo_loses_its_place_and_stays_upright(founder: Visitor, draft: Dossier) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Phone", 6
    exif[0x8825] = {1: "N", 2: (22.0, 23.0, 0.0)}
    sent = picture("JPEG", (60, 40), exif=exif)
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)
    assert send(founder, draft, upload("vuon.jpg", sent, "image/jpeg")).status_code == 302
    with Image.open(path_of(draft.files.get().file.sha256)) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (40, 60)


def test_ten_files_and_no_more(founder: Visitor, draft: Dossier) -> None:
    first = send(founder, draft, *(upload(f"{n}.pdf") for n in range(9)))
    assert first.status_code == 302
    text = send(founder, draft, upload("9.pdf"), upload("10.pdf")).content.decode()
    assert "Nhiều nhất 10 tệp" in text
    assert len(names(draft)) == 10
    assert 'type="file"' not in founder.read(there(draft, "tep"))
    first_item = draft.files.order_by("id").first()
    assert founder.post(there(draft, "tep"), {"_remove": first_item.pk}).status_code == 302
    assert len(names(draft)) == 9


@pytest.mark.parametrize("item", ["999999", "x", ""])
def test_taking_out_what_is_not_there(founder: Visitor, draft: Dossier, item: str) -> None:
    response = founder.post(there(draft, "tep"), {"_remove": item})
    assert "Không gỡ được tệp này." in response.content.decode()


def test_a_file_of_another_dossier_stays_where_it_is(founder: Visitor, draft: Dossier) -> None:
    other = dossier(papers=1)
    founder.post(there(draft, "tep"), {"_remove": other.files.get().pk})
    assert len(names(other)) == 1


def test_too_much_at_once_gets_a_sentence(founder: Visitor, draft: Dossier) -> None:
    heavy = b"%PDF-" + b"0" * (13 * 1024**2)
    response = send(founder, draft, upload("a.pdf", heavy), upload("b.pdf", heavy))
    assert response.status_code == 413
    assert "Mỗi lần gửi nhận đến 25 MB" in response.content.decode()
    assert there(draft, "tep") in response.content.decode()
    assert names(draft) == []


def test_the_script_gets_each_file_as_the_page_shows_it(founder: Visitor, draft: Dossier) -> None:
    told = send(founder, draft, upload("giay.pdf"), upload("hinh.svg", SVG), autosave="1")
    assert told.status_code == 422
    body = told.json()
    assert len(body["items"]) == 1
    assert body["items"][0].strip() in founder.read(there(draft, "tep"))
    assert body["errors"] == ["Không nhận tệp “hinh.svg”. Gửi tệp PDF, DOCX, XLSX, JPG, PNG hoặc WEBP."]


def test_only_people_of_the_dossier_read_its_files(founder: Visitor, stranger: Visitor, draft: Dossier) -> None:
    send(founder, draft, upload())
    address = f"/tep/{draft.files.get().file.public_id}/"
    read = founder.get(address)
    assert b"".join(read.streaming_content).startswith(b"%PDF")
    assert stranger.get(address).status_code == 404


# --- the logo


def test_a_logo_is_shown_replaced_and_removed(founder: Visitor, draft: Dossier) -> None:
    assert post(founder, draft, "ten", picture=upload("logo.png", picture("PNG"))).status_code == 302
    assert post(founder, draft, "ten", picture=upload("moi.png", picture("PNG", (50, 50)))).status_code == 302
    assert names(draft) == ["moi.png"]
    item = draft.files.get(removed_at=None)
    assert f'src="/tep/{item.file.public_id}/"' in founder.read(there(draft, "ten"))
    assert "moi.png" not in founder.read(there(draft, "tep"))
    assert post(founder, draft, "ten", _remove=item.pk).status_code == 200
    assert names(draft) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("logo.pdf", None, "không phải là ảnh"),
        ("logo.svg", SVG, "không phải là ảnh"),
        ("logo.png", b"", "trống (0 byte)"),
    ],
)
def test_a_logo_is_a_picture(founder: Visitor, draft: Dossier, name: str, content: bytes | None, sentence: str) -> None:
    file = upload(name) if content is None else upload(name, content)
    response = post(founder, draft, "ten", name_vi="Tên còn đây", picture=file)
    text = response.content.decode()
    assert response.status_code == 200
    assert sentence in text
    assert '<a href="#id_picture">' in text
    assert "Tên còn đây" in text
    draft.refresh_from_db()
    assert draft.answers["name_vi"] == "Tên còn đây"
    assert names(draft) == []


# --- supplement


def asked_for(founder: Visitor, *targets: str) -> Dossier:
    made = dossier(owner=founder.user, papers=2)
    items = list(made.files.order_by("id"))
    made = act(made, "submit", founder.user)
    marks = {target.format(items[0].pk): "Thiếu trang ký." for target in targets}
    return act(made, "request_supplement", UserFactory(officer=True), remarks=marks)


def test_a_marked_file_is_replaced_and_the_other_stays(founder: Visitor) -> None:
    made = asked_for(founder, "file:{}")
    first, second = made.files.order_by("id")
    text = founder.read(there(made, "tep"))
    assert "Thiếu trang ký." in text
    assert f'name="replace-{first.pk}"' in text
    assert f'name="replace-{second.pk}"' not in text
    bad = founder.post(there(made, "tep"), {f"replace-{first.pk}": upload("ky.pdf", b""), "_upload": "1"})
    assert f'<a href="#tep-{first.pk}">' in bad.content.decode()
    assert names(made) == ["giay-1.pdf", "giay-2.pdf"]
    done = founder.post(there(made, "tep"), {f"replace-{first.pk}": upload("ky.pdf"), "_upload": "1"})
    assert done.status_code == 302
    assert names(made) == ["giay-2.pdf", "ky.pdf"]
    assert "đã sửa" in founder.read(there(made))


@pytest.mark.parametrize("data", [{"_remove": "{1}"}, {"replace-{1}": "file"}])
def test_a_file_that_nobody_marked_cannot_be_touched(founder: Visitor, data: dict[str, str]) -> None:
    made = asked_for(founder, "file:{}")
    second = made.files.order_by("id")[1]
    sent = {
        key.replace("{1}", str(second.pk)): upload("khac.pdf")
        if value == "file"
        else value.replace("{1}", str(second.pk))
        for key, value in data.items()
    }
    founder.post(there(made, "tep"), sent)
    assert "giay-2.pdf" in names(made)


def test_another_file_may_be_asked_for(founder: Visitor) -> None:
    made = asked_for(founder, "files")
    assert "Thiếu trang ký." in founder.read(there(made, "tep"))
    assert send(founder, made, upload("them.pdf"), purpose="award").status_code == 302
    assert names(made) == ["giay-1.pdf", "giay-2.pdf", "them.pdf"]
    new = made.files.order_by("-id").first()
    assert founder.post(there(made, "tep"), {"_remove": new.pk}).status_code == 302
    assert names(made) == ["giay-1.pdf", "giay-2.pdf"]


def test_queries_do_not_grow_with_files(founder: Visitor, query_budget: Any) -> None:
    made = dossier(owner=founder.user, papers=9)
    with query_budget(22):
        founder.read(there(made, "tep"))


def test_the_anchor_of_a_field() -> None:
    assert file_views.anchor("files") == "tep-moi"
    assert file_views.anchor("replace-12") == "tep-12"
    assert file_views.anchor("replace-<b>") == "tep-moi"
