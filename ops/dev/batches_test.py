#!/usr/bin/env python3
"""Which sources batches.py compiles together."""
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "batches.py")


def batches(*sources, size=8):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, source in enumerate(sources):
            paths.append(os.path.join(folder, f"{i}.cc"))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(source)
        answer = subprocess.run([sys.executable, SCRIPT, str(size), *paths], check=True, capture_output=True, text=True)
        return [int(line) for line in answer.stdout.split()]


def unnamed(code):
    return "namespace soutenance {\nnamespace {\n" + code + "\n}  // namespace\n}  // namespace soutenance\n"


class Batches(unittest.TestCase):
    def test_sources_with_other_names_share_a_batch_until_it_is_full(self):
        self.assertEqual(batches("int a;", "int b;", "int c;", size=2), [0, 0, 1])

    def test_the_same_name_in_two_unnamed_namespaces_keeps_apart(self):
        for code in ("int Read(int x) { return x; }", "constexpr int Read = 1;", "struct Read final { int x; };",
                     "enum Kind { Read, kOther };", "class Read : Base {};", "using Read = std::vector<int>;"):
            self.assertEqual(batches(unnamed("int Read();"), unnamed(code)), [0, 1], code)

    def test_a_name_that_the_other_uses_for_something_shared_keeps_apart(self):
        self.assertEqual(batches(unnamed("int Read();"), "int x = Read(1);"), [0, 1])
        self.assertEqual(batches(unnamed("int Read();"), "int x = file.Read(1) + Files::Read(2);"), [0, 0])

    def test_the_same_alias_is_no_difference_and_another_of_that_name_is(self):
        self.assertEqual(batches("namespace pb = a::v1;", "namespace pb = a::v1;", "namespace pb = b::v1;"), [0, 0, 1])

    def test_macros_keep_apart_and_comments_and_texts_do_not(self):
        self.assertEqual(batches("#define LIMIT 3\n", "int LIMIT;"), [0, 1])
        self.assertEqual(batches("#define LIMIT 3\n", '// LIMIT\nconst char* x = "LIMIT";'), [0, 0])

    def test_locals_and_members_of_a_function_are_its_own(self):
        self.assertEqual(batches(unnamed("int One() { int row = 1; return row; }"),
                                 unnamed("int Two() { int row = 2; return row; }")), [0, 0])


if __name__ == "__main__":
    unittest.main()
