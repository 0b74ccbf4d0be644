#!/usr/bin/env python3
"""Records what the real tools print about two small network namespaces (root, Linux).

Needs iproute2 6.1, iptables 1.8.9, bridge-utils 1.7.1, net-tools 2.10 and BusyBox 1.35 (Debian 12).
The machines are made as an engine makes them: no queue length, no duplicate address detection.
Counters, timers and queue numbers differ from run to run and stand as zero; nothing else is changed.

    ./record.py > tools.json
"""
import json
import re
import subprocess
import sys

HOST, INSIDE = "nfhost", "nfinside"
SETUP = f"""
ip netns add {HOST}
ip netns add {INSIDE}
sysctl -qw net.ipv6.conf.default.accept_dad=0
ip -n {HOST} link set lo up
ip -n {HOST} link add br0 address 02:42:00:00:00:01 txqueuelen 0 type bridge
ip -n {HOST} addr add 10.1.0.1/24 brd + dev br0
ip -n {HOST} link set br0 up
ip -n {HOST} link add br9 address 02:42:00:00:00:09 txqueuelen 0 type bridge
ip -n {HOST} addr add 10.9.0.1/24 brd + dev br9
ip -n {INSIDE} link set lo up
ip -n {HOST} link add veth0 index 5 address 02:42:00:00:00:05 txqueuelen 0 type veth peer name eth0 index 4 address 02:42:0a:01:00:02 txqueuelen 0 netns {INSIDE}
ip -n {HOST} link set veth0 master br0 up
ip -n {INSIDE} addr add 10.1.0.2/24 brd + dev eth0
ip -n {INSIDE} addr add fd00::2/64 nodad dev eth0
ip -n {INSIDE} link set eth0 up
ip -n {INSIDE} route add default via 10.1.0.1
ip -n {HOST} link set br9 up
ip -n {HOST} link add veth9 index 7 address 02:42:00:00:00:07 txqueuelen 0 type veth peer name eth9 index 6 netns {INSIDE}
ip -n {HOST} link set veth9 master br9 up
ip -n {INSIDE} link set eth9 up
ip -n {INSIDE} link del eth9
"""
RULES = """
iptables -P FORWARD DROP
iptables -N DOCKER
iptables -N DOCKER-USER
iptables -A FORWARD -j DOCKER-USER
iptables -A FORWARD -o br0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
iptables -A FORWARD -o br0 -j DOCKER
iptables -A FORWARD -i br0 ! -o br0 -j ACCEPT
iptables -A DOCKER -d 10.1.0.2 ! -i br0 -o br0 -p tcp -m tcp --dport 80 -j ACCEPT
iptables -A DOCKER-USER -j RETURN
iptables -t nat -N DOCKER
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
iptables -t nat -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
iptables -t nat -A POSTROUTING -s 10.1.0.0/24 ! -o br0 -j MASQUERADE
iptables -t nat -A POSTROUTING -s 10.1.0.2 -d 10.1.0.2 -p tcp -m tcp --dport 80 -j MASQUERADE
iptables -t nat -A DOCKER -i br0 -j RETURN
iptables -t nat -A DOCKER -d 127.0.0.1 ! -i br0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.1.0.2:80
"""
ON_HOST = """
ip link
ip addr
ip -d link show veth0
ip -d link show br0
ip -br link
ip -br addr
ip -4 -br addr
ip -4 addr
ip -6 addr
ip -o link
ip -o addr
ip -o -4 addr show dev br0
ip -s link show br0
ip -j link
ip -j -br addr
ip -j addr show dev br0
ip -j route
ip link show veth0
ip link show master br0
ip link show type bridge
ip addr show nosuch
ip link foo
ip foo
ip -V
ip route
ip route show dev br0
ip route show 10.1.0.0/24
ip route show dev nosuch
ip route get 8.8.8.8
ip route foo
ip rule
ip neigh show dev nosuch
bridge link
bridge link show dev veth0
bridge -d link
bridge fdb show dev nosuch
brctl show
brctl show br0
brctl show nosuch
brctl show br0 nosuch
brctl showmacs br0
brctl showmacs nosuch
brctl foo
ifconfig
ifconfig br0
ifconfig nosuch
route
route -n
netstat -rn
netstat -tlnp
arp -n
ss -ltn
iptables -S
iptables -S DOCKER
iptables -t nat -S
iptables -t nat -S DOCKER
iptables -L -n
iptables -nvL --line-numbers
iptables -t nat -nvL
iptables -L FORWARD
iptables -S NOSUCH
iptables -t foo -L
iptables
iptables -V
ip6tables -S
iptables-save -t nat
"""
INSIDE_COMMANDS = """
ifconfig
ifconfig eth0
ifconfig nosuch
ip addr
ip addr show eth0
ip addr show nosuch
ip link
ip link show nosuch
ip -o link
ip -o -4 addr
ip -o addr
ip -4 addr
ip -6 addr
ip route
ip -6 route
ip route get 10.1.0.9
ip rule
ip foo
route
route -n
netstat -rn
netstat -r
netstat -tln
netstat -tlnp
cat /sys/class/net/eth0/iflink
cat /sys/class/net/eth0/address
ls /sys/class/net
cat /proc/net/route
cat /nosuch
ls /nosuch
sh -c nosuch
"""


def plain(text):
    """Counters, timers, queues and hardware offloads are the machine's own."""
    rules = [
        (r"([RT]X packets )\d+  bytes \d+ \([^)]*\)", r"\g<1>0  bytes 0 (0.0 B)"),
        (r"([RT]X errors 0  dropped )\d+", r"\g<1>0"),
        (r"([RT]X packets:)\d+ (errors:0 dropped:)\d+", r"\g<1>0 \g<2>0"),
        (r"RX bytes:\d+ \([^)]*\)  TX bytes:\d+ \([^)]*\)", "RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)"),
        (r"(_timer) +\d+\.\d\d", r"\g<1>    0.00"),
        (r"(?m)^ +\d+ +\d+ +0 +\d+ +\d+ +\d+ $", "             0       0      0       0       0       0 "),
        (r"(?m)^(\d {4})? *\d+ +\d+ (?=\S+ +\d+ +--)", lambda m: (m.group(1) or "") + "    0     0 "),
        (r"\(policy (\w+) \d+ packets, \d+ bytes\)", r"(policy \1 0 packets, 0 bytes)"),
        (r"\[\d+:\d+\]", "[0:0]"),
        (r"(?m)^# (Generated|Completed).*$", r"# \1"),
        (r"link-netns \S+", "link-netnsid 0"),
        (r"(?<=no\t\t) +\d\.\d\d|(?<=yes\t\t) +\d\.\d\d", "   0.00"),
    ]
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return text


def sh(lines, namespace=None):
    for line in filter(None, lines.strip().splitlines()):
        prefix = f"ip netns exec {namespace} " if namespace else ""
        subprocess.run(prefix + line, shell=True, check=True)


def run(namespace, command, prefix):
    argv = ["ip", "netns", "exec", namespace, *prefix, *command.split()]
    done = subprocess.run(argv, capture_output=True, text=True, env={"LANG": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    return {"command": command, "stdout": plain(done.stdout), "stderr": plain(done.stderr), "exitCode": done.returncode}


def record():
    sh(SETUP)
    sh(RULES, HOST)
    subprocess.run(["sleep", "2"], check=True)
    return {
        "recordedWith": "iproute2 6.1.0, iptables 1.8.9 (nf_tables), bridge-utils 1.7.1, net-tools 2.10, BusyBox 1.35.0",
        "host": [run(HOST, line, []) for line in ON_HOST.strip().splitlines()],
        "inside": [run(INSIDE, line, ["busybox"]) for line in INSIDE_COMMANDS.strip().splitlines()],
    }


try:
    json.dump(record(), sys.stdout, indent=1, ensure_ascii=False)
    print()
finally:
    for name in (HOST, INSIDE):
        subprocess.run(["ip", "netns", "del", name], check=False)
