/**
 * Packages of Debian 12 (bookworm), in the order in which apt unpacks them when they come together:
 * name, version, component (`m` main, `u` universe, `s` from its updates), architecture (`all`,
 * `own`, or `same`: one beside that of another one), bytes to fetch, KiB on disk, files, and its
 * source where that has another name; behind `:` what it depends on, behind `+` what it recommends,
 * behind `?` what it suggests, as far as a minimal installation has not got it already.
 *
 * Written down from `apt-cache show` and `dpkg-deb -c` on an installation of apt and dpkg alone.
 */
export const bookwormRows = `
libuv1 1.44.2-1+deb12u1 m same 135616 294 6
libfstrm0 0.6.1-1 m same 21596 70 7 fstrm
libelf1 0.188-2.1 m same 173796 1036 13 elfutils
libbpf1 1:1.1.2-0+deb12u1 m same 145032 385 5 libbpf : libelf1
libkrb5support0 1.20.1-2+deb12u5 m same 33212 134 5 krb5
libk5crypto3 1.20.1-2+deb12u5 m same 79712 261 5 krb5 : libkrb5support0 ? krb5-doc krb5-user
libkeyutils1 1.6.3-2 m same 8808 40 5 keyutils
libatomic1 12.2.0-14+deb12u1 m same 9376 45 3 gcc-12
libsctp1 1.0.19+dfsg-2 m same 29720 56 6 lksctp-tools ? lksctp-tools
libssl3 3.0.22-1~deb12u2 ms same 2039888 6042 12 openssl
libiperf0 3.12-1+deb12u2 m same 91200 252 8 iperf3 : libsctp1 libssl3
iperf3 3.12-1+deb12u2 m own 33964 86 12 : libiperf0
openssl 3.0.22-1~deb12u2 ms own 1441784 2315 308 : libssl3 ? ca-certificates
ca-certificates 20250419~deb12u2 ms all 160948 388 175 : openssl
libkrb5-3 1.20.1-2+deb12u5 m same 332280 1077 13 krb5 : libk5crypto3 libkeyutils1 libkrb5support0
  libssl3 + krb5-locales ? krb5-doc krb5-user
libgssapi-krb5-2 1.20.1-2+deb12u5 m same 135168 425 8 krb5 : libk5crypto3 libkrb5-3
  libkrb5support0 ? krb5-doc krb5-user
libjemalloc2 5.3.0-1 m same 275000 872 6 jemalloc
liblzf1 3.6-3 m same 10192 39 6 liblzf
redis-tools 5:7.0.15-1~deb12u10 ms own 991988 5837 20 redis : libatomic1 libjemalloc2 liblzf1
  libssl3 ? ruby-redis
libjson-c5 0.16-2 m same 44120 109 8 json-c
liblmdb0 0.9.24-1 m same 44996 104 5 lmdb
libmaxminddb0 1.7.1-1 m same 29812 76 8 libmaxminddb ? mmdb-bin
libnghttp2-14 1.52.0-1+deb12u3 m same 72404 220 7 nghttp2
libprotobuf-c1 1.4.1-1+b1 m same 27492 69 7 protobuf-c
libicu72 72.1-3+deb12u1 m same 9376124 36170 16 icu
libxml2 2.9.14+dfsg-1.3~deb12u6 m same 688760 1867 10 : libicu72
bind9-libs 1:9.18.49-1~deb12u3 ms same 1185996 3509 12 bind9 : libuv1 libfstrm0 libgssapi-krb5-2
  libjemalloc2 libjson-c5 libkrb5-3 liblmdb0 libmaxminddb0 libnghttp2-14 libprotobuf-c1 libssl3
  libxml2
bind9-host 1:9.18.49-1~deb12u3 ms own 57620 147 6 bind9 : bind9-libs libjemalloc2
netbase 6.4 m all 12800 36 7
inetutils-traceroute 2:2.4-2+deb12u3 m own 67976 121 10 inetutils : netbase
inetutils-ping 2:2.4-2+deb12u3 m own 86720 214 12 inetutils : netbase
inetutils-telnet 2:2.4-2+deb12u3 m own 120880 257 10 inetutils : libk5crypto3 libkrb5-3 netbase
libjansson4 2.14-2 m same 40788 101 9 jansson
libbsd0 0.11.7-2 m same 117416 202 7 libbsd
netcat-openbsd 1.219-1 m own 41520 108 23 : libbsd0
libmnl0 1.0.4-3 m same 12476 46 5 libmnl
ethtool 1:6.1-1 m own 196612 668 15 : libmnl0
libnftnl11 1.2.4-2 m same 61632 233 5 libnftnl : libmnl0
libtirpc-common 1.3.3+ds-1 m all 14048 35 7 libtirpc
libtirpc3 1.3.3+ds-1 m same 85192 226 7 libtirpc : libgssapi-krb5-2 libtirpc-common
libxtables12 1.8.9-2 m same 30752 101 6 iptables
libnftables1 1.0.6-2+deb12u2 m same 299116 920 7 nftables : libjansson4 libmnl0 libnftnl11
  libxtables12
libcap2-bin 1:2.66-4+deb12u3+b1 m own 35220 133 16 libcap2 + libpam-cap
iputils-arping 3:20221126-1+deb12u1 m own 20016 50 7 iputils : libcap2-bin
iputils-ping 3:20221126-1+deb12u1 m own 47172 121 9 iputils : libcap2-bin
iproute2 6.1.0-3 m own 1045828 3516 185 : libbpf1 libbsd0 libelf1 libmnl0 libtirpc3 libxtables12
  libcap2-bin + libatm1 ? iproute2-doc python3:any
libedit2 3.1-20221030-2 m same 92992 258 10 libedit : libbsd0
nftables 1.0.6-2+deb12u2 m own 70292 176 36 : libnftables1 libedit2 + netbase ? firewalld
libip4tc2 1.8.9-2 m same 19016 66 6 iptables
libip6tc2 1.8.9-2 m same 19416 66 6 iptables
libnfnetlink0 1.0.2-2 m same 15132 51 5 libnfnetlink
libnetfilter-conntrack3 1.0.9-3 m same 40704 139 5 libnetfilter-conntrack : libmnl0 libnfnetlink0
conntrack 1:1.4.7-1+b2 m own 35240 117 6 conntrack-tools : libmnl0 libnetfilter-conntrack3 ?
  nftables
iptables 1.8.9-2 m own 360192 2408 200 : libip4tc2 libip6tc2 libxtables12 netbase libmnl0
  libnetfilter-conntrack3 libnfnetlink0 libnftnl11 + nftables ? firewalld kmod
bind9-dnsutils 1:9.18.49-1~deb12u3 ms own 158488 501 16 bind9 : bind9-host bind9-libs libedit2
  libjemalloc2 libkrb5-3 libprotobuf-c1
krb5-locales 1.20.1-2+deb12u5 m all 63520 273 7 krb5
telnet 0.17+2.4-2+deb12u3 m all 41896 54 7 inetutils : inetutils-telnet
libnsl2 1.3.0-2 m same 39480 127 6 libnsl : libtirpc3
libwrap0 7.6.q-32 m same 54936 110 12 tcp-wrappers : libnsl2
socat 1.7.4.4-2 m own 375188 1515 41 : libssl3 libwrap0
libatm1 1:2.5.1-4+b2 m same 68312 107 7 linux-atm
libpam-cap 1:2.66-4+deb12u3+b1 m same 15052 53 11 libcap2
libbrotli1 1.0.9-2+deb12u1 ms same 274704 783 10 brotli
libsasl2-modules-db 2.1.28+dfsg-10+deb12u1 ms same 20524 77 8 cyrus-sasl2
libsasl2-2 2.1.28+dfsg-10+deb12u1 ms same 59908 167 9 cyrus-sasl2 : libsasl2-modules-db +
  libsasl2-modules
libldap-2.5-0 2.5.13+dfsg-5 m same 183248 553 10 openldap : libsasl2-2 + libldap-common
libpsl5 0.21.2-1 m same 58684 96 6 libpsl + publicsuffix
wget 1.21.3-1+deb12u1 m own 937340 3521 94 : libpsl5 + ca-certificates
librtmp1 2.4+20151223.gitfa8646d.1-2+b2 m same 60824 146 6 rtmpdump
libssh2-1 1.10.0-3+deb12u1 ms same 175976 353 8 libssh2 : libssl3
libcurl4 7.88.1-10+deb12u15 m same 392184 840 6 curl : libbrotli1 libgssapi-krb5-2 libldap-2.5-0
  libnghttp2-14 libpsl5 librtmp1 libssh2-1 libssl3 + ca-certificates
curl 7.88.1-10+deb12u15 m own 315764 489 9 : libcurl4
libldap-common 2.5.13+dfsg-5 m all 29348 92 7 openldap
libsasl2-modules 2.1.28+dfsg-10+deb12u1 ms same 66868 284 25 cyrus-sasl2 : libssl3 ?
  libsasl2-modules-gssapi-mit libsasl2-modules-gssapi-heimdal libsasl2-modules-ldap
  libsasl2-modules-otp libsasl2-modules-sql
publicsuffix 20230209.2326-1 m all 126380 339 11
dnsutils 1:9.18.49-1~deb12u3 ms all 14224 26 4 bind9 : bind9-dnsutils
libdbus-1-3 1.14.10-1~deb12u1 m same 201240 468 8 dbus + dbus
dbus-bin 1.14.10-1~deb12u1 m own 105356 213 16 dbus : libdbus-1-3
dbus-session-bus-common 1.14.10-1~deb12u1 m all 78232 107 12 dbus
libapparmor1 3.0.8-3 m same 41192 109 5 apparmor
libexpat1 2.5.0-1+deb12u5 ms same 107940 414 9 expat
dbus-daemon 1.14.10-1~deb12u1 m own 183656 375 11 dbus : dbus-bin dbus-session-bus-common
  libapparmor1 libdbus-1-3 libexpat1
dbus-system-bus-common 1.14.10-1~deb12u1 m all 79344 119 15 dbus
dbus 1.14.10-1~deb12u1 m own 97360 182 18 : dbus-bin dbus-daemon dbus-system-bus-common
  libdbus-1-3 libexpat1 ? default-dbus-session-bus dbus-session-bus
sgml-base 1.31 m all 15372 70 26 ? sgml-base-doc
libnet1 1.1.6+dfsg-3.2 m same 60328 153 9 libnet : sgml-base
libpcap0.8 1.10.3-1 m same 156700 368 10 libpcap : libdbus-1-3
tcpdump 4.99.3-1 m own 466880 1332 16 : libpcap0.8 libssl3 ? apparmor
arping 2.23-1 m own 33020 77 10 : libnet1 libpcap0.8
vim-common 2:9.0.1378-2+deb12u2 m all 124836 245 67 vim + xxd vim
libncursesw6 6.4-4 m same 133824 412 9 ncurses + libgpm2
nano 7.2-1+deb12u1 m own 689556 2804 112 : libncursesw6 ? hunspell
libproc2-0 2:4.0.2-3 m same 62804 232 7 procps
procps 2:4.0.2-3 m own 708712 2091 162 : libncursesw6 libproc2-0 + psmisc
libgpm2 1.20.7-10+b1 m same 14216 45 6 gpm ? gpm
psmisc 23.6-1 m own 258696 909 120
libsodium23 1.0.18-1+deb12u1 m same 162044 415 9 libsodium
vim-runtime 2:9.0.1378-2+deb12u2 m all 7026844 36406 2060 vim + vim
vim 2:9.0.1378-2+deb12u2 m own 1567756 3650 10 : vim-common vim-runtime libgpm2 libsodium23 ?
  ctags vim-doc vim-scripts
xxd 2:9.0.1378-2+deb12u2 m own 84116 135 7 vim
libonig5 6.9.8-1 m same 187828 666 6 libonig
libjq1 1.6-2.1+deb12u3 ms same 136460 366 6 jq : libonig5
jq 1.6-2.1+deb12u3 ms own 64432 111 8 : libjq1
iputils-tracepath 3:20221126-1+deb12u1 m own 18060 46 7 iputils ? traceroute
net-tools 2.10-0.1+deb12u2 m own 243404 978 55
netcat-traditional 1.10-47 m own 67876 143 37 netcat
traceroute 1:2.1.2-1 m own 51456 155 21
bridge-utils 1.7.1-1 m own 34452 114 33 ? ifupdown
less 590-2.1~deb12u2 m own 132044 313 17
sudo 1.9.13p3-1+deb12u4 m own 1890344 6055 143
`;
