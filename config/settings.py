"""Every setting, read from the environment and from the data folder that bin/up keeps."""

import sys
from pathlib import Path

import environ
from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

# --- Where we are ------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
DATA_DIR = Path(env.str("EARSHOT_DATA", default=str(BASE_DIR / "var"))).resolve()
if (DATA_DIR / "earshot.env").is_file():
    env.read_env(str(DATA_DIR / "earshot.env"), overwrite=False)

TESTING = "pytest" in sys.modules
# How much the demo tells; the tests of the whole product need less of it.
DEMO_CONVERSATIONS = env.int("EARSHOT_DEMO_CONVERSATIONS", default=600)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="insecure-for-tests-only" * 3 if TESTING else "")
# Earlier keys: the links and passcodes that families wrote down were made with them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- Hosts: the district comes from the host name, so Django's own check is derived -------------

BASE_HOST = env.str("EARSHOT_BASE_HOST", default="localhost:8000")
SECURE = env.bool("EARSHOT_HTTPS", default=not BASE_HOST.split(":")[0].endswith("localhost"))
# districts.hosts refuses every host that no district answers to, before any view runs; the list
# here is what Django itself may see, and is read from the database.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[BASE_HOST.split(":")[0]])
HOST_CACHE_SECONDS = 0 if TESTING else 5
BEHIND_PROXY = env.bool("EARSHOT_BEHIND_PROXY", default=False)
# How many proxies in front of us append to X-Forwarded-For; without one the header is not read.
TRUSTED_PROXIES = env.int("EARSHOT_TRUSTED_PROXIES", default=1 if BEHIND_PROXY else 0)

# --- Applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.EarshotConfig",
    "nps",
    "inbox",
    "surveys",
    "families",
    "districts",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "config.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "inbox.middleware.LiveMiddleware",
    "districts.middleware.DistrictMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "districts.middleware.LanguageMiddleware",
    "districts.middleware.BodySizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "districts.middleware.PrivacyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "districts.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Database: one login role, which the runtime leaves for a lesser one ------------------------

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://earshot@127.0.0.1/earshot")}
DATABASES["default"] |= {
    "ENGINE": "districts.postgres",
    "ATOMIC_REQUESTS": True,
    "CONN_HEALTH_CHECKS": True,
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
    "OPTIONS": {"assume_role": "earshot_app", "application_name": "earshot"},
    # A migrated database that tests copy instead of migrating one for each worker.
    "TEST": {"TEMPLATE": env.str("EARSHOT_TEST_TEMPLATE", default="") or None},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: cache, sessions' cache, live sequence numbers and nudges ----------------------------

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "districts.patient_cache.PatientRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "earshot" + env.str("PYTEST_XDIST_WORKER", default=""),
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}
SESSION_ENGINE = "districts.sessions"
# One page says them and forgets them, so they need no row and no second commit.
MESSAGE_STORAGE = "districts.toasts.Storage"

# --- Work: Celery carries nudges, PostgreSQL carries work ---------------------------------------

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 300
CELERY_DB_REUSE_MAX = 1_000  # tasks on one connection
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 3, "socket_connect_timeout": 1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    name: {"task": name, "schedule": schedule(seconds), "options": {"expires": 10}}
    for name, seconds in {
        "inbox.tasks.sweep_intake": 2,
        "inbox.tasks.sweep_clocks": 3,
        "inbox.tasks.sweep_queues": 5,
        "inbox.tasks.sweep_unowned": 60,
        "inbox.tasks.sweep_notices": 5,
        "inbox.tasks.sweep_jobs": 5,
        "inbox.tasks.sweep_counts": 5,
        "inbox.tasks.sweep_surges": 5,
        "inbox.tasks.sweep_models": 600,
        "inbox.tasks.sweep_words": 300,
        "families.tasks.sweep_deliveries": 3,
        "surveys.tasks.sweep_waves": 5,
        "surveys.tasks.sweep_answers": 10,
        "inbox.tasks.sweep_files": 6 * 3600,
    }.items()
}

# --- Mail: to a server when one is named, to a folder otherwise ---------------------------------

EMAIL_FILE_PATH = str(DATA_DIR / "outbox")
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
    if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "families.mail_smtp.EmailBackend"
else:
    EMAIL_BACKEND = "families.mail_folder.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="earshot@" + BASE_HOST.split(":")[0])

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "districts.User"
AUTHENTICATION_BACKENDS = ["districts.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
][:: -1 if TESTING else 1][:1]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/inbox/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "districts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = True
# A district's whole staff may share one address and start at eight in the morning.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "30/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
PASSWORD_RESET_TIMEOUT = 4 * 3600
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "districts.adapter.MFAAdapter"
# Nobody can add an address here: the one a login has came with its invitation.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = False

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "earshot_language"
TIME_ZONE = "UTC"
USE_TZ = True

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(DATA_DIR / "files"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "config.statics.WholeStylesheets"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
# Five files of 10 MB and the words around them; the words alone are bounded more tightly.
MAX_BODY_SIZE = 56_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Security -----------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-earshot" if SECURE else "earshot_session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "earshot_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "districts.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
X_FRAME_OPTIONS = "DENY"
# How often an address may write, and sign in to a status page; see districts.limits.
RATE_LIMITS = env.bool("EARSHOT_RATE_LIMITS", default=True)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- API ----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["districts.machines.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["districts.machines.KeyMay"],
    "DEFAULT_THROTTLE_CLASSES": ["districts.machines.KeyThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["districts.parsers.StrictJSONParser"],
    "EXCEPTION_HANDLER": "districts.problems.handle",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "districts.parsers.AlwaysJSON",
}
# Far above any honest integration: it keeps a loop that ran wild from slowing down the rest.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=6000)
SPECTACULAR_SETTINGS = {
    "TITLE": "Earshot API",
    "DESCRIPTION": "Hand in what families ask, follow it, and answer.",
    "VERSION": "1",
    "SERVERS": [{"url": "/"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "KindEnum": "inbox.models.Kind",
        "DayKindEnum": "inbox.working_hours.DayKind",
        "StateEnum": "inbox.models.ClockState",
        "WaveStateEnum": "surveys.models.WaveState",
    },
}

# --- Observation --------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s"
            " request=%(request_id)s district=%(district_id)s %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Two lines for each task would hide everything else.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("celery.worker.strategy", "celery.worker.request", "celery.app.trace")
    },
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
