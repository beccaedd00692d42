"""The four roles of the department, as groups, and what each may do in the back office.

A room that brings its own permissions lends them to a role from the wiring: `lend(EDITOR, "cms_core.change_sitesettings")`.
`manage.py sync_roles` writes the whole table to the database.
"""

from collections import defaultdict
from typing import Any, Final

EDITOR: Final = "editor"
CASE_OFFICER: Final = "case officer"
LEADER: Final = "leader"
ADMINISTRATOR: Final = "administrator"
ROLES: Final = (EDITOR, CASE_OFFICER, LEADER, ADMINISTRATOR)

LABELS: Final = {
    EDITOR: "Biên tập viên",
    CASE_OFFICER: "Chuyên viên thụ lý",
    LEADER: "Lãnh đạo Sở",
    ADMINISTRATOR: "Quản trị hệ thống",
}

EVERYTHING: Final = "*"
WITHHELD: Final = ("accounts.delete_user", *(f"auth.{verb}_group" for verb in ("view", "add", "change", "delete")))
"""What even administrators do not do in the back office: accounts are closed, not deleted, and roles are this file."""

PERMISSIONS: Final[dict[str, tuple[str, ...]]] = {
    EDITOR: (
        "wagtailadmin.access_admin",
        "wagtailcore.publish_page",
        "simple_translation.submit_translation",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
    CASE_OFFICER: ("wagtailadmin.access_admin",),
    LEADER: ("wagtailadmin.access_admin",),
    ADMINISTRATOR: (EVERYTHING,),
}

PAGE_PERMISSIONS: Final[dict[str, tuple[str, ...]]] = {
    EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    ADMINISTRATOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
}

COLLECTION_PERMISSIONS: Final[dict[str, tuple[str, ...]]] = dict.fromkeys(
    (EDITOR, ADMINISTRATOR),
    (
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    ),
)

_lent: defaultdict[str, list[str]] = defaultdict(list)


def lend(role: str, *permissions: str) -> None:
    """Give `role` the permissions ("app_label.codename") of another room. Called from the wiring."""
    if role not in ROLES:
        raise ValueError(f"no such role: {role}")
    _lent[role].extend(p for p in permissions if p not in _lent[role])


def permissions_of(role: str) -> tuple[str, ...]:
    return (*PERMISSIONS[role], *_lent[role])


def roles_of(user: Any) -> frozenset[str]:
    """The roles of `user`: empty for an anonymous visitor and for somebody who is not of the department."""
    if not getattr(user, "is_authenticated", False):
        return frozenset()
    return user.roles


def is_staff(user: Any) -> bool:
    return bool(roles_of(user))


def may_help(user: Any) -> bool:
    """Who fills dossiers in for founders without e-mail: case officers, and whoever the department named (`helps_for`)."""
    if not getattr(user, "is_authenticated", False):
        return False
    return bool(user.helps_for) or CASE_OFFICER in roles_of(user)
