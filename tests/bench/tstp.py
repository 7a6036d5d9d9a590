"""The solver on thesis seminars of the Melbourne family: sessions of several theses in a room.

The value is the family's weighted sum w.F, minimised: F1 switches between used and unused slots inside a half session,
F2 specialisations over half sessions, F3 switches of a specialisation inside a half session, F4 students outside their
availability, F5 sessions. A session is a room on one day here. F3 is F1 plus two for each change from one specialisation
directly to another, which is how the rules count.
"""

import json
import os

import solver

SLOT = 30  # minutes
MORNING = 8 * 60
LUNCH = 60
FIRST_DATE = "2027-03-01"
SCALE = 100_000  # weights are given with five digits
NAMES = ("F1", "F2", "F3", "F4", "F5")


def dates(count):
    import datetime
    first = datetime.date.fromisoformat(FIRST_DATE)
    return [(first + datetime.timedelta(days=d)).isoformat() for d in range(count)]


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


class Instance:
    def __init__(self, content):
        self.students = content["students"]
        self.slots = content["slots_per_day"]
        self.morning_end = content["morning_slots"][1]  # the last slot before lunch, from 0
        self.sessions = content["parallel_sessions_max"]
        self.most, self.least = content["max_per_half_session"], content["min_per_half_session"]
        self.available = content["availability"]
        self.topic = content["specialisation_of"]
        self.weights = [content["weights"][name] for name in NAMES]
        self.dates = dates(content["days"])
        if self.least > 0 or self.slots > content["M"]:
            raise SystemExit("half sessions that must have several students, and sessions that may not be full, "
                             "are not known to this bench")

    def start(self, slot):
        return MORNING + slot * SLOT + (LUNCH if slot > self.morning_end else 0)

    def period(self, first, last):
        return f"{clock(self.start(first))} to {clock(self.start(last) + SLOT)}"

    def text(self):
        """As the solver reads it."""
        w1, w2, w3, w4, w5 = (round(weight * SCALE) for weight in self.weights)
        lines = ["soutenance problem 1", f"first_date {FIRST_DATE}", f"grid_minutes {SLOT}"]
        for date in self.dates:
            lines.append(f"opening {date} {self.period(0, self.morning_end)}")
            lines.append(f"opening {date} {self.period(self.morning_end + 1, self.slots - 1)}")
        lines += [f"rule {rule} off" for rule in ("if_needed", "person_days", "gaps", "consecutive_room")]
        lines += [f"rule availability soft weight {w4}", f"rule room_gaps soft weight {w1 + w3}",
                  f"rule topic_changes soft weight {2 * w3}", f"rule topic_blocks soft weight {w2} parameter 0",
                  f"rule room_days soft weight {w5}", f"rule room_day_limit hard parameter {self.sessions}",
                  f"rule room_break hard parameter {LUNCH + SLOT}",
                  f"rule room_block_load hard parameter {self.most}"]
        for s in range(self.students):
            lines.append(f'person "{s + 1}"')
            lines += [f"  blocked {date} {self.period(t, t)}" for d, date in enumerate(self.dates)
                      for t in range(self.slots) if not self.available[s][d][t]]
        for p in range(self.sessions):
            lines.append(f'room "{p + 1}"')
            lines += [f"  open {date} 00:00 to 24:00" for date in self.dates]
        for s in range(self.students):
            lines += [f'defence "{s + 1}"', f"  duration_minutes {SLOT}", f'  topic "{self.topic[s] + 1}"',
                      f'  seat "{s + 1}" "student"']
        return "\n".join(lines + ["end", ""])

    def solution(self, placements):
        """Rows, from 1; sessions are numbered over all days."""
        slot_at = {clock(self.start(t)): t + 1 for t in range(self.slots)}
        used = sorted({(at["day"], int(at["room"])) for at in placements})
        session = {place: number + 1 for number, place in enumerate(used)}
        return [{"student": int(at["defence"]), "day": self.dates.index(at["day"]) + 1,
                 "session": session[at["day"], int(at["room"])], "slot": slot_at[at["time"]]} for at in placements]

    def criteria(self, solution):
        """(F1, ..., F5) of a solution; raises ValueError if it is none."""
        topic_at, day_of = {}, {}
        seen = set()
        f4 = 0
        for row in solution:
            s, d, p, t = (row[name] - 1 for name in ("student", "day", "session", "slot"))
            where = f"student {s + 1} on day {d + 1} in session {p + 1}, slot {t + 1}"
            if s in seen or not 0 <= s < self.students or not 0 <= d < len(self.dates) or not 0 <= t < self.slots:
                raise ValueError(f"{where}: no such student or place, or placed twice")
            if not 0 <= p < self.sessions or day_of.setdefault(p, d) != d:
                raise ValueError(f"{where}: there are {self.sessions} sessions, each on one day")
            if (p, t) in topic_at:
                raise ValueError(f"{where}: the slot is taken")
            seen.add(s)
            topic_at[p, t] = self.topic[s]
            f4 += 1 - self.available[s][d][t]
        if len(seen) != self.students:
            raise ValueError(f"{self.students - len(seen)} students have no place")
        f1 = f2 = f3 = 0
        for p in day_of:
            if (p, self.morning_end) in topic_at and (p, self.morning_end + 1) in topic_at:
                raise ValueError(f"session {p + 1} has no lunch")
            for half in (range(self.morning_end + 1), range(self.morning_end + 1, self.slots)):
                topics = [topic_at.get((p, t)) for t in half]
                if sum(topic is not None for topic in topics) > self.most:
                    raise ValueError(f"session {p + 1} has more than {self.most} students in a half")
                f2 += len(set(topics) - {None})
                for a, b in zip(topics, topics[1:]):
                    f1 += (a is None) != (b is None)
                    f3 += 0 if a == b else (a is not None) + (b is not None)
        return f1, f2, f3, f4, len(day_of)

    def weighted(self, solution):
        return round(sum(w * f for w, f in zip(self.weights, self.criteria(solution))), 5)


def instances(data):
    found = []
    for folder, _, files in os.walk(data):
        for file in files:
            path = os.path.join(folder, file)
            if not file.endswith(".json"):
                continue
            with open(path, encoding="utf-8") as text:
                content = json.load(text)
            if isinstance(content, dict) and "parallel_sessions_max" in content:
                found.append((os.path.relpath(path, data)[: -len(".json")], path))
    return sorted(found)


def references(data):
    """The published weighted sum by name of the instance, where the data lists it."""
    import csv
    path = os.path.join(data, "published_results_moilp.csv")
    if not os.path.exists(path):
        return {}
    with open(path, newline="", encoding="utf-8") as file:
        return {row["instance"]: float(row["weighted_cost"]) for row in csv.DictReader(file)
                if row["method"].endswith("_weighted_sum")}


def measure_with(known):
    def measure(name, path, arguments):
        with open(path, encoding="utf-8") as file:
            instance = Instance(json.load(file))
        answer = solver.solve(instance.text(), arguments)
        solution = instance.solution(answer["placements"])
        value = solver.Value("weighted", instance.weighted(solution), answer["bound"]["soft"] / SCALE,
                             known.get(os.path.basename(name)), larger_is_better=False)
        return solver.Result(values=[value], seconds=answer["seconds"], seconds_to_best=answer["seconds_to_best"],
                             solution=solution)
    return measure


def main():
    arguments = solver.parser_of(__doc__, seconds=60).parse_args()
    solver.run("tstp", instances(arguments.data), measure_with(references(arguments.data)), arguments)


if __name__ == "__main__":
    main()
