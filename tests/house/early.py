"""Loaded by pytest before the settings: gives each run a data folder of its own.

Without it two runs at once would share one test database, and a run would leave a key behind in
the folder of somebody's real data.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

MINE = "WAYMARK_TEST_FOLDER"

# Workers of xdist inherit the folder of the process that started them.
if MINE not in os.environ:
    folder = tempfile.mkdtemp(prefix="waymark-test-")
    os.environ[MINE] = os.environ["DATA_DIR"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
