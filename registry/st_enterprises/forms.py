"""The questions of the self-assessment, one step each. What is left empty is not known; nothing is required."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.amounts import NotAnAmount, read_amount
from registry.dossiers.fields import CountField
from registry.st_enterprises.profile import WINDOW, Effect, Product, Profile, Result, ResultKind, Sector, Year
from registry.st_enterprises.size import Size, find_size
from registry.st_enterprises.words import EFFECTS, RESULTS, SECTORS

NONE: Final = "none"
UNKNOWN: Final = "unknown"
DATE_FORMATS: Final = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
MOST_PRODUCTS: Final = 100


class MoneyField(forms.CharField):
    """Whole đồng, as people type them."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=False, max_length=40, widget=widget)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_amount(text, english=get_language() == "en")
        except NotAnAmount:
            raise forms.ValidationError(_("Ghi số tiền, ví dụ 1.250.000.000 hoặc 1,25 tỷ.")) from None


class SeveralField(forms.MultipleChoiceField):
    """Several of a list, or “none of them”; nothing ticked is not known."""

    def __init__(self, label: Any, choices: Mapping[Any, Any], none: Any) -> None:
        rows = [*((key.value, word) for key, word in choices.items()), (NONE, none)]
        super().__init__(label=label, choices=rows, required=False, widget=forms.CheckboxSelectMultiple)

    def clean(self, value: Any) -> list[str] | None:
        chosen = super().clean(value)
        if NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Bỏ chọn “không có”, hoặc bỏ các mục kia."))
        return None if not chosen else [one for one in chosen if one != NONE]


class StepForm(forms.Form):
    parts: tuple[tuple[str, str], ...] = ()
    """Pairs of fields of which the first is a part of the second."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for part, whole in self.parts:
            if said.get(part) is not None and said.get(whole) is not None and said[part] > said[whole]:
                told = str(self.fields[whole].label).lower()
                self.add_error(part, _now("Số này không thể lớn hơn “%(whole)s”.") % {"whole": told})
        return said


class FoundingForm(StepForm):
    founded_on = forms.DateField(
        label=_("Doanh nghiệp thành lập ngày nào?"),
        help_text=_("Ngày cấp đăng ký doanh nghiệp lần đầu, ví dụ 12/05/2023."),
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 12/05/2023.")},
    )

    def clean_founded_on(self) -> date | None:
        day: date | None = self.cleaned_data["founded_on"]
        if day and not date(1900, 1, 1) <= day <= clock.today():
            raise forms.ValidationError(_("Ghi một ngày từ năm 1900 đến hôm nay."))
        return day


class SizeForm(StepForm):
    sector = forms.ChoiceField(
        label=_("Doanh nghiệp làm chủ yếu ở khu vực nào?"),
        choices=[*((key.value, word) for key, word in SECTORS.items()), (UNKNOWN, _("Chưa biết"))],
        required=False,
        widget=forms.RadioSelect,
    )
    insured_workers = CountField(_("Lao động tham gia bảo hiểm xã hội, bình quân năm"))
    capital = MoneyField(_("Tổng nguồn vốn"), _("Theo báo cáo tài chính năm liền trước, bằng đồng."))


class YearForm(StepForm):
    net_revenue = MoneyField(_("Doanh thu thuần"), _("Bằng đồng. Điều 49 xét tỷ lệ chi trên số này."))
    total_revenue = MoneyField(
        _("Tổng doanh thu"), _("Bằng đồng. Mẫu V.2 hỏi số này; Điều 49 xét doanh thu sản phẩm trên số này.")
    )
    sti_spending = MoneyField(_("Tổng chi cho nghiên cứu, phát triển công nghệ và đổi mới sáng tạo"), _("Bằng đồng."))
    sti_product_revenue = MoneyField(
        _("Doanh thu từ sản phẩm khoa học, công nghệ và đổi mới sáng tạo"), _("Bằng đồng.")
    )

    parts = (("net_revenue", "total_revenue"), ("sti_product_revenue", "total_revenue"))


class ResultsForm(StepForm):
    results = SeveralField(
        _("Doanh nghiệp sở hữu hoặc được dùng hợp pháp kết quả nào, còn hiệu lực?"), RESULTS, _("Không có kết quả nào")
    )


class ProductsForm(StepForm):
    products = CountField(_("Bao nhiêu sản phẩm được tạo ra từ các kết quả ấy?"), MOST_PRODUCTS)
    commercialised = CountField(_("Trong đó, bao nhiêu sản phẩm đang bán ra thị trường?"), MOST_PRODUCTS)

    parts = (("commercialised", "products"),)


class PeopleForm(StepForm):
    sti_people = CountField(_("Người của doanh nghiệp làm khoa học, công nghệ và đổi mới sáng tạo"))
    sti_people_vietnamese = CountField(_("Trong số ấy, người Việt Nam"))
    hired_experts = CountField(_("Chuyên gia thuê từ viện, trường, tổ chức khoa học và công nghệ"))

    parts = (("sti_people_vietnamese", "sti_people"),)


class UnitForm(StepForm):
    rd_unit_graduates = CountField(
        _("Người có trình độ từ đại học trở lên ở bộ phận nghiên cứu và phát triển"),
        help_text=_("Không có bộ phận ấy thì ghi 0."),
    )
    rd_unit_vietnamese = CountField(_("Người Việt Nam trong số ấy"))

    parts = (("rd_unit_vietnamese", "rd_unit_graduates"),)


class EffectsForm(StepForm):
    effects = SeveralField(_("Sản phẩm đã mang lại hiệu quả nào?"), EFFECTS, _("Chưa có hiệu quả nào"))


@dataclass(frozen=True, slots=True)
class Step:
    """`year` is set where the step asks for the figures of one financial year."""

    code: str
    title: str | Promise
    form: type[StepForm]
    year: int | None = None

    def bound(self, data: Any) -> StepForm:
        return self.form(data, prefix=self.prefix)

    def empty(self, data: Any) -> StepForm:
        """The form with what was typed before, not judged yet."""
        fresh = self.form(prefix=self.prefix)
        for name in fresh.fields:
            key = fresh.add_prefix(name)
            fresh.initial[name] = data.getlist(key) if name in ("results", "effects") else data.get(key, "")
        return fresh

    @property
    def prefix(self) -> str | None:
        return None if self.year is None else f"y{self.year}"

    @property
    def names(self) -> list[str]:
        return [f"{self.prefix}-{name}" if self.prefix else name for name in self.form.base_fields]


@dataclass(slots=True)
class Walk:
    """The steps that what was answered so far calls for, and the profile that comes of it."""

    data: Any
    as_of: date = field(default_factory=clock.today)

    def steps(self) -> Iterator[Step]:
        """Years before the founding are not asked for, nor what no possible size needs."""
        yield Step("founding", _("Thành lập"), FoundingForm)
        yield Step("size", _("Quy mô"), SizeForm)
        founded = self.said(Step("founding", "", FoundingForm)).get("founded_on")
        first = max(self.as_of.year - WINDOW, founded.year if founded else 0)
        for year in range(self.as_of.year - 1, first - 1, -1):
            yield Step(f"year-{year}", _("Năm tài chính %(year)s") % {"year": year}, YearForm, year)
        yield Step("results", _("Kết quả khoa học và công nghệ"), ResultsForm)
        yield Step("products", _("Sản phẩm"), ProductsForm)
        sizes = set(find_size(self.figures()).possible)
        if sizes & {Size.MICRO, Size.SMALL}:
            yield Step("people", _("Con người"), PeopleForm)
        if sizes & {Size.MEDIUM, Size.LARGE}:
            yield Step("unit", _("Bộ phận nghiên cứu và phát triển"), UnitForm)
        if Size.LARGE in sizes:
            yield Step("effects", _("Hiệu quả của sản phẩm"), EffectsForm)

    def said(self, step: Step) -> dict[str, Any]:
        """What a step says, without what cannot be read."""
        form = step.bound(self.data)
        form.is_valid()
        return form.cleaned_data

    def figures(self) -> Profile:
        """The profile as far as the size needs it."""
        size = self.said(Step("size", "", SizeForm))
        last = self.as_of.year - 1
        year = self.said(Step("", "", YearForm, last))
        return Profile(
            self.as_of,
            sector=sector_of(size),
            insured_workers=size.get("insured_workers"),
            capital=size.get("capital"),
            years=(Year(last, total_revenue=year.get("total_revenue")),),
        )

    def profile(self) -> Profile:
        """The whole of it; call it when every step can be read."""
        steps = list(self.steps())
        answers = {name: value for step in steps if step.year is None for name, value in self.said(step).items()}
        answers.pop("commercialised", None)
        sold = self.said(Step("products", "", ProductsForm)).get("commercialised")
        results, products, effects = (answers.pop(name, None) for name in ("results", "products", "effects"))
        sector = sector_of(answers)
        answers.pop("sector", None)
        return Profile(
            self.as_of,
            sector=sector,
            years=tuple(Year(step.year, **self.said(step)) for step in reversed(steps) if step.year is not None),
            results=None if results is None else tuple(Result(ResultKind(kind), in_force=True) for kind in results),
            products=None if products is None else tuple(_products(products, sold)),
            effects=None if effects is None else frozenset(map(Effect, effects)),
            **answers,
        )


def sector_of(answers: Mapping[str, Any]) -> Sector | None:
    said = answers.get("sector")
    return Sector(said) if said and said != UNKNOWN else None


def _products(number: int, sold: int | None) -> Iterator[Product]:
    for at in range(number):
        yield Product("", commercialised=None if sold is None else at < sold)
