import { findRangeAt } from "../../db/ipam/address-ranges.ts";
import { lockPrefix, zonesWith } from "../../db/ipam/prefixes.ts";
import { hasRecords, receivesMail } from "../../db/names/dns-records.ts";
import { findNameNow, lockNames } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import { type Address, showAddress } from "../../domain/ipam/address.ts";
import type { RangeKind } from "../../domain/ipam/address-range.ts";
import { isBelow } from "../../domain/names/domain-name.ts";
import type { NameAddress, NameState, Pointing } from "../../domain/names/name.ts";
import { parseTarget } from "../../domain/names/target.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import { lockRange } from "../ipam/lock-range.ts";
import type { Setting } from "../setting.ts";

/** Where a name is to lead: to what stands in `target`, or to ranges of the register by their ids; nothing: nowhere yet. */
export type PointingWish = {
  /** "10.1.2.3, 10.1.2.4", or another name. */
  target?: string | undefined;
  /** In which zone of the register the addresses are meant, where they are in several. */
  zoneId?: number | undefined;
  addressRangeIds?: readonly number[];
  /** Why it is hosted elsewhere, where it is (R56). */
  elsewhere?: string | undefined;
};

type Pointed = { name: string; state: Exclude<NameState, "quarantined"> };

/**
 * What such a wish comes to. An address of the register has to be somebody's, and stays so until the end of the transaction:
 * its prefix is locked, and after it the names. What lies outside of the register needs a reason.
 */
export async function findPointing(
  tx: Tx,
  { rules }: Pick<Setting, "rules">,
  pointed: Pointed,
  wish: PointingWish,
): Promise<Outcome<Pointing>> {
  const target = wish.target === undefined ? undefined : parseTarget(wish.target);
  if (target?.ok === false) return refuseAbout("target", target.refusal);
  const ofRanges = await addressesOfRanges(tx, wish.addressRangeIds ?? [], pointed);
  if (!ofRanges.ok) return ofRanges;
  const entered = await placeAddresses(tx, target?.value.addresses ?? [], { ...pointed, zoneId: wish.zoneId });
  if (!entered.ok) return entered;
  await lockNames(tx);
  const elsewhere = wish.elsewhere ?? null;
  const aliasOf = target?.value.aliasOf ?? null;
  if (aliasOf !== null) return pointAtName(tx, rules.names, pointed.name, { aliasOf, elsewhere });
  const addresses = [...ofRanges.value, ...entered.value];
  const outside = addresses.find(({ zoneId }) => zoneId === null);
  if (outside !== undefined && elsewhere === null) {
    return refuse("domain-elsewhere-why", { target: outside.address, field: "elsewhere" });
  }
  return accept({ addresses, aliasOf: null, elsewhere });
}

/** source: RFC 1034, 3.6.2 (an alias has no other records); RFC 2181, 10.3 (mail and name servers are no aliases) */
async function pointAtName(
  tx: Tx,
  { domain, nameServers }: Setting["rules"]["names"],
  name: string,
  { aliasOf, elsewhere }: { aliasOf: string; elsewhere: string | null },
): Promise<Outcome<Pointing>> {
  const needsAddress = nameServers.includes(name) || (await receivesMail(tx, name));
  if (needsAddress || (await hasRecords(tx, name))) return refuse("domain-no-alias", { name, field: "target" });
  for (let at: string | null = aliasOf; at !== null; ) {
    if (at === name) return refuse("domain-points-at-itself", { name, field: "target" });
    const next = await findNameNow(tx, at);
    const isThere = next?.state === "in-use";
    if (!isThere && isBelow(at, domain)) return refuse("domain-target-unknown", { target: at, field: "target" });
    if (!isThere && elsewhere === null) return refuse("domain-elsewhere-why", { target: at, field: "elsewhere" });
    at = next?.aliasOf ?? null;
  }
  return accept({ addresses: [], aliasOf, elsewhere });
}

/** A name in use leads to what is in use; one that is reserved may lead to what is reserved with it. */
function mayLeadTo({ state }: Pick<Pointed, "state">, kind: RangeKind): boolean {
  return kind === "assigned" || (kind === "reserved" && state === "reserved");
}

async function addressesOfRanges(
  tx: Tx,
  rangeIds: readonly number[],
  pointed: Pointed,
): Promise<Outcome<NameAddress[]>> {
  const addresses: NameAddress[] = [];
  for (const rangeId of rangeIds) {
    const found = await lockRange(tx, rangeId);
    if (found === undefined) return refuse("range-changed");
    const { family, kind, first: number } = found.range;
    const address = showAddress({ family, number });
    if (!mayLeadTo(pointed, kind)) return refuse("domain-address-free", { address, field: "target" });
    addresses.push({ zoneId: found.prefix.zoneId, address });
  }
  return accept(addresses);
}

/** Finds in which zone each is. In several: in the one that is meant. In none: outside of the register. */
async function placeAddresses(
  tx: Tx,
  addresses: readonly Address[],
  pointed: Pointed & { zoneId: number | undefined },
): Promise<Outcome<NameAddress[]>> {
  const placed = new Map<string, NameAddress>();
  for (const address of addresses) {
    const shown = showAddress(address);
    const zones = await zonesWith(tx, address);
    const meant = zones.length > 1 ? zones.find((each) => each === pointed.zoneId) : zones[0];
    if (meant === undefined && zones.length > 1) return refuse("domain-zone-open", { address: shown, field: "zone" });
    if (meant !== undefined && !mayLeadTo(pointed, await lockKindAt(tx, meant, address))) {
      return refuse("domain-address-free", { address: shown, field: "target" });
    }
    placed.set(shown, { zoneId: meant ?? null, address: shown });
  }
  return accept([...placed.values()]);
}

/** What the address is now, under the lock of its prefix; nobody can have one that is in no range. */
async function lockKindAt(tx: Tx, zoneId: number, address: Address): Promise<RangeKind> {
  const seen = await findRangeAt(tx, zoneId, address);
  if (seen === undefined) return "free";
  await lockPrefix(tx, seen.prefixId);
  return (await findRangeAt(tx, zoneId, address))?.kind ?? "free";
}
