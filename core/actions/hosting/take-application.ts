import { deleteSecrets } from "../../db/hosting/application-databases.ts";
import {
  insertApplication,
  insertRevision,
  isStackTaken,
  lockApplicationOfTicket,
  replanApplication,
  updateRevision,
} from "../../db/hosting/applications.ts";
import { listFilesOfKind } from "../../db/hosting/machine-checks.ts";
import { insertStack } from "../../db/hosting/stacks.ts";
import { listTakenSpans } from "../../db/ipam/address-ranges.ts";
import { findZoneByName, listPrefixes, lockPrefix, lockZone } from "../../db/ipam/prefixes.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { type Application, longestStackName, type Revision, stackNameOf } from "../../domain/hosting/application.ts";
import { type Chosen, chooseOffered } from "../../domain/hosting/choose-offered.ts";
import type { HostingRules, HostingTarget } from "../../domain/hosting/hosting-rules.ts";
import { showAddress } from "../../domain/ipam/address.ts";
import { findFreeSubnet } from "../../domain/ipam/free-subnet.ts";
import { nestedIn } from "../../domain/ipam/nesting.ts";
import { type Prefix, showPrefix } from "../../domain/ipam/prefix.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { subjectFor } from "../../domain/procedures/procedure.ts";
import { nameInRegister } from "../../domain/ticket/name-in-register.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { placeAddress } from "../ipam/give-address.ts";
import { placePrefix } from "../ipam/prefixes.ts";
import { freeReservedNames } from "../names/change-name.ts";
import type { Setting } from "../setting.ts";
import { freeReserved } from "../ticket/free-reserved.ts";
import type { Taking } from "../ticket/take-for-step.ts";
import { chooseFile } from "./choose-file.ts";
import { endOfReservation, groundsOfTicket, reserveApplicationName } from "./reserve-application-name.ts";

/** A network of an application holds a gateway, two containers that answer, and a database. */
const subnetLength = 29;

/**
 * Reserves what an application needs, so that its plan can name it: a network of its own, its addresses, and its name, which
 * leads to the proxy. How it is built is kept with it.
 */
export async function takeApplication(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { ticket, answers } = taking;
  const chosen = choose(setting.rules.hosting, answers);
  if (!chosen.ok) return chosen;
  const { target, runtime, size, database } = chosen.value;
  const former = await lockApplicationOfTicket(tx, ticket.id);
  if (former !== undefined && former.revision.state !== "planned") return refuse("application-there-already");
  const files = await chooseFiles(tx, ticket.id, chosen.value);
  if (!files.ok) return files;

  const { person } = taking;
  const kept = former?.target === target.name ? former : undefined;
  if (former !== undefined) await freeFormer(tx, setting, former, { isKept: kept !== undefined, personId: person.id });
  const network = kept === undefined ? await reserveNetwork(tx, setting, target, taking) : accept(kept);
  if (!network.ok) return network;
  const wish = answers["dns-name"] ?? "";
  const named = await reserveApplicationName(tx, setting, target, { ticket, person, wish, officeId: ticket.officeId });
  if (!named.ok) return named;
  const domainName = named.value;
  // What is planned anew keeps its stack, also under another name.
  const stack = kept?.stack ?? (await findFreeStack(tx, stackNameOf(domainName, setting.rules.names.domain)));
  if (stack === undefined) return refuse("application-name-unfit", { name: domainName, field: "dns-name" });
  const { prefixId, subnet, gateway, address, nextAddress, databaseAddress } = network.value;
  const addresses = { prefixId, subnet, gateway, address, nextAddress, databaseAddress };
  const reach = answers.reach === "internet" ? ("internet" as const) : ("intranet" as const);
  const wanted = { runtime: runtime.name, database: database?.name ?? null, reach };
  const title = subjectFor(findProcedure(ticket.procedure), ticket.answers);
  const { id: ticketId, officeId } = ticket;
  const port = Number(answers.port ?? runtime.port);
  const planned = { title, ...wanted, port, healthPath: answers["health-path"] ?? null };
  const begun = { ...planned, ...addresses, stack, ticketId, officeId, target: target.name };
  const id = kept === undefined ? await insertNew(tx, setting, begun) : kept.id;
  if (kept !== undefined) await replanApplication(tx, id, planned, setting.now);
  const made = { ...files.value, imageId: null, slot: "a", isRunning: true } as const;
  const asked = { ticketId, change: "new", domainName, size: size.name, ...made, state: "planned" } as const;
  await insertRevision(tx, id, asked, setting.now);
  const { database: _database, ...others } = answers;
  const words = {
    ...{ target: target.title, runtime: runtime.title, size: size.title },
    ...(database && { database: database.title }),
  };
  return accept({ ...others, ...words, "dns-name": domainName, subnet, "ip-address": address });
}

/** One that is taken, by what had that name once or has a similar one, is numbered. @returns undefined: none can be called so */
async function findFreeStack(tx: Tx, named: string | undefined): Promise<string | undefined> {
  if (named === undefined) return undefined;
  for (let number = 1; ; number++) {
    const stack = number === 1 ? named : `${named}-${number}`;
    if (stack.length > longestStackName) return undefined;
    if (!(await isStackTaken(tx, stack))) return stack;
  }
}

/** What was planned before and comes to nothing; a network on the same target is used again. */
async function freeFormer(
  tx: Tx,
  setting: Setting,
  { id, ticketId, revision }: Application,
  { isKept, personId }: { isKept: boolean; personId: number },
): Promise<void> {
  if (!isKept) return freeReserved(tx, setting, ticketId, { personId });
  await updateRevision(tx, revision.id, { state: "given-up" }, setting.now);
  // Another database is opened by others.
  await deleteSecrets(tx, id);
  // Reserved anew at once, or another one is.
  await freeReservedNames(tx, setting, ticketId, personId);
}

async function insertNew(
  tx: Tx,
  { now }: Setting,
  application: Omit<Parameters<typeof insertApplication>[1], "state">,
): Promise<number> {
  const { stack: name, target } = application;
  await insertStack(tx, { name, target });
  return insertApplication(tx, { ...application, state: "planned" }, now);
}

function choose(hosting: HostingRules | undefined, answers: Answers) {
  if (hosting === undefined) return refuse("hosting-off");
  const target = hosting.targets.find(({ name }) => name === answers.target);
  if (target === undefined) return refuse("not-offered", { field: "target" });
  const chosen = chooseOffered(hosting, answers);
  return chosen.ok ? accept({ target, ...chosen.value }) : chosen;
}

/** What its image is, or is made of, and what its database is filled with. */
async function chooseFiles(
  tx: Tx,
  ticketId: number,
  { runtime, database }: Chosen,
): Promise<Outcome<Pick<Revision, "attachmentId" | "dumpId">>> {
  const file = await chooseFile(tx, ticketId, runtime);
  if (!file.ok) return file;
  const dumps = await listFilesOfKind(tx, ticketId, "dump");
  const [dumpId = null] = dumps;
  if (dumps.length > 1) return refuse("one-dump-at-most", { count: dumps.length });
  if (dumpId !== null && database === undefined) return refuse("dump-without-database", { field: "database" });
  return accept({ attachmentId: file.value, dumpId });
}

type Network = Pick<Application, "prefixId" | "subnet" | "gateway" | "address" | "nextAddress" | "databaseAddress">;

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
  const network = { gateway: at(1n), address: at(2n), nextAddress: at(3n), databaseAddress: at(4n) };
  const grounds = { ...groundsOfTicket(ticket), officeId: ticket.officeId };
  const until = endOfReservation(setting);
  for (const address of Object.values(network)) {
    const wanted = { prefixId, address, kind: "reserved", grounds, until } as const;
    const given = await placeAddress(tx, setting, wanted, by);
    if (!given.ok) return refuseAbout("target", given.refusal);
  }
  return accept({ prefixId, subnet: showPrefix(subnet), ...network });
}
