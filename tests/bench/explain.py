"""Reasons and repairs of the unplaced defences on campaigns of the KU Leuven family, each checked by solving again.

A campaign is solved with --explain. For each reason, only the facts that it names hold and only the defence and those
that are placed take part: they must not all be placed, and without any one fact they must be. For each repair, the
campaign is changed as it says: all that were placed and those it promises must be placed. Facts are changed in the text
of the problem, by code that shares nothing with the solver: somebody who may be in two places at once becomes a person
of his own in each defence, rooms without end are as many as defences.

Without --data, generated campaigns are explained (explain_generated.py).
"""

import json
import os
import time
import types

import explain_generated
import kuleuven
import solver
from kuleuven_to_import import clock

NO_WISHES = ["gaps off", "person_days off", "consecutive_room off", "if_needed off", "stability off"]


def facts_of(reason):
    """A reason's facts one by one: ("availability", person, day) and so on; the day is None where it is about all."""
    facts = []
    for fact in reason["facts"]:
        who = fact["persons"] or fact["rooms"] if fact["rule"] != "room_clash" else []
        facts.append((fact["rule"], tuple(who), fact.get("day")))
    return facts


class Variant:
    """The campaign while some facts hold and others do not."""

    def __init__(self, instance):
        self.instance = instance
        campaign = instance.campaign
        self.days = list(campaign.days)
        self.absent = set(instance.absent)  # (person, day, hour)
        self.closed = set(instance.closed)
        self.in_one_place = None  # people; None: everybody
        self.extra_rooms = {day: 0 for day in self.days}

    def hold_only(self, facts, count):
        def is_held(rule, who, day):
            return any(r == rule and (not w or who in w) and d in (None, day) for r, w, d in facts)
        self.absent = {entry for entry in self.absent if is_held("availability", entry[0], entry[1])}
        self.closed = {entry for entry in self.closed if is_held("room_opening", entry[0], entry[1])}
        self.in_one_place = {person for r, who, _ in facts if r == "person_clash" for person in who}
        for day in self.days:
            if not is_held("room_clash", None, day):
                self.extra_rooms[day] = count

    def repair(self, steps):
        for step in steps:
            hours = kuleuven.hours(step["from"], step["to"])
            if step["kind"] == "person_frees":
                self.absent -= {(step["person"], step["day"], hour) for hour in hours}
            elif step["kind"] == "extra_room":
                self.extra_rooms[step["day"]] += 1
            else:
                self.days.append(step["day"])
                self.extra_rooms[step["day"]] = 0

    def text(self, defences):
        """With these defences only, by number."""
        instance, campaign = self.instance, self.instance.campaign
        begin, end = clock(campaign.open), clock(campaign.close)
        lines = ["soutenance problem 1", f"first_date {campaign.days[0]}", "grid_minutes 60"]
        lines += [f"opening {day} {begin} to {end}" for day in self.days]
        lines += [f"rule {rule}" for rule in NO_WISHES]
        seats, times = [], {}
        for number in defences:
            seats.append(f"defence {solver.quoted(f'd{number:04d}')}")
            for person in instance.people[number]:
                is_one = self.in_one_place is None or person in self.in_one_place
                key = person if is_one else f"{person} in {number}"
                seats.append(f"  seat {solver.quoted(key)} \"juror\"")
                times[key] = sorted((day, hour) for who, day, hour in self.absent if who == person)
        for key, absences in times.items():
            lines.append(f"person {solver.quoted(key)}")
            lines += [f"  blocked {day} {clock(hour * 60)} to {clock(hour * 60 + 60)}" for day, hour in absences]
        for room in campaign.rooms.names:
            lines.append(f"room {solver.quoted(room)}")
            lines += [f"  open {day} {clock(hour * 60)} to {clock(hour * 60 + 60)}" for day in self.days
                      for hour in instance.hours if (room, day, hour) not in self.closed]
        for day, count in self.extra_rooms.items():
            for i in range(count):
                lines += [f"room {solver.quoted(f'extra {i} on {day}')}", f"  open {day} {begin} to {end}"]
        return "\n".join(lines + seats + ["end", ""])


class Checker:
    """Solves again."""

    def __init__(self, instance, placed, arguments):
        self.instance, self.placed, self.arguments = instance, placed, arguments
        self.solved = 0

    def _solve(self, variant, defences, seconds):
        self.solved += 1
        arguments = types.SimpleNamespace(time=seconds, threads=self.arguments.threads, seed=self.arguments.seed)
        return solver.solve(variant.text(defences), arguments)

    def fits(self, variant, defences):
        return self._solve(variant, defences, self.arguments.time)["placed"] == len(defences)

    def is_minimal(self, reason):
        own = number_of(reason["defence"])
        # Nothing else matters for a defence that has no place even by itself.
        defences = [own] if reason["kind"] == "no_common_slot" else sorted({*self.placed, own})
        facts = facts_of(reason)

        def holding(held):
            variant = Variant(self.instance)
            variant.hold_only(held, len(defences))
            return variant
        if self._solve(holding(facts), defences, 1)["placed"] == len(defences):
            return False
        return all(self.fits(holding(facts[:i] + facts[i + 1:]), defences) for i in range(len(facts)))

    def repairs(self, repair):
        variant = Variant(self.instance)
        variant.repair(repair["steps"])
        return self.fits(variant, sorted({*self.placed, *map(number_of, repair["defences"])}))


def number_of(key):
    return int(key[1:])


def measure(name, folder, arguments):
    """A row of figures; None if everything is placed."""
    instance = kuleuven.Instance(folder)
    begin = time.monotonic()
    answer = solver.solve(instance.text(), arguments, ["--explain"])
    if not answer["unplaced"]:
        return None
    placed = [number_of(at["defence"]) for at in answer["placements"]]
    checker = Checker(instance, placed, arguments)
    result = {"instance": name, "unplaced": len(answer["unplaced"]), "minimal": 0, "refuted": [], "not_minimal": [],
              "without_repair": [], "repairs": 0, "verified": 0, "seconds": [], "solved_in": answer["seconds"]}
    seen = {}
    for reason in answer["unplaced"]:
        result["seconds"].append(reason["seconds"])
        if reason["kind"] not in ("conflict", "no_common_slot") or not reason["is_minimal"]:
            result["not_minimal"].append(reason["defence"])
        elif checker.is_minimal(reason):
            result["minimal"] += 1
        else:
            result["refuted"].append(reason["defence"])
        verified = 0
        for repair in reason["repairs"]:
            key = json.dumps([repair["steps"], repair["defences"]])
            if key not in seen:
                seen[key] = checker.repairs(repair)
            verified += seen[key]
        result["repairs"] += len(reason["repairs"])
        result["verified"] += verified
        if verified == 0:
            result["without_repair"].append(reason["defence"])
    result["solved_again"], result["checked_in"] = checker.solved, time.monotonic() - begin
    result["reasons"] = answer["unplaced"]
    return result


def row(result):
    slowest = max(result["seconds"])
    return (f"{result['instance']:46} {result['unplaced']:8} {result['minimal']:8} {result['verified']:4} of "
            f"{result['repairs']:<4} {sum(result['seconds']) / len(result['seconds']):9.3f} {slowest:9.3f}"
            f" {result['solved_again']:8}  "
            + ("ok" if is_good(result) else "FAILED " + ", ".join(sorted(
                {*result["refuted"], *result["not_minimal"], *result["without_repair"]}))))


def is_good(result):
    return (not result["refuted"] and not result["not_minimal"] and result["verified"] == result["repairs"]
            and result["verified"] > 0)


def main():
    parser = solver.parser_of(__doc__, seconds=10, needs_data=False)
    arguments = parser.parse_args()
    if arguments.data is None:
        explain_generated.run(arguments)
        return
    results = []
    print(f"{'instance':46} {'unplaced':>8} {'minimal':>8} {'repairs':>12} {'mean s':>9} {'slowest s':>9} {'re-solved':>8}")
    for name, folder in kuleuven.instances(arguments.data):
        result = measure(name, folder, arguments)
        if result is None:
            continue
        print(row(result), flush=True)
        results.append(result)
        if arguments.out:
            os.makedirs(arguments.out, exist_ok=True)
            path = os.path.join(arguments.out, name.replace(os.sep, "__") + ".json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(result, file, indent=1)
                file.write("\n")
    if not results:
        raise SystemExit(f"{arguments.data}: no infeasible instance of the family lies there")
    seconds = [second for result in results for second in result["seconds"]]
    print(f"explain: {len(results)} infeasible instances, {sum(map(is_good, results))} without fault; "
          f"{sum(result['minimal'] for result in results)} of {len(seconds)} reasons minimal by solving again, "
          f"{sum(result['verified'] for result in results)} of {sum(result['repairs'] for result in results)} repairs "
          f"verified; {sum(seconds) / len(seconds):.2f} s an explanation, {max(seconds):.2f} s at most")


if __name__ == "__main__":
    main()
