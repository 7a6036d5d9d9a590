"""The generated campaigns and the checker of the scale bench."""

import unittest

import campaign_check
import generated_campaign

PROBLEM = """soutenance problem 1
first_date 2027-06-14
grid_minutes 30
buffer_minutes 15
travel_minutes 30
opening 2027-06-14 09:00 to 12:00
opening 2027-06-14 13:00 to 17:00
opening 2027-06-15 09:00 to 12:00
person "ana" "Ana"
  if_needed 2027-06-15 09:00 to 10:00
  max_per_day 2
person "bo" "Bo"
  blocked 2027-06-14 16:00 to 17:00
room "north" "Nord"
  site "n"
  capacity 10
  open 2027-06-14 08:00 to 19:00
  open 2027-06-15 08:00 to 19:00
room "south" "Sud"
  site "s"
  capacity 10
  open 2027-06-14 08:00 to 19:00
defence "a" "A"
  duration_minutes 60
  capacity 8
  seat "ana" "president"
defence "b" "B"
  duration_minutes 60
  seat "ana" "president"
  seat "bo" "student"
defence "c" "C"
  duration_minutes 30
  seat "ana" "president" remote
end
"""


def at(defence, time, room="north", day="2027-06-14"):
    return {"defence": defence, "day": day, "time": time, "room": room}


class Check(unittest.TestCase):
    def setUp(self):
        self.problem = campaign_check.Problem(PROBLEM)

    def test_accepts_what_keeps_the_rules(self):
        self.problem.check([at("a", "09:00"), at("b", "10:30")])
        self.problem.check([at("a", "09:00"), at("b", "10:30", "south")])
        self.problem.check([at("a", "09:00"), at("c", "10:00", "south")])  # on video: no way to go

    def test_refuses_what_breaks_one(self):
        for placements in ([at("a", "09:00"), at("b", "10:00")],  # the buffer of the room
                           [at("a", "09:00"), at("b", "10:00", "south")],  # the way
                           [at("b", "16:00")],  # Bo
                           [at("a", "11:30")],  # over the break
                           [at("a", "09:15")],  # the grid
                           [at("a", "09:00", "south", "2027-06-15")],  # closed
                           [at("a", "09:00"), at("a", "13:00")],
                           [at("a", "09:00"), at("b", "10:30"), at("c", "13:00")]):  # three for Ana
            with self.assertRaises(ValueError):
                self.problem.check(placements)

    def test_counts_waits_rooms_days_and_times_only_if_needed(self):
        self.assertEqual(self.problem.cost([at("a", "09:00"), at("b", "10:30")]), 0)
        self.assertEqual(self.problem.cost([at("a", "09:00"), at("b", "14:00", "south")]), 2 * 60 + 60 - 30 + 15)
        self.assertEqual(self.problem.cost([at("a", "09:00"), at("b", "09:30", day="2027-06-15")]), 120 + 60)


class Generated(unittest.TestCase):
    def test_campaigns_are_the_same_for_a_seed_and_differ_otherwise(self):
        self.assertEqual(generated_campaign.text(50, 1), generated_campaign.text(50, 1))
        self.assertNotEqual(generated_campaign.text(50, 1), generated_campaign.text(50, 2))

    def test_campaigns_have_the_size_that_was_asked_for(self):
        for size in (50, 300, 1300):
            problem = campaign_check.Problem(generated_campaign.text(size, 1))
            days, rooms = generated_campaign.shape(size)
            self.assertEqual((len(problem.defences), len(problem.rooms)), (size, rooms))
            self.assertEqual(len({begin // 1440 for begin, _ in problem.opening}), days)
        self.assertEqual(generated_campaign.shape(300), (10, 12))

    def test_every_defence_has_times_when_everybody_can_come(self):
        problem = campaign_check.Problem(generated_campaign.text(300, 3))
        for key, defence in problem.defences.items():
            blocked = [period for person, _ in problem.seats(key)
                       for period in problem.persons[person].get("blocked", [])]
            free = [window for window in problem.opening
                    if not any(campaign_check.overlap(window, period) for period in blocked)
                    and ("allowed" not in defence
                         or any(a <= window[0] and window[1] <= b for a, b in defence["allowed"]))]
            self.assertGreaterEqual(len(free), 4, key)


if __name__ == "__main__":
    unittest.main()
