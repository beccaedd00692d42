"""The words in which every register sorts what it keeps: technology fields and sectors of the province's plan to 2030."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class TechnologyField(models.TextChoices):
    """The six technology directions of the plan, section IV(3), points a–e, under the short names people use."""

    BIOTECH = "biotech", _("Công nghệ sinh học")
    ICT = "ict", _("Công nghệ thông tin, truyền thông")
    ENVIRONMENT = "environment", _("Môi trường, phòng chống thiên tai")
    ENERGY_MATERIALS = "energy_materials", _("Năng lượng, vật liệu")
    CONSTRUCTION_TRANSPORT = "construction_transport", _("Xây dựng, giao thông")
    SPACE = "space", _("Công nghệ vũ trụ")

    @property
    def icon(self) -> str:
        return FIELD_ICONS[self.value]

    @property
    def plan_name(self) -> str:
        """The direction's whole name in the plan."""
        return str(PLAN_NAMES[self.value])

    @property
    def plan_point(self) -> str:
        """The point of section IV(3) that sets it out."""
        return PLAN_POINTS[self.value]


FIELD_ICONS: Final = {
    "biotech": "sprout",
    "ict": "cpu",
    "environment": "droplets",
    "energy_materials": "zap",
    "construction_transport": "hard-hat",
    "space": "satellite",
}

PLAN_POINTS: Final = {
    "ict": "a",
    "biotech": "b",
    "energy_materials": "c",
    "environment": "d",
    "space": "đ",
    "construction_transport": "e",
}

PLAN_NAMES: Final = {
    "ict": _("Công nghệ thông tin và truyền thông"),
    "biotech": _("Công nghệ sinh học"),
    "energy_materials": _("Công nghệ năng lượng, vật liệu và chế tạo - tự động hóa"),
    "environment": _("Công nghệ môi trường và phòng tránh thiên tai, ứng phó với biến đổi khí hậu"),
    "space": _("Công nghệ vũ trụ"),
    "construction_transport": _("Công nghệ xây dựng, giao thông và hạ tầng tiên tiến, thông minh"),
}


class Sector(models.TextChoices):
    """The three branches in which the plan, section IV(4), wants innovation."""

    AGRICULTURE = "agriculture", _("Nông nghiệp")
    INDUSTRY = "industry_construction_transport", _("Công nghiệp, xây dựng, giao thông")
    SERVICES = "services", _("Dịch vụ")

    @property
    def icon(self) -> str:
        return SECTOR_ICONS[self.value]


SECTOR_ICONS: Final = {
    "agriculture": "trees",
    "industry_construction_transport": "wrench",
    "services": "handshake",
}
