"""What each process of an installation serves, under which database role, and with whose keys. Read by the settings."""

DESK, LIAISON, STATISTICS, WORKER = "desk", "liaison", "statistics", "worker"

# First part of the address -> the processes that answer it. What is not here is the desk's alone.
DOOR = (
    "",
    "healthz",
    "readyz",
    "law",
    "language",
    "sign-in",
    "sign-out",
    "leave",
    "renew",
    "extend",
    "posting",
    "password",
    "prove",
    "security",
    "static",
)
SERVED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(DOOR, (DESK, LIAISON, STATISTICS)),
    **dict.fromkeys(
        ("moves", "cases", "referrals", "shelter", "visits", "together", "interventions"),
        (DESK, LIAISON),
    ),
    "letters": (DESK, LIAISON),
    "orders": (DESK, LIAISON),
    "figures": (DESK, STATISTICS),
    "plan": (DESK, LIAISON, STATISTICS),
}
COMPARTMENTS: dict[str, tuple[str, ...]] = {
    DESK: ("victim", "reporter", "staff"),
    LIAISON: ("victim", "staff"),
    STATISTICS: ("staff",),
    WORKER: ("victim", "reporter", "staff"),
}
EVERY = ("victim", "reporter", "staff")


def compartments(process: str) -> tuple[str, ...]:
    """Whose data this process can open; a process without a name serves everything."""
    return COMPARTMENTS.get(process, EVERY)


def connection_options(process: str, role: str) -> dict[str, str]:
    """How PostgreSQL is told from the first byte: the role, and for what works by the clock, that it is the system."""
    words = [f"-c role={role}"] if role else []
    if process == WORKER or role == "huhang_owner":
        words.append("-c huhang.basis=system")
    return {"options": " ".join(words)} if words else {}
