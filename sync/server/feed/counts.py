"""What operators watch: counted here, told as Prometheus text."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Counts:
    """The counters of one server process; nothing personal is ever a label."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.commands = Counter(
            "filrouge_commands", "Commands by what became of them", ["state"], registry=self._registry
        )
        self.problems = Counter(
            "filrouge_problems", "Requests answered by a problem", ["status"], registry=self._registry
        )
        self.due_work = Counter(
            "filrouge_due_work",
            "What was done when it was due, by work and what became of it",
            ["work", "state"],
            registry=self._registry,
        )
        self.messages = Counter(
            "filrouge_hook_messages",
            "Messages that outside systems posted",
            ["line", "state"],
            registry=self._registry,
        )
        self.feeds = Gauge("filrouge_feeds", "Consoles listening", registry=self._registry)
        self.position = Gauge("filrouge_journal_position", "The journal's head", registry=self._registry)
        self.command_seconds = Histogram(
            "filrouge_command_seconds", "From a command in hand to its commit", registry=self._registry
        )

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)
