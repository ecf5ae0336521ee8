import { listTakenSpans } from "../db/address-ranges.ts";
import { findApplicationOfTicket, insertApplication, isStackTaken } from "../db/applications.ts";
import { listImageFiles } from "../db/machine-checks.ts";
import { findZoneByName, listPrefixes, lockPrefix, lockZone } from "../db/prefixes.ts";
import type { Tx } from "../db/tables.ts";
import { dayInMilliseconds } from "../domain/durations.ts";
import type { Answers } from "../domain/form/field.ts";
import { stackNameOf } from "../domain/hosting/application.ts";
import type { HostingRules, HostingTarget } from "../domain/hosting/hosting-rules.ts";
import { addressOf, showAddress } from "../domain/ipam/address.ts";
import { findFreeSubnet } from "../domain/ipam/free-subnet.ts";
import { nestedIn } from "../domain/ipam/nesting.ts";
import { type Prefix, showPrefix } from "../domain/ipam/prefix.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../domain/outcome.ts";
import { findProcedure } from "../domain/procedures/index.ts";
import { subjectFor } from "../domain/procedures/procedure.ts";
import { nameInRegister } from "../domain/ticket/name-in-register.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import { placeAddress } from "./give-address.ts";
import { placeName } from "./give-name.ts";
import { placePrefix } from "./prefixes.ts";
import type { Setting } from "./setting.ts";
import type { Taking } from "./take-for-step.ts";

/** A network of an application holds a gateway, two containers that answer, and a database. */
const subnetLength = 29;
/** Longer than plans and approvals take; where the ticket ends before, it is freed with it. Source: office practice. */
const reservedDays = 90;

/**
 * Reserves what an application needs, so that its plan can name it: a network of its own, its addresses, and its name, which
 * leads to the proxy. How it is built is kept with it.
 */
export async function takeApplication(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { ticket, answers } = taking;
  const chosen = choose(setting.rules.hosting, answers);
  if (!chosen.ok) return chosen;
  const { target, runtime, size } = chosen.value;
  if ((await findApplicationOfTicket(tx, ticket.id)) !== undefined) return refuse("application-there-already");
  const files = await listImageFiles(tx, ticket.id);
  const [attachmentId] = files;
  if (attachmentId === undefined || files.length > 1) return refuse("one-image-needed", { count: files.length });

  const network = await reserveNetwork(tx, setting, target, taking);
  if (!network.ok) return network;
  const named = await reserveName(tx, setting, target, taking);
  if (!named.ok) return named;
  const domainName = named.value;
  const stack = stackNameOf(domainName, setting.rules.names.domain);
  if (stack === undefined || (await isStackTaken(tx, stack))) {
    return refuse("application-name-unfit", { name: domainName, field: "dns-name" });
  }
  const { subnet, address, ...addresses } = network.value;
  const reach = answers.reach === "internet" ? ("internet" as const) : ("intranet" as const);
  const wanted = { target: target.name, runtime: runtime.name, size: size.name, reach };
  const port = Number(answers.port ?? runtime.port);
  const title = subjectFor(findProcedure(ticket.procedure), ticket.answers);
  const { id: ticketId, officeId } = ticket;
  await insertApplication(
    tx,
    {
      ...{ stack, ticketId, officeId, title, domainName, ...wanted, port, subnet, address, ...addresses },
      ...{ attachmentId, imageId: null, state: "planned" },
    },
    setting.now,
  );
  const words = { target: target.title, runtime: runtime.title, size: size.title };
  return accept({ ...answers, ...words, "dns-name": domainName, subnet, "ip-address": address });
}

function choose(hosting: HostingRules | undefined, { target, runtime, size }: Answers) {
  if (hosting === undefined) return refuse("hosting-off");
  const chosen = {
    target: hosting.targets.find(({ name }) => name === target),
    runtime: hosting.runtimes.find(({ name }) => name === runtime),
    size: hosting.sizes.find(({ name }) => name === size),
  };
  if (chosen.target === undefined) return refuse("not-offered", { field: "target" });
  if (chosen.runtime === undefined) return refuse("not-offered", { field: "runtime" });
  if (chosen.size === undefined) return refuse("not-offered", { field: "size" });
  return accept({ target: chosen.target, runtime: chosen.runtime, size: chosen.size });
}

type Network = { prefixId: number; subnet: string; gateway: string; address: string; nextAddress: string };

/** The next network that is free of the target's prefix. */
async function reserveNetwork(
  tx: Tx,
  setting: Setting,
  target: HostingTarget,
  { ticket, person }: Taking,
): Promise<Outcome<Network>> {
  const zone = await findZoneByName(tx, target.zone);
  const missing = { prefix: target.prefix, zone: target.zone, field: "target" };
  if (zone === undefined) return refuse("hosting-prefix-missing", missing);
  await lockZone(tx, zone.id);
  const known = await listPrefixes(tx, zone.id);
  const parent = known.find((prefix) => showPrefix(prefix) === target.prefix);
  if (parent === undefined) return refuse("hosting-prefix-missing", missing);
  await lockPrefix(tx, parent.id);
  const taken = [...nestedIn(parent, known), ...(await listTakenSpans(tx, parent.id))];
  const subnet = findFreeSubnet(parent, subnetLength, taken);
  if (subnet === undefined) return refuse("no-free-subnet", missing);
  const by = { personId: person.id };
  const name = nameInRegister(ticket);
  const placed = await placePrefix(tx, setting, { zone, prefix: subnet, name }, by);
  if (!placed.ok) return refuseAbout("target", placed.refusal);
  return reserveAddresses(tx, setting, { prefixId: placed.value, subnet, ticket }, by);
}

async function reserveAddresses(
  tx: Tx,
  setting: Setting,
  { prefixId, subnet, ticket }: { prefixId: number; subnet: Prefix; ticket: Ticket },
  by: { personId: number },
): Promise<Outcome<Network>> {
  const at = (place: bigint) => showAddress({ family: subnet.family, number: subnet.first + place });
  const network = { gateway: at(1n), address: at(2n), nextAddress: at(3n) };
  const grounds = { ...groundsOf(ticket), officeId: ticket.officeId };
  const until = endOfReservation(setting);
  for (const address of Object.values(network)) {
    const wanted = { prefixId, address, kind: "reserved", grounds, until } as const;
    const given = await placeAddress(tx, setting, wanted, by);
    if (!given.ok) return refuseAbout("target", given.refusal);
  }
  return accept({ prefixId, subnet: showPrefix(subnet), ...network });
}

async function reserveName(
  tx: Tx,
  setting: Setting,
  { proxy }: HostingTarget,
  { ticket, person, answers }: Taking,
): Promise<Outcome<string>> {
  const target = proxy.addresses.map((each) => showAddress(addressOf(each))).join(", ");
  const wish = { name: answers["dns-name"] ?? "", kind: "application", officeId: ticket.officeId } as const;
  const placing = { ...wish, grounds: groundsOf(ticket), target, until: endOfReservation(setting) };
  const given = await placeName(tx, setting, placing, { personId: person.id });
  if (given.ok) return accept(given.value.name);
  const isOfProxy = given.refusal.values.field !== "domain-name";
  return isOfProxy
    ? refuse("proxy-address-unknown", { address: target, field: "target" })
    : refuseAbout("dns-name", given.refusal);
}

function groundsOf(ticket: Ticket) {
  return { name: nameInRegister(ticket), ticketId: ticket.id, letter: null };
}

function endOfReservation({ now }: Setting): Date {
  return new Date(now.getTime() + reservedDays * dayInMilliseconds);
}
