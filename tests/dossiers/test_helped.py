"""Somebody fills a dossier in for a founder without e-mail: who may do what, and what stands in the record."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from notifications.models import InboxItem
from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform, possible
from registry.dossiers.helped import passes, services
from registry.dossiers.helped.keys import in_groups, new_key
from registry.dossiers.helped.models import Help, Pass, Purpose
from registry.dossiers.helped.services import Wanted
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file, save_step
from registry.parties.models import Membership
from registry.parties.rules import Identifier, read_tax_code
from tests.accounts.factories import UserFactory, sign_in
from tests.core.factories import upload
from tests.dossiers.factories import CODE, act
from tests.dossiers.helping import (
    LAST,
    confirmed,
    given,
    helped,
    helper_,
    helper_of,
    said,
)
from tests.dossiers.test_steps import there
from tests.dossiers.visitors import visitor
from tests.parties.factories import party, tax_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_left_over")]


# --- who × state


PEOPLE: dict[str, Callable[[Dossier], Any]] = {
    "helper": helper_of,
    "another helper": lambda made: helper_(),
    "stranger": lambda made: UserFactory(),
    "officer": lambda made: UserFactory(officer=True),
    "leader": lambda made: UserFactory(leader=True),
}
MAY = {
    "draft": {"helper": {"withdraw", "hand_over"}},
    "waiting": {"helper": {"withdraw", "hand_over"}},
    "submitted": {
        "officer": {"assign", "request_supplement", "publish", "refuse"},
        "leader": {"assign", "request_supplement", "publish", "refuse"},
    },
    "supplement": {"helper": {"hand_over"}, "officer": {"assign"}, "leader": {"assign"}},
}


def in_state(state: str) -> Dossier:
    made = helped()
    if state == "waiting":
        given(made)
    elif state != "draft":
        confirmed(made)
    if state == "supplement":
        act(made, "request_supplement", UserFactory(officer=True), remarks={"field:pitch_vi": "Rõ hơn."})
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("state", MAY)
def test_who_may_what(state: str) -> None:
    made = in_state(state)
    for who, find in PEOPLE.items():
        found = {action.code for action in possible(made, find(made))}
        assert found == MAY[state].get(who, set()), who


@pytest.mark.parametrize(
    ("state", "writes"), [("draft", True), ("waiting", False), ("submitted", False), ("supplement", True)]
)
def test_when_a_helper_writes(state: str, writes: bool) -> None:
    made = in_state(state)
    step = made.kind.step("ten")
    data = {"pitch_vi": "Một câu khác."}
    if writes:
        saved = save_step(made, step, data, actor=helper_of(made), seen=made.answers_version)
        assert saved.dossier.answers["pitch_vi"] == "Một câu khác."
        return
    with pytest.raises((NotAllowed, Conflict)):
        save_step(made, step, data, actor=helper_of(made), seen=made.answers_version)
    with pytest.raises((NotAllowed, Conflict)):
        add_file(made, upload("giay.pdf"), "other", actor=helper_of(made))


def test_consent_and_the_word_that_all_is_true_are_the_founders() -> None:
    made = helped()
    with pytest.raises(NotAllowed):
        save_step(made, made.kind.last_step, {"truthful": "on"}, actor=helper_of(made), seen=made.answers_version)
    with pytest.raises(NotAllowed):
        perform(made, "submit", helper_of(made), expected_version=made.version)
    founder = services.founder_of(passes.take_up(given(made)))
    made.refresh_from_db()
    with pytest.raises(NotAllowed):
        save_step(made, made.kind.step("ten"), {"name_vi": "Khác"}, actor=founder, seen=made.answers_version)
    with pytest.raises(NotAllowed):
        add_file(made, upload("giay.pdf"), "other", actor=founder)


def test_an_officer_who_helped_does_not_decide(roles: None) -> None:
    officer, other = UserFactory(officer=True, full_name="Chuyên viên giúp"), UserFactory(officer=True)
    made = confirmed(helped(officer))
    assert {action.code for action in possible(made, officer)} == set()
    with pytest.raises(NotAllowed, match="đã nhập hộ hồ sơ này"):
        perform(made, "publish", officer, expected_version=made.version)
    with pytest.raises(Invalid, match="đã nhập hộ"):
        perform(made, "assign", other, data={"assignee": officer.pk}, expected_version=made.version)
    Help.objects.update(until=clock.now())
    assert {action.code for action in possible(Dossier.objects.get(), officer)} == set()
    assert not InboxItem.objects.filter(user=officer, code="dossier_arrived").exists()
    assert InboxItem.objects.filter(user=other, code="dossier_arrived").exists()
    page = said(sign_in(Client(), officer).get(f"/quan-tri/ho-so/{made.reference}/"))
    assert "Bạn chỉ xem được hồ sơ này." in page
    page = said(sign_in(Client(), other).get(f"/quan-tri/ho-so/{made.reference}/"))
    assert ">Chuyên viên giúp</option>" not in page


def test_who_is_no_longer_a_helper_opens_nothing() -> None:
    made = helped()
    client = visitor(helper_of(made))
    assert client.get(there(made, "ten")).status_code == 200
    User.objects.filter(pk=client.user.pk).update(helps_for="")
    assert client.get(there(made, "ten")).status_code == 404
    assert client.get("/tai-khoan/nhap-ho/").status_code == 403


# --- beginning


def begin(actor: Any, identifier: Identifier | None, name: str = "HTX Bản Mẫu") -> Dossier:
    return services.begin(CODE, Wanted("cooperative", name, "Lý Thị Nháp", "0912345678", identifier), actor=actor)


def test_a_party_that_has_people_is_not_helped_behind_their_backs() -> None:
    code = read_tax_code(tax_code())
    party("HTX Bản Mẫu", kind="cooperative", identifier=code)
    with pytest.raises(Conflict, match="đã có người đứng tên"):
        begin(helper_(), code)


def test_a_party_that_was_brought_by_a_helper_is_theirs_to_help() -> None:
    code, one, other = read_tax_code(tax_code()), helper_(), helper_()
    first = begin(one, code)
    assert begin(one, code, "htx bản mẫu").party == first.party
    with pytest.raises(Conflict, match="một tên khác"):
        begin(one, code, "HTX Khác")
    with pytest.raises(Conflict, match="người khác nhập hộ"):
        begin(other, code)
    with pytest.raises(NotAllowed):
        begin(UserFactory(), None)


def test_the_form_asks_for_no_address_and_tells_what_is_wrong() -> None:
    client = visitor(helper_())
    form = said(client.get("/tai-khoan/nhap-ho/moi/"))
    assert 'type="email"' not in form
    data = {"procedure": CODE, "kind": "person", "name": "Lý Thị Nháp", "founder_name": "Lý Thị Nháp", "contact": "12"}
    page = said(client.post("/tai-khoan/nhap-ho/moi/", data))
    assert "Số điện thoại chưa đúng" in page
    assert Dossier.objects.count() == 0
    answer = client.post("/tai-khoan/nhap-ho/moi/", {**data, "contact": "0912 345 678"})
    made = Dossier.objects.get()
    assert answer["Location"] == there(made, "ten")
    row = Help.objects.get()
    assert (row.contact, row.organisation, row.helper) == ("0912345678", "Hội Phụ nữ Bản Mẫu", client.user)
    assert not Membership.objects.exists()
    assert made.reference in said(client.get("/tai-khoan/nhap-ho/"))
    assert made.reference in said(client.get("/tai-khoan/"))


def test_the_constraints_hold() -> None:
    made = helped()
    row = made.helps.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Help.objects.create(
            dossier=made, helper=row.helper, organisation="x", founder_name="x", contact="x", since=row.since
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Help.objects.filter(pk=row.pk).update(until=row.since - timedelta(days=1))
    for purpose in (Purpose.CONFIRM, Purpose.DEVICE):
        passes.issue(made, purpose, actor=row.helper)
        first = Pass.objects.get(purpose=purpose, ended_at=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            Pass.objects.create(
                dossier=made,
                purpose=purpose,
                secret="x",
                issued_by=row.helper,
                issued_at=clock.now(),
                expires_at=first.expires_at,
            )


# --- handing over


def test_handing_over_demands_what_is_missing_first() -> None:
    made = helped(fill=False)
    client = visitor(helper_of(made))
    page = said(client.post(there(made, "nho-xac-nhan"), {"version": made.version, "_give": "1"}))
    assert f"{there(made, 'ten')}?check=1#id_name_vi" in page
    assert "Đánh dấu lời cam đoan" not in page
    assert Pass.objects.count() == 0
    assert client.get(there(made, LAST))["Location"] == there(made, "nho-xac-nhan")


def test_the_key_is_shown_once_and_printed() -> None:
    made = helped()
    client = visitor(helper_of(made))
    page = said(client.post(there(made, "nho-xac-nhan"), {"version": made.version, "_give": "1"}))
    key = page.split('name="key" value="')[1].split('"')[0]
    assert f"http://testserver/tiep-tuc/{key}/" in page
    assert in_groups(key) in re.sub(r"<[^>]+>", "", page)
    assert in_groups(key) not in page, "a narrow screen may break it between its groups"
    assert "<svg" in page
    again = said(client.get(there(made, "nho-xac-nhan")))
    assert key not in again
    assert "Đang chờ Lý Thị Nháp xác nhận" in again
    paper = client.post(there(made, "nho-xac-nhan") + "to-giay.pdf", {"key": key})
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert len(PdfReader(BytesIO(paper.content)).pages) == 1
    for words in (
        in_groups(key),
        "testserver/tiep-tuc",
        made.reference,
        "Lý Thị Nháp",
        "Hội Phụ nữ Bản Mẫu",
        "chưa gửi",
    ):
        assert words in text
    assert client.post(there(made, "nho-xac-nhan") + "to-giay.pdf", {"key": new_key()}).status_code == 302
    assert visitor(helper_()).post(there(made, "nho-xac-nhan") + "to-giay.pdf", {"key": key}).status_code == 404
