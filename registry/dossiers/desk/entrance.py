"""Who enters the desk. Wagtail turns a refusal into a way back to its front page; here it is said, with its status."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts import roles
from accounts.access import access

View = Callable[..., HttpResponseBase]
HANDLING_ROLES = frozenset({roles.CASE_OFFICER, roles.LEADER})


def works_here(user: Any) -> bool:
    """Case officers and leaders handle dossiers; editors and administrators do not."""
    return bool(roles.roles_of(user) & HANDLING_ROLES)


def desk(view: View) -> View:
    """`@access("officer", "leader")` with a page of its own for everybody else of the department."""
    checked = access("officer", "leader")(view)

    @wraps(checked)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return checked(request, *args, **kwargs)
        except PermissionDenied:
            return render(request, "dossiers/staff/refused.html", status=403)

    return entered
