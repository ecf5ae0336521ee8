import type { Tx } from "../../db/tables.ts";
import { dayInMilliseconds } from "../../domain/durations.ts";
import type { HostingTarget } from "../../domain/hosting/hosting-rules.ts";
import { addressOf, showAddress } from "../../domain/ipam/address.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { nameInRegister } from "../../domain/ticket/name-in-register.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { placeName } from "../names/give-name.ts";
import type { Setting } from "../setting.ts";

/** Longer than plans and approvals take; where the ticket ends before, it is freed with it. Source: office practice. */
const reservedDays = 90;

/** Keeps the name for an application, which leads to the proxy of its target. @returns the name in full */
export async function reserveApplicationName(
  tx: Tx,
  setting: Setting,
  { proxy }: HostingTarget,
  { ticket, person, wish, officeId }: { ticket: Ticket; person: Person; wish: string; officeId: number },
): Promise<Outcome<string>> {
  const target = proxy.addresses.map((each) => showAddress(addressOf(each))).join(", ");
  const named = { name: wish, kind: "application", officeId } as const;
  const placing = { ...named, grounds: groundsOfTicket(ticket), target, until: endOfReservation(setting) };
  const given = await placeName(tx, setting, placing, { personId: person.id });
  if (given.ok) return accept(given.value.name);
  const isOfProxy = given.refusal.values.field !== "domain-name";
  return isOfProxy
    ? refuse("proxy-address-unknown", { address: target, field: "target" })
    : refuseAbout("dns-name", given.refusal);
}

export function groundsOfTicket(ticket: Ticket) {
  return { name: nameInRegister(ticket), ticketId: ticket.id, letter: null };
}

export function endOfReservation({ now }: Setting): Date {
  return new Date(now.getTime() + reservedDays * dayInMilliseconds);
}
