# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find a Python that Odoo 19 and the pinned requirements support.

Kept in syntax that an old Python 3 still reads, so that it can say what is wrong.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def supported(version):
    """Tell whether (major, minor, …) is a version the project runs on."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def which_runs(name):
    """Return the path of a program that starts: a version manager may keep names of versions it lacks."""
    path = shutil.which(name)
    if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
        return path
    return None


def find_supported(version, which=which_runs):
    """Return None when this Python will do, else the path of one that will; exit with a sentence if there is none."""
    if supported(version):
        return None
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        path = which(f"python3.{minor}")
        if path:
            return path
    sys.exit(
        "btp: Python {}.{} is not supported: install Python 3.11, 3.12 or 3.13 "
        "(Debian and Ubuntu: sudo apt-get install python3) and run this again.".format(
            *version[:2]
        )
    )


def use_supported(argv):
    """Run the command again under a supported Python when this one is not."""
    path = find_supported(sys.version_info)
    if path:
        os.execv(path, [path] + argv)
