"""What an article is about: the word above its title, a filter of the list, and the light of its landscape."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    GENERAL = "general", _("Tin chung")
    STARTUPS = "startups", _("Khởi nghiệp")
    POLICY = "policy", _("Chính sách")
    SCIENCE = "science", _("Khoa học, công nghệ")
    DIGITAL = "digital", _("Chuyển đổi số")
    PROPERTY = "property", _("Sở hữu trí tuệ")
    EVENTS = "events", _("Sự kiện")


LIGHTS: Final[dict[str, str]] = {Topic.STARTUPS: "tea", Topic.EVENTS: "harvest", Topic.PROPERTY: "night"}
USUAL_LIGHT: Final = "dawn"


def light_of(topic: str) -> str:
    return LIGHTS.get(topic, USUAL_LIGHT)
