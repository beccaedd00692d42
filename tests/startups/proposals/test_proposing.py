"""Proposing a change of a published startup: the founder's pages."""

import re

import pytest
from django.test import Client
from django.urls import translate_url

from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.parties.models import Membership
from registry.startups import selectors
from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals import services
from registry.startups.proposals.selectors import rivals
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words
from tests.dossiers.factories import dossier
from tests.startups.factories import drafted, owner_of, send, sent, write
from tests.startups.proposals.pages import base, desk_of, hidden, page_of, step

pytestmark = pytest.mark.django_db


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
    english = founder.get(translate_url(page_of(proposal), "en")).content.decode()
    assert re.search(r'<p lang="vi">(<[^p]|[^<])*Giống', english)
    assert '<dd lang="vi">Sâm Núi Mờ</dd>' in english
    assert "begun at" in english
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
