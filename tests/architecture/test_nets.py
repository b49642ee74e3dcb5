"""The nets under every test hold: a warning, a leak or a call abroad fails the test that made it."""

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from tests.architecture.files import ROOT

CARELESS = """
import socket, threading, time, warnings
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QWidget

def test_python_warns():
    warnings.warn("careless")

def test_qt_warns():
    qWarning("careless")

def test_a_thread_is_left():
    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()

def test_a_window_is_left(qapp):
    global window
    window = QWidget()
    window.show()

def test_a_socket_goes_abroad():
    socket.create_connection(("192.0.2.1", 9), timeout=1)

def test_a_file_is_left_open():
    open(__file__)

def test_all_is_well():
    pass
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Test -> what pytest said of it (passed, failure, error), run as ours are."""
    place = tmp_path_factory.mktemp("careless")
    (place / "test_careless.py").write_text(CARELESS, "utf-8")
    report = place / "report.xml"
    ours = ["-c", ROOT / "pyproject.toml", "-p", "tests.conftest"]
    apart = ["--rootdir", place, "-p", "no:randomly", "-p", "no:cacheprovider", f"--junitxml={report}", place]
    command = [sys.executable, "-m", "pytest", *ours, *apart]
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=50, check=False)
    said: dict[str, set[str]] = {}
    for case in ET.parse(report).iter("testcase"):
        troubles = {child.tag for child in case if child.tag in {"failure", "error"}}
        said.setdefault(case.attrib["name"], set()).update(troubles)
    return said


@pytest.mark.parametrize(
    "careless",
    [
        "test_python_warns",
        "test_qt_warns",
        "test_a_thread_is_left",
        "test_a_window_is_left",
        "test_a_socket_goes_abroad",
        "test_a_file_is_left_open",
    ],
)
def test_a_careless_test_is_caught(outcomes: dict[str, set[str]], careless: str) -> None:
    assert outcomes[careless]


def test_a_careful_test_passes_after_them(outcomes: dict[str, set[str]]) -> None:
    assert outcomes["test_all_is_well"] == set()
