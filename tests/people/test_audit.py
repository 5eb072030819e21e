"""The audit: one chain, in the caller's transaction, refused by the database when touched."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from people import audit
from people.models import Account, AuditEntry, YoungPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(maya: Account, robin: YoungPerson) -> list[AuditEntry]:
    with transaction.atomic():
        return [
            audit.record(maya, "message.approve", "abc123", seconds=12),
            audit.record(robin, "room.leave", "room1"),
            audit.record("clock", "room.pause", "room1", why="adults"),
        ]


@pytest.mark.promise("A3")
@pytest.mark.parametrize(
    "act",
    [
        "UPDATE people_auditentry SET verb = 'nothing' WHERE number = 2",
        "DELETE FROM people_auditentry WHERE number = 3",
        "DELETE FROM people_auditentry",
        "INSERT OR REPLACE INTO people_auditentry "
        "SELECT number, at, actor, 'nothing', subject, detail, before, 'd' "
        "FROM people_auditentry WHERE number = 2",
        "INSERT INTO people_auditentry (number, at, actor, verb, subject, detail, before, digest) "
        "VALUES (9, '2026-01-01', 'x', 'y', 'z', '{}', '', 'd')",
    ],
)
def test_the_database_refuses_to_change_it(three: list[AuditEntry], act: str) -> None:
    with pytest.raises(DatabaseError, match="audit row"), transaction.atomic():
        connection.cursor().execute(act)
    assert AuditEntry.objects.count() == 3
    assert audit.verify() is None


@pytest.mark.promise("A2")
@pytest.mark.parametrize(
    ("act", "broken"),
    [
        ("UPDATE people_auditentry SET verb = 'nothing' WHERE number = 1", 1),
        ("UPDATE people_auditentry SET at = '2020-01-01' WHERE number = 3", 3),
        ("""UPDATE people_auditentry SET detail = '{"seconds": 1}' WHERE number = 1""", 1),
        ("DELETE FROM people_auditentry WHERE number = 2", 2),
        ("DELETE FROM people_auditentry WHERE number = 1", 1),
        ("UPDATE people_auditentry SET number = 20 - number", 1),
    ],
)
def test_whoever_takes_the_triggers_away_is_found(
    three: list[AuditEntry], act: str, broken: int
) -> None:
    from people import audit_guard

    assert audit.verify() is None
    audit_guard.lift(connection)
    connection.cursor().execute(act)
    assert audit.verify() == broken


def test_it_goes_with_the_act_that_it_records(maya: Account) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(maya, "message.approve", "abc123")
        raise ZeroDivisionError
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses(maya: Account) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        audit.record(maya, "message.approve", "abc123")


@pytest.mark.promise("A2", "I4")
@pytest.mark.parametrize("words", ["i want to go home", "two words", "x" * 81])
def test_words_that_somebody_wrote_are_refused(maya: Account, words: str) -> None:
    for place in ({"verb": words}, {"subject": words}, {"note": words}):
        fields = {"verb": "message.approve", "subject": "abc123"} | place
        with pytest.raises(ValueError, match="never somebody's words"), transaction.atomic():
            audit.record(maya, **fields)
    assert AuditEntry.objects.count() == 0


def test_people_stand_in_it_under_opaque_ids(three: list[AuditEntry], robin: YoungPerson) -> None:
    assert three[1].actor == f"young:{robin.pk}"
    assert three[2].actor == "clock"
    rows = " ".join(str(row) for row in AuditEntry.objects.values_list())
    assert "Maya" not in rows
    assert "Robin" not in rows


def test_each_entry_names_the_digest_before_it(three: list[AuditEntry]) -> None:
    first, second, third = three
    assert (first.number, first.before) == (1, "")
    assert (second.before, third.before) == (first.digest, second.digest)
