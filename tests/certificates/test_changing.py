"""Asking to change a certificate or to have it issued again (Art. 52): state × role × action, clocks, what comes of it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from notifications.models import Message
from registry.certificates.changing.services import begin
from registry.certificates.models import Certificate, CertificateChange
from registry.core.lifecycle import Conflict, NotAllowed, perform, possible
from registry.core.models.history import Decision
from registry.dossiers import procedure
from registry.dossiers.models import TimeLimit
from tests.accounts.factories import UserFactory
from tests.certificates.changes import CODE, DATA, GRANT, REFUSE, act, change, held
from tests.dossiers.table import (
    DEPARTMENT,
    HELPING,
    ROLES,
    Table,
    has_its_words_in_both_languages,
    is_the_lifecycle,
    somebody,
    try_all,
)
from tests.parties.factories import owner_of, party
from tests.st_enterprises.applications import CHECKED, due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

STORIES: dict[str, dict[str, bool]] = {
    "draft": {},
    "filed": {"filed": True},
    "supplement": {"supplement": True},
    "valid": {"valid": True},
    "changed": {"changed": True},
    "reissued": {"reissued": True},
    "refused": {"refused": True},
    "withdrawn": {"withdrawn": True},
}
ALLOWED: Table = {
    **CHECKED,
    "change": ({"valid"}, DEPARTMENT, "changed"),
    "reissue": (set(), DEPARTMENT, "reissued"),  # of what asks for a change; the other way round below
    "refuse_change": ({"valid"}, DEPARTMENT, "refused"),
    **HELPING,
}


def test_the_table_is_the_lifecycle_and_has_its_words_in_both_languages() -> None:
    lifecycle = procedure.get(CODE).lifecycle
    is_the_lifecycle(ALLOWED, STORIES, lifecycle)
    has_its_words_in_both_languages(lifecycle)


@pytest.mark.parametrize("story", STORIES)
def test_state_by_role_by_action(story: str, freeze: Any) -> None:
    freeze("2026-11-27T09:00")
    here = party("Công ty TNHH Chè Thử", members={"editor": [UserFactory()], "viewer": [UserFactory()]})
    made = change(held(here), **STORIES[story])
    people = {role: somebody(role, made) for role in ROLES}
    freeze("2026-11-27T10:00")
    if story == "supplement":
        made.answers["filed_at"] = "2026-11-27T09:30:00+07:00"
        made.save(update_fields=["answers"])
    try_all(ALLOWED, made, story, people, DATA)


def test_what_asks_for_a_re_issue_is_not_changed() -> None:
    made, officer = change(reissue=True, valid=True), UserFactory(officer=True)
    offered = {one.code for one in possible(made, officer)}
    assert {"reissue", "refuse_change"} <= offered
    with pytest.raises(NotAllowed):
        act(made, "change", officer, **GRANT)
    assert act(made, "reissue", officer, **GRANT).state == "reissued"


# --- one at a time


def test_one_application_is_open_at_a_time() -> None:
    found = held()
    owner = owner_of(found.party)
    made = begin(found, actor=owner)
    assert begin(found, actor=owner) == made
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateChange.objects.create(certificate=found, dossier=change(held(number="99/DNKHCN")))
    act(made, "withdraw", owner)
    assert begin(found, actor=owner) != made
    with pytest.raises(NotAllowed):
        begin(found, actor=UserFactory())


def test_a_draft_that_was_emptied_begins_anew() -> None:
    found = held()
    owner = owner_of(found.party)
    made = begin(found, actor=owner)
    made.answers = {}
    made.save(update_fields=["answers"])
    assert begin(found, actor=owner).answers["name_vi"] == "Công ty TNHH Chè Thử"


def test_the_second_of_two_officers_is_told_and_nothing_is_decided_twice() -> None:
    made = change(valid=True)
    act(made, "change", UserFactory(officer=True), **GRANT)
    with pytest.raises(Conflict):
        act(made, "refuse_change", UserFactory(officer=True), **{**REFUSE, "number": "31/UBND"})
    assert Decision.objects.filter(subject=made.subject).count() == 1


def test_who_looks_at_the_certificate_meanwhile_is_told_that_it_moved() -> None:
    found, officer = held(), UserFactory(officer=True)
    seen = Certificate.objects.get(pk=found.pk).version
    change(found, changed=True)
    with pytest.raises(Conflict):
        perform(found, "cancel", officer, data={"act": "cancel"}, expected_version=seen)


# --- clocks


def test_three_working_days_by_analogy_and_ten_days_that_nothing_stops(freeze: Any) -> None:
    now = freeze("2027-02-01T09:00")
    made = change(filed=True, filed_at=now)
    assert due(made) == "2027-02-11"  # over Tết
    freeze("2027-03-05T09:00")
    made = act(made, "declare_valid", officer := UserFactory(officer=True))
    assert due(made) == "2027-03-15"  # ten days, not ten working days
    with pytest.raises(Conflict):
        act(made, "request_supplement", officer, remarks=DATA["remarks"])
    rows = {row.step: row for row in TimeLimit.objects.filter(procedure=CODE)}
    assert (rows["validity"].by_analogy, rows["validity"].citation) == (True, "nd268:51.1")
    assert (rows["decision"].amount, rows["decision"].unit, rows["decision"].by_analogy) == (10, "d", False)
    assert not TimeLimit.objects.exclude(procedure=CODE).filter(by_analogy=True).exists()


def test_a_supplement_restarts_the_check(freeze: Any) -> None:
    freeze("2027-01-18T09:00")
    made = change(supplement=True)
    assert due(made) == ""
    freeze("2027-01-20T10:00")
    made.answers["filed_at"] = "2027-01-20T08:00:00+07:00"
    made.save(update_fields=["answers"])
    assert due(act(made, "resubmit", owner_of(made.party))) == "2027-01-25"


# --- letters


@pytest.mark.parametrize(
    ("story", "code", "says"),
    [
        ({"changed": True}, "certificate_changed", "cấp thay đổi nội dung"),
        ({"reissued": True}, "certificate_reissued", "cấp lại"),
        ({"refused": True}, "certificate_change_refused", "không được cấp"),
    ],
)
def test_its_enterprise_is_told(story: dict[str, bool], code: str, says: str) -> None:
    made = change(**story)
    owner = owner_of(made.party)
    letters = {one.code: one for one in Message.objects.filter(user=owner)}
    assert {"dossier_submitted", "certificate_change_valid", code} <= set(letters)
    assert says in letters[code].subject


def test_the_letter_that_asks_for_a_supplement_says_that_the_time_is_by_analogy() -> None:
    made = change(supplement=True)
    letter = Message.objects.get(code="supplement_requested", user=owner_of(made.party))
    assert "3 ngày làm việc kể từ lúc nhận được (áp dụng tương tự khoản 1 Điều 51" in letter.body_text
