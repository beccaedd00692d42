"""Doing things: what each act asks for, what is told when it is refused, and that nothing typed is lost."""

import pytest
from django.test import Client

from registry.core.models.history import Decision, Event, ReadLog
from registry.dossiers.models import Dossier
from registry.dossiers.selectors import opened_targets
from registry.dossiers.services import save_step
from registry.parties.models import Fact
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import post, url_of, words
from tests.dossiers.factories import act, dossier
from tests.parties.factories import party

MARK = {"mark": ["field:pitch_vi"], "remark:field:pitch_vi": "Viết rõ dự án phục vụ ai."}


@pytest.fixture
def submitted(db):
    return dossier(submitted=True, papers=1)


def now(made: Dossier) -> Dossier:
    return Dossier.objects.get(pk=made.pk)


def test_take_a_dossier_and_give_it_back(desk: Client, officer, submitted) -> None:
    response = post(desk, submitted, "assign", assignee=officer.pk)
    assert response.status_code == 302
    assert now(submitted).assigned_to == officer
    assert "Đã giao người thụ lý" in words(desk.get(response.url))
    post(desk, now(submitted), "assign", assignee="")
    assert now(submitted).assigned_to is None


def test_hand_a_dossier_to_somebody_else(desk: Client, officer2, submitted) -> None:
    post(desk, submitted, "assign", assignee=officer2.pk)
    assert now(submitted).assigned_to == officer2


@pytest.mark.parametrize("who", ["editor", "founder", "member", "garbage", "huge"])
def test_nobody_else_is_given_a_dossier(desk: Client, submitted, who: str) -> None:
    member = UserFactory(officer=True)
    submitted.party.memberships.create(user=member, role="viewer", since=submitted.created_at.date())
    given = {
        "editor": lambda: UserFactory(editor=True).pk,
        "founder": lambda: submitted.created_by_id,
        "member": lambda: member.pk,
        "garbage": lambda: "abc",
        "huge": lambda: "9" * 40,
    }[who]()
    response = post(desk, submitted, "assign", assignee=given)
    assert response.status_code == 400
    assert "Chọn một người trong danh sách." in words(response)
    assert now(submitted).assigned_to is None


def test_a_supplement_opens_the_marked_fields_and_nothing_else(desk: Client, submitted) -> None:
    file = f"file:{submitted.files.get().pk}"
    data = {
        "mark": ["field:pitch_vi", file, "files"],
        "remark:field:pitch_vi": " Viết rõ dự án phục vụ ai. ",
        f"remark:{file}": "Bản quét mờ.",
        "remark:files": "Gửi thêm ảnh sản phẩm.",
        "remark:field:name_vi": "không đánh dấu nên không gửi",
        "message": "Cảm ơn bạn.",
    }
    assert post(desk, submitted, "request_supplement", **data).status_code == 302
    made = now(submitted)
    assert (made.state, made.due_at) == ("supplement", None)
    assert opened_targets(made) == {"field:pitch_vi", file, "files"}
    request = made.supplements.get()
    assert request.message == "Cảm ơn bạn."
    assert {r.target: r.text for r in request.remarks.all()}["field:pitch_vi"] == "Viết rõ dự án phục vụ ai."
    text = words(desk.get(url_of(made)))
    assert "Chờ người nộp bổ sung 3 mục" in text
    owner = made.created_by
    saved = save_step(
        made, made.kind.step("ten"), {"pitch_vi": "Cho khách ở xa."}, actor=owner, seen=made.answers_version
    )
    assert saved.dossier.answers["pitch_vi"] == "Cho khách ở xa."


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Đánh dấu ít nhất một mục cần bổ sung."),
        ({"mark": ["field:pitch_vi"]}, "Ghi nhận xét cho mục này."),
        ({"mark": ["field:pitch_vi"], "remark:field:pitch_vi": " \u200b \x00"}, "Ghi nhận xét cho mục này."),
        ({"mark": ["field:password"], "remark:field:password": "x"}, "Mục này không có trong hồ sơ."),
        ({"mark": ["file:1' OR 1"], "remark:file:1' OR 1": "x"}, "Mục này không có trong hồ sơ."),
        ({"mark": ["field:pitch_vi"], "remark:field:pitch_vi": "x" * 4001}, "Lời ghi dài quá 4000 chữ."),
    ],
)
def test_a_supplement_that_does_not_say_what_is_refused(desk: Client, submitted, data: dict, told: str) -> None:
    response = post(desk, submitted, "request_supplement", **data)
    assert response.status_code == 400
    assert told in words(response)
    assert now(submitted).state == "submitted"


def test_what_was_typed_stays_when_something_is_missing(desk: Client, submitted) -> None:
    response = post(
        desk,
        submitted,
        "request_supplement",
        **{
            "mark": ["field:pitch_vi", "field:name_vi"],
            "remark:field:pitch_vi": "Còn <b>đây</b>",
            "message": "Chào bạn",
        },
    )
    body = response.content.decode()
    assert response.status_code == 400
    assert "Còn &lt;b&gt;đây&lt;/b&gt;</textarea>" in body
    assert "Chào bạn</textarea>" in body
    assert body.count("checked") == 2


def test_publish(desk: Client, officer, submitted) -> None:
    response = post(desk, submitted, "publish", number="12/QĐ-SKHCN", signed_on="", verified="on")
    assert response.status_code == 302
    made = now(submitted)
    assert made.state == "published"
    decision = Decision.objects.get(subject=made.subject)
    assert (decision.number, decision.decided_by) == ("12/QĐ-SKHCN", officer)
    assert set(Fact.objects.filter(party=made.party).values_list("source", flat=True)) == {"verified"}
    page = desk.get(response.url)
    public = made.kind.public_url(made, "vi")
    assert f'Đã đăng vào danh bạ: {made.reference}. <a href="{public}">Xem trang công khai</a>' in page.content.decode()
    assert Client().get(public).status_code == 200


def test_figures_that_nobody_checked_stay_declared(desk: Client, submitted) -> None:
    post(desk, submitted, "publish")
    assert set(Fact.objects.filter(party=submitted.party).values_list("source", flat=True)) == {"declared"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"signed_on": "32/13/2026"}, "Ngày chưa đúng, ví dụ 12/10/2026."),
        ({"signed_on": "01/01/2999"}, "Ngày quyết định không thể ở tương lai."),
        ({"number": "x" * 61}, "60"),
        ({"number": "7/QĐ\x00"}, ""),
    ],
)
def test_a_decision_that_does_not_stand(desk: Client, submitted, data: dict, told: str) -> None:
    response = post(desk, submitted, "publish", signatory="Nguyễn Thị Ký", **data)
    assert response.status_code == 400
    assert told in words(response)
    assert 'value="Nguyễn Thị Ký"' in response.content.decode()
    assert now(submitted).state == "submitted"


def test_a_number_stands_once_in_the_register(desk: Client, submitted) -> None:
    post(desk, submitted, "publish", number="5/QĐ")
    response = post(desk, dossier(submitted=True), "publish", number="5/QĐ")
    assert response.status_code == 400
    assert "Số quyết định này đã có trong sổ." in words(response)


def test_refuse_needs_a_reason(desk: Client, submitted) -> None:
    response = post(desk, submitted, "refuse", note="  ", number="9/QĐ")
    assert response.status_code == 400
    assert "Ghi lý do, ví dụ:" in words(response)
    assert 'value="9/QĐ"' in response.content.decode()
    assert post(desk, submitted, "refuse", note="Chưa có sản phẩm.").status_code == 302
    assert now(submitted).state == "refused"
    assert Event.objects.get(subject=submitted.subject, action="refuse").note == "Chưa có sản phẩm."


def test_take_down(desk: Client) -> None:
    made = dossier(published=True)
    public = made.kind.public_url(made, "vi")
    assert post(desk, made, "take_down", note="Chủ dự án đề nghị.").status_code == 302
    assert now(made).state == "unlisted"
    assert Client().get(public).status_code == 410


# --- refusals


def test_the_second_officer_is_told_who_did_what(signed_in, officer, officer2, submitted) -> None:
    first, second = signed_in(officer), signed_in(officer2)
    post(first, submitted, "refuse", note="Chưa có sản phẩm.")
    response = post(second, submitted, "publish", number="77/QĐ-SKHCN")
    text = words(response)
    assert response.status_code == 409
    assert "hồ sơ đã khác lúc bạn mở trang" in text
    assert "Vàng A Sử: Không đăng vào danh bạ" in text
    assert "77/QĐ-SKHCN" in text
    assert Decision.objects.count() == 1


def test_what_was_typed_survives_somebody_elses_act(signed_in, officer, officer2, submitted) -> None:
    act(submitted, "assign", officer2, assignee=officer2.pk)
    response = post(signed_in(officer), submitted, "request_supplement", **MARK, message="Chào bạn")
    body = response.content.decode()
    assert response.status_code == 409
    assert "Trần Thị Hạnh: Đã giao người thụ lý" in words(response)
    assert "Viết rõ dự án phục vụ ai.</textarea>" in body
    assert "Chào bạn</textarea>" in body
    assert f'name="version" value="{submitted.version + 1}"' in body
    retried = signed_in(officer).post(
        url_of(submitted, "request_supplement"), {"version": submitted.version + 1, **MARK, "message": "Chào bạn"}
    )
    assert retried.status_code == 302


def test_remarks_are_given_back_when_the_dossier_is_closed(signed_in, officer, officer2, submitted) -> None:
    act(submitted, "publish", officer2)
    response = post(signed_in(officer), submitted, "request_supplement", **MARK)
    assert response.status_code == 409
    assert "Một câu giới thiệu Viết rõ dự án phục vụ ai." in words(response)


def test_an_officer_of_the_applicant_is_refused(desk: Client, officer) -> None:
    made = dossier(submitted=True, organisation=party("Của chuyên viên", members={"viewer": [officer]}))
    for action, data in {"publish": {}, "refuse": {"note": "x"}, "assign": {}, "request_supplement": MARK}.items():
        response = post(desk, made, action, **data)
        assert response.status_code == 403, action
        assert "Bạn là thành viên của tổ chức nộp hồ sơ" in words(response)
    assert now(made).version == made.version


@pytest.mark.parametrize("version", [None, "", "abc", "-1", "1.5", "٣", "9" * 40])
def test_a_forged_version(desk: Client, submitted, version: str | None) -> None:
    data = {} if version is None else {"version": version}
    response = desk.post(url_of(submitted, "publish"), data)
    assert response.status_code == 400
    assert "thiếu số phiên bản" in words(response)


@pytest.mark.parametrize("version", ["0", "999"])
def test_a_version_that_never_was(desk: Client, submitted, version: str) -> None:
    assert desk.post(url_of(submitted, "publish"), {"version": version}).status_code == 409


@pytest.mark.parametrize("action", ["withdraw", "submit", "resubmit", "approve", "delete", "so_sanh"])
def test_a_forged_action(desk: Client, officer, action: str) -> None:
    """Not even one that the lifecycle has, by an officer who could do it as an applicant."""
    made = dossier(submitted=True, organisation=party("Của tôi", members={"editor": [officer]}))
    response = post(desk, made, action)
    assert response.status_code == 404
    assert "Không có thao tác này" in words(response)
    assert now(made).state == "submitted"


def test_an_act_from_the_wrong_state(desk: Client) -> None:
    made = dossier(supplement=True)
    response = post(desk, made, "publish")
    assert response.status_code == 409
    assert "Hồ sơ đang ở bước khác" in words(response)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_an_act_does_nothing(desk: Client, submitted, method: str) -> None:
    response = getattr(desk, method)(url_of(submitted, "publish"))
    assert (response.status_code, response.url) == (302, url_of(submitted))
    assert now(submitted).state == "submitted"


def test_csrf(officer, submitted) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), officer)
    assert post(client, submitted, "publish").status_code == 403
    assert now(submitted).state == "submitted"


def test_a_second_click_is_told(desk: Client, submitted) -> None:
    assert post(desk, submitted, "publish").status_code == 302
    assert post(desk, submitted, "publish").status_code == 409
    assert Decision.objects.count() == 1


def test_the_read_log_is_written_when_the_page_comes_back_open(desk: Client, submitted) -> None:
    response = post(desk, submitted, "refuse", show="restricted")
    assert response.status_code == 400
    assert "001234567890" in words(response)
    assert ReadLog.objects.count() == 1
