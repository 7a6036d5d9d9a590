"""What the benches of the solver share: arguments, running soutenance-solve, rows, and files for other checkers.

A bench has instances(data), which yields (name, path) for each instance below a folder, and measure(path, arguments),
which returns a Result. It never trusts the solver: values are recomputed from the solution, by code that shares nothing
with it, and an illegal solution is an error.
"""

import argparse
import dataclasses
import json
import os
import shutil
import subprocess
import tempfile


@dataclasses.dataclass
class Value:
    """One value of the family's objective. Values are compared in the order they stand."""

    name: str
    value: float
    bound: float = None  # proven; none known if absent
    best_known: float = None
    best_known_bound: float = None
    larger_is_better: bool = True

    def is_met(self):
        return self.bound is not None and self.bound == self.value

    def compared(self):
        """Positive if better than the best known, 0 if equal or nothing is known."""
        if self.best_known is None:
            return 0
        return (self.value - self.best_known) * (1 if self.larger_is_better else -1)


@dataclasses.dataclass
class Result:
    values: list
    seconds: float
    seconds_to_best: float
    solution: list
    seconds_to_maximum: float = None  # until the first value was at its final size, where that is measured
    remark: str = ""  # at the end of the row

    def proven(self):
        """The names proven optimal: each only if those before it are."""
        names = []
        for value in self.values:
            if not value.is_met():
                break
            names.append(value.name)
        return names

    def is_proven(self):
        return len(self.proven()) == len(self.values)

    def compared(self):
        """Lexicographically: positive if better than the best known, negative if worse."""
        for value in self.values:
            if value.compared() != 0:
                return value.compared()
        return 0


def parser_of(description, seconds=30, needs_data=True):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=needs_data, help="a folder of the family, searched recursively")
    parser.add_argument("--time", type=float, default=seconds, metavar="SECONDS", help="an instance (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--out", metavar="DIR", help="writes a JSON file for each instance there")
    return parser


def quoted(text):
    """Text between double quotes, as the solver's texts want it."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c, f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in text) + '"'


def solve(problem, arguments, extra=()):
    """Runs soutenance-solve on the text of a problem and returns what it prints as JSON, and its "peak_kilobytes"."""
    program = os.environ.get("SOUTENANCE_SOLVE") or shutil.which("soutenance-solve")
    if program is None:
        raise SystemExit("soutenance-solve is not on the PATH; ops/bench builds it")
    with tempfile.TemporaryDirectory(prefix="soutenance-") as folder:
        path = os.path.join(folder, "problem.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write(problem)
        command = [program, path, "--json", "--time", f"{arguments.time:g}", "--threads", str(arguments.threads),
                   "--seed", str(arguments.seed), *extra]
        with open(os.path.join(folder, "out"), "w+", encoding="utf-8") as out, \
                open(os.path.join(folder, "err"), "w+", encoding="utf-8") as err:
            process = subprocess.Popen(command, stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            if process.returncode != 0:
                raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{err.read()}")
            return json.load(out) | {"peak_kilobytes": usage.ru_maxrss}


def number(value):
    if value is None:
        return "-"
    return f"{value:g}" if value == int(value) else f"{value:.5f}"


def cell(value):
    """"104 <= 105 (104)": the value, its bound unless it is met, the best known."""
    text = number(value.value)
    if value.bound is not None:
        sign = "<=" if value.larger_is_better else ">="
        text += " =" if value.is_met() else f" {sign} {number(value.bound)}"
    if value.best_known is not None:
        text += f" ({number(value.best_known)})"
    return text


def width_of(result):
    return 22 if len(result.values) < 4 else 27


def row(name, result):
    compared = result.compared()
    known = any(value.best_known is not None for value in result.values)
    verdict = "-" if not known else "better" if compared > 0 else "equal" if compared == 0 else "WORSE"
    cells = "".join(f"{cell(value):>{width_of(result)}}" for value in result.values)
    proof = f"{result.seconds:8.2f}" if result.is_proven() else f"{'-':>8}"
    return f"{name:46}{cells} {result.seconds_to_best:8.2f} {proof}  {verdict}{result.remark}"


def write(name, result, arguments):
    os.makedirs(arguments.out, exist_ok=True)
    content = {
        "instance": name,
        "seconds": round(result.seconds, 3),
        "seconds_to_best": round(result.seconds_to_best, 3),
        "threads": arguments.threads,
        "seed": arguments.seed,
        "values": {value.name: value.value for value in result.values},
        "bounds": {value.name: value.bound for value in result.values if value.bound is not None},
        "proven": result.proven(),
        "solution": result.solution,
    }
    with open(os.path.join(arguments.out, name.replace(os.sep, "__") + ".json"), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.write("\n")


def run(title, instances, measure, arguments):
    """Measures every instance; the last line printed sums up."""
    results = []
    shown = None  # the values that the last head names
    for name, path in instances:
        result = measure(name, path, arguments)
        names = "".join(f"{value.name:>{width_of(result)}}" for value in result.values)
        if names != shown:
            shown = names
            print(f"{'instance':46}{names} {'to best':>8} {'to proof':>8}  against the best known, in brackets")
        print(row(name, result), flush=True)
        if arguments.out:
            write(name, result, arguments)
        results.append(result)
    if not results:
        raise SystemExit(f"{arguments.data}: no instance of the family {title} lies there")
    better = sum(1 for result in results if result.compared() > 0)
    worse = sum(1 for result in results if result.compared() < 0)
    proven = sum(1 for result in results if result.is_proven())
    first = results[0].values[0].name
    first_proven = sum(1 for result in results if result.values[0].name in result.proven())
    slowest = max(result.seconds_to_best for result in results)
    print(f"{title}: {len(results)} instances, {first} proven on {first_proven}, all values on {proven}; {better} better "
          f"than the best known, {worse} worse; best after {slowest:.1f} s at most; {arguments.time:g} s and "
          f"{arguments.threads} threads an instance")
    return results
