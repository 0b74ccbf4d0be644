#!/usr/bin/env python3
"""Records what dash and bash with GNU tools, and BusyBox 1.35, do to files and print of them.

    chroot --userspec=1001:1001 ROOT ./record-files.py > files.json

These are real shells, and each line is carried out, in an empty folder of its own: run it as a user
who owns nothing, in a root made for it that may be thrown away, with the shells and tools below
/usr/bin and BusyBox below /bb. It refuses to run as root.
"""
import json
import os
import subprocess
import sys
import tempfile

# Between `%{` and `%}` stands a script of more than one line.
HERE = os.path.dirname(os.path.abspath(__file__))
LINES = "".join(open(os.path.join(HERE, name)).read() for name in ("files.sh", "grammar.sh"))

PLACES = {
    "debian": (["/usr/bin/sh"], "sh", "/usr/bin"),
    "bash": (["/usr/bin/bash"], "bash", "/usr/bin"),
    "busybox": (["/bb/sh"], "sh", "/bb"),
}


def scripts(text):
    """One for each line; what stands between `%{` and `%}` is one."""
    block = None
    for line in text.split("\n"):
        if line == "%{":
            block = []
        elif line == "%}":
            yield "\n".join(block)
            block = None
        elif block is not None:
            block.append(line)
        elif line and not line.startswith("##"):
            yield line


def fits(place, script):
    """Files are run by `/bin/sh`, which is not BusyBox's in that root."""
    return place != "busybox" or "./x.sh" not in script and "#!" not in script


def run(place, script):
    shell, name, path = PLACES[place]
    with tempfile.TemporaryDirectory(dir="/desk") as folder:
        env = {"LANG": "C.UTF-8", "PATH": path, "HOME": "/root"}
        done = subprocess.run([name, "-c", script], executable=shell[0], capture_output=True, env=env, cwd=folder, stdin=subprocess.DEVNULL, timeout=10)
        texts = [part.decode().replace(folder, "/desk") for part in (done.stdout, done.stderr)]
    return {"line": script, "stdout": texts[0], "stderr": texts[1], "exitCode": done.returncode}


if os.geteuid() == 0:
    sys.exit("error: lines would be carried out as root\n  fix:   run it as an ordinary user")

json.dump({place: [run(place, one) for one in scripts(LINES) if fits(place, one)] for place in PLACES}, sys.stdout, indent=1, ensure_ascii=False)
print()
