from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.redirects.admin import RedirectAdmin
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.http import HttpRequest

from lernnetzwerk.administration.saving import SavingAdmin
from lernnetzwerk.text.search_admin import FoldedSearchAdmin

admin.site.unregister([User, Group, Site, Redirect])


@admin.register(User)
class AccountAdmin(SavingAdmin, FoldedSearchAdmin, UserAdmin):
    """Account managers assign groups; only superusers create and change superusers."""

    OVERRIDES = ("is_superuser", "user_permissions")

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

    def _is_within_reach(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_superuser


@admin.register(Group)
class RolesAdmin(SavingAdmin, FoldedSearchAdmin, GroupAdmin):
    """The project sets the permissions of groups; see lernnetzwerk.visibility.roles."""


@admin.register(Redirect)
class AddressesAdmin(SavingAdmin, FoldedSearchAdmin, RedirectAdmin):
    """Addresses of predecessor sites."""
