"""Django's settings. What an operator may change stands in environment.py."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from nyumbani.config.environment import (
    Environment,
    database,
    is_demonstration,
    session_secret,
)

ENV = Environment()
ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = session_secret(ENV.keys)
DEBUG = False
ALLOWED_HOSTS = ENV.hosts
ROOT_URLCONF = "nyumbani.config.urls"
WSGI_APPLICATION = "nyumbani.config.wsgi.application"

NYUMBANI_DATA = ENV.data
NYUMBANI_KEYS = ENV.keys
NYUMBANI_DEMO = ENV.demo and is_demonstration(ENV)
# Asked for in a house that no demonstration built: `serve` refuses, and no page of it is there.
NYUMBANI_DEMO_REFUSED = ENV.demo and not NYUMBANI_DEMO
NYUMBANI_GRAPH_URL = ENV.graph_url
NYUMBANI_PLATFORM_URLS = ENV.platform_urls
NYUMBANI_TRUSTED_PROXY = ENV.trusted_proxy
NYUMBANI_NAMES = ENV.names
NYUMBANI_CLOCK = "nyumbani.kit.clock.now"  # for `ui`, which lies on one floor with `kit`
NYUMBANI_EXIT_URL = "https://www.wikipedia.org/"  # where Exit leads: known to all, used by all

INSTALLED_APPS = [
    "nyumbani.ui",
    "nyumbani.audit",
    "nyumbani.jobs",
    "nyumbani.vault",
    "nyumbani.accounts",
    "nyumbani.people",
    "nyumbani.cases",
    "nyumbani.inbox",
    "nyumbani.chats",
    "nyumbani.broadcasts",
    "nyumbani.watch",
    "nyumbani.sheets",
    "nyumbani.desk",
    "nyumbani.drill",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "nyumbani.inbox.middleware.WebhookLane",
    "nyumbani.ui.middleware.LeanAnswers",
    "django.middleware.security.SecurityMiddleware",
    "nyumbani.ui.middleware.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nyumbani.ui.middleware.PrivatePages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "nyumbani.vault.middleware.HouseLocked",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "nyumbani.accounts.middleware.SessionLock",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "nyumbani.accounts.middleware.SecondFactorRequired",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nyumbani.ui.context.page",
            ],
        },
    },
]

LOGGING_CONFIG = "nyumbani.config.logging.set_up"
LOGGING = {"format": ENV.log}
NYUMBANI_ACCESS_LOG = ENV.access_log

DATABASES = {"default": database(ENV)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENV.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxy else None
# Not "no-referrer": browsers then send "Origin: null" with our own forms, and Django refuses them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# What is brought in never lies on a disk in plain, not even for a moment.
FILE_UPLOAD_HANDLERS = ["nyumbani.kit.uploads.PrivateUploads"]
FILE_UPLOAD_TEMP_DIR = MEMORY if (MEMORY := Path("/dev/shm")).is_dir() else None  # noqa: S108 # nosec B108

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sw", "Kiswahili"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = ENV.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = None  # WhiteNoise takes the files from the rooms themselves: nothing to collect
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 24 * 60 * 60

# accounts ----------------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "nyumbani.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # sign-up is closed; this keeps mail out of it
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 10 * 60
# By name, and by name and address: a whole office stands behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "sign_in_here": "5/5m/key",
    "sign_in_anywhere": "20/15m/key",
    "sign_in_again": "5/5m/key",  # in a browser that has seen this person sign in before
    "unlock": "5/5m/key",  # the password again, by session
    "login_failed": "5/5m/key",  # codes, by account
    "change_password": "5/5m/user",  # pragma: allowlist secret
    "reauthenticate": "20/5m/user",
}
MFA_ADAPTER = "nyumbani.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Nyumbani"
MFA_TOTP_TOLERANCE = 1  # cheap phones' clocks drift; forms.py sees that a code is good once
MFA_RECOVERY_CODES_SHOW_ONCE = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.trusted_proxy else 0
# Attempts are counted for all processes together, and stay counted over a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counter",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
# A message may name a colleague: in the session on the server, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
NYUMBANI_IDLE_MINUTES = 15  # the server locks; pages lock themselves some minutes earlier
# end of accounts ---------------------------------------------------------------------------------
