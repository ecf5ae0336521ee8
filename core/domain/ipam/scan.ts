import { accept, type Outcome, refuse } from "../outcome.ts";
import { contains, ownRangesOf, ownSizeOf, type Prefix, parsePrefix, showPrefix } from "./prefix.ts";
import { overlaps, type Range } from "./ranges.ts";

/** Of a larger prefix only what is registered is asked: an IPv6 /64 would take longer than there is time. */
export const mostScanned = 65_536;

/** How long nobody can have the next scan of a prefix, beside the daily one. */
export const scanPauseMinutes = 10;

/** How long an address that nobody has is silent before it counts as gone: a device that comes and goes is one difference. */
export const goneAfterDays = 3;

/** What is answered by the asking machine itself, by a link's neighbours, or by many. source: IANA, special-purpose address registries */
const notScanned = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/64", "fe80::/10", "ff00::/8"];

/** Why a scan says nothing: no address answered at all, so that the way there is cut; or it could not, or may not, be made. */
export type ScanProblem = "nothing-answers" | "no-fping" | "playground" | "failed";

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

/** Too large to be walked through: what is registered there is asked, and what was seen. */
export function isTooLarge(prefix: Prefix, nested: readonly Range[]): boolean {
  return ownSizeOf(prefix, nested) > mostScanned;
}

/** All addresses that a prefix can give, in order. @param nested the prefixes right below it, which are scanned by themselves */
export function addressesOf(prefix: Prefix, nested: readonly Range[]): bigint[] {
  return ownRangesOf(prefix, nested).flatMap(({ first, last }) =>
    Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index)),
  );
}
