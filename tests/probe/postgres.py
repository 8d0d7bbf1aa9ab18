"""A real PostgreSQL on loopback, started anew with other settings for each question."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
from pathlib import Path

USER = "probe_user"
PASSWORD = "right-one"
OPEN_TO_TLS = "hostssl all all 127.0.0.1/32 scram-sha-256"


def programs() -> Path | None:
    """The folder of `initdb`; Debian keeps it off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


PORTS = range(20_000, 32_000)
"""The system gives none of these to connections that go out, so that a free one stays free."""


def free_port() -> int:
    """A port of loopback nobody listens on; each process tries others first."""
    for port in random.Random(os.getpid()).sample(PORTS, 100):
        with socket.socket() as taken, contextlib.suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


class Cluster:
    """One data directory and its server."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._data = folder / "data"
        self.port = free_port()
        self._owner = _owner()
        if self._owner:
            shutil.chown(folder, self._owner)
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "admin", "--no-sync")

    def serve(
        self,
        *,
        hba: str = OPEN_TO_TLS,
        certificate: tuple[Path, Path] | None = None,
        encryption: str = "scram-sha-256",
    ) -> None:
        """Restart with these settings."""
        lines = [
            f"port = {self.port}",
            "listen_addresses = '127.0.0.1'",
            f"unix_socket_directories = '{self._folder}'",
            "fsync = off",
            f"password_encryption = '{encryption}'",
        ]
        if certificate is not None:
            for source, name in zip(certificate, ("server.crt", "server.key"), strict=True):
                place = self._data / name
                shutil.copy(source, place)
                place.chmod(0o600)
                if self._owner:
                    shutil.chown(place, self._owner)
            lines.append("ssl = on")
        (self._data / "postgresql.auto.conf").write_text("\n".join(lines) + "\n")
        (self._data / "pg_hba.conf").write_text(f"local all all trust\n{hba}\n")
        self.stop()
        log = self._folder / "log"
        self._run("pg_ctl", "start", "-w", "-D", str(self._data), "-l", str(log))
        self._psql(f"DROP ROLE IF EXISTS {USER}")
        self._psql(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")

    def stop(self) -> None:
        """End the server if it runs."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-m", "fast", "-D", str(self._data))

    def _psql(self, statement: str) -> None:
        connection = [
            "-h",
            str(self._folder),
            "-p",
            str(self.port),
            "-U",
            "admin",
            "-d",
            "postgres",
        ]
        self._run("psql", *connection, "-qc", statement)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if self._owner:
            command = ["setpriv", f"--reuid={self._owner}", "--clear-groups", "--", *command]
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            cwd=self._folder,
            timeout=300,
        )


def _owner() -> str | None:
    """Who has to run the server: PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None
