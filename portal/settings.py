"""Settings. Every value that an operator may change is read from the environment, typed, and listed in docs/settings.md.

A variable that starts with PORTAL_ and is not known here, or one that has the wrong type, stops the boot (portal/environment.py).
"""

from pathlib import Path

from portal.environment import env, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / env.str("PORTAL_VAR", "var", "Thư mục trạng thái: CSDL SQLite, tệp, khóa, bộ nhớ đệm.")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEMO = env.bool("DEMO", False, "Bản trình diễn: dữ liệu và tài khoản mẫu, thư đọc tại /dev/thu/. Không bật khi vận hành thật.")
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "laichau-demo-2030", "Mật khẩu chung của các tài khoản mẫu, chỉ khi DEMO=1.")
DEBUG = env.bool("PORTAL_DEBUG", False, "Trang lỗi chi tiết cho người lập trình. Không bật khi vận hành thật.")
PORT = env.int("PORT", 8000, "Cổng mà máy chủ lắng nghe.")
BIND = env.str("PORTAL_BIND", "127.0.0.1", "Địa chỉ mà máy chủ lắng nghe; 0.0.0.0 để máy khác trong mạng mở được.")
WORKERS = env.int("PORTAL_WORKERS", 2, "Số tiến trình phục vụ; mỗi tiến trình có tám luồng.")
SECRET_KEY = secret_key(VAR_DIR)
ALLOWED_HOSTS = env.list("PORTAL_HOSTS", ["localhost", "127.0.0.1", "[::1]"], "Các tên miền mà cổng thông tin trả lời.")
BASE_URL = env.web_address("PORTAL_BASE_URL", f"http://localhost:{PORT}", "Địa chỉ công khai, dùng trong thư và dữ liệu mở; https:// bật mọi bảo vệ của HTTPS.")

INSTALLED_APPS = [
    "portal",
    "accounts",
    "notifications",
    "search",
    "registry.core",
    "registry.parties",
    "registry.dossiers",
    "registry.startups",
    "cms.core",
    "cms.home",
    "cms.news",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactor",
    "accounts.middleware.AccessGuard",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "portal.forms.LookRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.shell",
            ],
        },
    },
]

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}", "Cơ sở dữ liệu của cổng thông tin.", shown="portal.sqlite3 trong PORTAL_VAR", conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32768;"
            "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;PRAGMA journal_size_limit=67108864"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "full_name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "files"
FILE_SCANNER = env.str("PORTAL_FILE_SCANNER", "", "Hàm kiểm tra mã độc của tệp tải lên (đường dẫn Python); để trống là không quét.")
"""Dotted path of a callable that takes an open file and answers whether it is clean; empty: files are not scanned."""

NUMBER_PATTERNS = {"startup_dossier": "KN-{year}-{number:05d}"}
"""How the number of each series is written (registry/core/numbers.py)."""

LIMIT_COUNTS_EVENT_DAY = False
LIMIT_COUNTS_EVENT_DAY_SOURCE = "Bộ luật Dân sự 2015, Điều 147 khoản 2 và 3"
LIMIT_ROLLS = True
LIMIT_ROLLS_SOURCE = "Bộ luật Dân sự 2015, Điều 148 khoản 5 (chưa đối chiếu)"
"""How limits in days are counted, and by which provision (registry/core/deadlines.py)."""

WAGTAIL_SITE_NAME = "Đổi mới sáng tạo Lai Châu"
WAGTAILADMIN_BASE_URL = BASE_URL

# Pages and files (cms).
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILDOCS_DOCUMENT_MODEL = "cms_core.PortalDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "txt", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_MODEL = "cms_core.PortalImage"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp"}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}

SEARCH_ENGINE = env.choice("SEARCH_ENGINE", "embedded", ["embedded"], "Máy tìm kiếm.")
SEARCH_FILE = VAR_DIR / "search.sqlite3"

env.close()
