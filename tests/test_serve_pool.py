"""Whatever one query does, others are answered; and what the service started ends with it."""

import concurrent.futures
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Quad, Store
from service import ENDLESS, HUGE_SORT, NESTED, Service, built, numbered, serving

GRAPH = "http://example.org/graph"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("pool") / "build", numbered(GRAPH, 2000))


@pytest.fixture(scope="module")
def service(build: Path) -> Iterator[Service]:
    with serving(build, "--workers", "3", "--time-limit", "1", "--memory", "64") as running:
        yield running


def ask(service: Service, query: str, **options: object) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=60) as client:
        return client.post(service.sparql(), data={"query": query}, **options)


def count(service: Service) -> int:
    return int(ask(service, COUNT).json()["results"]["bindings"][0]["n"]["value"])


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within half a minute."""
    for _ in range(300):
        if true():
            return True
        time.sleep(0.1)
    return False


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    try:
        return "State:\tZ" not in status.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_query_is_stopped_at_the_time_limit_and_a_fresh_process_takes_its_place(service: Service) -> None:
    answer = ask(service, ENDLESS)
    assert answer.status_code == 504
    assert "stopped after 1 seconds" in answer.text
    assert eventually(lambda: len(service.workers()) == 3)
    assert count(service) == 2000


def test_what_passes_another_limit_is_told_which_and_leaves_the_others_an_answer(build: Path) -> None:
    with serving(build, "--workers", "1", "--time-limit", "600", "--memory", "64", "--row-limit", "5000") as patient:
        for query, status, told in (
            (HUGE_SORT, 507, "more than 64 MB"),
            (NESTED, 507, "nested too deeply"),
            ("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", 422, "more than 5,000 rows"),
            ("CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", 422, "more than 5,000 rows"),
        ):
            answer = ask(patient, query)
            assert (answer.status_code, told in answer.text) == (status, True), answer.text
            assert count(patient) == 2000


def test_long_queries_leave_the_others_an_answer(service: Service) -> None:
    with concurrent.futures.ThreadPoolExecutor(16) as threads:
        bad = [threads.submit(ask, service, query) for query in (ENDLESS, HUGE_SORT, NESTED) * 2]
        good = [threads.submit(count, service) for _ in range(10)]
        assert [one.result() for one in good] == [2000] * 10
        assert {one.result().status_code for one in bad} <= {504, 507}


def test_many_clients_at_once_lose_no_answer_and_get_no_other_ones(service: Service) -> None:
    """A minute of this is in benchmarks/serve.py; here each of 50 clients asks a few questions of its own."""

    def several(client: int) -> list[bool]:
        chance = random.Random(client)
        numbers = [chance.randrange(2000) for _ in range(6)]
        with httpx.Client(trust_env=False, timeout=60) as http:
            return [right(http, number) for number in numbers]

    def right(http: httpx.Client, number: int) -> bool:
        query = f"SELECT ?o WHERE {{ <{GRAPH}/{number}> ?p ?o }}"
        answer = http.get(service.sparql(), params={"query": query}, headers={"Accept": "text/csv"})
        return answer.text == f"o\r\nhttp://example.org/{number}\r\n"

    with concurrent.futures.ThreadPoolExecutor(50) as threads:
        assert all(all(found) for found in threads.map(several, range(50)))


def test_a_client_that_leaves_takes_its_query_along(build: Path) -> None:
    with serving(build, "--workers", "1", "--time-limit", "3000") as service:
        count(service)
        first = service.workers()
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(service.sparql(), data={"query": ENDLESS}, timeout=1, trust_env=False)
        assert count(service) == 2000
        assert service.workers() != first


def test_who_stands_in_line_too_long_is_told_to_come_again(build: Path) -> None:
    with (
        serving(build, "--workers", "1", "--time-limit", "3000", "--wait-limit", "0.5") as service,
        concurrent.futures.ThreadPoolExecutor(1) as threads,
    ):
        busy = threads.submit(ask, service, ENDLESS)
        assert eventually(lambda: ask(service, COUNT).status_code == 503)
        answer = ask(service, COUNT)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        service.process.send_signal(signal.SIGTERM)
        assert busy.result().status_code == 503


def test_told_to_end_it_ends_within_seconds_and_so_does_all_it_started(build: Path) -> None:
    with (
        serving(build, "--workers", "2", "--time-limit", "3000") as service,
        concurrent.futures.ThreadPoolExecutor(4) as threads,
    ):
        count(service)
        workers = service.workers()
        assert len(workers) == 2
        asked = [threads.submit(ask, service, ENDLESS) for _ in range(4)]
        time.sleep(0.5)
        service.process.send_signal(signal.SIGTERM)
        service.process.wait(timeout=5)
        assert not [pid for pid in workers if alive(pid)]
        assert {one.result().status_code for one in asked} == {503}


def test_processes_whose_service_was_killed_end_by_themselves(build: Path) -> None:
    with serving(build, "--workers", "2", "--time-limit", "1") as service:
        count(service)
        workers = service.workers()
        assert len(workers) == 2
        service.process.kill()
        assert eventually(lambda: not any(map(alive, workers)))


def test_a_process_that_somebody_else_ends_is_replaced_unnoticed(service: Service) -> None:
    killed = service.workers()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not set(killed) & set(service.workers()))
    assert count(service) == 2000
    assert eventually(lambda: len(service.workers()) == 3)


def test_a_new_generation_is_asked_from_the_next_request_on(tmp_path: Path) -> None:
    build = built(tmp_path / "build", numbered(GRAPH, 3))
    with serving(build, "--workers", "1") as service:
        assert count(service) == 3
        for size in (5, 7):
            built(build, numbered(GRAPH, size))
            assert count(service) == size
        (build / ".current").unlink()
        answer = ask(service, COUNT)
        assert answer.status_code == 503
        assert "run kg build" in answer.text


def test_a_service_without_a_graph_or_a_port_is_told_in_one_line(tmp_path: Path, service: Service) -> None:
    def started(*options: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "kg", "serve", *options]
        done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stderr

    code, said = started("--port", "0")
    assert (code, said.count("\n")) == (4, 1)
    built(tmp_path / "build", list[Quad]())
    code, said = started("--port", service.address.rpartition(":")[2])
    assert (code, said.count("\n")) == (2, 1)
    assert "taken" in said


def test_the_store_that_is_served_is_only_read(build: Path, service: Service) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (build / "store").resolve().iterdir())
    count(service)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (build / "store").resolve().iterdir()) == before
    assert len(Store.read_only(str(build / "store"))) == 4000
