"""Modules that a script imports and that nobody has: "line module", one a line. A script that Python 3 refuses: "line" alone. Reads it only, runs nothing of it."""
import ast
import importlib.util
import os
import sys

path = sys.argv[1]
with open(path, "rb") as script:
    source = script.read()
try:
    tree = ast.parse(source)
except (SyntaxError, ValueError) as error:
    print(getattr(error, "lineno", None) or 1)
    sys.exit(1)
beside = {name.split(".")[0] for name in os.listdir(os.path.dirname(path))}
for node in ast.walk(tree):
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        names = [node.module]
    for name in names:
        top = name.split(".")[0]
        if top not in beside and importlib.util.find_spec(top) is None:
            print(node.lineno, top)
