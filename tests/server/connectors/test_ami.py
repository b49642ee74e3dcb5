"""The manager interface's wire: cut anywhere, damaged anyhow, the reader goes on."""

from hypothesis import given
from hypothesis import strategies as st

from sync.server.connectors.asterisk.ami import MAX_MESSAGE, Message, MessageReader, action
from sync.server.connectors.asterisk.calls import CALL_EVENTS
from tests.server.connectors.lines import CAPTURES

HANGUP = b"Event: Hangup\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\n\r\n"


def test_the_greeting_and_the_first_answer_come_as_one_message() -> None:
    reader = MessageReader(CALL_EVENTS)
    received = (CAPTURES / "bad-login.ami").read_bytes()
    assert reader.feed(received) == [
        {"Response": "Error", "ActionID": "login-1", "Message": "Authentication failed"}
    ]
    assert reader.malformed == 0


@given(st.lists(st.integers(min_value=1, max_value=400), max_size=40))
def test_the_wire_may_cut_anywhere(cuts: list[int]) -> None:
    whole = (CAPTURES / "answered.ami").read_bytes()
    reader = MessageReader(CALL_EVENTS)
    heard: list[Message] = []
    rest = whole
    for cut in cuts:
        heard += reader.feed(rest[:cut])
        rest = rest[cut:]
    heard += reader.feed(rest)
    assert heard == MessageReader(CALL_EVENTS).feed(whole)
    assert len(heard) > 5


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_no_bytes_make_the_reader_fail(chunks: list[bytes]) -> None:
    reader = MessageReader(CALL_EVENTS)
    for chunk in chunks:
        for message in reader.feed(chunk):
            assert all(isinstance(value, str) for value in message.values())


@given(st.binary(max_size=300).map(lambda noise: noise.replace(b"\r\n\r\n", b"")))
def test_noise_before_a_message_never_hides_the_next_one(noise: bytes) -> None:
    reader = MessageReader(CALL_EVENTS)
    heard = reader.feed(noise + b"\r\n\r\n" + HANGUP)
    assert heard[-1] == {"Event": "Hangup", "Uniqueid": "1.1", "Linkedid": "1.1"}


def test_a_line_without_a_colon_is_counted_and_kept_and_the_others_are_read() -> None:
    reader = MessageReader(CALL_EVENTS)
    (message,) = reader.feed(b"Event: Hangup\r\nnonsense\r\nUniqueid: 1.1\r\n\r\n")
    assert message == {"Event": "Hangup", "Uniqueid": "1.1"}
    assert reader.malformed == 1
    assert list(reader.malformed_raw) == [b"nonsense"]


def test_an_endless_message_is_dropped_and_the_next_one_is_read() -> None:
    reader = MessageReader(CALL_EVENTS)
    for _ in range(100):
        assert reader.feed(b"Event: Hangup\r\nUniqueid: " + b"1" * 10_000) == []
    assert reader.feed(b"\r\n\r\n" + HANGUP) == [{"Event": "Hangup", "Uniqueid": "1.1", "Linkedid": "1.1"}]
    assert reader.malformed == 1
    assert reader.pending <= MAX_MESSAGE


def test_a_complete_message_that_is_too_long_is_dropped() -> None:
    reader = MessageReader(CALL_EVENTS)
    too_long = b"Event: Hangup\r\nUniqueid: " + b"1" * (MAX_MESSAGE + 1) + b"\r\n\r\n"
    assert reader.feed(too_long + HANGUP) == [{"Event": "Hangup", "Uniqueid": "1.1", "Linkedid": "1.1"}]
    assert reader.malformed == 1


def test_an_unwanted_event_is_counted_and_not_read() -> None:
    reader = MessageReader({"Hangup"})
    assert reader.feed(b"Event: TestEvent\r\nState: X\r\n\r\n" + HANGUP + b"Event: Newchannel\r\n\r\n") == [
        {"Event": "Hangup", "Uniqueid": "1.1", "Linkedid": "1.1"}
    ]
    assert reader.ignored == 2


def test_of_two_headers_of_one_name_the_first_counts() -> None:
    reader = MessageReader({"Hangup"})
    (message,) = reader.feed(b"Event: Hangup\r\nUniqueid: 1.1\r\nUniqueid: 2.2\r\n\r\n")
    assert message["Uniqueid"] == "1.1"


def test_a_value_cannot_forge_a_second_header() -> None:
    sent = action("Login", {"Username": "a\r\nSecret: b"})
    assert sent == b"Action: Login\r\nUsername: a  Secret: b\r\n\r\n"
