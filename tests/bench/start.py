"""How long soutenanced takes until it serves, and what it uses while idle. Aim: under 0.3 s and 64 MB."""

import argparse
import statistics

from server import Server


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=10, help="starts to measure")
    arguments = parser.parse_args()
    seconds, resident, own = [], [], []
    for _ in range(arguments.repeat):
        with Server() as server:
            server.cli("whoami")
            seconds.append(server.start_seconds)
            rss, anonymous = server.memory_mib()
            resident.append(rss)
            own.append(anonymous)
    print(
        f"start: {arguments.repeat} first starts, median {statistics.median(seconds):.3f} s, worst {max(seconds):.3f} s; "
        f"idle memory {statistics.median(resident):.1f} MiB resident, {statistics.median(own):.1f} MiB of it its own"
    )


if __name__ == "__main__":
    main()
