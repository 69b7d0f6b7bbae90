"""`manage.py restore DIR --keyring DIR --key FILE`: into an empty database and an empty store."""

import hashlib
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.parts import MANIFEST, Incomplete, newest, newest_keyring
from config.backup.restoring import restore
from config.backup.sealing import Unreadable, private_key
from privacy.errors import KeyRingError


class Command(BaseCommand):
    help = "Restore a backup with the newest key ring, replay what was shredded since, and verify what came back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a backup, or the folder of backups: then the newest")
        parser.add_argument(
            "--keyring", type=Path, required=True, help="the folder of the key ring's archives"
        )
        parser.add_argument(
            "--key", type=Path, required=True, help="the private key; its passphrase is asked for"
        )
        parser.add_argument(
            "--checkpoints", type=Path, help="those sent away, where AUDIT_SINK is no file here"
        )
        parser.add_argument("--manifest", default="", help="the manifest's SHA-256 as written in the book")

    def handle(
        self,
        *args: Any,
        folder: Path,
        keyring: Path,
        key: Path,
        manifest: str,
        checkpoints: Path | None = None,
        **options: Any,
    ) -> None:
        # A pipe gives the passphrase as its first line.
        phrase = getpass("Passphrase: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            backup = newest(folder)
            if manifest and hashlib.sha256((backup / MANIFEST).read_bytes()).hexdigest() != manifest:
                raise Incomplete("The manifest is not the one that was written down.")
            restore(backup, newest_keyring(keyring), private_key(key, phrase), self.tell, checkpoints)
        except (Incomplete, Unreadable, KeyRingError) as refusal:
            raise CommandError(str(refusal)) from None
        self.tell(
            "finished: load the rules and collect static files with `manage.py prepare`, then start the units"
        )

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
