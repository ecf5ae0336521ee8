import { type Address, showAddress } from "../ipam/address.ts";
import { contains, prefixOf } from "../ipam/prefix.ts";
import { type Refusal, refuse } from "../outcome.ts";
import type { MonitoringRules } from "./monitoring-rules.ts";

/** What of the rules says which addresses may be asked. */
export type AskedNetworks = Pick<MonitoringRules, "networks" | "playedAddresses">;

/**
 * What no check asks, whatever the networks of the profile say: this machine, its link, the metadata of a cloud, groups.
 *
 * source: RFC 1122, 3.2.1.3; RFC 3927; RFC 4291, 2.4; RFC 5771; RFC 919; the metadata of AWS over IPv6
 */
const neverAsked = [
  ...["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32"],
  ...["::/128", "::1/128", "fe80::/10", "ff00::/8", "fd00:ec2::254/128"],
].map(prefixOf);

/** Whether people may have that address asked: one of a playground's own, where one is played; else one of the profile's networks. */
export function refusalOfAddress(address: Address, { networks, playedAddresses }: AskedNetworks): Refusal | undefined {
  const shown = showAddress(address);
  if (playedAddresses !== undefined) return refusalOfPlayed(shown, playedAddresses);
  const one = { family: address.family, first: address.number, last: address.number };
  if (neverAsked.some((prefix) => contains(prefix, one)))
    return refuse("address-never-asked", { address: shown }).refusal;
  if (networks.some((prefix) => contains(prefix, one))) return undefined;
  return refuse("address-outside-networks", { address: shown }).refusal;
}

/** @param entered an address, or a name, which leads to none of them */
export function refusalOfPlayed(entered: string, playedAddresses: readonly string[]): Refusal | undefined {
  if (playedAddresses.includes(entered)) return undefined;
  const [example] = playedAddresses;
  if (example === undefined) return refuse("nothing-played").refusal;
  return refuse("address-not-played", { address: entered, example }).refusal;
}
