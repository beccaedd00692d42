"""What comes of a change, a re-issue, a refusal: versions, decisions, papers, what the public reads."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from registry.certificates import selectors
from registry.certificates.changing.services import begin
from registry.certificates.models import CertificateChange, CertificateVersion
from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform
from registry.core.models.history import Decision
from registry.dossiers.showing import url
from registry.official_papers.selectors import fitting
from tests.accounts.factories import UserFactory
from tests.certificates.changes import GRANT, REFUSE, act, change, held
from tests.certificates.factories import decide
from tests.parties.factories import owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


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
        answer = client.get(url, {"as_of": wrong})
        assert answer.status_code == 400, wrong
        assert ("Chưa có trang cho ngày này" in answer.content.decode()) is (wrong == "2027-01-01")
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
    client.force_login(owner_of(found.party))
    with override("en"):
        page = client.get(url(made)).content.decode()
    lacking = "nothing supports the change of the list of results or products"
    assert f"<p>Basis: point b, clause 1, Article 52 of Decree 268/2025/NĐ-CP: {lacking}</p>" in page
    assert '<span lang="vi">“Giống chưa được công nhận.”</span>' in page
    lacking = "thay đổi danh mục kết quả, sản phẩm không có căn cứ"
    page = client.get(url(made)).content.decode()
    assert f"<p>Căn cứ: điểm b khoản 1 Điều 52 Nghị định 268/2025/NĐ-CP: {lacking}</p>" in page
    assert begin(found, actor=owner_of(found.party)) != made


def test_a_refusal_is_recorded_in_vietnamese_whatever_its_writer_reads() -> None:
    with override("en"):
        made = change(held(), refused=True)
    recorded = (
        "Căn cứ: điểm b khoản 1 Điều 52 Nghị định 268/2025/NĐ-CP (thay đổi danh mục kết quả, sản phẩm không có căn cứ)."
    )
    assert Decision.objects.get(subject=made.subject).reason == recorded


def test_a_certificate_that_holds_is_no_ground_to_refuse() -> None:
    made, officer = change(held(), valid=True), UserFactory(officer=True)
    with pytest.raises(Invalid, match="còn hiệu lực"):
        act(made, "refuse_change", officer, **{**REFUSE, "grounds": ["nd268:52.1"]})
    made.refresh_from_db()
    assert made.state == "valid"


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
    with pytest.raises(NotAllowed, match=field):
        act(made, "change", officer, **GRANT)
    assert [kind.code for kind, _template in fitting(made, clock.today())] == ["giay-tiep-nhan"]
    assert act(made, "refuse_change", officer, **{**REFUSE, "grounds": ["nd268:52.1"]}).state == "refused"
    assert "khoản 1 Điều 52" in Decision.objects.get(subject=made.subject).reason
    with pytest.raises(Conflict):
        begin(found, actor=owner_of(found.party))


def test_nothing_replaces_a_certificate_without_a_decision() -> None:
    found = held()
    for action in ("change", "reissue"):
        with pytest.raises(Invalid):
            perform(found, action, UserFactory(officer=True), data={}, expected_version=found.version)
