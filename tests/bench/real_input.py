"""The main job through the servers, on real campaigns: convert, import, run, explain, publish, export.

DIR is searched for folders of the KU Leuven family (those with a defences.csv and a timeslot_info.json). Where a
reference_max_scheduled.json lies in DIR, the number of planned defences stands beside the proven maximum.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))


def instances(data):
    for folder, _, files in sorted(os.walk(data)):
        if "defences.csv" in files and "timeslot_info.json" in files:
            yield os.path.relpath(folder, data), folder


def main_job(server, source, arguments, out):
    """Returns the finished run; every step must succeed."""

    def step(*words):
        code, answer, _ = server.cli(*words)
        if code != 0:
            raise SystemExit(f"{source}: soutenance {' '.join(words)} was refused")
        return answer

    step("import", "run", source)
    run = step("timetables", "run", "--time", str(arguments.time), "--seed", str(arguments.seed),
               "--threads", str(arguments.threads))
    step("timetables", "explain")
    step("timetables", "publish", "--allow-incomplete")
    step("timetables", "export", "--all", "--out", out)
    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="a folder of the family, searched recursively")
    parser.add_argument("--time", type=int, default=10, help="seconds an instance")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    proven = {}
    reference = os.path.join(arguments.data, "reference_max_scheduled.json")
    if os.path.exists(reference):
        with open(reference, encoding="utf-8") as file:
            proven = {name: entry["max_scheduled"] for name, entry in json.load(file).items()}

    count = at_maximum = 0
    print(f"{'instance':50} {'defences':>8} {'planned':>8} {'bound':>6} {'proven':>7} {'seconds':>8}")
    for name, folder in instances(arguments.data):
        with tempfile.TemporaryDirectory(prefix="soutenance-bench-") as work, Server() as server:
            source = os.path.join(work, "import")
            subprocess.run([sys.executable, os.path.join(HERE, "kuleuven_to_import.py"), folder, source], check=True)
            begin = time.monotonic()
            run = main_job(server, source, arguments, os.path.join(work, "out"))
            seconds = time.monotonic() - begin
        progress = run["progress"]
        planned, best = progress.get("placedCount", 0), proven.get(name)
        count += 1
        at_maximum += planned == best
        print(f"{name:50} {progress.get('defenceCount', 0):8} {planned:8} {progress.get('placedCountBound', 0):6} "
              f"{'-' if best is None else best:>7} {seconds:8.1f}", flush=True)
    print(f"real-input: {count} campaigns from spreadsheets to a published timetable, "
          f"{at_maximum} with the proven maximum of planned defences")


if __name__ == "__main__":
    main()
