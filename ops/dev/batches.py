#!/usr/bin/env python3
"""Sorts the sources of a target into batches that can be compiled as one.

    ops/dev/batches.py SIZE FILE...

Prints one line a file, the number of its batch, at most SIZE files a batch. Two sources share a batch only if neither
mentions a name that the other keeps to itself (in an unnamed namespace, as an alias, or as a macro): then each means
the same as when it is compiled alone. See targets.cmake.
"""
import re
import sys

NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'', re.S)
TOKEN = re.compile(r"[A-Za-z_]\w*|::|[^\s\w]")
NAME = re.compile(r"[A-Za-z_]\w*$")
WORD = re.compile(r"(\.|->|::)?\s*\b([A-Za-z_]\w*)")
TEST_MACRO = re.compile(r"(TYPED_)?TEST(_[FP])?$|INSTANTIATE_\w+$")
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.M)
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.M)


def own_names(code, path):
    """What a source without comments, texts and directives declares for itself alone, each name with its meaning: of
    an alias, what it stands for, which may be the same elsewhere; of anything else, the source itself."""
    names = {}
    scopes = []  # Of each open brace: "own" in an unnamed namespace, "shared" in a named one, "enumerators", or "body".
    parentheses = 0
    statement = []
    for token in TOKEN.findall(code):
        here = scopes[-1] if scopes else "shared"
        outside = here in ("own", "shared") and parentheses == 0
        if outside and token == ";" and statement[:1] in (["using"], ["namespace"]):
            name = statement[1] if "=" in statement else statement[-1]
            names[name] = " ".join(statement)
        elif outside and token in "({=;[:" and (here == "own" or statement[:1] == ["static"]):
            name = declared(statement)
            if name:
                names.setdefault(name, path)
        elif here == "enumerators" and token in ",}=" and statement:
            names.setdefault(statement[0], path)
        if token == "{":
            opens = statement[:1] == ["namespace"] and here in ("own", "shared")
            if opens:
                scopes.append("own" if len(statement) == 1 else here)
            else:
                is_enum = here == "own" and statement[:1] == ["enum"] and statement[1:2] not in (["class"], ["struct"])
                scopes.append("enumerators" if is_enum else "body")
            statement = []
        elif token == "}":
            scopes = scopes[:-1]
            statement = []
        elif token == ";" or token == "," and here == "enumerators":
            statement = []
        else:
            parentheses += (token == "(") - (token == ")")
            if parentheses == 0:
                statement.append(token)
    return names


def declared(statement):
    """The name that a statement declares, which it has reached when "(", "{", "=", ";", "[" or ":" follows."""
    if ":" in statement or "=" in statement or ")" in statement or statement[:1] in (["using"], ["namespace"]):
        return None
    if statement[-1:] == ["final"]:
        statement = statement[:-1]
    name = statement[-1] if statement else ""
    qualified = statement[-2:-1] == ["::"]
    return name if NAME.match(name) and not qualified and not TEST_MACRO.match(name) else None


def read(path):
    with open(path, encoding="utf-8") as file:
        text = NOISE.sub(" ", file.read())
    own = own_names(DIRECTIVE.sub("", text), path)
    own.update((name, path) for name in MACRO.findall(text))
    words = {name for before, name in WORD.findall(text) if not before}
    return own, words


def clash(own, words, other):
    return any(name in words and other.get(name) != meaning for name, meaning in own.items())


def main():
    size = int(sys.argv[1])
    batches = []  # Of each: how many files, the names they keep to themselves, the words they use.
    for path in sys.argv[2:]:
        own, words = read(path)
        fits = (i for i, (n, names, used) in enumerate(batches)
                if n < size and not clash(own, used, names) and not clash(names, words, own))
        i = next(fits, len(batches))
        if i == len(batches):
            batches.append((0, {}, set()))
        n, names, used = batches[i]
        batches[i] = (n + 1, {**names, **own}, used | words)
        print(i)


if __name__ == "__main__":
    main()
