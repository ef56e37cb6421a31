"""The load: a process of its own with keep-alive connections, one request after the other on each.

    python -m services.operations.bench.load PORT REQUEST_FILE CONNECTIONS SECONDS

It speaks just enough HTTP/1.1 to cost little: the request's bytes are sent as they are, of the answer only the status
and the length are read. It prints one JSON object: answers, failures, seconds, and the processor time that it took.
"""

import json
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_LENGTH = b"content-length:"


@dataclass(frozen=True)
class Load:
    """What came of a load. `latencies` are in seconds, sorted; `cost` is the client's share of one core."""

    answers: int
    failures: int
    seconds: float
    cost: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def run_load(port: int, request: bytes, folder: Path, *, connections: int, seconds: float) -> Load:
    """Send the request over and over from another process."""
    file = folder / "request"
    file.write_bytes(request)
    command = [sys.executable, "-m", __name__, str(port), str(file), str(connections), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60)
    return Load(**json.loads(done.stdout))


def request_bytes(path: str, body: bytes, token: str) -> bytes:
    """A POST as a keep-alive client sends it."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Client:
    """One connection."""

    def __init__(self, port: int, request: bytes) -> None:
        self._port = port
        self._request = request
        self._socket: socket.socket | None = None
        self.latencies: list[float] = []
        self.failures = 0

    def run(self, until: float) -> None:
        while (began := time.perf_counter()) < until:
            try:
                status = self._ask()
            except OSError:
                self._socket, status = None, 0  # the server recycles its workers now and then
            if 200 <= status < 300:
                self.latencies.append(time.perf_counter() - began)
            else:
                self.failures += 1

    def _ask(self) -> int:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(self._request)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].lower()
        at = head.index(_LENGTH) + len(_LENGTH)
        length = int(head[at:].split(b"\r\n", 1)[0])
        while len(received) < end + 4 + length:
            received += self._more()
        if b"connection: close" in head:
            self._socket = None
        return int(head[9:12])

    def _more(self) -> bytes:
        assert self._socket is not None
        if not (more := self._socket.recv(65_536)):
            raise ConnectionResetError
        return more


def _main(port: int, request: bytes, connections: int, seconds: float) -> Load:
    clients = [_Client(port, request) for _ in range(connections)]
    began = time.perf_counter()
    threads = [threading.Thread(target=client.run, args=(began + seconds,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    latencies = sorted(latency for client in clients for latency in client.latencies)
    failures = sum(client.failures for client in clients)
    return Load(len(latencies), failures, taken, time.process_time() / taken, latencies)


if __name__ == "__main__":
    _port, _file, _connections, _seconds = sys.argv[1:]
    print(json.dumps(vars(_main(int(_port), Path(_file).read_bytes(), int(_connections), float(_seconds)))))
