"""The whole list of requirements of the Budapest faculty (its Fitness.md) on an instance with rostered programmes (input2),
for the bench of examination boards: presidents, secretaries, members and an examiner for each course are chosen together
with time and room.

Hard here: nobody and no room is in two examinations at once, everybody is examined between 8:00 and 18:00, roles go to
those who may hold them (secretaries and members of the student's programme; examiners of the first list of a course, of
the second if the first is empty). All else costs, as listed in `TERMS`. Where the list leaves a choice: starts and ends are
those of each room's day; a programme in more than one room of a day is a section too many; a step of a table holds until
the next one.
"""

import fractions
import math

TERMS = {
    "president absent": 1000, "secretary absent": 1000, "examiner absent": 1000, "member absent": 5,
    "supervisor absent": 5,  # for each examination
    "president change": 1000, "secretary change": 1000,  # in a room, before lunch or after it
    "president change in a day": 10, "president of another programme": 1,
    "start": {540: 0, 530: 10, 520: 40, 510: 50, 500: 60, 490: 100, 480: 140},  # of the first examination, or later
    "end": {1020: 0, 1030: 10, 1040: 20, 1050: 30, 1060: 60, 1070: 100, 1080: 140},  # of the last one, or earlier
    "room without lunch": 40, "instructor without lunch": 40,  # of 40 minutes, begun from 11:30 to 13:00, by 13:40
    "lunch shorter than an hour": 0.1,  # a minute
    "programme too many": 50,  # in a room on a day
    "section too many": 1,  # of a programme on a day
    "hole": 2,  # in an instructor's day, but for 11:30 to 13:40
    "president's own student": 2, "secretary's own student": 1, "examiner not president": 1,
    "workload": [(fractions.Fraction(1, 10), 10), (fractions.Fraction(3, 10), 10), (fractions.Fraction(5, 10), 10)],
}
ROLES = ("president", "secretary", "member", "examiner")
FIRST, LAST, GRID, ROOMS = 8 * 60, 18 * 60, 5, 2
NOON, LUNCH_LAST, NOON_END, LUNCH_LEAST, LUNCH = 11 * 60 + 30, 13 * 60, 13 * 60 + 40, 40, 60
HALF = 2  # points of the solver for one of the family: a step of the grid of a short lunch costs half a point


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minute_of(time):
    hour, minute = map(int, time.split(":"))
    return 60 * hour + minute


class Requirements:
    HALF = HALF

    def __init__(self, content, dates):
        self.students = {student["id"]: student for student in content["students"]}
        self.people = {person["id"]: person for person in content["instructors"]}
        self.courses = {course["id"]: course["examiners"] or course["examiners_secondary"] for course in content["courses"]}
        self.minutes, self.hours, self.dates = content["exam_minutes"], content["hours_per_day"], dates

    # Who may hold what, and how often somebody should.

    def may(self, role, student):
        """Who may hold a role for a student; of examiners, a list for each course."""
        if role == "examiner":
            return [self.courses[course] for course in student["courses"]]
        return [name for name, person in sorted(self.people.items())
                if person[role] and (role == "president" or person[student["program"]])]

    def share(self, role, name):
        """How often somebody holds a role if all do equally often."""
        if role == "examiner":
            taken = [course for student in self.students.values() for course in student["courses"]]
            return sum((fractions.Fraction(taken.count(course), len(people)) for course, people in self.courses.items()
                        if name in people), fractions.Fraction(0))
        return max((fractions.Fraction(sum(student["program"] == programme for student in self.students.values()),
                                       sum(person[role] and person[programme] for person in self.people.values()))
                    for programme in ("CS", "EE") if self.people[name][programme]), default=fractions.Fraction(0))

    def holders(self, role):
        """Everybody who may hold a role for some student and should at least sometimes."""
        found = set()
        for student in self.students.values():
            people = self.may(role, student)
            found |= set().union(*people) if role == "examiner" else set(people)
        return sorted(name for name in found if self.share(role, name) > 0)

    def workload_cost(self, role, name, count):
        share = self.share(role, name)
        return sum(cost for part, cost in TERMS["workload"] if abs(count - share) > part * share)

    def bands(self, role, name):
        """(low, high, cost): what somebody costs who holds a role less or more often; always, if low is above high."""
        share = self.share(role, name)
        return [(math.ceil(share * (1 - part)), math.floor(share * (1 + part)), cost) for part, cost in TERMS["workload"]]

    def constant(self):
        """What shares cost that nobody can meet; the solver is not told of them."""
        return sum(cost for role in ROLES for name in self.holders(role) for low, high, cost in self.bands(role, name)
                   if low > high)

    def is_free(self, name, day, start, end):
        hours = range((start - FIRST) // 60, (end - 1 - FIRST) // 60 + 1)
        return all(self.people[name]["availability"][day * self.hours + hour] == "1" for hour in hours)

    # The problem of the solver.

    def texts(self):
        return [self.text()]

    def text(self):
        lines = ["soutenance problem 1", f"first_date {self.dates[0]}", f"grid_minutes {GRID}"]
        for date in self.dates:
            lines += [f"opening {date} {clock(FIRST)} to {clock(LAST)}",
                      f"pause {date} {clock(NOON)} to {clock(LUNCH_LAST + GRID)} least {LUNCH_LEAST} wanted {LUNCH} "
                      f"until {date} {clock(NOON_END)}"]
        start, end = sorted(TERMS["start"]), sorted(TERMS["end"])
        lines += [f"early {clock(after)} cost {TERMS['start'][before] - TERMS['start'][after]}"
                  for before, after in zip(start, start[1:])]
        lines += [f"late {clock(before)} cost {TERMS['end'][after] - TERMS['end'][before]}" for before, after in zip(end, end[1:])]
        lines += [f"rule {rule} off" for rule in ("if_needed", "person_days", "gaps", "consecutive_room", "availability", "one_seat")]
        lines += [f"rule {rule} soft weight {int(weight * HALF)}{parameter}" for rule, weight, parameter in (
            ("role_absence", 1, " parameter 0"), ("block_continuity", 1, " parameter 1"), ("day_continuity", 1, ""),
            ("seat_cost", 1, ""), ("combined_roles", 1, ""), ("role_load", 1, ""), ("hours", 1, " parameter 1"),
            ("room_pause", TERMS["room without lunch"], ""), ("person_pause", TERMS["instructor without lunch"], ""),
            ("short_pause", TERMS["lunch shorter than an hour"] * GRID, ""),
            ("room_topics", TERMS["programme too many"], " parameter 1"),
            ("topic_rooms", TERMS["section too many"], " parameter 1"), ("waits", TERMS["hole"], " parameter 0"))]
        combined = {"supervisor": [("president", TERMS["president's own student"]),
                                   ("secretary", TERMS["secretary's own student"])],
                    "examiner": [("president", TERMS["examiner not president"])]}
        for role in (*ROLES, "supervisor"):
            lines += [f'role "{role}"', f"  absence_cost {TERMS[role + ' absent']}",
                      f"  change_cost {TERMS.get(role + ' change', 0)}",
                      f"  day_change_cost {TERMS.get(role + ' change in a day', 0)}"]
            lines += [f'  combined "{other}" cost {cost}' for other, cost in combined.get(role, ())]
            if role in ROLES:
                lines += [f'  load {low} to {high} cost {cost} only "{name}"' for name in self.holders(role)
                          for low, high, cost in self.bands(role, name) if low <= high]
        for name, person in self.people.items():
            lines.append(f'person "{name}"')
            for k, is_free in enumerate(person["availability"]):
                day, hour = divmod(k, self.hours)
                if is_free == "0":
                    lines.append(f"  blocked {self.dates[day]} {clock(FIRST + 60 * hour)} to {clock(FIRST + 60 * (hour + 1))}")
        for room in range(1, ROOMS + 1):
            lines += [f'room "{room}"', *(f"  open {date} {clock(FIRST)} to {clock(LAST)}" for date in self.dates)]
        for name, student in self.students.items():
            lines += self.defence(name, student)
        return "\n".join(lines + ["end", ""])

    def defence(self, name, student):
        lines = [f'defence "{name}"', f"  duration_minutes {self.minutes[student['degree']]}",
                 f'  seat "{student["supervisor"]}" "supervisor"', f'  topic "{student["program"]}"']
        for role in ROLES[:3]:
            lines.append(f'  open_seat "{role}"')
            for person in self.may(role, student):
                is_other = role == "president" and not self.people[person][student["program"]]
                lines.append(f'    candidate "{person}"' + f" cost {TERMS['president of another programme']}" * is_other)
        for people in self.may("examiner", student):
            lines += ['  open_seat "examiner"', *(f'    candidate "{person}"' for person in people)]
        return lines

    def solution(self, placements):
        rows = []
        for at in placements:
            president, secretary, member, *examiners = at["holders"]
            rows.append({"student": at["defence"], "day": self.dates.index(at["day"]) + 1, "time": at["time"],
                         "room": int(at["room"]), "president": president, "secretary": secretary, "member": member,
                         "examiners": examiners})
        return sorted(rows, key=lambda row: (row["day"], row["room"], row["time"]))

    # The list.

    def span(self, row):
        start = minute_of(row["time"])
        return start, start + self.minutes[self.students[row["student"]]["degree"]]

    def check(self, rows):
        """Raises ValueError if something that is hard here is broken."""
        if sorted(row["student"] for row in rows) != sorted(self.students):
            raise ValueError("not everybody is examined once")
        busy = {}
        for row in rows:
            student, (start, end) = self.students[row["student"]], self.span(row)
            where = f"{row['student']} on day {row['day']} at {row['time']} in room {row['room']}"
            if not FIRST <= start <= end <= LAST or start % GRID or row["room"] not in range(1, ROOMS + 1) or not 1 <= row["day"] <= len(self.dates):
                raise ValueError(f"{where}: no such place")
            for role in ROLES[:3]:
                if row[role] not in self.may(role, student):
                    raise ValueError(f"{where}: {row[role]} may not be {role}")
            lists = self.may("examiner", student)
            if len(lists) != len(row["examiners"]) or any(who not in people for who, people in zip(row["examiners"], lists)):
                raise ValueError(f"{where}: not an examiner for each course")
            for who in {*self.attend(row), ("room", row["room"])}:
                busy.setdefault((who, row["day"]), []).append((start, end))
        for (who, day), times in busy.items():
            times.sort()
            if any(later[0] < earlier[1] for earlier, later in zip(times, times[1:])):
                raise ValueError(f"{who} is in two places at once on day {day}")

    def attend(self, row):
        return {row["president"], row["secretary"], row["member"], *row["examiners"], self.students[row["student"]]["supervisor"]}

    def terms(self, rows):
        """The cost by requirement; raises ValueError if something hard is broken."""
        self.check(rows)
        terms = {}

        def add(name, cost):
            if cost:
                terms[name] = terms.get(name, 0) + cost

        for row in rows:
            student, (start, end) = self.students[row["student"]], self.span(row)
            for role, who in [*((role, row[role]) for role in ROLES[:3]), *(("examiner", who) for who in row["examiners"]),
                              ("supervisor", student["supervisor"])]:
                add(f"{role} absent", TERMS[f"{role} absent"] * (not self.is_free(who, row["day"] - 1, start, end)))
            add("president of another programme",
                TERMS["president of another programme"] * (not self.people[row["president"]][student["program"]]))
            for role in ("president", "secretary"):
                could = student["supervisor"] in self.may(role, student) and student["supervisor"] != row[role]
                add(f"{role}'s own student", TERMS[f"{role}'s own student"] * could)
            add("examiner not president", TERMS["examiner not president"] * sum(
                self.people[who]["president"] and who != row["president"] for who in row["examiners"]))
        for day in range(1, len(self.dates) + 1):
            today = [row for row in rows if row["day"] == day]
            for room in range(1, ROOMS + 1):
                self.add_room_day([row for row in today if row["room"] == room], add)
            for programme in ("CS", "EE"):
                rooms = {row["room"] for row in today if self.students[row["student"]]["program"] == programme}
                add("section too many", TERMS["section too many"] * max(0, len(rooms) - 1))
            for who in sorted(set().union(*(self.attend(row) for row in today)) if today else ()):
                self.add_person_day(sorted(self.span(row) for row in today if who in self.attend(row)), add)
        for role in ROLES:
            for name in self.holders(role):
                count = sum(row["examiners"].count(name) if role == "examiner" else row[role] == name for row in rows)
                add(f"{role} workload", self.workload_cost(role, name, count))
        return terms

    def add_room_day(self, rows, add):
        if not rows:
            return
        rows = sorted(rows, key=self.span)
        first, last = self.span(rows[0])[0], max(self.span(row)[1] for row in rows)
        add("start", TERMS["start"][max(at for at in TERMS["start"] if at <= max(first, FIRST))])
        add("end", TERMS["end"][min(at for at in TERMS["end"] if at >= last)])
        add("programme too many", TERMS["programme too many"] * (len({self.students[row["student"]]["program"] for row in rows}) - 1))
        pairs = list(zip(rows, rows[1:]))
        add("president change in a day", TERMS["president change in a day"] * sum(a["president"] != b["president"] for a, b in pairs))

        def changes(lunch):
            """What changes of board cost on either side of a lunch break, by role."""
            same_side = [(a, b) for a, b in pairs if lunch is None or (self.span(a)[0] < lunch[0]) == (self.span(b)[0] < lunch[0])]
            return {role: TERMS[f"{role} change"] * sum(a[role] != b[role] for a, b in same_side) for role in ("president", "secretary")}

        lunches = self.breaks([self.span(row) for row in rows])
        lunch = min(lunches, key=lambda at: (sum(changes(at).values()), at[0] - at[1]), default=None)
        for role, cost in changes(lunch).items():
            add(f"{role} change", cost)
        add("room without lunch", TERMS["room without lunch"] * (lunch is None))
        missing = LUNCH - (lunch[1] - lunch[0] if lunch else 0)
        add("lunch shorter than an hour", TERMS["lunch shorter than an hour"] * missing)

    def add_person_day(self, times, add):
        add("instructor without lunch", TERMS["instructor without lunch"] * (not self.breaks(times)))
        holes = 0
        for (_, before), (after, _) in zip(times, times[1:]):
            holes += after - before - max(0, min(after, NOON_END) - max(before, NOON)) > 0
        add("hole", TERMS["hole"] * holes)

    @staticmethod
    def breaks(times):
        """All (begin, end) of a lunch break beside what takes place at those times."""
        return [(begin, begin + length) for begin in range(NOON, LUNCH_LAST + 1, GRID)
                for length in range(LUNCH_LEAST, LUNCH + 1, GRID) if begin + length <= NOON_END and
                all(end <= begin or begin + length <= start for start, end in times)]

    def cost(self, rows):
        return round(sum(self.terms(rows).values()), 6)

    def bound(self):
        """What absences and workloads cost at least: each student at the time that suits best, as if nobody else were
        examined."""
        return self.constant() + sum(self.least_absences(student) for student in self.students.values())

    def least_absences(self, student):
        length, least = self.minutes[student["degree"]], math.inf
        for day in range(len(self.dates)):
            for start in range(FIRST, LAST - length + 1, GRID):
                def absent(role, people):
                    return TERMS[f"{role} absent"] * (not any(self.is_free(who, day, start, start + length) for who in people))
                least = min(least, absent("supervisor", [student["supervisor"]]) +
                            sum(absent(role, self.may(role, student)) for role in ROLES[:3]) +
                            sum(absent("examiner", people) for people in self.may("examiner", student)))
                if least == 0:
                    return 0
        return least
