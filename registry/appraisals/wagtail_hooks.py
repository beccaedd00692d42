from typing import Any

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def appraisal_urls() -> list[Any]:
    return [path("tham-dinh/", include("registry.appraisals.urls"))]
