"""An application that is granted is a certificate in the register at once, or nothing has happened."""

from typing import Any

import pytest

from notifications.models import InboxItem, Message
from registry.certificates import selectors
from registry.certificates.models import Certificate
from registry.core.decisions import broken_links
from registry.core.lifecycle import Invalid, perform
from registry.core.models.history import Decision
from tests.accounts.factories import sign_in
from tests.certificates.factories import certificate, decide
from tests.parties.factories import owner_of
from tests.st_enterprises.applications import GRANT, application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def granted(officer: Any, **typed: str) -> Certificate:
    made = application(valid=True)
    perform(made, "grant", officer, data=GRANT | typed, expected_version=made.version)
    return Certificate.objects.get(dossier=made)


def test_what_was_applied_for_stands_on_the_certificate(officer: Any) -> None:
    found = granted(officer)
    (row,) = selectors.on_day()
    assert (found.number, found.regime, found.party_id) == ("01/DNKHCN", "nd268", found.dossier.party_id)
    assert (row.name_vi, row.name_en, row.sector) == ("Công ty TNHH Chè Thử", "Trial Tea Co., Ltd.", "agriculture")
    (line,) = row.products.all()
    assert (line.result_kind, line.result, line.product) == ("patent", "Quy trình sao chè giữ hương", "Chè sao lạnh")
    assert row.submission == found.dossier.submissions.get()
    (decision,) = selectors.decisions([found])[found.pk]
    assert (decision.kind, decision.number, decision.signed_on) == ("grant", "12/QĐ-UBND", found.first_issued_on)
    (told,) = selectors.verify("1/dnkhcn")
    assert told.status == "valid"


def test_the_dossier_leads_to_the_certificate_and_the_certificate_to_its_duties(officer: Any, client: Any) -> None:
    found = granted(officer)
    desk = f"/quan-tri/giay-chung-nhan/{found.public_id}/"
    reference = found.dossier.reference
    sign_in(client, officer)
    assert f'href="{desk}"' in client.get(f"/quan-tri/ho-so/{reference}/").content.decode()
    told = client.get(desk).content.decode()
    for kind in ("incentive_bodies", "national_platform", "ministry"):
        assert f'href="/quan-tri/nghia-vu/{found.public_id}/{kind}/' in told
    sign_in(client, owner_of(found.party))
    row = selectors.version_of(found)
    assert row is not None
    timeline = client.get(f"/tai-khoan/chung-nhan-khcn/{reference}/").content.decode()
    assert f'href="{selectors.url_of(row, "vi")}"' in timeline


def test_a_number_that_is_taken_grants_nothing(officer: Any) -> None:
    certificate(actor=officer, number="07/DNKHCN")
    made = application(valid=True)
    with pytest.raises(Invalid) as told:
        perform(made, "grant", officer, data=GRANT | {"certificate_number": "7/DNKHCN"}, expected_version=made.version)
    assert "certificate_number" in told.value.problems
    made.refresh_from_db()
    assert (made.state, Certificate.objects.count(), Decision.objects.count()) == ("valid", 1, 1)
    assert broken_links() == []


def test_what_was_granted_goes_on_as_any_certificate(officer: Any) -> None:
    found = decide(granted(officer, certificate_number="21/DNKHCN"), "notify", officer, number="3/TB")
    found = decide(found, "withdraw", officer, number="4/QĐ-UBND")
    (told,) = selectors.verify("21/DNKHCN")
    assert (told.status, [one.kind for one in told.decisions]) == ("withdrawn", ["grant", "withdraw"])
    assert [one.kind for one in selectors.all_decisions(found)] == ["grant", "notify", "withdraw"]


def test_nothing_that_is_restricted_comes_along(officer: Any, client: Any) -> None:
    found = granted(officer)
    row = selectors.version_of(found)
    assert row is not None
    pages = [
        selectors.url_of(row, "vi"),
        "/doanh-nghiep-khcn/?format=csv",
        "/api/v1/st-enterprises",
        "/xac-minh/?so=1/DNKHCN",
    ]
    for url in pages:
        answer = client.get(url)
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for secret in (
            "000000000123",
            "0912345678",
            "0912 345 678",
            "Bản Kín",
            "mau@chethu",
            "200.000.000",
            "Tẩn A Kín",
        ):
            assert secret not in body, (url, secret)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("notify", "thông báo trước khi thu hồi"),
        ("cancel", "đã bị hủy bỏ hiệu lực"),
        ("maintain", "được giữ nguyên hiệu lực"),
    ],
)
def test_its_enterprise_is_told(officer: Any, act: str, said: str) -> None:
    """53(2): the notice goes to the enterprise before anything is withdrawn."""
    found = granted(officer)
    owner = found.dossier.created_by
    decide(found, act, officer)
    letter = Message.objects.get(code="certificate_decided", user=owner)
    assert said in letter.subject
    assert f"{act}/QĐ-UBND" in letter.body_text
    assert ("Hợp đồng chuyển giao đã hết hạn." in letter.body_text) == (act != "maintain")
    assert InboxItem.objects.filter(code="certificate_decided", user=owner).exists()
