import { listAddressesOfTicket, utilisations } from "../../core/db/address-lists.ts";
import { listPrefixes } from "../../core/db/prefixes.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Register } from "../../core/domain/form/field.ts";
import { sourceKey } from "../../core/domain/ipam/address-source.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import { freeOf } from "../../core/domain/ipam/utilisation.ts";
import type { Step } from "../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { showCount } from "../replies/address-words.ts";
import { kindIcon } from "../replies/prefixes.ts";

type Offer = Record<string, string>;

/** What the registers offer at this moment to each question of a step: key and label. */
export async function offersOfRegisters(db: Db, { asks = [] }: Step, ticket: Ticket): Promise<Record<string, Offer>> {
  const all: Record<string, Offer> = {};
  for (const field of asks) {
    if (field.kind === "register") all[field.name] = await offers[field.register](db, ticket);
  }
  return all;
}

const offers: Record<Register, (db: Db, ticket: Ticket) => Promise<Offer>> = { "address-sources": offerAddresses };

/** What the ticket has already, and every prefix in which an address is free. */
async function offerAddresses(db: Db, ticket: Ticket): Promise<Offer> {
  const theirs = (await listAddressesOfTicket(db, ticket.id)).filter(({ kind }) => kind === "assigned");
  const prefixes = await listPrefixes(db);
  const used = await utilisations(db, prefixes);
  const withFree = prefixes.flatMap((prefix) => {
    const utilisation = used.get(prefix.id);
    const free = utilisation === undefined ? 0n : freeOf(utilisation);
    if (free === 0n) return [];
    const zone = `zona ${prefix.zoneName}, ${showCount(free)} bebas`;
    return [[sourceKey({ prefixId: prefix.id }), `${kindIcon(prefix)} ${showPrefix(prefix)} ${prefix.name} (${zone})`]];
  });
  const kept = theirs.map(({ id, first }) => [sourceKey({ rangeId: id }), `Tetap ${first}`]);
  return Object.fromEntries([...kept, ...withFree]);
}
