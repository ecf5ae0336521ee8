import { addressOf } from "../core/domain/ipam/address.ts";
import { prefixOf, usableOf } from "../core/domain/ipam/prefix.ts";
import type { ApplicationInput } from "./stack-input.ts";

/** What its parts say of each other and cannot both be true. */
export function problemsOfApplication({ network, web, database, access, volumes }: ApplicationInput): string[] {
  const containers = [...web, ...(database ? [database] : []), ...(access ? [access] : [])];
  if (network === undefined && containers.length > 0) return ["containers need a network"];
  const addresses = [...(network ? [network.gateway] : []), ...containers.map(({ address }) => address)];
  const mounted = containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume));
  return [
    ...addresses
      .filter((each) => network !== undefined && !isUsableIn(each, network.subnet))
      .map((each) => `the address ${each} is none that ${network?.subnet} can give`),
    ...repeatedOf(addresses).map((each) => `the address ${each} is given twice`),
    ...repeatedOf(web.map(({ slot }) => slot)).map((each) => `the slot ${each} is filled twice`),
    ...repeatedOf(volumes).map((each) => `the volume ${each} is listed twice`),
    ...mounted.filter((each) => !volumes.includes(each)).map((each) => `the volume ${each} is mounted and not listed`),
  ];
}

function repeatedOf(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

function isUsableIn(address: string, subnet: string): boolean {
  const { number } = addressOf(address);
  const { first, last } = usableOf(prefixOf(subnet));
  return number >= first && number <= last;
}
