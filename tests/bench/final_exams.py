"""Final examinations of the generated Budapest family (fes-benchmark-bme), for the bench of examination boards.

Each student is examined in a room on consecutive slots of a day by as many people in each role as the instance asks for
and by examiners who cover the student's courses; nobody is in two rooms at once and everybody but the supervisor must be
available. Each room has a lunch break a day and one programme. Roles with continuity have the same people before the
break, and the same after it. What the published model minimises is the cost; as many instances have more examinations
than room for them, the number of those planned comes first.

The instance is read from JSON or from the data file of the published model (.dzn); both say the same.
"""

import functools
import itertools
import json
import re


def whole(value):
    return value if isinstance(value, int) else 0


def of_json(content):
    """The instance as the published model names its data; None if this is none of the family."""
    if not isinstance(content, dict) or "Exam" not in content or "AllConstraints" not in content:
        return None
    exam, rules = content["Exam"], content["AllConstraints"]

    def numbers(name, count=0):
        return list(rules.get(name, {}).get("ArrayParam") or [0] * count)

    def number(name):
        return whole(rules.get(name, {}).get("SingleParam"))

    programmes, roles = range(1, exam["NumberOfProgrammes"] + 1), range(1, exam["NumberOfRoles"] + 1)
    soft = rules.get("RolesSoftContinuity", {}).get("DictParam") or {}
    starts = rules["LunchStarts"]["ArrayDictParam"]
    least = rules.get("TheoryticalMinCard", {}).get("ArrayParam")
    return {
        "DaysNr": exam["NumberOfDays"], "SlotsPerDay": exam["SlotsPerDay"],
        "AvailabilitySlotsLenght": exam["AvailabilitySlotsLenght"], "RoomNr": exam["NumberOfRooms"],
        "InstructorsAvailability": [person["Availability"] for person in exam["Instructors"]],
        "InstructorRolesPerProgramm": [[[person["Id"] for person in exam["Instructors"]
                                         if programme in person["Programm"] and role in person["Roles"]]
                                        for role in roles[: len(numbers("RolesDemands"))]] for programme in programmes],
        "StudentsProgramm": [student["Programm"] for student in exam["Students"]],
        "StudentsDegree": [student["Degree"] for student in exam["Students"]],
        "StudentsSupervisorId": [student["SupervisorId"] for student in exam["Students"]],
        "StudentsCourseIds": [sorted(student["CourseIds"]) for student in exam["Students"]],
        "CoursesInstructorIds": [sorted(course["InstructorIds"]) for course in exam["Courses"]],
        "TheoryticalMinCard": least,
        "RolesDemands": numbers("RolesDemands"), "RolesContinuity": numbers("RolesContinuity"),
        "ExamLen": numbers("ExamLength"), "LunchTsMinLen": number("MinimumLunchTimeSlotLength"),
        "LunchStarts": [starts[str(day)] for day in range(1, exam["NumberOfDays"] + 1)],
        "SupervisorAvailable": number("SupervisorAvailable"),
        "OptimalLunchLenght": numbers("OptimalLunchLength", 2), "OptimalStartTs": numbers("OptimalStartTs", 2),
        "OptimalFinishTs": numbers("OptimalFinishTs", 2), "MinimizeRooms": number("MinimizeRooms"),
        "RolesSoftContinuity": [whole(soft.get(str(role))) for role in roles],
        "SameDegreeInRoom": number("SameDegreeInRoom"), "Mergeability": number("Mergeability"),
    }


DZN_NUMBERS = ("DaysNr", "SlotsPerDay", "AvailabilitySlotsLenght", "RoomNr", "LunchTsMinLen", "SupervisorAvailable",
               "MinimizeRooms", "SameDegreeInRoom", "Mergeability")
DZN_LISTS = ("StudentsProgramm", "StudentsDegree", "StudentsSupervisorId", "TheoryticalMinCard", "RolesDemands",
             "RolesContinuity", "ExamLen", "OptimalLunchLenght", "OptimalStartTs", "OptimalFinishTs")
DZN_SETS = ("StudentsCourseIds", "CoursesInstructorIds")


def numbers_of(text):
    return [int(number) for number in re.findall(r"-?\d+", text)]


def sets_of(text):
    return [sorted(numbers_of(inner)) for inner in re.findall(r"\{([^}]*)\}", text)]


def rows_of(text):
    """The rows of [|1, 2|3, 4|]."""
    return [row for row in (part.strip() for part in text.strip("[] \n").split("|")) if row.strip(", ")]


def of_dzn(text):
    """The same from a data file of the published model; None if this is none."""
    values = {name: value.strip() for name, value in re.findall(r"^(\w+)\s*=\s*([^;]*);", text, re.MULTILINE)}
    if any(name not in values for name in (*DZN_NUMBERS, *DZN_LISTS, *DZN_SETS, "LunchStarts")):
        return None
    days, slots = int(values["DaysNr"]), int(values["SlotsPerDay"])
    starts = [[min(span), max(span)] for span in map(numbers_of, values["LunchStarts"].strip("[]").split(","))]
    soft = rows_of(values["RolesSoftContinuity"])
    data = {name: int(values[name]) for name in DZN_NUMBERS}
    data |= {name: numbers_of(values[name]) for name in DZN_LISTS} | {name: sets_of(values[name]) for name in DZN_SETS}
    units = days * slots // data["AvailabilitySlotsLenght"]
    flat = numbers_of(values["InstructorsAvailability"])
    holders = [sets_of(row) for row in rows_of(values["InstructorRolesPerProgramm"])]
    return data | {
        "InstructorsAvailability": [flat[i : i + units] for i in range(0, len(flat), units)],
        "InstructorRolesPerProgramm": holders if any(itertools.chain(*holders)) else [[]] * int(values["ProgrammNr"]),
        "LunchStarts": starts,
        "RolesSoftContinuity": numbers_of(soft[1]) if len(soft) > 1 else [],
    }


def with_least_people(data):
    """The generator's "theoretical" number of people beyond the roles, which the JSON files leave out."""
    if data["TheoryticalMinCard"] is not None:
        return data
    least = []
    for programme, supervisor, courses in zip(data["StudentsProgramm"], data["StudentsSupervisorId"],
                                              data["StudentsCourseIds"]):
        holders = set(itertools.chain(*data["InstructorRolesPerProgramm"][programme - 1]))
        teachers = [data["CoursesInstructorIds"][course - 1] for course in courses]
        least.append(sum(1 for course in teachers if not holders & set(course)) +
                     (supervisor not in holders and not any(supervisor in course for course in teachers)))
    return data | {"TheoryticalMinCard": least}


def read(path):
    """The instance in a file; None if it is none of the family."""
    if not path.endswith((".json", ".dzn")):
        return None
    with open(path, encoding="utf-8") as file:
        text = file.read()
    data = of_dzn(text) if path.endswith(".dzn") else of_json(json.loads(text))
    return None if data is None else FinalExams(with_least_people(data))


class FinalExams:
    """An instance. Slots are 10 minutes of the solver's days, from 08:00; days and slots count from 1, as in the data."""

    GRID, FIRST = 10, 8 * 60

    def __init__(self, data):
        self.data = data
        self.slots = data["SlotsPerDay"]
        self.days = data["DaysNr"]
        self.rooms = data["RoomNr"]
        self.students = range(1, len(data["StudentsProgramm"]) + 1)
        self.demands = data["RolesDemands"]
        self.seats = sum(self.demands)
        self.soft = [weight if demand > 0 else 0 for weight, demand in
                     itertools.zip_longest(data["RolesSoftContinuity"], self.demands, fillvalue=0)][: len(self.demands)]
        self.lunch_weight, self.lunch_wanted = data["OptimalLunchLenght"]
        self.lunch_least = data["LunchTsMinLen"]
        self.minds_availability = True  # the latest version of the model does not

    # The facts of one student, and who may examine.

    def length(self, student):
        return self.data["ExamLen"][student - 1]

    def programme(self, student):
        return self.data["StudentsProgramm"][student - 1]

    def eligible(self, student, role):
        return self.data["InstructorRolesPerProgramm"][self.programme(student) - 1][role - 1]

    def teachers(self, student):
        return [self.data["CoursesInstructorIds"][course - 1] for course in self.data["StudentsCourseIds"][student - 1]]

    def is_free(self, person, day, slot):
        unit = ((day - 1) * self.slots + slot - 1) // self.data["AvailabilitySlotsLenght"]
        return not self.minds_availability or self.data["InstructorsAvailability"][person - 1][unit] == 1

    def lunch_starts(self, day):
        first, last = self.data["LunchStarts"][day - 1]
        return first - (day - 1) * self.slots, last - (day - 1) * self.slots

    def can_be_examined(self, student):
        """Whether anybody may hold each seat, whenever it is."""
        return (all(len(self.eligible(student, role)) >= demand for role, demand in enumerate(self.demands, 1)) and
                all(self.teachers(student)))

    # The problem of the solver.

    def clock(self, slot):
        minute = self.FIRST + (slot - 1) * self.GRID
        return f"{minute // 60:02d}:{minute % 60:02d}"

    def text(self, dates):
        data = self.data
        rules = ["role_absence soft parameter %d" % self.GRID, "mixed_holders soft", "hours soft", "room_pause hard",
                 "room_topics hard parameter 1", "block_continuity hard"]
        rules += [f"{rule} off" for rule in ("if_needed", "person_days", "gaps", "consecutive_room")]
        for rule, weight in (("mixed_cohorts", data["SameDegreeInRoom"]), ("rooms_used", data["MinimizeRooms"]),
                             ("jury_size", data["Mergeability"]), ("short_pause", self.lunch_weight)):
            if weight > 0:
                rules.append(f"{rule} soft weight {weight}")
        lines = ["soutenance problem 1", f"first_date {dates[0]}", f"grid_minutes {self.GRID}"]
        for day, date in enumerate(dates, 1):
            first, last = self.lunch_starts(day)
            lines += [f"opening {date} {self.clock(1)} to {self.clock(self.slots + 1)}",
                      f"pause {date} {self.clock(first)} to {self.clock(last + 1)} least {self.lunch_least * self.GRID} "
                      f"wanted {max(self.lunch_least, self.lunch_wanted) * self.GRID}"]
        weight, wanted = data["OptimalStartTs"]
        lines += [f"early {self.clock(slot)} cost {weight}" for slot in range(2, wanted + 1) if weight > 0]
        weight, wanted = data["OptimalFinishTs"]
        lines += [f"late {self.clock(slot + 1)} cost {weight}" for slot in range(max(wanted, 0), self.slots) if weight > 0]
        lines += [f"rule {rule}" for rule in rules]
        lines += ['role "supervisor"', f"  absence_cost {data['SupervisorAvailable']}"]
        for role, demand in enumerate(self.demands, 1):
            if demand > 0:
                lines += [f'role "role {role}"', f"  change_cost {int(role in data['RolesContinuity'])}",
                          f"  mix_cost {self.soft[role - 1]}"]
        for person in range(1, len(data["InstructorsAvailability"]) + 1):
            lines.append(f'person "instructor {person}"')
            for day, date in enumerate(dates, 1):
                lines += [f"  blocked {date} {self.clock(slot)} to {self.clock(slot + 1)}"
                          for slot in range(1, self.slots + 1) if not self.is_free(person, day, slot)]
        lines += [f'person "student {student}"' for student in self.students]
        for room in range(1, self.rooms + 1):
            lines += [f'room "{room}"', *(f"  open {date} 00:00 to 24:00" for date in dates)]
        for student in self.students:
            if self.can_be_examined(student):
                lines += self.defence(student)
        return "\n".join(lines + ["end", ""])

    def defence(self, student):
        lines = [f'defence "{student}"', f"  duration_minutes {self.length(student) * self.GRID}",
                 f'  seat "student {student}" "student"',
                 f'  guest "instructor {self.data["StudentsSupervisorId"][student - 1]}" "supervisor"',
                 f'  topic "{self.programme(student)}"', f'  cohort "{self.data["StudentsDegree"][student - 1]}"',
                 f"  expected_people {1 + self.seats + self.data['TheoryticalMinCard'][student - 1]}"]
        for role, demand in enumerate(self.demands, 1):
            for _ in range(demand):
                lines += [f'  open_seat "role {role}"',
                          *(f'    candidate "instructor {person}"' for person in self.eligible(student, role))]
        for teachers in self.teachers(student):
            lines += ['  open_seat "examiner" shared', *(f'    candidate "instructor {person}"' for person in teachers)]
        return lines

    def solution(self, placements, dates):
        """Rows of examinations, then of lunch breaks, of each room on each day."""
        rows = []
        for at in placements:
            student = int(at["defence"])
            hour, minute = map(int, at["time"].split(":"))
            holders = [int(name.split()[1]) for name in at.get("holders", [])]
            row = {"student": student, "day": dates.index(at["day"]) + 1,
                   "slot": (60 * hour + minute - self.FIRST) // self.GRID + 1, "room": int(at["room"]), "roles": {}}
            for role, demand in enumerate(self.demands, 1):
                row["roles"][str(role)] = sorted(holders[:demand])
                del holders[:demand]
            row["examiners"] = sorted(set(holders))
            rows.append(row)
        rows.sort(key=lambda row: (row["day"], row["room"], row["slot"]))
        breaks = [self.best_break(rows, day, room) for day in range(1, self.days + 1)
                  for room in range(1, self.rooms + 1)]
        return rows + [row for row in breaks if row]

    def best_break(self, rows, day, room):
        """The cheapest lunch break of that room that is possible, if any is: each is tried."""
        exams = [row for row in rows if (row["day"], row["room"]) == (day, room)]
        first, last = self.lunch_starts(day)
        best, least = None, None
        for slot in range(first, last + 1):
            for length in range(self.lunch_least, max(self.lunch_least, self.lunch_wanted) + 1):
                row = {"day": day, "room": room, "lunch_slot": slot, "lunch_slots": length}
                if any(self.meet(exam, row) for exam in exams) or self.changes(exams, row):
                    continue
                cost = abs(length - self.lunch_wanted)
                if least is None or cost < least:
                    best, least = row, cost
        return best

    # The published model.

    def meet(self, exam, lunch):
        """Whether an examination and a lunch break of one room and day overlap, as the model says."""
        return not (exam["slot"] + self.length(exam["student"]) <= lunch["lunch_slot"] or
                    lunch["lunch_slot"] + lunch["lunch_slots"] <= exam["slot"])

    def changes(self, exams, lunch):
        """Whether a role with continuity changes on one side of the break."""
        for one, other in itertools.combinations(exams, 2):
            if (lunch["lunch_slot"] > one["slot"]) == (lunch["lunch_slot"] > other["slot"]) and any(
                    set(one["roles"][str(role)]) != set(other["roles"][str(role)])
                    for role in self.data["RolesContinuity"]):
                return True
        return False

    def people(self, exam):
        return set(itertools.chain(*exam["roles"].values())) | set(exam["examiners"])

    def check(self, exams, breaks):
        """Raises ValueError if a hard constraint of the model is broken."""
        if len({exam["student"] for exam in exams}) != len(exams):
            raise ValueError("a student is examined twice")
        for exam in exams:
            student, where = exam["student"], f"student {exam['student']} on day {exam['day']}, slot {exam['slot']}"
            if not (1 <= exam["day"] <= self.days and 1 <= exam["room"] <= self.rooms and
                    1 <= exam["slot"] <= self.slots + 1 - self.length(student)):
                raise ValueError(f"{where}: no such place")
            seated = []
            for role, demand in enumerate(self.demands, 1):
                held = exam["roles"][str(role)]
                if len(held) != demand or not set(held) <= set(self.eligible(student, role)):
                    raise ValueError(f"{where}: role {role} is not held as it must be")
                seated += held
            if len(seated) != len(set(seated)):
                raise ValueError(f"{where}: somebody holds two roles")
            if len(exam["examiners"]) > len(self.teachers(student)) or not all(
                    set(teachers) & set(exam["examiners"]) for teachers in self.teachers(student)):
                raise ValueError(f"{where}: a course has no examiner, or there are too many of them")
            for person, slot in itertools.product(self.people(exam), range(exam["slot"], exam["slot"] + self.length(student))):
                if not self.is_free(person, exam["day"], slot):
                    raise ValueError(f"{where}: {person} is not available")
        for one, other in itertools.combinations(exams, 2):
            if one["day"] != other["day"]:
                continue
            where = f"students {one['student']} and {other['student']} on day {one['day']}"
            same_room = one["room"] == other["room"]
            at_once = not (one["slot"] + self.length(one["student"]) <= other["slot"] or
                           other["slot"] + self.length(other["student"]) <= one["slot"])
            if at_once and (same_room or self.people(one) & self.people(other)):
                raise ValueError(f"{where}: in one room, or with one person, at once")
            if same_room and self.programme(one["student"]) != self.programme(other["student"]):
                raise ValueError(f"{where}: two programmes in one room")
        for day, room in itertools.product(range(1, self.days + 1), range(1, self.rooms + 1)):
            own = [exam for exam in exams if (exam["day"], exam["room"]) == (day, room)]
            lunches = [row for row in breaks if (row["day"], row["room"]) == (day, room)]
            first, last = self.lunch_starts(day)
            if len(lunches) != 1 or not first <= lunches[0]["lunch_slot"] <= last or lunches[0]["lunch_slots"] < self.lunch_least:
                raise ValueError(f"room {room} has no lunch break on day {day}")
            if any(self.meet(exam, lunches[0]) for exam in own):
                raise ValueError(f"room {room} has an examination during lunch on day {day}")
            if self.changes(own, lunches[0]):
                raise ValueError(f"room {room}: a role that must stay changes on day {day}")

    def raw_terms(self, solution):
        """What the model minimises, by term, without the constants it takes off and adds."""
        exams = [row for row in solution if "student" in row]
        breaks = [row for row in solution if "lunch_slot" in row]
        self.check(exams, breaks)
        data = self.data
        pairs = [(one, other) for one, other in itertools.combinations(exams, 2)
                 if (one["day"], one["room"]) == (other["day"], other["room"])]
        early, wanted_start = data["OptimalStartTs"]
        late, wanted_finish = data["OptimalFinishTs"]
        supervisor = {exam["student"]: data["StudentsSupervisorId"][exam["student"] - 1] for exam in exams}
        return {
            "supervisor available": data["SupervisorAvailable"] * sum(
                not self.is_free(supervisor[exam["student"]], exam["day"], slot) for exam in exams
                for slot in range(exam["slot"], exam["slot"] + self.length(exam["student"]))),
            "lunch length": self.lunch_weight * sum(abs(row["lunch_slots"] - self.lunch_wanted) for row in breaks),
            "start": early * sum(max(0, wanted_start - exam["slot"]) for exam in exams),
            "finish": late * sum(max(0, exam["slot"] + self.length(exam["student"]) - 1 - wanted_finish) for exam in exams),
            "rooms": data["MinimizeRooms"] * len({exam["room"] for exam in exams}),
            "role continuity": sum(weight * (set(one["roles"][str(role)]) != set(other["roles"][str(role)]))
                                   for role, weight in enumerate(self.soft, 1) for one, other in pairs if weight),
            "same degree": data["SameDegreeInRoom"] * sum(
                data["StudentsDegree"][one["student"] - 1] != data["StudentsDegree"][other["student"] - 1]
                for one, other in pairs),
            "mergeability": max(0, data["Mergeability"] * sum(
                len(self.people(exam) | {supervisor[exam["student"]]}) - data["TheoryticalMinCard"][exam["student"] - 1] -
                self.seats for exam in exams)),
        }

    def constants(self):
        """What the model's objective adds to the terms whatever the timetable is: rooms that are needed at least are
        not counted, and a least lunch that is longer than wanted costs everywhere."""
        days_of_rooms = -(-sum(self.data["ExamLen"]) // self.slots)
        return {"rooms": -self.data["MinimizeRooms"] * -(-days_of_rooms // self.days)}

    def terms(self, solution):
        terms = self.raw_terms(solution)
        for name, constant in self.constants().items():
            terms[name] += constant
        return {name: cost for name, cost in terms.items() if cost}

    def cost(self, solution):
        return sum(self.terms(solution).values())

    def bound(self, planned):
        """What `planned` examinations cost at least: rooms that are needed, lunch that must be longer than wanted, and
        the people without whom nobody is examined, counted student by student."""
        people = sorted(self.least_people(student) - self.data["TheoryticalMinCard"][student - 1] - self.seats
                        for student in self.students if self.can_be_examined(student))
        excess = max(0, self.lunch_least - self.lunch_wanted)
        lengths = sorted(self.length(student) for student in self.students if self.can_be_examined(student))
        rooms = -(-sum(lengths[:planned]) // (self.slots * self.days))
        return (sum(self.constants().values()) + self.data["MinimizeRooms"] * rooms +
                self.lunch_weight * excess * self.days * self.rooms +
                max(0, self.data["Mergeability"] * sum(people[:planned])))

    def least_people(self, student):
        """How many people come at least, the supervisor among them: those in the roles, or those who cover the courses."""
        supervisor, teachers = self.data["StudentsSupervisorId"][student - 1], self.teachers(student)
        in_role = any(supervisor in self.eligible(student, role) for role, demand in enumerate(self.demands, 1) if demand)
        covering = {}
        for course, people in enumerate(teachers):
            for person in people:
                covering[person] = covering.get(person, 0) | 1 << course
        return max(self.seats + (not in_role), 1 + self.least_cover(covering.pop(supervisor, 0), frozenset(covering.values()),
                                                                    (1 << len(teachers)) - 1))

    @functools.lru_cache(maxsize=None)
    def least_cover(self, covered, masks, full):
        """How many of the masks cover what is not covered yet, at least: layer by layer."""
        masks = [mask for mask in masks if not any(mask != other and mask | other == other for other in masks)]
        layer, count = {covered}, 0
        while full not in layer:
            following = set()
            for done in layer:
                missing = full & ~done
                lowest = missing & -missing
                following.update(done | mask for mask in masks if mask & lowest)
            layer, count = following, count + 1
        return count

    def cost_of(self, points):
        """The model's cost of what the solver counts: its points, and what no timetable changes."""
        excess = max(0, self.lunch_least - self.lunch_wanted)
        return points + sum(self.constants().values()) + self.lunch_weight * excess * self.days * self.rooms
