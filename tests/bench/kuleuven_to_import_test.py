"""The converter on a small campaign in the family's format, made up, with its traps."""

import csv
import os
import tempfile
import unittest

import kuleuven_to_import

DEFENCES = """student,supervisor,co_supervisor,assessor1,assessor2,mentor1,mentor2,mentor3,mentor4,day,start_time,room,programme
S1,E1,,E2,E3,E1,,,,2027-06-14,10:00,200C 00.01,eng
S2,E2|E4,,E3,,Ann De Vos,,,,,,,eng
S3,,,,,,,,,,,,eng
"""
UNAVAILABILITIES = """name,type,day,start_time,end_time,status
E2,person,2027-06-14,08:00,10:00,unavailable
E9,person,2027-06-14,09:00,17:00,unavailable
E3,person,2027-06-20,09:00,17:00,unavailable
ann  de vos,person,2027-06-15,16:00,24:00,unavailable
200C00.02,room,2027-06-14,09:00,12:00,unavailable
200C 00.03,room,2027-06-14,09:00,12:00,unavailable
"""
ROOMS = """{"rooms": [{"name": "200C 00.01", "enabled": true}, {"name": "200C 00.02", "enabled": true},
 {"name": "200C 00.03", "enabled": false}]}"""
SLOTS = '{"first_day": "2027-06-14", "number_of_days": 2, "start_hour": 9, "end_hour": 17}'


class KuLeuvenToImport(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source = os.path.join(folder.name, "source")
        self.target = os.path.join(folder.name, "target")
        os.makedirs(self.source)
        self.write("defences.csv", DEFENCES)
        self.write("unavailabilities.csv", UNAVAILABILITIES)
        self.write("rooms.json", ROOMS)
        self.write("timeslot_info.json", SLOTS)

    def write(self, name, text):
        with open(os.path.join(self.source, name), "w", encoding="utf-8") as file:
            file.write(text)

    def rows(self, name):
        with open(os.path.join(self.target, name), newline="", encoding="utf-8") as file:
            return [tuple(row) for row in csv.reader(file, delimiter=";")][1:]

    def convert(self):
        kuleuven_to_import.convert(self.source, self.target)

    def test_everybody_named_attends_once(self):
        self.convert()
        juries = self.rows("juries.csv")
        self.assertEqual([row for row in juries if row[0] == "d0001"],
                         [("d0001", "E1", "supervisor"), ("d0001", "E2", "reviewer"), ("d0001", "E3", "reviewer")])

    def test_several_people_of_one_cell_all_attend_and_one_supervises(self):
        self.convert()
        seats = {row[1]: row[2] for row in self.rows("juries.csv") if row[0] == "d0002"}
        self.assertEqual(seats["E2"], "supervisor")
        self.assertEqual(seats["E4"], "examiner")
        self.assertEqual(len(seats), 4)

    def test_a_defence_without_anybody_gets_a_supervisor(self):
        self.convert()
        self.assertEqual(len([row for row in self.rows("juries.csv") if row[0] == "d0003"]), 1)

    def test_absences_are_cut_to_the_campaign_and_found_by_name(self):
        self.convert()
        ann = next(row[0] for row in self.rows("people.csv") if row[1] == "Ann De Vos")
        self.assertEqual(self.rows("availability.csv"),
                         [("E2", "2027-06-14", "09:00", "10:00", "no"), (ann, "2027-06-15", "16:00", "17:00", "no")])

    def test_rooms_are_found_by_name_ignoring_blanks_and_disabled_ones_are_left_out(self):
        self.convert()
        rooms = {name: identifier for identifier, name in self.rows("rooms.csv")}
        self.assertEqual(set(rooms), {"200C 00.01", "200C 00.02"})
        self.assertEqual(self.rows("openings.csv"),
                         [(rooms["200C 00.02"], "2027-06-14", "09:00", "12:00", "closed")])

    def test_stored_results_are_left_out(self):
        self.convert()
        self.assertNotIn("10:00", str(self.rows("theses.csv")))

    def test_days_follow_each_other_weekends_included(self):
        self.write("timeslot_info.json", SLOTS.replace('"number_of_days": 2', '"number_of_days": 7'))
        self.convert()
        days = dict(self.rows("campaign.csv"))["days"].split("|")
        self.assertEqual((days[0], days[-1], len(days)), ("2027-06-14", "2027-06-20", 7))

    def test_without_an_enabled_room_nothing_can_be_held(self):
        self.write("rooms.json", ROOMS.replace("true", "false"))
        self.convert()
        self.assertEqual(len(self.rows("rooms.csv")), 1)
        self.assertEqual(len(self.rows("openings.csv")), 2)

    def test_without_absences_everybody_is_available(self):
        os.remove(os.path.join(self.source, "unavailabilities.csv"))
        self.convert()
        self.assertEqual(self.rows("availability.csv"), [])


if __name__ == "__main__":
    unittest.main()
