"""`manage.py backup DIR --keyring DIR`: a sealed copy of everything, the keys apart."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.making import back_up, back_up_keyring
from config.backup.parts import Incomplete
from config.backup.sealing import Unreadable, public_key


class Command(BaseCommand):
    help = "Back up database and files, sealed to the public key in BACKUP_PUBLIC_KEY, and the key ring to a place of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="where the backups lie, one folder each")
        parser.add_argument(
            "--keyring", type=Path, required=True, help="where the key ring goes: another device"
        )
        parser.add_argument("--keyring-only", action="store_true", help="only the key ring, for every hour")

    def handle(
        self, *args: Any, folder: Path | None, keyring: Path, keyring_only: bool, **options: Any
    ) -> None:
        if not settings.BACKUP_PUBLIC_KEY:
            raise CommandError("BACKUP_PUBLIC_KEY names no file: backups are never written in clear.")
        if folder is None and not keyring_only:
            raise CommandError("Say where the backup goes.")
        try:
            key = public_key(Path(settings.BACKUP_PUBLIC_KEY))
            if keyring_only or folder is None:
                self.tell(f"finished: {back_up_keyring(keyring, key, self.tell)}")
                return
            made, digest = back_up(folder, keyring, key, self.tell)
        except (Incomplete, Unreadable) as refusal:
            raise CommandError(str(refusal)) from None
        self.tell(f"finished: {made}\nmanifest sha256: {digest}")

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
