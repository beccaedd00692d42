"""Who may call a view. Every view says it; `accounts.middleware.AccessGuard` refuses one that says nothing.

    @access("public")                    anybody; never looks at the user, so the page stays the same for all
    @access("signed_in")                 anybody with an account
    @access("officer", "leader")         any of them
    @access("helper")                    whoever may fill dossiers in for others (`accounts.roles.may_help`)
    access("public")(View.as_view())     a class view, in its urls.py

Views of other people's packages are declared in the two tables below, by address or by name.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url

from accounts import interrupted, roles

View = Callable[..., HttpResponseBase]

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed_in"
STAFF: Final = "staff"
HELPER: Final = "helper"
ROLE_OF: Final = {
    "officer": roles.CASE_OFFICER,
    "leader": roles.LEADER,
    "editor": roles.EDITOR,
    "admin": roles.ADMINISTRATOR,
}
WORDS: Final = frozenset({PUBLIC, SIGNED_IN, STAFF, HELPER, *ROLE_OF})

BY_PREFIX: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("/quan-tri/", frozenset({STAFF})),
    ("/api/v1/", frozenset({PUBLIC})),
)
"""Included packages, by the beginning of the address without its language."""

BY_NAME: Final[dict[str, frozenset[str]]] = {
    "wagtail.views.serve": frozenset({PUBLIC}),
    "wagtail.views.authenticate_with_password": frozenset({PUBLIC}),
    "wagtail.documents.views.serve.serve": frozenset({PUBLIC}),
    "wagtail.documents.views.serve.authenticate_with_password": frozenset({PUBLIC}),
    "wagtail.images.views.serve.ServeView": frozenset({PUBLIC}),
    "django.contrib.sitemaps.views.index": frozenset({PUBLIC}),
    "django.contrib.sitemaps.views.sitemap": frozenset({PUBLIC}),
    "django.contrib.staticfiles.views.serve": frozenset({PUBLIC}),
    "django.views.static.serve": frozenset({PUBLIC}),
}
"""Single views of packages, by their dotted name."""


def access(
    *who: str, keeps_typed: Callable[..., bool] | None = None, lets_in: Callable[..., bool] | None = None
) -> Callable[[View], View]:
    """Declare and enforce who may call the view: any of `who` (see WORDS).

    `keeps_typed` is asked with the view's arguments whether what a person posts there after their session has ended waits
    for them (`accounts.interrupted`). `lets_in` is asked with the request and the arguments whether somebody holds a key
    to this one record instead of an account; the view must then know that nobody is signed in.
    """
    allowed = frozenset(who)
    unknown = allowed - WORDS
    if unknown or not allowed:
        raise ValueError(f"access() takes {', '.join(sorted(WORDS))}; got {', '.join(sorted(unknown)) or 'nothing'}")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if lets_in is not None and lets_in(request, *args, **kwargs):
                return view(request, *args, **kwargs)
            refusal = refuse(request, allowed)
            if refusal is not None and request.method == "POST" and keeps_typed and keeps_typed(*args, **kwargs):
                interrupted.keep(request)
            return view(request, *args, **kwargs) if refusal is None else refusal

        guarded.access = allowed  # type: ignore[attr-defined]
        return guarded

    return declare


def may(user: Any, allowed: frozenset[str]) -> bool:
    if PUBLIC in allowed:
        return True
    if not user.is_authenticated:
        return False
    if SIGNED_IN in allowed or (HELPER in allowed and roles.may_help(user)):
        return True
    held = roles.roles_of(user)
    return bool(held) if STAFF in allowed else any(ROLE_OF.get(word) in held for word in allowed)


def refuse(request: HttpRequest, allowed: frozenset[str]) -> HttpResponseBase | None:
    """None when the caller may go on; a stranger is sent to sign in, an account without the right gets 403."""
    if PUBLIC in allowed or may(request.user, allowed):
        return None
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def declared(view: View) -> frozenset[str] | None:
    """What the view itself says, through any number of decorators."""
    return getattr(view, "access", None)


def declared_for_package(path: str, view: View) -> frozenset[str] | None:
    """What the tables say about a view of another package at `path`."""
    name = f"{getattr(view, '__module__', '')}.{getattr(view, '__qualname__', '')}"
    if name in BY_NAME:
        return BY_NAME[name]
    return next((who for prefix, who in BY_PREFIX if path.startswith(prefix)), None)
