"""Campaigns with a published timetable, and incidents that hit them: generated, seeded, shaped like real ones.

A campaign lasts two weeks from a Monday, 9 to 12 and 13 to 17, in rooms of two sites. A jury is a president, a
supervisor and a reviewer of the department, and for most theses a company tutor, one in three on video. Teachers cannot
come on some half-days, tutors on more. What a campaign is made of is plain data; `text` writes it as the solver reads it.
"""

import copy
import dataclasses
import datetime

import solver

FIRST = datetime.date(2027, 6, 14)  # a Monday
DAY = 1440
HALVES = ((540, 720), (780, 1020))
GRID, BUFFER, TRAVEL = 30, 0, 30


@dataclasses.dataclass
class Seat:
    person: str
    role: str
    remote: bool = False


@dataclasses.dataclass
class Defence:
    minutes: int
    seats: list
    pin: dict = dataclasses.field(default_factory=dict)  # day, time, room, juror, mode


@dataclasses.dataclass
class Room:
    site: str
    capacity: int
    equipment: list
    closed: list = dataclasses.field(default_factory=list)  # (from, to) in minutes since the first midnight


@dataclasses.dataclass
class Campaign:
    days: list  # since FIRST
    rooms: dict
    blocked: dict  # by person: (from, to)
    defences: dict
    now: int = None
    grid: int = GRID
    halves: tuple = HALVES


def moment(minute):
    day, time = divmod(minute, DAY)
    return f"{FIRST + datetime.timedelta(days=day)} {time // 60:02d}:{time % 60:02d}"


def remaining(whole, holes):
    """The parts of a period that are in no hole."""
    parts = [whole]
    for begin, end in holes:
        parts = [part for a, b in parts for part in ((a, min(b, begin)), (max(a, end), b)) if part[0] < part[1]]
    return parts


def text(campaign):
    quoted = solver.quoted
    lines = ["soutenance problem 1", f"first_date {FIRST}"]
    if campaign.now is not None:
        lines.append(f"now {moment(campaign.now)}")
    lines += [f"grid_minutes {campaign.grid}", f"buffer_minutes {BUFFER}", f"travel_minutes {TRAVEL}"]
    lines += [f"opening {moment(day * DAY + a)} to {moment(day * DAY + b)}" for day in campaign.days
              for a, b in campaign.halves]
    for person, blocked in sorted(campaign.blocked.items()):
        lines.append(f"person {quoted(person)}")
        lines += [f"  blocked {moment(a)} to {moment(b)}" for a, b in blocked]
    for key, room in sorted(campaign.rooms.items()):
        lines += [f"room {quoted(key)}", f"  site {quoted(room.site)}", f"  capacity {room.capacity}"]
        lines += [f"  equipment {quoted(piece)}" for piece in room.equipment]
        for part in remaining((0, (campaign.days[-1] + 1) * DAY), room.closed):
            lines.append(f"  open {moment(part[0])} to {moment(part[1])}")
    for key, defence in sorted(campaign.defences.items()):
        lines += [f"defence {quoted(key)}", f"  duration_minutes {defence.minutes}"]
        lines += [f"  seat {quoted(seat.person)} {quoted(seat.role)}{' remote' if seat.remote else ''}"
                  for seat in defence.seats]
        if any(seat.remote for seat in defence.seats):
            lines.append('  equipment "video"')
        lines.append(f"  capacity {sum(1 for seat in defence.seats if not seat.remote)}")
        pin = defence.pin
        if "day" in pin:
            lines.append(f"  pin_day {FIRST + datetime.timedelta(days=pin['day'])}")
        if "time" in pin:
            lines.append(f"  pin_time {pin['time'] // 60:02d}:{pin['time'] % 60:02d}")
        if "room" in pin:
            lines.append(f"  pin_room {quoted(pin['room'])}")
        if "juror" in pin:
            lines.append(f"  pin_juror {quoted(pin['juror'])}")
        if "mode" in pin:
            lines.append(f"  pin_mode {pin['mode']}")
    return "\n".join(lines + ["end", ""])


def generate(chance, defences, occupancy):
    """A campaign in which about `occupancy` of all room hours are taken."""
    days = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]
    hours = sum(b - a for a, b in HALVES) // 60
    rooms = max(2, round(defences / (len(days) * hours * occupancy)))
    campaign = Campaign(days=days, rooms={}, blocked={}, defences={})
    for i in range(rooms):
        campaign.rooms[f"rooms/{i:02d}"] = Room(site="Nord" if i % 4 == 3 else "Sud", capacity=chance.choice((8, 12, 30)),
                                                equipment=["video"] if chance.random() < 0.7 else [])
    teachers = [f"people/teacher-{i:03d}" for i in range(max(6, defences // 4))]
    for person in teachers:
        campaign.blocked[person] = absences(chance, days, 0.12)
    for i in range(defences):
        add_defence(chance, campaign, teachers, f"theses/{i:04d}")
    return campaign


def absences(chance, days, share):
    return [(day * DAY + (0 if half == 0 else 750), day * DAY + (750 if half == 0 else DAY)) for day in days
            for half in (0, 1) if chance.random() < share]


def teachers_of(campaign):
    return sorted(person for person in campaign.blocked if "teacher" in person)


def add_defence(chance, campaign, teachers, key):
    number = key.rpartition("/")[2]
    president, supervisor, reviewer = chance.sample(teachers, 3)
    student = f"people/student-{number}"
    campaign.blocked[student] = []
    seats = [Seat(student, "student"), Seat(president, "president"), Seat(supervisor, "supervisor"),
             Seat(reviewer, "reviewer")]
    if chance.random() < 0.7:
        tutor = f"people/tutor-{number}"
        campaign.blocked[tutor] = absences(chance, campaign.days, 0.35)
        seats.append(Seat(tutor, "company_tutor", remote=chance.random() < 0.33))
    campaign.defences[key] = Defence(60, seats)


@dataclasses.dataclass
class Incident:
    kind: str
    sentence: str
    campaign: Campaign  # the facts afterwards
    touched: set = dataclasses.field(default_factory=set)  # defences whose own facts changed


def future(campaign, published):
    return sorted(key for key, (start, _) in published.items() if start >= campaign.now)


def jurors_of(defence):
    return [seat.person for seat in defence.seats if seat.role != "student"]


def ill(chance, campaign, published):
    """A juror cannot come for one to three days on which he or she is expected."""
    key = chance.choice(future(campaign, published))
    person = chance.choice(jurors_of(campaign.defences[key]))
    day = published[key][0] // DAY
    length = chance.randint(1, 3)
    begin = max(campaign.now, (day - chance.randrange(length)) * DAY)
    campaign.blocked[person].append((begin, max(begin + 1, (day + length) * DAY)))
    return Incident("ill", f"{person} is ill from {moment(begin)} for {length} days", campaign)


def ill_for_good(chance, campaign, published):
    """A teacher does not come any more; others take over, whoever is at hand."""
    key = chance.choice(future(campaign, published))
    person = chance.choice([seat.person for seat in campaign.defences[key].seats if "teacher" in seat.person] or
                           jurors_of(campaign.defences[key]))
    touched = set()
    for other in future(campaign, published):
        touched |= replace(chance, campaign, other, person)
    campaign.blocked[person].append((campaign.now, (campaign.days[-1] + 1) * DAY))
    return Incident("ill_for_good", f"{person} is ill for good and replaced", campaign, touched)


def replace(chance, campaign, key, person):
    """Puts somebody else on the seats of a person; returns the defences that changed."""
    seats = campaign.defences[key].seats
    attending = {seat.person for seat in seats}
    if person not in attending or campaign.defences[key].pin.get("juror") == person:
        return set()
    teachers = teachers_of(campaign) or sorted({p for d in campaign.defences.values() for p in jurors_of(d)})
    other = chance.choice([teacher for teacher in teachers if teacher not in attending])
    for seat in seats:
        if seat.person == person:
            seat.person = other
    return {key}


def juror_replaced(chance, campaign, published):
    key = chance.choice(future(campaign, published))
    person = chance.choice(jurors_of(campaign.defences[key]))
    touched = replace(chance, campaign, key, person)
    return Incident("juror_replaced", f"{person} is replaced for {key}", campaign, touched)


def room_closed(chance, campaign, published):
    key = chance.choice(future(campaign, published))
    start, room = published[key]
    day = start // DAY
    begin = max(campaign.now, day * DAY)
    end = (day + chance.choice((1, 1, 2, 5))) * DAY
    if chance.random() < 0.4:  # half a day
        begin, end = (begin, day * DAY + 750) if start % DAY < 750 else (max(begin, day * DAY + 750), (day + 1) * DAY)
    campaign.rooms[room].closed.append((begin, end))
    return Incident("room_closed", f"{room} is closed from {moment(begin)} to {moment(end)}", campaign)


def withdrawn(chance, campaign, published):
    key = chance.choice(future(campaign, published))
    del campaign.defences[key]
    return Incident("withdrawn", f"{key} is withdrawn", campaign)


def added(chance, campaign, published):
    teachers = teachers_of(campaign) or sorted({p for d in campaign.defences.values() for p in jurors_of(d)})
    key = f"theses/{len(campaign.defences) + 5000:04d}"
    add_defence(chance, campaign, teachers, key)
    return Incident("added", f"{key} is added", campaign, {key})


def longer(chance, campaign, published):
    key = chance.choice(future(campaign, published))
    campaign.defences[key].minutes += chance.choice((30, 60))
    return Incident("longer", f"{key} takes {campaign.defences[key].minutes} minutes", campaign, {key})


KINDS = (ill, room_closed, ill, added, longer, juror_replaced, withdrawn, ill_for_good)


def pin_some(chance, campaign, published, share=0.1):
    """Pins single aspects of some placed defences to what is published."""
    for key, (start, room) in sorted(published.items()):
        if chance.random() >= share:
            continue
        defence = campaign.defences[key]
        for aspect in chance.sample(("day", "time", "room", "juror", "mode"), chance.choice((1, 1, 2))):
            defence.pin[aspect] = {
                "day": start // DAY, "time": start % DAY, "room": room, "juror": chance.choice(jurors_of(defence)),
                "mode": "video" if any(seat.remote for seat in defence.seats) else "on_site"}[aspect]


def strike(chance, campaign, published, number):
    """What happened to a copy of the campaign, at some moment from three weeks before it to its middle."""
    after = copy.deepcopy(campaign)
    pin_some(chance, after, published)
    last = sorted(start for start, _ in published.values())[int(len(published) * 0.6)]
    after.now = chance.randint(-21 * DAY, last // DAY * DAY) // 60 * 60
    return KINDS[number % len(KINDS)](chance, after, published)
