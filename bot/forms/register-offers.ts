import { proposePlaces } from "../../core/actions/rack/propose-places.ts";
import { listFreePorts } from "../../core/db/cable/port-uses.ts";
import { listMachineChecks } from "../../core/db/hosting/machine-checks.ts";
import { findPlatform } from "../../core/db/hosting/stacks.ts";
import { listAddressesOfTicket, utilisations } from "../../core/db/ipam/address-lists.ts";
import { listPrefixes } from "../../core/db/ipam/prefixes.ts";
import { findReservedPlaceOfTicket } from "../../core/db/rack/rack-places.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Answers, Register } from "../../core/domain/form/field.ts";
import type { HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import { machineCheckKey } from "../../core/domain/hosting/machine-checks.ts";
import { platformOf } from "../../core/domain/hosting/stack-names.ts";
import { sourceKey } from "../../core/domain/ipam/address-source.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import { freeOf } from "../../core/domain/ipam/utilisation.ts";
import type { Step } from "../../core/domain/procedures/procedure.ts";
import { portKey, spotKey } from "../../core/domain/rack/offer-keys.ts";
import { faces } from "../../core/domain/rack/place.ts";
import { halvesOfHeight } from "../../core/domain/rack/units.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { checkWords } from "../replies/hosting/finding-words.ts";
import { showCount } from "../replies/ipam/address-words.ts";
import { kindIcon } from "../replies/ipam/prefixes.ts";
import type { OfficeWords } from "../replies/office-words.ts";
import { offerDatabases, offerRuntimes, offerSizes, titlesOf } from "./hosting/hosting-offers.ts";
import type { Offer } from "./offered-fields.ts";

/** What the registers offer at this moment to each question of a step: key and label. */
export async function offersOfRegisters(
  db: Db,
  { asks = [] }: Step,
  ticket: Ticket,
  answers: Answers,
  { hosting }: Pick<OfficeWords, "hosting">,
): Promise<Record<string, Offer>> {
  const all: Record<string, Offer> = {};
  for (const field of asks) {
    if (field.kind === "register") all[field.name] = await offers[field.register](db, ticket, answers, hosting);
  }
  return all;
}

type Offering = (db: Db, ticket: Ticket, answers: Answers, hosting: HostingRules | undefined) => Promise<Offer>;

const offers: Record<Register, Offering> = {
  "address-sources": offerAddresses,
  "rack-places": offerPlaces,
  "switch-ports": offerPorts,
  "machine-checks": offerMachineChecks,
  "platform-targets": async (_db, _ticket, _answers, hosting) => titlesOf(hosting?.targets),
  "hosting-targets": async (db, _ticket, _answers, hosting) => offerTargets(db, hosting),
  "hosting-runtimes": async (_db, _ticket, _answers, hosting) => offerRuntimes(hosting),
  "hosting-databases": async (_db, _ticket, { runtime }, hosting) => offerDatabases(runtime, hosting),
  "hosting-sizes": async (_db, _ticket, _answers, hosting) => offerSizes(hosting),
  // Asked when a ticket is filed, and by no step.
  "hosted-applications": async () => ({}),
  "deleted-applications": async () => ({}),
  "former-versions": async () => ({}),
  "access-kinds": async () => ({}),
};

/** The hosts whose proxy was built: nothing is planned on any other. */
async function offerTargets(db: Db, hosting: HostingRules | undefined): Promise<Offer> {
  const targets = hosting?.targets ?? [];
  const platforms = await Promise.all(targets.map(({ name }) => findPlatform(db, platformOf(name))));
  return titlesOf(targets.filter((_, index) => platforms[index]?.isBuilt));
}

/** The places that suit best, as far as it is known what is put there; the one that the ticket has would be free. */
async function offerPlaces(db: Db, ticket: Ticket, answers: Answers): Promise<Offer> {
  const { "device-height": height, "rack-face": face, watts, "power-feeds": feeds } = answers;
  const known = faces.find((each) => each === face);
  if (height === undefined || known === undefined) return {};
  const size = { height: halvesOfHeight(height), face: known };
  const wish = { ...size, watts: Number(watts), feeds: Number(feeds) };
  const places = await proposePlaces(db, wish, { insteadOf: await findReservedPlaceOfTicket(db, ticket.id) });
  return Object.fromEntries(places.map((place) => [spotKey(place), place.label]));
}

/** Of each switch the lowest free port. */
async function offerPorts(db: Db): Promise<Offer> {
  const ports = await listFreePorts(db);
  return Object.fromEntries(
    ports.map(({ assetId, name, port, free }) => [portKey({ assetId, port }), `${name} port ${port} (${free} bebas)`]),
  );
}

async function offerMachineChecks(db: Db, ticket: Ticket): Promise<Offer> {
  const checks = await listMachineChecks(db, ticket.id);
  return Object.fromEntries(
    checks.map((check) => [machineCheckKey(check), `${checkWords[check.check]} (${check.fileName})`]),
  );
}

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
