"""What every request passes. The order is in portal/settings.py; each says in its docstring why it stands where."""

from portal.middleware.body_limit import BodyLimit
from portal.middleware.caching import PublicCacheHeaders
from portal.middleware.page_cache import PageCache
from portal.middleware.policies import AdminPolicy, PermissionsPolicy
from portal.middleware.request_id import RequestId
from portal.middleware.revalidation import Revalidation

__all__ = [
    "AdminPolicy",
    "BodyLimit",
    "PageCache",
    "PermissionsPolicy",
    "PublicCacheHeaders",
    "RequestId",
    "Revalidation",
]
