import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

INTERNAL = "internal"
RESTRICTED = "restricted"


class Way(models.TextChoices):
    """How a person wants to be told of what no law makes a letter of."""

    NOW = "now", _("Thư ngay khi có tin")
    DIGEST = "digest", _("Gom vào một thư mỗi sáng")
    INBOX = "inbox", _("Chỉ trong hộp tin, không gửi thư")


class Message(models.Model):
    """One e-mail to one address: written with the change it tells of, sent after commit, kept as evidence.

    `key` names the occasion: the same code, key and address make one message, however often it is asked for.
    `request_id` is the request that asked for it (empty: a job did); the log of the sending repeats it.
    `next_try_at` is also the claim: who sends the message first moves it on (notifications.delivery).
    By the person's wish (`way`) it waits for a digest, which is a message of its own, or stays in the inbox only.
    """

    uid = models.UUIDField("mã thư", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("loại", max_length=60)
    key = models.CharField("dịp", max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nhận", null=True, blank=True, related_name="+"
    )
    email = models.EmailField("địa chỉ")
    language = models.CharField("ngôn ngữ", max_length=2)
    subject = models.CharField("tiêu đề", max_length=200)
    body_text = models.TextField("nội dung", blank=True)
    body_html = models.TextField("nội dung HTML", blank=True)
    context = models.JSONField("dữ liệu", default=dict, blank=True, encoder=DjangoJSONEncoder)
    request_id = models.CharField("mã yêu cầu", max_length=64, blank=True, editable=False)
    legal = models.BooleanField("bắt buộc theo luật", default=False)
    created_at = models.DateTimeField("lập lúc")
    due_at = models.DateTimeField("gửi từ lúc")
    next_try_at = models.DateTimeField("lần gửi tới")
    attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    sent_at = models.DateTimeField("đã gửi lúc", null=True, blank=True)
    given_up_at = models.DateTimeField("thôi gửi lúc", null=True, blank=True)
    way = models.CharField("cách gửi", max_length=8, choices=Way.choices, default=Way.NOW)
    digest = models.ForeignKey(
        "self", models.PROTECT, verbose_name="thư gom", null=True, blank=True, related_name="gathered"
    )
    last_error = models.CharField("lỗi gần nhất", max_length=300, blank=True)

    field_classes = {
        "uid": INTERNAL,
        "code": INTERNAL,
        "key": INTERNAL,
        "user": INTERNAL,
        "email": RESTRICTED,
        "language": INTERNAL,
        "subject": RESTRICTED,
        "body_text": RESTRICTED,
        "body_html": RESTRICTED,
        "context": RESTRICTED,
        "request_id": INTERNAL,
        "legal": INTERNAL,
        "created_at": INTERNAL,
        "due_at": INTERNAL,
        "next_try_at": INTERNAL,
        "attempts": INTERNAL,
        "sent_at": INTERNAL,
        "given_up_at": INTERNAL,
        "way": INTERNAL,
        "digest": INTERNAL,
        "last_error": RESTRICTED,
    }

    class Meta:
        verbose_name = "thư gửi đi"
        verbose_name_plural = "thư gửi đi"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                name="message_once_per_occasion",
                fields=["code", "key", "email"],
                violation_error_message="Thư này đã được lập cho người nhận đó.",
            ),
            models.CheckConstraint(
                name="message_sent_or_given_up",
                condition=Q(sent_at=None) | Q(given_up_at=None),
                violation_error_message="Một thư không thể vừa đã gửi vừa thôi gửi.",
            ),
        ]
        indexes = [
            models.Index(
                name="message_waiting",
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
            ),
            models.Index(name="message_to_gather", fields=["user"], condition=Q(way="digest", digest=None)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"


class InboxItem(models.Model):
    """The same news in the person's account, so that a lost e-mail loses nothing."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nhận", related_name="inbox_items"
    )
    code = models.CharField("loại", max_length=60)
    key = models.CharField("dịp", max_length=200)
    language = models.CharField("ngôn ngữ", max_length=2)
    title = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung", blank=True)
    url = models.CharField("địa chỉ", max_length=500, blank=True)
    created_at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)

    field_classes = {
        "user": INTERNAL,
        "code": INTERNAL,
        "key": INTERNAL,
        "language": INTERNAL,
        "title": RESTRICTED,
        "text": RESTRICTED,
        "url": INTERNAL,
        "created_at": INTERNAL,
        "read_at": INTERNAL,
    }

    class Meta:
        verbose_name = "tin trong tài khoản"
        verbose_name_plural = "tin trong tài khoản"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="inbox_item_once_per_occasion",
                fields=["user", "code", "key"],
                violation_error_message="Tin này đã có trong tài khoản đó.",
            )
        ]
        indexes = [models.Index(name="inbox_item_unread", fields=["user"], condition=Q(read_at=None))]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How a person wants to be told of one group of messages (`catalogue.GROUPS`). Without a row: at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nhận", related_name="preferences"
    )
    group = models.CharField("nhóm tin", max_length=20)
    way = models.CharField("cách gửi", max_length=8, choices=Way.choices)
    changed_at = models.DateTimeField("đổi lúc")

    field_classes = dict.fromkeys(["user", "group", "way", "changed_at"], INTERNAL)

    class Meta:
        verbose_name = "cách nhận tin"
        verbose_name_plural = "cách nhận tin"
        constraints = [models.UniqueConstraint(name="preference_one_per_group", fields=["user", "group"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group} {self.way}"


class BouncedAddress(models.Model):
    """An address from which mail comes back. Marked while `cleared_at` is empty; older evidence marks it no more."""

    email = models.EmailField("địa chỉ", unique=True)
    reason = models.CharField("lý do máy chủ nêu", max_length=300)
    since = models.DateTimeField("trả thư từ")
    cleared_at = models.DateTimeField("dùng lại được từ", null=True, blank=True)

    field_classes = {"email": RESTRICTED, "reason": RESTRICTED, "since": INTERNAL, "cleared_at": INTERNAL}

    class Meta:
        verbose_name = "địa chỉ trả thư"
        verbose_name_plural = "địa chỉ trả thư"
        ordering = ("-since", "-pk")
        constraints = [models.CheckConstraint(name="bounced_email_lower", condition=Q(email=Lower("email")))]

    def __str__(self) -> str:
        return self.email
