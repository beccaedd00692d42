"""The directory as anybody reads it."""

import csv
import io
import json
import re
from collections import Counter
from datetime import timedelta
from importlib import import_module

import openpyxl
import pytest
from django.apps import apps
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.core import clock
from registry.core.fields import Sector, TechnologyField
from registry.startups import selectors
from registry.startups.confirmations import Confirmation
from registry.startups.filters import StartupFilter
from registry.startups.models import Profile, Stage
from registry.startups.search_source import refresh
from search.following import catch_up
from search.models import SearchEntry
from tests.dossiers.factories import dossier
from tests.startups.factories import copies

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(django_capture_on_commit_callbacks):
    def make(**traits):
        with django_capture_on_commit_callbacks(execute=True):
            made = dossier(published=True, **traits)
        return made.startup

    return make


def url_of(startup, language="vi"):
    return selectors.url_of(selectors.profile_of(startup), language)


def test_a_published_startup_is_listed_in_both_languages(client, listed):
    startup = listed(name_vi="Sâm Núi Mờ", short_name="", name_en="Misty Ginseng")
    vietnamese, english = client.get("/khoi-nghiep/"), client.get("/en/startups/")
    assert "Sâm Núi Mờ" in vietnamese.content.decode()
    assert "Misty Ginseng" in english.content.decode()
    assert url_of(startup).startswith("/khoi-nghiep/sam-nui-mo-")
    assert url_of(startup, "en").startswith("/en/startups/sam-nui-mo-")


def test_text_without_marks_finds_it_and_a_filter_narrows(client, listed):
    listed(name_vi="Sâm Núi Mờ", sector="agriculture")
    listed(name_vi="Trạm đo sương", sector="services")
    page = client.get("/khoi-nghiep/?q=sam+nui").content.decode()
    assert "Sâm Núi Mờ" in page
    assert "Trạm đo sương" not in page
    page = client.get("/khoi-nghiep/?sector=services").content.decode()
    assert "Trạm đo sương" in page
    assert "Sâm Núi Mờ" not in page


@pytest.mark.parametrize(
    "query", ["ward=99999", "year=abc", "sector=x", "stage='", "as_of=31/12/2026", "loc=1", "field=%00"]
)
def test_an_invalid_filter_is_told_and_nothing_is_listed(client, listed, query):
    listed(name_vi="Sâm Núi Mờ")
    answer = client.get(f"/khoi-nghiep/?{query}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "Sâm Núi Mờ" not in page


def test_a_filter_that_is_refused_is_called_as_the_page_calls_it(client):
    assert "<b>Xã, phường</b>: Không có lựa chọn “99999”." in client.get("/khoi-nghiep/?ward=99999").content.decode()
    assert "<b>Ward or commune</b>" in client.get("/en/startups/?ward=99999").content.decode()


@pytest.mark.parametrize("query", ["ward=99999", "year=abc", "sector=x", "as_of=31/12/2026", "loc=1", "cursor=x"])
def test_the_api_answers_400_with_the_parameter(client, listed, query):
    listed()
    answer = client.get(f"/api/v1/startups?{query}")
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["parameter"] == query.split("=")[0]
    assert error["message"]


def test_the_api_gives_the_public_shape(client, listed):
    startup = listed(name_vi="Sâm Núi Mờ", name_en="", sector="agriculture")
    answer = client.get("/api/v1/startups?sector=agriculture&lang=en").json()
    assert answer["count"] == 1
    assert answer["next"] is None
    row = answer["results"][0]
    assert set(row) == {
        "id", "slug", "url", "name", "ward", "sector", "fields", "stage", "status", "published_on", "confirmed_on",
    }  # fmt: skip
    assert row["id"] == startup.public_id
    assert row["name"] == {"vi": "Sâm Núi Mờ", "en": None}
    assert row["url"].startswith("/en/startups/")
    detail = client.get(f"/api/v1/startups/{startup.public_id}").json()
    assert detail["tax_code"].isdigit()
    assert client.get("/api/v1/startups/00000000").status_code == 404


def test_the_documents_name_every_code_of_the_directory_in_words_of_their_language(client):
    vietnamese, english = (client.get(f"/api/v1/docs?lang={lang}").content.decode() for lang in ("vi", "en"))
    for code in (*TechnologyField.values, *Sector.values, *Stage.values):
        assert re.search(rf"[ ,]{code}[,;]", vietnamese)
        assert re.search(rf"[ ,]{code}[,;]", english)
    assert "mới vào đứng trước" in vietnamese
    assert "newest first" in english
    assert "newest first" not in vietnamese


def test_a_cursor_belongs_to_its_question(client, listed, monkeypatch):
    monkeypatch.setattr("registry.startups.open_lists.SIZE", 1)
    first, second = listed(), listed()
    answer = client.get("/api/v1/startups").json()
    assert [row["id"] for row in answer["results"]] == [second.public_id]
    following = client.get(answer["next"]).json()
    assert [row["id"] for row in following["results"]] == [first.public_id]
    assert following["next"] is None
    assert client.get(answer["next"] + "&sector=services").status_code == 400


def test_the_site_search_counts_it_under_every_group(client, listed):
    profile = selectors.profile_of(listed(name_vi="Sâm Núi Mờ", sector="agriculture", stage="trial"))
    asked = {
        "field": [row.field for row in profile.fields.all()][0],
        "sector": "agriculture",
        "ward": profile.ward.code,
        "status": "listed",
        "stage": "trial",
        "year": str(profile.year),
    }
    answer = client.get("/api/v1/search", {"q": "sam nui mo", **asked}).json()
    assert answer["count"] == 1
    assert {group: answer["facets"][group][0]["value"] for group in asked} == asked
    assert answer["facets"]["status"][0]["label"] == "Đang trong danh bạ"


def test_startups_indexed_before_get_their_status(listed):
    startup = listed()
    entries = SearchEntry.objects.filter(kind="startup", ref=startup.public_id)
    whole = entries.first().facets
    entries.update(facets={group: codes for group, codes in whole.items() if group != "status"})
    import_module("registry.startups.migrations.0003_status_of_entries").add_status(apps, None)
    assert entries.first().facets == whole
    assert set(entries.values_list("seq", flat=True)) == {None}


def test_facets_are_what_counting_one_by_one_gives(listed):
    """Each facet leaves out its own choice; the count and the page leave out none."""
    copies(listed(name_vi="Sâm Núi Mờ", sector="agriculture", stage="idea"), 24)
    listed(name_vi="Trạm đo sương", sector="services", stage="growth")
    late = selectors.held(clock.today()).values_list("startup")[:7]
    Confirmation.objects.filter(startup__in=late).update(
        confirmed_on=clock.today() - timedelta(days=400), due_on=clock.today() - timedelta(days=35)
    )
    all_rows = list(selectors.in_force())
    has = {
        "field": lambda row: {one.field for one in row.fields.all()},
        "sector": lambda row: {row.sector},
        "ward": lambda row: {row.ward.code},
        "stage": lambda row: {row.stage},
        "confirmation": lambda row: {row.confirmation_state},
        "year": lambda row: {str(row.year)},
    }
    for asked in (
        "",
        "sector=services&stage=idea",
        "field=biotech&field=ict&confirmation=overdue",
        "confirmation=current&sector=agriculture",
        "confirmation=current&confirmation=overdue",
        "q=tram+do",
        f"year=1999&ward={all_rows[0].ward.code}",
    ):
        query = QueryDict(asked)
        filters = StartupFilter(query, queryset=Profile.objects.none())
        assert filters.is_valid()
        listing = selectors.Listing(filters, "vi")
        base = [row for row in all_rows if "q" not in query or row.name_vi == "Trạm đo sương"]
        met = {
            name: [row for row in base if all(not query.getlist(n) or has[n](row) & {*query.getlist(n)} for n in has if n != name)]
            for name in (*has, "")
        }  # fmt: skip
        assert listing.count() == len(met[""])
        assert [row.pk for row in listing.page(1, 50)] == [row.pk for row in met[""]]
        for facet in listing.facets():
            slowly = Counter(value for row in met[facet.name] for value in has[facet.name](row))
            assert {one.value: one.count for one in facet.choices if one.count} == slowly


def test_csv_is_whole_and_safe_for_spreadsheets(client, listed):
    listed(name_vi="=cmd|' /C calc'!A0", short_name="")
    listed(name_vi="Chè Tà Mùng")
    answer = client.get("/khoi-nghiep/?format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert len(rows) == 3
    assert {row[1] for row in rows[1:]} == {"'=cmd|' /C calc'!A0", "Chè Tà Mùng"}


def test_xlsx_and_json_lines_hold_the_same_rows(client, listed):
    listed(name_vi="=1+1", short_name="", name_en="", sector="services")
    listed(name_vi="Chè Tà Mùng", name_en="Ta Mung Tea", sector="services")
    listed(name_vi="Không phải dịch vụ", sector="agriculture")
    workbook = b"".join(client.get("/en/startups/?format=xlsx&sector=services").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    lines = b"".join(client.get("/en/startups/?format=jsonl&sector=services").streaming_content).decode().splitlines()
    assert [cell.value for cell in sheet[1]][:2] == ["Id", "Name"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [json.loads(line)["name"] for line in lines]
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {"=1+1", "Ta Mung Tea"}
    assert all(row[1].data_type == "s" for row in sheet.iter_rows(min_row=2))


def test_the_download_keeps_the_filters_and_the_day(client, listed):
    with clock.at(clock.now() - timedelta(days=10)):
        listed(name_vi="Đăng sớm", sector="services")
    listed(name_vi="Đăng muộn", sector="services")
    day = (clock.today() - timedelta(days=5)).isoformat()
    page = client.get(f"/khoi-nghiep/?as_of={day}&sector=services&page=1").content.decode()
    address = f"?as_of={day}&sector=services&format=jsonl"
    assert f'href="{address.replace("&", "&amp;")}" download' in page
    rows = b"".join(client.get(f"/khoi-nghiep/{address}").streaming_content).decode().splitlines()
    assert [json.loads(row)["name"] for row in rows] == ["Đăng sớm"]


def test_a_text_search_is_downloaded_in_its_order(client, listed):
    for name in ("Sâm Núi Mờ", "Trạm đo sương", "Sâm Núi Cao"):
        listed(name_vi=name, short_name="")
    filters = StartupFilter(QueryDict("q=sam+nui"), queryset=Profile.objects.none())
    assert filters.is_valid()
    listing = selectors.Listing(filters, "vi")
    assert [row.pk for batch in listing.batches(1) for row in batch] == [row.pk for row in listing.page(1, 20)]


def test_the_record_redirects_an_old_name_and_says_who_took_it_down(client, listed, django_capture_on_commit_callbacks):
    startup = listed(name_vi="Sâm Núi Mờ", short_name="")
    old = client.get(f"/khoi-nghiep/ten-cu-{startup.public_id}/")
    assert (old.status_code, old["Location"]) == (301, url_of(startup))
    assert client.get("/khoi-nghiep/sam-nui-mo-00000000/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        gone = dossier(taken_down=True, name_vi="Đã gỡ rồi", short_name="")
    answer = client.get(f"/khoi-nghiep/da-go-roi-{gone.startup.public_id}/")
    assert answer.status_code == 410
    assert "Sở Khoa học và Công nghệ" in answer.content.decode()
    assert clock.today().strftime("%d/%m/%Y") in answer.content.decode()
    assert "Đã gỡ rồi" not in client.get("/khoi-nghiep/").content.decode()


def test_json_ld_names_the_organisation_and_cannot_end_its_element(client, listed):
    startup = listed(name_vi="</script><b>Chè", short_name="")
    page = client.get(url_of(startup)).content.decode()
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "Organization"
    assert data["name"] == "</script><b>Chè"
    assert data["foundingDate"] == "2023-05-12"
    assert data["address"]["addressRegion"] == "Lai Châu"
    assert data["identifier"][0]["value"] == startup.public_id


def test_what_is_not_consented_to_is_nowhere(client, listed):
    startup = listed(
        representative="Canarý Đại Diện",
        identity_number="099999999991",
        phone="0987654321",
        email="canary@kin.example",
        show_email=False,
        team=[{"name": "Canary Đội Ngũ", "role": ""}],
        capital=[{"round": "own", "year": 2024, "amount": "777777123"}],
    )
    catch_up()
    public_id = startup.public_id
    addresses = [
        url_of(startup),
        url_of(startup, "en"),
        "/khoi-nghiep/",
        "/khoi-nghiep/?format=csv",
        f"/api/v1/startups/{public_id}",
        "/api/v1/startups",
        "/tim-kiem/?q=canary",
        "/api/v1/search?q=canary",
        "/sitemap-startups.xml",
    ]
    for address in addresses:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for canary in (
            "Đại Diện",
            "099999999991",
            "0987654321",
            "canary@kin.example",
            "Canary Đội Ngũ",
            "777777123",
            "777.777.123",
        ):
            assert canary not in body.decode(), (address, canary)


def test_as_of_asks_what_the_directory_said_on_a_day(client, listed, django_capture_on_commit_callbacks):
    today = clock.today()
    with clock.at(clock.now() - timedelta(days=10)):
        early = listed(name_vi="Đăng sớm")
    late = listed(name_vi="Đăng muộn")
    earlier = (today - timedelta(days=5)).isoformat()
    ids = {row["id"] for row in client.get(f"/api/v1/startups?as_of={earlier}").json()["results"]}
    assert ids == {early.public_id}
    assert {row["id"] for row in client.get("/api/v1/startups").json()["results"]} == {early.public_id, late.public_id}


def test_the_day_is_chosen_and_left_on_the_page(client, listed):
    with clock.at(clock.now() - timedelta(days=10)):
        listed(name_vi="Đăng sớm", sector="agriculture")
    day = (clock.today() - timedelta(days=5)).isoformat()
    page = client.get(f"/khoi-nghiep/?as_of={day}&sector=agriculture").content.decode()
    assert f'name="as_of" type="date" value="{day}"' in page
    assert '<a class="tag" href="/khoi-nghiep/?sector=agriculture">tại ngày' in page
    assert 'name="as_of" type="date" value=""' in client.get("/khoi-nghiep/").content.decode()


def test_nobody_knows_what_the_directory_will_say(client, listed):
    listed(name_vi="Sâm Núi Mờ")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert "Ngày này chưa đến." in client.get(f"/khoi-nghiep/?as_of={tomorrow}").content.decode()
    assert client.get(f"/api/v1/startups?as_of={tomorrow}").json()["error"]["parameter"] == "as_of"
    assert client.get(f"/api/v1/startups?as_of={clock.today()}").json()["count"] == 1


@pytest.mark.parametrize(
    "address",
    [
        "/khoi-nghiep/",
        "/khoi-nghiep/?q=che&sector=agriculture&stage=customers&ward=03408",
        "detail",
        "/api/v1/startups",
        "csv",
    ],
)
def test_the_number_of_queries_is_the_same_for_ten_and_a_thousand(listed, address):
    """Budget 10; what grows with the register is the work of the database, not the number of questions."""
    startup = listed(name_vi="Chè Một")
    where = {"detail": url_of(startup), "csv": "/khoi-nghiep/?format=csv&sector=services"}.get(address, address)

    def cost():
        Client().get(where)
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(where)
            assert answer.status_code == 200
            if answer.streaming:
                list(answer.streaming_content)
        return [query["sql"] for query in queries]

    for one in copies(startup, 9):
        refresh(one)
    catch_up()
    few = cost()
    for one in copies(startup, 990)[:50]:
        refresh(one)
    catch_up()
    many = cost()
    assert len(many) <= 10, "\n".join(many)
    assert len(many) == len(few), "\n".join(many)
