"""A record, the API and the export as of a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from registry.core import clock
from registry.startups import selectors
from registry.startups.models import Startup
from registry.startups.selectors import Version
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import act, dossier
from tests.portal.shareable import assert_shareable
from tests.startups.factories import decided, sent

pytestmark = pytest.mark.django_db
FIRST, SECOND, TODAY = "2026-03-02", "2026-05-04", "2026-06-10"


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


@pytest.fixture
def startup(freeze: Any) -> Startup:
    """Published in March, changed in May: another name, another phone, one person of the team gone."""
    freeze(f"{FIRST}T09:00")
    team = [{"name": "Lò Thị Mẫu", "role": "Sáng lập"}, {"name": "Người Đã Đi", "role": "Bán hàng"}]
    made = dossier(
        published=True,
        name_vi="Tên Cũ",
        short_name="",
        phone="0911 111 111",
        show_phone=True,
        team=team,
        show_team=True,
    ).startup
    freeze(f"{SECOND}T09:00")
    proposal = sent(made, name_vi="Tên Mới", phone="0922 222 222", team=team[:1])
    decided(proposal, UserFactory(officer=True))
    freeze(f"{TODAY}T09:00")
    return made


def url_of(startup: Startup, language: str = "vi") -> str:
    return selectors.url_of(selectors.profile_of(startup), language)


def test_the_page_says_what_it_said_that_day(startup: Startup) -> None:
    url = url_of(startup)
    page = Client().get(f"{url}?as_of=2026-04-01").content.decode()
    assert "Tên Cũ" in page
    assert "Trang này ghi ngày 01/04/2026" in page
    assert '<meta name="robots" content="noindex, follow">' in page
    assert f'<link rel="canonical" href="http://localhost:8000{url}">' in page
    assert f'href="{url}">Xem trang hôm nay' in page
    assert "application/ld+json" not in page
    today = Client().get(url).content.decode()
    assert "Tên Mới" in today
    assert "Trang này ghi ngày" not in today
    assert "noindex" not in today
    assert f'href="{url}?as_of=2026-03-02" rel="nofollow">Từ 02/03/2026 đến trước 04/05/2026</a>' in today
    assert "This page as of 1 Apr 2026" in Client().get(f"{url_of(startup, 'en')}?as_of=2026-04-01").content.decode()


def test_the_day_of_the_change_is_the_new_version(startup: Startup) -> None:
    url = url_of(startup)
    assert "Tên Cũ" in Client().get(f"{url}?as_of=2026-05-03").content.decode()
    assert "Tên Mới" in Client().get(f"{url}?as_of={SECOND}").content.decode()
    assert "Tên Mới" in Client().get(f"{url}?as_of={TODAY}").content.decode()


def test_people_and_contacts_of_earlier_days_are_shown_only_where_today_shows_them(startup: Startup) -> None:
    page = Client().get(f"{url_of(startup)}?as_of=2026-04-01").content.decode()
    assert "0911111111" not in page
    assert "Người Đã Đi" not in page
    assert "Lò Thị Mẫu" in page
    decided(sent(startup, show_team=False), UserFactory(officer=True))
    assert "Lò Thị Mẫu" not in Client().get(f"{url_of(startup)}?as_of=2026-04-01").content.decode()


def test_an_old_name_leads_to_the_page_and_keeps_the_day(startup: Startup) -> None:
    answer = Client().get(f"/khoi-nghiep/ten-cu-{startup.public_id}/?as_of=2026-04-01")
    assert (answer.status_code, answer["Location"]) == (301, f"{url_of(startup)}?as_of=2026-04-01")
    nasty = Client().get(f"/khoi-nghiep/ten-cu-{startup.public_id}/", {"as_of": "a&b\r\nX: 1"})
    assert "\n" not in nasty["Location"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("01/04/2026", "Ngày chưa đúng, ví dụ 2026-06-30."),
        ("2026-02-30", "Ngày chưa đúng"),
        ("\x00", "Ngày chưa đúng"),
        ("x" * 3000, "Ngày chưa đúng"),
        ("2026-06-11", "Ngày này chưa đến."),
    ],
)
def test_a_day_that_is_none_or_has_not_come_is_told(startup: Startup, given: str, sentence: str) -> None:
    answer = Client().get(url_of(startup), {"as_of": given})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "Xem trang hôm nay" in answer.content.decode()
    heading, other = "Không đọc được ngày trong địa chỉ", "Chưa có trang cho ngày này"
    if "chưa đến" in sentence:
        heading, other = other, heading
    assert heading in answer.content.decode()
    assert other not in answer.content.decode()
    told = Client().get(f"/api/v1/startups/{startup.public_id}", {"as_of": given})
    assert told.status_code == 400
    assert told.json()["error"]["parameter"] == "as_of"
    assert sentence in told.json()["error"]["message"]


def test_a_day_on_which_nothing_was_listed_says_which_days_there_are(startup: Startup) -> None:
    answer = Client().get(f"{url_of(startup)}?as_of=2026-03-01")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Ngày 01/03/2026, “Tên Mới” không có trong danh bạ" in page
    assert "?as_of=2026-03-02" in page


def test_what_was_taken_down_is_not_shown_of_earlier_days(startup: Startup) -> None:
    url = url_of(startup)
    made = startup.dossier
    made.refresh_from_db()
    act(made, "take_down", UserFactory(officer=True), note="Chủ dự án đề nghị.")
    assert Client().get(f"{url}?as_of=2026-04-01").status_code == 410
    assert Client().get(f"/api/v1/startups/{startup.public_id}?as_of=2026-04-01").status_code == 404


def test_the_api_says_what_it_said_that_day(startup: Startup) -> None:
    def asked(day: str = "") -> Any:
        return Client().get(f"/api/v1/startups/{startup.public_id}", {"as_of": day} if day else {})

    assert asked("2026-04-01").json()["name"]["vi"] == "Tên Cũ"
    assert asked(SECOND).json()["name"]["vi"] == "Tên Mới"
    assert asked().json() == asked(TODAY).json()
    assert asked("2026-03-01").status_code == 404
    assert 'name="as_of"' in Client().get("/khoi-nghiep/").content.decode()


def test_list_and_export_say_it_too_and_lead_to_that_day(startup: Startup) -> None:
    for query, said in (("as_of=2026-04-01", "Tên Cũ"), ("", "Tên Mới")):
        answer = Client().get(f"/khoi-nghiep/?format=csv&{query}")
        assert said in b"".join(answer.streaming_content).decode()
        assert Client().get(f"/api/v1/startups?{query}").json()["results"][0]["name"]["vi"] == said
    page = Client().get("/khoi-nghiep/?as_of=2026-04-01").content.decode()
    assert "?as_of=2026-04-01" in page.split('class="records"')[1].split("</article>")[0]


def test_a_version_that_was_replaced_on_its_first_day_is_none(startup: Startup) -> None:
    decided(sent(startup, name_vi="Sáng Nay"), UserFactory(officer=True))
    decided(sent(startup, name_vi="Chiều Nay"), UserFactory(officer=True))
    first, second, today = (clock.today() - timedelta(days=days) for days in (100, 37, 0))
    assert selectors.versions(startup) == [
        Version(today, None),
        Version(second, today),
        Version(first, second),
    ]
    assert startup.profiles.count() == 4


@pytest.mark.parametrize("day", ["2026-04-01", SECOND])
def test_a_page_of_a_day_is_the_same_for_everybody_and_asks_little(
    startup: Startup, day: str, query_budget: Any
) -> None:
    url = f"{url_of(startup)}?as_of={day}"
    assert_shareable(url)
    with query_budget(10):
        Client().get(url)
    with query_budget(10):
        Client().get(url_of(startup))
