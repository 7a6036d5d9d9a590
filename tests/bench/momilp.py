"""Measures the solver on the Lisbon family: committees composed together with the timetable (Almeida, Santos, Figueira).

The first value is the number of scheduled defences, g of the model's constraints A.1 to A.9; then come the seven objectives
in their order, each only among what is best in those before it: z1 workloads, z2 coverage of subjects, z3 suitability, z4
assignments that are not consecutive, z5 slots that are not preferred, z6 days, z7 changes of rooms. In the same run the
plain formulation (momilp_plain.py) is solved by CBC for the same time; each row ends with who is better, and at which
value. In brackets stands what is known of g, and what the plain formulation reached of each objective if it scheduled as
many. --no-plain leaves it out.

Availability of members and rooms is tested at the start slot only, and both are busy for `d` slots from it: so a defence
lasts one slot here, and d - 1 slots lie between two defences of one room (the buffer) and of one person (the travel time:
each room is a site). Waits between two defences of a person are d - 1 slots longer than the model's, which is why the
points of nearness and room_change begin with as many zeros.
"""

import csv
import json
import os

import momilp_plain
import solver

SLOT = 30  # minutes
FIRST = 8 * 60
FIRST_DATE = "2027-03-01"


def dates(count):
    import datetime
    first = datetime.date.fromisoformat(FIRST_DATE)
    return [(first + datetime.timedelta(days=k)).isoformat() for k in range(count)]


# The rules of z1 to z7, in the order of importance.
LEVELS = [("squared_load", "strong"), ("subject_coverage", "soft"), ("seat_cost", "soft_2"), ("nearness", "soft_3"),
          ("if_needed", "soft_4"), ("squared_days", "soft_5"), ("quick_room_change", "soft_6")]
LARGER_IS_BETTER = [False, True, True, False, False, False, False]


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


class Instance:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        index, self.par = content["idx"], content["par"]
        self.members = range(1, index["n_i"] + 1)
        self.defences = range(1, index["n_j"] + 1)
        self.roles = range(1, index["n_t"] + 1)
        self.days = range(1, index["n_k"] + 1)
        self.slots = range(1, index["n_ell"] + 1)
        self.rooms = range(1, index["n_p"] + 1)
        self.subjects = index["n_q"]
        self.dates = dates(len(self.days))

    def subjects_of(self, table, number):
        return [q for q in range(1, self.subjects + 1) if self.par[table][number][q]]

    def match(self, member, defence):
        return len(set(self.subjects_of("r", member)) & set(self.subjects_of("tbar", defence)))

    def subject_count(self):
        """Of each defence in the text: those with fewer have some that nobody knows, so that what is covered of the
        scheduled is a constant less what is not."""
        return max((len(self.subjects_of("tbar", j)) for j in self.defences), default=0)

    def best_match(self):
        return max((self.match(i, j) for i in self.members for j in self.defences), default=0)

    def period(self, day, slot):
        start = FIRST + (slot - 1) * SLOT
        return f"{self.dates[day - 1]} {clock(start)} to {clock(start + SLOT)}"

    def text(self):
        par, lines = self.par, ["soutenance problem 1", f"first_date {FIRST_DATE}", f"grid_minutes {SLOT}"]
        apart, best_match = (par["d"] - 1) * SLOT, self.best_match()
        lines += [f"buffer_minutes {apart}", f"travel_minutes {apart}"]
        for date in self.dates:
            lines.append(f"opening {date} {clock(FIRST)} to {clock(FIRST + len(self.slots) * SLOT)}")
        lines += [f"rule {rule} off" for rule in ("person_days", "gaps", "consecutive_room")]
        lines += [f"rule {rule} {level} weight 1" for rule, level in LEVELS]
        for i in self.members:
            lines.append(f'person "{i}"')
            lines.append(f"  max_total {par['c'][i]}")
            lines.append(f"  weight {par['u'][i]}")
            lines += [f'  subject "{q}"' for q in self.subjects_of("r", i)]
            for keyword, points, last in (("nearness", "v", "b"), ("room_change", "h", "a")):
                points = [0] * (par["d"] - 1) + [par[points][i][lag] for lag in range(par[last][i] + 1)]
                lines.append(f"  {keyword} {' '.join(map(str, points))}")
            lines += [f"  if_needed {self.period(k, l)}" for k in self.days for l in self.slots
                      if par["l"][i][k][l] == 2]
            lines += [f"  blocked {self.period(k, l)}" for k in self.days for l in self.slots if not par["l"][i][k][l]]
        for p in self.rooms:
            lines += [f'room "{p}"', f'  site "{p}"']
            lines += [f"  open {self.period(k, l)}" for k in self.days for l in self.slots if par["m"][k][l][p]]
        for j in self.defences:
            eligible = {t: [i for i in self.members if par["e"][i][j][t]] for t in self.roles}
            if not all(eligible.values()):
                continue  # nobody for some role: it cannot be scheduled
            lines += [f'defence "{j}"', f"  duration_minutes {SLOT}"]
            own = self.subjects_of("tbar", j)
            lines += [f'  subject "{q}"' for q in own]
            lines += [f'  subject "none {n}"' for n in range(self.subject_count() - len(own))]
            for t in self.roles:
                lines.append(f'  open_seat "{t}"')
                lines += [f'    candidate "{i}" cost {best_match - self.match(i, j)}' for i in eligible[t]]
        return "\n".join(lines + ["end", ""])

    def solution(self, placements):
        rows = []
        for at in placements:
            hour, minute = map(int, at["time"].split(":"))
            rows.append({"defence": int(at["defence"]), "committee": [int(i) for i in at["holders"]],
                         "day": self.dates.index(at["day"]) + 1,
                         "slot": (hour * 60 + minute - FIRST) // SLOT + 1, "room": int(at["room"])})
        return rows

    def scheduled(self, solution):
        """The number of scheduled defences; raises ValueError if the solution breaks A.1 to A.9."""
        par, seen, load, starts = self.par, set(), {}, {}
        for row in solution:
            j, committee, k, l, p = (row[name] for name in ("defence", "committee", "day", "slot", "room"))
            where = f"defence {j} on day {k}, slot {l}, room {p}"
            if j in seen or j not in self.defences or k not in self.days or l not in self.slots or p not in self.rooms:
                raise ValueError(f"{where}: no such defence or place, or scheduled twice")
            seen.add(j)
            if len(committee) != len(self.roles) or len(set(committee)) != len(committee):
                raise ValueError(f"{where}: a role is not filled, or somebody has two")
            if not par["m"][k][l][p]:
                raise ValueError(f"{where}: the room is not available")
            for t, i in zip(self.roles, committee):
                if not par["e"][i][j][t] or not par["l"][i][k][l]:
                    raise ValueError(f"{where}: member {i} is not eligible or not available")
                load[i] = load.get(i, 0) + 1
                starts.setdefault(("member", i, k), []).append(l)
            starts.setdefault(("room", p, k), []).append(l)
        for i, count in load.items():
            if count > par["c"][i]:
                raise ValueError(f"member {i} has {count} committees; at most {par['c'][i]}")
        for (kind, number, day), slots in starts.items():
            slots.sort()
            if any(b - a < par["d"] for a, b in zip(slots, slots[1:])):
                raise ValueError(f"{kind} {number} is in two defences at once on day {day}")
        return len(seen)


    def objectives(self, solution):
        """z1 to z7 as they are published."""
        par, presence = self.par, {}
        for row in solution:
            for i in row["committee"]:
                presence.setdefault(i, []).append((row["day"], row["slot"], row["room"]))
        load, apart, days, changes = 0, 0, 0, 0
        for i, places in presence.items():
            near, change = momilp_plain.near_points(par, "v", "b", i), momilp_plain.near_points(par, "h", "a", i)
            load += par["u"][i] * len(places) ** 2
            days += par["u"][i] * len({k for k, _, _ in places}) ** 2
            waits = [(later[1] - earlier[1] - par["d"], earlier[2] != later[2]) for earlier in places
                     for later in places if earlier[0] == later[0] and earlier[1] < later[1]]
            apart += par["u"][i] * (sum(near) * (len(places) - 1) - sum(near[w] for w, _ in waits if w < len(near)))
            changes += par["u"][i] * sum(change[w] for w, moves in waits if moves and w < len(change))
        covered, matches, late = 0, 0, 0
        for row in solution:
            j, known = row["defence"], set()
            for i in row["committee"]:
                known |= set(self.subjects_of("r", i))
                matches += self.match(i, j)
                late += par["u"][i] * (par["l"][i][row["day"]][row["slot"]] - 1)
            covered += len(known & set(self.subjects_of("tbar", j)))
        return [load, self.coverage(covered), matches, apart, late, days, changes]

    def coverage(self, covered):
        return covered / max(1, sum(len(self.subjects_of("tbar", j)) for j in self.defences))

    def bounds(self, scheduled, bound):
        """What no timetable with so many defences betters, of z1 to z7, from the solver's bound by level."""
        least = [bound.get(level, 0) for _, level in LEVELS]
        least[1] = self.coverage(self.subject_count() * scheduled - least[1])
        least[2] = self.best_match() * len(self.roles) * scheduled - least[2]
        return least


def instances(data):
    found = []
    for folder, _, files in os.walk(data):
        for file in files:
            path = os.path.join(folder, file)
            if not file.endswith(".json"):
                continue
            with open(path, encoding="utf-8") as text:
                content = json.load(text)
            if isinstance(content, dict) and "n_ell" in content.get("idx", {}):
                found.append((os.path.relpath(path, data)[: -len(".json")], path))
    return sorted(found)


def references(data):
    """The proven maximum by number of the instance, where the data lists it."""
    path = os.path.join(data, "reference_max_scheduled.csv")
    if not os.path.exists(path):
        return {}
    with open(path, newline="", encoding="utf-8") as file:
        return {row["N"]: int(row["max_scheduled"]) for row in csv.DictReader(file)}


def against(ours, plain):
    """"better at z2": how the values ours compare with those of the plain formulation, both from g on."""
    for number, larger in enumerate([True] + LARGER_IS_BETTER):
        if ours[number] != plain[number]:
            is_better = (ours[number] > plain[number]) == larger
            return f"{'better' if is_better else 'WORSE'} at {f'z{number}' if number else 'scheduled'}"
    return "equal"


def measure_with(known, verdicts):
    def measure(name, path, arguments):
        instance = Instance(path)
        answer = solver.solve(instance.text(), arguments)
        solution = instance.solution(answer["placements"])
        base = os.path.basename(name)
        number = str(int(base.split("_N")[1])) if "_N" in base else None
        scheduled = instance.scheduled(solution)
        values = [solver.Value("scheduled", scheduled, answer["placed_bound"], known.get(number))]
        ours = instance.objectives(solution)
        # The bounds of objectives hold for that many defences.
        bounds = instance.bounds(scheduled, answer["bound"]) if values[0].is_met() else [None] * 7
        for z, value in enumerate(ours):
            values.append(solver.Value(f"z{z + 1}", value, bounds[z], larger_is_better=LARGER_IS_BETTER[z]))
        if not arguments.no_plain:
            rows = momilp_plain.solve(instance, arguments.time, arguments.threads)
            plain_scheduled, plain = instance.scheduled(rows), instance.objectives(rows)
            if plain_scheduled == scheduled:
                for value, other in zip(values[1:], plain):
                    value.best_known = other
            verdicts.append(against([scheduled] + ours, [plain_scheduled] + plain))
        return solver.Result(values=values, seconds=answer["seconds"], seconds_to_best=answer["seconds_to_best"],
                             solution=solution, seconds_to_maximum=answer["seconds_to_placed"],
                             remark=f"  plain: {verdicts[-1]}" if verdicts else "")
    return measure


def main():
    parser = solver.parser_of(__doc__, seconds=10)
    parser.add_argument("--no-plain", action="store_true", help="leaves out the plain formulation")
    arguments, verdicts = parser.parse_args(), []
    results = solver.run("momilp", instances(arguments.data), measure_with(references(arguments.data), verdicts),
                         arguments)
    slowest = max(result.seconds_to_maximum for result in results)
    reached = [r for r in results if r.values[0].best_known is not None]
    print(f"momilp: g at the known maximum on {sum(r.values[0].compared() >= 0 for r in reached)} of {len(reached)}, after "
          f"{slowest:.2f} s at most; lexicographically better than the plain formulation on "
          f"{sum(v.startswith('better') for v in verdicts)}, equal on {verdicts.count('equal')}, worse on "
          f"{sum(v.startswith('WORSE') for v in verdicts)} of {len(verdicts)}")


if __name__ == "__main__":
    main()
