from django.db import models

from registry.core.classification import INTERNAL


class Counter(models.Model):
    """How far a series of numbers has come. The row is the lock: see registry.core.numbers."""

    scope = models.CharField("dãy số", max_length=60)
    year = models.PositiveSmallIntegerField("năm")
    value = models.PositiveIntegerField("số cuối", default=0)

    field_classes = {"scope": INTERNAL, "year": INTERNAL, "value": INTERNAL}

    class Meta:
        verbose_name = "bộ đếm"
        verbose_name_plural = "bộ đếm"
        constraints = [models.UniqueConstraint(name="counter_one_per_scope_and_year", fields=["scope", "year"])]

    def __str__(self) -> str:
        return f"{self.scope} {self.year}: {self.value}"


class IssuedNumber(models.Model):
    """A number typed by a clerk and taken over. The counter steps over it when it comes there."""

    scope = models.CharField("dãy số", max_length=60)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")

    field_classes = {"scope": INTERNAL, "year": INTERNAL, "number": INTERNAL}

    class Meta:
        verbose_name = "số đã vào sổ"
        verbose_name_plural = "số đã vào sổ"
        constraints = [
            models.UniqueConstraint(
                name="issued_number_once",
                fields=["scope", "year", "number"],
                violation_error_message="Số này đã được dùng trong dãy số của năm.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.number}/{self.year}"
