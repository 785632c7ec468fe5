"""What of Rasa was made quicker still does what it did."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.integration.rasa_process import ROOT, rasa_python

SLOT = {"event": "slot", "timestamp": None, "name": "last_question", "value": ["谁签发"]}
RESULTS: tuple[dict[str, object], ...] = (
    {"events": [SLOT], "responses": [{"text": "县长签发"}]},
    {"events": [], "responses": []},
    {"events": [{"event": "followup", "name": "action_listen"}], "responses": []},
    {"events": [SLOT | {"name": 1}], "responses": []},
    {"events": [{"event": "slot", "name": "last_question"}], "responses": []},
    {"events": [SLOT | {"timestamp": "now"}], "responses": []},
    {"events": [SLOT | {"metadata": [1]}], "responses": []},
    {"events": [SLOT | {"event": "no such event"}], "responses": []},
    {"events": [SLOT], "responses": ["县长签发"]},
    {"events": {}, "responses": []},
)
JUDGE = """
import json, sys
from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from nlu.action_results import _only_sets_slots
checker = Draft7Validator(RemoteAction.action_response_format_spec())
print(json.dumps([[_only_sets_slots(r), checker.is_valid(r)] for r in json.load(sys.stdin)]))
"""
CLASSIFY = """
import json
import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, hstack
from nlu.quick_classifier import _row
counts = coo_matrix(np.array([[0, 2, 0, 1, 0]]))
vector = np.array([0.5, -1.25, 3.0], dtype=np.float32)
print(json.dumps(bool((_row(counts.tocsr(), vector) != hstack([counts, csr_matrix(vector)])).nnz)))
"""


def in_rasa(script: str, said: str = "") -> object:
    """What a script prints under Rasa's interpreter."""
    command = [str(rasa_python()), "-W", "ignore", "-c", script]
    done = subprocess.run(command, cwd=ROOT, input=said, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.rasa
def test_no_answer_of_an_action_passes_that_the_checker_would_refuse() -> None:
    judged = in_rasa(JUDGE, json.dumps(RESULTS))

    assert isinstance(judged, list)
    assert [quick for quick, _ in judged] == [True, True] + [False] * 8
    assert all(valid for quick, valid in judged if quick)


@pytest.mark.rasa
def test_a_message_becomes_the_row_that_stacking_matrices_gives() -> None:
    assert in_rasa(CLASSIFY) is False
