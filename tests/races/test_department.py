"""What the department and the applicant do with one dossier, or one organisation, at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.core.decisions import broken_links
from registry.core.models.history import Decision, Event
from registry.dossiers.models import Dossier
from registry.parties.models import PartyAddress, Representative
from registry.startups.models import Profile, Startup
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]
Browser = Callable[[Any], Client]


def desk(made: Dossier, act: str) -> str:
    return f"/quan-tri/ho-so/{made.reference}/{act}/"


@pytest.fixture
def officers(client_of: Browser) -> list[Client]:
    clients = [client_of(UserFactory(officer=True)), client_of(UserFactory(leader=True))]
    for client in clients:
        client.get("/quan-tri/ho-so/")
    return clients


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("publish", {}), ("refuse", {"note": "Chưa có sản phẩm."})),
        (("publish", {}), ("publish", {})),
        (("refuse", {"note": "Chưa."}), ("request_supplement", {"mark": "field:name_vi", "remark:field:name_vi": "Rõ hơn."})),
        (("assign", {"assignee": ""}), ("publish", {})),
    ],
    ids=["publish or refuse", "publish twice", "refuse or ask", "assign or publish"],
)  # fmt: skip
def test_two_people_of_the_department(at_once: AtOnce, officers: list[Client], one: Any, other: Any) -> None:
    """Both saw the same version: one act stands, the other person is told."""
    made = dossier(submitted=True)
    before = Event.objects.filter(subject=made.subject).count()
    answers = at_once(
        *(
            lambda c=c, act=act, data=data: c.post(desk(made, act), {"version": made.version, **data})
            for c, (act, data) in zip(officers, (one, other), strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Event.objects.filter(subject=made.subject).count() == before + 1
    assert Decision.objects.filter(subject=made.subject).count() <= 1
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "vừa được người khác xử lý" in late.content.decode()
    assert broken_links() == []


def test_withdrawn_while_it_is_published(at_once: AtOnce, officers: list[Client], client_of: Browser) -> None:
    made = dossier(submitted=True)
    founder = client_of(made.created_by)
    published, withdrawn = at_once(
        lambda: officers[0].post(desk(made, "publish"), {"version": made.version}),
        lambda: founder.post(f"/tai-khoan/khoi-nghiep/{made.reference}/rut/", {"version": made.version}),
    )
    made.refresh_from_db()
    assert withdrawn.status_code == 302
    assert (made.state, published.status_code) in (("published", 302), ("withdrawn", 409))
    assert Startup.objects.count() == Decision.objects.count() == (1 if made.state == "published" else 0)
    page = founder.get(f"/tai-khoan/khoi-nghiep/{made.reference}/").content.decode()
    assert "Bạn đã rút" in page or "vừa được người khác xử lý" in page or "không rút được nữa" in page


def test_two_dossiers_of_one_organisation_are_published(at_once: AtOnce, officers: list[Client]) -> None:
    """Both take over what they say of the organisation: one after the other, each row in force once."""
    one = dossier(submitted=True, representative="Người Thứ Nhất", address="Bản Một")
    other = dossier(organisation=one.party, owner=one.created_by, submitted=True, representative="Người Thứ Hai", address="Bản Hai")  # fmt: skip
    answers = at_once(
        *(
            lambda c=c, d=d: c.post(desk(d, "publish"), {"version": d.version})
            for c, d in zip(officers, (one, other), strict=True)
        )
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert PartyAddress.objects.filter(party=one.party, until=None).count() == 1
    assert Representative.objects.filter(party=one.party, until=None).count() == 1
    assert Profile.objects.filter(effective_to=None).count() == 2
    assert sorted(Decision.objects.values_list("position", flat=True)) == [1, 2]
    assert broken_links() == []


def test_taken_down_twice(at_once: AtOnce, officers: list[Client]) -> None:
    made = dossier(published=True)
    answers = at_once(
        *(lambda c=c: c.post(desk(made, "take_down"), {"version": made.version, "note": "Đề nghị."}) for c in officers)
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Decision.objects.filter(subject=made.subject, kind="take_down").count() == 1
