from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from registry.dossiers.desk.entrance import works_here


@hooks.register("register_admin_urls")
def certificate_urls() -> list[Any]:
    return [path("giay-chung-nhan/", include("registry.certificates.desk"))]


class CertificatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)


@hooks.register("register_admin_menu_item")
def certificates_menu_item() -> CertificatesMenuItem:
    return CertificatesMenuItem(
        "Giấy chứng nhận", reverse("desk_certificates"), name="certificates", icon_name="clipboard-list", order=61
    )
