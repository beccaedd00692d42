"""The register as anybody reads it: list, page, verification, API, tables, search."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from registry.certificates import selectors
from registry.certificates.deciding import GROUNDS
from registry.certificates.models import Certificate, CertificateVersion, Regime
from search.following import catch_up
from tests.accounts.factories import UserFactory, sign_in
from tests.certificates.factories import certificate, decide
from tests.portal.shareable import assert_shareable

pytestmark = pytest.mark.django_db
Register = Callable[..., Certificate]
LIST, ENGLISH, VERIFY, API = "/doanh-nghiep-khcn/", "/en/st-enterprises/", "/xac-minh/", "/api/v1/certificates"


@pytest.fixture
def entered(officer: Any, django_capture_on_commit_callbacks: Any) -> Register:
    def make(*acts: str, **content: Any) -> Certificate:
        with django_capture_on_commit_callbacks(execute=True):
            found = certificate(actor=officer, **content)
            for act in acts:
                found = decide(found, act, officer, number=f"{found.pk}/{act}")
        return found

    return make


def read(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def page_of(found: Certificate, language: str = "vi") -> str:
    version = selectors.version_of(found)
    assert version is not None
    return selectors.url_of(version, language)


def test_in_the_list_and_on_its_page_in_both_languages(client: Client, entered: Register) -> None:
    found = entered(name_en="Cloud Tea Ltd", short_name="Chè Mây")
    assert "Công ty TNHH Chè Núi Mây" in read(client, LIST)
    assert "Cloud Tea Ltd" in read(client, ENGLISH)
    vietnamese, english = read(client, page_of(found)), read(client, page_of(found, "en"))
    assert all(said in vietnamese for said in ("01/DNKHCN", "Trà vò hai lửa", "Máy vò chè hai tốc độ", "12/03/2026"))
    assert "Cloud Tea Ltd" in english
    assert 'lang="vi" data-label="Products">Trà vò hai lửa' in english
    assert page_of(found, "en").startswith("/en/st-enterprises/che-may-")
    assert client.get(f"{LIST}ten-cu-{found.public_id}/")["Location"] == page_of(found)


def test_pages_are_the_same_for_everybody(entered: Register) -> None:
    found = entered("cancel")
    for url in (
        LIST,
        ENGLISH,
        f"{LIST}?status=cancelled",
        page_of(found),
        VERIFY,
        f"{VERIFY}?so=1/dnkhcn",
        "/en/verify/",
    ):
        assert_shareable(url)


def test_an_ended_one_says_so_everywhere_and_both_truths_where_it_was_cancelled(
    client: Client, entered: Register
) -> None:
    withdrawn, cancelled = entered("notify", "withdraw"), entered("cancel")
    assert "Giấy này đã bị thu hồi" in read(client, page_of(withdrawn))
    page = read(client, page_of(cancelled))
    assert "từ 12/03/2026 đến 27/11/2026" in page
    assert "hoàn trả toàn bộ ưu đãi" in page
    assert "hết ngày 27/12/2026" in page
    assert "Hợp đồng chuyển giao đã hết hạn" not in page  # the reason is told to the enterprise
    earlier = read(client, f"{page_of(cancelled)}?as_of=2026-04-01")
    assert "Giấy này đã bị hủy bỏ hiệu lực" in earlier  # whichever day is read, and never as a withdrawal
    assert "thu hồi" not in earlier.split("<footer")[0]


def test_a_notice_before_a_withdrawal_is_between_the_department_and_the_enterprise(
    client: Client, entered: Register
) -> None:
    found = entered("notify")
    assert "thu hồi" not in read(client, page_of(found)).split("<footer")[0].lower()
    answer = client.get(API, {"number": found.number}).json()
    assert (answer["status"], [one["kind"] for one in answer["decisions"]]) == ("valid", ["grant"])


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", {"Chè", "Sâm", "Gạch"}),
        ("?status=valid", {"Chè", "Sâm"}),
        ("?status=valid&status=cancelled", {"Chè", "Sâm", "Gạch"}),
        ("?regime=nd13", {"Sâm"}),
        ("?sector=services", {"Gạch"}),
        ("?field=ict&field=space", {"Gạch"}),
        ("?year=2019&status=&size=", {"Sâm"}),
        ("?q=gach", {"Gạch"}),
        ("?q=45/dk-dnkhcn", {"Sâm"}),
        ("?as_of=2026-03-11", {"Sâm"}),
        ("?as_of=2026-11-26&status=valid", {"Chè", "Sâm", "Gạch"}),
        ("?status=withdrawn", set()),
    ],
)
def test_filters(client: Client, entered: Register, asked: str, names: set[str]) -> None:
    entered(name_vi="Chè")
    entered(name_vi="Sâm", regime=Regime.ND13, number="45/ĐK-DNKHCN", issued=date(2019, 1, 2))
    entered("cancel", name_vi="Gạch", sector="services", fields=("ict", "biotech"))
    catch_up()
    page = read(client, LIST + asked)
    assert {name for name in ("Chè", "Sâm", "Gạch") if f">{name}</a>" in page} == names
    lines = csv.DictReader(
        io.StringIO(read(client, f"{LIST}{asked}{'&' if asked else '?'}format=csv").lstrip("\ufeff"))
    )
    assert {line["Tên"] for line in lines} == names
    rows = client.get(f"/api/v1/st-enterprises{asked}").json()
    assert ({row["name"]["vi"] for row in rows["results"]}, rows["count"]) == (names, len(names))


def test_counts_of_a_facet_leave_out_its_own_choice(client: Client, entered: Register) -> None:
    entered()
    entered("cancel", sector="services")
    page = read(client, f"{LIST}?status=valid")
    assert 'value="cancelled"><span>Đã hủy bỏ hiệu lực</span><span>1</span>' in page
    assert 'value="services"' not in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?status=lost", "Không có lựa chọn “lost”."),
        ("?year=20x6", "Không có lựa chọn “20x6”."),
        ("?as_of=2027-01-01", "Ngày này chưa đến."),
        ("?as_of=1/2", "Ngày chưa đúng"),
        ("?as_of=1/2&format=csv", "Ngày chưa đúng"),
        ("?ward=03478", "Danh bạ không có bộ lọc này."),
        ("?format=pdf", "Tải về được ba dạng"),
        ("?page=9", "Không có trang 9"),
        ("?page=x", "Số trang “x” không đúng."),
        ("?q=" + "x" * 5000, "200"),
    ],
)
def test_what_the_list_does_not_understand_is_told(client: Client, entered: Register, asked: str, said: str) -> None:
    entered()
    page = read(client, LIST + asked, 400 if "format" in asked else 200)
    assert said in page
    assert "Chè Núi Mây" not in page
    if "page" not in asked and "format" not in asked:
        answer = client.get(f"/api/v1/st-enterprises{asked}")
        assert answer.status_code == 400
        assert answer.json()["error"]["parameter"] == asked[1:].split("=")[0]


def test_verified_by_its_number_in_any_usual_way(client: Client, entered: Register) -> None:
    entered()
    for typed in ("01/DNKHCN", "1/dnkhcn", " 01 / DNKHCN ", "1-DNKHCN"):
        page = read(client, f"{VERIFY}?so={typed}")
        assert "Còn hiệu lực" in page
        assert "Hôm nay, 27/11/2026" in page
    assert "Chưa cấp vào ngày ấy" in read(client, f"{VERIFY}?so=01/DNKHCN&ngay=2026-03-11")


@pytest.mark.parametrize("number", ["99/DNKHCN", "<script>", "'; --", "NEAR(", "\x00", "１/DNKHCN", "/" * 60])
def test_what_is_not_ours_is_said(client: Client, entered: Register, number: str) -> None:
    entered()
    answer = client.get(VERIFY, {"so": number})
    assert answer.status_code in (200, 400)
    assert "Còn hiệu lực" not in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main")[0]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?so=", "Ghi số in trên giấy"),
        ("?so=" + "9" * 61, "Số này dài quá"),
        ("?so=1&ngay=31/02/2026", "Ngày chưa đúng"),
        ("?so=1&ngay=28/11/2026", "Ngày này chưa đến"),
        ("?ngay=2026-01-01", "Ghi số in trên giấy"),
    ],
)
def test_a_question_that_cannot_be_answered_keeps_what_was_typed(client: Client, asked: str, said: str) -> None:
    page = read(client, VERIFY + asked, 400)
    assert said in page
    if "ngay=31" in asked:
        assert "31/02/2026" in page


def test_the_api_answers_for_a_day(client: Client, entered: Register) -> None:
    found = entered("cancel")
    told = client.get(API, {"number": "1/DNKHCN", "on": "2026-11-26"}).json()
    assert told == {
        "status": "valid",
        "on": "2026-11-26",
        "regime": "nd268",
        "first_issued_on": "2026-03-12",
        "decisions": [
            {"number": "", "date": "2026-03-12", "kind": "grant", "ground": "nd268:51.2", "published_from": None, "published_until": None},
            {"number": f"{found.pk}/cancel", "date": "2026-11-27", "kind": "cancel", "ground": "nd268:53.3.b",
             "published_from": "2026-11-27", "published_until": "2026-12-27"},
        ],
    }  # fmt: skip
    assert client.get(API, {"number": "1/DNKHCN"}).json()["status"] == "cancelled"
    unknown = client.get(API, {"number": "99/DNKHCN"}).json()
    assert unknown == {
        "status": "unknown",
        "on": "2026-11-27",
        "regime": None,
        "first_issued_on": None,
        "decisions": [],
    }


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [({}, "number"), ({"number": "1", "on": "27/11/2026"}, "on"), ({"number": "1", "on": "2026-11-28"}, "on"),
     ({"number": " "}, "number"), ({"number": "9" * 61}, "number"), ({"number": "1", "day": "x"}, "day")],
)  # fmt: skip
def test_the_api_says_what_it_does_not_understand(client: Client, asked: dict[str, str], parameter: str) -> None:
    answer = client.get(API, asked)
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == parameter


def test_what_a_ground_is_stands_in_the_documents_of_the_api(client: Client, entered: Register) -> None:
    entered(number="45/ĐK-DNKHCN", issued=date(2022, 11, 2), regime="nd13")
    (old,) = client.get(API, {"number": "45/ĐK-DNKHCN"}).json()["decisions"]
    assert old["ground"] == GROUNDS[Regime.ND13]
    told = read(client, "/api/v1/docs?lang=en")
    assert "Only a grant under Decree 13/2019/NĐ-CP (regime nd13) has a sentence in Vietnamese and no code." in told


def test_found_by_search_with_and_without_marks_by_product_and_number(client: Client, entered: Register) -> None:
    found = entered("cancel", name_vi="Chè Núi Mây", business_number="9900000999")
    catch_up()
    for text in ("che nui may", "trà vò hai lửa", "01/DNKHCN", "1/DNKHCN", "9900 000 999"):
        (hit,) = client.get("/api/v1/search", {"q": text, "kind": "st_enterprise"}).json()["results"]
        assert hit["url"].endswith(page_of(found))
    assert "cancelled" in json.dumps(client.get("/api/v1/search", {"q": "che nui may", "status": "cancelled"}).json())


def test_no_secret_of_the_certificate_leaves_the_house(client: Client, entered: Register) -> None:
    found = entered("cancel", phone="02130000987")
    catch_up()
    urls = [LIST, page_of(found), f"{VERIFY}?so=1/DNKHCN", f"{LIST}?format=csv", f"{LIST}?format=jsonl",
            "/api/v1/st-enterprises", f"{API}?number=1/DNKHCN", "/api/v1/search?q=che"]  # fmt: skip
    for url in urls:
        answer = client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"02130000987" not in body, url


@pytest.mark.parametrize("number", [1, 30])
def test_query_budgets_do_not_grow_with_the_register(
    client: Client, entered: Register, number: int, query_budget: Any
) -> None:
    for _ in range(number):
        found = entered("notify", "withdraw")
    for url in (LIST, f"{LIST}?status=withdrawn&field=biotech", page_of(found), f"{VERIFY}?so={found.number}",
                "/api/v1/st-enterprises", f"{API}?number={found.number}"):  # fmt: skip
        with query_budget(10):
            assert client.get(url).status_code == 200


def test_an_empty_register_says_what_one_can_do(client: Client) -> None:
    assert "Sổ chưa có giấy chứng nhận nào" in read(client, LIST)
    assert CertificateVersion.objects.count() == 0


def test_the_desk_counts_what_holds_by_decree_and_lets_no_stranger_in(client: Client, entered: Register, officer: Any) -> None:  # fmt: skip
    entered("notify")
    entered("cancel", name_vi="Gạch")
    entered(name_vi="Sâm", regime=Regime.ND13, number="45/ĐK-DNKHCN", issued=date(2019, 1, 2))
    assert client.get("/quan-tri/giay-chung-nhan/").status_code == 302
    client.force_login(UserFactory())
    assert client.get("/quan-tri/giay-chung-nhan/").status_code == 403
    page = read(sign_in(Client(), officer), "/quan-tri/giay-chung-nhan/")
    assert "2 giấy<span" in page
    assert "Nghị định 268/2025/NĐ-CP: 1 · Nghị định 13/2019/NĐ-CP: 1" in page
