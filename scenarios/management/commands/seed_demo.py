"""`manage.py seed_demo --cases N --seed S`: the published cases and N invented ones, alive as of now."""

from argparse import ArgumentParser
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from agencies.models import Area
from casework.measures.follow_up_visit.tasks import take_up_visit_tasks
from casework.models import Case
from indicators.ledger import NotPublished
from indicators.releases import build, publish
from indicators.tasks import count_steps
from scenarios.cast import call_together
from scenarios.demo.calls import tell_calls
from scenarios.demo.family import tell_families
from scenarios.demo.guardianship import tell_guardianship
from scenarios.demo.interventions import tell_interventions
from scenarios.demo.last_year import tell_last_year
from scenarios.demo.plan import tell_plan
from scenarios.demo.recovery import tell_recovery
from scenarios.demo.registers import tell_registers
from scenarios.demo.reports import tell_reports
from scenarios.demo.shelter import tell_stays
from scenarios.demo.stories import Teller, tell
from scenarios.demo.together import tell_together
from scenarios.demo.watching import tell_watching
from scenarios.facts import files
from scenarios.replay import replay
from workflow.tasks import relay_outbox, sweep_deadlines


class Command(BaseCommand):
    help = (
        "Fill an empty installation with the published cases and invented ones. Nothing personal is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=60)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--no-published", action="store_true", help="only invented cases")
        parser.add_argument("--more", action="store_true", help="also when there are cases already")

    def handle(self, *args: Any, **options: Any) -> None:
        if Case.objects.exists() and not options["more"]:
            raise CommandError("There are cases already. Nothing was added; --more adds to them.")
        cast = call_together()
        if not options["no_published"]:
            for path in files([]):
                replay(path, cast)
            self.tell("published cases performed")
        areas = list(Area.objects.filter(parent__code="150703").order_by("code"))
        teller = Teller(cast, Random(options["seed"]), timezone.now(), areas)  # noqa: S311
        tell_last_year(teller, options["cases"])
        self.tell("last year's cases told to their end")
        for number in range(options["cases"]):
            with transaction.atomic():
                tell(teller, number)
            if number % 10 == 9:
                self.tell(f"{number + 1} of {options['cases']} invented cases")
        open_cases = Case.objects.filter(state="active").exclude(assignee=None).order_by("-created_at")
        tell_stays(teller, list(open_cases[:6]))
        tell_recovery(teller, list(open_cases[6:9]))
        tell_reports(teller)
        tell_guardianship(teller)
        tell_families(teller)
        tell_calls(teller, max(4, options["cases"] // 3))
        tell_interventions(teller)
        tell_registers(teller)
        tell_together(teller)
        tell_watching(teller)
        for task in (relay_outbox, take_up_visit_tasks, sweep_deadlines, relay_outbox, count_steps):
            task()
        self.tell("clocks swept, inboxes filled, steps counted")
        self.publish()
        tell_plan(teller)
        self.tell("five years of the plan, invented")

    def publish(self) -> None:
        """Last year and the closed quarters of this one, so that a supervisor finds releases."""
        now = timezone.now()
        today = timezone.localdate(now)
        for year in (today.year - 1, today.year):
            try:
                self.tell(f"statistics published: {publish(build('150703', year, today), now)}")
            except NotPublished as why:
                self.tell(f"no statistics published: {why}")

    def tell(self, text: str) -> None:
        self.stdout.write(f"    {text}")
        self.stdout.flush()
