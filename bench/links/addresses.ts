import { interfaces, type Network } from "../../test/e2e/support/network.ts";

/** Every address of 172.30.0.0/16 is there, and those of its last /24 are dropped in silence. */
export function openAddresses(network: Network) {
  const [child = ""] = network.children;
  network.at("children", "ip", "route", "add", "local", "172.30.0.0/16", "dev", "lo");
  network.at("children", "iptables", "-A", "INPUT", "-i", interfaces.ofChildren, "-d", "172.30.255.0/24", "-j", "DROP");
  network.at("router", "ip", "route", "add", "172.30.0.0/16", "via", child);
  network.here("route", "add", "172.30.0.0/16", "via", network.router);
  return {
    silent: (index: number) => `172.30.255.${index + 1}`,
    answering: (index: number) => `172.30.${Math.floor(index / 200)}.${(index % 200) + 1}`,
  };
}
