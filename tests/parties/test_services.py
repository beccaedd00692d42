"""Members, invitations and requests: who may, what follows, what never happens."""

from datetime import timedelta

import pytest

from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.parties import services
from registry.parties.models import Membership
from registry.parties.rules import read_tax_code
from registry.parties.selectors import invitation_of, invitations_for, ownerless_requests, parties_of, role_of
from tests.accounts.factories import UserFactory
from tests.parties.factories import owner_of, party, tax_code

pytestmark = pytest.mark.django_db


def test_an_enterprise_needs_its_code_and_others_do_not() -> None:
    actor = UserFactory()
    with pytest.raises(Invalid) as refused:
        services.create_party(kind="enterprise", name="Công ty", actor=actor)
    assert "tax_code" in refused.value.problems
    assert services.create_party(kind="group", name="Nhóm", actor=actor).identifiers.count() == 0


def test_one_code_one_party() -> None:
    code = read_tax_code(tax_code())
    first = party("Một", identifier=code)
    with pytest.raises(services.AlreadyHere) as here:
        services.create_party(kind="enterprise", name="Hai", actor=UserFactory(), identifier=code)
    assert here.value.party == first


def test_an_invitation_works_once_for_its_address_and_for_a_while() -> None:
    here, guest = party(), UserFactory(email="ban@vidu.example")
    invitation = services.invite(here, email=" Ban@Vidu.example ", role="editor", actor=owner_of(here))
    assert [one.pk for one in invitations_for(guest)] == [invitation.pk]
    with pytest.raises(NotAllowed, match="địa chỉ thư khác"):
        services.accept_invitation(invitation.token, actor=UserFactory())
    with clock.at(clock.now() + timedelta(days=15)), pytest.raises(Conflict):
        services.accept_invitation(invitation.token, actor=guest)
    assert services.accept_invitation(invitation.token, actor=guest).role == "editor"
    assert role_of(guest, here) == "editor"
    with pytest.raises(Conflict):
        services.accept_invitation(invitation.token, actor=guest)
    assert invitation_of(invitation.token) is None


def test_a_second_invitation_takes_the_place_of_the_first() -> None:
    here = party()
    first = services.invite(here, email="ban@vidu.example", role="viewer", actor=owner_of(here))
    second = services.invite(here, email="ban@vidu.example", role="editor", actor=owner_of(here))
    assert invitation_of(first.token) is None
    assert invitation_of(second.token) == second
    services.withdraw_invitation(here, second.pk, actor=owner_of(here))
    assert invitation_of(second.token) is None
    with pytest.raises(Conflict):
        services.withdraw_invitation(here, second.pk, actor=owner_of(here))


def test_only_owners_decide() -> None:
    writer = UserFactory()
    here = party(members={"editor": [writer]})
    request = services.ask_to_join(here, actor=UserFactory())
    held = Membership.objects.get(user=owner_of(here))
    for attempt in (
        lambda: services.invite(here, email="x@vidu.example", role="viewer", actor=writer),
        lambda: services.answer_join(request.pk, accept=True, actor=writer),
        lambda: services.change_role(held.pk, role="viewer", actor=writer),
        lambda: services.change_role(held.pk, role=None, actor=writer),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_asking_twice_is_one_request_and_it_is_answered_once() -> None:
    here, asker = party(), UserFactory()
    request = services.ask_to_join(here, actor=asker)
    assert services.ask_to_join(here, actor=asker) == request
    services.answer_join(request.pk, accept=True, actor=owner_of(here))
    assert role_of(asker, here) == "editor"
    with pytest.raises(Conflict):
        services.answer_join(request.pk, accept=False, actor=owner_of(here))
    with pytest.raises(Conflict, match="đã là thành viên"):
        services.ask_to_join(here, actor=asker)


def test_where_nobody_acts_yet_the_department_lets_the_owner_in() -> None:
    officer, asker, late = UserFactory(officer=True), UserFactory(), UserFactory()
    (here,) = services.enter_parties(
        [services.PartyDraft("enterprise", "Công ty trong danh sách", read_tax_code(tax_code()))], actor=officer
    )
    first, second = (services.ask_to_join(here, actor=user) for user in (asker, late))
    own = services.ask_to_join(here, actor=officer)
    assert list(ownerless_requests()) == [first, second, own]
    for wrong, actor in ((first, asker), (first, UserFactory(editor=True)), (own, officer)):
        with pytest.raises(NotAllowed):
            services.answer_join(wrong.pk, accept=True, actor=actor)
    services.answer_join(first.pk, accept=True, actor=officer)
    assert role_of(asker, here) == "owner"
    assert not ownerless_requests().exists()
    with pytest.raises(NotAllowed):
        services.answer_join(second.pk, accept=True, actor=officer)
    services.answer_join(second.pk, accept=True, actor=asker)
    assert role_of(late, here) == "editor"


def test_the_last_owner_stays_and_anybody_else_may_leave() -> None:
    writer = UserFactory()
    here = party(members={"editor": [writer]})
    held = Membership.objects.get(user=owner_of(here))
    for role in (None, "viewer"):
        with pytest.raises(Invalid, match="ít nhất một người chủ quản"):
            services.change_role(held.pk, role=role, actor=held.user)
    services.change_role(Membership.objects.get(user=writer).pk, role=None, actor=writer)
    assert list(parties_of(writer)) == []
    assert Membership.objects.filter(user=writer).count() == 1


def test_an_ended_role_is_history() -> None:
    writer = UserFactory()
    here = party(members={"editor": [writer]})
    held = Membership.objects.get(user=writer)
    services.change_role(held.pk, role="viewer", actor=owner_of(here))
    assert role_of(writer, here) == "viewer"
    assert Membership.objects.filter(party=here, user=writer).count() == 2
    with pytest.raises(Conflict):
        services.change_role(held.pk, role="owner", actor=owner_of(here))
