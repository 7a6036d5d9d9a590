"""Measures the solver on the Budapest family: examination boards whose president and secretary stay for a block.

The value is the cost of the published fitness, minimised (input1): students all examined, one after the other in one
room, in blocks whose president and secretary stay; member and examiner chosen for each; absences cost by role, and so
do loads far from equal, supervisors and examiners who could preside and do not. An instance with a roster of presidents
(input2) has the objective of the published integer programme: programmes and rooms by the roster, lunch breaks, and for
each supervisor who could preside but does not, 2 a slot of five minutes. Generated final examinations
(fes-benchmark-bme) have the objective of their published model, after the number that are planned: final_exams.py.
"""

import csv
import json
import os

import exam_requirements
import final_exams
import solver

FIRST_DATE = "2027-03-01"
ROLES = ("president", "secretary", "member", "examiner")


def dates(count):
    import datetime
    first = datetime.date.fromisoformat(FIRST_DATE)
    return [(first + datetime.timedelta(days=k)).isoformat() for k in range(count)]


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minute_of(time):
    hour, minute = map(int, time.split(":"))
    return 60 * hour + minute


def quiet(*rules):
    """Lines that turn off what the family does not ask for."""
    return [f"rule {rule} off" for rule in ("if_needed", "person_days", "gaps", "consecutive_room", *rules)]


class Boards:
    """input1: hourly slots in one room, in blocks; one examination a slot.

    A block is a window of the campaign's opening. Slots are hours; between two blocks lies an hour that nobody uses, so
    that they are two windows.
    """

    HALF = 1  # points of the solver for one of the family

    @staticmethod
    def constant():
        return 0

    def __init__(self, content):
        self.students = {student["id"]: student for student in content["students"]}
        self.people = {person["id"]: person for person in content["instructors"]}
        self.examiners = {course["id"]: course["examiners"] for course in content["courses"]}
        self.slots = content["slots_used"]
        self.block = content["block_length"]
        self.per_day = content["slots_per_day"]
        self.weights = content["weights"]
        self.dates = dates((self.slots + self.per_day - 1) // self.per_day)
        if self.slots != len(self.students) or self.slots % self.block or self.per_day % self.block:
            raise SystemExit("slots without a student, and blocks that end elsewhere than a day, are not known to "
                             "this bench")

    def may(self, role):
        return [name for name, person in sorted(self.people.items()) if person[role]]

    def place(self, slot):
        """The day and the minute at which a slot starts."""
        day, in_day = divmod(slot, self.per_day)
        return day, 60 * (in_day + in_day // self.block)

    def period(self, first, last):
        day, start = self.place(first)
        return f"{self.dates[day]} {clock(start)} to {clock(self.place(last)[1] + 60)}"

    def bands(self, role):
        """(low, high, cost), which add up to the published steps around the equal share."""
        share = self.slots // len(self.may(role))
        bad, worse, worst = (self.weights["Workload" + name] for name in ("Bad", "Worse", "Worst"))
        low = next(count for count in range(self.slots + 1) if not count < share * 0.5)
        high = [max(count for count in range(self.slots + 1) if not count > share * ratio)
                for ratio in (1.1, 1.3, 1.5)]
        return list(zip([low] * 3, high, (bad, worse - bad, worst - worse)))

    def texts(self):
        return [self.text()]

    def text(self):
        weights = self.weights
        absence = {"president": weights["PresidentNotAvailable"], "secretary": weights["SecretaryNotAvailable"],
                   "member": weights["MemberNotAvailable"], "examiner": weights["ExaminerNotAvailable"],
                   "supervisor": weights["SupervisorNotAvailable"]}
        change = {"president": weights["PresidentChange"], "secretary": weights["SecretaryChange"]}
        combined = {"supervisor": [("president", weights["PresidentSelfStudent"]),
                                   ("secretary", weights["SecretarySelfStudent"])],
                    "examiner": [("president", weights["ExaminerNotPresident"])]}
        lines = ["soutenance problem 1", f"first_date {FIRST_DATE}", "grid_minutes 60"]
        lines += [f"opening {self.period(first, first + self.block - 1)}" for first in range(0, self.slots, self.block)]
        # Absences cost by role, and one person may hold several.
        lines += quiet("availability", "one_seat")
        lines += [f"rule {rule} soft" for rule in ("role_absence", "block_continuity", "role_load", "combined_roles")]
        for role, cost in absence.items():
            lines += [f'role "{role}"', f"  absence_cost {cost}", f"  change_cost {change.get(role, 0)}"]
            if role in ROLES[:3]:
                lines += [f"  load {low} to {high} cost {cost}" for low, high, cost in self.bands(role)]
            lines += [f'  combined "{other}" cost {cost}' for other, cost in combined.get(role, ())]
        for name, person in self.people.items():
            lines.append(f'person "{name}"')
            lines += [f"  blocked {self.period(k, k)}" for k in range(self.slots) if person["availability"][k] == "0"]
        lines += ['room "1"', *(f"  open {date} 00:00 to 24:00" for date in self.dates)]
        for name, student in self.students.items():
            lines += [f'defence "{name}"', "  duration_minutes 60", f'  seat "{student["supervisor"]}" "supervisor"']
            for role in ROLES:
                people = self.may(role) if role != "examiner" else self.examiners[student["course"]]
                lines += [f'  open_seat "{role}"', *(f'    candidate "{person}"' for person in people)]
        return "\n".join(lines + ["end", ""])

    def solution(self, placements):
        slot_at = {}
        for slot in range(self.slots):
            day, start = self.place(slot)
            slot_at[self.dates[day], clock(start)] = slot
        rows = [{"slot": slot_at[at["day"], at["time"]], "student": at["defence"], **dict(zip(ROLES, at["holders"]))}
                for at in placements]
        return sorted(rows, key=lambda row: row["slot"])

    def terms(self, solution):
        """The cost by published term; raises ValueError if a role is given to somebody who may not hold it."""
        weights, terms = self.weights, {}

        def add(name, cost):
            terms[name] = terms.get(name, 0) + cost

        by_slot = {row["slot"]: row for row in solution}
        if len(by_slot) != self.slots or sorted(by_slot) != list(range(self.slots)):
            raise ValueError(f"{len(by_slot)} of {self.slots} slots have a student")
        rows = [by_slot[slot] for slot in range(self.slots)]
        for slot, row in enumerate(rows):
            student = self.students[row["student"]]
            for role in ROLES[:3]:
                if not self.people[row[role]][role]:
                    raise ValueError(f"slot {slot}: {row[role]} may not be {role}")
            if row["examiner"] not in self.examiners[student["course"]]:
                raise ValueError(f"slot {slot}: {row['examiner']} does not examine {student['course']}")
            supervisor = student["supervisor"]
            for role in (*ROLES, "supervisor"):
                who = supervisor if role == "supervisor" else row[role]
                if self.people[who]["availability"][slot] == "0":
                    add(f"{role} not available", weights[role.capitalize() + "NotAvailable"])
            for role in ("president", "secretary"):
                if slot % self.block and row[role] != rows[slot - 1][role]:
                    add(f"{role} change", weights[role.capitalize() + "Change"])
                if self.people[supervisor][role] and supervisor != row[role]:
                    add(f"{role} self student", weights[role.capitalize() + "SelfStudent"])
            if self.people[row["examiner"]]["president"] and row["examiner"] != row["president"]:
                add("examiner not president", weights["ExaminerNotPresident"])
        seen = [row["student"] for row in rows]
        add("student duplicated", weights["StudentDuplicated"] * (len(seen) - len(set(seen))))
        for role in ROLES[:3]:
            for person in self.may(role):
                add(f"{role} workload", self.load_cost(role, sum(1 for row in rows if row[role] == person)))
        return {name: cost for name, cost in terms.items() if cost}

    def cost(self, solution):
        return sum(self.terms(solution).values())

    def load_cost(self, role, count):
        share = self.slots // len(self.may(role))
        if count < share * 0.5 or count > share * 1.5:
            return self.weights["WorkloadWorst"]
        if count > share * 1.3:
            return self.weights["WorkloadWorse"]
        return self.weights["WorkloadBad"] if count > share * 1.1 else 0

    def bound(self):
        """What the workloads cost at least, by counting: either a president or a secretary changes within a block,
        or each of them has whole blocks; members may have any number of slots."""
        least = 0
        for role in ROLES[:3]:
            step = self.block if role != "member" else 1
            best = {0: 0}  # the least cost of the people so far, by the slots that they have
            for _ in self.may(role):
                longer = {}
                for total, cost in best.items():
                    for count in range(0, self.slots - total + 1, step):
                        new = cost + self.load_cost(role, count)
                        longer[total + count] = min(longer.get(total + count, new), new)
                best = longer
            least += best[self.slots]
        return min(least, self.weights["PresidentChange"], self.weights["SecretaryChange"])


class Sections:
    """input2, with the objective of the published integer programme.

    Presidents are rostered: each has a section, in one of two rooms, on the days that the roster says, for students of
    the section's programme. A supervisor who could preside costs 2 for each slot of five minutes in which he or she does
    not, and 5 for each in which he or she is not available; each room has a lunch break a day of 8 to 16 slots, half a
    point for each less or more than 12, and 40 points each if some of it lies before 11:30 or after 13:40. Here no break
    lies outside, which can only lose; whoever presides is somebody else than the same person who supervises, and does
    so elsewhere on days of other sections only. Examinations take 8 slots, or 9 with two courses, as in the published
    programme. The solver counts half points.
    """

    SLOT, FIRST, LAST, ROOMS = 5, 8 * 60, 18 * 60, 2
    LUNCH, LUNCH_FROM, LUNCH_TO = 60, 11 * 60 + 30, 13 * 60 + 40
    LUNCH_LEAST, LUNCH_MOST, LUNCH_OUTSIDE, LUNCH_SLOT = 40, 80, 40, 0.5
    SELF_STUDENT, SUPERVISOR_NOT_AVAILABLE = 2, 5
    HALF = 2  # points of the solver for one of the family

    @staticmethod
    def constant():
        """What the solver does not count."""
        return 0

    def __init__(self, content):
        self.students = {student["id"]: student for student in content["students"]}
        self.people = {person["id"]: person for person in content["instructors"]}
        self.hours = content["hours_per_day"]
        self.dates = dates(len(content["days"]))
        self.roster = {entry["instructor"]: entry["hours"] for entry in content["president_schedule"]}

    def slots_of(self, student):
        return 8 if len(student["courses"]) < 2 else 9

    def hour(self, k):
        day, hour = divmod(k, self.hours)
        start = self.FIRST + 60 * hour
        return f"{self.dates[day]} {clock(start)} to {clock(start + 60)}"

    def days_of(self, president):
        return {k // self.hours for k, programme in enumerate(self.roster[president]) if programme}

    def presides(self, president, k, programme):
        return self.roster[president][k] == programme and self.people[president]["availability"][k] == "1"

    def self_cost(self, student):
        return self.SELF_STUDENT * self.slots_of(student) if self.people[student["supervisor"]]["president"] else 0

    def texts(self):
        """The problem in which nobody is ever absent, which is solved sooner; then that of the published objective."""
        return [self.text(absences=False), self.text(absences=True)]

    def text(self, absences):
        lines = ["soutenance problem 1", f"first_date {FIRST_DATE}", f"grid_minutes {self.SLOT}"]
        lines += [f"opening {date} {clock(self.FIRST)} to {clock(self.LAST)}" for date in self.dates]
        lines += [f"pause {date} {clock(self.LUNCH_FROM)} to {clock(self.LUNCH_TO - self.LUNCH_LEAST + 1)} "
                  f"least {self.LUNCH_LEAST} wanted {self.LUNCH} until {date} {clock(self.LUNCH_TO)}" for date in self.dates]
        lines += quiet("one_seat", *(["availability"] if absences else []))
        lines += [f"rule role_absence soft weight {self.HALF} parameter {self.SLOT}"] if absences else []
        lines += [f"rule seat_cost soft weight {self.HALF}", "rule block_continuity hard parameter 0",
                  "rule room_pause hard", f"rule short_pause soft weight {int(self.HALF * self.LUNCH_SLOT)}",
                  'role "president"', "  absence_cost 1000", "  change_cost 1",
                  'role "supervisor"', f"  absence_cost {self.SUPERVISOR_NOT_AVAILABLE}"]
        for name, hours in self.roster.items():
            lines.append(f'person "president {name}"')
            lines += [f"  blocked {self.hour(k)}" for k, programme in enumerate(hours)
                      if not programme or not self.presides(name, k, programme)]
        for name, person in self.people.items():
            lines.append(f'person "{name}"')
            lines += [f"  blocked {self.hour(k)}" for k, is_free in enumerate(person["availability"]) if is_free == "0"]
        for room in range(1, self.ROOMS + 1):
            lines += [f'room "{room}"', *(f"  open {date} {clock(self.FIRST)} to {clock(self.LAST)}" for date in self.dates)]
        for name, student in self.students.items():
            supervisor, programme = student["supervisor"], student["program"]
            lines += [f'defence "{name}"', f"  duration_minutes {self.SLOT * self.slots_of(student)}",
                      f'  seat "{supervisor}" "supervisor"', '  open_seat "president"']
            may = [president for president, hours in self.roster.items() if programme in hours]
            for president in may:
                cost = self.self_cost(student) if president != supervisor else 0
                lines.append(f'    candidate "president {president}" cost {cost}')
            elsewhere = self.days_of(supervisor) if supervisor in self.roster and supervisor not in may else ()
            lines += [f"  allowed {self.hour(k)}" for k in range(self.hours * len(self.dates))
                      if k // self.hours not in elsewhere and any(self.presides(name, k, programme) for name in may)]
        return "\n".join(lines + ["end", ""])

    def solution(self, placements):
        """Of examinations, then of the cheapest lunch break of each room on each day."""
        rows = [{"student": at["defence"], "day": self.dates.index(at["day"]) + 1, "time": at["time"],
                 "room": int(at["room"]), "president": at["holders"][0].split()[1]} for at in placements]
        return rows + [self.break_of(rows, day, room) for day in range(1, len(self.dates) + 1)
                       for room in range(1, self.ROOMS + 1)]

    def break_of(self, rows, day, room):
        busy = [(minute_of(row["time"]), minute_of(row["time"]) + self.SLOT * self.slots_of(self.students[row["student"]]))
                for row in rows if (row["day"], row["room"]) == (day, room)]
        possible = [(self.break_cost(start, length), start, length)
                    for length in range(self.LUNCH_LEAST, self.LUNCH_MOST + 1, self.SLOT)
                    for start in range(self.FIRST, self.LAST - length + 1, self.SLOT)
                    if all(end <= start or start + length <= begin for begin, end in busy)]
        if not possible:
            raise ValueError(f"room {room} has no time for lunch on day {day}")
        _, start, length = min(possible)
        return {"day": day, "time": clock(start), "room": room, "lunch": length}

    def break_cost(self, start, length):
        return (self.LUNCH_SLOT * abs(length - self.LUNCH) / self.SLOT +
                self.LUNCH_OUTSIDE * ((start < self.LUNCH_FROM) + (start + length > self.LUNCH_TO)))

    def terms(self, solution):
        """The cost by published term; raises ValueError if the solution breaks the roster, or somebody is in two places."""
        self_student = not_available = lunch = 0
        busy, breaks, seen, presides = {}, set(), set(), {}
        for row in solution:
            day, start, room = row["day"] - 1, minute_of(row["time"]), row["room"]
            student = self.students.get(row.get("student"))
            length = row["lunch"] if student is None else self.SLOT * self.slots_of(student)
            where = f"{row.get('student', 'lunch')} on day {row['day']} at {row['time']} in room {room}"
            if not self.FIRST <= start <= self.LAST - length or start % self.SLOT or room not in (1, 2):
                raise ValueError(f"{where}: no such place")
            people = {("room", room)}
            if student is None:
                if not self.LUNCH_LEAST <= length <= self.LUNCH_MOST:
                    raise ValueError(f"{where}: too short or too long")
                lunch += self.break_cost(start, length)
                breaks.add((day, room))
            else:
                supervisor, president = student["supervisor"], row["president"]
                if row["student"] in seen:
                    raise ValueError(f"{where}: examined twice")
                seen.add(row["student"])
                hours = range(day * self.hours + (start - self.FIRST) // 60,
                              day * self.hours + (start + length - 1 - self.FIRST) // 60 + 1)
                for k in hours:
                    if not self.presides(president, k, student["program"]):
                        raise ValueError(f"{where}: {president} does not preside there")
                if presides.setdefault((day, room), president) != president:
                    raise ValueError(f"{where}: the president changes")
                people |= {supervisor, president}
                self_student += self.self_cost(student) if supervisor != president else 0
                free = self.people[supervisor]["availability"]
                not_available += sum(self.SUPERVISOR_NOT_AVAILABLE for minute in range(start, start + length, self.SLOT)
                                     if free[day * self.hours + (minute - self.FIRST) // 60] == "0")
            for who in people:
                busy.setdefault((who, day), []).append((start, start + length))
        for (who, day), times in busy.items():
            times.sort()
            if any(b[0] < a[1] for a, b in zip(times, times[1:])):
                raise ValueError(f"{who} is in two places at once on day {day + 1}")
        if len(seen) != len(self.students):
            raise ValueError(f"{len(self.students) - len(seen)} students are not examined")
        if len(breaks) != self.ROOMS * len(self.dates) or len(breaks) != len(solution) - len(seen):
            raise ValueError("a room has no lunch break")
        return {name: cost for name, cost in (("president self student", self_student), ("lunch", lunch),
                                              ("supervisor not available", not_available)) if cost}

    def cost(self, solution):
        return sum(self.terms(solution).values())

    def bound(self):
        """Students whose supervisor could preside, but over no section of their programme."""
        return sum(self.self_cost(student) for student in self.students.values()
                   if student["program"] not in self.roster.get(student["supervisor"], ()))


def read(path):
    """The instance in a file; None if it is none of the family."""
    with open(path, encoding="utf-8") as file:
        try:
            content = json.load(file)
        except (UnicodeDecodeError, json.JSONDecodeError):
            return None
    if not isinstance(content, dict) or "instructors" not in content or "students" not in content:
        return None
    if "president_schedule" in content:
        return Sections(content)
    return Boards(content) if "block_length" in content else None


# An instance with rostered presidents is measured again, with everything that the faculty asks for.
WHOLE_LIST = ".requirements"


def whole_list(path):
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    return exam_requirements.Requirements(content, dates(len(content["days"])))


def instances(data):
    """Each instance of the families below the folder, once: what a file says again, in another format, is left out."""
    found, seen = [], []
    for folder, _, files in os.walk(data):
        for file in sorted(files, key=lambda name: (not name.endswith(".json"), name)):
            path = os.path.join(folder, file)
            name, extension = os.path.splitext(os.path.relpath(path, data))
            known = read(path) if extension == ".json" else None
            if known:
                found.append((name, path))
                if isinstance(known, Sections):
                    found.append((name + WHOLE_LIST, path))
                continue
            try:
                generated = final_exams.read(path)
            except (UnicodeDecodeError, json.JSONDecodeError):
                continue
            if generated:
                found.append((name, path))
                seen.append((extension != ".json", name, path, generated.data))
    seen.sort(key=lambda entry: entry[:3])
    again = [path for i, (_, _, path, content) in enumerate(seen) if any(content == other[3] for other in seen[:i])]
    return sorted(entry for entry in found if entry[1] not in again)


# Optima that published logs prove, by the name that the instance gives itself.
PUBLISHED = {"bme_input2_2019_06": 54}


def best_known(path):
    """What is published of the instance, or the least cost of a run without wrong roles in the list that lies beside it,
    if there is one."""
    with open(path, encoding="utf-8") as file:
        name = json.load(file).get("name")
    if name in PUBLISHED:
        return PUBLISHED[name]
    folder, file = os.path.split(path)
    path = os.path.join(folder, f"all_upstream_runs_{os.path.splitext(file)[0]}.csv")
    if not os.path.exists(path):
        return None
    with open(path, newline="", encoding="utf-8") as text:
        return min(int(row["total"]) for row in csv.DictReader(text)
                   if row["role_violations"] == row["wrong_sup_or_examiner"] == "0")


def measure(name, path, arguments):
    generated = final_exams.read(path)
    if generated:
        generated.minds_availability = arguments.unavailable == "hard"
        return measure_generated(path, generated, arguments)
    instance = whole_list(path) if name.endswith(WHOLE_LIST) else read(path)
    for text in instance.texts():
        answer = solver.solve(text, arguments)
        if answer["placed"] == answer["defences"]:
            break
    solution = instance.solution(answer["placements"])
    cost = instance.cost(solution)
    if answer["score"]["soft"] / instance.HALF + instance.constant() != cost:
        raise SystemExit(f"{path}: the solver counts {answer['score']['soft']}, the family's objective is {cost}")
    value = solver.Value("cost", cost, max(answer["bound"]["soft"] / instance.HALF + instance.constant(), instance.bound()),
                         best_known(path) if not name.endswith(WHOLE_LIST) else None,
                         larger_is_better=False)
    return solver.Result(values=[value], seconds=answer["seconds"], seconds_to_best=answer["seconds_to_best"],
                         solution=solution, remark=by_term(instance.terms(solution)))


def measure_generated(path, instance, arguments):
    days = dates(instance.days)
    answer = solver.solve(instance.text(days), arguments)
    solution = instance.solution(answer["placements"], days)
    cost = instance.cost(solution)
    if instance.cost_of(answer["score"]["soft"]) != cost:
        raise SystemExit(f"{path}: the solver counts {answer['score']['soft']}, the family's objective is {cost}: "
                         f"{instance.terms(solution)}")
    planned = solver.Value("planned", answer["placed"], answer["placed_bound"])
    bound = max(instance.cost_of(answer["bound"]["soft"]), instance.bound(answer["placed"])) if planned.is_met() else None
    return solver.Result(values=[planned, solver.Value("cost", cost, bound, larger_is_better=False)],
                         seconds=answer["seconds"], seconds_to_best=answer["seconds_to_best"], solution=solution,
                         remark=by_term(instance.terms(solution)))


def by_term(terms):
    return "  " + ", ".join(f"{name} {cost}" for name, cost in terms.items()) if terms else ""


def main():
    parser = solver.parser_of(__doc__, seconds=60)
    parser.add_argument("--unavailable", choices=("hard", "ignored"), default="hard",
                        help="whether instructors of generated final examinations must be available, or whether that is "
                             "left out as in the latest version of the published model (%(default)s)")
    arguments = parser.parse_args()
    solver.run("bme", instances(arguments.data), measure, arguments)


if __name__ == "__main__":
    main()
