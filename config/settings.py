"""Every setting of the program, in one file, read from the environment (see README, "Settings")."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.folder import is_demo, secret_key
from config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# ---------------------------------------------------------------- the service's own

DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "data")
DEMO = is_demo(DATA_DIR)
ORIGINS = env.origins("ORIGINS", "http://127.0.0.1:8000,http://localhost:8000")
HTTPS = ORIGINS[0].startswith("https:")
EXIT_ADDRESS = env.address("EXIT_ADDRESS", "https://www.bbc.co.uk/weather")
HELP_FILE = env.folder("HELP_FILE", BASE_DIR / "people" / "data" / "help.json")
SERVICE_NAME = env.text("SERVICE_NAME", "Waymark")
SERVICE_ZONE = env.zone("SERVICE_ZONE", "Europe/London")
AGE_FROM = env.whole("AGE_FROM", 14, low=10, high=25)
AGE_TO = env.whole("AGE_TO", 18, low=10, high=25)
REREAD_HOURS = env.whole("REREAD_HOURS", 24, low=0, high=168)
ADULTS_NEEDED = env.whole("ADULTS_NEEDED", 2, low=1, high=4)
ADULT_BEAT_SECONDS = env.whole("ADULT_BEAT_SECONDS", 15, low=5, high=15)
RESUME_MINUTES = env.whole("RESUME_MINUTES", 5, low=0, high=30)
LINE_AFTER_CLOSE_MINUTES = env.whole("LINE_AFTER_CLOSE_MINUTES", 60, low=0, high=720)
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

if AGE_TO < AGE_FROM:
    raise ImproperlyConfigured("AGE_TO must not be below AGE_FROM.")
if DEMO and HTTPS:
    # Demo links sign anybody in without a password: they may never face a network.
    raise ImproperlyConfigured("A data folder made with --demo is for loopback only.")
env.not_yet("DATABASE_URL")
env.not_yet("REDIS_URL")

# ---------------------------------------------------------------- Django

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY", "") or secret_key(DATA_DIR)
ALLOWED_HOSTS = sorted({urlsplit(origin).hostname or "" for origin in ORIGINS})
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = SERVICE_ZONE
LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "locale"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
FILE_UPLOAD_HANDLERS: list[str] = []

INSTALLED_APPS = [
    "config",
    "people",
    "courses",
    "chat",
    "scheduling",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "config.middleware.SecurityHeaders",
    "config.middleware.SameOrigin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chat.leaving.FinishLeaving",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
            ],
        },
    }
]

# `config.headers` sets what Django's own middleware would, and more, on every response: also on
# static files and on refusals that never reach Django.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]

# ---------------------------------------------------------------- database

# A message that was acknowledged is on the disk (L1): synchronous=FULL syncs at every commit.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "waymark.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 5,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
            ),
        },
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# ---------------------------------------------------------------- signing in

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/staff/account/login/"
LOGIN_REDIRECT_URL = "/staff/"
ACCOUNT_ADAPTER = "config.accounts.StaffDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_ALLOW_UNVERIFIED_EMAIL = True

# The session ends with the browser: the next person at a shared phone is not signed in.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_TRUSTED_ORIGINS = ORIGINS
CSRF_FAILURE_VIEW = "config.errors.not_from_here"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# ---------------------------------------------------------------- files, mail, tasks, logs

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "frontend" / "dist"
HASHED_NAME = re.compile(r"^/static/.+[-.][\w-]{8}\.\w+$")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Tasks carry opaque ids only and leave no results behind (I4).
CELERY_BROKER_URL = "memory://localhost"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = logging_config(LOG_LEVEL)
