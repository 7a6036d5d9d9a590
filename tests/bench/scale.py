"""The solver on generated campaigns of 50 to 10,000 defences (generated_campaign.py), with the rulebook as it is.

For each size: seconds to the first complete timetable, the cost after each time limit (soft points; of its own run each,
because a search plans for the time it is given), how far the first is from the best known, moves a second, and peak
memory. Every timetable is checked and its cost counted again by campaign_check.py. The best known is the least cost of
this run and of those noted in BEST_KNOWN. With --out each size leaves `scale_<defences>.json`, as the benches of the
solver do (values `planned` and `cost`, a row of `solution` is {"defence", "day", "time", "room"}), and the problem beside
it as `scale_<defences>.txt`.
"""

import argparse
import os
import types

import campaign_check
import generated_campaign
import solver

SIZES = [50, 300, 1000, 3000, 10000]
TIMES = [10, 60]
# Cost by (defences, seed of the campaign), each the least of several searches of a minute on two threads; nobody has
# proven a bound near it.
BEST_KNOWN = {(300, 1): 27975, (300, 2): 28140, (300, 3): 27255}


def parser():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="defences (%(default)s)")
    parser.add_argument("--time", type=float, nargs="+", default=TIMES, metavar="SECONDS", help="limits (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the campaigns and of the search")
    parser.add_argument("--out", metavar="DIR", help="writes a JSON file and the problem of each size there")
    return parser


class Run:
    """One search."""

    def __init__(self, text, problem, arguments, seconds):
        how = types.SimpleNamespace(time=seconds, threads=arguments.threads, seed=arguments.seed)
        self.answer = solver.solve(text, how)
        placements = self.answer["placements"]
        problem.check(placements)
        self.cost = problem.cost(placements)
        if self.cost != self.answer["score"]["soft"]:
            raise ValueError(f"the solver counts {self.answer['score']['soft']} points where there are {self.cost}")
        self.planned = len(placements)

    def seconds_to_complete(self):
        return self.answer["seconds_to_placed"] if self.planned == self.answer["defences"] else None


def measure(size, arguments):
    text = generated_campaign.text(size, arguments.seed)
    problem = campaign_check.Problem(text)
    runs = [Run(text, problem, arguments, seconds) for seconds in arguments.time]
    return text, runs


def row(size, runs, best):
    days, rooms = generated_campaign.shape(size)
    complete = runs[0].seconds_to_complete()
    cells = [f"{size:8d} {days:5d} {rooms:6d}", f"{complete:9.2f}" if complete is not None else f"{'never':>9}"]
    cells += [f"{run.cost:10d}" if run.planned == size else f"{run.planned - size:9d}!" for run in runs]
    cells.append(f"{100 * (runs[0].cost / best - 1):7.1f} %" if best else f"{'-':>9}")
    last = runs[-1].answer
    cells.append(f"{last['moves'] / last['seconds']:10.0f}")
    cells.append(f"{max(run.answer['peak_kilobytes'] for run in runs) / 1024:8.0f}")
    return " ".join(cells)


def write(size, text, run, arguments):
    answer = run.answer
    result = solver.Result(
        values=[solver.Value("planned", run.planned, answer["placed_bound"]),
                solver.Value("cost", run.cost, answer["bound"]["soft"], larger_is_better=False)],
        seconds=answer["seconds"], seconds_to_best=answer["seconds_to_best"], solution=answer["placements"])
    solver.write(f"scale_{size}", result, arguments)
    with open(os.path.join(arguments.out, f"scale_{size}.txt"), "w", encoding="utf-8") as file:
        file.write(text)


def main():
    arguments = parser().parse_args()
    limits = " ".join(f"{f'after {seconds:g} s':>10}" for seconds in arguments.time)
    print(f"defences  days  rooms  complete {limits}  above best   moves/s  MiB")
    complete, slowest, peak = 0, 0.0, 0.0
    for size in arguments.sizes:
        text, runs = measure(size, arguments)
        costs = [run.cost for run in runs if run.planned == size]
        known = BEST_KNOWN.get((size, arguments.seed))
        best = min(costs + ([known] if known else []), default=None)
        print(row(size, runs, best), flush=True)
        if arguments.out:
            write(size, text, runs[-1], arguments)
        complete += bool(costs)
        slowest = max([slowest] + [run.seconds_to_complete() or 0 for run in runs])
        peak = max([peak] + [run.answer["peak_kilobytes"] / 1024 for run in runs])
    print(f"scale: {complete} of {len(arguments.sizes)} campaigns complete, the slowest after {slowest:.2f} s; "
          f"{peak:.0f} MiB at most; {arguments.threads} threads, seed {arguments.seed}")


if __name__ == "__main__":
    main()
