## rm, rmdir: only what the line itself has made
rm
rm nosuch
rm -f
rm -f nosuch; echo $?
rm -q
rm .
mkdir d; rm d; ls
mkdir d; rm -r d; ls
touch x y; rm x; ls
touch x; rm -v x
mkdir -p d/e; touch d/e/f; rm -rv d
touch x y; rm x nosuch y; echo $?; ls
touch a.txt b.txt c.md; rm *.txt; ls
mkdir -p a/b; rm -rf a/b; ls; ls a
echo hi > x; rm x; cat x
echo one > x; rm x; echo two > x; cat x
rmdir
rmdir nosuch
mkdir d; rmdir d d
mkdir -p a/b; rmdir a
mkdir -p a/b; rmdir -p a/b; ls
touch x; rmdir x
## cp, mv
cp
cp a
cp nosuch b
echo hi > a; cp a b; cat a b
echo hi > a; mkdir d; cp a d; cat d/a
echo hi > a; mkdir d; cp a d/b; cat d/b; ls d
echo hi > a; cp a a
mkdir d; cp d e; ls
mkdir d; cp d e f; ls
mkdir -p d/x; echo 1 > d/x/y; cp -r d e; cat e/x/y
mkdir -p d/x; echo 1 > d/x/y; mkdir e; cp -r d e; ls e; cat e/d/x/y
mkdir -p d/x; cp -r d/. e; ls e
mkdir -p d/x e; echo 1 > d/f; cp -r d/. e; ls e
mkdir -p d; cp -a d e; ls
echo 1 > a; echo 2 > b; cp a b; cat b
echo 1 > a; echo 2 > b; cp a b nosuch
echo 1 > a; cp a nosuch/b
echo 1 > a; mkdir d; cp -v a d
echo 1 > a; chmod 600 a; cp a b; stat -c '%a %n' a b
echo 1 > a; chmod 600 a; cp -p a b; stat -c '%a %n' b
echo 1 > a; echo 2 > b; mkdir d; cp a b d; ls d
mkdir d; cp -r d d/e
echo 1 > a; ln -s a l; cp l m; cat m; rm a; cat m
mv
mv a
mv nosuch b
echo 1 > a; mv a b; ls; cat b
echo 1 > a; mkdir d; mv a d; ls d
echo 1 > a; echo 2 > b; mv a b; ls; cat b
echo 1 > a; mv a a
mkdir -p d/x; mv d e; ls; ls e
mkdir -p d/x e; mv d e; ls e
mkdir d; mv d d/e
mkdir d; echo 1 > a; mv d a
mkdir -p d e/d/x; mv d e
echo 1 > a; mv a nosuch/b
echo 1 > a; mkdir d; mv -v a d/b
echo 1 > a; echo 2 > b; mv a b c
## ln, readlink
ln -s
ln -s /etc/passwd
echo 1 > a; ln -s a l; cat l; readlink l
ln -s nosuch l; cat l; readlink l
echo 1 > a; ln -s a l; ln -s a l
echo 1 > a; echo 2 > b; ln -s a l; ln -sf b l; cat l
mkdir d; echo 1 > d/x; ln -s d l; ls l; cat l/x
mkdir d; ln -s d l; rm l; ls
mkdir d; ln -s ../a d/l; echo 1 > a; cat d/l
echo 1 > a; mkdir d; ln -s ../a d; ls d; cat d/a
echo 1 > a; ln a b; cat b
ln nosuch b
ln -s a nosuch/b
echo 1 > a; readlink a; echo $?
echo 1 > a; readlink -f a
mkdir d; ln -s d l; readlink -f l/x
realpath .
echo 1 > a; ln -s a l; echo 2 > l; cat a
ln -s loop loop; echo 1 > loop

## chmod
chmod
chmod 644
chmod 644 nosuch
chmod zzz x
touch a; chmod 755 a; stat -c %a a
touch a; chmod +x a; stat -c '%a %A' a
touch a; chmod u+x,g-r a; stat -c %A a
touch a; chmod go= a; stat -c %A a
touch a; chmod a=rw a; stat -c %a a
touch a; chmod u=rwx,go=rx a; stat -c %a a
touch a; chmod 4755 a; stat -c %A a
mkdir d; touch d/a; chmod -R 700 d; stat -c '%a %n' d d/a
mkdir d; chmod 1777 d; stat -c %A d
touch a; chmod -x a; stat -c %a a
touch a; chmod 755 a; test -x a && echo yes
touch a; test -x a || echo no
test -d . && echo folder; test -f . || echo no
touch a; test -s a || echo empty
echo 1 > a; ln -s a l; test -L l && echo link; test -h a || echo none
touch a; chmod 444 a; [ -r a ] && echo r
mkdir d; [ -e d ] && echo there
## mkdir, touch, tee, cat
mkdir
mkdir d; mkdir d
mkdir a/b
mkdir -p a/b/c; ls a
mkdir -m 700 d; stat -c %a d
mkdir -v d
touch x; mkdir x/y
touch x; mkdir -p x/y
touch
touch a b; ls
touch nosuch/x
echo 1 | tee a b; cat a b
echo 1 > a; echo 2 | tee -a a; cat a
echo 1 | tee nosuch/x
cat nosuch
mkdir d; cat d
echo > d/x
mkdir d; echo > d
echo a > f; echo b >> f; cat < f
echo a > f; cat f f | wc -l
printf 'a\nb\n' > f; while read x; do echo "[$x]"; done < f
echo 1 > 'a b'; cat 'a b'; ls
ls nosuch
mkdir d; touch d/a d/b .h; ls; ls -a; ls d; ls -A
mkdir d e; touch d/a; ls d e
touch b a; ls -1 b a
mkdir d; ls -d d; ls -d .
touch a; mkdir d; ls -p; ls -F
mkdir -p d/e; touch d/e/f a; ls -R
touch a; ls a nosuch
touch b a c; ls -r
touch a.sh; ls *.sh; ls *.nosuch
mkdir d; touch d/x1 d/x2; echo d/*; echo d/x?; echo */x1; echo d/[x]2; echo nosuch*
touch .h v; echo *; echo .h*
mkdir -p a/b a/c; echo a/*/; touch a/b/x a/c/x; echo a/*/x
cd /desk; pwd; cd ..; pwd; cd -
mkdir d; cd d; pwd; cd ..; pwd
mkdir d; cd d/nosuch
touch x; cd x
## find, checksums, base64
mkdir -p d/e; touch d/a.txt d/e/b.log; echo hi > d/c; find d | sort
mkdir -p d/e; touch d/e/f; find | sort
mkdir d; touch d/a.txt d/b.log; find d -name '*.txt'
mkdir -p d/e; touch d/A.txt; find . -iname 'a*' -type f; find . -type d | sort
mkdir -p d/e; touch d/e/f; find d -maxdepth 1 | sort; find d -mindepth 2
find nosuch; echo $?
touch a.txt b.log c; find . -name '*.log' -o -name '*.txt' | sort
touch a.txt b.log; find . ! -name '*.txt' -type f
mkdir d; touch d/x; echo 1 > d/y; find d -empty; find d -size +0 -type f
touch a b; find . -type f -exec ls {} \; | sort
touch a b; find . -type f | sort | xargs ls
mkdir -p d/e; find . -path '*d/e'
touch a; chmod 640 a; find . -perm 640
touch a; find . -name a -print0 | wc -c
echo hi > a; md5sum a; md5sum < a; sha256sum a
sha256sum nosuch; echo $?
printf '' | md5sum; printf '' | sha256sum; seq 100 | md5sum
echo hi > a; md5sum a > s; md5sum -c s; echo ho > a; md5sum -c s 2>/dev/null; echo $?
printf hello | base64; printf 'a' | base64; printf 'ab' | base64; printf '' | base64
echo aGVsbG8= | base64 -d; echo; echo aGk= | base64 -d; echo
seq 30 | base64; seq 30 | base64 -w 0; echo
seq 30 | base64 | base64 -d | tail -1
base64 nosuch
## du, hexdump
echo hi > a; mkdir d; echo 1 > d/x; du d; du -s d; du -sh d; du -a d; du -h a; du a d
mkdir -p d/e/f; du d; du -d 1 d; du -sc d
du nosuch; echo $?
