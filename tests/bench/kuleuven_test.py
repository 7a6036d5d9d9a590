"""The KU Leuven bench on a small campaign in the family's format, made up."""

import os
import tempfile
import types
import unittest

import kuleuven
import solver

DEFENCES = """student,supervisor,co_supervisor,assessor1,assessor2,mentor1,mentor2,mentor3,mentor4
S1,E1,,E2,,,,,
,,,,,,,,
S2,E1,,E2,E3,,,,
S3,E3|E4,,,,,,,
"""
UNAVAILABILITIES = """name,type,day,start_time,end_time,status
E3,person,2027-06-14,09:00,10:00,unavailable
R2,room,2027-06-14,09:00,12:00,unavailable
"""


class KuLeuven(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write("defences.csv", DEFENCES)
        self.write("unavailabilities.csv", UNAVAILABILITIES)
        self.write("rooms.json", '{"rooms": [{"name": "R 1", "enabled": true}, {"name": "R 2", "enabled": true}]}')
        self.write("timeslot_info.json",
                   '{"first_day": "2027-06-14", "number_of_days": 1, "start_hour": 9, "end_hour": 12}')
        self.instance = kuleuven.Instance(self.folder)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    @staticmethod
    def at(defence, hour, room="R 1"):
        return {"defence": defence, "day": "2027-06-14", "hour": hour, "room": room}

    def test_writes_everybody_and_only_the_open_hours(self):
        lines = [line.strip() for line in self.instance.text().splitlines()]
        self.assertEqual([line for line in lines if line.startswith("blocked")], ["blocked 2027-06-14 09:00 to 10:00"])
        self.assertEqual(sum(1 for line in lines if line.startswith("open ")), 3)  # R 2 is closed all day
        self.assertEqual(sum(1 for line in lines if line.startswith("defence ")), 3)
        self.assertEqual(sum(1 for line in lines if line.startswith("seat ")), 3 + 4 + 3)

    def test_counts_people_who_stay_in_the_room(self):
        self.assertEqual(self.instance.values([self.at(0, 9), self.at(2, 10), self.at(3, 11)]), (3, 2 + 1))
        self.assertEqual(self.instance.values([self.at(0, 9), self.at(2, 11)]), (2, 0))

    def test_refuses_what_is_no_timetable(self):
        for solution in ([self.at(3, 9)],  # E3 is absent
                         [self.at(0, 9, "R 2")],  # closed
                         [self.at(0, 10), self.at(2, 10)],  # one room
                         [self.at(0, 12)], [self.at(1, 10)], [self.at(0, 9), self.at(0, 10)]):
            with self.assertRaises(ValueError):
                self.instance.values(solution)

    def test_knows_what_stays_at_most(self):
        self.assertEqual(self.instance.most_adjacency(), 1 + 1 + 1)  # E1, E2, E3

    def test_names_the_row_of_the_file(self):
        placements = [{"defence": "d0001", "day": "2027-06-14", "time": "10:00", "room": "R1"}]
        identifier = self.instance.campaign.rooms.find("R 1")
        placements[0]["room"] = identifier
        self.assertEqual(self.instance.solution(placements), [self.at(2, 10)])


class Results(unittest.TestCase):
    def test_prove_a_value_only_after_those_before_it(self):
        open_first = solver.Result([solver.Value("planned", 9, 10), solver.Value("adjacency", 4, 4)], 1, 1, [])
        self.assertEqual(open_first.proven(), [])
        both = solver.Result([solver.Value("planned", 9, 9), solver.Value("adjacency", 4, 4)], 1, 1, [])
        self.assertEqual(both.proven(), ["planned", "adjacency"])

    def test_compare_value_by_value(self):
        better = solver.Result([solver.Value("planned", 9, None, 9), solver.Value("adjacency", 5, None, 4)], 1, 1, [])
        self.assertGreater(better.compared(), 0)
        worse = solver.Result([solver.Value("planned", 8, None, 9), solver.Value("adjacency", 5, None, 4)], 1, 1, [])
        self.assertLess(worse.compared(), 0)

    def test_are_written_for_other_checkers(self):
        with tempfile.TemporaryDirectory() as out:
            arguments = types.SimpleNamespace(out=out, threads=2, seed=1)
            solver.write(os.path.join("a", "b"), solver.Result([solver.Value("planned", 9, 9)], 1, 1, []), arguments)
            self.assertEqual(os.listdir(out), ["a__b.json"])


if __name__ == "__main__":
    unittest.main()
