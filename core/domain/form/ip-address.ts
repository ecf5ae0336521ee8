import { BlockList, isIPv6 } from "node:net";

/** Networks that no router of the internet knows. source: RFC 1918, 6598, 3927, 1122, 4193, 4291 */
const local = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["127.0.0.0", 8],
  ["0.0.0.0", 8],
] as const) {
  local.addSubnet(network, prefix);
}
for (const [network, prefix] of [
  ["fc00::", 7],
  ["fe80::", 10],
  ["::", 127],
] as const) {
  local.addSubnet(network, prefix, "ipv6");
}

/** @param address that `isIP` knows */
export function isLocal(address: string): boolean {
  return local.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
