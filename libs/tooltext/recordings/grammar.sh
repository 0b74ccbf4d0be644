## here-documents
%{
cat <<EOF
hello
world
EOF
%}
%{
x=5
cat <<EOF
x is $x, sum $((x + 1)), \$x `echo sub` $(echo sub2)
"quoted" 'single'
EOF
%}
%{
x=5
cat <<'EOF'
x is $x \n `no`
EOF
%}
%{
cat <<-EOF
	one
		two
	EOF
%}
%{
cat > f <<EOF
line 1
line 2
EOF
wc -l < f; cat f
%}
%{
cat <<A; cat <<B
first
A
second
B
%}
%{
cat <<EOF | tr a-z A-Z
piped
EOF
%}
%{
while read a b; do echo "$b $a"; done <<EOF
1 2
3 4
EOF
%}
%{
if true; then
  cat <<EOF
inside
EOF
fi
echo after
%}
%{
cat <<EOF && echo done
text
EOF
%}
%{
f() {
cat <<EOF
in $1
EOF
}
f a; f b
%}
%{
cat <<EOF
a \
b
EOF
%}
%{
cat <<"E F"
$x
E F
echo end
%}
cat <<< word
x="a b"; cat <<< $x
tr a-z A-Z <<< "some $((1+1)) words"
read a b <<< "1 2"; echo $b
## functions
f() { echo in f $1 $#; }; f a b; echo $1
f() { return 3; echo no; }; f; echo $?
f() { x=2; }; x=1; f; echo $x
f() { local x=2; echo $x; }; x=1; f; echo $x
f() { local a b=1; a=3; echo "$a $b"; }; f; echo "[$a]"
f() { echo "$@"; g "$@"; }; g() { echo g $1; }; f 'x y' z
f() { [ $1 -le 1 ] && { echo 1; return; }; echo $(( $1 * $(f $(( $1 - 1 ))) )); }; f 5
f() { echo a; false; }; f || echo failed
f () ( x=5; echo $x ); f; echo "[$x]"
f() { exit 4; }; f; echo no
f() { cat; }; echo piped | f
f() { echo out; echo err >&2; }; f 2>/dev/null
f() { for i in "$@"; do echo "<$i>"; done; }; f a 'b c'
function f { echo bash; }; f
function f() { echo bash; }; f
f() { shift; echo $1; }; f a b
echo() { printf 'mine %s\n' "$1"; }; echo x
f() { g; }; f
unset -f f; f() { echo 1; }; unset -f f; f
f() { echo $0; }; f
f() if true; then echo yes; fi; f
return 3; echo after
f() { return; }; false; f; echo $?
## sh -c and scripts
sh -c 'echo $0 $1 $2 $#' name a b
sh -c 'echo $0'
sh -c 'nosuch' myname
sh -c 'exit 5'; echo $?
sh nosuch.sh
echo 'echo hi $1' > x.sh; sh x.sh you
echo 'echo hi $1' > x.sh; ./x.sh you
echo 'echo hi $1' > x.sh; chmod +x x.sh; ./x.sh you
printf '#!/bin/sh\necho $0 $#\nnosuch\nexit 3\n' > x.sh; chmod +x x.sh; ./x.sh a b; echo $?
printf 'echo one\n\nnosuch\n' > x.sh; sh x.sh
printf 'y=5\necho $1\n' > x.sh; . ./x.sh; echo $y
. ./nosuch.sh; echo after
printf 'return 4\necho no\n' > x.sh; . ./x.sh; echo $?
printf 'x=1\nif [ $x = 1 ]; then\n  echo yes\nfi\n' > x.sh; sh x.sh
printf 'echo a\nfi\necho b\n' > x.sh; sh x.sh
printf 'cat $0 | wc -l\n' > x.sh; sh x.sh
printf 'echo $PWD\n' > x.sh; mkdir d; cd d; sh ../x.sh
printf '#!/usr/bin/env sh\necho env\n' > x.sh; chmod 755 x.sh; ./x.sh
printf "#!$PWD/b\n" > a; printf "#!$PWD/a\n" > b; chmod +x a b; ./a 2>/dev/null || echo never
printf '#!/nosuch\necho env\n' > x.sh; chmod 755 x.sh; ./x.sh; echo $?
printf 'read a; echo got $a\n' > x.sh; echo in | sh x.sh
mkdir d; ./d; echo $?
./nosuch; echo $?
mkdir bin; printf '#!/bin/sh\necho mine\n' > bin/tool; chmod +x bin/tool; PATH=$PWD/bin:$PATH; tool
echo 'echo from stdin' | sh
printf 'echo $1\n' | sh -s arg
sh -e -c 'false; echo no'; echo $?
sh -ec 'false; echo no'; echo $?
## read
printf 'a b c\n' | { read x y; echo "$x|$y"; }
printf 'a:b:c\n' | { IFS=: read x y; echo "$x|$y"; }
printf 'a:b:c\n' | while IFS=: read x y z; do echo $z $y $x; done
printf '  lead\n' | { IFS= read -r x; echo "[$x]"; }
printf 'a\\tb\n' | { read -r x; echo "$x"; }
printf 'a\\tb\n' | { read x; echo "$x"; }
printf 'no newline' | { read x; echo "$? $x"; }
read x < /dev/null; echo $?
printf '1\n2\n' > f; while read n; do echo "n=$n"; done < f; echo "[$n]"
echo x | read y; echo "[$y]"
IFS=,; x=a,b,c; for i in $x; do echo $i; done
x=a:b; IFS=:; echo $x "$x"
set -- a b c; IFS=-; echo "$*" "$@"
## break, continue, loops
for i in 1 2 3; do for j in 1 2; do [ $j = 2 ] && continue 2; echo $i$j; done; done
for i in 1 2 3; do for j in 1 2; do [ $i = 2 ] && break 2; echo $i$j; done; done
while true; do break; done; echo $?
for i; do echo $i; done
set -- x y; for i; do echo $i; done
for i in; do echo no; done; echo $?
for i in 1 2; do echo $i; done | tac
for i in 1 2; do echo $i; done > f; cat f
i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done
for f in *; do echo $f; done
touch a.c b.c; for f in *.c; do echo ${f%.c}; done
i=3; while [ $i -gt 0 ]; do echo $i; i=$((i - 1)); done
for ((i=0; i<3; i++)); do echo $i; done
((x = 3 + 4)); echo $x
((0)); echo $?
((5 > 3)) && echo bigger
x=5; ((x++)); echo $x; ((x += 2)); echo $x
let x=2+3; echo $x
until [ -e f ]; do touch f; done; ls
## [[ ]]
[[ a == a ]] && echo yes
[[ abc == a* ]] && echo match
[[ abc =~ ^a.c$ ]] && echo regex
[[ -z "" && -n x ]] && echo both
[[ 3 -gt 2 || 1 -gt 2 ]] && echo either
[[ ! -e nosuch ]] && echo none
[[ a == a && ! b == c ]] && echo grouped
[[ a != b ]] && echo differ
[[ -f nosuch ]]; echo $?
## parameters
x=hello; echo ${x/l/L} ${x//l/L} ${x/#h/H} ${x/%o/O} ${x//l}
x=hello; echo ${x:1} ${x:1:3} ${x: -2} ${x:0:1}
x=hello; echo ${x^} ${x^^}; y=ABC; echo ${y,,} ${y,}
x=name; name=value; echo ${!x}
echo ${x:?must be set}; echo after
echo ${x?}
%{
echo "multi
line"
echo one &&
  echo two
nosuch
fi
%}
x=; echo ${x:-d} ${x-d} ${x:+s} ${x+s}
echo ${x:=new} $x
x=path/to/file.tar.gz; echo ${x##*/} ${x%/*} ${x%%.*} ${x#*/}
set -- a b c; echo "x$@y"; for i in "x$@y"; do echo "<$i>"; done
set -- 'a b' c; for i in $@; do echo "<$i>"; done; for i in "$*"; do echo "<$i>"; done
set --; echo $#; for i in "$@"; do echo no; done
set -- 1 2 3 4 5 6 7 8 9 10; echo $10 ${10}
set -- a b c; shift 2; echo $*; shift 5; echo $?
set a b; shift; echo $1
echo "${x:-"a b"}" ${x:-a  b}
a='*'; echo "$a" ; touch f; echo $a
echo ~ ~/x "~"
x=~; echo $x
x=5; echo "${x}th" '${x}'
x='a  b'; echo $x "$x" ${x}
echo $'a\tb\n'c
echo "a\tb" 'a\nb'
echo -e 'a\tb'
x=1; x=$x$x; echo $x
x+=abc; echo $x
readonly r=1; r=2; echo after
unset x; x=1; unset x; echo "[$x]"
A=1 sh -c 'echo $A'; echo "[$A]"
A=1; sh -c 'echo [$A]'; export A; sh -c 'echo [$A]'
export A=1 B=2; sh -c 'echo $A $B'
echo $((x=5)) $x $((x++)) $x $((++x)) $((x<<2)) $((x&1)) $((x?1:0)) $((~x)) $((!x))
echo $((0x10)) $((010)) $((10**2))
echo $((1 +))
echo $((5/0))
## braces
echo {a,b,c} x{1,2}y {1..5} {a..e} {5..1} {01..03} {1..10..3} {a} {} {a,b}{1,2} "{a,b}" {a,{b,c}}
mkdir -p d/{a,b}/c; ls d
touch f{1..3}; ls
## set
set -e; false; echo no
set -e; false || true; echo yes
set -e; if false; then :; fi; echo yes
set -e; ! true; echo yes
set -e; true && false; echo yes
set -e; f() { false; echo in; }; f; echo no
set -e; f() { false; echo in; }; f || echo or
set -e; x=$(false); echo no
set -e; (false; echo no); echo no
set -x; echo a b; x=1; echo "a b" '' $x
set -x; for i in 1 2; do echo $i; done
set -x; [ 1 = 1 ] && echo yes; set +x; echo off
set -u; echo $nosuch; echo no
set -u; echo ${nosuch:-x}
set -o pipefail; false | true; echo $?
set -ex; true; false; true
sh -x -c 'echo a'
set -f; touch a; echo *
set +e; false; echo yes
## jobs
echo a & wait; echo b
sleep 0.1 & wait $!; echo $?
(exit 3) & wait $!; echo $?
true & true; wait; echo $?
kill -0 99999999
kill 99999999
sleep 5 & kill $!; wait $!; echo $?
kill -l 15
wait 99999999; echo $?
## eval, exec, trap, command, type
x='echo hi'; eval $x; eval "y=5"; echo $y
eval 'echo a; echo b' | wc -l
trap 'echo bye' EXIT; echo hi
trap 'echo bye $?' EXIT; exit 3
trap 'echo bye' 0; false
command echo hi
command -v echo; command -v f; command -v nosuch; echo $?
f() { :; }; type f | head -1; type echo cd
type nosuch
umask
exec > f; echo inside; cat f >&2
{ echo a; echo b; } > f; cat f
(echo sub; exit 2) > f; echo $?; cat f
echo a > f 2>&1; cat f
nosuch > f 2>&1; cat f
ls nosuch 2>&1 | cat
echo err >&2
{ echo o; echo e >&2; } 2>&1 | wc -l
echo a >&2 2>/dev/null
echo x > f; echo y >> f; cat < f > g; cat g
: > f; ls; wc -c < f
> f; ls
true | false; echo $?
! false; echo $?
if ! false; then echo yes; fi
true; false; true && echo a || echo b
{ false; } || echo group
(cd /; pwd); pwd
x=1; (x=2); echo $x
x=$(cd /; pwd); echo $x
echo $(for i in 1 2; do echo $i; done)
echo `echo \`echo deep\``
case a.b in *.b) echo b;; esac
case "$x" in "") echo empty;; *) echo full;; esac
case abc in [!a]*) echo no;; ?b?) echo yes;; esac
x='*'; case a in "$x") echo no;; $x) echo yes;; esac
case a in (a) echo paren;; esac
case b in a) echo a;; b) echo b; ;; esac
echo a; # comment
echo a#b '#'c
echo $?; false; echo $?
test 1 -eq 1 -a 2 -eq 2 && echo both
[ -n "$HOME" ] && echo home
echo "$(echo "nested "quotes"")"
echo 'it'"'"'s'
printf '%s\n' a b
printf '%d%%\n' 50
printf '%s|' a 'b c'; echo
printf '%-10s|%5s|\n' ab cd
printf '%03d %x %o %c\n' 7 255 8 abc
printf '\101\n'
printf 'no format\n' extra
printf '%s %s\n' one
printf '%b\n' 'a\tb'
## expr
expr 1 + 2
expr 2 '*' 3
expr 7 / 2; expr 7 % 2; expr 5 - 8
expr 1 = 1; expr 1 = 2; echo $?
expr a '<' b; expr 3 '>=' 2
expr length hello
expr substr hello 2 3
expr index hello l
expr hello : 'h\(.*\)o'
expr hello : 'h.*'
expr 1 +
expr a + 1
expr 1 / 0
expr '' '|' b; expr a '&' b
i=1; i=$(expr $i + 1); echo $i
expr
