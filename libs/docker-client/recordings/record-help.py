#!/usr/bin/env python3
"""Records what the genuine client prints for `--help`, of every command, hidden ones left out.

    recordings/record-help.py /usr/bin/docker > src/help/golden/help-texts.ts
"""
import os
import re
import subprocess
import sys

DOCKER = sys.argv[1]
# Where a user's own settings are shows in the text; root's is what a lab host has.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/root", "LANG": "C"}
COMMAND = re.compile(r"^  ([a-z][\w-]*)\s", re.M)


def help_of(words):
    done = subprocess.run([DOCKER, *words, "--help"], capture_output=True, text=True,
                          env=ENVIRONMENT, check=True)
    return done.stdout


def walk(words, found):
    text = help_of(words)
    found[" ".join(words)] = text
    _, _, listed = text.partition("Commands:\n")
    for name in COMMAND.findall(listed):
        # Written by a library for shells; nobody types it at a lab host.
        if name != "completion":
            walk([*words, name], found)


texts = {}
walk([], texts)
version = subprocess.run([DOCKER, "--version"], capture_output=True, text=True, check=True).stdout
print(f"// Recorded by recordings/record-help.py from: {version.strip()}")
print("\n/** What `docker COMMAND --help` prints, by the words of the command. */")
print("export const helpTexts: Readonly<Record<string, string>> = {")
for words, text in sorted(texts.items()):
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    print(f"  '{words}': `{escaped}`,")
print("};")
