"""Under which decree the incentives of a certificate run (Art. 68(1)): asked once of an old certificate, recorded, told everywhere."""

import csv
import io
import json
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from registry.certificates import incentives, selectors
from registry.certificates.changing.paper_fields import ADDED, BY_CASE, OPEN, STAYS
from registry.certificates.models import CertificateVersion, Regime
from registry.core.lifecycle import Invalid
from registry.core.models.history import Decision
from registry.official_papers.letter import Stated
from registry.official_papers.models import OfficialPaper
from registry.official_papers.services import compose
from tests.accounts.factories import UserFactory
from tests.certificates.changes import GRANT, act, change, held
from tests.certificates.factories import certificate, decide
from tests.dossiers.visitors import at_the_desk, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

OLD = "Nghị định 13/2019/NĐ-CP, cho thời gian còn lại (khoản 1 Điều 68 Nghị định 268/2025/NĐ-CP)"
NEW = "Nghị định 268/2025/NĐ-CP, cho thời gian còn lại (khoản 1 Điều 68)"
API, LIST = "/api/v1/st-enterprises", "/doanh-nghiep-khcn/"
ONLY_MOVED: dict[str, Any] = {"cases": ["registration"], "results": [], "products": [], "plan": False}


def by_version(found: Any) -> list[tuple[str, str]]:
    return list(found.versions.order_by("turn").values_list("kind", "incentives"))


def public_page(client: Client, found: Any, language: str = "vi", asked: str = "") -> str:
    version = selectors.version_of(found)
    assert version is not None
    return client.get(selectors.url_of(version, language) + asked).content.decode()


def in_the_table(client: Client) -> str:
    table = b"".join(client.get(f"{LIST}?format=csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    return row["Ưu đãi theo"]


def test_who_meets_the_new_conditions_has_the_new_incentives_from_the_decision_on_and_keeps_them(
    client: Client,
) -> None:
    found = held(is_old=True)
    assert OLD in public_page(client, found)
    assert client.get(API).json()["results"][0]["incentives"] == "nd13"
    made = change(found, valid=True)
    officer = UserFactory(officer=True)
    for wrong in ({}, {"incentives": ""}, {"incentives": "nd80"}):
        with pytest.raises(Invalid, match="một trong hai trường hợp") as refused:
            act(made, "change", officer, **GRANT, **wrong)
        assert set(refused.value.problems) == {"incentives"}
    act(made, "change", officer, **GRANT, incentives="nd268")
    assert by_version(found) == [("first", "nd13"), ("change", "nd268")]
    content = json.loads(Decision.objects.get(subject=made.subject).content)
    assert (content["regime"], content["incentives"]) == ("nd13", "nd268")
    found.refresh_from_db()
    assert found.regime == "nd13"
    assert NEW in public_page(client, found)
    assert OLD in public_page(client, found, asked="?as_of=2026-11-26")
    assert "thời gian còn lại" not in public_page(client, found, asked="?as_of=2025-10-13"), "no law yet"
    said = "Decree 268/2025/NĐ-CP, for the time that remains (clause 1, Article 68)"
    assert said in public_page(client, found, "en")
    row = client.get(API).json()["results"][0]
    assert (row["regime"], row["incentives"], in_the_table(client)) == ("nd13", "nd268", "Nghị định 268/2025/NĐ-CP")
    change(found, changed=True, officer=officer, name_vi="Công ty TNHH Chè Thử Hai", **ONLY_MOVED)
    change(found, reissued=True, officer=officer, name_vi="Công ty TNHH Chè Thử Hai")
    assert [one for _kind, one in by_version(found)] == ["nd13", "nd268", "nd268", "nd268"]


def test_who_does_not_keeps_the_old_ones_and_may_have_the_new_another_time(client: Client) -> None:
    found = held(is_old=True)
    change(found, changed=True, incentives="nd13")
    change(found, reissued=True, name_vi="Công ty TNHH Chè Thử Mới")
    assert by_version(found) == [("first", "nd13"), ("change", "nd13"), ("reissue", "nd13")]
    assert OLD in public_page(client, found)
    change(found, changed=True, incentives="nd268", name_vi="Công ty TNHH Chè Thử Ba", **ONLY_MOVED)
    assert by_version(found)[-1] == ("change", "nd268")


def test_a_new_certificate_is_asked_nothing_and_what_is_sent_all_the_same_is_nothing(client: Client) -> None:
    made = change(held(number="07/DNKHCN"), valid=True)
    desk, here = at_the_desk(), f"/quan-tri/ho-so/{made.reference}/"
    assert 'name="incentives"' not in desk.read(here)
    assert desk.post(f"{here}change/", {"version": made.version, **GRANT, "incentives": "nd13"}).status_code == 302
    found = made.certificate_change.certificate
    assert by_version(found) == [("first", "nd268"), ("change", "nd268")]
    assert "thời gian còn lại" not in public_page(client, found)


def test_the_desk_asks_in_the_words_of_the_law_and_keeps_what_was_typed() -> None:
    made = change(held(is_old=True), valid=True)
    desk, here = at_the_desk(), f"/quan-tri/ho-so/{made.reference}/"
    page = desk.read(here)
    assert page.count('type="radio" name="incentives"') == 2
    assert all(words in page for words in incentives.CASES.values())
    wrong = desk.post(f"{here}change/", {"version": made.version, **GRANT})
    assert wrong.status_code == 400
    assert "Chọn một trong hai trường hợp của khoản 1 Điều 68." in wrong.content.decode()
    assert f'value="{GRANT["number"]}"' in wrong.content.decode()
    wrong = desk.post(f"{here}change/", {"version": made.version, **GRANT, "number": "", "incentives": "nd268"})
    assert 'value="nd268" id="change_incentives_0" required checked' in wrong.content.decode().replace("  ", " ")
    assert desk.post(f"{here}change/", {"version": made.version, **GRANT, "incentives": "nd268"}).status_code == 302
    late = desk.post(f"{here}change/", {"version": made.version, **GRANT, "number": "", "incentives": "nd13"})
    assert late.status_code == 409
    told = unescape(late.content.decode())
    assert incentives.CASES[Regime.ND13] in told, "what a second officer chose meanwhile comes back in words"
    page = desk.read(f"/quan-tri/giay-chung-nhan/{made.certificate_change.certificate.public_id}/")
    assert NEW in page
    assert page.count("ưu đãi theo Nghị định") == 2, "each version with its own"


@pytest.mark.parametrize("kind", ["du-thao-quyet-dinh", "to-trinh"])
def test_a_paper_says_the_case_that_was_chosen_and_has_a_place_for_both_before(kind: str) -> None:
    made = change(held(is_old=True), valid=True)
    desk, here = at_the_desk(), f"/quan-tri/ho-so/{made.reference}/van-ban/{kind}/"
    page = desk.read(here)
    assert OPEN in page
    assert 'name="uu_dai_va_phan_con_lai"' in page
    sent = {"version": made.version, "signing": "CHỦ TỊCH", "y_kien_tham_dinh": "Hồ sơ đáp ứng."}
    assert desk.post(here, {**sent, "uu_dai_va_phan_con_lai": "nd80"}).status_code == 400
    chosen = {**sent, "uu_dai_va_phan_con_lai": "nd268"}
    unsigned = desk.post(here, {**chosen, "number": "7", "signatory": ""})
    assert unsigned.status_code == 400
    assert BY_CASE[Regime.ND268] in unescape(unsigned.content.decode()), (
        "the paper beside the form keeps what was chosen"
    )
    assert desk.post(here, chosen).status_code == 302
    paper = OfficialPaper.objects.get()
    assert paper.values["uu_dai_va_phan_con_lai"].startswith(f"{BY_CASE[Regime.ND268]} {ADDED}")
    for chosen, says in {"": OPEN, "nd13": BY_CASE[Regime.ND13]}.items():
        draft = compose(made, paper.template, Stated(), {"uu_dai_va_phan_con_lai": chosen})
        assert draft.values["uu_dai_va_phan_con_lai"].startswith(says)


@pytest.mark.parametrize("kind", ["du-thao-quyet-dinh", "to-trinh"])
def test_a_paper_asks_nothing_where_there_is_nothing_to_choose(kind: str) -> None:
    desk = at_the_desk()
    found = held(is_old=True)
    change(found, changed=True, incentives="nd268")
    others = {
        STAYS[Regime.ND268]: change(found, valid=True, name_vi="Công ty TNHH Chè Thử Hai", **ONLY_MOVED),
        STAYS[Regime.ND13]: change(held(is_old=True, number="46/ĐK-DNKHCN"), reissue=True, valid=True),
        ADDED: change(held(number="07/DNKHCN"), valid=True),
    }
    for says, made in others.items():
        here = f"/quan-tri/ho-so/{made.reference}/van-ban/{kind}/"
        page = desk.read(here)
        assert says in page
        assert 'name="uu_dai_va_phan_con_lai"' not in page


def test_its_enterprise_reads_it_and_nobody_once_the_certificate_has_ended(client: Client) -> None:
    person = UserFactory(language="en")
    found = held(owner=person, is_old=True)
    said = "Incentives under Decree 13/2019/NĐ-CP, for the time that remains"
    assert said in visitor(person).read("/en/account/")
    decide(found, "cancel", UserFactory(officer=True))
    assert said not in visitor(person).read("/en/account/")
    assert "Ưu đãi theo" not in public_page(client, found)
    assert client.get(API).json()["results"][0]["incentives"] is None
    assert in_the_table(client) == ""


def test_the_migration_gives_every_version_the_decree_of_its_certificate(officer: Any) -> None:
    old, new = certificate(actor=officer, regime="nd13", number="45/ĐK-DNKHCN"), certificate(actor=officer)
    CertificateVersion.objects.update(incentives="nd268")
    import_module("registry.certificates.migrations.0005_incentives").of_old_certificates(apps, connection)
    assert (by_version(old), by_version(new)) == ([("first", "nd13")], [("first", "nd268")])
