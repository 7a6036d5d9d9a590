"""The solver on campaigns of the KU Leuven family: juries are given; lexicographic (planned, adjacency).

planned is the number of defences with a place. adjacency is the sum over people of the ordered pairs of their defences
in the same room in consecutive hours of a day. Both are recomputed here from the solution alone. A solution row of the
JSON files is {"defence": row of defences.csv from 0, "day": "2025-06-16", "hour": 9, "room": name}.
"""

import csv
import os

import solver
from kuleuven_to_import import Campaign, clock, minutes, read_csv

RULES = ["back_to_back strong weight 1", "gaps off", "person_days off", "consecutive_room off", "if_needed off",
         "stability off"]


def instances(data):
    for folder, _, files in sorted(os.walk(data)):
        if "defences.csv" in files and "timeslot_info.json" in files:
            yield os.path.relpath(folder, data), folder


def hours(begin, end):
    """The hours that a period touches."""
    return range(minutes(begin) // 60, -(-minutes(end) // 60))


class Instance:
    def __init__(self, folder):
        self.campaign = Campaign(folder)
        campaign = self.campaign
        self.rows = [i for i, row in enumerate(read_csv(os.path.join(folder, "defences.csv"))) if any(row.values())]
        self.people = [sorted({*students, *seats}) for _, students, seats in campaign.defences]
        self.hours = range(campaign.open // 60, campaign.close // 60)
        self.absent = {(who, day, hour) for who, day, begin, end in campaign.absences for hour in hours(begin, end)}
        self.closed = {(who, day, hour) for who, day, begin, end in campaign.closures for hour in hours(begin, end)}

    def text(self):
        """As the solver reads it."""
        campaign = self.campaign
        lines = ["soutenance problem 1", f"first_date {campaign.days[0]}", "grid_minutes 60"]
        lines += [f"opening {day} {clock(campaign.open)} to {clock(campaign.close)}" for day in campaign.days]
        lines += [f"rule {rule}" for rule in RULES]
        for person, name in campaign.people.names.items():
            lines.append(f"person {solver.quoted(person)} {solver.quoted(name)}")
            lines += [f"  blocked {day} {begin} to {end}" for who, day, begin, end in campaign.absences if who == person]
        for room, name in campaign.rooms.names.items():
            lines.append(f"room {solver.quoted(room)} {solver.quoted(name)}")
            lines += [f"  open {day} {clock(hour * 60)} to {clock(hour * 60 + 60)}" for day in campaign.days
                      for hour in self.hours if (room, day, hour) not in self.closed]
        for number, (_, students, seats) in enumerate(campaign.defences):
            lines.append(f"defence {solver.quoted(f'd{number:04d}')}")
            lines += [f"  seat {solver.quoted(person)} {solver.quoted(seats.get(person, 'student'))}"
                      for person in self.people[number]]
        return "\n".join(lines + ["end", ""])

    def solution(self, placements):
        return [{"defence": self.rows[int(at["defence"][1:])], "day": at["day"], "hour": int(at["time"][:2]),
                 "room": self.campaign.rooms.names[at["room"]]} for at in placements]

    def values(self, solution):
        """(planned, adjacency) of a solution; raises ValueError if it is none."""
        campaign, number = self.campaign, {row: i for i, row in enumerate(self.rows)}
        people_at, busy = {}, set()
        placed = set()
        for row in solution:
            day, hour, room = row["day"], row["hour"], campaign.rooms.find(row["room"])
            where = f"defence {row['defence']} on {day} at {hour} in {row['room']}"
            if row["defence"] in placed or row["defence"] not in number:
                raise ValueError(f"{where}: there is no such defence, or it is placed twice")
            if day not in campaign.days or hour not in self.hours or room is None:
                raise ValueError(f"{where}: no such slot or room")
            if (room, day, hour) in people_at or (room, day, hour) in self.closed:
                raise ValueError(f"{where}: the room is not free")
            placed.add(row["defence"])
            people = self.people[number[row["defence"]]]
            for person in people:
                if (person, day, hour) in busy or (person, day, hour) in self.absent:
                    raise ValueError(f"{where}: {person} is not free")
                busy.add((person, day, hour))
            people_at[room, day, hour] = set(people)
        adjacency = sum(len(people & people_at.get((room, day, hour + 1), set()))
                        for (room, day, hour), people in people_at.items())
        return len(placed), adjacency

    def most_adjacency(self):
        """Were each person's defences all next to each other."""
        count = {}
        for people in self.people:
            for person in people:
                count[person] = count.get(person, 0) + 1
        return sum(n - 1 for n in count.values())


def references(data):
    """The best known (planned, adjacency, bound of adjacency) by instance, where the data lists them."""
    path = os.path.join(data, "reference_best_known.csv")
    if not os.path.exists(path):
        return {}
    with open(path, newline="", encoding="utf-8") as file:
        return {row["instance"]: (int(row["max_planned_proven"]), int(row["best_adj_at_max_planned"]),
                                  int(row["adj_upper_bound_proven"])) for row in csv.DictReader(file)}


def measure_with(known):
    def measure(name, folder, arguments):
        instance = Instance(folder)
        answer = solver.solve(instance.text(), arguments)
        solution = instance.solution(answer["placements"])
        planned, adjacency = instance.values(solution)
        most_planned, best_adjacency, _ = known.get(name.replace(os.sep, "/"), (None, None, None))
        bound = instance.most_adjacency() - answer["bound"]["strong"]
        return solver.Result(
            values=[solver.Value("planned", planned, answer["placed_bound"], most_planned),
                    solver.Value("adjacency", adjacency, bound, best_adjacency)],
            seconds=answer["seconds"], seconds_to_best=answer["seconds_to_best"], solution=solution)
    return measure


def main():
    arguments = solver.parser_of(__doc__).parse_args()
    solver.run("kuleuven", instances(arguments.data), measure_with(references(arguments.data)), arguments)


if __name__ == "__main__":
    main()
