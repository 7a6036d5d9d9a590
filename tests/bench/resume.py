"""One large file over a server that is killed twice and a client that is killed once: what arrives, and with how much memory.

The file is sent by `soutenance drafts submit`, which goes on by itself while the server is away; after the client was
killed the same command is given again. At the end the version is downloaded, its digest compared and its receipt verified.
"""

import argparse
import hashlib
import os
import subprocess
import tempfile
import time

from server import Server
from upload import peak_mib


def write_file(path, mib):
    """Returns the SHA-256 of `mib` mebibytes of which no two are alike."""
    digest = hashlib.sha256()
    noise = os.urandom(1 << 20)
    with open(path, "wb") as file:
        for i in range(mib):
            piece = b"%016d" % i + noise[16:]
            file.write(piece)
            digest.update(piece)
    return digest.hexdigest()


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def received_mib(server):
    folder = os.path.join(server.data_dir, "uploads")
    sizes = [os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder) if not name.endswith(".log")]
    return max(sizes, default=0) >> 20


def wait_for(server, mib, client):
    while received_mib(server) < mib:
        if client.poll() is not None:
            raise SystemExit(f"the client ended at {received_mib(server)} MiB: {client.stderr.read()}")
        time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=2048, help="size of the file (2048)")
    arguments = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    peaks = []
    with tempfile.TemporaryDirectory(prefix="soutenance-bench-") as folder, Server() as server:
        path = os.path.join(folder, "memoire.pdf")
        sha256 = write_file(path, arguments.mib)
        if server.cli("import", "run", os.path.join(here, "..", "cohort"))[0] != 0:
            raise SystemExit("the cohort was refused")
        thesis = server.cli("theses", "list")[1]["theses"][0]["name"].split("/")[1]
        environment = dict(os.environ, SOUTENANCE_DATA_DIR=server.data_dir, LANG="C.UTF-8", HOME=folder)

        def submit():
            return subprocess.Popen(
                ["soutenance", "drafts", "submit", path, "--thesis", thesis, "--receipt", os.path.join(folder, "receipt")],
                env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        begin = time.monotonic()
        client = submit()
        for share, who in ((0.3, "server"), (0.5, "client"), (0.7, "server")):
            wait_for(server, int(arguments.mib * share), client)
            if who == "client":
                client.kill()
                client.wait()
                client = submit()
            else:
                peaks.append(peak_mib(server.pid()))
                server.kill()
                server.start()
        out, err = client.communicate(timeout=600)
        if client.returncode != 0:
            raise SystemExit(f"the client failed: {out}{err}")
        seconds = time.monotonic() - begin
        peaks.append(peak_mib(server.pid()))
        back = os.path.join(folder, "back.pdf")
        if server.cli("drafts", "download", "1", "--thesis", thesis, "--out", back)[0] != 0 or sha256_of(back) != sha256:
            raise SystemExit("LOST: what came back has another digest")
        if server.cli("receipts", "verify", os.path.join(folder, "receipt"))[0] != 0:
            raise SystemExit("the receipt is not genuine")
        versions = len(server.cli("drafts", "list", "--thesis", thesis)[1]["drafts"])
        if versions != 1:
            raise SystemExit(f"{versions} versions")
        peaks.append(peak_mib(server.pid()))
    print(f"resume: {arguments.mib} MiB arrived whole, once, in {seconds:.0f} s, over two killed servers and a killed client; "
          f"peak of each server {', '.join(f'{peak:.0f}' for peak in peaks[:3])} MiB, after the download {peaks[3]:.0f} MiB")


if __name__ == "__main__":
    main()
