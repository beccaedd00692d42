"""Proposing a change of a published startup: the founder's pages, the desk, what acceptance does, who is told what."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from notifications.models import InboxItem
from portal import proposal_mail
from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.core.models import Decision
from registry.core.models.history import ReadLog
from registry.parties.models import Membership
from registry.startups import selectors
from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals import services
from registry.startups.proposals.parts import standing
from registry.startups.proposals.selectors import rivals
from registry.startups.selectors import published_answers
from search.models import SearchEntry
from tests.accounts.factories import UserFactory, sign_in
from tests.core.factories import picture, upload
from tests.desk.pages import words
from tests.dossiers.factories import act, dossier, posted
from tests.startups.factories import decided, drafted, owner_of, send, sent, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


@pytest.fixture
def startup() -> Startup:
    return dossier(published=True, name_vi="Sâm Núi Mờ", short_name="").startup


@pytest.fixture
def officer(db: None) -> Any:
    call_command("sync_roles", verbosity=0)
    return UserFactory(officer=True, full_name="Trần Thị Hạnh")


@pytest.fixture
def founder(startup: Startup) -> Client:
    return sign_in(Client(), owner_of(startup))


@pytest.fixture
def desk(officer: Any) -> Client:
    return sign_in(Client(), officer)


def base(startup: Startup) -> str:
    return f"/tai-khoan/khoi-nghiep/{startup.dossier.reference}/de-xuat/"


def page_of(proposal: ChangeProposal, more: str = "") -> str:
    return f"{base(proposal.startup)}{proposal.reference}/{more}"


def desk_of(proposal: ChangeProposal) -> str:
    return f"/quan-tri/de-xuat/{proposal.reference}/"


def step(startup: Startup, name: str, seen: int, **changes: Any) -> dict[str, Any]:
    """A part of the form as a browser posts it, with some answers changed."""
    return {**posted(standing(startup) | changes, name), "seen": seen}


def hidden(response: Any, name: str) -> str:
    return response.content.decode().split(f'name="{name}" value="')[1].split('"')[0]


# --- the founder


def test_from_the_dossier_to_a_proposal_that_is_sent(founder: Client, startup: Startup) -> None:
    assert "Đề xuất thay đổi" in words(founder.get(f"/tai-khoan/khoi-nghiep/{startup.dossier.reference}/"))
    assert "Chưa có đề xuất nào." in words(founder.get(base(startup)))
    begun = founder.post(base(startup))
    proposal = ChangeProposal.objects.get()
    assert begun["Location"] == page_of(proposal)
    assert founder.post(base(startup))["Location"] == page_of(proposal), "an empty draft is not made twice"

    url = page_of(proposal, "sua/ten/")
    assert 'value="Sâm Núi Mờ"' in founder.get(url).content.decode()
    assert founder.post(url, step(startup, "ten", 0, pitch_vi="Giống sâm có lý lịch.")).status_code == 302
    page = founder.get(page_of(proposal))
    assert "Giống sâm có lý lịch." in words(page)
    data = {name: hidden(page, name) for name in ("seen", "version", "saw")}
    assert founder.post(page_of(proposal), {**data, "reason": "Rõ hơn.", "_send": "1"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "open"
    assert proposal.reason == "Rõ hơn."
    assert [(row.name, row.proposed) for row in proposal.fields.all()] == [("pitch_vi", "Giống sâm có lý lịch.")]
    after = words(founder.get(page_of(proposal)))
    assert "Sở trả lời chậm nhất" in after
    assert selectors.profile_of(startup).pitch_vi != "Giống sâm có lý lịch.", "the page stays"


def test_what_says_the_same_is_no_change(founder: Client, startup: Startup) -> None:
    proposal = drafted(startup)
    for part in ("ten", "tru-so", "nganh", "du-an", "doi-ngu"):
        proposal.refresh_from_db()
        answer = founder.post(page_of(proposal, f"sua/{part}/"), step(startup, part, proposal.edits))
        assert answer.status_code == 302, words(answer)
    assert proposal.fields.count() == 0
    with pytest.raises(Invalid):
        send(ChangeProposal.objects.get(pk=proposal.pk), owner_of(startup))


def test_a_mistake_is_told_at_the_field_and_nothing_typed_is_lost(founder: Client, startup: Startup) -> None:
    proposal = drafted(startup)
    data = step(startup, "du-an", 0, website="không phải địa chỉ", problem_vi="Vấn đề viết lại")
    answer = founder.post(page_of(proposal, "sua/du-an/"), data)
    assert answer.status_code == 400
    assert "Địa chỉ chưa đúng" in words(answer)
    assert "Vấn đề viết lại" in words(answer)
    assert proposal.fields.count() == 0
    answer = founder.post(page_of(proposal, "sua/tru-so/"), step(startup, "tru-so", 0, registered_on=""))
    assert "Doanh nghiệp cần ngày đăng ký" in words(answer) or startup.party.kind != "enterprise"


@pytest.mark.parametrize("value", ["\x00", "x" * 30_000, "<script>alert(1)</script>", "\u202e", "0001-01-01"])
def test_nothing_that_is_typed_breaks_a_part(founder: Client, startup: Startup, value: str) -> None:
    proposal = drafted(startup)
    names = (
        "name_vi",
        "registered_on",
        "industries",
        "stage",
        "website",
        "team-0-name",
        "capital-0-amount",
        "show_email",
    )
    for part in ("ten", "tru-so", "nganh", "du-an", "doi-ngu", "dong-y"):
        answer = founder.post(page_of(proposal, f"sua/{part}/"), {**dict.fromkeys(names, value), "seen": value})
        assert answer.status_code in (302, 400, 409)
        assert "<script>alert(1)" not in answer.content.decode()
    for data in ({"_send": "1"}, {"_drop": value}, {"_recall": "1"}, {"reason": value, "_send": "1"}):
        answer = founder.post(page_of(proposal), {**data, "seen": value, "version": value, "saw": value})
        assert answer.status_code in (302, 400, 409)
    assert founder.get(page_of(proposal, "sua/khong-co/")).status_code == 404
    assert founder.get(f"{base(startup)}DX-2026-99999/").status_code == 404


def test_a_stale_page_is_told_and_what_was_typed_stays(founder: Client, startup: Startup) -> None:
    proposal = drafted(startup, stage="growth")
    answer = founder.post(page_of(proposal, "sua/ten/"), step(startup, "ten", 0, pitch_vi="Câu của tab kia."))
    assert answer.status_code == 409
    assert "Câu của tab kia." in answer.content.decode()
    assert [row.name for row in proposal.fields.all()] == ["stage"]


def test_a_field_can_be_left_out_again(founder: Client, startup: Startup) -> None:
    proposal = drafted(startup, stage="growth", website="https://khac.example")
    assert founder.post(page_of(proposal), {"_drop": "stage", "seen": proposal.edits}).status_code == 302
    assert [row.name for row in proposal.fields.all()] == ["website"]


def test_rows_and_found_choices_work_without_script(founder: Client, startup: Startup) -> None:
    proposal = drafted(startup)
    more = founder.post(page_of(proposal, "sua/doi-ngu/"), {**step(startup, "doi-ngu", 0), "_more": "team"})
    assert more.status_code == 200
    assert 'name="team-1-name"' in more.content.decode()
    url = page_of(proposal, "sua/nganh/")
    found = founder.post(url, {**step(startup, "nganh", 0), "industries-q": "phần mềm", "_find": "industries"})
    assert "ập trình" in found.content.decode() or "phần mềm" in found.content.decode()
    assert "phần mềm" in founder.get(url, {"fragment": "industries", "industries-q": "phần mềm"}).content.decode()


def test_taken_back_edited_and_sent_again_or_withdrawn(founder: Client, startup: Startup) -> None:
    proposal = sent(startup, stage="growth")
    assert founder.post(page_of(proposal), {"_recall": "1", "version": proposal.version}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.due_at) == ("draft", None)
    proposal = send(write(proposal, owner_of(startup), stage="trial"), owner_of(startup))
    assert proposal.due_at is not None
    assert "Rút đề xuất" in words(founder.get(page_of(proposal, "rut/")))
    founder.post(page_of(proposal, "rut/"), {"version": proposal.version})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.due_at) == ("withdrawn", None)
    assert founder.get(page_of(proposal, "rut/")).status_code == 302
    assert founder.get(page_of(proposal, "sua/ten/")).status_code == 302


def test_viewers_read_strangers_see_nothing(startup: Startup) -> None:
    viewer = UserFactory()
    Membership.objects.create(party=startup.party, user=viewer, role="viewer", since=clock.today())
    proposal = drafted(startup, stage="growth")
    client = sign_in(Client(), viewer)
    assert "Tăng trưởng" in words(client.get(page_of(proposal)))
    assert "Gửi đề xuất" not in words(client.get(page_of(proposal)))
    assert client.post(page_of(proposal), {"_drop": "stage", "seen": proposal.edits}).status_code == 403
    assert client.get(page_of(proposal, "sua/ten/")).status_code == 302
    client.post(base(startup))
    assert ChangeProposal.objects.count() == 1
    with pytest.raises(NotAllowed):
        services.begin(startup, actor=viewer)
    assert sign_in(Client(), UserFactory()).get(page_of(proposal)).status_code == 404


def test_nothing_can_be_proposed_for_what_is_not_published(founder: Client) -> None:
    made = dossier(submitted=True)
    client = sign_in(Client(), made.created_by)
    url = f"/tai-khoan/khoi-nghiep/{made.reference}/de-xuat/"
    assert "chưa có trang nào để thay đổi" in words(client.get(url))
    assert client.post(url).status_code == 200
    gone = dossier(taken_down=True).startup
    with pytest.raises(Conflict):
        services.begin(gone, actor=owner_of(gone))


def test_two_that_touch_the_same_field_are_told_so_on_both_sides(
    founder: Client, desk: Client, startup: Startup
) -> None:
    colleague = UserFactory(full_name="Lý Thị Bạn")
    Membership.objects.create(party=startup.party, user=colleague, role="editor", since=clock.today())
    first = sent(startup, stage="growth")
    second = drafted(startup, colleague, stage="trial", website="https://khac.example")
    draft = sign_in(Client(), colleague).get(page_of(second))
    assert "Một đề xuất khác đang chờ Sở cũng đổi mục này" in words(draft)
    assert page_of(first) in draft.content.decode()
    second = send(second, colleague)
    assert page_of(second) in founder.get(page_of(first)).content.decode()
    assert desk_of(second) in desk.get(desk_of(first)).content.decode()
    assert f"Trùng mục với {first.reference}" in words(desk.get("/quan-tri/de-xuat/"))
    assert [one.labels for one in rivals(first)] == [["Dự án đang ở đâu"]]


# --- the desk


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
    proposal = sent(startup, stage="growth", website="https://khac.example")
    empty = desk.post(desk_of(proposal), {"version": proposal.version, "_reject": "1", "note": ""})
    assert empty.status_code == 400
    assert "Ghi lý do" in words(empty)
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
    assert "trên trang đã khác lúc đề xuất" in words(told)
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
    assert "vừa được người khác xử lý" in page
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
