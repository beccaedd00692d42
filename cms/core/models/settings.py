from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

LANGUAGES = ("vi", "en")


@register_setting(icon="home", order=100)
class SiteSettings(BaseSiteSetting):
    """Who runs the portal and how to reach them. Until `confirmed` is set these are sample facts, and the pages say so."""

    department_vi = models.CharField("tên cơ quan, ngắn", max_length=120, blank=True)
    department_en = models.CharField("tên cơ quan, ngắn (tiếng Anh)", max_length=120, blank=True)
    department_long_vi = models.CharField("tên cơ quan, đầy đủ", max_length=200, blank=True)
    department_long_en = models.CharField("tên cơ quan, đầy đủ (tiếng Anh)", max_length=200, blank=True)
    responsible_vi = models.CharField(
        "người chịu trách nhiệm nội dung", max_length=200, blank=True, help_text="Chức vụ, hoặc họ tên và chức vụ."
    )
    responsible_en = models.CharField("người chịu trách nhiệm nội dung (tiếng Anh)", max_length=200, blank=True)
    address_vi = models.CharField("địa chỉ", max_length=250, blank=True)
    address_en = models.CharField("địa chỉ (tiếng Anh)", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=40, blank=True, help_text="Ví dụ 0213 0000 000.")
    email = models.EmailField("thư điện tử", blank=True)
    confirmed = models.BooleanField(
        "Sở đã xác nhận các thông tin trên",
        default=False,
        help_text="Chưa đánh dấu thì trang Giới thiệu ghi rõ đây là thông tin mẫu, chờ Sở xác nhận.",
    )

    panels: ClassVar[list[Any]] = [
        HelpPanel(
            content="Thông tin này hiện ở chân trang và trang Giới thiệu. Sửa cho đúng rồi đánh dấu “Sở đã xác nhận”."
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("department_vi"), FieldPanel("department_en")]),
                FieldRowPanel([FieldPanel("department_long_vi"), FieldPanel("department_long_en")]),
                FieldRowPanel([FieldPanel("responsible_vi"), FieldPanel("responsible_en")]),
            ],
            heading="Cơ quan",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("address_vi"), FieldPanel("address_en")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ],
            heading="Liên hệ",
        ),
        FieldPanel("confirmed"),
    ]

    class Meta:
        verbose_name = "thông tin cơ quan"
        verbose_name_plural = "thông tin cơ quan"

    def in_language(self, language: str) -> dict[str, str]:
        """The facts in one language; an English one that is missing is left out, the shell has its own words for it."""
        language = language if language in LANGUAGES else "vi"
        names = ("department", "department_long", "responsible", "address")
        facts = {name: getattr(self, f"{name}_{language}") for name in names}
        return {**facts, "phone": self.phone, "email": self.email}
