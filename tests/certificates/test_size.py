"""The size class is public only while the enterprise shows it: page, list, filter, tables, API; hidden, it is gone at once."""

import csv
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from registry.certificates import selectors
from registry.certificates.models import Certificate
from registry.core import clock
from registry.core.lifecycle import Invalid, NotAllowed, perform
from registry.core.models.history import Event
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory, sign_in
from tests.certificates.factories import certificate
from tests.parties.factories import owner_of
from tests.st_enterprises.applications import application, year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
LIST, API = "/doanh-nghiep-khcn/", "/api/v1/st-enterprises"


@pytest.fixture
def granted(officer: Any) -> Certificate:
    """A small enterprise: 12 insured workers, 10.5 bn of revenue, 8 bn of capital, in agriculture."""
    return Certificate.objects.get(dossier=application(granted=True, officer=officer))


def page_of(found: Certificate) -> str:
    version = selectors.version_of(found)
    assert version is not None
    return selectors.url_of(version, "vi")


def texts(found: Certificate) -> list[str]:
    """Everything public that could say the size."""
    visitor = Client()
    urls = [
        page_of(found),
        LIST,
        f"{LIST}?format=csv",
        f"{LIST}?as_of=2026-11-27",
        API,
        f"/xac-minh/?so={found.number}",
    ]
    answers = [visitor.get(url) for url in urls]
    return [(b"".join(one.streaming_content) if one.streaming else one.content).decode() for one in answers]


def press(client: Client, found: Certificate, act: str, version: int) -> Any:
    return client.post(f"/tai-khoan/giay-chung-nhan/{found.public_id}/quy-mo/", {"act": act, "version": str(version)})


def test_shown_by_its_enterprise_found_by_it_and_hidden_again(granted: Certificate) -> None:
    assert not any('"size": "small"' in one or "Nhỏ" in one or "quy mô:" in one for one in texts(granted))
    assert Client().get(f"{API}?size=small").json()["count"] == 0
    client = sign_in(Client(), owner_of(granted.party))
    page = client.get(f"/tai-khoan/giay-chung-nhan/{granted.public_id}/quy-mo/").content.decode()
    assert "Theo số liệu năm 2025 trong hồ sơ: Nhỏ." in page
    assert press(client, granted, "show_size", granted.version).status_code == 302
    granted.refresh_from_db()
    assert (granted.shown_size, granted.size_year) == ("small", 2025)
    page, listed, table, past, api, _verify = texts(granted)
    assert "theo số liệu năm 2025, doanh nghiệp tự công khai" in page
    assert "quy mô: Nhỏ" in listed
    assert "quy mô: Nhỏ" in past
    (row,) = csv.DictReader(io.StringIO(table.lstrip("\ufeff")))
    assert row["Quy mô (nếu doanh nghiệp công khai)"] == "Nhỏ"
    assert '"size": "small", "size_year": 2025' in api
    assert 'name="size"' in listed
    assert Client().get(f"{API}?size=small").json()["count"] == 1
    assert Client().get(f"{API}?size=large").json()["count"] == 0
    assert Client().get(f"{API}?size=huge").status_code == 400
    event = Event.objects.filter(subject=granted.subject).latest("pk")
    assert (event.action, event.actor, event.role) == ("show_size", owner_of(granted.party), "owner")

    stale = press(client, granted, "hide_size", granted.version - 1)
    assert stale.status_code == 409
    assert press(client, granted, "hide_size", granted.version).status_code == 302
    assert not any('"size": "small"' in one or "Nhỏ" in one or "quy mô:" in one for one in texts(granted))
    assert Client().get(f"{API}?size=small").json()["count"] == 0


def test_the_filter_lists_only_those_who_show_it(granted: Certificate, officer: Any) -> None:
    certificate(actor=officer, name_vi="Công ty Không Mở")
    assert 'name="size"' not in Client().get(LIST).content.decode(), "nobody shows it: nothing to filter by"
    perform(granted, "show_size", owner_of(granted.party), expected_version=granted.version)
    listed = Client().get(f"{LIST}?size=small").content.decode()
    assert "Công ty TNHH Chè Thử" in listed
    assert "Công ty Không Mở" not in listed
    assert "Công ty Không Mở" in Client().get(LIST).content.decode()


def test_only_its_people_who_may_write_open_it(granted: Certificate, officer: Any) -> None:
    viewer, stranger = UserFactory(), UserFactory()
    Membership.objects.create(party=granted.party, user=viewer, role="viewer", since=clock.today())
    for person in (viewer, stranger, officer):
        with pytest.raises(NotAllowed):
            perform(granted, "show_size", person, expected_version=granted.version)
    page = sign_in(Client(), viewer).get(f"/tai-khoan/giay-chung-nhan/{granted.public_id}/quy-mo/")
    assert "Vai trò của bạn chỉ xem được" in page.content.decode()
    assert press(sign_in(Client(), viewer), granted, "show_size", granted.version).status_code == 200
    assert press(sign_in(Client(), stranger), granted, "show_size", granted.version).status_code == 404
    granted.refresh_from_db()
    assert granted.shown_size == ""


def test_a_size_that_is_not_known_cannot_be_shown(officer: Any) -> None:
    on_paper = certificate(actor=officer)
    owner = UserFactory()
    Membership.objects.create(party=on_paper.party, user=owner, role="owner", since=clock.today())
    with pytest.raises(Invalid):
        perform(on_paper, "show_size", owner, expected_version=on_paper.version)
    page = sign_in(Client(), owner).get(f"/tai-khoan/giay-chung-nhan/{on_paper.public_id}/quy-mo/").content.decode()
    assert "chưa mở được" in page
    with pytest.raises(IntegrityError, match="certificate_size_has_its_year|CHECK"), transaction.atomic():
        Certificate.objects.filter(pk=on_paper.pk).update(shown_size="small")


def test_in_english(granted: Certificate) -> None:
    person = UserFactory(language="en")
    Membership.objects.create(party=granted.party, user=person, role="editor", since=clock.today())
    page = sign_in(Client(), person).get(f"/en/account/certificates/{granted.public_id}/size/").content.decode()
    assert "By the figures of 2025 in the dossier: Small." in page
    perform(granted, "show_size", person, expected_version=granted.version)
    assert "size: Small" in Client().get("/en/st-enterprises/").content.decode()


def test_the_size_is_that_of_the_year_before_the_dossier_was_received(officer: Any) -> None:
    rows = [
        year(2025, insured_workers=300, capital="200000000000", total_revenue="300000000000"),
        year(2024),
        year(2023),
    ]
    found = Certificate.objects.get(dossier=application(granted=True, officer=officer, years=rows))
    done = perform(found, "show_size", owner_of(found.party), expected_version=found.version)
    assert (done.shown_size, done.size_year) == ("large", 2025)
