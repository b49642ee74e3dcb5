"""What `/metrics` tells: each name, its labels and one sentence, and nothing that could be a patient's."""

import re

from prometheus_client.parser import text_string_to_metric_families

from tests.server.serving import Served

TOLD = {
    "filrouge_commands": ("counter", "Commands by what became of them", {"state"}),
    "filrouge_problems": ("counter", "Requests answered by a problem", {"status"}),
    "filrouge_due_work": (
        "counter",
        "What was done when it was due, by work and what became of it",
        {"work", "state"},
    ),
    "filrouge_hook_messages": ("counter", "Messages that outside systems posted", {"line", "state"}),
    "filrouge_feeds": ("gauge", "Consoles listening", set[str]()),
    "filrouge_journal_position": ("gauge", "The journal's head", set[str]()),
    "filrouge_command_seconds": ("histogram", "From a command in hand to its commit", {"le"}),
}
"""Promises to whoever watches the server: a name here is never another thing later."""
ALSO_MADE = "_created"
"""Prometheus adds to each counter when it began."""
OF_NOBODY = re.compile(r"[a-z_]+|[1-5][0-9]{2}")
"""What a label may say beside a histogram's bounds: a word of ours or of the settings, a status."""


def test_every_metric_is_the_one_promised(served: Served) -> None:
    assert served.call("GET", "/v1/nothing").status_code == 404
    families = [
        family
        for family in text_string_to_metric_families(served.call("GET", "/metrics").text)
        if not family.name.endswith(ALSO_MADE)
    ]
    assert {family.name: (family.type, family.documentation) for family in families} == {
        name: (kind, sentence) for name, (kind, sentence, _) in TOLD.items()
    }
    labels = {family.name: {name for one in family.samples for name in one.labels} for family in families}
    assert labels["filrouge_problems"] == {"status"}
    assert all(found <= TOLD[name][2] for name, found in labels.items())


def test_no_label_says_anything_of_a_patient(served: Served) -> None:
    served.call("GET", "/v1/persons?q=Dubreuil", login="c.morvan")
    served.call("GET", "/v1/persons/0639980001?reason=Dubreuil", login="c.morvan")
    served.call("POST", "/hooks/cti/0639980001")
    families = text_string_to_metric_families(served.call("GET", "/metrics").text)
    labels = [label for family in families for one in family.samples for label in one.labels.items()]
    said = {value for name, value in labels if name != "le"}
    assert said
    assert [value for value in said if not OF_NOBODY.fullmatch(value)] == []
    assert [word for word in ("Dubreuil", "0639980001") if OF_NOBODY.fullmatch(word)] == []
