"""Who wants to act for an organisation that a list brought in: told to the officers, answered on their page, told back."""

import pytest

from notifications.models import Message
from registry.parties import services
from registry.parties.rules import read_tax_code
from registry.parties.selectors import role_of
from tests.accounts.factories import UserFactory
from tests.desk.pages import words
from tests.parties.factories import tax_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles")]


@pytest.mark.parametrize(("answer", "role"), [("accept", "owner"), ("decline", "")])
def test_an_officer_answers_and_the_asker_is_told(signed_in, answer: str, role: str) -> None:
    officer, asker = UserFactory(officer=True), UserFactory(full_name="Người Xin Thử")
    drafts = [services.PartyDraft("enterprise", "Công ty trong danh sách", read_tax_code(tax_code()))]
    (here,) = services.enter_parties(drafts, actor=officer)
    client = signed_in(officer)
    assert "Không ai đang xin đứng tên" in words(client.get("/quan-tri/xin-dung-ten/"))

    request = services.ask_to_join(here, actor=asker)
    assert [one.email for one in Message.objects.filter(code="join_requested")] == [officer.email]
    page = words(client.get("/quan-tri/xin-dung-ten/"))
    assert "Người Xin Thử" in page
    assert "Công ty trong danh sách" in page

    said = client.post(f"/quan-tri/xin-dung-ten/{request.pk}/", {"answer": answer}, follow=True)
    assert "Người Xin Thử" in words(said)
    assert role_of(asker, here) == role
    assert "Sở" in Message.objects.get(code="join_answered", email=asker.email).body_text
    assert client.post(f"/quan-tri/xin-dung-ten/{request.pk}/", {"answer": answer}).status_code == 404
