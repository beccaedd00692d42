"""Art. 68(1) as the reason of an application: asked for, looked at, decided or refused; what is added while old incentives run; and what
is told to who holds a certificate already."""

from datetime import date
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils.translation import override

from portal.goal_ways import ways_of
from registry.certificates import incentives, selectors
from registry.certificates.changing.paper import NEW_INCENTIVES, request_of
from registry.certificates.changing.paper_fields import UNPRINTED, WHOLE, values
from registry.certificates.models import CertifiedProduct, Regime
from registry.core import clock
from registry.core.models.history import Decision
from registry.dossiers import showing, snapshot
from tests.accounts.factories import UserFactory
from tests.certificates.changes import GRANT, REFUSE, act, change, held
from tests.certificates.factories import decide
from tests.dossiers.visitors import at_the_desk, visitor
from tests.st_enterprises.applications import application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

ALONE: dict[str, Any] = {
    "cases": ["transition"],
    "name_vi": "Công ty TNHH Chè Thử",
    "results": [],
    "products": [],
    "plan": False,
}
PLACE = "Cho thời gian còn lại (khoản 1 Điều 68)"


def test_the_new_incentives_alone_are_a_reason_and_the_papers_say_it_in_their_words() -> None:
    made = change(held(is_old=True), valid=True, **ALONE)
    answers = snapshot.last(made)[1]
    version = selectors.version_asked_to_change(made)
    assert version is not None
    assert request_of(version, answers, None).changes.splitlines() == [NEW_INCENTIVES]
    said = values(made, answers)
    assert said["noi_dung_thay_doi"] == UNPRINTED
    assert str(said["uu_dai_va_phan_con_lai"]).endswith(WHOLE)
    desk = at_the_desk().read(f"/quan-tri/ho-so/{made.reference}/")
    assert "xét tất cả điều kiện của Điều 49" in desk
    made = act(made, "change", UserFactory(officer=True), **{**GRANT, "incentives": "nd268"})
    assert Decision.objects.get(subject=made.subject).reason == f"{incentives.CASES[Regime.ND268]}."
    assert version.certificate.versions.get(effective_to=None).incentives == "nd268"


def test_who_asks_for_nothing_else_and_does_not_meet_the_conditions_is_refused_by_that_clause() -> None:
    made = change(held(is_old=True), valid=True, **ALONE)
    desk, here = at_the_desk(), f"/quan-tri/ho-so/{made.reference}/"
    wrong = desk.post(f"{here}change/", {"version": made.version, **GRANT, "incentives": "nd13"})
    assert wrong.status_code == 400
    assert "không đáp ứng đủ điều kiện thì từ chối" in unescape(wrong.content.decode())
    refused = {"version": made.version, **REFUSE, "grounds": ["nd268:68.1"]}
    assert desk.post(f"{here}refuse_change/", refused).status_code == 302
    assert "khoản 1 Điều 68" in Decision.objects.get(subject=made.subject).reason


def test_what_an_enterprise_says_in_its_own_words_is_in_the_draft() -> None:
    found = held(number="07/DNKHCN")
    own = {"cases": ["registration"], "changes": "Thay người đại diện\ntheo pháp luật."}
    made = change(found, valid=True, **{**ALONE, **own})
    said = values(made, snapshot.last(made)[1])
    assert said["noi_dung_thay_doi"] == ("Theo đề nghị của doanh nghiệp: Thay người đại diện theo pháp luật.",)


def test_a_product_added_while_old_incentives_run_has_no_day_and_never_gets_one(client: Client) -> None:
    found = held(is_old=True)
    change(found, changed=True, incentives="nd13")
    assert days(found) == [date(2022, 11, 2), date(2022, 11, 2), None]
    page = visitor(UserFactory()).read(selectors.url_of(selectors.version_of(found), "vi"))
    assert page.count(PLACE) == 1
    assert PLACE in at_the_desk().read(f"/quan-tri/giay-chung-nhan/{found.public_id}/")
    row = client.get("/api/v1/st-enterprises?regime=nd13").json()["results"][0]
    assert [line["incentive_from"] for line in row["products"]] == ["2022-11-02", "2022-11-02", None]
    more = {"name_vi": "Công ty TNHH Chè Thử Mới", "cases": ["list", "transition"], "results": []}
    more["products"] = [{"name": "Chè túi lọc", "result": None, "line": 1}]
    change(found, changed=True, incentives="nd268", **more)
    assert days(found) == [date(2022, 11, 2), date(2022, 11, 2), None, clock.today()]


def test_the_migration_takes_the_day_from_products_added_under_the_old_ones() -> None:
    found = held(is_old=True)
    change(found, changed=True, incentives="nd13")
    CertifiedProduct.objects.filter(incentive_from=None).update(incentive_from=clock.today())
    module = import_module("registry.certificates.migrations.0006_counted_from")
    module.of_products_added_under_the_old_ones(apps, connection)
    assert days(found) == [date(2022, 11, 2), date(2022, 11, 2), None]


def test_its_people_find_the_certificate_and_its_incentives_on_the_page_of_the_dossier() -> None:
    person = UserFactory(language="en")
    found = held(owner=person, is_old=True)
    made = change(found, changed=True, incentives="nd13")
    with override("en"):
        page = visitor(person).read(showing.url(made))
    assert "Incentives under Decree 13/2019/NĐ-CP, for the time that remains" in page


def days(certificate: Any) -> list[date | None]:
    return [line.incentive_from for line in certificate.versions.get(effective_to=None).products.all()]


def test_who_holds_a_certificate_that_stands_is_told_before_applying_for_another_and_so_is_the_department() -> None:
    person = UserFactory()
    found = held(owner=person, is_old=True, number="45/ĐK-DNKHCN")
    way = f"/tai-khoan/thay-doi-giay-chung-nhan/moi/?giay={found.public_id}"
    assert way in visitor(person).read("/tai-khoan/chung-nhan-khcn/moi/")
    assert "khoản 1 Điều 68" in visitor(person).read(way)
    made = application(organisation=found.party, filed=True)
    assert way in visitor(person).read(showing.url(made))
    desk = at_the_desk().read(f"/quan-tri/ho-so/{made.reference}/")
    assert "Doanh nghiệp đang có giấy chứng nhận" in desk
    assert f"/quan-tri/giay-chung-nhan/{found.public_id}/" in desk
    assert way in {one.url for one in ways_of(found.party, UserFactory(), ())[""]}
    decide(found, "cancel", UserFactory(officer=True))
    assert way not in visitor(person).read("/tai-khoan/chung-nhan-khcn/moi/")
    assert "đang có giấy chứng nhận" not in at_the_desk().read(f"/quan-tri/ho-so/{made.reference}/")


def test_the_account_tells_when_the_conditions_are_looked_at_next() -> None:
    person = UserFactory()
    found = held(owner=person, issued=date(2026, 3, 12))
    said = "Kỳ kiểm tra ba năm của Sở (khoản 1 Điều 53): 12/03/2029"
    assert said in visitor(person).read("/tai-khoan/")
    decide(found, "cancel", UserFactory(officer=True))
    assert said not in visitor(person).read("/tai-khoan/")
