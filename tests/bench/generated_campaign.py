"""Campaigns of any size as soutenance-solve reads them. Fictional and seeded: the same on every machine.

A campaign is one or more schools of about 600 theses, each with a building of its own. A school has programmes of about
45 theses, and each programme a group of experts who supervise and examine there; now and then somebody comes from
another programme of the school. Every third programme is work-study: its students defend in their school weeks only, and
their tutors come from companies, some on video. Teachers have lessons at the same hours every week, some are away for
days, and nobody has more than a few defences a day. Rooms differ in seats and equipment and are closed now and then.

`shape` tells how many days and rooms a campaign of a size has; about half of the room hours are taken.
"""

import datetime
import math
import random

FIRST_DAY = datetime.date(2027, 6, 7)  # a Monday
HALF_DAYS = (("08:30", "12:30"), ("13:30", "18:00"))
SCHOOL = 600  # theses
PROGRAMME = 45
SITES = ("nord", "sud")  # of a school


def shape(defences):
    """(days, rooms) for a campaign of that many defences: 10 days and 12 rooms for 300."""
    days = max(5, 5 * round(math.sqrt(defences / 300) * 2)) if defences < 3000 else 30
    return days, max(4, round(defences / (days * 2.5)))


def days_of(count):
    """Working days from the first one on."""
    days, day = [], FIRST_DAY
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day += datetime.timedelta(days=1)
    return days


class Generator:
    def __init__(self, defences, seed):
        self.rng = random.Random(seed)
        self.count = defences
        day_count, self.room_count = shape(defences)
        self.days = days_of(day_count)
        self.lines = []
        self.blocked = {}  # half-days (day, half) by teacher

    def text(self):
        self.add("soutenance problem 1", f"first_date {FIRST_DAY}", "grid_minutes 15", "buffer_minutes 15",
                 "travel_minutes 30")
        self.add(*(f"opening {day} {begin} to {end}" for day in self.days for begin, end in HALF_DAYS))
        school_count = max(1, round(self.count / SCHOOL))
        persons, rooms, defences = [], [], []
        for school in range(school_count):
            theses = share(self.count, school_count, school)
            room_count = share(self.room_count, school_count, school)
            rooms += [self.room(school, number) for number in range(room_count)]
            programmes = max(1, round(theses / PROGRAMME))
            groups = [[f"t{school}.{programme}.{number}" for number in range(max(4, round(PROGRAMME / 4)))]
                      for programme in range(programmes)]
            persons += [self.teacher(key) for group in groups for key in group]
            for programme, group in enumerate(groups):
                others = [key for other in groups if other is not group for key in other] or group
                for number in range(share(theses, programmes, programme)):
                    key = f"{school}.{programme}.{number}"
                    defence, people = self.thesis(school, programme, key, group, others)
                    defences.append(defence)
                    persons += people
        for statement in persons + rooms + defences:
            self.add(*statement)
        return "\n".join(self.lines + ["end", ""])

    def add(self, *lines):
        self.lines.extend(lines)

    def room(self, school, number):
        site = f"{school} {SITES[number * 4 // 3 % len(SITES)]}"
        seats = [25, 15, 8, 60, 15, 15][number % 6]
        lines = [f'room "r{school}.{number}" "Salle {school}.{number}"', f'  site "{site}"', f"  capacity {seats}",
                 f'  equipment "building {school}"']
        if number % 3 != 2:
            lines.append('  equipment "video"')
        for day in self.days:
            if self.rng.random() < 0.97:
                lines.append(f"  open {day} 08:00 to 19:00")
        return lines

    def teacher(self, key):
        lines = [f'person "{key}" "Enseignant {key}"', f"  max_per_day {self.rng.choice([4, 5, 6])}"]
        lessons = {(self.rng.randrange(5), self.rng.randrange(2)) for _ in range(2)}
        blocked = {(day, half) for day, half in self.half_days() if (day.weekday(), half) in lessons}
        if self.rng.random() < 0.25:
            away = self.rng.randrange(len(self.days))
            blocked |= {(day, half) for day in self.days[away:away + self.rng.randint(1, 3)] for half in range(2)}
        self.blocked[key] = blocked
        lines += [line("blocked", *at) for at in sorted(blocked)]
        if self.rng.random() < 0.3:
            weekday, half = self.rng.randrange(5), self.rng.randrange(2)
            lines += [line("if_needed", day, half) for day in self.days if day.weekday() == weekday]
        return lines

    def tutor(self, key, common):
        """Comes from a company: on half of the half-days, `common` among them."""
        return [f'person "{key}" "Tuteur {key}"'] + [
            line("blocked", *at) for at in self.half_days() if at not in common and self.rng.random() < 0.5]

    def half_days(self):
        return [(day, half) for day in self.days for half in range(2)]

    def jury(self, group, others, mondays):
        """Three teachers who have four half-days in common in the weeks from `mondays` on, and those."""
        while True:
            president, supervisor, examiner = self.rng.sample(group, 3)
            if self.rng.random() < 0.15:
                examiner = self.rng.choice([key for key in others if key not in (president, supervisor)])
            taken = self.blocked[president] | self.blocked[supervisor] | self.blocked[examiner]
            free = [(day, half) for day, half in self.half_days()
                    if (day, half) not in taken and day - datetime.timedelta(days=day.weekday()) in mondays]
            if len(free) >= 4:
                return (president, supervisor, examiner), set(self.rng.sample(free, 4))

    def thesis(self, school, programme, key, group, others):
        """The statement of a defence, and those of the people who attend this one only."""
        rng = self.rng
        is_work_study = programme % 3 == 0
        mondays = self.days[::5]
        if is_work_study and len(mondays) > 1:
            mondays = mondays[programme // 3 % 2::2]
        (president, supervisor, examiner), common = self.jury(group, others, mondays)
        seats = [(president, "president", ""), (supervisor, "supervisor", ""), (examiner, "examiner", ""),
                 (f"s{key}", "student", "")]
        people = [[f'person "s{key}" "Étudiant {key}"']]
        lines = [f'defence "d{key}" "Étudiant {key}"', f"  duration_minutes {60 if programme % 4 else 45}",
                 f'  equipment "building {school}"', f"  capacity {rng.choice([6, 6, 12, 20])}"]
        if is_work_study:
            on_video = rng.random() < 0.4
            seats.append((f"c{key}", "tutor", " remote" if on_video else ""))
            people.append(self.tutor(f"c{key}", common))
            if on_video:
                lines.append('  equipment "video"')
            lines += [f"  allowed {monday} 00:00 to {monday + datetime.timedelta(days=5)} 00:00" for monday in mondays]
        lines += [f'  seat "{person}" "{role}"{remote}' for person, role, remote in seats]
        return lines, people


def line(keyword, day, half):
    begin, end = HALF_DAYS[half]
    return f"  {keyword} {day} {begin} to {end}"


def share(total, parts, index):
    """How many of `total` things the part `index` of `parts` gets."""
    return total // parts + (1 if index < total % parts else 0)


def text(defences, seed=1):
    return Generator(defences, seed).text()
