"""The shell of pages that know who is reading."""

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from tests.accounts.factories import UserFactory

SOURCE = (
    '{% extends "base_private.html" %}{% block title %}Hộp thư{% endblock %}{% block main %}<p>riêng</p>{% endblock %}'
)


def visit(user: object) -> HttpRequest:
    request = RequestFactory().get("/tai-khoan/")
    request.COOKIES["phien"] = "x"
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def rendered(request: HttpRequest) -> str:
    with override("vi"):
        return engines["django"].from_string(SOURCE).render({}, request)


@pytest.mark.django_db
def test_a_way_out_by_post_and_no_finder() -> None:
    page = rendered(visit(UserFactory()))
    assert '<form method="post" action="/tai-khoan/dang-xuat/">' in page
    assert "csrfmiddlewaretoken" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "og:title" not in page


@pytest.mark.django_db
def test_nobody_is_offered_a_way_out_who_is_not_in() -> None:
    assert "dang-xuat" not in rendered(visit(AnonymousUser()))


@pytest.mark.django_db
def test_messages_are_told_by_colour_icon_and_word() -> None:
    request = visit(UserFactory())
    messages.success(request, "Đã lưu <b>")
    messages.error(request, "Chưa lưu được")
    messages.info(request, "Chỉ để biết")
    page = rendered(request)
    assert 'class="alert is-ok"' in page
    assert "Đã lưu &lt;b&gt;" in page
    assert 'class="alert is-bad"' in page
    assert 'class="alert is-info"' in page
    assert "#circle-alert" in page
