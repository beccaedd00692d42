from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from accounts.roles import ADMINISTRATOR, ROLES
from registry.core.bilingual import Worded


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """Somebody who signs in. The e-mail address is the name; `full_name` is how others see them.

    `helps_for` names the association or commune for which the department lets this person fill dossiers in for founders
    without e-mail; empty: they help nobody. It is no role of the department and opens nothing in the back office.
    """

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("thư điện tử", unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    language = models.CharField(
        "ngôn ngữ nhận thư",
        max_length=2,
        default="vi",
        choices=[("vi", Worded("Tiếng Việt", "vi")), ("en", Worded("English", "en"))],
    )
    helps_for = models.CharField("nhập hộ cho", max_length=200, blank=True)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()  # type: ignore[misc,assignment]

    field_classes = {
        "password": "restricted",
        "last_login": "internal",
        "is_superuser": "internal",
        "is_staff": "internal",
        "is_active": "internal",
        "date_joined": "internal",
        "email": "restricted",
        "full_name": "internal",
        "language": "internal",
        "helps_for": "internal",
        "closed_at": "internal",
        "groups": "internal",
        "user_permissions": "internal",
    }

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        constraints = [models.CheckConstraint(name="user_email_lower", condition=models.Q(email=Lower("email")))]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the department's roles this person holds (accounts.roles); a superuser counts as administrator."""
        held = set(self.groups.filter(name__in=ROLES).values_list("name", flat=True))
        return frozenset(held | {ADMINISTRATOR} if self.is_superuser else held)
