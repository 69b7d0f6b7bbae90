"""Settings shared by demo, tests and production. What differs is in those modules."""

from pathlib import Path
from urllib.parse import unquote

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.processes import compartments, connection_options
from config.settings import broker

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".data")))
KEY_DIR = Path(env("KEY_DIR", default=str(DATA_DIR / "keys")))
# How long a process may go on with an unwrapped key; a rotation waits as long before it counts.
KEY_CACHE_SECONDS = env.float("KEY_CACHE_SECONDS", default=300.0)
# How long the keys of a finished rotation are kept: as long as the oldest backup that still needs them.
KEY_RETENTION_DAYS = env.int("KEY_RETENTION_DAYS", default=30)
# What holds the key-encryption key: a file, a command or a PKCS#11 device, see docs/keys.md.
KEK_PROVIDER = env("KEK_PROVIDER", default="privacy.providers.FileKekProvider")
KEK_COMMAND = env("KEK_COMMAND", default="")
KEK_TIMEOUT = env.float("KEK_TIMEOUT", default=10.0)
PKCS11_MODULE = env("PKCS11_MODULE", default="")
PKCS11_TOKEN = env("PKCS11_TOKEN", default="huhang")
PKCS11_PIN_FILE = env("PKCS11_PIN_FILE", default=str(KEY_DIR / "pin"))
PKCS11_KEY = env("PKCS11_KEY", default="huhang-kek")

# The rooms. A measure is added in one folder and one line here.
FLOORS = ["privacy", "agencies", "workflow", "casework"]
ROOMS = [
    "casework.measures.mandatory_report",
    "casework.measures.guardianship",
    "casework.measures.family_mediation",
    "casework.measures.petition",
    "casework.measures.warning_letter",
    "casework.measures.follow_up_visit",
    "casework.measures.shelter_stay",
    "casework.measures.key_watch",
    "casework.measures.screening_round",
    "casework.measures.supervision",
    "casework.measures.joint_talk",
    "casework.measures.case_conference",
    "casework.measures.joint_meeting",
    "casework.measures.bulletin",
    "casework.measures.published_case",
    "casework.measures.criminal_track",
    "casework.measures.no_contact_order",
    "casework.measures.perpetrator_intervention",
    "casework.measures.registers",
    "casework.measures.recovery_plan",
    "casework.measures.interview",
    "referrals",
    "protection_orders",
    "hotline",
    "indicators",
    "monitor",
    "scenarios",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.CollectedFiles",
    "django.contrib.postgres",
    "simple_history",
    "axes",
    "csp",
    "django_htmx",
    *FLOORS,
    *ROOMS,
    "config",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "config.middleware.RequestIdMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.metrics.MetricsMiddleware",
    "privacy.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "agencies.middleware.ActorMiddleware",
    "config.middleware.WallMiddleware",
    "agencies.register.RegisterMiddleware",
    "agencies.step_up.ProofMiddleware",
    "casework.uploads.LeftUploads",
    "casework.middleware.LeaveMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "agencies.context.actor",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres:///huhang"),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        # After a restart of the database no request meets a connection that died with it.
        "CONN_HEALTH_CHECKS": True,
    }
}
# A unix socket's folder comes percent-encoded in the address.
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"] or "")
# Values bound by the server never reach its log, not even with a failed statement.
DATABASES["default"].setdefault("OPTIONS", {}).update({"server_side_binding": True, "connect_timeout": 5})
# Which part of the product this process serves: desk, liaison, statistics, worker; empty: all of it (docs/adr/0014).
PROCESS = env("PROCESS", default="")
# Under which role its statements run. Empty: as the user of the address, without the second wall.
DATABASE_ROLE = env("DATABASE_ROLE", default="")
DATABASES["default"]["OPTIONS"].update(connection_options(PROCESS, DATABASE_ROLE))
# Whose data keys this process may open.
SEALED_COMPARTMENTS = compartments(PROCESS)
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
# Several hosts: the sentinels in REDIS_SENTINELS ("a:26379,b:26379,c:26379") say which Redis is the master now.
REDIS_SENTINELS = env.list("REDIS_SENTINELS", default=[])
REDIS_MASTER = env("REDIS_MASTER", default="huhang")
REDIS_USER = env("REDIS_USER", default="")
REDIS_PASSWORD = env("REDIS_PASSWORD", default="")
# Backups are sealed to this public key (docs/deploy.md); the tools in PG_BIN must be as new as the server.
BACKUP_PUBLIC_KEY = env("BACKUP_PUBLIC_KEY", default="")
PG_BIN = env("PG_BIN", default="")
# Functions `(tell) -> None` that bring a restored database up to what has happened since its backup.
AFTER_RESTORE = ["casework.services.shredding.replay", "agencies.rulings.replay"]
# The signed list of what was shredded, line by line; on another disk than the data, or an old key ring wins (docs/keys.md).
SHRED_LIST = env("SHRED_LIST", default=str(DATA_DIR / "shredded.list"))
# How long an approved shredding can still be taken back.
SHRED_WAITS_DAYS = env.int("SHRED_WAITS_DAYS", default=7)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.User"
LOGIN_URL = "agencies:sign_in"
LOGIN_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "agencies.backends.StaffBackend"]
PASSWORD_HASHERS = ["agencies.hashers.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "agencies.validators.KindsOrLengthValidator"},
]

# Lock-out by the pair of name and address: nobody can lock a colleague out, rotating headers do not help.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = "agencies.throttle.cool_off"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "agencies.address.client_address"
# Set only where a proxy of ours overwrites it (for instance "HTTP_X_REAL_IP"); otherwise the peer counts.
CLIENT_ADDRESS_HEADER = env("CLIENT_ADDRESS_HEADER", default="")

SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Strict"

# Does the first visit within 7 days count among the three clean ones (law.md Q3)? No is the safer reading.
LETTER_COUNTS_FIRST_VISIT = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticFiles"},
}
# Django's usual handler spools large uploads to a temporary file in clear.
FILE_UPLOAD_HANDLERS = ["casework.uploads.SealingHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# One file of evidence; all files of one case.
EVIDENCE_MOST_BYTES = 50 * 1024 * 1024
EVIDENCE_MOST_PER_CASE = 2 * 1024 * 1024 * 1024
# A command that reads a file from its standard input and answers 0 clean, 1 infected; empty: no scanner.
SCAN_COMMAND = env.list("SCAN_COMMAND", default=[])
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "config.errors.forbidden"

ADMINS: list[tuple[str, str]] = []
DEFAULT_EXCEPTION_REPORTER = "config.reporting.BareReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.reporting.NothingPersonal"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django hangs handlers of its own on these; ours are at the root.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.db.backends": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

CELERY_BROKER_URL = broker.url(REDIS_URL, REDIS_SENTINELS, REDIS_USER, REDIS_PASSWORD)
CELERY_BROKER_TRANSPORT_OPTIONS = broker.options(REDIS_SENTINELS, REDIS_MASTER)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep-deadlines": {"task": "workflow.tasks.sweep_deadlines", "schedule": 60.0},
    "seal-register": {
        "task": "agencies.tasks.seal_register",
        "schedule": 2.0,
        "options": {"expires": 2.0},
    },
    "sign-register": {"task": "agencies.tasks.sign_register", "schedule": 60.0},
    "check-new-rows": {"task": "agencies.tasks.check_new_rows", "schedule": 600.0},
    "check-register": {"task": "agencies.tasks.check_register", "schedule": crontab(hour="3", minute="10")},
    "relay-outbox": {"task": "workflow.tasks.relay_outbox", "schedule": 30.0},
    "take-up-visit-tasks": {
        "task": "casework.measures.follow_up_visit.tasks.take_up_visit_tasks",
        "schedule": 60.0,
    },
    # What the copies for the page were not made of yet, because the broker was down or the worker was killed.
    "prepare-copies": {"task": "casework.tasks.prepare_copies", "schedule": 60.0},
    "end-exports": {"task": "casework.tasks.end_exports", "schedule": 60.0},
    "drop-stray-files": {
        "task": "casework.tasks.drop_stray_files",
        "schedule": crontab(hour="3", minute="40"),
    },
    "carry-out-shreddings": {"task": "casework.tasks.carry_out_shreddings", "schedule": 300.0},
    "let-records-lapse": {
        "task": "casework.tasks.let_records_lapse",
        "schedule": crontab(hour="3", minute="20"),
    },
    "pack-archives": {"task": "casework.tasks.pack_waiting_archives", "schedule": 60.0},
    # A number is fresh within two seconds; a beat that nobody took up in time is not made up for.
    "count-steps": {"task": "indicators.tasks.count_steps", "schedule": 1.0, "options": {"expires": 1.0}},
}

# Where the signed checkpoints of the reading register go: file:/path, syslog:/dev/log, syslog:host:port or
# command:program words. Empty: they stay in the database alone, and whoever owns that can cut its end unseen.
AUDIT_SINK = env("AUDIT_SINK", default="")
# False: too many cases or refusals at once raise the alarm but slow nobody down (tests over all addresses).
WATCH_SLOWS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with forms, which the forgery check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# "djcp3" and "asvs" demand a second factor of everybody; "open" offers it. See docs/adr/0013.
SECURITY_PROFILE = env("SECURITY_PROFILE", default="open")

# Sign-in by way of a government identity provider; empty: there is no such way. See docs/adr/0020.
OIDC_ISSUER = env("OIDC_ISSUER", default="")
OIDC_NAME = env("OIDC_NAME", default="统一身份认证平台")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", default="")
# A file with nothing but the secret, readable by its owner alone.
OIDC_CLIENT_SECRET_FILE = env("OIDC_CLIENT_SECRET_FILE", default="")
# Our own address as it is registered with the provider: https://<host>/sign-in/provider/back
OIDC_REDIRECT_URI = env("OIDC_REDIRECT_URI", default="")
# Other hosts of the provider's that its description may name; nothing else is ever called.
OIDC_HOSTS = env.list("OIDC_HOSTS", default=[])
# The authority that signs the provider's certificate, if it is not one that the system trusts.
OIDC_CA_FILE = env("OIDC_CA_FILE", default="")
# Levels (acr) of which the provider must name one; words (acr or amr) that stand for a second step of its own.
OIDC_REQUIRE_ACR = env.list("OIDC_REQUIRE_ACR", default=[])
OIDC_SECOND_STEP = env.list("OIDC_SECOND_STEP", default=[])
# A provider on this very machine without TLS: tests only, never from the environment.
OIDC_PLAIN_HTTP = False
