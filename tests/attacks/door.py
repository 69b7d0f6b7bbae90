"""What somebody types at the door."""

from agencies.actor import Actor
from agencies.models import User
from tests.people import PASSWORD


def typed(actor: Actor) -> dict[str, str]:
    """What this person types at the door."""
    user = User.objects.get(pk=actor.user_id)
    user.set_password(PASSWORD)
    user.save()
    return {"username": user.username, "password": PASSWORD}
