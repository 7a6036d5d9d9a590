"""The assignment bench on small data in the family's formats, made up."""

import json
import os
import struct
import tempfile
import unittest
import zipfile

import assignment
import expertise


def npy(rows, kind="d", fortran=False):
    """A matrix or a list as NumPy would write it."""
    is_matrix = isinstance(rows[0], list)
    shape = (len(rows), len(rows[0])) if is_matrix else (len(rows),)
    values = rows
    if is_matrix:
        values = ([row[c] for c in range(shape[1]) for row in rows] if fortran
                  else [value for row in rows for value in row])
    descr = {"d": "<f8", "q": "<i8"}[kind]
    header = f"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(values)}{kind}", *values)


class Reading(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def found(self):
        known = assignment.optima(self.folder)
        return {instance.name: instance for instance in assignment.instances(self.folder, known)}

    def test_scores_of_a_folder_stand_by_reviewer_and_lower_bounds_make_a_second_instance(self):
        self.write("conf_2020/scores.npy", npy([[0.5, 1.0, 0.0], [0.25, 0.75, -0.5]], fortran=True))
        self.write("conf_2020/covs.npy", npy([1, 1, 2], "q"))
        self.write("conf_2020/loads.npy", npy([2, 3], "q"))
        self.write("conf_2020/loads-lb.npy", npy([1, 1], "q"))
        found = self.found()
        self.assertEqual(sorted(found), ["conf", "conf_lb"])
        self.assertEqual(found["conf"].scores, [[0.5, 0.25], [1.0, 0.75], [0.0, -0.5]])
        self.assertEqual((found["conf"].needed, found["conf"].least, found["conf"].most), ([1, 1, 2], [0, 0], [2, 3]))
        self.assertEqual(found["conf_lb"].least, [1, 1])

    def test_zero_is_a_conflict_among_bids_only(self):
        self.write("bids.in", "1 4\n1.0 0.50 0.25 0.0\n")
        self.write("scores.in", "1 4\n0.9 0.50 0.25 0.0\n")
        found = self.found()
        self.assertEqual(found["bids"].scores, [[1.0, 0.5, 0.25, assignment.FORBIDDEN]])
        self.assertEqual(found["scores"].scores, [[0.9, 0.5, 0.25, 0.0]])

    def test_a_mask_forbids_and_known_loads_are_used(self):
        path = os.path.join(self.folder, "masked.npz")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("similarity_matrix.npy", npy([[1.0, 0.5], [0.25, 0.25]]))
            archive.writestr("mask_matrix.npy", npy([[0, 1], [0, 0]], "q"))
        self.write("optimum.json", json.dumps({"instances": [{"id": "masked", "k": 1, "load_max": 5}]}))
        masked = self.found()["masked"]
        self.assertEqual(masked.scores, [[1.0, 0.25], [assignment.FORBIDDEN, 0.25]])
        self.assertEqual((masked.needed, masked.most), ([1, 1], [5, 5]))

    def test_orders_of_bids_become_scores_unless_the_same_data_lie_there_as_scores(self):
        self.write("MD-00002-00000001.toi", "3\n0,A\n1,B\n2,C\n2,2,2\n1,{2},{0},{1}\n1,{0,2},{}\n")
        scores = self.found()["preflib1"].scores
        self.assertEqual(scores, [[0.5, 1.0], [0.25, assignment.FORBIDDEN], [1.0, 1.0]])
        self.write("preflib1.in", "1 3\n1.0 1.0 1.0\n")
        self.assertEqual(self.found()["preflib1"].scores, [[1.0, 1.0, 1.0]])

    def test_texts_are_scaled_and_authors_may_not_review(self):
        self.write("aamas2021/aamas_text.npy", npy([[0.02, 0.3], [0.0, 0.05], [0.1, 0.01]]))
        self.write("aamas2021/aamas_authorship.npy", npy([[0, 0], [1, 0], [0, 1]], "q"))
        self.write("optimum.json", json.dumps(
            {"instances": [{"id": "aamas2021_text", "file": "aamas2021", "k": 1, "load_max": 2}]}))
        found = self.found()
        self.assertEqual(list(found), ["aamas2021_text"])
        instance = found["aamas2021_text"]
        self.assertEqual(instance.scores, [[0.4, 2.0], [assignment.FORBIDDEN, 1.0], [2.0, assignment.FORBIDDEN]])
        self.assertEqual((instance.needed, instance.most), ([1, 1, 1], [2, 2]))

    def test_topics_in_common_are_scores(self):
        self.write("sigir/Reviewers.txt", "1 T1 T2 T3\n2 T3\n3\n")
        self.write("sigir/queryAspects.txt", "first paper\nT1 T3\nsecond paper\nT3 T9\n")
        self.assertEqual(self.found()["sigir"].scores, [[1.0, 0.5, 0.0], [0.5, 0.5, 0.0]])

    def test_an_entry_may_name_only_the_folder(self):
        os.makedirs(os.path.join(self.folder, "sigir_data"))
        with zipfile.ZipFile(os.path.join(self.folder, "sigir_data", "query.npz"), "w") as archive:
            archive.writestr("similarity_matrix.npy", npy([[1.0, 0.5], [0.25, 0.0]]))
            archive.writestr("mask_matrix.npy", npy([[0, 0], [0, 0]], "q"))
        self.write("optimum.json", json.dumps({"instances": [{"id": "sigir", "file": "sigir_data", "load_max": 9}]}))
        found = self.found()
        self.assertEqual(list(found), ["sigir"])
        self.assertEqual((found["sigir"].scores, found["sigir"].most), ([[1.0, 0.25], [0.5, 0.0]], [9, 9]))


class Proof(unittest.TestCase):
    def setUp(self):
        self.instance = assignment.Instance("two", [[0.9, 0.8], [0.85, 0.1]], [1, 1], [0, 0], [1, 1])

    def certificate(self, prices, level=None):
        return {"scale": 100, "price_units": 4, "prices": [price * 4 for price in prices], "least_score": level}

    def test_prices_bound_the_total(self):
        self.assertEqual(assignment.certified(self.instance, self.certificate([0, 0])), 1.75)
        self.assertEqual(assignment.certified(self.instance, self.certificate([10, 0])), 1.65)

    def test_a_tree_proves_what_its_leaves_prove(self):
        def proves(total, nodes):
            certificate = {**self.certificate([0, 0]), "tree": nodes}
            return assignment.is_proven_by_tree(self.instance, certificate, total)
        divided = {"pair": [0, 0], "with": 1, "without": 2}
        leaves = [{"prices": [80 * 4, 0]}, {"prices": [0, 0]}]
        self.assertTrue(proves(1.65, [divided, *leaves]))
        self.assertFalse(proves(1.6, [divided, *leaves]))
        self.assertFalse(proves(1.65, [divided, leaves[1], leaves[1]]))
        self.assertFalse(proves(1.65, [{**divided, "with": 0}, *leaves]), "a node is no child of its own")

    def test_only_choices_that_reach_the_level_count(self):
        options = [(90, 1), (50, 2), (40, 9), (10, 10)]
        self.assertEqual(assignment.best_choice(options, 2, 0), 140)
        self.assertEqual(assignment.best_choice(options, 2, 10), 130)
        self.assertEqual(assignment.best_choice(options, 2, 12), 60)
        self.assertIsNone(assignment.best_choice(options, 2, 20))

    def test_an_illegal_assignment_ends_the_bench(self):
        self.assertEqual(assignment.paper_scores(self.instance, [[1], [0]]), [0.8, 0.85])
        for illegal in ([[0], [0]], [[0, 1], [0]], [[0], []]):
            with self.assertRaises(SystemExit):
                assignment.paper_scores(self.instance, illegal)


class Loss(unittest.TestCase):
    def test_counts_differences_that_are_ordered_wrongly(self):
        evaluations = {"ana": [("a", 5.0), ("b", 4.0), ("c", 1.0)]}
        scores = {("ana", "a"): 0.2, ("ana", "b"): 0.3, ("ana", "c"): 0.2}
        # Of the differences 1, 4 and 3: the first is wrong, the second a tie.
        self.assertEqual(expertise.losses(evaluations, scores), ((1 + 2) / 8, 0.25, 1.0))


if __name__ == "__main__":
    unittest.main()
