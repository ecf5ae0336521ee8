import { accept, type Outcome, refuse } from "../outcome.ts";
import { contains, ownRangesOf, ownSizeOf, type Prefix, parsePrefix, showPrefix } from "./prefix.ts";
import { overlaps, type Range } from "./ranges.ts";

/** Of a larger prefix only what is registered is asked: an IPv6 /64 would take longer than there is time. */
export const mostScanned = 65_536n;

/** How long nobody can have the next scan of a prefix, beside the daily one. */
export const scanPauseMinutes = 10;

/** What is answered by the asking machine itself, by a link's neighbours, or by many. source: IANA, special-purpose address registries */
const notScanned = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/64", "fe80::/10", "ff00::/8"];

/** What differs between the register and what was seen. */
export type Difference =
  /** It answers, and nobody has it. */
  | "unregistered"
  /** Somebody has it, and it has not answered for long. */
  | "silent";

/**
 * Whether a prefix can be scanned.
 *
 * @param others prefixes that are scanned already: of two zones, the same address is reached in one only
 */
export function refusalOfScanning(
  prefix: Prefix & { zoneId: number },
  others: readonly (Prefix & { zoneId: number; zoneName: string })[],
): Outcome {
  if (notScanned.some((network) => overlapsNetwork(prefix, network))) {
    return refuse("prefix-not-scannable", { prefix: showPrefix(prefix) });
  }
  const twin = others.find(
    (other) => other.zoneId !== prefix.zoneId && other.family === prefix.family && overlaps(other, prefix),
  );
  if (twin === undefined) return accept();
  const twinName = { other: showPrefix(twin), zone: twin.zoneName };
  return refuse("prefix-scanned-elsewhere", { prefix: showPrefix(prefix), ...twinName });
}

function overlapsNetwork(prefix: Prefix, network: string): boolean {
  const parsed = parsePrefix(network);
  if (!parsed.ok) throw new RangeError(`${network} is no prefix: ${parsed.refusal.code}`);
  return contains(parsed.value, prefix) || contains(prefix, parsed.value);
}

/**
 * The addresses that a scan of a prefix asks, in order: all that it can give, or of a large one those that are registered.
 *
 * @param nested the prefixes right below it, which are scanned by themselves
 * @param registered numbers of addresses of the prefix that are assigned, reserved or quarantined
 */
export function addressesToScan(prefix: Prefix, nested: readonly Range[], registered: readonly bigint[]): bigint[] {
  if (ownSizeOf(prefix, nested) > mostScanned) return registered.slice(0, Number(mostScanned));
  return ownRangesOf(prefix, nested).flatMap(({ first, last }) =>
    Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index)),
  );
}
