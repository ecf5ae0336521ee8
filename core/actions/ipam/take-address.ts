import { findTakenRange } from "../../db/ipam/address-ranges.ts";
import { findPrefix } from "../../db/ipam/prefixes.ts";
import { findNameNow } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { isLocal } from "../../domain/form/ip-address.ts";
import { parseSourceKey } from "../../domain/ipam/address-source.ts";
import { type Prefix, showPrefix } from "../../domain/ipam/prefix.ts";
import { showRange } from "../../domain/ipam/range-text.ts";
import { accept, type Outcome, type Refusal, refuse, refuseAbout } from "../../domain/outcome.ts";
import { nameInRegister } from "../../domain/ticket/name-in-register.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { placeName } from "../names/give-name.ts";
import { leadNameTo } from "../names/lead-name.ts";
import type { Setting } from "../setting.ts";
import type { Taking } from "../ticket/take-for-step.ts";
import { placeAddress } from "./give-address.ts";

/**
 * The address of a server or an application (L IV.1, 8-9): the next of a prefix, a wished one, or the one that its ticket
 * has; and the name that leads there from now on (R14).
 */
export async function takeAddress(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { "address-from": key = "", "ip-address": wished = null, "dns-name": name, ...others } = taking.answers;
  const source = parseSourceKey(key);
  if (source === undefined) return refuse("not-offered", { field: "address-from" });
  const found =
    "rangeId" in source
      ? await keepAddress(tx, taking.ticket, source.rangeId)
      : await giveAddress(tx, setting, taking, { prefixId: source.prefixId, address: wished });
  if (!found.ok) return found;
  const { rangeId, words } = found.value;
  if (name === undefined) return accept({ ...others, ...words });
  const named = await giveName(tx, setting, taking, { name, rangeId });
  return named.ok ? accept({ ...others, ...words, "dns-name": named.value }) : named;
}

/** The range of the address, and what the step keeps of it in words. */
type Addressed = { rangeId: number; words: Answers };

async function giveAddress(
  tx: Tx,
  setting: Setting,
  { ticket, person }: Taking,
  wanted: { prefixId: number; address: string | null },
): Promise<Outcome<Addressed>> {
  const grounds = { ...groundsOf(ticket), officeId: ticket.officeId };
  const given = await placeAddress(
    tx,
    setting,
    { ...wanted, kind: "assigned", grounds, until: null },
    { personId: person.id },
  );
  if (!given.ok) return asAnswer(given.refusal);
  const { rangeId, address } = given.value;
  return accept({ rangeId, words: inWords(address, await findPrefix(tx, wanted.prefixId)) });
}

/** The step is done again, and the address stays. */
async function keepAddress(tx: Tx, ticket: Ticket, rangeId: number): Promise<Outcome<Addressed>> {
  const range = await findTakenRange(tx, rangeId);
  const isTheirs = range?.kind === "assigned" && range.grounds?.ticketId === ticket.id;
  if (!isTheirs) return refuse("not-offered", { field: "address-from" });
  return accept({ rangeId, words: inWords(showRange(range), await findPrefix(tx, range.prefixId)) });
}

/** One that the ticket has already leads to that address, too, from now on. */
async function giveName(
  tx: Tx,
  setting: Setting,
  { ticket, person }: Taking,
  { name, rangeId }: { name: string; rangeId: number },
): Promise<Outcome<string>> {
  const present = await findNameNow(tx, name);
  if (present?.grounds?.ticketId === ticket.id) {
    const led = await leadNameTo(tx, setting, name, { rangeId, personId: person.id });
    return led.ok ? accept(name) : refuseAbout("dns-name", led.refusal);
  }
  const kind = ticket.answers.service === "colocation" ? "service" : "application";
  const placing = { name, kind, officeId: ticket.officeId, grounds: groundsOf(ticket), until: null } as const;
  const given = await placeName(tx, setting, { ...placing, addressRangeIds: [rangeId] }, { personId: person.id });
  return given.ok ? accept(given.value.name) : refuseAbout("dns-name", given.refusal);
}

function groundsOf(ticket: Ticket) {
  return { name: nameInRegister(ticket), ticketId: ticket.id, letter: null };
}

function inWords(address: string, prefix: Prefix | undefined): Answers {
  return {
    ...(prefix === undefined ? {} : { "address-from": showPrefix(prefix) }),
    ...{ "ip-address": address, "address-kind": isLocal(address) ? "local" : "public" },
  };
}

/** Is about a question of the step, which is asked again. */
function asAnswer(refusal: Refusal): Outcome<never> {
  return refuseAbout(refusal.values.field === "address" ? "ip-address" : "address-from", refusal);
}
