"""Campaigns of the KU Leuven family as replan_campaign.py has them: juries, absences, rooms and closures are real."""

import os

import kuleuven
from replan_campaign import DAY, Campaign, Defence, Room, Seat


def campaigns(data):
    for name, folder in kuleuven.instances(data):
        instance = kuleuven.Instance(folder)
        source = instance.campaign
        day_of = {day: i for i, day in enumerate(source.days)}
        window = (source.open, source.open + (source.close - source.open) // 60 * 60)
        campaign = Campaign(days=list(range(len(source.days))), rooms={}, blocked={p: [] for p in source.people.names},
                            defences={}, grid=60, halves=(window,))
        for room in source.rooms.names:
            campaign.rooms[room] = Room(site="", capacity=1000, equipment=["video"], closed=hours_of(
                instance.closed, room, day_of))
        for person in campaign.blocked:
            campaign.blocked[person] = hours_of(instance.absent, person, day_of)
        for number, (_, _, seats) in enumerate(source.defences):
            campaign.defences[f"d{number:04d}"] = Defence(60, [Seat(person, seats.get(person, "student"))
                                                              for person in instance.people[number]])
        if len(campaign.defences) >= 10:
            yield "kuleuven/" + os.path.basename(name), campaign


def hours_of(taken, who, day_of):
    return [(day_of[day] * DAY + hour * 60, day_of[day] * DAY + hour * 60 + 60) for other, day, hour in sorted(taken)
            if other == who and day in day_of]
