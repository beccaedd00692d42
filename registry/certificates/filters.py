"""The public filters of the register, the same for the page and the API. An invalid value is an error, never ignored."""

from typing import Any, Final

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.certificates.models import CertificateVersion, Regime, SizeClass, Status, VersionField
from registry.core.fields import Sector, TechnologyField
from registry.startups.filters import Several, Years, past_day, words_typed


class Fields(Several):
    """Versions that have any of the technology fields."""

    def filter(self, qs: QuerySet[CertificateVersion], value: list[str]) -> QuerySet[CertificateVersion]:
        return qs.filter(pk__in=VersionField.objects.filter(field__in=value).values("version")) if value else qs


class CertificateFilter(django_filters.FilterSet):
    """`q`, `field`, `sector`, `status`, `regime`, `size` (where it is shown), `year` (of the first issue), `as_of`. Text and day are applied by the selector."""

    q = words_typed()
    status = Several(field_name="status", choices=Status.choices, label=_("Trạng thái"))
    field = Fields(field_name="fields__field", choices=TechnologyField.choices, label=_("Lĩnh vực công nghệ"))
    sector = Several(field_name="sector", choices=Sector.choices, label=_("Khu vực kinh tế"))
    regime = Several(field_name="certificate__regime", choices=Regime.choices, label=_("Cấp theo"))
    size = Several(field_name="certificate__shown_size", choices=SizeClass.choices, label=_("Quy mô"))
    year = Years(field_name="certificate__first_issued_on__year", choices=[], label=_("Năm cấp lần đầu"))
    as_of = past_day()

    class Meta:
        model = CertificateVersion
        fields: list[str] = []

    def leave(self, qs: QuerySet[CertificateVersion], name: str, value: Any) -> QuerySet[CertificateVersion]:
        return qs


GROUPS: Final = ("status", "field", "sector", "regime", "size", "year")
PARAMETERS: Final = frozenset({"q", "as_of", *GROUPS})
