"""The portal's own settings, over a folder that lives as long as this process of tests. One folder per xdist worker."""

import atexit
import os
import shutil
import tempfile

# Playwright keeps an event loop in the main thread; without this every later query of the process would be refused.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# What the developer's shell says about an installation is not the tests' business; only the servers of data and of search are.
for name in [
    n
    for n in os.environ
    if n.startswith("PORTAL_") or n in ("DEMO", "DEMO_PASSWORD", "SEARCH_ENGINE", "ELASTICSEARCH_PREFIX")
]:
    del os.environ[name]
os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="portal-tests-")
os.environ["PORTAL_SECRET_KEY"] = "only-for-tests-" + "x" * 50
atexit.register(shutil.rmtree, os.environ["PORTAL_VAR"], ignore_errors=True)

from portal.catalogues import compile_catalogues  # noqa: E402
from portal.settings import *  # noqa: E402,F403
from portal.settings import DATABASES, STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PAGE_CACHE_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A connection kept open would stand in the way of putting a PostgreSQL database back between two tests.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF"

# A fresh clone has no compiled translations, and an edited one has old ones.
compile_catalogues()
