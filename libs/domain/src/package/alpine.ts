/**
 * Packages of Alpine 3.23, in the order in which apk installs them when they come together: name,
 * version, KiB on disk, `script` where one runs behind the installation; behind `:` what it needs,
 * as far as the image has not got it already.
 *
 * Names, versions and order are those of published installations; sizes are rounded.
 */
export const alpineRows = `
ncurses-terminfo-base 6.5_p20251123-r0 110
libncursesw 6.5_p20251123-r0 320 : ncurses-terminfo-base
readline 8.3.1-r0 340 : libncursesw
bash 5.3.3-r1 1400 script : readline
fstrm 0.6.1-r4 76
krb5-conf 1.0-r2 8
libcom_err 1.47.3-r0 18
keyutils-libs 1.6.3-r4 22
libverto 0.3.2-r2 30
krb5-libs 1.22.1-r0 2100 : krb5-conf libcom_err keyutils-libs libverto
json-c 0.18-r1 72
nghttp2-libs 1.69.0-r0 180
protobuf-c 1.5.2-r2 40
userspace-rcu 0.15.3-r0 150
libuv 1.52.1-r0 200
xz-libs 5.8.4-r0 250
libxml2 2.13.9-r1 1200 : xz-libs
bind-libs 9.20.29-r0 2900 : fstrm krb5-libs json-c nghttp2-libs protobuf-c userspace-rcu libuv
  libxml2
bind-tools 9.20.29-r0 400 : bind-libs
brotli-libs 1.2.0-r0 920
c-ares 1.34.8-r0 210
libunistring 1.4.1-r0 1850
libidn2 2.3.8-r0 240 : libunistring
libpsl 0.21.5-r3 110 : libidn2
zstd-libs 1.5.7-r2 740
libcurl 8.22.0-r0 660 : brotli-libs c-ares libidn2 libpsl nghttp2-libs zstd-libs
curl 8.22.0-r0 260 : libcurl
ca-certificates 20260413-r0 650
libcap2 2.78-r0 50
iputils-arping 20250605-r0 30 : libcap2
iputils-clockdiff 20250605-r0 22 : libcap2
iputils-ping 20250605-r0 75 : libcap2
iputils-tracepath 20250605-r0 18 : libcap2
iputils 20250605-r0 1 : iputils-arping iputils-clockdiff iputils-ping iputils-tracepath
libelf 0.194-r0 130 : zstd-libs
libmnl 1.0.5-r2 30
iproute2-minimal 6.17.0-r0 820 : libcap2 libelf libmnl
libxtables 1.8.11-r1 60
iproute2-tc 6.17.0-r0 730 : libxtables iproute2-minimal
iproute2-ss 6.17.0-r0 160 : iproute2-minimal
iproute2 6.17.0-r0 450 script : iproute2-minimal iproute2-tc iproute2-ss
libnftnl 1.2.9-r0 190 : libmnl
iptables 1.8.11-r1 1600 : libmnl libnftnl libxtables
mii-tool 2.10-r3 25
net-tools 2.10-r3 410 : mii-tool
libmd 1.1.0-r0 50
libbsd 0.12.2-r0 80 : libmd
netcat-openbsd 1.234.1-r0 45 : libbsd
libgcc 15.2.0-r2 160
libpcap 1.10.7-r0 310
libstdc++ 15.2.0-r2 2700 : libgcc
tcpdump 4.99.5-r1 1300 : libpcap
traceroute 2.1.6-r0 70
pcre2 10.49-r0 680
wget 1.25.0-r2 560 : libidn2 pcre2
redis 8.4.2-r0 3800 script : libgcc libstdc++
`;
