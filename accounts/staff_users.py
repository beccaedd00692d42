"""Accounts in the back office: only administrators, our fields, and nobody is ever deleted, only closed."""

import unicodedata
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django_filters.fields import ModelMultipleChoiceField
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.views import users
from wagtail.users.views.bulk_actions.assign_role import AssignRoleBulkAction

from accounts.models import User
from accounts.person import FullNameField
from accounts.roles import LABELS, ROLES


class RoleNames:
    """Roles by what people here call them, not by the names of the groups."""

    def label_from_instance(self, group: Group) -> str:
        return LABELS.get(group.name, group.name)


class RoleChoices(RoleNames, forms.ModelMultipleChoiceField):
    pass


class RoleChoice(RoleNames, forms.ModelChoiceField):
    pass


class RoleFilterField(RoleNames, ModelMultipleChoiceField):
    pass


class RoleFilter(users.GroupFilter):
    field_class = RoleFilterField


class UserFilters(users.UserFilterSet):
    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, is_searching=is_searching, **kwargs)
        del self.filters["is_superuser"]
        self.filters["group"] = RoleFilter(
            field_name="groups",
            label="Vai trò",
            queryset=Group.objects.filter(name__in=ROLES).order_by("name"),
            use_subquery=is_searching,
            widget=CheckboxSelectMultiple,
        )


class RoleForm(forms.Form):
    role = RoleChoice(label="Vai trò", queryset=Group.objects.filter(name__in=ROLES).order_by("name"))


class AssignRole(AssignRoleBulkAction):
    """Wagtail's bulk action with our names for the roles; registered after Wagtail's, it takes its place."""

    form_class = RoleForm

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        role = LABELS[self.cleaned_form.cleaned_data["role"].name]
        return f"{num_parent_objects} tài khoản đã có vai trò {role}."


class StaffUserForm(forms.ModelForm):
    """Name, address and roles. There is no password here: the person sets it by "Quên mật khẩu"."""

    full_name = FullNameField()
    groups = RoleChoices(
        label="Vai trò",
        queryset=Group.objects.filter(name__in=ROLES).order_by("name"),
        widget=CheckboxSelectMultiple,
        required=False,
        help_text="Không chọn vai trò nào thì tài khoản là của người dân, doanh nghiệp.",
    )

    class Meta:
        model = User
        fields = ("full_name", "email", "language", "groups", "helps_for", "is_active")
        labels = {"is_active": "Đang dùng"}
        help_texts = {
            "email": "Người này đặt mật khẩu lần đầu ở “Quên mật khẩu”, bằng địa chỉ này.",
            "helps_for": "Hội, hiệp hội hoặc xã, phường mà người này được Sở cử nhập hộ hồ sơ cho người chưa có thư điện tử. "
            "Để trống nếu không nhập hộ.",
            "is_active": "Bỏ chọn để đóng tài khoản. Tài khoản không bị xóa, vì lịch sử hồ sơ còn ghi tên.",
        }

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:  # nobody takes the last key away from themselves
            del self.fields["groups"], self.fields["helps_for"], self.fields["is_active"]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        taken = EmailAddress.objects.filter(email=email, verified=True).exclude(user_id=self.instance.pk)
        if taken.exists() or User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Đã có tài khoản dùng địa chỉ này.")
        return email

    def clean_helps_for(self) -> str:
        return " ".join(unicodedata.normalize("NFC", self.cleaned_data["helps_for"]).split())

    def clean_is_active(self) -> bool:
        wanted = bool(self.cleaned_data["is_active"])
        if wanted and self.instance.closed_at:
            raise forms.ValidationError("Chủ tài khoản đã tự đóng và tên, địa chỉ đã xóa. Người đó lập tài khoản mới.")
        return wanted

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        user: User = super().save(commit)
        if commit and "email" in self.changed_data:
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        return user


class UserList(users.IndexView):
    search_fields = ("full_name", "email")
    template_name = "wagtailusers/users/index.html"

    @cached_property
    def columns(self) -> list[Column]:
        name = self._get_title_column_class(users.UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            name("name", accessor="full_name", label="Họ và tên", sort_key="full_name", get_url=self.get_edit_url),
            Column("email", label="Thư điện tử", sort_key="email"),
            Column("roles", accessor=roles_in_words, label="Vai trò"),
            BooleanColumn("is_active", label="Đang dùng", sort_key="is_active"),
            DateColumn("last_login", label="Đăng nhập gần nhất", sort_key="last_login"),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("groups")

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering.replace("name", "full_name"))
        return super().order_queryset(queryset)


class UserEdit(users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.is_superuser and not request.user.is_superuser:  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class StaffUserViewSet(users.UserViewSet):
    index_view_class = UserList
    edit_view_class = UserEdit
    filterset_class = UserFilters
    ordering = "full_name"
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[StaffUserForm]:
        return StaffUserForm


def roles_in_words(user: User) -> str:
    held = [LABELS[group.name] for group in user.groups.all() if group.name in LABELS]
    if user.helps_for:
        held.append(f"Nhập hộ ({user.helps_for})")
    return ", ".join(sorted([*held, "Toàn quyền"] if user.is_superuser else held)) or "Người dùng"
