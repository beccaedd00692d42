from wagtail import hooks

from accounts.staff_users import AssignRole

hooks.register("register_bulk_action", AssignRole, order=100)
