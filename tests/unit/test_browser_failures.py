"""A run goes on where the source of a failure cannot be parsed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFTEST = "from tests.e2e.browser_failures import pytest_runtest_makereport\n"
BESIDE_A_BROWSER = """
import ast

browser, parse = None, ast.parse


def unparsable(*args, **kwargs):
    raise SystemError("AST constructor recursion depth mismatch")


def test_fails():
    ast.parse = unparsable
    assert "what is shown" == "what was expected"


def test_passes():
    ast.parse = parse
"""


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "test_page.py").write_text(BESIDE_A_BROWSER, encoding="utf-8")
    command = (sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", "-c")
    return subprocess.run(
        (*command, "/dev/null", "--rootdir", str(folder), str(folder)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_failure_beside_a_browser_fails_alone_and_says_where_and_what(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")

    ran = run(tmp_path)

    assert "1 failed, 1 passed" in ran.stdout
    assert 'assert "what is shown" == "what was expected"' in ran.stdout
    assert "- what was expected" in ran.stdout


def test_without_the_hook_it_would_take_the_run_down(tmp_path: Path) -> None:
    ran = run(tmp_path)

    assert "1 passed" not in ran.stdout
    assert "INTERNALERROR" in ran.stdout
