"""Going on with another device: a code that opens one draft for some hours, and nothing else of the account."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from registry.core import clock
from registry.dossiers.helped import passes
from registry.dossiers.helped.models import Pass, Purpose
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file
from registry.parties.models import Membership
from tests.core.factories import upload
from tests.dossiers.factories import act, answers, dossier, posted
from tests.dossiers.test_steps import there
from tests.dossiers.visitors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_left_over")]


def code_for(made: Dossier, step: str = "du-an") -> str:
    return passes.issue(made, Purpose.DEVICE, actor=made.created_by, step=step)


def device(key: str) -> Client:
    client = Client()
    assert client.post("/tiep-tuc/", {"key": key}).status_code == 302
    return client


def test_the_code_opens_the_step_where_one_was(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    assert f"{there(made, 'may-khac')}?step=du-an" in founder.read(there(made, "du-an"))
    page = founder.post(there(made, "may-khac"), {"step": "du-an", "_make": "1"}).content.decode()
    key = page.split("/tiep-tuc/")[-1].split("/")[0]
    answer = Client().post("/tiep-tuc/", {"key": key})
    assert answer["Location"] == there(made, "du-an")
    assert "đang mở trên một máy khác" in founder.read(there(made, "may-khac"))


def test_it_writes_as_its_owner_and_takes_files(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    other = device(code_for(made))
    page = other.get(there(made, "ten")).content.decode()
    assert "Tiếp tục trên máy khác" not in page
    data = {**posted(answers(name_vi="Gõ trên điện thoại"), "ten"), "seen": made.answers_version, "_next": "1"}
    assert other.post(there(made, "ten"), data)["Location"] == there(made, "tru-so")
    other.post(there(made, "tep"), {"files": upload("anh.pdf"), "purpose": "other", "_upload": "1"})
    made.refresh_from_db()
    assert made.answers["name_vi"] == "Gõ trên điện thoại"
    item = made.files.get()
    assert item.added_by == founder.user
    assert b"".join(other.get(f"/tep/{item.file.public_id}/").streaming_content)
    paused = other.post(there(made, "ten"), {**data, "seen": made.answers_version, "_pause": "1"})
    assert paused["Location"] == "/tiep-tuc/ho-so/"
    assert there(made, "tep") in other.get("/tiep-tuc/ho-so/").content.decode()
    autosaved = other.post(there(made, "ten"), {**posted(answers(), "ten"), "seen": "0", "autosave": "1"})
    assert autosaved.status_code == 409


def test_a_code_that_is_used_up_tells_where_the_next_one_is_made(founder: Visitor) -> None:
    key = code_for(dossier(owner=founder.user))
    device(key)
    told = Client().post("/tiep-tuc/", {"key": key})
    assert "Mã cho máy khác thì lập lại trên máy bạn đang điền." in told.content.decode()


CLOSED = ("", "rut", "may-khac", "xac-nhan", "ban-gui/1.pdf")


@pytest.mark.parametrize("place", CLOSED)
def test_it_opens_nothing_else_of_the_dossier(founder: Visitor, place: str) -> None:
    made = dossier(owner=founder.user)
    url = f"{there(made)}{place}" if place.endswith("pdf") else there(made, place)
    answer = device(code_for(made)).get(url)
    assert answer.status_code == 302
    assert "/dang-nhap/" in answer["Location"]


def test_it_opens_no_page_of_the_account_and_no_other_dossier(founder: Visitor) -> None:
    made, another = dossier(owner=founder.user), dossier(owner=founder.user)
    other = device(code_for(made))
    for url in ("/tai-khoan/", "/tai-khoan/thong-tin/", "/tiep-tuc/nhan-lai/", there(another, "ten")):
        assert "/dang-nhap/" in other.get(url)["Location"], url


def test_it_does_not_send(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    other = device(code_for(made))
    assert other.get(there(made, "kiem-tra"))["Location"] == "/tiep-tuc/ho-so/"
    data = {"seen": made.answers_version, "version": made.version, "truthful": "on", "_send": "1"}
    assert other.post(there(made, "kiem-tra"), data)["Location"] == "/tiep-tuc/ho-so/"
    assert other.post("/tiep-tuc/ho-so/", data).status_code == 200
    made.refresh_from_db()
    assert made.state == "draft"


def ended(made: Dossier) -> None:
    passes.end(Pass.objects.all())


def gone(made: Dossier) -> None:
    Membership.objects.update(until=clock.today())


def sacked(made: Dossier) -> None:
    made.created_by.is_active = False
    made.created_by.save()


def late(made: Dossier) -> None:
    Pass.objects.update(expires_at=clock.now() - timedelta(seconds=1))


@pytest.mark.parametrize("end", [ended, code_for, gone, sacked, late])
def test_it_falls_with_its_reason(founder: Visitor, end: Any) -> None:
    made = dossier(owner=founder.user)
    other = device(code_for(made))
    assert other.get(there(made, "ten")).status_code == 200
    file = f"/tep/{add_file(made, upload('anh.pdf'), 'other', actor=founder.user).file.public_id}/"
    assert b"".join(other.get(file).streaming_content)
    end(made)
    assert other.get(file).status_code == 404
    assert other.get("/tiep-tuc/ho-so/").status_code == 410
    assert "/dang-nhap/" in other.get(there(made, "ten"))["Location"]
    assert "/dang-nhap/" in other.post(there(made, "ten"), {"seen": 0, "name_vi": "x"})["Location"]


def test_a_code_opens_once_within_its_minutes(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    key = code_for(made)
    device(key)
    assert Client().post("/tiep-tuc/", {"key": key}).status_code == 200
    key = code_for(made)
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert Client().post("/tiep-tuc/", {"key": key}).status_code == 200
    other = device(code_for(made))
    with clock.at(clock.now() + timedelta(hours=3, minutes=59)):
        assert other.get(there(made, "ten")).status_code == 200
    with clock.at(clock.now() + timedelta(hours=4, minutes=1)):
        assert other.get(there(made, "ten")).status_code == 302


def test_the_first_device_ends_it_and_so_does_the_other(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    other = device(code_for(made))
    founder.post(there(made, "may-khac"), {"_end": "1", "step": "ten"})
    assert other.get(there(made, "ten")).status_code == 302
    other = device(code_for(made))
    other.post("/tiep-tuc/xong/")
    assert not passes.live().exists()


def test_a_dossier_that_was_sent_meanwhile_says_so(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    other = device(code_for(made))
    act(made, "submit", founder.user)
    assert other.get(there(made, "ten"))["Location"] == "/tiep-tuc/ho-so/"
    assert "không sửa được nữa" in other.get("/tiep-tuc/ho-so/").content.decode()
    assert founder.get(there(made, "may-khac")).status_code == 302
