import { findTakenRange } from "../db/address-ranges.ts";
import { findPrefix } from "../db/prefixes.ts";
import type { Tx } from "../db/tables.ts";
import type { Answers } from "../domain/form/field.ts";
import { isLocal } from "../domain/form/ip-address.ts";
import { parseSourceKey } from "../domain/ipam/address-source.ts";
import { type Prefix, showPrefix } from "../domain/ipam/prefix.ts";
import { showRange } from "../domain/ipam/range-text.ts";
import { accept, type Outcome, type Refusal, refuse } from "../domain/outcome.ts";
import { nameInRegister } from "../domain/ticket/name-in-register.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import { type Given, placeAddress } from "./give-address.ts";
import type { Setting } from "./setting.ts";
import type { Taking } from "./take-for-step.ts";

/** The address of a server or an application (L IV.1, 8-9): the next of a prefix, a wished one, or the one that its ticket has. */
export async function takeAddress(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { answers, ticket, personId } = taking;
  const { "address-from": key = "", "ip-address": wished = null, ...others } = answers;
  const source = parseSourceKey(key);
  if (source === undefined) return refuse("not-offered", { field: "address-from" });
  if ("rangeId" in source) return keepAddress(tx, ticket, source.rangeId, others);
  const { prefixId } = source;
  const given = await giveTo(tx, setting, ticket, { prefixId, address: wished }, personId);
  if (!given.ok) return asAnswer(given.refusal);
  const prefix = await findPrefix(tx, prefixId);
  return accept({ ...others, ...inWords(given.value.address, prefix) });
}

function giveTo(
  tx: Tx,
  setting: Setting,
  ticket: Ticket,
  wanted: { prefixId: number; address: string | null },
  personId: number,
): Promise<Outcome<Given>> {
  const grounds = { name: nameInRegister(ticket), officeId: ticket.officeId, ticketId: ticket.id, letter: null };
  return placeAddress(tx, setting, { ...wanted, kind: "assigned", grounds, until: null }, { personId });
}

/** The step is done again, and the address stays. */
async function keepAddress(tx: Tx, ticket: Ticket, rangeId: number, others: Answers): Promise<Outcome<Answers>> {
  const range = await findTakenRange(tx, rangeId);
  const isTheirs = range?.kind === "assigned" && range.grounds?.ticketId === ticket.id;
  if (!isTheirs) return refuse("not-offered", { field: "address-from" });
  return accept({ ...others, ...inWords(showRange(range), await findPrefix(tx, range.prefixId)) });
}

function inWords(address: string, prefix: Prefix | undefined): Answers {
  return {
    ...(prefix === undefined ? {} : { "address-from": showPrefix(prefix) }),
    ...{ "ip-address": address, "address-kind": isLocal(address) ? "local" : "public" },
  };
}

/** Is about a question of the step, which is asked again. */
function asAnswer({ code, values }: Refusal): Outcome<never> {
  return refuse(code, { ...values, field: values.field === "address" ? "ip-address" : "address-from" });
}
