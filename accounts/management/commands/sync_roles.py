from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts import roles

WAGTAIL_OWN_GROUPS = ("Editors", "Moderators")


class Command(BaseCommand):
    help = "Tạo bốn nhóm vai trò và đặt đúng quyền cho từng nhóm. Chạy lại bao nhiêu lần cũng được."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        known = {
            f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")
        }
        for role in roles.ROLES:
            group, _ = Group.objects.get_or_create(name=role)
            wanted = permissions(role, known)
            group.permissions.set(wanted)
            give_pages(group, roles.PAGE_PERMISSIONS.get(role, ()))
            give_collections(group, roles.COLLECTION_PERMISSIONS.get(role, ()), known)
            self.stdout.write(f"{role}: {len(wanted)} quyền")
        Group.objects.filter(name__in=WAGTAIL_OWN_GROUPS, user=None).delete()


def permissions(role: str, known: dict[str, Permission]) -> list[Permission]:
    names = roles.permissions_of(role)
    if roles.EVERYTHING in names:
        return [permission for name, permission in known.items() if name not in roles.WITHHELD]
    missing = [name for name in names if name not in known]
    if missing:
        raise CommandError(f"Không có quyền {', '.join(missing)} (đã chạy migrate chưa?)")
    return [known[name] for name in names]


def give_pages(group: Group, codenames: tuple[str, ...]) -> None:
    GroupPagePermission.objects.filter(group=group).exclude(permission__codename__in=codenames).delete()
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def give_collections(group: Group, names: tuple[str, ...], known: dict[str, Permission]) -> None:
    wanted = [known[name] for name in names]
    GroupCollectionPermission.objects.filter(group=group).exclude(permission__in=wanted).delete()
    root = Collection.get_first_root_node()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
