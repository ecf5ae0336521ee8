import { type Address, showAddress } from "../ipam/address.ts";
import { contains, type Prefix, prefixOf } from "../ipam/prefix.ts";
import { type Refusal, refuse } from "../outcome.ts";

/**
 * What no check asks, whatever the networks of the profile say: this machine, its link, the metadata of a cloud, groups.
 *
 * source: RFC 1122, 3.2.1.3; RFC 3927; RFC 4291, 2.4; RFC 5771; RFC 919; the metadata of AWS over IPv6
 */
const neverAsked = [
  ...["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32"],
  ...["::/128", "::1/128", "fe80::/10", "ff00::/8", "fd00:ec2::254/128"],
].map(prefixOf);

/** Whether people may have that address asked. @param networks of the profile */
export function refusalOfAddress(address: Address, networks: readonly Prefix[]): Refusal | undefined {
  const one = { family: address.family, first: address.number, last: address.number };
  const shown = showAddress(address);
  if (neverAsked.some((prefix) => contains(prefix, one)))
    return refuse("address-never-asked", { address: shown }).refusal;
  if (networks.some((prefix) => contains(prefix, one))) return undefined;
  return refuse("address-outside-networks", { address: shown }).refusal;
}
