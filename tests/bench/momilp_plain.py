"""The Lisbon family as its model is published, A.1 to A.26, for CBC: what the bench compares the solver with.

The seven objectives are minimised one after the other, each with those before it held at what was reached, after the
number of scheduled defences, for which A.1 to A.9 are enough. The first step may take half of the time, each one after it begins with the last solution
and gets an equal share of what is left; the time counts from the first model on, without the seconds that writing models takes. Columns that A.4, A.6 and A.8 fix at 0
are left out, as are starts at which some role has nobody.
"""

import os
import shutil
import subprocess
import tempfile
import time


class Model:
    """A mixed-integer program, written as MPS."""

    def __init__(self):
        self.columns, self.rows = {}, []  # columns: name -> (integer, upper)

    def binary(self):
        return self.add(True, 1)

    def positive(self, upper=None):
        return self.add(False, upper)

    def add(self, is_integer, upper):
        name = f"c{len(self.columns)}"  # short, or MPS is not read as it stands
        self.columns[name] = (is_integer, upper)
        return name

    def row(self, terms, sense, right, places=False):
        """`terms` is a list of (coefficient, column); sense one of L, G, E. `places`: it belongs to A.1 to A.9."""
        self.rows.append((terms, sense, right, places))

    def write(self, path, objective, places=False):
        """Either all of it or only what belongs to A.1 to A.9."""
        rows = [row[:3] for row in self.rows if row[3] or not places]
        used = {name for terms, _, _ in rows for _, name in terms}
        columns = {name: kind for name, kind in self.columns.items() if name in used}
        by_column = {name: {} for name in columns}
        for coefficient, name in objective:
            by_column[name][0] = by_column[name].get(0, 0) + coefficient
        for number, (terms, _, _) in enumerate(rows, 1):
            for coefficient, name in terms:
                by_column[name][number] = by_column[name].get(number, 0) + coefficient
        with open(path, "w", encoding="utf-8") as file:
            file.write("NAME plain\nROWS\n N r0\n")
            file.writelines(f" {sense} r{number}\n" for number, (_, sense, _) in enumerate(rows, 1))
            file.write("COLUMNS\n MARK0 'MARKER' 'INTORG'\n")
            for integers in (True, False):
                if not integers:
                    file.write(" MARK1 'MARKER' 'INTEND'\n")
                for name, (is_integer, _) in columns.items():
                    if is_integer == integers:
                        file.writelines(f" {name} r{row} {value:g}\n" for row, value in by_column[name].items())
            file.write("RHS\n")
            file.writelines(f" rhs r{number} {right:g}\n" for number, (_, _, right) in enumerate(rows, 1) if right)
            file.write("BOUNDS\n")
            for name, (_, upper) in columns.items():
                if upper is not None:
                    file.write(f" UP BND       {name:8}  {upper:g}\n")  # in its columns: this part is read so
            file.write("ENDATA\n")


def near_points(par, points, last, member):
    return [par[points][member][lag] for lag in range(par[last][member] + 1)]


class Plain:
    def __init__(self, instance):
        self.instance, self.model = instance, Model()
        par = instance.par
        self.x = {}  # (i, j, t, k, l, p) -> column
        self.y = {}  # (j, k, l, p) -> column
        self.by_member = {}  # i -> [(j, t, k, l, p, column)]
        self.derived = []  # (column, what it is, from the values of those before it)
        free = {(k, l): [i for i in instance.members if par["l"][i][k][l]] for k in instance.days
                for l in instance.slots}
        for j in instance.defences:
            for (k, l), members in free.items():
                rooms = [p for p in instance.rooms if par["m"][k][l][p]]
                if not rooms:
                    continue
                eligible = {t: [i for i in members if par["e"][i][j][t]] for t in instance.roles}
                if not all(eligible.values()):
                    continue
                for p in rooms:
                    self.add_start(j, k, l, p, eligible)
        self.add_scheduling()
        self.add_members()

    def one_hot(self, most, counted):
        """Columns for 0..most, of which the one for the number of `counted` columns that are 1 is 1."""
        columns = [(n, self.model.binary()) for n in range(most + 1)]
        self.model.row(columns[1:] + [(-1, column) for column in counted], "E", 0)
        self.model.row([(1, column) for _, column in columns], "E", 1)
        for n, column in columns:
            self.derived.append((column, lambda at, n=n: float(round(sum(at.get(c, 0) for c in counted)) == n)))
        return columns

    def product(self, here, before, big):
        """A column that is the sum of `here`, at most 1, times that of `before`, at most `big`."""
        column = self.model.positive()
        self.model.row([(1, column)] + [(-big, one) for one in here], "L", 0)
        self.model.row([(1, column)] + [(-c, one) for c, one in before], "L", 0)
        self.model.row([(1, column)] + [(-c, one) for c, one in before] + [(-big, one) for one in here], "G", -big)
        self.derived.append((column, lambda at: sum(at.get(one, 0) for one in here)
                             * sum(c * at.get(one, 0) for c, one in before)))
        return column

    def completed(self, columns):
        """With the values of all columns that follow from who sits where."""
        values = dict(columns)
        for column, value in self.derived:
            values[column] = value(values)
        return values

    def add_start(self, j, k, l, p, eligible):
        model = self.model
        y = self.y[j, k, l, p] = model.binary()
        for t, members in eligible.items():
            for i in members:
                x = self.x[i, j, t, k, l, p] = model.binary()
                self.by_member.setdefault(i, []).append((j, t, k, l, p, x))
            model.row([(1, self.x[i, j, t, k, l, p]) for i in members] + [(-1, y)], "E", 0, True)  # A.1

    def add_scheduling(self):
        """A.2, A.8 to A.11."""
        instance, model, par = self.instance, self.model, self.instance.par
        for j in instance.defences:
            own = [(1, y) for at, y in self.y.items() if at[0] == j]
            if own:
                model.row(own, "L", 1, True)
        in_room = {}
        for (j, k, l, p), y in self.y.items():
            in_room.setdefault((k, p), []).append((l, y))
        for starts in in_room.values():
            self.no_overlap(starts)
        knows = {}
        for (i, j, _, _, _, _), x in self.x.items():
            for q in range(1, instance.subjects + 1):
                if par["r"][i][q] and par["tbar"][j][q]:
                    knows.setdefault((j, q), []).append(x)
        self.covered = []
        for (j, q), columns in knows.items():
            counts = self.one_hot(len(instance.roles), columns)  # A.10, A.11
            self.covered += [s for _, s in counts[1:]]

    def no_overlap(self, starts):
        """A.7, A.9 with A.6, A.8: at most one start in any d slots."""
        at = {}
        for l, column in starts:
            at.setdefault(l, []).append(column)
        for l in at:
            window = [(1, column) for m in range(l, l + self.instance.par["d"]) for column in at.get(m, ())]
            if len(window) > 1:
                self.model.row(window, "L", 1, True)

    def add_members(self):
        """A.5 to A.7 and A.12 to A.26."""
        self.squares, self.apart, self.days, self.changes = [], [], [], []
        for i, own in self.by_member.items():
            by_day = {}
            for _, _, k, l, p, x in own:
                by_day.setdefault(k, []).append((l, p, x))
            for starts in by_day.values():
                self.no_overlap([(l, x) for l, _, x in starts])
            most = min(self.instance.par["c"][i], len({j for j, *_ in own}))
            self.add_load(i, own, most)
            self.add_days(i, by_day, most)
            for k, starts in by_day.items():
                self.add_waits(i, k, starts)

    def add_load(self, i, own, most):
        par, model = self.instance.par, self.model
        model.row([(1, x) for *_, x in own], "L", par["c"][i], True)  # A.5
        load = self.one_hot(most, [x for *_, x in own])  # A.17, A.18
        self.squares += [(par["u"][i] * n * n, w) for n, w in load[1:]]
        top = sum(near_points(par, "v", "b", i))
        self.apart += [(par["u"][i] * top * (n - 1), w) for n, w in load[1:] if n > 1]

    def add_days(self, i, by_day, most):
        par, present = self.instance.par, []
        for starts in by_day.values():
            count = self.one_hot(most, [x for *_, x in starts])  # A.19, A.20
            present += [column for _, column in count[1:]]
        days = self.one_hot(len(by_day), present)  # A.21, A.22
        self.days += [(par["u"][i] * n * n, column) for n, column in days[1:]]

    def add_waits(self, i, k, starts):
        """A.12 to A.16 and A.23 to A.26 for one member and day."""
        par, model, d = self.instance.par, self.model, self.instance.par["d"]
        by_place = {}
        for l, p, x in starts:
            by_place.setdefault((l, p), []).append(x)
        ybar = {}
        for (l, p), columns in by_place.items():
            ybar[l, p] = model.positive(1)
            model.row([(1, ybar[l, p])] + [(-1, x) for x in columns], "E", 0)  # A.12
            self.derived.append((ybar[l, p], lambda at, own=columns: sum(at.get(x, 0) for x in own)))
        near, change = near_points(par, "v", "b", i), near_points(par, "h", "a", i)
        for l in sorted({l for l, _ in ybar}):
            here = [column for (m, _), column in ybar.items() if m == l]
            before = [(near[lag], column) for lag in range(len(near)) for (m, _), column in ybar.items()
                      if m == l - d - lag]
            if before:
                sbar = self.product(here, before, sum(near))  # A.13 to A.16
                self.apart.append((-par["u"][i], sbar))
            for p in self.instance.rooms:
                before = [(change[lag], column) for lag in range(len(change)) for (m, other), column in ybar.items()
                          if m == l - d - lag and other != p]
                if (l, p) not in ybar or not before:
                    continue
                shat = self.product([ybar[l, p]], before, sum(change))  # A.23 to A.26
                self.changes.append((par["u"][i], shat))

    def objectives(self):
        """What is minimised, in order."""
        par = self.instance.par
        match = {}
        for i, j, t, k, l, p in self.x:
            if (i, j) not in match:
                match[i, j] = self.instance.match(i, j)
        return [
            [(-1, y) for y in self.y.values()],
            self.squares,
            [(-1, s) for s in self.covered],
            [(-match[at[0], at[1]], x) for at, x in self.x.items() if match[at[0], at[1]]],
            self.apart,
            [(par["u"][at[0]] * (par["l"][at[0]][at[3]][at[4]] - 1), x) for at, x in self.x.items()
             if par["l"][at[0]][at[3]][at[4]] > 1],
            self.days,
            self.changes,
        ]

    def solution(self, columns):
        rows = []
        for (j, k, l, p), y in self.y.items():
            if columns.get(y, 0) < 0.5:
                continue
            committee = [next(i for i in self.instance.members
                              if columns.get(self.x.get((i, j, t, k, l, p)), 0) > 0.5) for t in self.instance.roles]
            rows.append({"defence": j, "committee": committee, "day": k, "slot": l, "room": p})
        return rows


def run_cbc(path, seconds, threads, start):
    """(columns, value, bound), or None if no solution was found."""
    program = os.environ.get("SOUTENANCE_BENCH_MPS") or shutil.which("bench_mps")
    if program is None:
        raise SystemExit("bench_mps is not on the PATH; ops/bench builds it")
    command = [program, path, f"{seconds:.2f}", str(threads)] + ([start] if start else [])
    # CBC now and then looks at its clock late.
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds * 2 + 5,
                              check=False, text=True)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode < 0:
        return None  # CBC 2.10 crashes now and then; then this step has brought nothing
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-1000:]}")
    columns, value = {}, None
    for line in done.stdout.splitlines():
        words = line.split()
        if words[0] == "value":
            value = float(words[1])
        elif len(words) == 2 and words[0] != "bound":
            columns[words[0]] = float(words[1])
    return None if value is None else (columns, value)


def solve(instance, seconds, threads):
    """The rows of the best solution found, in the form of the bench; none if none was found."""
    plain = Plain(instance)
    objectives, spent, best = plain.objectives(), 0.0, None
    with tempfile.TemporaryDirectory(prefix="soutenance-") as folder:
        path, start = os.path.join(folder, "plain.mps"), os.path.join(folder, "start")
        for step, objective in enumerate(objectives):
            plain.model.write(path, objective, places=step == 0)
            begun = time.monotonic()
            share = seconds / 2 if step == 0 else max(0.1, (seconds - spent) / (len(objectives) - step))
            found = run_cbc(path, share, threads, start if best else None)
            spent += time.monotonic() - begun
            if found:
                best = found[0]
                with open(start, "w", encoding="utf-8") as file:
                    best = plain.completed(best)
                    file.writelines(f"{name} {value:g}\n" for name, value in best.items() if value)
            elif best is None:
                return []
            reached = sum(coefficient * best.get(name, 0) for coefficient, name in objective)
            plain.model.row(objective, "L", round(reached, 3))
            if spent >= seconds:
                break
    return plain.solution(best)
