"""Two mistakes that only show later, made to show at once.

* A variable that a template of ours names and nobody gave it fails the test (`{{ x|default:"" }}` says it may be missing).
* A queryset of ours without an order comes back turned round, so that nothing can lean on the order of insertion.
"""

import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.template import engines
from django.template.base import FilterExpression, Node
from django.template.defaultfilters import default, default_if_none

OWN_TEMPLATES = str(settings.BASE_DIR / "templates")


class UndefinedVariable(str):
    """Django asks `string_if_invalid` whether it is true before it uses it: the moment to see which template asked.

    False for the templates of others, which are used to a silent empty string.
    """

    def __bool__(self) -> bool:
        self._refuse("the expression")
        return False

    def __contains__(self, item: object) -> bool:
        if item == "%s":  # only {% blocktranslate %} comes here without having asked for the truth before
            self._refuse("a variable of blocktranslate")
        return False

    def _refuse(self, what: str) -> None:
        frame, expression = sys._getframe(2), None
        while frame is not None:
            if frame.f_code is FilterExpression.resolve.__code__ and expression is None:
                expression = frame.f_locals["self"]
                if any(function in (default, default_if_none) for function, _ in expression.filters[:1]):
                    return
            if frame.f_code is Node.render_annotated.__code__:
                node = frame.f_locals["self"]
                origin = getattr(node, "origin", None)
                if origin is None or not str(origin.name).startswith(OWN_TEMPLATES):
                    return
                line = node.token.lineno if node.token else "?"
                pytest.fail(f"{origin.name}:{line}: {what} {expression or ''} has no value: undefined variable")
            frame = frame.f_back


@pytest.fixture(autouse=True)
def _undefined_variables_fail() -> None:
    """For every test anew: a setting that another test changed (DEBUG) makes Django build its engines again."""
    engines["django"].engine.string_if_invalid = UndefinedVariable()


@pytest.fixture(autouse=True, scope="session")
def _unordered_querysets_are_turned_round() -> Iterator[None]:
    ours = {
        app.label
        for app in apps.get_app_configs()
        if app.path.startswith(str(settings.BASE_DIR)) and "site-packages" not in app.path
    }
    fetch_all = QuerySet._fetch_all

    def turned_round(queryset: QuerySet) -> None:
        fresh = queryset._result_cache is None
        fetch_all(queryset)
        if fresh and queryset.model._meta.app_label in ours and not queryset.ordered and not queryset.query.is_sliced:
            queryset._result_cache.reverse()

    QuerySet._fetch_all = turned_round
    yield
    QuerySet._fetch_all = fetch_all
