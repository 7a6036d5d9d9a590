"""Reads a problem as soutenance-solve does and tells what a timetable of it costs: the default rulebook, written down once
more in the plainest way, for campaigns with given juries. Shares nothing with the solver."""

import datetime
import shlex


def stamp(day, time):
    """Minutes since 1970."""
    hour, minute = map(int, time.split(":"))
    return (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days * 1440 + hour * 60 + minute


def period(words):
    """`2027-06-14 09:00 to 12:00`, or with a date before the end."""
    end = words[3:] if len(words) == 5 else [words[0], words[3]]
    return stamp(words[0], words[1]), stamp(*end)


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


class Problem:
    def __init__(self, text):
        self.settings, self.opening = {}, []
        self.persons, self.rooms, self.defences = {}, {}, {}
        kinds = {"person": self.persons, "room": self.rooms, "defence": self.defences}
        entry = None
        for line in text.splitlines()[1:]:
            word, *rest = shlex.split(line)
            if word in kinds:
                entry = kinds[word].setdefault(rest[0], {})
            elif word == "opening":
                self.opening.append(period(rest))
            elif line.startswith("  "):
                value = period(rest) if word in ("blocked", "if_needed", "open", "allowed") else rest
                entry.setdefault(word, []).append(value)
            elif rest:
                self.settings[word] = rest[0]
        self.buffer = int(self.settings.get("buffer_minutes", 0))
        self.travel = int(self.settings.get("travel_minutes", 0))

    def number(self, entry, name, default=0):
        return int(entry[name][0][0]) if name in entry else default

    def seats(self, key):
        """(person, remote) of a defence, each person once."""
        remote = {}
        for person, _, *how in self.defences[key]["seat"]:
            remote[person] = remote.get(person, True) and how == ["remote"]
        return sorted(remote.items())

    def time(self, at):
        start = stamp(at["day"], at["time"])
        return start, start + self.number(self.defences[at["defence"]], "duration_minutes", 60)

    def check(self, placements):
        """Raises ValueError for the first hard rule that is broken."""
        by_room, by_person = {}, {}
        for at in placements:
            defence, room, time = self.defences[at["defence"]], self.rooms[at["room"]], self.time(at)
            self.check_alone(at, defence, room, time)
            by_room.setdefault(at["room"], []).append(time)
            for person, remote in self.seats(at["defence"]):
                by_person.setdefault(person, []).append((time, None if remote else at["room"]))
        if len({at["defence"] for at in placements}) != len(placements):
            raise ValueError("a defence is placed twice")
        for name, times in by_room.items():
            times.sort()
            if any(b[0] < a[1] + self.buffer for a, b in zip(times, times[1:])):
                raise ValueError(f"room {name} has two defences at once")
        for name, times in by_person.items():
            self.check_person(name, sorted(times, key=lambda entry: entry[0]))

    def check_alone(self, at, defence, room, time):
        where = f"{at['defence']} on {at['day']} at {at['time']}"
        within = [a for a in self.opening if a[0] <= time[0] and time[1] <= a[1]]
        if not within or (time[0] - within[0][0]) % int(self.settings["grid_minutes"]):
            raise ValueError(f"{where}: outside the opening hours or the grid")
        if not any(a[0] <= time[0] and time[1] <= a[1] for a in room.get("open", [])):
            raise ValueError(f"{where}: the room is closed")
        if "allowed" in defence and not any(a[0] <= time[0] and time[1] <= a[1] for a in defence["allowed"]):
            raise ValueError(f"{where}: outside the school weeks")
        if self.number(room, "capacity") < self.number(defence, "capacity"):
            raise ValueError(f"{where}: the room is too small")
        if any(piece not in room.get("equipment", []) for piece in defence.get("equipment", [])):
            raise ValueError(f"{where}: the room lacks equipment")
        for person, _ in self.seats(at["defence"]):
            if any(overlap(time, blocked) for blocked in self.persons[person].get("blocked", [])):
                raise ValueError(f"{where}: {person} is not available")

    def check_person(self, name, times):
        for (a, here), (b, there) in zip(times, times[1:]):
            travels = here and there and self.rooms[here].get("site") != self.rooms[there].get("site")
            if b[0] < a[1] + (self.travel if travels else 0):
                raise ValueError(f"{name} is expected at two defences at once")
        most, days = self.number(self.persons[name], "max_per_day"), [time[0] // 1440 for time, _ in times]
        if most and any(days.count(day) > most for day in set(days)):
            raise ValueError(f"{name} has too many defences in a day")

    def cost(self, placements):
        """Soft points: 60 a person who comes only if needed, 120 a day beyond the first, one a minute of waiting beyond
        30 within the hours, 15 a change of room."""
        points, days = 0, {}
        for at in placements:
            time = self.time(at)
            for person, remote in self.seats(at["defence"]):
                points += 60 * any(overlap(time, period) for period in self.persons[person].get("if_needed", []))
                days.setdefault((person, time[0] // 1440), []).append((time, None if remote else at["room"]))
        points += 120 * (len(days) - len({person for person, _ in days}))
        for of_day in days.values():
            of_day.sort(key=lambda entry: entry[0])
            for (before, _), (after, _) in zip(of_day, of_day[1:]):
                wait = sum(max(0, min(after[0], end) - max(before[1], begin)) for begin, end in self.opening)
                points += max(0, wait - 30)
            rooms = [room for _, room in of_day if room]
            points += 15 * sum(1 for a, b in zip(rooms, rooms[1:]) if a != b)
        return points
