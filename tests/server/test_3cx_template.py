"""The template that 3CX reads is of its published format, and what it posts becomes calls.

The format is 3CX's « CRM Template XML Description » (www.3cx.com/docs/crm-template-xml-description): the
elements, their attributes and the words these may hold, as far as a REST template uses them.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.ids import derived_id
from app.store import tables
from tests.server.serving import TOKEN, Served
from tests.support.scene import MORNING

TEMPLATE = Path(__file__).parents[2] / "resources" / "exchanges" / "filrouge-3cx.xml"


@dataclass(frozen=True)
class Element:
    """What one element may hold: attributes, children with how many at least and at most, words."""

    must: frozenset[str]
    may: frozenset[str]
    children: Mapping[str, tuple[int, int]]
    words: Mapping[str, frozenset[str]]


def _of(must: str = "", may: str = "", /, words: dict[str, str] | None = None, **children: str) -> Element:
    counts = {"one": (1, 1), "maybe": (0, 1), "any": (0, 999), "some": (1, 999)}
    return Element(
        frozenset(must.split()),
        frozenset(may.split()),
        {name: counts[count] for name, count in children.items()},
        {name: frozenset(allowed.split()) for name, allowed in (words or {}).items()},
    )


_BOOLEAN = "true false True False"
FORMAT = {
    "Crm": _of(
        "Name Version Country",
        "SupportsEmojis SupportsTranscription ListPageSize",
        {"SupportsEmojis": _BOOLEAN},
        Number="one",
        Connection="one",
        Parameters="one",
        Authentication="one",
        Scenarios="one",
    ),
    "Number": _of("Prefix", "MaxLength", {"Prefix": "AsIs Off Plus Zeros"}),
    "Connection": _of("MaxConcurrentRequests"),
    "Parameters": _of(Parameter="any"),
    "Parameter": _of(
        "Name Type Title",
        "Parent Editor Validation Default ListValues RequestUrl RequestUrlParameters ResponseScenario",
        {"Type": "String Password Boolean Integer List OAuth", "Editor": "String Memo Sqlquery"},
    ),
    "Authentication": _of("Type", "", {"Type": "No Basic Scenario OAuth2"}, Value="any"),
    "Scenarios": _of(Scenario="some"),
    "Scenario": _of(
        "Id Type",
        "EntityId EntityOrder",
        {"Type": "REST SQLDatabase NoSQLDatabase"},
        Request="one",
        Rules="maybe",
        Variables="maybe",
        Outputs="maybe",
    ),
    "Request": _of(
        "Url RequestType ResponseType",
        "SkipIf MessagePasses Message RequestContentType RequestEncoding",
        {
            "RequestType": "Get Post Put Patch Delete",
            "ResponseType": "Json Xml",
            "RequestEncoding": "UrlEncoded Json",
        },
        Headers="maybe",
        QueryParams="maybe",
        PostValues="maybe",
    ),
    "PostValues": _of("", "Key If SkipIf", Value="any", Object="any", Array="any"),
    "Value": _of(
        "Key", "If SkipIf Passes Type", {"Type": "String Integer Boolean Double", "Passes": "0 1 2"}
    ),
    "Rules": _of(Rule="any"),
    "Rule": _of("Type", "Ethalon", {"Type": "Any Equals NotEquals Number"}),
    "Variables": _of(Variable="any"),
    "Variable": _of("Name Path", "LookupValue Skip IsArray", None, Filter="maybe"),
    "Filter": _of(Rule="any"),
    "Outputs": _of("", "AllowEmpty Next", {"AllowEmpty": _BOOLEAN}, Output="any"),
    "Output": _of(
        "Type Value",
        "Passes",
        {
            "Type": "ContactUrl FirstName LastName CompanyName Email PhoneMobile PhoneMobile2 PhoneHome "
            "PhoneBusiness PhoneBusiness2 PhoneOther FaxBusiness FaxHome Pager PhotoUrl EntityId EntityType"
        },
    ),
}
_VARIABLE = re.compile(r"(?<!\[)\[([A-Za-z]+)\]")
TOLD_AFTER_A_CALL = frozenset({"CallType", "Number", "Name", "Agent", "Duration", "DateTime", "EntityId"})


def faults(element: ET.Element) -> Iterator[str]:
    """What 3CX would not know, from this element down."""
    known = FORMAT.get(element.tag)
    if known is None:
        yield f"<{element.tag}> is not known"
        return
    for name in known.must - element.attrib.keys():
        yield f"<{element.tag}> lacks {name}"
    for name, value in element.attrib.items():
        if name not in known.must | known.may:
            yield f"<{element.tag}> has {name}"
        elif name in known.words and value not in known.words[name]:
            yield f'<{element.tag} {name}="{value}"> is not one of its words'
    tags = [child.tag for child in element]
    for tag, (least, most) in known.children.items():
        if not least <= tags.count(tag) <= most:
            yield f"<{element.tag}> holds {tags.count(tag)} <{tag}>"
    for child in element:
        if child.tag in FORMAT and child.tag not in known.children:
            yield f"<{child.tag}> is not at home in <{element.tag}>"
        yield from faults(child)


def _template() -> ET.Element:
    return ET.fromstring(TEMPLATE.read_bytes())


def _report(template: ET.Element) -> ET.Element:
    request = template.find("Scenarios/Scenario[@Id='ReportCall']/Request")
    assert request is not None
    return request


def test_the_template_is_of_the_format_that_3cx_publishes() -> None:
    assert list(faults(_template())) == []


def test_the_template_has_the_lookup_that_is_mandatory_and_the_report_of_calls() -> None:
    assert [each.get("Id") for each in _template().iter("Scenario")] == ["", "ReportCall"]


def test_what_the_template_names_is_a_parameter_or_told_by_3cx() -> None:
    template = _template()
    known = {each.get("Name") for each in template.iter("Parameter")} | TOLD_AFTER_A_CALL
    known |= {each.get("Name") for each in template.iter("Variable")}
    written = [text for each in template.iter() for text in (*each.attrib.values(), each.text or "")]
    assert {name for text in written for name in _VARIABLE.findall(text)} <= known


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('Prefix="AsIs"', 'Prefix="asis"'),
        ('Country="FR"', ""),
        ("<Scenarios>", "<Scenarios><Script />"),
        ('RequestType="Post"', 'Method="Post"'),
        ('<Connection MaxConcurrentRequests="4" />', ""),
        ('Type="Password"', 'Type="Secret"'),
        ("<Rules>", "<Filter><Rule Type='Any'/></Filter><Rules>"),
    ],
)
def test_a_template_of_another_format_is_seen(was: str, becomes: str) -> None:
    text = TEMPLATE.read_text("utf-8")
    assert was in text
    assert list(faults(ET.fromstring(text.replace(was, becomes).encode())))


def test_nothing_is_asked_about_a_number_and_nothing_of_a_patient_comes_back() -> None:
    lookup = _template().find("Scenarios/Scenario[@Id='']/Request")
    assert lookup is not None
    assert lookup.get("SkipIf") == '[Number]!=""'
    assert lookup.get("Url") == "[Server]/health/live"
    assert {each.get("Type") for each in _template().iter("Output")} == {"EntityId"}


STARTED = MORNING.strftime("%Y-%m-%dT%H:%M:%SZ")
_START = '[[CallStartTimeUTC].ToString("yyyy-MM-ddTHH:mm:ssZ")]'


def _filled(text: str, told: Mapping[str, str]) -> str:
    text = text.replace(_START, told["CallStartTimeUTC"])
    return _VARIABLE.sub(lambda found: told[found.group(1)], text)


def _holds(condition: str | None, told: Mapping[str, str]) -> bool:
    alternatives = (each.partition("==") for each in (condition or "1==1").split("||"))
    return any(_filled(left, told) == right for left, _, right in alternatives)


def _end_a_call(served: Served, number: str, call_type: str, *, agent: str = "4101") -> None:
    """Post what 3CX would after a call."""
    request = _report(_template())
    told = {"Server": served.url, "Token": TOKEN, "Number": number, "CallType": call_type, "Agent": agent}
    told |= {"Duration": "00:00:00", "CallStartTimeUTC": STARTED, "ReportCallEnabled": "True"}
    form = {
        each.attrib["Key"]: _filled(each.text or "", told)
        for each in request.iter("Value")
        if _holds(each.get("If"), told)
    }
    answer = served.call("POST", _filled(request.attrib["Url"], told).removeprefix(served.url), data=form)
    assert (answer.status_code, answer.json()) == (200, {})


@pytest.mark.parametrize(
    ("call_type", "expected"),
    [
        ("Inbound", ("inbound", "hung_up", "4101", True)),
        ("Missed", ("inbound", "missed", "", False)),
        ("Outbound", ("outbound", "hung_up", "4101", True)),
        ("Notanswered", ("outbound", "no_answer", "4101", False)),
    ],
)
def test_each_kind_of_call_that_3cx_tells_is_recorded_once_with_its_beginning(
    served: Served, call_type: str, expected: tuple[str, str, str, bool]
) -> None:
    number = f"+336399860{len(call_type):02d}"
    for _ in range(2):
        _end_a_call(served, number, call_type)
    row = served.scene.get(tables.contact, id=derived_id("call", "clinique", "", f"{number} {STARTED}"))
    assert (row.direction, row.ending, row.extension, row.answered_at is not None) == expected
    assert (row.number, row.at) == (number, MORNING)
