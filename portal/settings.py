"""Settings. Every value that an operator may change is read from the environment, typed, and listed in docs/settings.md.

A variable that starts with PORTAL_ and is not known here, or one that has the wrong type, stops the boot (portal/environment.py).
"""

from pathlib import Path

from csp import constants as csp

from portal import logging
from portal.environment import env, secret_key, share_metrics
from portal.mail import mail_settings
from portal.province import *  # noqa: F403 (settings of the registers)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / env.str("PORTAL_VAR", "var", "Thư mục trạng thái: CSDL SQLite, tệp, khóa, bộ nhớ đệm.")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEMO = env.bool(
    "DEMO", False, "Bản trình diễn: dữ liệu và tài khoản mẫu, thư đọc tại /dev/thu/. Không bật khi vận hành thật."
)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "laichau-demo-2030", "Mật khẩu chung của các tài khoản mẫu, chỉ khi DEMO=1.")
DEBUG = env.bool("PORTAL_DEBUG", False, "Trang lỗi chi tiết cho người lập trình. Không bật khi vận hành thật.")
PORT = env.int("PORT", 8000, "Cổng mà máy chủ lắng nghe.")
BIND = env.str("PORTAL_BIND", "127.0.0.1", "Địa chỉ mà máy chủ lắng nghe; 0.0.0.0 để máy khác trong mạng mở được.")
WORKERS = env.int("PORTAL_WORKERS", 2, "Số tiến trình phục vụ; mỗi tiến trình có tám luồng.")
SECRET_KEY = secret_key(VAR_DIR)
SECRET_KEY_FALLBACKS = env.list(
    "PORTAL_SECRET_KEY_FALLBACKS", [], "Các khóa ký cũ, để phiên và xác thực hai bước còn dùng được sau khi đổi khóa."
)
ALLOWED_HOSTS = env.list("PORTAL_HOSTS", ["localhost", "127.0.0.1", "[::1]"], "Các tên miền mà cổng thông tin trả lời.")
BASE_URL = env.web_address(
    "PORTAL_BASE_URL",
    f"http://localhost:{PORT}",
    "Địa chỉ công khai, dùng trong thư và dữ liệu mở; https:// bật mọi bảo vệ của HTTPS.",
)

INSTALLED_APPS = [
    "portal",
    "accounts",
    "notifications",
    "search",
    "registry.core",
    "registry.reports",
    "registry.parties",
    "registry.dossiers",
    "registry.official_papers",
    "registry.startups",
    "registry.st_enterprises",
    "registry.st_enterprises.proofs",
    "registry.certificates",
    "registry.appraisals",
    "registry.duties",
    "registry.goals",
    "cms.core",
    "cms.home",
    "cms.news",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.StaffUsersConfig",
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
    "portal.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.Revalidation",
    "portal.middleware.PageCache",
    "portal.middleware.PublicCacheHeaders",
    "portal.middleware.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.AdminPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sessions.Presence",
    "accounts.middleware.SecondFactor",
    "accounts.middleware.AccessGuard",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
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

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'portal.sqlite3'}",
        "Cơ sở dữ liệu của cổng thông tin.",
        shown="portal.sqlite3 trong PORTAL_VAR",
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32768;"
            "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;PRAGMA journal_size_limit=67108864"
        ),
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleBackend"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "full_name")}},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
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
# Dates are typed day first; Django's own list would read 05/12 as the twelfth of May.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = DATE_INPUT_FORMATS[0], DATETIME_INPUT_FORMATS[0]
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "files"
FILE_SCANNER = env.str(
    "PORTAL_FILE_SCANNER", "", "Hàm kiểm tra mã độc của tệp tải lên (đường dẫn Python); để trống là không quét."
)
"""Dotted path of a callable that takes an open file and answers whether it is clean; empty: files are not scanned."""

ST_INTAKE_DECISION = env.str(
    "PORTAL_ST_INTAKE_DECISION", "", "Văn bản cho phép nhận hồ sơ chứng nhận KH&CN tại đây; trống: nộp ở dịch vụ công."
)

ST_TRUSTED_ROOTS = env.certificates(
    "PORTAL_ST_TRUSTED_ROOTS",
    "Tệp PEM chứng thư gốc của nơi cấp chữ ký số được tin khi nhận giấy đã ký; trống: chỉ tin khóa của cổng này.",
)
"""Certificates (DER) to which the chain of a signature under a certificate must lead to be trusted."""

CONFIRM_LINK_DAYS = env.int(
    "PORTAL_CONFIRM_LINK_DAYS", 14, "Số ngày mà chủ dự án mở được liên kết xác nhận hồ sơ nhập hộ."
)

# Static files: plain from their folders in the demo and for developers; hashed, packed and for ever in production.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
HASHED_STATIC = not (DEMO or DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False
PAGE_CACHE_SECONDS = env.int(
    "PORTAL_PAGE_CACHE",
    1,
    "Số giây giữ một trang công khai trong bộ nhớ của tiến trình; 0 khi máy chủ phía trước đã giữ.",
)

# Who may look in. HTTPS is on where the public address says so; a proxy in front must set X-Forwarded-Proto itself.
HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_NAME = "phien"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.bool(
    "PORTAL_BEHIND_PROXY",
    False,
    "Bật khi có máy chủ phía trước nhận HTTPS và tự đặt X-Forwarded-Proto, X-Forwarded-For, X-Request-ID.",
)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the limits count the visitor's address, not the proxy's
METRICS_DIR = share_metrics(VAR_DIR / "metrics")
METRICS_FROM = env.networks(
    "PORTAL_METRICS_FROM",
    ["127.0.0.0/8", "::1/128"],
    "Các mạng được đọc số đo tại /metrics, hỏi thẳng cổng PORT; nginx không cho ai từ ngoài vào.",
)
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
SECURITY_CONTACT = env.str(
    "PORTAL_SECURITY_CONTACT", "", "Nơi nhận báo lỗ hổng, ghi trong security.txt, ví dụ mailto:baomat@vidu.example."
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.NONE],
        "script-src": [csp.SELF],
        "style-src": [csp.SELF],
        "font-src": [csp.SELF],
        "img-src": [csp.SELF, "data:"],
        "connect-src": [csp.SELF],
        "form-action": [csp.SELF],
        "base-uri": [csp.NONE],
        "frame-ancestors": [csp.NONE],
    }
}
# The back office is Wagtail's own pages: inline scripts and styles without a nonce, previews in frames.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [csp.SELF, csp.UNSAFE_INLINE],
    "style-src": [csp.SELF, csp.UNSAFE_INLINE],
    "img-src": [csp.SELF, "data:", "blob:"],
    "frame-src": [csp.SELF],
    "frame-ancestors": [csp.SELF],
}

LOGGING = logging.config(
    env.choice("PORTAL_LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"], "Mức nhật ký ghi ra đầu lỗi chuẩn.")
)

WAGTAIL_SITE_NAME = "Đổi mới sáng tạo Lai Châu"
WAGTAILADMIN_BASE_URL = BASE_URL
# The admin calls nobody outside, and signing in is the accounts' business alone.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# Pages and files (cms).
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILDOCS_DOCUMENT_MODEL = "cms_core.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.core.document_forms.DocumentForm"
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

# People who sign in (accounts).
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.person.Person"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"dossier_key": "10/5m/ip", "own_data": "6/h/user"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "add_email": "accounts.forms.NewAddressForm",
    "change_password": "accounts.forms.NewPasswordForm",
    "reset_password": "accounts.forms.ForgottenForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetForm",
    "reauthenticate": "accounts.forms.ProveAgainForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "40/m/ip"}  # two requests a sign-in, and a whole office behind one address
MFA_FORMS = {
    "add_webauthn": "accounts.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.passkey_forms.RenamePasskeyForm",
    "login_webauthn": "accounts.passkey_forms.SignInPasskeyForm",
    "authenticate_webauthn": "accounts.passkey_forms.SecondFactorPasskeyForm",
    "reauthenticate_webauthn": "accounts.passkey_forms.ProveAgainPasskeyForm",
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
}
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"

# Mail (notifications).
DEFAULT_FROM_EMAIL = env.str(
    "PORTAL_EMAIL_FROM",
    "Đổi mới sáng tạo Lai Châu <khong-tra-loi@localhost>",
    "Người gửi ghi trên thư của cổng thông tin.",
)
globals().update(
    mail_settings(
        env.str(
            "PORTAL_EMAIL_URL", "", "Máy chủ gửi thư: smtp://người-dùng:mật-khẩu@máy-chủ:587/?tls=1 hoặc smtps://…"
        ),
        demo=DEMO,
    )
)

SEARCH_ENGINE = env.choice(
    "SEARCH_ENGINE",
    "embedded",
    ["embedded", "elasticsearch"],
    "Máy tìm kiếm: embedded không cần máy chủ nào; elasticsearch cho dữ liệu lớn, khi máy chủ vắng thì embedded trả lời thay.",
)
ELASTICSEARCH_URL = env.web_address(
    "ELASTICSEARCH_URL", "http://127.0.0.1:9200", "Máy chủ Elasticsearch 8; người dùng và mật khẩu ghi trong địa chỉ."
)
ELASTICSEARCH_PREFIX = env.str(
    "ELASTICSEARCH_PREFIX", "portal", "Đầu tên các chỉ mục, để nhiều cổng thông tin dùng chung một máy chủ."
)
SEARCH_FILE = VAR_DIR / "search.sqlite3"
SEARCH_SPOOL = VAR_DIR / "empty-searches"

env.close()
