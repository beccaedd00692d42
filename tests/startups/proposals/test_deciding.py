"""What the desk does with a proposal, what acceptance changes, who is told what."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from notifications.models import InboxItem
from portal import proposal_mail
from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid
from registry.core.models import Decision
from registry.core.models.history import ReadLog
from registry.parties.models import Membership
from registry.startups import selectors
from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals import services
from registry.startups.selectors import published_answers
from search.models import SearchEntry
from tests.accounts.factories import UserFactory
from tests.core.factories import picture, upload
from tests.desk.pages import words
from tests.dossiers.factories import act, dossier
from tests.startups.factories import decided, drafted, owner_of, send, sent
from tests.startups.proposals.pages import base, desk_of, hidden, page_of, step

pytestmark = pytest.mark.django_db


def test_accepted_whole_the_page_the_search_and_the_party_follow(desk: Client, startup: Startup) -> None:
    proposal = sent(startup, name_vi="Sâm Núi Sáng", address="Bản Mới", show_phone=True)
    answer = desk.post(desk_of(proposal), {"version": proposal.version, "number": "12/QĐ-SKHCN"})
    assert answer.status_code == 302, words(answer)
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    profile = selectors.profile_of(startup)
    assert (profile.name_vi, profile.address, profile.phone) == ("Sâm Núi Sáng", "Bản Mới", "0912345678")
    assert profile.slug == "sam-nui-sang"
    decision = proposal.decision
    assert (decision.kind, decision.number, decision.record) == ("change", "12/QĐ-SKHCN", startup.record)
    assert startup.party.addresses.get(until=None).text == "Bản Mới"
    assert startup.party.contacts.get(kind="phone", until=None).shown
    assert SearchEntry.objects.get(kind="startup", ref=startup.public_id, language="vi").title == "Sâm Núi Sáng"
    startup.dossier.refresh_from_db()
    assert startup.dossier.title == "Sâm Núi Sáng"
    assert published_answers(startup)["address"] == "Bản Mới"


def test_what_is_not_touched_stays_what_another_project_made_it(officer: Any, startup: Startup) -> None:
    owner = owner_of(startup)
    dossier(published=True, organisation=startup.party, owner=owner, address="Bản Chung")
    decided(sent(startup, owner, pitch_vi="Câu mới."), officer)
    assert startup.party.addresses.get(until=None).text == "Bản Chung"


def test_facts_that_changed_are_recorded_and_only_those(officer: Any, startup: Startup) -> None:
    before = startup.party.facts.count()
    decided(sent(startup, staff=[{"year": 2026, "people": 9}]), officer, verified=True)
    assert startup.party.facts.count() == before + 1
    newest = startup.party.facts.order_by("-id")[0]
    assert (newest.code, newest.period, int(newest.value), newest.source) == ("staff", "2026", 9, "verified")


def test_one_field_of_two_is_accepted_and_the_other_has_its_reason(
    founder: Client, desk: Client, startup: Startup
) -> None:
    proposal = sent(startup, stage="growth", website="https://khac.example")
    told = desk.post(desk_of(proposal), {"version": proposal.version, "refuse": ["website"], "reason:website": " "})
    assert told.status_code == 400
    assert "Ghi lý do không nhận mục này." in words(told)
    assert '<li><a href="#muc-website">' in told.content.decode()  # the sentence above says of which field
    data = {"version": proposal.version, "refuse": ["website"], "reason:website": "Trang chưa mở được."}
    assert desk.post(desk_of(proposal), data).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "partly_accepted"
    profile = selectors.profile_of(startup)
    assert (profile.stage, profile.website) == ("growth", "https://minhhoa.example")
    page = words(founder.get(page_of(proposal)))
    assert "Trang chưa mở được." in page
    assert "Đã nhận một phần" in page
    assert "Trang chưa mở được." in words(desk.get(desk_of(proposal)))


def test_rejected_with_one_reason_for_all(founder: Client, desk: Client, startup: Startup) -> None:
    proposal = sent(startup, stage="growth", website="https://khac.example", pitch_en="Fog stations for tea.")
    empty = desk.post(desk_of(proposal), {"version": proposal.version, "_reject": "1", "note": ""})
    assert empty.status_code == 400
    assert "Ghi lý do" in words(empty)
    assert empty.content.decode().count('<p lang="en">') == 2
    data = {"version": proposal.version, "_reject": "1", "note": "Chưa có giấy tờ."}
    assert desk.post(desk_of(proposal), data).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decision.kind) == ("rejected", "refuse_change")
    assert startup.profiles.count() == 1
    assert words(founder.get(page_of(proposal))).count("Chưa có giấy tờ.") == 1


def test_every_field_refused_one_by_one_is_a_rejection(officer: Any, startup: Startup) -> None:
    proposal = sent(startup, stage="growth", website="https://khac.example")
    done = decided(proposal, officer, refused={"stage": "Chưa.", "website": "Chưa."})
    assert done.state == "rejected"


def test_a_consent_that_is_taken_back_cannot_be_refused(desk: Client, officer: Any, startup: Startup) -> None:
    proposal = sent(startup, show_email=False, stage="growth")
    assert "không từ chối được" in words(desk.get(desk_of(proposal)))
    with pytest.raises(Invalid, match="rút lại đồng ý"):
        decided(proposal, officer, refused={"show_email": "Nên để.", "stage": "Chưa."})
    decided(proposal, officer, refused={"stage": "Chưa."})
    assert selectors.profile_of(startup).email == ""


def test_what_changed_since_is_never_overwritten_silently(
    desk: Client, officer: Any, founder: Client, startup: Startup
) -> None:
    first, second = sent(startup, stage="growth"), sent(startup, stage="trial", website="https://khac.example")
    decided(first, officer)
    page = desk.get(desk_of(second))
    assert "Trang đã khác lúc đề xuất." in words(page)
    assert "đã thay đổi từ khi bạn gửi" in words(founder.get(page_of(second)))
    told = desk.post(desk_of(second), {"version": second.version})
    assert told.status_code == 400
    assert "Xem giá trị hiện nay, rồi xác nhận" in words(told)
    assert selectors.profile_of(startup).stage == "growth"
    data = {"version": second.version, "confirm:stage": hidden(page, "confirm:stage")}
    third = sent(startup, stage="idea")
    decided(third, officer)
    assert desk.post(desk_of(second), data).status_code == 400, "it changed once more"
    data["confirm:stage"] = hidden(desk.get(desk_of(second)), "confirm:stage")
    assert desk.post(desk_of(second), data).status_code == 302
    assert selectors.profile_of(startup).stage == "trial"


def test_a_draft_sees_that_the_page_has_moved(founder: Client, officer: Any, startup: Startup) -> None:
    proposal = drafted(startup, stage="trial")
    page = founder.get(page_of(proposal))
    seen = {name: hidden(page, name) for name in ("seen", "version", "saw")}
    decided(sent(startup, stage="growth"), officer)
    told = founder.post(page_of(proposal), {**seen, "_send": "1", "reason": "Vì thế này."})
    assert told.status_code == 409
    assert "vừa thay đổi ở mục bạn đề xuất" in words(told)
    assert "Vì thế này." in words(told)
    seen["saw"] = hidden(told, "saw")
    assert founder.post(page_of(proposal), {**seen, "_send": "1"}).status_code == 302
    row = proposal.fields.get()
    assert (row.before, row.proposed) == ("growth", "trial")


def test_nobody_decides_for_an_organisation_of_their_own(officer: Any, desk: Client, startup: Startup) -> None:
    Membership.objects.create(party=startup.party, user=officer, role="viewer", since=clock.today())
    proposal = sent(startup, stage="growth")
    page = words(desk.get(desk_of(proposal)))
    assert "Bạn chỉ xem được đề xuất này." in page
    assert desk.post(desk_of(proposal), {"version": proposal.version}).status_code == 403
    assert ChangeProposal.objects.get(pk=proposal.pk).state == "open"


def test_restricted_values_are_shown_when_asked_for_and_logged(desk: Client, startup: Startup) -> None:
    proposal = sent(startup, phone="0987 000 111", show_phone=True)
    assert "0987000111" not in desk.get(desk_of(proposal)).content.decode()
    assert not ReadLog.objects.filter(subject=proposal.subject).exists()
    assert "0987000111" in desk.get(f"{desk_of(proposal)}?show=restricted").content.decode()
    assert ReadLog.objects.get(subject=proposal.subject).fields == ["phone"]


def test_the_second_officer_is_told_and_keeps_what_they_typed(desk: Client, startup: Startup) -> None:
    proposal = sent(startup, stage="growth")
    decided(proposal, UserFactory(leader=True, full_name="Nguyễn Văn Lộc"))
    data = {"version": proposal.version, "refuse": ["stage"], "reason:stage": "Chưa đủ khách."}
    late = desk.post(desk_of(proposal), data)
    assert late.status_code == 409
    page = words(late)
    assert "Đề xuất vừa được người khác xử lý" in page
    assert "Nguyễn Văn Lộc" in page
    assert "Chưa đủ khách." in page


def test_an_officer_is_told_that_it_was_taken_back(desk: Client, startup: Startup) -> None:
    proposal = sent(startup, stage="growth")
    services.act(proposal, "recall", actor=owner_of(startup), version=proposal.version)
    assert "đã lấy lại để sửa" in words(desk.get(desk_of(proposal)))
    late = desk.post(desk_of(proposal), {"version": proposal.version, "_reject": "1", "note": "Thiếu giấy tờ."})
    assert late.status_code == 409
    assert "Thiếu giấy tờ." in words(late)


@pytest.mark.parametrize("value", ["\x00", "x" * 100_000, "' OR 1=1", "99999999999999999999", "-1"])
def test_nothing_that_is_typed_breaks_the_desk(desk: Client, startup: Startup, value: str) -> None:
    proposal = sent(startup, stage="growth")
    for data in (
        {"version": value},
        {"version": proposal.version, "refuse": [value, "stage"], "reason:stage": value, "confirm:stage": value},
        {"version": proposal.version, "signed_on": value, "number": value},
        {"version": proposal.version, "_reject": "1", "note": value, "signed_on": value},
    ):
        answer = desk.post(desk_of(proposal), data)
        assert answer.status_code in (302, 400, 409)
        if answer.status_code == 302:
            break
    assert desk.get("/quan-tri/de-xuat/", {"page": value, "state": value}).status_code == 200


def test_a_number_that_is_taken_is_told(desk: Client, officer: Any, startup: Startup) -> None:
    decided(sent(startup, stage="growth"), officer, number="7/QĐ")
    proposal = sent(startup, stage="trial")
    told = desk.post(desk_of(proposal), {"version": proposal.version, "number": "7/QĐ"})
    assert told.status_code == 400
    assert "đã có trong sổ" in words(told)


def test_taken_down_proposals_lapse(officer: Any, founder: Client, startup: Startup) -> None:
    waits, draft = sent(startup, stage="growth"), drafted(startup, website="https://khac.example")
    made = startup.dossier
    act(made, "take_down", officer, note="Chủ dự án đề nghị.")
    assert {ChangeProposal.objects.get(pk=one.pk).state for one in (waits, draft)} == {"lapsed"}
    assert "Dự án đã rời danh bạ." in words(founder.get(page_of(waits)))
    with pytest.raises(Conflict):
        decided(waits, officer)


def test_a_logo_is_proposed_and_stands_on_the_page_when_it_is_accepted(
    founder: Client, officer: Any, startup: Startup
) -> None:
    proposal = drafted(startup)
    url = page_of(proposal, "sua/ten/")
    wrong = founder.post(url, {**step(startup, "ten", 0), "picture": upload("giay.pdf")})
    assert wrong.status_code == 400
    assert "không phải là ảnh" in words(wrong)
    proposal.refresh_from_db()
    data = {**step(startup, "ten", proposal.edits), "picture": upload("moi.png", picture("PNG"), "image/png")}
    assert founder.post(url, data).status_code == 302
    assert [row.name for row in proposal.fields.all()] == ["logo"]
    assert "moi.png" in words(founder.get(page_of(proposal)))
    proposal.refresh_from_db()
    decided(send(proposal, owner_of(startup)), officer)
    assert selectors.profile_of(startup).logo.startswith("/media/startups/")
    gone = services.no_logo(drafted(startup), actor=owner_of(startup), seen=0)
    decided(send(gone, owner_of(startup)), officer)
    assert selectors.profile_of(startup).logo == ""


# --- who is told


def test_both_sides_are_told(officer: Any, startup: Startup, django_capture_on_commit_callbacks: Any) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        proposal = sent(startup, stage="growth")
    assert {one.to[0] for one in mail.outbox} >= {owner_of(startup).email, officer.email}
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        decided(proposal, officer)
    assert [one.to[0] for one in mail.outbox] == [owner_of(startup).email]
    assert "đã nhận đề xuất" in mail.outbox[0].subject
    item = InboxItem.objects.filter(code="proposal_decided").get()
    assert proposal.reference in item.title


def test_officers_are_reminded_once_and_leaders_when_it_is_late(officer: Any, startup: Startup) -> None:
    leader = UserFactory(leader=True)
    proposal = sent(startup, stage="growth")
    assert proposal_mail.remind(clock.now()) == {"proposal_due_soon": 0, "proposal_overdue": 0}
    with clock.at(proposal.due_at - timedelta(hours=3)):
        assert proposal_mail.remind(clock.now())["proposal_due_soon"] == 1
        assert proposal_mail.remind(clock.now())["proposal_due_soon"] == 0
    with clock.at(proposal.due_at + timedelta(hours=3)):
        assert proposal_mail.remind(clock.now())["proposal_overdue"] == 1
    assert InboxItem.objects.filter(user=leader, code="proposal_overdue").count() == 1


def test_decisions_hold_and_the_pages_ask_little(
    desk: Client, founder: Client, officer: Any, startup: Startup, query_budget: Any
) -> None:
    for stage in ("growth", "trial", "idea"):
        decided(sent(startup, stage=stage), officer)
    for number in range(5):
        sent(startup, website=f"https://trang-{number}.example")
    assert Decision.objects.filter(kind="change").count() == 3
    with query_budget(30):
        desk.get("/quan-tri/de-xuat/")
    with query_budget(20):
        founder.get(base(startup))
    with query_budget(40):
        founder.get(page_of(ChangeProposal.objects.filter(state="open").first()))
