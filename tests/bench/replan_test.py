"""The bench of replanning must refuse timetables that are none, and hit the same campaigns again for a seed."""

import copy
import random
import unittest

import replan
import replan_campaign
from replan_campaign import DAY, Campaign, Defence, Room, Seat


def a_campaign():
    """Two days, two rooms on two sites; Lea before Ana and Bob on video, Tom before Ana."""
    return Campaign(
        days=[0, 1], now=8 * 60 - 7 * DAY,
        rooms={"a": Room("Sud", 10, ["video"]), "b": Room("Nord", 10, [])},
        blocked={"lea": [], "tom": [], "ana": [], "bob": []},
        defences={"1": Defence(60, [Seat("lea", "student"), Seat("ana", "president"), Seat("bob", "tutor", True)]),
                  "2": Defence(60, [Seat("tom", "student"), Seat("ana", "president")])})


PUBLISHED = {"1": (9 * 60, "a"), "2": (10 * 60, "a")}


class Check(unittest.TestCase):
    def refuses(self, campaign, places, word, published=None):
        with self.assertRaisesRegex(ValueError, word):
            replan.check(campaign, PUBLISHED if published is None else published, places)

    def test_accepts_what_is_published(self):
        replan.check(a_campaign(), PUBLISHED, PUBLISHED)

    def test_refuses_each_broken_rule(self):
        self.refuses(a_campaign(), {"1": (9 * 60, "a"), "2": (9 * 60 + 30, "a")}, "taken twice")
        self.refuses(a_campaign(), {"1": (9 * 60, "a"), "2": (9 * 60, "b")}, "ana is expected twice")
        self.refuses(a_campaign(), {"1": (9 * 60, "a"), "2": (10 * 60, "b")}, "ana is expected twice")  # travel
        self.refuses(a_campaign(), {"1": (9 * 60, "b")}, "no video")
        self.refuses(a_campaign(), {"2": (12 * 60, "a")}, "hours or the grid")
        self.refuses(a_campaign(), {"2": (9 * 60 + 10, "a")}, "hours or the grid")
        closed = a_campaign()
        closed.rooms["a"].closed.append((9 * 60, 10 * 60))
        self.refuses(closed, PUBLISHED, "closed")
        ill = a_campaign()
        ill.blocked["bob"].append((9 * 60 + 30, 9 * 60 + 45))
        self.refuses(ill, PUBLISHED, "bob cannot come")

    def test_refuses_each_broken_pin(self):
        for aspect, value in (("day", 1), ("time", 10 * 60), ("room", "b"), ("juror", "tom"), ("mode", "on_site")):
            pinned = a_campaign()
            pinned.defences["1"].pin[aspect] = value
            self.refuses(pinned, PUBLISHED, f"{aspect} is pinned")

    def test_refuses_a_change_of_the_past(self):
        later = a_campaign()
        later.now = 9 * 60 + 30
        replan.check(later, PUBLISHED, PUBLISHED)
        self.refuses(later, {"1": (14 * 60, "a")}, "it is")
        self.refuses(later, {"2": (9 * 60, "a")}, "it is")


class Told(unittest.TestCase):
    def test_everybody_of_a_time_and_those_on_site_of_a_room(self):
        campaign = a_campaign()
        self.assertEqual(replan.told(campaign, PUBLISHED, PUBLISHED), {})
        self.assertEqual(replan.told(campaign, PUBLISHED, {**PUBLISHED, "1": (14 * 60, "a")}),
                         {"lea": ["1"], "ana": ["1"], "bob": ["1"]})
        self.assertEqual(replan.told(campaign, PUBLISHED, {**PUBLISHED, "1": (9 * 60, "b")}), {"lea": ["1"], "ana": ["1"]})

    def test_counts_short_notice(self):
        campaign = a_campaign()
        places = {**PUBLISHED, "2": (14 * 60, "a")}
        people = replan.told(campaign, PUBLISHED, places)
        self.assertEqual(replan.disturbance(campaign, PUBLISHED, places, people), 2 * (1 + 21 - 7))


class Generator(unittest.TestCase):
    def test_gives_the_same_for_a_seed(self):
        one, two = (replan_campaign.generate(random.Random(3), 40, 0.6) for _ in range(2))
        self.assertEqual(one, two)
        self.assertEqual(len(one.defences), 40)

    def test_hits_a_copy(self):
        campaign = replan_campaign.generate(random.Random(3), 40, 0.6)
        published = {key: (9 * 60 + DAY * (i % 5), "rooms/00") for i, key in enumerate(sorted(campaign.defences))}
        before = copy.deepcopy(campaign)
        kinds = {replan_campaign.strike(random.Random(n), campaign, published, n).kind for n in range(8)}
        self.assertEqual(campaign, before)
        self.assertEqual(len(kinds), 7)


if __name__ == "__main__":
    unittest.main()
