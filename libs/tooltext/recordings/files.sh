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
