"""Asking to change a certificate or to have it issued again (Art. 52): state × role × action, clocks, what comes of it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from notifications.models import Message
from registry.certificates import selectors
from registry.certificates.changing.services import begin
from registry.certificates.models import Certificate, CertificateChange, CertificateVersion
from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform, possible
from registry.core.models.history import Decision, Event
from registry.dossiers import procedure
from registry.dossiers.checking import check
from registry.dossiers.models import TimeLimit
from registry.dossiers.services import open_dossier
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory
from tests.certificates.changes import CODE, DATA, GRANT, LOST, REFUSE, RESULT, act, change, fill, held
from tests.certificates.factories import decide
from tests.parties.factories import owner_of, party

pytestmark = pytest.mark.django_db

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
ROLES = ("owner", "editor", "viewer", "stranger", "officer", "leader", "admin", "website editor", "officer and member")
APPLICANT, DEPARTMENT = frozenset({"owner", "editor"}), frozenset({"officer", "leader"})
ALLOWED: dict[str, tuple[set[str], frozenset[str], str | None]] = {
    "submit": ({"draft"}, APPLICANT, "filed"),
    "resubmit": ({"supplement"}, APPLICANT, "filed"),
    "withdraw": ({"draft", "supplement", "filed", "valid"}, APPLICANT, "withdrawn"),
    "assign": ({"supplement", "filed", "valid"}, DEPARTMENT, None),
    "request_supplement": ({"filed"}, DEPARTMENT, "supplement"),
    "declare_valid": ({"filed"}, DEPARTMENT, "valid"),
    "change": ({"valid"}, DEPARTMENT, "changed"),
    "reissue": (set(), DEPARTMENT, "reissued"),  # of what asks for a change; the other way round below
    "refuse_change": ({"valid"}, DEPARTMENT, "refused"),
    "hand_over": ({"draft", "supplement"}, frozenset(), None),
    "send_back": ({"draft", "supplement"}, frozenset(), None),
    "take_over": ({"draft", "supplement"}, frozenset(), None),
}


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


def somebody(role: str, made: Any) -> Any:
    if role == "officer and member":
        user = UserFactory(officer=True)
        Membership.objects.create(party=made.party, user=user, role="editor", since="2026-01-01")
        return user
    if role in ("owner", "editor", "viewer"):
        return made.party.memberships.get(role=role, until=None).user
    traits: dict[str, dict[str, bool]] = {"stranger": {}, "website editor": {"editor": True}}
    return UserFactory(**traits.get(role, {role: True}))


def may(story: str, role: str, action: str) -> bool:
    sources, who, _target = ALLOWED[action]
    return story in sources and {"officer and member": "editor"}.get(role, role) in who


def test_the_table_is_the_lifecycle_and_has_its_words_in_both_languages() -> None:
    lifecycle = procedure.get(CODE).lifecycle
    assert lifecycle.check() == []
    assert set(lifecycle.actions) == set(ALLOWED)
    assert set(lifecycle.states) == set(STORIES)
    for one in (*lifecycle.states.values(), *lifecycle.actions.values()):
        for text in [one.label, one.next_step] if hasattr(one, "next_step") else [one.done]:
            with translation.override("vi"):
                vi = str(text)
            with translation.override("en"):
                assert vi, one.code
                assert str(text) != vi, (one.code, vi)


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
    for role, actor in people.items():
        offered = {one.code for one in possible(made, actor)}
        assert offered == {code for code in ALLOWED if may(story, role, code)}, role
        for action in ALLOWED:
            tried(made, story, role, actor, action)


def tried(made: Any, story: str, role: str, actor: Any, action: str) -> None:
    """Do it, look, undo it: what the table allows happens, everything else is refused and leaves no trace."""
    before = Event.objects.count()
    with transaction.atomic():
        if may(story, role, action):
            after = perform(made, action, actor, data=DATA, expected_version=made.version)
            assert after.state == (ALLOWED[action][2] or story), (role, action)
            done = Event.objects.count() - before
            assert done == (2 if action == "change" else 1)  # the certificate has its own
        else:
            with pytest.raises((Conflict, NotAllowed)):
                perform(made, action, actor, data=DATA, expected_version=made.version)
            assert Event.objects.count() == before, (role, action)
        transaction.set_rollback(True)


def test_what_asks_for_a_re_issue_is_not_changed() -> None:
    made, officer = change(reissue=True, valid=True), UserFactory(officer=True)
    offered = {one.code for one in possible(made, officer)}
    assert {"reissue", "refuse_change"} <= offered
    with pytest.raises(NotAllowed):
        act(made, "change", officer, **GRANT)
    assert act(made, "reissue", officer, **GRANT).state == "reissued"


# --- what comes of it


def test_a_change_is_a_new_version_and_the_old_one_stays_readable(client: Any) -> None:
    found = held(number="07/DNKHCN")
    made = change(found, changed=True)
    found.refresh_from_db()
    old, new = found.versions.order_by("turn")
    today = clock.today()
    assert (old.effective_from, old.effective_to, old.name_vi) == (date(2026, 3, 12), today, "Công ty TNHH Chè Thử")
    assert (new.kind, new.turn, new.effective_from, new.effective_to) == ("change", 1, today, None)
    assert (new.name_vi, new.sector, new.submission) == ("Công ty TNHH Chè Thử Mới", old.sector, made.submissions.get())
    assert [row.field for row in new.fields.all()] == ["biotech"]
    assert [(line.product, line.incentive_from) for line in new.products.all()] == [
        ("Chè sao lạnh", date(2026, 3, 12)),
        ("Máy vò MV-2", date(2026, 3, 12)),
        ("Chè búp TN-7", today),
    ]
    assert (found.number, found.first_issued_on, found.state, found.version) == (
        "07/DNKHCN",
        date(2026, 3, 12),
        "valid",
        1,
    )
    decision = Decision.objects.get(subject=made.subject)
    assert (decision.kind, decision.ground, decision.record) == ("change", "nd268:52.3", found.record)
    assert new.decision == decision
    assert broken_links() == []
    assert CertificateChange.objects.get(dossier=made).ended_at == made.closed_at
    made.party.refresh_from_db()
    assert made.party.name == "Công ty TNHH Chè Thử Mới"
    url = selectors.url_of(selectors.version_of(found), "vi")
    assert "Cấp thay đổi nội dung" in client.get(url).content.decode()
    past = client.get(f"{url}?as_of=2026-11-26").content.decode()
    assert "Giấy ghi như thế này vào ngày 26/11/2026" in past
    assert "Chè búp TN-7" not in past
    assert "Chè búp TN-7" in client.get(url).content.decode()
    assert client.get(f"{url}?as_of=2026-03-11").status_code == 404
    for wrong in ("2026-02-30", "2027-01-01", "hôm qua"):
        assert client.get(url, {"as_of": wrong}).status_code == 400, wrong
    assert "Chè búp TN-7" not in client.get("/xac-minh/?so=7/DNKHCN&ngay=2026-11-26").content.decode()
    assert "Chè búp TN-7" in client.get("/xac-minh/?so=7/DNKHCN").content.decode()
    answer = client.get("/api/v1/certificates?number=7/DNKHCN").json()
    assert [one["kind"] for one in answer["decisions"]] == ["grant", "change"]
    for body in (past, client.get(url).content.decode(), str(answer)):
        for secret in ("Lò Thị Mẫu", "000000000123", "Bản Kín", "0912345678"):
            assert secret not in body


def test_a_re_issue_says_the_same_once_more_and_has_its_own_paper(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    found, officer = held(), UserFactory(officer=True)
    found = perform(found, "make_paper", officer, expected_version=found.version)
    found = perform(found, "sign_here", officer, expected_version=found.version)
    with pytest.raises(Invalid):
        perform(found, "make_paper", officer, expected_version=found.version)
    change(found, reissued=True, officer=officer)
    found.refresh_from_db()
    old, new = found.versions.order_by("turn")
    assert (new.kind, new.turn, new.name_vi) == ("reissue", 1, old.name_vi)
    same = [(line.result, line.product, line.incentive_from) for line in old.products.all()]
    assert [(line.result, line.product, line.incentive_from) for line in new.products.all()] == same
    found = perform(found, "make_paper", officer, expected_version=found.version)
    perform(found, "sign_here", officer, expected_version=found.version)
    assert new.paper.signed != old.paper.signed
    owner = owner_of(found.party)
    assert all(selectors.may_read_file(one.paper.signed, owner) for one in (old, new))
    assert not selectors.may_read_file(old.paper.signed, UserFactory())


def test_a_refusal_names_its_grounds_and_changes_nothing(client: Any) -> None:
    found = held(number="07/DNKHCN")
    made = change(found, refused=True)
    found.refresh_from_db()
    assert (found.versions.count(), found.version) == (1, 0)
    decision = Decision.objects.get(subject=made.subject)
    assert (decision.kind, decision.ground) == ("refuse_change", "nd268:52.3")
    assert '"grounds":["nd268:52.1.b"]' in decision.content
    assert "điểm b khoản 1 Điều 52" in decision.reason
    assert [one.kind for one in selectors.all_decisions(found)] == ["grant", "refuse_change"]
    answer = client.get("/api/v1/certificates?number=7/DNKHCN").json()
    assert [one["kind"] for one in answer["decisions"]] == ["grant"]
    assert begin(found, actor=owner_of(found.party)) != made


def test_a_second_change_goes_on_from_the_first() -> None:
    found = held()
    change(found, changed=True)
    with clock.at(clock.now().replace(hour=15)):
        made = begin(found, actor=owner_of(found.party))
        assert made.answers["name_vi"] == "Công ty TNHH Chè Thử Mới"
        assert made.answers["registration_issuer"] == "Phòng Đăng ký kinh doanh"
        assert [row["line"] for row in made.answers["lines"]] == [1, 2, 3]
        assert not {"identity_number", "permanent_address", "representative_phone"} & set(made.answers)


def test_only_what_was_chosen_changes_and_a_reworded_line_keeps_its_day() -> None:
    made = change(
        valid=True,
        cases=["list"],
        name_vi="Công ty TNHH Chè Thử",
        lines=[
            {"line": 2, "result_kind": "utility_solution", "result": "Máy vò hai tốc độ", "product": "Máy vò chè MV-2"}
        ],
        results=[],
        products=[{"name": "Bộ điều khiển máy vò", "result": None, "line": 1}],
    )
    act(made, "change", UserFactory(officer=True), **GRANT)
    lines = CertificateVersion.objects.get(turn=1).products.all()
    assert [(line.result, line.product, line.incentive_from) for line in lines] == [
        ("Máy vò hai tốc độ", "Máy vò chè MV-2", date(2026, 3, 12)),
        ("Máy vò hai tốc độ", "Bộ điều khiển máy vò", clock.today()),
    ]


@pytest.mark.parametrize(("act_", "field"), [("withdraw", "thu hồi"), ("cancel", "hủy bỏ")])
def test_what_was_withdrawn_or_cancelled_is_not_changed(act_: str, field: str) -> None:
    found, officer = held(), UserFactory(officer=True)
    made = change(found, valid=True)
    if act_ == "withdraw":
        found = decide(found, "notify", officer)
    found = decide(found, act_, officer)
    with pytest.raises(Invalid, match=field):
        act(made, "change", officer, **GRANT)
    assert act(made, "refuse_change", officer, **REFUSE).state == "refused"
    with pytest.raises(Conflict):
        begin(found, actor=owner_of(found.party))


def test_nothing_replaces_a_certificate_without_a_decision() -> None:
    found = held()
    for action in ("change", "reissue"):
        with pytest.raises(Invalid):
            perform(found, action, UserFactory(officer=True), data={}, expected_version=found.version)


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


def due(made: Any) -> str:
    made.refresh_from_db()
    return f"{clock.local(made.due_at):%Y-%m-%d}" if made.due_at else ""


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


# --- what is judged


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"cases": []}, "cases", "ít nhất một"),
        ({"cases": ["gift"]}, "cases", "gift"),
        ({"cases": ["list"]}, "cases", "trường hợp a"),
        ({"cases": ["registration"]}, "cases", "trường hợp b"),
        ({"results": [], "products": []}, "cases", "chưa khác gì"),
        ({"name_vi": "Công ty TNHH Chè Thử"}, "changes", "Chưa thông tin nào"),
        ({"change_reason": ""}, "change_reason", "lý do"),
        ({"cases": ["registration", "list", "lost"]}, "reissue_reason", "cấp lại"),
        ({"products": []}, "results", "“Giống chè TN-7”"),
        ({"results": []}, "products", "“Chè búp TN-7”"),
        ({"products": [{"name": "Chè búp", "result": 1, "line": 1}]}, "products", "một trong hai"),
        ({"products": [{"name": "Chè búp", "result": None, "line": None}]}, "products", "kết quả nào"),
        ({"products": [{"name": "Chè búp", "result": 1, "line": None}, {"name": "X", "line": 3}]}, "products", "“X”"),
        ({"products": [{"name": "Chè búp", "result": 1}, {"name": "CHÈ SAO LẠNH", "line": 1}]}, "products", "hai lần"),
        ({"lines": [{"line": 3, "result_kind": "patent", "result": "A", "product": "B"}]}, "lines", "không còn khớp"),
        (
            {"lines": [{"line": 1, "result_kind": "patent", "result": "A", "product": "B"}] * 2},
            "lines",
            "không còn khớp",
        ),
        ({"lines": [{"line": "", "result_kind": "patent", "result": "A", "product": "B"}]}, "lines", "bước Bổ sung"),
        ({"lines": [{"line": 1, "result_kind": "poem", "result": "A", "product": "B"}]}, "lines", "Dòng 1"),
        ({"lines": [], "results": [], "products": []}, "lines", "ít nhất một"),
        ({"results": [{**RESULT, "document_date": "01/01/2099"}]}, "results", "tương lai"),
        ({"business_number": "0100047516"}, "business_number", "khác mã số"),
        ({"plan": False}, "files", "điểm b khoản 2 Điều 52"),
        ({"filed_number": ""}, "filed_number", "số tiếp nhận"),
        ({"truthful": False}, "truthful", "cam đoan"),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_it_goes(changes: dict[str, Any], field: str, says: str) -> None:
    made = change(**changes)
    found = {one.field: one.message for one in check(made)[1]}
    assert list(found) == [field]
    assert says in found[field]
    with pytest.raises(Invalid):
        act(made, "submit", owner_of(made.party))


def test_a_re_issue_needs_no_plan_and_the_phone_may_have_been_lacking() -> None:
    found = held(phone="", registered_on=None)
    made = begin(found, actor=owner_of(found.party))
    made = fill(made, owner_of(found.party), plan=False, **LOST, phone="0213 3876 543", registered_on="12/05/2019")
    assert check(made)[1] == []


def test_a_dossier_that_began_from_no_certificate_does_not_go() -> None:
    here = party("Công ty TNHH Chè Thử")
    made = open_dossier(CODE, here, actor=owner_of(here))
    assert "cases" in {one.field for one in check(made)[1]}


@pytest.mark.parametrize(
    ("action", "wrong", "field"),
    [
        ("change", {"number": ""}, "number"),
        ("change", {"signatory": ""}, "signatory"),
        ("change", {"authority": "so-khcn"}, "delegation"),
        ("change", {"authority": "khong-co"}, "authority"),
        ("change", {"signed_on": "2026-01-01"}, "signed_on"),
        ("change", {"signed_on": "2099-01-01"}, "signed_on"),
        ("refuse_change", {"grounds": []}, "grounds"),
        ("refuse_change", {"grounds": ["nd268:51.1"]}, "grounds"),
        ("refuse_change", {"note": " "}, "note"),
    ],
)
def test_what_an_act_states_is_judged(action: str, wrong: dict[str, Any], field: str) -> None:
    made = change(valid=True)
    with pytest.raises(Invalid) as refused:
        act(made, action, UserFactory(officer=True), **{**DATA, **wrong})
    assert field in refused.value.problems
    made.refresh_from_db()
    assert made.state == "valid"
    assert CertificateVersion.objects.count() == 1


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
