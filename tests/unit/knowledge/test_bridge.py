from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.core.people import OrgId
from knowledge.answer.bridging import Pairs, fit_bridge, unseen
from knowledge.search.bridge import carried, load_bridge, write_bridge

ASKED, MEANT, OTHER = [1.0, 0.0, 0.0], [0.6, 0.8, 0.0], [0.7, 0.0, 0.7]


def pairs(office: str) -> Pairs:
    """A question that lies nearer to another clause than to its own."""
    clauses = np.array([MEANT, OTHER])
    return Pairs(OrgId(office), np.array([ASKED] * 50), clauses, np.array([[1.0, 0.0]] * 50))


def test_a_question_is_carried_to_the_clause_that_answers_it() -> None:
    bridge = fit_bridge([pairs("a")])

    found = np.array([MEANT, OTHER]) @ carried(np.array(ASKED, dtype=np.float32), bridge)

    assert np.dot(ASKED, MEANT) < np.dot(ASKED, OTHER)
    assert found[0] > found[1]


def test_an_office_is_left_out_of_what_it_is_judged_with() -> None:
    untaught = Pairs(OrgId("b"), np.array([ASKED]), np.array([MEANT]), np.array([[1.0]]))

    bridges = dict(unseen([pairs("a"), untaught]))

    assert np.allclose(bridges[OrgId("a")], np.eye(3))
    assert not np.allclose(bridges[OrgId("b")], np.eye(3))


def test_a_model_without_a_bridge_is_searched_with_its_own_vectors(tmp_path: Path) -> None:
    write_bridge(2 * np.eye(3, dtype=np.float32), "known/model", tmp_path)
    vector = np.array(ASKED, dtype=np.float32)

    known, unknown = load_bridge("known/model", tmp_path), load_bridge("other", tmp_path)

    assert carried(vector, known).tolist() == [2.0, 0.0, 0.0]
    assert carried(vector, unknown) is vector
