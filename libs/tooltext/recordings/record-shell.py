#!/usr/bin/env python3
"""Records what dash with GNU tools, and BusyBox 1.35, print for lines that people type.

    ./record-shell.py > shell.json

These are real shells, and each line is carried out: run it as a user who owns nothing, in a machine
that may be thrown away. It refuses to run as root.
"""
import json
import os
import subprocess
import sys
import tempfile

LINES = r"""
echo hello
echo "a  b" 'c  d' e\ f
echo a; echo b
true && echo yes || echo no
false && echo yes || echo no
false; echo $?
x=5; echo "$x" '$x' ${x} ${x}y
echo ${nosuch:-fallback} ${nosuch-other} [${nosuch:+set}]
x=abc; echo ${#x} ${x#a} ${x%c} ${x:+set}
x=a.b.c; echo ${x#*.} ${x##*.} ${x%.*} ${x%%.*}
echo $((1 + 2 * 3)) $(( (1 + 2) * 3 )) $((7 / 2)) $((7 % 3)) $((2 > 1 && 0))
x=4; echo $((x * x)) $(($x + 1))
echo $(echo nested $(echo deep))
echo `echo old style`
for i in 1 2 3; do echo n$i; done
for i in a b; do for j in 1 2; do echo $i$j; done; done
i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done
i=0; until [ $i -ge 2 ]; do i=$((i+1)); done; echo $i
for i in 1 2 3 4; do [ $i = 3 ] && break; echo $i; done
for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done
if [ 1 -eq 1 ]; then echo equal; else echo other; fi
if false; then echo a; elif true; then echo b; else echo c; fi
case abc in a*) echo starts;; *) echo else;; esac
case x in a|b) echo ab;; x|y) echo xy;; esac
case zz in [a-c]z) echo no;; [x-z]?) echo yes;; esac
(x=2; echo $x); echo [$x]
{ echo a; echo b; } | wc -l
echo a | cat | cat
! true; echo $?
set -- a b c; echo $# $1 $3 "$@" $*
set -- "a b" c; for w in "$@"; do echo [$w]; done
x="a b"; for w in $x; do echo [$w]; done
echo one >/dev/null; echo two
nosuchcommand
nosuchcommand; echo $?
nosuchcommand 2>/dev/null; echo $?
nosuchcommand 2>&1 | wc -l
cat < /nosuch
ls /nosuch 2>/dev/null || echo missing
exit 3
(exit 4); echo $?
cd /nosuch
fi
echo "unterminated
echo $((1/0))
for i in
( echo a
; echo a #
( (
a && && b
echo a;; b
| a
&
)
( )
{ }
if
if ; then :; fi
while true
{ a
a | | b
echo $(
echo `a
for 1 in a; do b; done
for i in a b;; do :; done
(echo a) b
echo a &
true & false; echo $?
case x in x) ;; esac
case a
$(nosuch1) `nosuch2`
echo a |
printf '%s-%s\n' a b c d
printf '%5s|%-5s|%05d|%x\n' ab cd 42 255
printf 'a\tb\n'
printf '%d\n' x
echo a b c | cut -d' ' -f2
printf 'a:b:c\nd:e:f\n' | cut -d: -f1,3
printf 'a:b:c\nnone\n' | cut -d: -f2 -s
echo abcdef | cut -c2-4
printf 'b\na\nc\n' | sort
printf '10\n9\n2\n' | sort -n
printf '10\n9\n2\n' | sort -rn
printf 'b 2\na 10\nc 1\n' | sort -k2 -n
printf 'b\na\nb\n' | sort -u
printf 'a\na\nb\n' | uniq
printf 'a\na\nb\n' | uniq -c
printf 'a\na\nb\n' | uniq -d
printf 'a\nb\nc\n' | head -n 2
printf 'a\nb\nc\n' | head -1
printf 'a\nb\nc\n' | tail -n 1
printf 'a\nb\nc\n' | tail -n +2
printf 'a b\nc\n' | wc -l
printf 'a b\nc\n' | wc -w
printf 'a b\nc\n' | wc -c
echo hello | tr a-y b-z
echo 'a,b,c' | tr ',' '\n'
echo 'aabbcc' | tr -s ab
echo 'hello world' | tr -d lo
echo ABC | tr '[:upper:]' '[:lower:]'
seq 3
seq 2 4
seq 1 2 7
seq -s, 3
printf 'foo\nbar\nbaz\n' | grep ba
printf 'foo\nbar\nbaz\n' | grep -v ba
printf 'foo\nbar\nbaz\n' | grep -c ba
printf 'foo\nbar\nbaz\n' | grep -n a
printf 'foo\nBAR\n' | grep -i bar
printf 'foo\nbar\n' | grep -q bar && echo found
printf 'foo\nbar\n' | grep nosuch
printf 'foo\nbar\n' | grep nosuch; echo $?
printf 'inet 10.1.0.2/16 brd\n' | grep -o '[0-9.]*/[0-9]*'
printf 'ab\nabb\nac\n' | grep -E 'ab+$'
printf 'cat\ndog\nbird\n' | grep -E 'cat|dog'
printf 'a.b\naxb\n' | grep -F a.b
printf 'word\nwords\n' | grep -w word
printf 'a\nab\n' | grep -x a
printf '1\n2\n3\n4\n5\n' | grep -A1 3
printf '1\n2\n3\n4\n5\n' | grep -B1 3
printf 'x1\ny2\n' | grep -e x -e y
printf 'aaa\n' | grep 'a\{2\}'
printf 'a1b22\n' | grep -oE '[0-9]+'
echo hello | sed s/l/L/
echo hello | sed s/l/L/g
echo hello | sed 's/l/L/2'
echo hello | sed 's/\(h\)\(e\)/\2\1/'
echo hello | sed -E 's/(h)(e)/\2\1/'
echo hello | sed 's/.*/[&]/'
printf 'a\nb\nc\n' | sed -n 2p
printf 'a\nb\nc\n' | sed -n '2,3p'
printf 'a\nb\nc\n' | sed -n '$p'
printf 'a\nb\nc\n' | sed 2d
printf 'a\nb\nc\n' | sed '/b/d'
printf 'a\nb\nc\n' | sed -n '/b/p'
printf 'a\nb\nc\n' | sed 's/b/B/;s/c/C/'
printf 'a\nb\n' | sed 1q
echo /a/b | sed 's|/|-|g'
echo abc | sed y/abc/xyz/
echo a b c | awk '{print $2}'
echo a:b:c | awk -F: '{print $3, $1}'
printf '1\n2\n3\n' | awk '{s += $1} END {print s}'
printf 'a 1\nb 2\n' | awk '$2 > 1 {print $1}'
printf 'a 1\nb 2\n' | awk '/b/ {print $2}'
printf 'a\nb\nc\n' | awk 'NR==2'
printf 'a\nb\n' | awk 'END {print NR}'
echo 'inet 10.1.0.2/16 brd' | awk '/inet/ {split($2, a, "/"); print a[1]}'
echo a b c | awk '{print NF, $NF}'
echo abc | awk '{print length($1), substr($1, 2, 1), toupper($1)}'
echo 'a b' | awk '{printf "%s-%d\n", $1, 7}'
printf 'x 1\ny 2\nx 3\n' | awk '{c[$1] += $2} END {print c["x"], c["y"]}'
echo 5 | awk '{if ($1 > 3) print "big"; else print "small"}'
echo aXbXc | awk '{gsub(/X/, "-"); print}'
echo a | awk '{for (i = 0; i < 3; i++) print i}'
echo 'a b' | awk 'BEGIN {x = "s"} {print x $1 "e"}'
echo 'k=v' | awk -F= '$1 == "k" {print $2}'
echo 'a b c' | awk '{$2 = "X"; print}'
awk 'BEGIN {print 1 + 2 * 3, 7 % 3}'
echo 'a b' | awk -v n=9 '{print n, $1 ~ /a/, $2 !~ /a/}'
printf 'a\nb\n' | xargs echo
printf 'a\nb\n' | xargs -n1 echo got
printf 'a\nb\n' | xargs -I{} echo [{}]
echo x | xargs nosuchcommand
basename /a/b.txt .txt
dirname /a/b/c
test -z "" && echo empty
[ a = b ] || echo differ
[ 2 -gt 1 -a 1 -lt 2 ]; echo $?
[ a =
echo "tab	here" | cut -f2
printf 'b\na\n' | sort | head -1 | tr a-z A-Z
env | grep -c PATH
X=1 env | grep ^X=
echo -n no newline
printf 'a b\nc d\n' | while read x y; do echo $y $x; done
x=$(printf 'l1\nl2\n'); echo $x; echo "$x"
echo 'single "inside"' "double 'inside'"
echo a\
b
# a comment
echo visible # hidden
"""


def logical(text):
    """Lines; one that ends in a backslash goes on in the next."""
    lines = []
    for line in text.strip("\n").split("\n"):
        if lines and lines[-1].endswith("\\"):
            lines[-1] += "\n" + line
        elif lines and lines[-1] == 'echo "unterminated':
            lines.append(line)
        else:
            lines.append(line)
    return lines


def run(shell, line, path):
    env = {"LANG": "C.UTF-8", "PATH": path}
    done = subprocess.run([shell, "-c", line], executable=None, capture_output=True, text=True, env=env, cwd="/", stdin=subprocess.DEVNULL)
    return {"line": line, "stdout": done.stdout, "stderr": done.stderr, "exitCode": done.returncode}


if os.geteuid() == 0:
    sys.exit("error: lines would be carried out as root\n  fix:   run it as an ordinary user")

with tempfile.TemporaryDirectory() as folder:
    applets = subprocess.run(["busybox", "--list"], capture_output=True, text=True, check=True).stdout.split()
    for name in applets:
        os.symlink("/usr/bin/busybox", f"{folder}/{name}")
    result = {
        "debian": [run("sh", line, "/usr/bin:/bin") for line in logical(LINES)],
        "busybox": [run(f"{folder}/sh", line, folder) for line in logical(LINES)],
    }
for one in result["busybox"]:
    one["stderr"] = one["stderr"].replace(folder + "/", "")
json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
print()
