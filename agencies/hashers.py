"""Argon2id at the OWASP floor: 19 MiB, two passes, one lane; four fit beside each other on a small box."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
