"""The public halves of the keys that sign proofs. The private half of today's stands on the machine alone (`keys.py`)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from registry.core.classification import PUBLIC


class CertificateKey(models.Model):
    """A key of Ed25519, kept for ever so that what it signed can be checked for ever. At most one is in use.

    `public_key` is its 32 bytes in base64url. Days are inclusive: on the day of a rotation both keys are good. `leaked_on`
    is the day on which it became known that somebody else may have signed with it: since then nothing it signed proves
    anything, for whoever has a key writes any day of signing that he likes. `development`: made by a demo.
    """

    key_id = models.CharField("mã khóa", max_length=8, unique=True)
    public_key = models.CharField("khóa công khai", max_length=43, unique=True)
    used_from = models.DateField("dùng từ ngày")
    used_until = models.DateField("dùng đến ngày", null=True)
    leaked_on = models.DateField("biết là đã lộ từ ngày", null=True)
    development = models.BooleanField("khóa phát triển")

    field_classes = {
        "key_id": PUBLIC,
        "public_key": PUBLIC,
        "used_from": PUBLIC,
        "used_until": PUBLIC,
        "leaked_on": PUBLIC,
        "development": PUBLIC,
    }

    class Meta:
        ordering = ["used_from", "id"]
        constraints = [
            models.UniqueConstraint(
                IsNull(F("used_until"), True), condition=Q(used_until=None), name="certificate_key_one_in_use"
            ),
            models.CheckConstraint(
                name="certificate_key_ends_after_start",
                condition=Q(used_until=None) | Q(used_until__gte=F("used_from")),
                violation_error_message="Khóa thôi dùng sau khi bắt đầu dùng.",
            ),
        ]

    def __str__(self) -> str:
        return self.key_id

    def was_used_on(self, day: date) -> bool:
        return self.used_from <= day and (self.used_until is None or day <= self.used_until)
