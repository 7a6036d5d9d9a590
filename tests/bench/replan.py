"""Changes after publication: incidents hit published timetables, and soutenance-solve --replan mends them.

Campaigns of several sizes are generated (replan_campaign.py) and solved; what comes out is published. Each incident
changes the facts of one: a juror is ill for some days or for good, a room is closed, a student withdraws, a defence is
added, takes longer, or gets another juror. One defence in ten has aspects pinned. With --data the campaigns of the KU
Leuven family below that folder are hit as well. Everything is recomputed here, by code that shares nothing with the
solver: that the timetable breaks no rule and no pin, that nothing in the past moved, which other defences moved, who
must be told. What was hit is what cannot stay where it was published, or whose own facts changed; all others are others.
"""

import argparse
import datetime
import json
import os
import random
import shutil
import subprocess
import tempfile
import time

import replan_campaign
import solver
from replan_campaign import BUFFER, DAY, FIRST, TRAVEL, moment

SIZES = (50, 100, 200, 300)
OCCUPANCIES = (0.45, 0.75)


def run(program, *arguments):
    done = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{program} {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout)


def minute_of(row):
    return (datetime.date.fromisoformat(row["day"]) - FIRST).days * DAY + int(row["time"][:2]) * 60 + int(row["time"][3:])


def places_of(answer):
    return {row["defence"]: (minute_of(row), row["room"]) for row in answer["placements"]}


def overlaps(a, b, c, d):
    return a < d and c < b


def faults_alone(campaign, key, start, room_key):
    """What is wrong with a place whatever else there is; empty: nothing."""
    defence, room = campaign.defences[key], campaign.rooms.get(room_key)
    end, day = start + defence.minutes, start // DAY
    faults = []
    if room is None:
        return ["no such room"]
    halves = [(day * DAY + a, day * DAY + b) for a, b in campaign.halves]
    if day not in campaign.days or not any(a <= start and end <= b and (start - a) % campaign.grid == 0 for a, b in halves):
        faults.append("outside the hours or the grid")
    for seat in defence.seats:
        if any(overlaps(start, end, *period) for period in campaign.blocked.get(seat.person, [])):
            faults.append(f"{seat.person} cannot come")
    if any(overlaps(start, end, *period) for period in room.closed):
        faults.append("the room is closed")
    if room.capacity < sum(1 for seat in defence.seats if not seat.remote):
        faults.append("the room is too small")
    on_video = any(seat.remote for seat in defence.seats)
    if on_video and "video" not in room.equipment:
        faults.append("the room has no video")
    pin = defence.pin
    is_now = {"day": day, "time": start % DAY, "room": room_key, "mode": "video" if on_video else "on_site"}
    faults += [f"{aspect} is pinned" for aspect in ("day", "time", "room", "mode") if pin.get(aspect, is_now[aspect])
               != is_now[aspect]]
    if "juror" in pin and all(seat.person != pin["juror"] for seat in defence.seats):
        faults.append("juror is pinned")
    return faults


def faults_of_two(campaign, one, at, two, to):
    """Whether two defences cannot both be where they are."""
    a, b = campaign.defences[one], campaign.defences[two]
    begin, end = at[0], at[0] + a.minutes
    other, until = to[0], to[0] + b.minutes
    if at[1] == to[1] and overlaps(begin - BUFFER, end + BUFFER, other, until):
        return "the room is taken twice"
    far = campaign.rooms[at[1]].site != campaign.rooms[to[1]].site
    for person in {seat.person for seat in a.seats} & {seat.person for seat in b.seats}:
        on_site = all(any(seat.person == person and not seat.remote for seat in d.seats) for d in (a, b))
        apart = TRAVEL if far and on_site else 0
        if overlaps(begin - apart, end + apart, other, until):
            return f"{person} is expected twice"
    return None


def check(campaign, published, places):
    """Raises ValueError unless the timetable keeps every rule and pin and leaves the past alone."""
    for key, (start, room) in places.items():
        faults = faults_alone(campaign, key, start, room)
        if faults:
            raise ValueError(f"{key} at {moment(start)} in {room}: {', '.join(faults)}")
        was = published.get(key)
        if (was is None or was[0] != start) and (start < campaign.now or (was and was[0] < campaign.now)):
            raise ValueError(f"{key} goes from {was} to {moment(start)}; it is {moment(campaign.now)}")
    keys = sorted(places, key=lambda key: places[key])
    for i, one in enumerate(keys):
        for two in keys[i + 1:]:
            if places[two][0] > places[one][0] + DAY:
                break
            fault = faults_of_two(campaign, one, places[one], two, places[two])
            if fault:
                raise ValueError(f"{one} and {two}: {fault}")


def hit_by(incident, published):
    """Defences that cannot stay, or are new, or whose own facts changed."""
    campaign = incident.campaign
    hit = set(incident.touched)
    for key in campaign.defences:
        if key not in published or faults_alone(campaign, key, *published[key]):
            hit.add(key)
    return hit


def told(campaign, published, places):
    """By person, the defences that he or she must be told of."""
    people = {}
    for key, defence in campaign.defences.items():
        was, now = published.get(key), places.get(key)
        if was == now:
            continue
        everybody = not was or not now or was[0] != now[0]
        on_site = {seat.person for seat in defence.seats if not seat.remote}
        for person in {seat.person for seat in defence.seats} if everybody else on_site:
            people.setdefault(person, []).append(key)
    return people


def disturbance(campaign, published, places, people, days=21):
    """The points of the rule: by person the shortest notice, and one for each further change."""
    def worth(key):
        starts = [at[0] for at in (published.get(key), places.get(key)) if at]
        return 1 + max(0, days - max(0, min(starts) - campaign.now) // DAY)
    return sum(max(worth(key) for key in keys) + len(keys) - 1 for keys in people.values())


class Published:
    """A campaign with its published timetable, on disk for the solver."""

    def __init__(self, program, folder, name, campaign, arguments):
        self.name, self.campaign = name, campaign
        self.file = os.path.join(folder, name.replace(os.sep, "__") + ".timetable")
        problem = os.path.join(folder, "problem")
        with open(problem, "w", encoding="utf-8") as file:
            file.write(replan_campaign.text(campaign))
        answer = run(program, problem, "--json", "--time", f"{arguments.publish_time:g}", "--threads",
                     str(arguments.threads), "--seed", str(arguments.seed), "--out", self.file)
        self.places = places_of(answer)


def measure(program, folder, published, number, arguments):
    chance = random.Random(f"{arguments.seed} {published.name} {number}")
    incident = replan_campaign.strike(chance, published.campaign, published.places, number)
    campaign = incident.campaign
    problem = os.path.join(folder, "problem")
    with open(problem, "w", encoding="utf-8") as file:
        file.write(replan_campaign.text(campaign))
    begin = time.monotonic()
    answer = run(program, problem, "--replan", published.file, "--json", "--time", f"{arguments.time:g}", "--threads",
                 str(arguments.threads), "--seed", str(arguments.seed))
    wall = time.monotonic() - begin
    places, replan = places_of(answer), answer["replan"]
    name = f"{published.name}/{number:03d}-{incident.kind}"
    try:
        check(campaign, published.places, places)
    except ValueError as fault:
        raise SystemExit(f"{name}: {incident.sentence}: {fault}") from fault
    hit = hit_by(incident, published.places)
    still = {key: at for key, at in published.places.items() if key in campaign.defences}
    moved = {key for key, at in still.items() if places.get(key) != at}
    people = told(campaign, published.places, places)
    if {row["person"]: sorted(row["defences"]) for row in replan["told"]} != \
            {person: sorted(keys) for person, keys in people.items()}:
        raise SystemExit(f"{name}: those who must be told are not those the solver names")
    points = disturbance(campaign, published.places, places, people)
    if points != replan["disturbance"]:
        raise SystemExit(f"{name}: {points} points of disturbance, not {replan['disturbance']}")
    values = {"unplaced": len(campaign.defences) - len(places), "others_moved": len(moved - hit),
              "people_told": len(people), "disturbance": points}
    bounds = {"unplaced": len(campaign.defences) - answer["placed_bound"], "others_moved": replan["others_moved_bound"],
              "disturbance": replan["disturbance_bound"]}
    # What the solver calls hit may leave out a defence whose own facts changed and that could stay.
    bounds["others_moved"] = min(bounds["others_moved"], values["others_moved"])
    row = {"instance": name, "incident": incident.sentence, "kind": incident.kind, "seconds": answer["seconds"],
           "seconds_to_best": answer["seconds_to_best"], "seconds_with_start": round(wall, 3),
           "threads": arguments.threads, "seed": arguments.seed, "values": values, "bounds": bounds,
           "proven": ["unplaced", "disturbance"] if replan["minimal"] else [], "hit": sorted(hit),
           "others": sorted(moved - hit), "told": {person: sorted(keys) for person, keys in sorted(people.items())},
           "now": moment(campaign.now), "problem": replan_campaign.text(campaign),
           "published": [{"defence": key, "start": moment(start), "room": room}
                         for key, (start, room) in sorted(published.places.items())],
           "solution": [{"defence": key, "day": moment(start)[:10], "time": moment(start)[11:], "room": room}
                        for key, (start, room) in sorted(places.items())]}
    return row


def campaigns(arguments):
    sizes = arguments.defences or SIZES
    for size in sizes:
        for occupancy in OCCUPANCIES:
            chance = random.Random(f"{arguments.seed} {size} {occupancy}")
            yield f"{size}-{round(100 * occupancy)}%", replan_campaign.generate(chance, size, occupancy)
    if arguments.data:
        import replan_kuleuven
        yield from replan_kuleuven.campaigns(arguments.data)


def print_row(row):
    values, bounds = row["values"], row["bounds"]
    print(f"{row['instance']:44} {len(row['hit']):5} {values['unplaced']:4} >={bounds['unplaced']:3} "
          f"{values['others_moved']:4} >={bounds['others_moved']:3} {values['people_told']:5} {values['disturbance']:7} "
          f"{'proven' if row['proven'] else '-':>7} {row['seconds']:7.3f}", flush=True)


def sum_up(rows, arguments):
    few = sum(1 for row in rows if row["values"]["others_moved"] <= 3)
    most = max(row["values"]["others_moved"] for row in rows)
    seconds = sorted(row["seconds"] for row in rows)
    late = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    proven = sum(1 for row in rows if row["proven"])
    unplaced = sum(1 for row in rows if row["values"]["unplaced"] > 0)
    fewest = sum(1 for row in rows if row["values"]["others_moved"] == row["bounds"]["others_moved"])
    people = sum(row["values"]["people_told"] for row in rows) / len(rows)
    print(f"replan: {len(rows)} incidents, at most 3 others moved in {few} ({100 * few / len(rows):.1f}%), {most} at most; "
          f"fewest others proven on {fewest}, least disturbance on {proven}; {people:.1f} people told on average; "
          f"{unplaced} leave a defence without a place; no pin broken; {late:.3f} s in 95%, {seconds[-1]:.3f} s at most; "
          f"limit {arguments.time:g} s, {arguments.threads} threads")


def parser():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", help="a folder with campaigns of the KU Leuven family, hit as well")
    made.add_argument("--time", type=float, default=0.95, metavar="SECONDS", help="an incident (%(default)s)")
    made.add_argument("--threads", type=int, default=2, metavar="N")
    made.add_argument("--seed", type=int, default=1, metavar="N")
    made.add_argument("--out", metavar="DIR", help="writes a JSON file for each incident there")
    made.add_argument("--incidents", type=int, default=200, metavar="N", help="in all (%(default)s)")
    made.add_argument("--defences", type=int, action="append", metavar="N",
                      help=f"size of a campaign, repeatable ({', '.join(map(str, SIZES))})")
    made.add_argument("--publish-time", type=float, default=3, metavar="SECONDS",
                      help="to compute each timetable that is published (%(default)s)")
    return made


def main():
    arguments = parser().parse_args()
    program = os.environ.get("SOUTENANCE_SOLVE") or shutil.which("soutenance-solve")
    if program is None:
        raise SystemExit("soutenance-solve is not on the PATH; ops/bench builds it")
    rows = []
    print(f"{'incident':44} {'hit':>5} {'unplaced':>10} {'others':>10} {'told':>5} {'points':>7} {'':>7} {'seconds':>7}")
    with tempfile.TemporaryDirectory(prefix="soutenance-") as folder:
        published = [Published(program, folder, name, campaign, arguments) for name, campaign in campaigns(arguments)]
        for number in range(arguments.incidents):
            row = measure(program, folder, published[number % len(published)], number // len(published), arguments)
            print_row(row)
            if arguments.out:
                os.makedirs(arguments.out, exist_ok=True)
                path = os.path.join(arguments.out, row["instance"].replace(os.sep, "__") + ".json")
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(row, file, indent=1)
                    file.write("\n")
            rows.append(row)
    sum_up(rows, arguments)


if __name__ == "__main__":
    main()
