"""The ground that the other tests stand on."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.template import Context, engines
from wagtail.models import Locale


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_the_migrated_database_behind(turn: int) -> None:
    assert Locale.objects.exists()
    assert not Group.objects.filter(name="left behind").exists()
    Group.objects.create(name="left behind")


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_file_not_the_connection() -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(Group.objects.filter(name="seen by others").count())
        connection.close()

    Group.objects.create(name="seen by others")
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.django_db
def test_a_query_over_budget_fails_and_is_shown(query_budget) -> None:
    with query_budget(1) as queries:
        list(Group.objects.order_by("name"))
    assert len(queries) == 1
    groups = Group.objects.order_by("name")
    with pytest.raises(pytest.fail.Exception, match="2 queries, the budget is 1"), query_budget(1):
        assert groups.count() == len(groups)


def test_an_undefined_variable_in_a_template_of_ours_fails(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("tests.plumbing.strictness.OWN_TEMPLATES", "<unknown source>")
    render = engines["django"].engine.from_string
    with pytest.raises(pytest.fail.Exception, match="undefined variable"):
        render("{{ nobody }}").render(Context())
    with pytest.raises(pytest.fail.Exception, match="undefined variable"):
        render("{% load i18n %}{% blocktranslate %}Ai: {{ nobody }}{% endblocktranslate %}").render(Context())
    assert render("{{ nobody|default:'x' }}{% if nobody %}y{% endif %}").render(Context()) == "x"


def test_an_undefined_variable_in_the_templates_of_others_stays_empty() -> None:
    assert engines["django"].engine.from_string("{{ nobody }}{{ nobody|default:'x' }}").render(Context()) == "x"
