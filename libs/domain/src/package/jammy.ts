/**
 * Packages of Ubuntu 22.04 (jammy), in the order in which apt unpacks them when they come together:
 * name, version, component (`m` main, `u` universe, `s` from its updates), architecture (`all`,
 * `own`, or `same`: one beside that of another one), bytes to fetch, KiB on disk, files, and its
 * source where that has another name; behind `:` what it depends on, behind `+` what it recommends,
 * behind `?` what it suggests, as far as a minimal installation has not got it already.
 *
 * Written down from `apt-cache show` and `dpkg-deb -c` on an installation of apt and dpkg alone.
 */
export const jammyRows = `
libprocps8 2:3.3.17-6ubuntu2.1 ms same 36160 131 6 procps
procps 2:3.3.17-6ubuntu2.1 ms own 377732 1388 100 : libprocps8
openssl 3.0.2-0ubuntu1.30 ms own 1185522 2053 303 ? ca-certificates
ca-certificates 20260816ubuntu0.22.04.2 ms all 139772 344 147 : openssl
libelf1 0.186-1ubuntu0.1 ms same 51140 192 5 elfutils
libbpf0 1:0.5.0-1ubuntu22.04.1 ms same 140058 344 5 libbpf : libelf1
libmd0 1.0.4-1build1 m same 22964 71 5 libmd
libbsd0 0.11.5-1 m same 44760 136 5 libbsd : libmd0
netcat-openbsd 1.218-4ubuntu1 m own 39388 106 22 : libbsd0
libip4tc2 1.8.7-1ubuntu5.2 ms same 19872 83 6 iptables
libmnl0 1.0.4-3build2 m same 13216 47 5 libmnl
ethtool 1:5.16-1ubuntu0.2 ms own 208180 630 15 : libmnl0
libxtables12 1.8.7-1ubuntu5.2 ms same 31300 114 6 iptables
netbase 6.3 m all 12924 41 7
telnet 0.17-44build1 m own 66948 154 9 netkit-telnet : netbase
inetutils-telnet 2:2.2-2ubuntu0.2 us own 100690 243 9 inetutils : netbase
inetutils-traceroute 2:2.2-2ubuntu0.2 us own 42592 112 9 inetutils : netbase
inetutils-ping 2:2.2-2ubuntu0.2 us own 63372 201 11 inetutils : netbase
libip6tc2 1.8.7-1ubuntu5.2 ms same 20326 83 6 iptables
libnfnetlink0 1.0.1-3build3 m same 14562 48 5 libnfnetlink
libnetfilter-conntrack3 1.0.9-1 m same 45344 141 5 libnetfilter-conntrack : libmnl0 libnfnetlink0
conntrack 1:1.4.6-2build2 m own 33512 102 5 conntrack-tools : libmnl0 libnetfilter-conntrack3 ?
  nftables
libcap2-bin 1:2.44-1ubuntu0.22.04.3 ms own 26018 115 15 libcap2 + libpam-cap
iputils-ping 3:20211215-1ubuntu0.1 ms own 43020 113 8 iputils : libcap2-bin
iproute2 5.15.0-1ubuntu2.2 ms own 1072048 2884 187 : libbpf0 libbsd0 libelf1 libmnl0 libxtables12
  libcap2-bin + libatm1 ? iproute2-doc
libatm1 1:2.5.1-4build2 m same 22768 110 5 linux-atm
libpam-cap 1:2.44-1ubuntu0.22.04.3 ms same 7928 45 6 libcap2
iputils-arping 3:20211215-1ubuntu0.1 ms own 16390 56 6 iputils : libcap2-bin
libicu70 70.1-2 m same 10581942 34444 16 icu
libjson-c5 0.15-3~ubuntu1.22.04.2 ms same 33454 98 7 json-c
libxml2 2.9.13+dfsg-1ubuntu0.14 ms same 765170 2098 9 : libicu70
libedit2 3.1-20210910-1build1 m same 96766 260 9 libedit : libbsd0
libjansson4 2.13.1-1.1build3 m same 32358 91 8 jansson
libnftnl11 1.2.1-1build1 m same 65544 227 5 libnftnl : libmnl0
iptables 1.8.7-1ubuntu5.2 ms own 455364 2837 250 : libip4tc2 libip6tc2 libxtables12 netbase
  libmnl0 libnetfilter-conntrack3 libnfnetlink0 libnftnl11 ? firewalld kmod nftables
libnftables1 1.0.2-1ubuntu3.1 ms same 332054 914 7 nftables : libjansson4 libmnl0 libnftnl11
  libxtables12
nftables 1.0.2-1ubuntu3.1 ms own 67202 178 36 : libnftables1 libedit2 + netbase ? firewalld
liblmdb0 0.9.24-1build2 m same 47574 109 5 lmdb
libmaxminddb0 1.5.2-1build2 m same 24676 76 7 libmaxminddb ? mmdb-bin
libnghttp2-14 1.43.0-1ubuntu0.4 ms same 76932 204 7 nghttp2
libuv1 1.43.0-1ubuntu0.1 ms same 92708 253 5
bind9-libs 1:9.18.39-0ubuntu0.22.04.8 ms same 1266010 3500 12 bind9 : libedit2 libjson-c5 liblmdb0
  libmaxminddb0 libnghttp2-14 libuv1 libxml2
bind9-host 1:9.18.39-0ubuntu0.22.04.8 ms own 52514 190 6 bind9 : bind9-libs
bind9-dnsutils 1:9.18.39-0ubuntu0.22.04.8 ms own 157990 539 14 bind9 : bind9-host bind9-libs
  libedit2
dnsutils 1:9.18.39-0ubuntu0.22.04.8 us all 3928 65 4 bind9 : bind9-dnsutils
libpsl5 0.21.0-1.2build2 m same 58388 95 5 libpsl + publicsuffix
publicsuffix 20211207.1025-1 m all 129480 330 10
wget 1.21.2-2ubuntu1.5 ms own 338814 928 11 : libpsl5 + ca-certificates
libbrotli1 1.0.9-2ubuntu0.1 ms same 315370 784 10 brotli
libsasl2-modules-db 2.1.27+dfsg2-3ubuntu1.2 ms same 20476 93 8 cyrus-sasl2
libsasl2-2 2.1.27+dfsg2-3ubuntu1.2 ms same 53832 170 9 cyrus-sasl2 : libsasl2-modules-db +
  libsasl2-modules
libldap-2.5-0 2.5.20+dfsg-0ubuntu0.22.04.1 ms same 183948 570 9 openldap : libsasl2-2 +
  libldap-common
librtmp1 2.4+20151223.gitfa8646d.1-2build4 m same 58190 141 4 rtmpdump
libssh-4 0.9.6-2ubuntu0.22.04.8 ms same 188616 492 7 libssh
libcurl4 7.81.0-1ubuntu1.30 ms same 293156 790 6 curl : libbrotli1 libldap-2.5-0 libnghttp2-14
  libpsl5 librtmp1 libssh-4 + ca-certificates
curl 7.81.0-1ubuntu1.30 ms own 194114 446 9 : libcurl4
libldap-common 2.5.20+dfsg-0ubuntu0.22.04.1 ms all 16434 110 6 openldap
libsasl2-modules 2.1.27+dfsg2-3ubuntu1.2 ms same 68804 308 29 cyrus-sasl2 ?
  libsasl2-modules-gssapi-mit libsasl2-modules-gssapi-heimdal libsasl2-modules-ldap
  libsasl2-modules-otp libsasl2-modules-sql
libapparmor1 3.0.4-2ubuntu2.5 ms same 39626 171 5 apparmor
libdbus-1-3 1.12.20-2ubuntu4.1 ms same 188562 457 9 dbus + dbus
libexpat1 2.4.7-1ubuntu0.9 ms same 96926 443 8 expat
dbus 1.12.20-2ubuntu4.1 ms own 158098 582 46 : libapparmor1 libdbus-1-3 libexpat1 ?
  default-dbus-session-bus dbus-session-bus
libpcap0.8 1.10.1-4ubuntu1.22.04.2 ms same 145454 357 9 libpcap : libdbus-1-3
tcpdump 4.99.1-3ubuntu0.2 ms own 501464 1374 15 : libpcap0.8 ? apparmor
libnet1 1.1.6+dfsg-3.1build3 m same 46908 153 8 libnet
arping 2.22-1 u own 29608 73 10 : libnet1 libpcap0.8
libmpdec3 2.5.1-2build2 m same 86788 250 7 mpdecimal
libpython3.10-minimal 3.10.12-1~22.04.18 ms same 816508 5121 285 python3.10 + libpython3.10-stdlib
media-types 7.0.0 m all 25510 97 6
readline-common 8.1.2-1 m all 53544 80 10 readline ? readline-doc
libreadline8 8.1.2-1 m same 153210 461 12 readline : readline-common
libsqlite3-0 3.37.2-2ubuntu0.8 ms same 641792 1603 6 sqlite3
libpython3.10-stdlib 3.10.12-1~22.04.18 ms same 1850286 8133 343 python3.10 :
  libpython3.10-minimal media-types libmpdec3 libreadline8 libsqlite3-0
xxd 2:8.2.3995-1ubuntu2.36 ms own 51454 283 11 vim
vim-common 2:8.2.3995-1ubuntu2.36 ms all 81488 385 65 vim : xxd + vim
libgpm2 1.20.7-10build1 m same 15262 65 4 gpm ? gpm
libpython3.10 3.10.12-1~22.04.18 ms same 1949752 5768 6 python3.10 : libpython3.10-stdlib
  libexpat1
libsodium23 1.0.18-1ubuntu0.22.04.1 ms same 164192 398 8 libsodium
vim-runtime 2:8.2.3995-1ubuntu2.36 ms all 6823882 32794 1935 vim + vim
vim 2:8.2.3995-1ubuntu2.36 ms own 1732620 3934 9 : vim-common vim-runtime libgpm2 libpython3.10
  libsodium23 ? ctags vim-doc vim-scripts
libatomic1 12.3.0-1ubuntu1~22.04.3 ms same 10470 45 3 gcc-12
libjemalloc2 5.2.1-4ubuntu1 u same 239774 756 5 jemalloc
liblua5.1-0 5.1.5-8.1build4 u same 99900 405 8 lua5.1
liblzf1 3.6-3 u same 7444 36 5 liblzf
lua-bitop 1.0.2-5 u same 6680 43 12
lua-cjson 2.1.0+dfsg-2.1 u same 17436 97 16
redis-tools 5:6.0.16-1ubuntu1.2 us own 860880 4063 20 redis : libatomic1 libjemalloc2 liblua5.1-0
  liblzf1 lua-bitop lua-cjson ? ruby-redis
libonig5 6.9.7.1-2build1 m same 171890 615 5 libonig
libjq1 1.6-2.1ubuntu3.2 ms same 134574 347 5 jq : libonig5
jq 1.6-2.1ubuntu3.2 ms own 52520 100 7 : libjq1
libsctp1 1.0.19+dfsg-1build1 m same 9370 40 5 lksctp-tools ? lksctp-tools
libiperf0 3.9-1+deb11u1ubuntu0.1 us same 82758 239 7 iperf3 : libsctp1
iperf3 3.9-1+deb11u1ubuntu0.1 us own 14642 61 6 : libiperf0
libwrap0 7.6.q-31build2 m same 47944 109 11 tcp-wrappers
socat 1.7.4.1-3ubuntu4 m own 349118 1349 40 : libwrap0
iputils-tracepath 3:20211215-1ubuntu0.1 ms own 14172 48 6 iputils ? traceroute
net-tools 1.60+git20181103.0eebece-1ubuntu5.4 ms own 204402 800 49
netcat-traditional 1.10-47 u own 63334 140 36 netcat
traceroute 1:2.1.0-2 u own 45386 148 20
bridge-utils 1.7-1ubuntu3 m own 34418 118 32 ? ifupdown
nano 6.2-1ubuntu0.3 ms own 279796 860 73 ? hunspell
less 590-1ubuntu0.22.04.3 ms own 142192 321 17
sudo 1.9.9-1ubuntu2.7 ms own 820198 2508 68
netcat 1.218-4ubuntu1 u all 2044 17 4 netcat-openbsd : netcat-openbsd
`;
