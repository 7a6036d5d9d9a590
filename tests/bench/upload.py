"""How fast versions are received, and with how much memory: against a bare gRPC stream with SHA-256, in the same run.

Both servers and the clients share the processors of this machine. What is measured is from the first byte to the
answer that promises durability; the client's digest, which it needs before it can commit, is shown apart.
"""

import argparse
import json
import os
import subprocess
import tempfile

from server import Server


def send(address, token, thesis, mib, clients):
    """Sends files and returns (seconds, seconds of the client's digests)."""
    result = subprocess.run(
        ["bench_upload", "send", address, token, thesis, str(mib), str(clients)],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise SystemExit(f"bench_upload: {result.stderr[-2000:]}")
    seconds, digest_seconds, _ = result.stdout.split()
    return float(seconds), float(digest_seconds)


def peak_mib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


def measure(server, bare_address, token, thesis, mib, clients, rounds):
    real_address = "unix:" + os.path.join(server.data_dir, "soutenance.sock")
    bare, real, digest = [], [], []
    for _ in range(rounds):
        bare.append(send(bare_address, "", "-", mib, clients)[0])
        seconds, digest_seconds = send(real_address, token, thesis, mib, clients)
        real.append(seconds)
        digest.append(digest_seconds)
    total = mib * clients
    bare_rate, real_rate = total / min(bare), total / min(real)
    return {
        "clients": clients,
        "mib_each": mib,
        "bare_mib_s": round(bare_rate, 1),
        "upload_mib_s": round(real_rate, 1),
        "ratio": round(real_rate / bare_rate, 3),
        "client_digest_s": round(min(digest), 2),
        "server_peak_mib": round(peak_mib(server.pid()), 1),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=1024, help="size of the one file (1024)")
    parser.add_argument("--clients", type=int, default=500, help="concurrent clients of the second measurement (500)")
    parser.add_argument("--mib-each", type=int, default=2, help="size of the file of each of them (2)")
    parser.add_argument("--rounds", type=int, default=3, help="how often; the best counts (3)")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory(prefix="soutenance-bench-") as folder, Server() as server:
        bare_address = "unix:" + os.path.join(folder, "bare.sock")
        bare = subprocess.Popen(["bench_upload", "bare", bare_address], stdout=subprocess.PIPE, text=True)
        try:
            bare.stdout.readline()
            if server.cli("import", "run", os.path.join(here, "..", "cohort"))[0] != 0:
                raise SystemExit("the cohort was refused")
            thesis = server.cli("theses", "list")[1]["theses"][0]["name"]
            token = server.token()
            results = [
                measure(server, bare_address, token, thesis, arguments.mib, 1, arguments.rounds),
                measure(server, bare_address, token, thesis, arguments.mib_each, arguments.clients, 1),
            ]
        finally:
            bare.kill()
            bare.wait()
    if arguments.json:
        print(json.dumps(results))
        return
    for each in results:
        print(
            "upload: {clients} client(s) x {mib_each} MiB: {upload_mib_s} MiB/s, bare stream {bare_mib_s} MiB/s, "
            "ratio {ratio}; client's digest before {client_digest_s} s; server peak {server_peak_mib} MiB".format(**each)
        )


if __name__ == "__main__":
    main()
