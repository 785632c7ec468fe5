from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import CLERK, NOW, ORG

CHANGES = ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"]
SWAP = "UPDATE audit SET id = id - 5 WHERE id IN (2, 3)"  # to -3 and -2, then back


@pytest.fixture
def rows(unit_of_work_factory: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with unit_of_work_factory() as uow:
        for n in range(1, 6):
            uow.audit.append(ORG, CLERK, "test", f"leave:{n}", NOW, {"n": n})
        uow.commit()
    return unit_of_work_factory


def tamper(engine: Engine, *statements: str) -> None:
    """Change rows as somebody does who may switch the trigger off."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.usefixtures("rows")
def test_rows_are_neither_changed_nor_removed(engine: Engine, change: str) -> None:
    with engine.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(change))


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["UPDATE audit SET actor = 'x' WHERE id = 3"], 3),
        (["""UPDATE audit SET details = '{"n": 30}' WHERE id = 3"""], 3),
        (["UPDATE audit SET at = at + interval '1 second' WHERE id = 1"], 1),
        (["UPDATE audit SET chain = repeat('0', 64) WHERE id = 5"], 5),
        (["DELETE FROM audit WHERE id = 1"], 2),
        (["DELETE FROM audit WHERE id = 3"], 4),
        ([SWAP, "UPDATE audit SET id = -id WHERE id < 0"], 2),
        (["UPDATE audit SET id = 6 WHERE id = 5"], 6),
        (["INSERT INTO audit SELECT 6, at, org, actor, action, subject, details, chain FROM audit"
          " WHERE id = 5"], 6),
    ],
    ids=["actor", "details", "time", "chain", "first", "middle", "order", "number", "copy"],
)  # fmt: skip
def test_the_first_row_that_was_tampered_with_is_found(
    rows: UnitOfWorkFactory, engine: Engine, statements: list[str], broken: int
) -> None:
    tamper(engine, *statements)

    with rows() as uow:
        assert uow.audit.first_break() == broken
