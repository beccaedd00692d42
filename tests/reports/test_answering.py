"""The department answers: each to whom the record belongs, once, with an outcome; and counts."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from notifications.models import Message
from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform
from registry.core.models.history import Event, ReadLog
from registry.reports import selectors
from registry.reports.lifecycle import LIFECYCLE, OUTCOMES
from registry.reports.models import Outcome
from registry.reports.staff import ReportsMenuItem
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory
from tests.desk.pages import words
from tests.reports.factories import report, report_of

ANSWER = {"outcome": "mended", "answer": "Đã sửa số điện thoại."}
QUEUE = "/quan-tri/bao-loi/"


def answer(one, actor, **data):
    return perform(one, "answer", actor, data={**ANSWER, **data}, expected_version=one.version)


def test_the_lifecycle_stands_as_data() -> None:
    assert LIFECYCLE.check() == []
    assert tuple(Outcome.values) == OUTCOMES


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        ("officer", "startup", True),
        ("leader", "startup", True),
        ("editor", "startup", False),
        ("admin", "startup", True),
        ("officer", "article", False),
        ("leader", "article", False),
        ("editor", "article", True),
        ("admin", "article", True),
    ],
)
def test_who_answers_what(startup: Startup, client_of, role: str, kind: str, may: bool) -> None:
    one = report_of(startup) if kind == "startup" else report()
    actor = UserFactory(**{role: True})
    assert (one in selectors.waiting(actor)) is may
    assert client_of(role).get(f"{QUEUE}{one.pk}/").status_code == (200 if may else 404)
    if not may:
        with pytest.raises(NotAllowed):
            answer(one, actor)
        return
    done = answer(one, actor)
    assert (done.state, done.outcome, done.answered_by) == ("answered", "mended", actor)
    assert Event.objects.get(subject=one.subject).data == {"outcome": "mended"}
    with pytest.raises(Conflict):
        answer(one, actor)


def test_a_stranger_answers_nothing(roles) -> None:
    with pytest.raises(NotAllowed):
        answer(report(), UserFactory())


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "x"}, "outcome"),
        ({"answer": " "}, "answer"),
        ({"answer": "a" * 2001}, "answer"),
    ],
)
def test_an_answer_says_something(roles, data: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        answer(report(), UserFactory(editor=True), **data)
    assert set(refused.value.problems) == {field}


def test_spam_needs_no_words(roles) -> None:
    assert answer(report(), UserFactory(editor=True), outcome="spam", answer="").answer == ""


def test_the_oldest_waits_first_and_the_address_is_not_in_the_list(startup: Startup, client_of) -> None:
    with clock.at(clock.now() - timedelta(days=3)):
        report_of(startup, text="Cũ hơn", email="cu@vidu.vn")
    report_of(startup, text="Mới hơn")
    officer = client_of("officer")
    text = words(officer.get(QUEUE))
    assert text.index("Cũ hơn") < text.index("Mới hơn")
    assert "cu@vidu.vn" not in text
    request = RequestFactory().get(QUEUE)
    request.user = UserFactory(officer=True)
    assert ReportsMenuItem("Báo lỗi", QUEUE, name="x").render_component(request).label == "Báo lỗi (2)"
    assert not ReadLog.objects.exists()


def test_one_is_read_with_a_trace_and_answered(startup: Startup, client_of, django_capture_on_commit_callbacks) -> None:
    one = report_of(startup, text="Sai số điện thoại.", email="nguoibao@vidu.vn")
    officer = client_of("officer")
    page = words(officer.get(f"{QUEUE}{one.pk}/"))
    assert "nguoibao@vidu.vn" in page
    assert startup.dossier.reference not in page
    assert f'href="/quan-tri/ho-so/{startup.dossier.reference}/"' in officer.get(f"{QUEUE}{one.pk}/").content.decode()
    assert ReadLog.objects.first().fields == ["email"]
    wrong = officer.post(f"{QUEUE}{one.pk}/", {"version": "0", "outcome": "", "answer": "Đã xem."})
    assert wrong.status_code == 400
    assert "Chọn một kết quả." in words(wrong)
    assert "Câu trả lời (cần có, trừ khi chọn “Không phải báo lỗi”)" in words(wrong)
    assert '<form class="case-form" method="post" novalidate>' in wrong.content.decode()
    assert "Đã xem." in wrong.content.decode()
    assert officer.post(f"{QUEUE}{one.pk}/", {"version": "0", **ANSWER}).status_code == 302
    late = officer.post(f"{QUEUE}{one.pk}/", {"version": "0", **ANSWER, "answer": "Tôi trả lời sau."})
    assert late.status_code == 409
    assert "Tôi trả lời sau." in words(late)
    assert "Đã sửa số điện thoại." in words(officer.get(f"{QUEUE}?nhom=xong"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_left_an_address_reads_the_answer(startup: Startup, language: str) -> None:
    one = report_of(startup, email="Nguoibao@vidu.vn", language=language)
    answer(one, UserFactory(officer=True))
    letter = Message.objects.get(code="report_answered")
    assert (letter.email, letter.language, letter.legal) == ("nguoibao@vidu.vn", language, False)
    assert "Đã sửa số điện thoại." in letter.body_text
    assert one.address in letter.body_text
    assert ("You were right" if language == "en" else "Bạn báo đúng") in letter.body_text


@pytest.mark.parametrize(("email", "outcome"), [("", "mended"), ("a@vidu.vn", "spam")])
def test_others_get_no_letter(startup: Startup, email: str, outcome: str) -> None:
    answer(report_of(startup, email=email), UserFactory(officer=True), outcome=outcome)
    assert not Message.objects.filter(code="report_answered").exists()


def test_the_figures_count_what_was_answered(startup: Startup, client_of) -> None:
    officer = UserFactory(officer=True)
    now = clock.now()
    for days, outcome in [(1, "mended"), (4, "was_right"), (9, "mended"), (0, "spam")]:
        with clock.at(now - timedelta(days=days)):
            one = report_of(startup, text=f"Chỗ {days} {outcome}")
        answer(one, officer, outcome=outcome)
    with clock.at(now - timedelta(days=500)):
        answer(report_of(startup, text="Lâu rồi"), officer)
    report_of(startup, text="Còn chờ")
    figures = selectors.figures(officer, now - timedelta(days=365))
    (figure,) = [one for one in figures if one.answered or one.waiting]
    assert dict(figure.outcomes) == {
        "Đã sửa": 2,
        "Thông tin đã đúng": 1,
        "Không thuộc việc của Sở": 0,
        "Không phải báo lỗi": 1,
    }
    assert (figure.waiting, figure.answered, figure.median_days) == (1, 4, 4)
    page = words(client_of("officer").get(QUEUE))
    assert "4 ngày" in page
    assert "không tính “Không phải báo lỗi”." in page
    assert "thư rác" not in page
    assert len(selectors.figures(UserFactory(admin=True), now)) == 3


def test_the_price_does_not_grow_with_the_rows(startup: Startup, client_of, query_budget) -> None:
    client = client_of("officer")
    report_of(startup)
    client.get(QUEUE)
    with query_budget(25) as few:
        client.get(QUEUE)
    for number in range(12):
        report_of(startup, text=f"Chỗ {number}")
    with query_budget(25) as more:
        client.get(QUEUE)
    assert len(more) == len(few)


def test_strangers_stay_out(db) -> None:
    assert Client().get(QUEUE).status_code == 302
