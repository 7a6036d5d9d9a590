"""Measures the solver on the Lisbon family: committees composed together with the timetable (Almeida, Santos, Figueira).

The value is the number of scheduled defences, g of the model's constraints A.1 to A.9. Availability of members and rooms
is tested at the start slot only, and both are busy for `d` slots from it: so a defence lasts one slot here, and d - 1
slots lie between two defences of one room (the buffer) and of one person (the travel time: each room is a site).
"""

import csv
import json
import os

import solver

SLOT = 30  # minutes
FIRST = 8 * 60
FIRST_DATE = "2027-03-01"


def dates(count):
    import datetime
    first = datetime.date.fromisoformat(FIRST_DATE)
    return [(first + datetime.timedelta(days=k)).isoformat() for k in range(count)]


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
        self.dates = dates(len(self.days))

    def period(self, day, slot):
        start = FIRST + (slot - 1) * SLOT
        return f"{self.dates[day - 1]} {clock(start)} to {clock(start + SLOT)}"

    def text(self):
        par, lines = self.par, ["soutenance problem 1", f"first_date {FIRST_DATE}", f"grid_minutes {SLOT}"]
        apart = (par["d"] - 1) * SLOT
        lines += [f"buffer_minutes {apart}", f"travel_minutes {apart}"]
        for date in self.dates:
            lines.append(f"opening {date} {clock(FIRST)} to {clock(FIRST + len(self.slots) * SLOT)}")
        lines += [f"rule {rule} off" for rule in ("if_needed", "person_days", "gaps", "consecutive_room")]
        for i in self.members:
            lines.append(f'person "{i}"')
            lines.append(f"  max_total {par['c'][i]}")
            lines += [f"  blocked {self.period(k, l)}" for k in self.days for l in self.slots if not par["l"][i][k][l]]
        for p in self.rooms:
            lines += [f'room "{p}"', f'  site "{p}"']
            lines += [f"  open {self.period(k, l)}" for k in self.days for l in self.slots if par["m"][k][l][p]]
        for j in self.defences:
            eligible = {t: [i for i in self.members if par["e"][i][j][t]] for t in self.roles}
            if not all(eligible.values()):
                continue  # nobody for some role: it cannot be scheduled
            lines += [f'defence "{j}"', f"  duration_minutes {SLOT}"]
            for t in self.roles:
                lines.append(f'  open_seat "{t}"')
                lines += [f'    candidate "{i}"' for i in eligible[t]]
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


def measure_with(known):
    def measure(name, path, arguments):
        instance = Instance(path)
        answer = solver.solve(instance.text(), arguments)
        solution = instance.solution(answer["placements"])
        base = os.path.basename(name)
        number = str(int(base.split("_N")[1])) if "_N" in base else None
        value = solver.Value("scheduled", instance.scheduled(solution), answer["placed_bound"], known.get(number))
        return solver.Result(values=[value], seconds=answer["seconds"], seconds_to_best=answer["seconds_to_best"],
                             solution=solution)
    return measure


def main():
    arguments = solver.parser_of(__doc__, seconds=2).parse_args()
    solver.run("momilp", instances(arguments.data), measure_with(references(arguments.data)), arguments)


if __name__ == "__main__":
    main()
