"""Pasted errors of every driver come out as the class they belong to (R04, R34, R36)."""

import pytest

from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.triage.symptoms.classify import _SAME, classify
from pgtopo.triage.symptoms.senses import CLASS_SENSE, SENSES
from pgtopo.triage.symptoms.wordings import WORDINGS
from tests.thorough import THOROUGH
from tests.triage.error_texts import AT, TEXTS, H

_ROWS = [(kind, text) for kind, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(
    ("kind", "text"), _ROWS, ids=[f"{kind}-{text[:48]!r}" for kind, text in _ROWS]
)
def test_text_is_of_its_class(kind: str, text: str) -> None:
    assert classify(text).kind.value == kind


def test_table_is_long_and_covers_every_class() -> None:
    assert len(_ROWS) >= 100
    assert set(TEXTS) == {one.value for one in SymptomClass}


def test_line_without_tls_after_a_password_failure_is_not_the_cause() -> None:
    after = (
        f'{AT} FATAL:  password authentication failed for user "app"\n'
        f'{AT} FATAL:  no pg_hba.conf entry for host "10.1.2.4", user "app", database "o",'
        " no encryption"
    )
    symptom = classify(after)
    assert (symptom.kind.value, symptom.sense.slug) == ("auth", "password")
    assert "password authentication failed" in symptom.quote
    assert [one.sense.slug for one in symptom.also] == ["no_encryption"]


@pytest.mark.parametrize(
    ("text", "host", "address", "port"),
    [
        (f"{AT} timeout expired", H, "10.2.1.4", 5432),
        (f'connection to server at "{H}" (10.2.1.4), port 6432 \nfailed: x', H, "10.2.1.4", 6432),
        (f"Verbindung zum Server auf »{H}« (10.2.1.4), Port 5432 fehlg", H, "10.2.1.4", 5432),
        (f'连接到"{H}" (10.2.1.4)上的服务器，端口6432失败：连接超时', H, "10.2.1.4", 6432),
        (
            f'"{H}" (10.2.1.4), 6432 포트로 서버 접속 할 수 없음: 시간',
            H,
            "10.2.1.4",
            6432,
        ),
        ("Error: connect ETIMEDOUT 10.2.1.4:5432", "", "10.2.1.4", 5432),
        ("Failed to connect to 10.2.1.4:6432", "", "10.2.1.4", 6432),
        ("Connect call failed ('10.2.1.4', 5432)", "", "10.2.1.4", 5432),
        ("java.net.UnknownHostException: db.corp.example", "db.corp.example", "", None),
        (f"lookup {H} on 10.21.80.4:53: no such host", H, "", None),
        ("Can't reach database server at `db.corp.example`:`5432`", "db.corp.example", "", None),
        ('  File "/app/main.py", line 12, in main\nTimeoutError', "", "", None),
    ],
)
def test_ends_are_taken_from_the_text(text: str, host: str, address: str, port: int | None) -> None:
    found = classify(text).places
    assert (found.host, found.address, found.port) == (host, address, port)


def test_address_the_server_saw_is_the_client_and_not_the_server() -> None:
    found = classify(
        f'{AT} FATAL:  no pg_hba.conf entry for host "10.1.2.4", user "a", database "b", SSL on'
    ).places
    assert (found.seen_from, found.address) == ("10.1.2.4", "10.2.1.4")


def test_class_picked_from_a_list_is_a_symptom() -> None:
    for kind in SymptomClass:
        assert classify(kind.value).kind is kind
        assert SENSES[CLASS_SENSE[kind]].kind is kind


def test_every_sense_says_what_it_means_and_does_not_mean() -> None:
    for sense in SENSES.values():
        assert sense.means.endswith(".")
        assert sense.does_not_mean.endswith(".")
    known = {*SENSES, *_SAME}
    assert {slug for slug, _ in WORDINGS} <= known


PIECES = 20_000 if THOROUGH else 4_000


def test_endless_hostile_text_is_read_quickly_and_without_error() -> None:
    for piece in ("\x1b]8;;x\x07", "failed to connect ", "a."):
        assert classify(piece * PIECES).kind is not None
    assert classify("\ud800 timeout expired").kind is SymptomClass.TIMEOUT


@pytest.mark.parametrize(
    ("tail", "slug"),
    [
        ("Name or service not known", "name_unknown"),
        ("Temporary failure in name resolution", "name_unanswered"),
        ("nodename nor servname provided, or not known", "name_unresolved"),
        ("", "name_unresolved"),
    ],
)
def test_what_follows_the_same_beginning_tells_no_name_from_no_answer(tail: str, slug: str) -> None:
    symptom = classify(f'could not translate host name "{H}" to address: {tail}')
    assert symptom.sense.slug == slug
    assert symptom.also == ()
