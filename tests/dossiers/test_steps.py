"""A step keeps what is typed, says what is wrong, and refuses what does not belong there."""

import gzip
import re
import unicodedata
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from registry.dossiers.models import Dossier
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier
from tests.dossiers.visitors import Visitor, visitor
from tests.parties.factories import party

pytestmark = pytest.mark.django_db


def there(made: Dossier, step: str = "") -> str:
    return f"/tai-khoan/khoi-nghiep/{made.reference}/{step}/" if step else f"/tai-khoan/khoi-nghiep/{made.reference}/"


def post(client: Client, made: Dossier, step: str, follow: bool = False, **data: Any) -> Any:
    made.refresh_from_db()
    return client.post(there(made, step), {"seen": made.answers_version, **data}, follow=follow)


@pytest.fixture
def draft(founder: Visitor) -> Dossier:
    return dossier(owner=founder.user, empty=True)


def test_a_draft_demands_nothing(founder: Visitor, draft: Dossier) -> None:
    for step, after in (
        ("ten", "tru-so"),
        ("tru-so", "nganh"),
        ("nganh", "du-an"),
        ("du-an", "doi-ngu"),
        ("doi-ngu", "tep"),
    ):
        assert post(founder, draft, step)["Location"] == there(draft, after)


def test_what_is_wrong_is_said_above_and_at_the_field_and_kept(founder: Visitor, draft: Dossier) -> None:
    response = post(founder, draft, "tru-so", phone="12", registered_on="32/13/2023", address="Bản Mới")
    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Lỗi: Trụ sở và người đại diện, bước 2 trên 7" in text
    assert '<a href="#id_phone">' in text
    assert '<a href="#id_registered_on">' in text
    assert text.count("Số điện thoại chưa đúng, ví dụ 0912 345 678 hoặc 0213 3876 543.") == 2
    assert 'value="32/13/2023"' in text
    draft.refresh_from_db()
    assert draft.answers["phone"] == "12"
    assert draft.answers["address"] == "Bản Mới"
    assert 'value="32/13/2023"' in founder.read(there(draft, "tru-so"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x" * 5000, "x" * 5000),
        ("a\x00b", "ab"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (unicodedata.normalize("NFD", "Trà cổ thụ"), "Trà cổ thụ"),
        ("'; DROP TABLE x; --", "'; DROP TABLE x; --"),
        ("  Trà \t cổ\u200b thụ  ", "Trà cổ thụ"),
    ],
    ids=["5000 letters", "NUL", "HTML", "NFD", "quotes", "blanks"],
)
def test_strange_text_is_kept_clean_and_harmless(founder: Visitor, draft: Dossier, typed: str, kept: str) -> None:
    response = post(founder, draft, "ten", name_vi=typed)
    assert response.status_code in (200, 302)
    draft.refresh_from_db()
    assert draft.answers["name_vi"] == kept
    shown = founder.read(there(draft, "ten"))
    assert "<script>alert" not in shown
    assert "<script>alert" not in founder.read(there(draft))
    assert "<script>alert" not in founder.read(there(draft, "kiem-tra"))


def test_a_limit_counts_letters_not_their_marks(founder: Visitor, draft: Dossier) -> None:
    assert post(founder, draft, "ten", name_vi=unicodedata.normalize("NFD", "ế" * 200)).status_code == 302
    assert "200" in post(founder, draft, "ten", name_vi="ế" * 201).content.decode()


def test_no_browser_cuts_what_is_pasted(founder: Visitor, draft: Dossier) -> None:
    for step in ("ten", "tru-so", "nganh", "du-an", "doi-ngu"):
        fields = re.findall(r"<(?:input|textarea)[^>]*maxlength[^>]*>", founder.read(there(draft, step)))
        assert [field for field in fields if '-q"' not in field] == []  # but for the box that looks for a choice


def test_a_number_of_people_may_be_in_groups(founder: Visitor, draft: Dossier) -> None:
    post(founder, draft, "doi-ngu", **{"staff-0-year": "2025", "staff-0-people": "1.000"})
    draft.refresh_from_db()
    assert draft.answers["staff"] == [{"year": 2025, "people": 1000}]
    assert 'name="staff-0-people" value="1.000"' in founder.read(there(draft, "doi-ngu"))


def test_a_stale_page_loses_nothing_and_saving_again_wins(founder: Visitor, draft: Dossier) -> None:
    post(founder, draft, "ten", name_vi="Của đồng nghiệp")
    stale = founder.post(there(draft, "ten"), {"seen": 0, "name_vi": "Của tôi"})
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "vừa được lưu ở nơi khác" in text
    assert 'value="Của tôi"' in text
    draft.refresh_from_db()
    assert draft.answers["name_vi"] == "Của đồng nghiệp"
    assert f'name="seen" value="{draft.answers_version}"' in text
    assert post(founder, draft, "ten", name_vi="Của tôi").status_code == 302
    draft.refresh_from_db()
    assert draft.answers["name_vi"] == "Của tôi"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "１"])
def test_a_version_that_is_none_is_a_stale_one(founder: Visitor, draft: Dossier, seen: str) -> None:
    response = founder.post(there(draft, "ten"), {"seen": seen, "name_vi": "Tên"})
    assert response.status_code == 409
    assert 'value="Tên"' in response.content.decode()


def test_autosave_answers_in_json(founder: Visitor, draft: Dossier) -> None:
    told = post(founder, draft, "tru-so", autosave="1", phone="12").json()
    assert told["version"] == 1
    assert told["errors"] == {"phone": ["Số điện thoại chưa đúng, ví dụ 0912 345 678 hoặc 0213 3876 543."]}
    assert told["saved_at"]
    stale = founder.post(there(draft, "tru-so"), {"seen": 0, "autosave": "1", "phone": "0912345678"})
    assert stale.status_code == 409
    assert stale.json()["version"] == 1
    draft.refresh_from_db()
    assert draft.answers["phone"] == "12"


def test_pausing_saves_too(founder: Visitor, draft: Dossier) -> None:
    assert post(founder, draft, "ten", name_vi="Dở dang", _pause="1")["Location"] == there(draft)
    assert "Dở dang" in founder.read(there(draft))


def test_errors_from_the_check_page_are_shown_with_what_is_missing(founder: Visitor, draft: Dossier) -> None:
    assert "Nhập tên dự án bằng tiếng Việt." not in founder.read(there(draft, "ten"))
    assert "Nhập tên dự án bằng tiếng Việt." in founder.read(f"{there(draft, 'ten')}?check=1")


# --- rows


def test_one_more_row_without_javascript(founder: Visitor, draft: Dossier) -> None:
    text = post(founder, draft, "doi-ngu", **{"team-0-name": "Lò Thị Mẫu", "_more": "team"}).content.decode()
    assert 'name="team-0-name" value="Lò Thị Mẫu"' in text
    assert 'name="team-1-name"' in text
    assert 'name="team-2-name"' not in text
    empty = {"team-0-name": "Lò Thị Mẫu", "team-1-name": "", "_more": "team"}
    text = post(founder, draft, "doi-ngu", **empty).content.decode()
    assert 'name="team-2-name"' in text
    assert 'name="team-3-name"' not in text
    assert text.count("autofocus") == 1


def test_a_row_is_left_out_and_others_move_up(founder: Visitor, draft: Dossier) -> None:
    rows = {"team-0-name": "Một", "team-0-drop": "on", "team-1-name": "Hai"}
    assert post(founder, draft, "doi-ngu", **rows).status_code == 302
    draft.refresh_from_db()
    assert [row["name"] for row in draft.answers["team"]] == ["Hai"]


def test_a_mistake_in_a_row_is_found_in_its_cell(founder: Visitor, draft: Dossier) -> None:
    rows = {"capital-0-round": "own", "capital-0-year": "năm ngoái", "capital-0-amount": "nhiều"}
    text = post(founder, draft, "doi-ngu", **rows).content.decode()
    assert '<a href="#id_capital-0-year">' in text
    assert 'id="id_capital-0-year_error"' in text
    assert 'value="nhiều"' in text
    draft.refresh_from_db()
    assert draft.answers["capital"][0]["amount"] == "nhiều"
    assert "Vốn tự có, năm ngoái, nhiều" in founder.read(there(draft, "kiem-tra"))


def test_a_part_of_a_dong_is_told_and_never_read_as_more_dong(founder: Visitor, draft: Dossier) -> None:
    rows = {"support-0-name": "Gói thử", "support-0-year": "2025", "support-0-amount": "20000000,5"}
    assert "Số tiền là số đồng" in post(founder, draft, "doi-ngu", **rows).content.decode()
    assert post(founder, draft, "doi-ngu", **rows | {"support-0-amount": "1,25 tỷ"}).status_code == 302
    assert "1.250.000.000 đồng" in founder.read(there(draft, "kiem-tra"))


def test_half_a_row_is_fine_in_a_draft_and_told_before_sending(founder: Visitor, draft: Dossier) -> None:
    assert post(founder, draft, "doi-ngu", **{"staff-0-year": "2025"}).status_code == 302
    assert "Dòng 1, Số người làm" in founder.read(there(draft, "kiem-tra"))


def test_too_many_rows_are_not_taken(founder: Visitor, draft: Dossier) -> None:
    rows = {f"staff-{n}-year": "2025" for n in range(40)} | {f"staff-{n}-people": "1" for n in range(40)}
    assert "Nhiều nhất 5 dòng." in post(founder, draft, "doi-ngu", **rows).content.decode()


# --- choices found by a search


def test_finding_an_industry_without_javascript(founder: Visitor, draft: Dossier) -> None:
    text = post(founder, draft, "nganh", **{"industries-q": "trong che", "_find": "industries"}).content.decode()
    assert "Trồng cây chè" in text
    value = text.split('name="industries" value="')[1].split('"')[0]
    both = {"industries": [value], "industries-q": "phan mem", "_find": "industries", "sector": "services"}
    text = post(founder, draft, "nganh", **both).content.decode()
    assert f'value="{value}" checked' in text
    draft.refresh_from_db()
    assert draft.answers["industries"] == [value]
    assert draft.answers["sector"] == "services"


def test_enter_in_the_search_box_searches(founder: Visitor, draft: Dossier) -> None:
    assert "Trồng cây chè" in post(founder, draft, "nganh", **{"industries-q": "che", "_enter": "1"}).content.decode()
    assert post(founder, draft, "nganh", **{"industries-q": "", "_enter": "1"}).status_code == 302


def test_the_fragment_is_the_same_part_of_the_page(founder: Visitor, draft: Dossier) -> None:
    whole = post(founder, draft, "nganh", **{"industries-q": "che", "_find": "industries"}).content.decode()
    part = founder.read(f"{there(draft, 'nganh')}?fragment=industries&industries-q=che").strip()
    assert part in whole
    assert founder.get(f"{there(draft, 'nganh')}?fragment=name_vi").status_code == 404


@pytest.mark.parametrize("query", ["", "%", "'", '"<b>', "\x00", "x" * 5000, "NEAR("])
def test_any_search_is_answered(founder: Visitor, draft: Dossier, query: str) -> None:
    response = founder.get(there(draft, "nganh"), {"fragment": "industries", "industries-q": query})
    assert response.status_code == 200
    assert "<b>" not in response.content.decode()


def test_an_industry_that_does_not_exist(founder: Visitor, draft: Dossier) -> None:
    text = post(founder, draft, "nganh", industries=["2025:9999"]).content.decode()
    assert "Ngành 9999 không có trong danh mục." in text


def test_the_page_of_industries_is_light(founder: Visitor, draft: Dossier) -> None:
    static = settings.BASE_DIR / "static"
    parts = [founder.get(there(draft, "nganh")).content]
    parts += [
        (static / name).read_bytes()
        for name in ("css/look.css", "css/account.css", "js/display.js", "js/form.js", "js/chooser.js")
    ]
    assert sum(len(gzip.compress(part, 9)) for part in parts) <= 60 * 1024
    assert (static / "js/form.js").stat().st_size <= 3 * 1024


# --- who may


STEPS = ["ten", "tru-so", "nganh", "du-an", "doi-ngu", "tep", "kiem-tra"]


@pytest.mark.parametrize("step", ["", *STEPS, "rut"])
def test_a_dossier_of_others_is_not_there(stranger: Visitor, draft: Dossier, step: str) -> None:
    assert stranger.get(there(draft, step)).status_code == 404
    assert stranger.post(there(draft, step), {"seen": 0, "name_vi": "x"}).status_code in (404, 405)
    draft.refresh_from_db()
    assert draft.answers == {}


@pytest.mark.parametrize("step", ["", *STEPS])
def test_nobody_without_an_account(draft: Dossier, step: str) -> None:
    response = Client().get(there(draft, step))
    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/dang-nhap/")


def test_an_officer_is_no_applicant(draft: Dossier) -> None:
    sent = dossier(submitted=True)
    assert visitor(UserFactory(officer=True)).get(there(sent)).status_code == 404


@pytest.mark.parametrize("step", STEPS)
def test_a_viewer_reads_and_does_not_write(founder: Visitor, step: str) -> None:
    reader = UserFactory()
    made = dossier(
        owner=founder.user, organisation=party("Hợp tác xã", owner=founder.user, members={"viewer": [reader]})
    )
    client = visitor(reader)
    text = client.read(there(made, step))
    assert "Bạn là người xem" in text
    assert "Lưu và tiếp tục" not in text
    before = dict(made.answers)
    response = client.post(there(made, step), {"seen": made.answers_version, "name_vi": "Khác", "_send": "1"})
    assert response.status_code == 403
    assert "Bạn là người xem" in response.content.decode()
    told = client.post(there(made, step), {"autosave": "1"})
    assert told.status_code == 403
    assert "error" in told.json()
    made.refresh_from_db()
    assert made.answers == before
    assert made.state == "draft"


def test_an_unknown_step(founder: Visitor, draft: Dossier) -> None:
    assert founder.get(there(draft, "khong-co")).status_code == 404


def test_a_heavy_form_gets_a_sentence(founder: Visitor, draft: Dossier) -> None:
    body = "name_vi=" + "x" * (3 * 1024**2)
    response = founder.post(there(draft, "ten"), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "dài quá mức" in response.content.decode()


# --- supplement


def test_only_marked_fields_are_open(founder: Visitor) -> None:
    made = dossier(
        owner=founder.user, supplement=True, remarks={"field:pitch_vi": "Rõ hơn.", "field:capital": "Số nào đúng?"}
    )
    text = founder.read(there(made, "doi-ngu"))
    assert "Số nào đúng?" in text
    assert "capital-0-amount" in text
    assert "team-0-name" not in text
    refused = founder.get(there(made, "tru-so"), follow=True)
    assert "không yêu cầu bổ sung ở bước này" in refused.content.decode()


@pytest.mark.parametrize(
    "forged", [{"name_vi": "Khác"}, {"team-0-name": "Khác"}, {"show_email": ""}, {"truthful": "on"}]
)
def test_a_forged_field_is_refused_whole(founder: Visitor, forged: dict[str, str]) -> None:
    made = dossier(owner=founder.user, supplement=True)
    response = post(founder, made, "ten", pitch_vi="Mới", **forged)
    assert response.status_code == 403
    text = response.content.decode()
    assert "Chỉ sửa được những mục Sở yêu cầu bổ sung." in text
    assert "Mới" in text
    before = made.answers
    made.refresh_from_db()
    assert made.answers == before


@pytest.mark.parametrize("traits", [{"submitted": True}, {"refused": True}, {"withdrawn": True}, {"published": True}])
def test_a_closed_dossier_says_so(founder: Visitor, traits: dict[str, bool]) -> None:
    made = dossier(owner=founder.user, **traits)
    before = made.answers
    for step in STEPS:
        answer = post(founder, made, step, name_vi="Khác", follow=True)
        assert answer.redirect_chain[-1][0] == there(made)
        assert "không sửa được" in answer.content.decode()
        assert founder.post(there(made, step), {"autosave": "1"}).status_code == 409
    made.refresh_from_db()
    assert made.answers == before
