"""How long an import takes through the server: first, again unchanged, and checked only."""

import argparse
import os
import tempfile

import generated_folder
from server import Server


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--theses", type=int, default=5_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soutenance-bench-") as folder, Server() as server:
        source = os.path.join(folder, "folder")
        generated_folder.write(source, arguments.people, arguments.theses)
        code, _, check_seconds = server.cli("import", "check", source)
        first_code, _, first_seconds = server.cli("import", "run", source)
        again_code, _, again_seconds = server.cli("import", "run", source)
        if (code, first_code, again_code) != (0, 0, 0):
            raise SystemExit(f"an import was refused: {code} {first_code} {again_code}")
        rss, _ = server.memory_mib()
    print(
        f"import: {arguments.people} people, {arguments.theses} theses: check {check_seconds:.2f} s, "
        f"first {first_seconds:.2f} s, again unchanged {again_seconds:.2f} s; server {rss:.0f} MiB after"
    )


if __name__ == "__main__":
    main()
