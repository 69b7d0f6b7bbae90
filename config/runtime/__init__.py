"""Starting and checking the product on one machine.

Every process started from here keeps compiled bytecode, even where the surroundings forbid it: a demo or a
run of the tests starts a dozen interpreters, and each would compile three thousand modules anew.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
