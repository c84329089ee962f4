from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.models import Group, User
from django.contrib.redirects.admin import RedirectAdmin
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest

from lernnetzwerk.administration.saving import SavingAdmin
from lernnetzwerk.text.search_admin import FoldedSearchAdmin

admin.site.unregister([User, Group, Site, Redirect])


class PasswordSummary(ReadOnlyPasswordHashWidget):
    """Without the attribute `disabled`, which HTML allows for form controls only; Django gives it to a div."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].pop("disabled", None)
        context["button_label"] = "Passwort ändern"  # Django's own label has no German translation
        return context


class AccountForm(UserChangeForm):
    password = ReadOnlyPasswordHashField(label="Passwort", widget=PasswordSummary)


@admin.register(User)
class AccountAdmin(SavingAdmin, FoldedSearchAdmin, UserAdmin):
    """Account managers assign groups; only superusers create and change superusers."""

    OVERRIDES = ("is_superuser", "user_permissions")

    form = AccountForm
    filter_horizontal = ("user_permissions",)
    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    readonly_fields = ("last_login", "date_joined")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_within_reach(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        readonly = tuple(super().get_readonly_fields(request, obj))
        return readonly if request.user.is_superuser else (*readonly, *self.OVERRIDES)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        """Shows the few groups as checkboxes."""
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _is_within_reach(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_superuser


@admin.register(Group)
class RolesAdmin(SavingAdmin, FoldedSearchAdmin, GroupAdmin):
    """The project sets the permissions of groups; see lernnetzwerk.visibility.roles."""


@admin.register(Redirect)
class AddressesAdmin(SavingAdmin, FoldedSearchAdmin, RedirectAdmin):
    """Addresses of predecessor sites."""
