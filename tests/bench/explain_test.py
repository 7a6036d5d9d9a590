"""How the explain bench changes facts, on a small campaign made up; needs no solver."""

import os
import tempfile
import unittest

import explain
import kuleuven

FILES = {
    "defences.csv": "student,supervisor,assessor1\nS1,E1,E2\nS2,E1,\n",
    "unavailabilities.csv": "name,type,day,start_time,end_time,status\n"
                            "E1,person,2027-06-14,09:00,10:00,unavailable\n"
                            "E1,person,2027-06-15,10:00,11:00,unavailable\n"
                            "R1,room,2027-06-14,09:00,10:00,unavailable\n",
    "rooms.json": '{"rooms": [{"name": "R1", "enabled": true}]}',
    "timeslot_info.json": '{"first_day": "2027-06-14", "number_of_days": 2, "start_hour": 9, "end_hour": 11}',
}


class Explain(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in FILES.items():
            with open(os.path.join(folder.name, name), "w", encoding="utf-8") as file:
                file.write(text)
        self.variant = explain.Variant(kuleuven.Instance(folder.name))

    def test_only_named_facts_hold(self):
        self.variant.hold_only([("availability", ("E1",), "2027-06-15")], 2)
        text = self.variant.text([0, 1])
        self.assertNotIn("blocked 2027-06-14", text)
        self.assertEqual(text.count("blocked 2027-06-15 10:00 to 11:00"), 2, "for E1 in each defence")
        self.assertIn('person "E1 in 0"', text)
        self.assertIn('room "extra 1 on 2027-06-15"', text)
        self.assertIn('open 2027-06-14 09:00 to 10:00', text)

    def test_somebody_named_is_in_one_place(self):
        self.variant.hold_only([("person_clash", ("E1",), None), ("room_clash", (), "2027-06-14"),
                                ("room_opening", ("R1",), "2027-06-14")], 2)
        text = self.variant.text([0, 1])
        self.assertEqual(text.count('person "E1"\n'), 1)
        self.assertNotIn("on 2027-06-14", text)
        self.assertNotIn('  open 2027-06-14 09:00 to 10:00', text)

    def test_repairs_change_what_they_say(self):
        self.variant.repair([
            {"kind": "person_frees", "person": "E1", "day": "2027-06-14", "from": "09:00", "to": "10:00"},
            {"kind": "extra_room", "day": "2027-06-15", "from": "09:00", "to": "11:00"},
            {"kind": "extra_day", "day": "2027-06-16", "from": "09:00", "to": "11:00"}])
        text = self.variant.text([0])
        self.assertNotIn("blocked 2027-06-14", text)
        self.assertIn("blocked 2027-06-15", text)
        self.assertIn('room "extra 0 on 2027-06-15"', text)
        self.assertIn("opening 2027-06-16 09:00 to 11:00", text)


if __name__ == "__main__":
    unittest.main()
