"""How fast versions are received, and with how much memory: against a bare gRPC stream with SHA-256, in the same run.

Both servers and the clients share the processors of this machine. What is measured is from the first byte to the
answer that promises durability; the client's digest, which it needs before it can commit, is shown apart. The
ratio by processor time is the steadier one where others use the machine.
"""

import argparse
import json
import os
import subprocess
import tempfile

from server import Server


def send(address, token, theses, mib, clients):
    """Sends files and returns (seconds, seconds of the clients' digests, processor seconds of the clients)."""
    result = subprocess.run(
        ["bench_upload", "send", address, token, theses, str(mib), str(clients)],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise SystemExit(f"bench_upload: {result.stderr[-2000:]}")
    seconds, digest_seconds, _, processor_seconds = result.stdout.split()
    return float(seconds), float(digest_seconds), float(processor_seconds)


def processor_seconds(pid):
    """Processor time of a process so far, without its children."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Side:
    """What one of the two servers needed: the fastest round, and the processor time of all rounds."""

    def __init__(self, pid):
        self._pid = pid
        self.seconds, self.digest_seconds = float("inf"), float("inf")
        self.server_processor, self.client_processor = 0.0, 0.0

    def send(self, *arguments):
        before = processor_seconds(self._pid)
        seconds, digest_seconds, of_clients = send(*arguments)
        self.server_processor += processor_seconds(self._pid) - before
        self.client_processor += of_clients
        self.seconds = min(self.seconds, seconds)
        self.digest_seconds = min(self.digest_seconds, digest_seconds)

    def processor(self):
        return self.server_processor + self.client_processor


def peak_mib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


def measure(server, bare_server, token, theses, mib, clients, rounds):
    bare_address, bare_pid = bare_server
    real_address = "unix:" + os.path.join(server.data_dir, "soutenance.sock")
    bare, real = Side(bare_pid), Side(server.pid())
    for _ in range(rounds):
        bare.send(bare_address, "", "-", mib, clients)
        real.send(real_address, token, theses, mib, clients)
    total = mib * clients
    nanoseconds_a_byte = 1e9 / (total * rounds * (1 << 20))
    return {
        "clients": clients,
        "mib_each": mib,
        "bare_mib_s": round(total / bare.seconds, 1),
        "upload_mib_s": round(total / real.seconds, 1),
        "ratio": round(bare.seconds / real.seconds, 3),
        "processor_ratio": round(bare.processor() / real.processor(), 3),
        "bare_server_ns": round(bare.server_processor * nanoseconds_a_byte, 2),
        "bare_client_ns": round(bare.client_processor * nanoseconds_a_byte, 2),
        "upload_server_ns": round(real.server_processor * nanoseconds_a_byte, 2),
        "upload_client_ns": round(real.client_processor * nanoseconds_a_byte, 2),
        "client_digest_s": round(real.digest_seconds, 2),
        "server_peak_mib": round(peak_mib(server.pid()), 1),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=1024, help="size of the one file (1024)")
    parser.add_argument("--clients", type=int, default=500, help="concurrent clients of the second measurement (500)")
    parser.add_argument(
        "--mib-each",
        type=int,
        nargs="+",
        default=[2, 8],
        help="size of the file of each of them, one measurement for each (2 8)",
    )
    parser.add_argument("--rounds", type=int, default=2, help="how often; the fastest counts (2)")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory(prefix="soutenance-bench-") as folder, Server() as server:
        bare_address = "unix:" + os.path.join(folder, "bare.sock")
        bare = subprocess.Popen(["bench_upload", "bare", bare_address], stdout=subprocess.PIPE, text=True)
        bare_server = (bare_address, bare.pid)
        try:
            bare.stdout.readline()
            if server.cli("import", "run", os.path.join(here, "..", "cohort"))[0] != 0:
                raise SystemExit("the cohort was refused")
            theses = ",".join(thesis["name"] for thesis in server.cli("theses", "list")[1]["theses"])
            token = server.token()
            results = [measure(server, bare_server, token, theses, arguments.mib, 1, arguments.rounds)]
            for mib in arguments.mib_each:
                results.append(measure(server, bare_server, token, theses, mib, arguments.clients, arguments.rounds))
        finally:
            bare.kill()
            bare.wait()
    if arguments.json:
        print(json.dumps(results))
        return
    for each in results:
        print(
            "upload: {clients} client(s) x {mib_each} MiB: {upload_mib_s} MiB/s, bare stream {bare_mib_s} MiB/s, "
            "ratio {ratio}; client's digest before {client_digest_s} s; server peak {server_peak_mib} MiB\n"
            "  processor ns a byte, server + client: {upload_server_ns} + {upload_client_ns}, bare stream "
            "{bare_server_ns} + {bare_client_ns}, ratio {processor_ratio}".format(**each)
        )


if __name__ == "__main__":
    main()
