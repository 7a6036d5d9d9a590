#!/usr/bin/env python3
"""Writes a campaign of the KU Leuven family (defences.csv, unavailabilities.csv, rooms.json, timeslot_info.json) as an
import folder:

    kuleuven_to_import.py SOURCE TARGET

One-hour slots, a defence lasts one; everybody named in a line of defences.csv must attend. What upstream stored as
a result (columns day, start_time, room) is left out. Rooms are found by name, ignoring blanks; rooms that are not
enabled, days outside of the campaign and people without any defence have no effect.
"""

import argparse
import csv
import datetime
import json
import os
import re
import unicodedata

# Columns of defences.csv whose people must attend, and the seat they get. A person keeps the first one.
SEATS = [
    ("supervisor", "supervisor"),
    ("co_supervisor", "examiner"),
    ("assessor1", "reviewer"),
    ("assessor2", "reviewer"),
    ("mentor1", "guest"),
    ("mentor2", "guest"),
    ("mentor3", "guest"),
    ("mentor4", "guest"),
]


def read_csv(path):
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [
            {(key or "").strip(): (value or "").strip() for key, value in row.items() if key is not None}
            for row in csv.DictReader(file)
        ]


def read_json(path):
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file)


def people_in(cell):
    """The people of one cell, which a vertical bar separates."""
    return [name for name in (" ".join(part.split()) for part in cell.split("|")) if name]


def key_of(name):
    """Names are compared without case and blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", name)).casefold()


class Ids:
    """Gives each name a legal id, its own where that is one."""

    def __init__(self, prefix):
        self._prefix = prefix
        self._by_key = {}
        self.names = {}

    def of(self, name):
        key = key_of(name)
        if key not in self._by_key:
            legal = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,62}", name) and name not in self.names
            identifier = name if legal else f"{self._prefix}{len(self.names) + 1}"
            self._by_key[key] = identifier
            self.names[identifier] = name
        return self._by_key[key]

    def find(self, name):
        return self._by_key.get(key_of(name))


def minutes(text):
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest[:2] or 0)


def clock(value):
    return f"{value // 60:02d}:{value % 60:02d}"


class Campaign:
    def __init__(self, source):
        info = read_json(os.path.join(source, "timeslot_info.json"))
        first = datetime.date.fromisoformat(info["first_day"])
        self.days = [(first + datetime.timedelta(days=i)).isoformat() for i in range(int(info["number_of_days"]))]
        self.open, self.close = int(info["start_hour"]) * 60, int(info["end_hour"]) * 60
        self.people, self.rooms = Ids("p"), Ids("r")
        self.defences = []  # (id, students, {person: seat})
        self._read_defences(read_csv(os.path.join(source, "defences.csv")))
        for room in read_json(os.path.join(source, "rooms.json"))["rooms"]:
            if room.get("enabled", True):
                self.rooms.of(" ".join(str(room["name"]).split()))
        self.has_rooms = bool(self.rooms.names)
        if not self.has_rooms:
            self.rooms.of("no room")  # a folder names one at least; this one is never open
        self.absences, self.closures = [], []
        self._read_unavailabilities(read_csv(os.path.join(source, "unavailabilities.csv")))

    def _read_defences(self, rows):
        for number, row in enumerate((row for row in rows if any(row.values())), start=1):
            seats = {}
            for column, seat in SEATS:
                for name in people_in(row.get(column, "")):
                    # The supervisor of the import is one person; others in that cell attend all the same.
                    taken = seat == "supervisor" and "supervisor" in seats.values()
                    seats.setdefault(self.people.of(name), "examiner" if taken else seat)
            if not seats:
                seats[self.people.of(f"supervisor of line {number}")] = "supervisor"
            students = people_in(row.get("student", "")) or [f"student of line {number}"]
            self.defences.append((f"d{number:04d}", [self.people.of(name) for name in students[:2]], seats))

    def _read_unavailabilities(self, rows):
        for row in rows:
            if row.get("status", "unavailable") not in ("", "unavailable") or row.get("day") not in self.days:
                continue
            begin, end = max(minutes(row["start_time"]), self.open), min(minutes(row["end_time"]), self.close)
            is_room = row.get("type") == "room"
            who = (self.rooms if is_room else self.people).find(row.get("name", ""))
            if begin < end and who is not None:
                entry = (who, row["day"], clock(begin), clock(end))
                (self.closures if is_room else self.absences).append(entry)
        if not self.has_rooms:
            self.closures = [("r1" if "r1" in self.rooms.names else next(iter(self.rooms.names)), day,
                              clock(self.open), clock(self.close)) for day in self.days]


def supervisor_of(seats):
    for person, seat in seats.items():
        if seat == "supervisor":
            return person
    return next(iter(seats))


def write(target, name, header, rows):
    with open(os.path.join(target, name), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)


def convert(source, target):
    campaign = Campaign(source)
    os.makedirs(target, exist_ok=True)
    title = os.path.basename(os.path.abspath(source))
    write(target, "campaign.csv", ["key", "value"], [
        ("id", "kuleuven"),
        ("title", f"KU Leuven {title}"),
        ("programme", "kuleuven"),
        ("language", "en"),
        ("zone", "Europe/Brussels"),
        ("days", "|".join(campaign.days)),
        ("hours", f"{clock(campaign.open)}-{clock(campaign.close)}"),
        ("grid", 60),
        ("duration", 60),
        ("silent", "available"),
    ])
    write(target, "people.csv", ["id", "family_name"], campaign.people.names.items())
    write(target, "rooms.csv", ["id", "name"], campaign.rooms.names.items())
    write(target, "openings.csv", ["room", "day", "from", "to", "kind"],
          [(*closure, "closed") for closure in campaign.closures])
    write(target, "theses.csv", ["id", "title", "authors", "supervisor", "language"],
          [(d, f"Thesis {d}", "|".join(students), supervisor_of(seats), "en") for d, students, seats in campaign.defences])
    write(target, "juries.csv", ["thesis", "person", "role"],
          [(d, person, seat) for d, _, seats in campaign.defences for person, seat in seats.items()])
    write(target, "availability.csv", ["person", "day", "from", "to", "answer"],
          [(*absence, "no") for absence in campaign.absences])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    arguments = parser.parse_args()
    convert(arguments.source, arguments.target)


if __name__ == "__main__":
    main()
