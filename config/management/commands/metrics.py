"""`manage.py metrics`: the numbers of this host for Prometheus, on a port of its own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from prometheus_client import start_http_server

from config.metrics import registry


class Command(BaseCommand):
    help = "Show metrics until stopped. Name only an address that the monitoring host alone can reach."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=9108)

    def handle(self, *args: Any, address: str, port: int, **options: Any) -> None:
        _server, thread = start_http_server(port, address, registry())
        self.stdout.write(f"metrics on http://{address}:{port}/metrics")
        self.stdout.flush()
        thread.join()
