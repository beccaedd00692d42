"""A view that says nothing is refused; one that speaks lets in whom it names."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from accounts.access import WORDS, access
from accounts.middleware import AccessGuard
from tests.accounts.factories import UserFactory

PEOPLE = ("visitor", "member", "officer", "leader", "editor", "admin")
ALLOWED = {
    "public": set(PEOPLE),
    "signed_in": set(PEOPLE) - {"visitor"},
    "staff": {"officer", "leader", "editor", "admin"},
    "officer": {"officer"},
    "leader": {"leader"},
    "editor": {"editor"},
    "admin": {"admin"},
    "helper": {"officer"},
}


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


class Page(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("in")


def asked(person: str, path: str = "/x/") -> HttpRequest:
    request = RequestFactory().get(path)
    traits = {person: True} if person not in ("visitor", "member") else {}
    request.user = AnonymousUser() if person == "visitor" else UserFactory(**traits)
    return request


def outcome(view, request: HttpRequest) -> str:
    try:
        response = view(request)
    except PermissionDenied:
        return "refused"
    return "in" if response.status_code == 200 else f"sent to {response['Location']}"


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("word", sorted(WORDS))
def test_each_word_lets_in_whom_it_names(word: str, person: str) -> None:
    for view in (access(word)(page), access(word)(Page.as_view())):
        got = outcome(view, asked(person))
        if person in ALLOWED[word]:
            assert got == "in"
        elif person == "visitor":
            assert got == "sent to /tai-khoan/dang-nhap/?next=/x/"
        else:
            assert got == "refused"


@pytest.mark.django_db
def test_whoever_the_department_named_helps_and_holds_no_role() -> None:
    view = access("helper")(page)
    request = asked("member")
    request.user.helps_for = "Hội Phụ nữ Bản Mẫu"
    assert outcome(view, request) == "in"
    assert outcome(access("staff")(page), request) == "refused"


@pytest.mark.django_db
def test_a_key_lets_in_who_is_not_signed_in() -> None:
    view = access("signed_in", lets_in=lambda request: request.path == "/x/")(page)
    assert outcome(view, asked("visitor")) == "in"
    assert outcome(view, asked("visitor", "/y/")).startswith("sent to")


@pytest.mark.django_db
def test_several_words_mean_any_of_them() -> None:
    view = access("officer", "leader")(page)
    assert [outcome(view, asked(p)) for p in ("officer", "leader", "editor")] == ["in", "in", "refused"]


@pytest.mark.parametrize("words", [(), ("oficer",), ("public", "everybody")])
def test_an_unknown_word_is_a_mistake_of_the_programmer(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):
        access(*words)


def test_a_view_that_says_nothing_is_refused_and_logged(caplog) -> None:
    guard = AccessGuard(page)
    with pytest.raises(PermissionDenied):
        guard.process_view(asked("visitor"), page, (), {})
    assert "no access declared" in caplog.text


def test_a_view_that_speaks_passes_through_any_decorator() -> None:
    assert AccessGuard(page).process_view(asked("visitor"), csrf_exempt(access("public")(page)), (), {}) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("person", "expected"), [("member", "refused"), ("officer", "let through")])
def test_the_back_office_is_declared_by_its_address(person: str, expected: str) -> None:
    request = asked(person, "/quan-tri/pages/")
    try:
        answer = "let through" if AccessGuard(page).process_view(request, page, (), {}) is None else "sent away"
    except PermissionDenied:
        answer = "refused"
    assert answer == expected


def test_a_public_view_never_looks_at_who_asks() -> None:
    request = RequestFactory().get("/")
    assert access("public")(page)(request).content == b"in"  # request has no user at all


@pytest.mark.django_db
def test_a_view_below_the_back_office_answers_to_both() -> None:
    view = access("officer")(page)
    guard = AccessGuard(page)
    with pytest.raises(PermissionDenied):
        guard.process_view(asked("member", "/quan-tri/ho-so/"), view, (), {})
    assert guard.process_view(asked("editor", "/quan-tri/ho-so/"), view, (), {}) is None
    assert guard.process_view(asked("member", "/quan-tri/login/"), access("public")(page), (), {}) is None
