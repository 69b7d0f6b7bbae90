"""Django's command line for Huhang. Without addresses of servers it uses the demo's, starting them if need be."""

import os
import sys

from django.core.management import execute_from_command_line

from config.runtime import beside
from config.runtime.children import Failed

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    try:
        if beside.wanted(sys.argv):
            with beside.servers():
                execute_from_command_line(sys.argv)
        else:
            execute_from_command_line(sys.argv)
    except Failed as failure:
        sys.exit(str(failure))
