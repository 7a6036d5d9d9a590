"""How soon the solver returns once it is asked to stop, on generated campaigns (generated_campaign.py).

What bench_stop prints (its head tells what is measured): for each campaign and kind of work the longest of seventeen
moments between a millisecond and four seconds after the beginning. Aim: 50 ms, on a machine with two cores to itself.
"""

import argparse
import os
import subprocess
import tempfile

import generated_campaign


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 5000], metavar="N", help="defences (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the campaigns (%(default)s)")
    parser.add_argument("--only", metavar="WHAT", help="just the rows whose name has this in it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soutenance-") as folder:
        command = ["bench_stop", *(["--only", arguments.only] if arguments.only else [])]
        for size in arguments.sizes:
            path = os.path.join(folder, f"{size}.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(generated_campaign.text(size, arguments.seed))
            command += [str(size), path]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
