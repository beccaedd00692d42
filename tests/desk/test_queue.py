"""The queue: in which order, whose, narrowed how, and at what price."""

import json

import pytest
from django.test import Client

from registry.dossiers.models import Dossier
from tests.accounts.factories import UserFactory
from tests.desk.conftest import QUEUE
from tests.desk.pages import references, words
from tests.dossiers.factories import act, dossier
from tests.parties.factories import party

MOST_QUERIES = 25


@pytest.fixture
def laid_out(freeze, officer, officer2) -> dict[str, str]:
    """One dossier of each sort, with its reference, at 09:00 on 14 October 2026."""
    made = {}
    freeze("2026-10-01T09:00")
    made["overdue"] = dossier(submitted=True, name_vi="Chè Shan tuyết số")
    made["refused"] = dossier(refused=True, officer=officer2, name_vi="Bị từ chối")
    freeze("2026-10-07T09:00")
    made["today"] = dossier(submitted=True, name_vi="Sâm Lai Châu")
    act(made["today"], "assign", officer, assignee=officer.pk)
    freeze("2026-10-12T09:00")
    made["later"] = dossier(
        submitted=True, name_vi="Mật ong bạc hà", ward="03424", organisation=party("Hợp tác xã Đỉnh Sương")
    )
    act(made["later"], "assign", officer2, assignee=officer2.pk)
    made["waits"] = dossier(supplement=True, officer=officer2, name_vi="Chờ bổ sung")
    made["draft"] = dossier(name_vi="Bản nháp")
    freeze("2026-10-14T09:00")
    return {name: one.reference for name, one in made.items()}


def test_overdue_first_and_what_waits_for_the_applicant_last(desk: Client, laid_out) -> None:
    assert references(desk.get(QUEUE)) == [laid_out[name] for name in ("overdue", "today", "later", "waits")]


def test_a_row_tells_everything(desk: Client, laid_out) -> None:
    text = words(desk.get(QUEUE))
    for told in (
        "Chè Shan tuyết số", "Đăng ký khởi nghiệp", "Đang thụ lý", "quá hạn 4 ngày làm việc", "08/10/2026",
        "hạn hôm nay", "còn 3 ngày làm việc", "chờ người nộp, không tính hạn", "Vàng A Sử", "chưa ai nhận",
    ):  # fmt: skip
        assert told in text


def test_tabs_and_their_counts(desk: Client, laid_out) -> None:
    every = ["overdue", "today", "later", "waits"]
    for tab, expected in {"mine": ["today"], "unassigned": ["overdue", "waits"], "all": every}.items():
        response = desk.get(QUEUE, {"tab": tab})
        assert references(response) == [laid_out[name] for name in expected], tab
        assert "Của tôi 1 Chưa phân công 2 Tất cả 4" in words(response)


def test_filters(desk: Client, laid_out) -> None:
    asked: list[tuple[dict[str, str], list[str]]] = [
        ({"due": "overdue"}, ["overdue"]),
        ({"due": "soon"}, ["today"]),
        ({"state": "supplement"}, ["waits"]),
        ({"state": "submitted"}, ["overdue", "today", "later"]),
        ({"state": "done"}, ["refused"]),
        ({"state": "refused"}, ["refused"]),
        ({"state": "any"}, ["overdue", "today", "later", "refused", "waits"]),
        ({"procedure": "startup_registration"}, ["overdue", "today", "later", "waits"]),
        ({"ward": "03424"}, ["later"]),
        ({"ward": "03408"}, ["overdue", "today", "waits"]),
        ({"ward": "03408", "state": "done"}, ["refused"]),
        ({"q": "che shan"}, ["overdue"]),
        ({"q": "CHÈ SHAN TUYẾT"}, ["overdue"]),
        ({"q": "dinh suong"}, ["later"]),
        ({"q": "  "}, ["overdue", "today", "later", "waits"]),
        ({"q": "không có gì như thế"}, []),
    ]
    for query, expected in asked:
        response = desk.get(QUEUE, query)
        assert response.status_code == 200
        assert set(references(response)) == {laid_out[name] for name in expected}


def test_a_reference_finds_its_dossier(desk: Client, laid_out) -> None:
    assert references(desk.get(QUEUE, {"q": laid_out["later"].lower()})) == [laid_out["later"]]


def test_by_officer(desk: Client, laid_out, officer2) -> None:
    assert references(desk.get(QUEUE, {"officer": officer2.pk})) == [laid_out["later"]]


def test_what_is_not_understood_is_told_and_lists_nothing(desk: Client, laid_out) -> None:
    for query in [
        {"state": "bay"}, {"due": "never"}, {"procedure": "x"}, {"officer": "abc"}, {"officer": "9" * 30}, {"ward": "99999"}, {"ward": "03388x"},
        {"tab": "theirs"}, {"q": "x" * 5000}, {"q": "a\x00b"},
    ]:  # fmt: skip
        response = desk.get(QUEUE, query)
        assert response.status_code == 200
        assert references(response) == [], query
        assert "Chưa lọc được." in words(response)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"tab": "mine"}, "Bạn chưa nhận hồ sơ nào"),
        ({"tab": "unassigned"}, "Hồ sơ nào cũng đã có người nhận"),
        ({}, "Không có hồ sơ nào đang chờ"),
        ({"q": "x"}, "Không có hồ sơ nào khớp"),
    ],
)
def test_empty_says_what_to_do(desk: Client, query: dict[str, str], told: str) -> None:
    assert told in words(desk.get(QUEUE, query))


def test_pages_keep_the_filters(desk: Client) -> None:
    many(30)
    first = desk.get(QUEUE, {"tab": "unassigned", "state": "submitted"})
    assert len(references(first)) == 25
    assert "Trang 1 trên 2 · 30 hồ sơ" in words(first)
    assert 'href="?tab=unassigned&amp;state=submitted&amp;page=2"' in first.content.decode()
    second = desk.get(QUEUE, {"tab": "unassigned", "state": "submitted", "page": "2"})
    assert len(references(second)) == 5
    assert not set(references(first)) & set(references(second))


def many(count: int, first: int = 1) -> None:
    """One submitted dossier and copies of it, straight into the table: the queue reads nothing else."""
    pattern = dossier(submitted=True)
    Dossier.objects.bulk_create(
        Dossier(
            reference=f"KN-2025-{number:05d}",
            procedure=pattern.procedure,
            party=pattern.party,
            title=f"Dự án {number}",
            state=pattern.state,
            version=pattern.version,
            created_by=pattern.created_by,
            created_at=pattern.created_at,
            received_at=pattern.received_at,
            due_at=pattern.due_at,
        )
        for number in range(first, first + count - 1)
    )


def test_the_price_is_the_same_for_ten_and_for_a_thousand(desk: Client, query_budget) -> None:
    desk.get(QUEUE)
    many(10)
    with query_budget(MOST_QUERIES) as few:
        desk.get(QUEUE)
    many(990, first=100)
    with query_budget(MOST_QUERIES) as lots:
        desk.get(QUEUE)
    assert len(lots) == len(few)
    with query_budget(MOST_QUERIES):
        assert len(references(desk.get(QUEUE, {"q": "du an 10", "tab": "unassigned"}))) > 0


def test_the_share_of_wagtail_is_known(desk: Client, recorded_queries, capsys) -> None:
    many(10)
    desk.get(QUEUE)
    with recorded_queries() as queries:
        desk.get(QUEUE)
    own = [
        1
        for _sql, template, python in queries.asked
        if "registry/" in python or template.startswith("templates/dossiers")
    ]
    with capsys.disabled():
        print(
            f"\nqueue: {len(queries)} queries, {len(own)} ours, {len(queries) - len(own)} of sign-in and Wagtail's shell"
        )
    assert len(own) <= 10


def test_only_case_officers_and_leaders_enter(roles, signed_in, leader) -> None:
    assert signed_in(leader).get(QUEUE).status_code == 200
    for trait in ("editor", "admin"):
        refused = signed_in(UserFactory(**{trait: True})).get(QUEUE)
        assert refused.status_code == 403
        assert "Bạn không xử lý hồ sơ" in words(refused)
    assert signed_in(UserFactory()).get(QUEUE).status_code == 403
    assert Client().get(QUEUE).status_code == 302


def test_the_menu_counts_what_waits_for_the_department(desk: Client, laid_out) -> None:
    label = json.dumps("Hồ sơ (3)").strip('"')  # the menu is built by script from what the page brings along
    assert label in desk.get("/quan-tri/").content.decode()


def test_the_front_page_shows_what_waits(desk: Client, laid_out) -> None:
    text = words(desk.get("/quan-tri/"))
    assert "3 đang chờ 1 quá hạn 1 chưa phân công 1 của tôi" in text
    assert "Chè Shan tuyết số" in text
    assert "Mật ong bạc hà" not in text


def test_an_editor_sees_no_dossier_on_the_front_page(roles, signed_in, laid_out) -> None:
    text = words(signed_in(UserFactory(editor=True)).get("/quan-tri/"))
    assert "Hồ sơ chờ Sở" not in text
