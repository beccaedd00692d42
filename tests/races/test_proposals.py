"""A proposal that is decided while its founder, a colleague or another officer does something with it, or with its startup."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.core.decisions import broken_links
from registry.core.models.history import Decision, Event
from registry.startups import selectors
from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals.selectors import saw
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier
from tests.startups.factories import drafted, owner_of, sent

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]
Browser = Callable[[Any], Client]


@pytest.fixture
def startup(roles: None) -> Startup:
    return dossier(published=True).startup


@pytest.fixture
def officers(client_of: Browser) -> list[Client]:
    clients = [client_of(UserFactory(officer=True)), client_of(UserFactory(leader=True))]
    for client in clients:
        client.get("/quan-tri/de-xuat/")
    return clients


def desk(proposal: ChangeProposal) -> str:
    return f"/quan-tri/de-xuat/{proposal.reference}/"


def page(proposal: ChangeProposal, more: str = "") -> str:
    return f"/tai-khoan/khoi-nghiep/{proposal.startup.dossier.reference}/de-xuat/{proposal.reference}/{more}"


def in_force_once(startup: Startup) -> None:
    assert startup.profiles.filter(effective_to=None).count() == 1
    assert broken_links() == []


@pytest.mark.parametrize("taken_back", ["_recall", "rut"])
def test_accepted_while_the_founder_takes_it_back(
    at_once: AtOnce, officers: list[Client], client_of: Browser, startup: Startup, taken_back: str
) -> None:
    proposal = sent(startup, stage="growth")
    founder = client_of(owner_of(startup))
    data = {"version": proposal.version, "_recall": "1"}
    where = page(proposal, "rut/") if taken_back == "rut" else page(proposal)
    accepted, taken = at_once(
        lambda: officers[0].post(desk(proposal), {"version": proposal.version}), lambda: founder.post(where, data)
    )
    proposal.refresh_from_db()
    if proposal.state == "accepted":
        assert accepted.status_code == 302
        assert selectors.profile_of(startup).stage == "growth"
        assert taken.status_code == (302 if taken_back == "rut" else 409)
    else:
        assert proposal.state == ("withdrawn" if taken_back == "rut" else "draft")
        assert (accepted.status_code, taken.status_code) == (409, 302)
        assert selectors.profile_of(startup).stage == "customers"
        assert not Decision.objects.filter(kind="change").exists()
    in_force_once(startup)


def test_accepted_while_the_founder_edits_and_sends_another(
    at_once: AtOnce, officers: list[Client], client_of: Browser, startup: Startup
) -> None:
    """The draft touches the same field: it is sent against the page that its founder saw, or they are told."""
    waits = sent(startup, stage="growth")
    draft = drafted(startup, stage="trial", website="https://khac.example")
    founder = client_of(owner_of(startup))
    sending = {"seen": draft.edits, "version": draft.version, "saw": saw(draft), "_send": "1"}
    accepted, answer = at_once(
        lambda: officers[0].post(desk(waits), {"version": waits.version}), lambda: founder.post(page(draft), sending)
    )
    assert accepted.status_code == 302
    draft.refresh_from_db()
    before = draft.fields.get(name="stage").before
    assert (draft.state, answer.status_code, before) in (("open", 302, "customers"), ("draft", 409, "customers"))
    assert selectors.profile_of(startup).stage == "growth"
    if draft.state == "open":  # sent first: now the officer is told before anything is overwritten
        told = officers[1].post(desk(draft), {"version": draft.version})
        assert told.status_code == 400
        assert "Xem giá trị hiện nay, rồi xác nhận" in told.content.decode()
    in_force_once(startup)


def test_two_officers_decide_one_proposal(at_once: AtOnce, officers: list[Client], startup: Startup) -> None:
    proposal = sent(startup, stage="growth")
    tries = ({"version": proposal.version}, {"version": proposal.version, "_reject": "1", "note": "Chưa."})
    answers = at_once(*(lambda c=c, d=d: c.post(desk(proposal), d) for c, d in zip(officers, tries, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "vừa được người khác xử lý" in late.content.decode()
    assert Decision.objects.filter(subject=proposal.subject).count() == 1
    in_force_once(startup)


def test_two_proposals_of_one_field_are_accepted(at_once: AtOnce, officers: list[Client], startup: Startup) -> None:
    """One is accepted; the other officer is told that the page has moved, and nothing is overwritten."""
    one, other = sent(startup, stage="growth"), sent(startup, stage="trial")
    answers = at_once(
        *(lambda c=c, p=p: c.post(desk(p), {"version": p.version}) for c, p in zip(officers, (one, other), strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [302, 400]
    states = [ChangeProposal.objects.get(pk=p.pk).state for p in (one, other)]
    assert sorted(states) == ["accepted", "open"]
    assert selectors.profile_of(startup).stage == ("growth" if states[0] == "accepted" else "trial")
    in_force_once(startup)


def test_accepted_while_the_startup_is_taken_down(at_once: AtOnce, officers: list[Client], startup: Startup) -> None:
    proposal = sent(startup, stage="growth")
    made = startup.dossier
    accepted, taken = at_once(
        lambda: officers[0].post(desk(proposal), {"version": proposal.version}),
        lambda: officers[1].post(
            f"/quan-tri/ho-so/{made.reference}/take_down/", {"version": made.version, "note": "Đề nghị."}
        ),
    )
    proposal.refresh_from_db()
    assert taken.status_code == 302
    assert (accepted.status_code, proposal.state) in ((302, "accepted"), (409, "lapsed"))
    assert selectors.profile_of(startup) is None, "taken down stays taken down"
    assert broken_links() == []


def test_two_tabs_save_one_draft(at_once: AtOnce, client_of: Browser, startup: Startup) -> None:
    draft = drafted(startup)
    tabs = [client_of(owner_of(startup)) for _ in range(2)]
    answers = at_once(
        *(
            lambda c=c, n=n: c.post(
                page(draft, "sua/ten/"), {"seen": draft.edits, "name_vi": f"Tên {n}", "pitch_vi": "Một câu."}
            )
            for n, c in enumerate(tabs)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    late = next(n for n, answer in enumerate(answers) if answer.status_code == 409)
    assert draft.fields.get(name="name_vi").proposed == f"Tên {1 - late}"
    assert f"Tên {late}" in answers[late].content.decode()
    assert Event.objects.filter(subject=draft.subject).count() == 0
