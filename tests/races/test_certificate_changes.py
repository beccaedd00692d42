"""A certificate that is asked for, changed and cancelled at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.certificates.changing.services import begin
from registry.certificates.models import CertificateChange, CertificateVersion
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform
from registry.core.models.history import Decision
from tests.accounts.factories import UserFactory
from tests.certificates.changes import GRANT, REFUSE, change, held
from tests.certificates.factories import stated
from tests.parties.factories import owner_of

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]


def told_or_done(act: Callable[[], Any]) -> str:
    try:
        return str(act().state)
    except (Conflict, Invalid, NotAllowed):
        return "told"


def test_four_clicks_begin_one_dossier(roles: None, at_once: AtOnce) -> None:
    found = held()
    owner = owner_of(found.party)
    made = at_once(*[lambda: begin(found, actor=owner).pk] * 4)
    assert len(set(made)) == 1
    assert CertificateChange.objects.count() == 1


def test_of_two_officers_one_decides_and_the_other_is_told(roles: None, at_once: AtOnce) -> None:
    made = change(valid=True)
    one, two = UserFactory(officer=True), UserFactory(leader=True)
    refusal = {**REFUSE, "number": "31/UBND"}
    answers = at_once(
        lambda: told_or_done(lambda: perform(made, "change", one, data=GRANT, expected_version=made.version)),
        lambda: told_or_done(lambda: perform(made, "refuse_change", two, data=refusal, expected_version=made.version)),
    )
    assert sorted(answers) in (["changed", "told"], ["refused", "told"])
    assert Decision.objects.filter(subject=made.subject).count() == 1
    assert CertificateVersion.objects.count() == (2 if "changed" in answers else 1)


def test_changed_and_cancelled_at_once_one_is_told(roles: None, at_once: AtOnce) -> None:
    found = held()
    made = change(found, valid=True)
    found.refresh_from_db()
    seen = found.version
    one, two = UserFactory(officer=True), UserFactory(leader=True)
    answers = at_once(
        lambda: told_or_done(lambda: perform(made, "change", one, data=GRANT, expected_version=made.version)),
        lambda: told_or_done(lambda: perform(found, "cancel", two, data=stated("cancel"), expected_version=seen)),
    )
    assert sorted(answers) in (["cancelled", "told"], ["changed", "told"])
    assert broken_links() == []
