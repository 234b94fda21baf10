from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, pkgutil, sys
import engine
for module in pkgutil.walk_packages(engine.__path__, "engine."):
    importlib.import_module(module.name)
# numpy's compiled parts register names of their own that no file stands behind.
loaded = {name.partition(".")[0] for name, module in sys.modules.items() if getattr(module, "__file__", None)}
print(*sorted(loaded - set(sys.stdlib_module_names) - {"__main__"}))
"""


def test_engine_loads_numpy_and_nothing_else_from_outside() -> None:
    # -S: the packages that an environment loads at start-up, such as editable hooks, are not the engine's.
    paths = [entry for entry in sys.path if entry]
    program = f"import sys; sys.path[:] = {paths!r}\n{PROGRAM}"
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["engine", "numpy"]
