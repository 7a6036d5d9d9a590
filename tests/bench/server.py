"""A soutenanced of one's own, in a temporary folder, for benches; found on the PATH like the command line client."""

import json
import os
import signal
import subprocess
import tempfile
import time


class Server:
    """Starts a server on a Unix socket; stops it and removes its folder on leaving the `with` block."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="soutenance-bench-")
        self.data_dir = os.path.join(self._folder.name, "data")
        self.start()
        return self

    def start(self):
        """Starts it (again) on what is in its folder."""
        begin = time.monotonic()
        self._process = subprocess.Popen(
            ["soutenanced", "--data-dir", self.data_dir], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        line = self._process.stdout.readline()
        self.start_seconds = time.monotonic() - begin
        if not line:
            raise SystemExit("soutenanced did not start")

    def kill(self):
        """Ends it at once, as kill -9 does."""
        self._process.kill()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=30)
        self._process.stdout.close()
        self._folder.cleanup()

    def pid(self):
        return self._process.pid

    def token(self):
        """The first administrator's token."""
        with open(os.path.join(self.data_dir, "administrator.token"), encoding="ascii") as file:
            return file.read().strip()

    def memory_mib(self):
        """Resident memory now, and how much of it is the process's own (not shared library pages), in MiB."""
        values = {}
        with open(f"/proc/{self._process.pid}/status", encoding="ascii") as status:
            for line in status:
                key, _, rest = line.partition(":")
                if key in ("VmRSS", "RssAnon"):
                    values[key] = int(rest.split()[0]) / 1024
        return values["VmRSS"], values["RssAnon"]

    def cli(self, *arguments):
        """Runs the client and returns (exit code, what it printed as JSON or None, seconds)."""
        environment = dict(os.environ, SOUTENANCE_DATA_DIR=self.data_dir, LANG="C.UTF-8")
        begin = time.monotonic()
        result = subprocess.run(
            ["soutenance", *arguments, "--json"], env=environment, capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - begin
        if result.returncode not in (0, 1):
            raise SystemExit(f"soutenance {' '.join(arguments)}: exit {result.returncode}: {result.stderr}")
        try:
            return result.returncode, json.loads(result.stdout), seconds
        except json.JSONDecodeError:
            return result.returncode, None, seconds
