"""What a measurement was made on; nothing that names a host."""

import os
import platform
from importlib.metadata import version


def machine(*packages):
    """Processors, system and versions, as they stand in the data files of `make bench`."""
    return {
        "processors": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }
