import { bridgePrefix } from "../../core/domain/hosting/stack-names.ts";

/** What no application may begin to talk to. source: RFC 1918, 6598, 3927, 1122, 5771, 919, 2544, 6890 */
const privateNetworks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "192.0.0.0/24",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

/** Every bridge of an application. */
const bridges = `${bridgePrefix}+`;
const answers = "-m conntrack --ctstate ESTABLISHED,RELATED";

/**
 * A POSIX shell script that puts the rules of hosting into the firewall of the host it runs on, as root. Run again it puts the
 * same rules there, and at no moment none. An application answers whom it is asked by; by itself it reaches neither the host,
 * nor another application, nor the office's networks, but for the name servers that the host uses. DOCKER-USER is the chain
 * that Docker leaves to us; it is made here where Docker has not started yet. Nobody who connects to the proxy while its routes
 * change is refused either.
 */
export function hostRules(): string {
  return `#!/bin/sh
# What applications of Simpul may reach. Written by: npm run runbook -- prepare-host
set -eu

# once COMMAND CHAIN RULE…: as the first rule of the chain, and there once.
once() {
  command=$1 chain=$2
  shift 2
  "$command" -w -C "$chain" "$@" 2>/dev/null || "$command" -w -I "$chain" 1 "$@"
}

# Docker asks these, too, and not the stub of systemd-resolved.
resolvers=/run/systemd/resolve/resolv.conf
[ -r "$resolvers" ] || resolvers=/etc/resolv.conf

# In one step, so that there is no moment without them.
{
  echo "*filter"
  echo ":SIMPUL-HOST - [0:0]"
  echo ":SIMPUL-OUT - [0:0]"
  echo "-A SIMPUL-HOST ${answers} -j RETURN"
  echo "-A SIMPUL-HOST -j DROP"
  echo "-A SIMPUL-OUT ${answers} -j RETURN"
  # From one container of an application to another one of the same.
  echo "-A SIMPUL-OUT -m physdev --physdev-is-bridged -j RETURN"
  sed -n 's/^nameserver  *\\([0-9.]*\\)$/\\1/p' "$resolvers" | while read -r server; do
    echo "-A SIMPUL-OUT -d $server -p udp --dport 53 -j RETURN"
    echo "-A SIMPUL-OUT -d $server -p tcp --dport 53 -j RETURN"
  done
${privateNetworks.map((network) => `  echo "-A SIMPUL-OUT -d ${network} -j DROP"`).join("\n")}
  echo "COMMIT"
} | iptables-restore -w --noflush

iptables -w -N DOCKER-USER 2>/dev/null || true
once iptables INPUT -i '${bridges}' -j SIMPUL-HOST
once iptables DOCKER-USER -i '${bridges}' -j SIMPUL-OUT

# They have no address of IPv6, and shall find no way by it.
if ip6tables -w -L INPUT >/dev/null 2>&1; then
  once ip6tables INPUT -i '${bridges}' -j DROP
  once ip6tables FORWARD -i '${bridges}' -j DROP
fi

# Given other routes, the proxy opens its ports anew and closes the former: who waits there to be let in goes over (Linux 5.14).
migrate=/proc/sys/net/ipv4/tcp_migrate_req
[ ! -w "$migrate" ] || echo 1 >"$migrate"
`;
}

export const rulesFile = "/usr/local/sbin/simpul-host-rules";
export const unitFile = "/etc/systemd/system/simpul-host-rules.service";

/** Before Docker, so that no container ever starts without the rules; as Docker when there is a network, whose name servers they let pass. */
export const rulesUnit = `[Unit]
Description=What applications of Simpul may reach
Before=docker.service
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${rulesFile}

[Install]
WantedBy=multi-user.target
RequiredBy=docker.service
`;
