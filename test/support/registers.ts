import { recordMachineChecks } from "../../core/actions/hosting/machine-checks.ts";
import { registerAsset } from "../../core/actions/inventory/register-asset.ts";
import { assignAddress } from "../../core/actions/ipam/give-address.ts";
import { addPrefix } from "../../core/actions/ipam/prefixes.ts";
import { addFeed } from "../../core/actions/rack/power-feeds.ts";
import { proposePlaces } from "../../core/actions/rack/propose-places.ts";
import { addRack } from "../../core/actions/rack/racks.ts";
import { addRoom } from "../../core/actions/rack/rooms.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { listFreePorts } from "../../core/db/cable/port-uses.ts";
import { listPrefixes } from "../../core/db/ipam/prefixes.ts";
import type { Db, Tx } from "../../core/db/tables.ts";
import { updateAttachment } from "../../core/db/ticket/attachments.ts";
import { type CheckName, type CheckResult, finding } from "../../core/domain/hosting/check.ts";
import { machineCheckKey } from "../../core/domain/hosting/machine-checks.ts";
import { sourceKey } from "../../core/domain/ipam/address-source.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { portKey, spotKey } from "../../core/domain/rack/offer-keys.ts";
import { testHosting } from "./hosting.ts";

type Office = {
  db: Db;
  act: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;
  people: { infrastructure: Person; dataCenter: Person };
  setting: () => Setting;
};

/** What the registers of a test office offer to a step; each is filled when it is first needed. */
export function openRegisters({ db, act, people, setting }: Office) {
  let devices = 0;
  let names = 0;

  async function done<Value>(work: (tx: Tx) => Promise<Outcome<Value>>): Promise<Value> {
    const outcome = await act(work);
    if (!outcome.ok) throw new Error(`filling a register for a test: ${outcome.refusal.code}`);
    return outcome.value;
  }

  async function prefix(): Promise<string> {
    const [known] = await listPrefixes(db);
    if (known !== undefined) return sourceKey({ prefixId: known.id });
    const answers = { zone: "Utama", network: "10.10.0.0/16", name: "Server" };
    const added = await done((tx) => addPrefix(tx, people.infrastructure, setting(), { answers }));
    return sourceKey({ prefixId: added });
  }

  /** A host for applications: its prefix, and the address of its proxy. */
  async function target(): Promise<string> {
    const { name, prefix: network, zone, proxy } = testHosting.targets[0];
    if ((await listPrefixes(db)).some((known) => showPrefix(known) === network)) return name;
    await prefix();
    const [servers] = await listPrefixes(db);
    const by = people.infrastructure;
    const answers = { zone, network, name: "Aplikasi" };
    await done((tx) => addPrefix(tx, by, setting(), { answers }));
    const [address] = proxy.addresses;
    const wish = { prefixId: servers?.id ?? 0, address, officeId: by.officeId };
    await done((tx) => assignAddress(tx, by, setting(), { ...wish, answers: { name: "Proxy", basis: "T-1/2026" } }));
    return name;
  }

  /** For a server of two units with two feeds. */
  async function place(): Promise<string> {
    const find = () => proposePlaces(db, { height: 4, face: "full", watts: 350, feeds: 2 });
    const [known] = await find();
    if (known !== undefined) return spotKey(known);
    await addRackOfTests();
    const [first] = await find();
    if (first === undefined) throw new Error("an empty rack has no place");
    return spotKey(first);
  }

  async function addRackOfTests(): Promise<void> {
    const by = people.dataCenter;
    const room = { code: "DC", name: "Ruang server" };
    const roomId = await done((tx) => addRoom(tx, by, setting(), { answers: room }));
    const rack = { code: "A1", height: "60" };
    const rackId = await done((tx) => addRack(tx, by, setting(), { roomId, answers: rack }));
    for (const name of ["A", "B"]) {
      const answers = { name, capacity: "100000" };
      await done((tx) => addFeed(tx, by, setting(), { rackId, answers }));
    }
  }

  async function port(): Promise<string> {
    const [known] = await listFreePorts(db);
    if (known !== undefined) return portKey(known);
    const { id: personId, officeId } = people.dataCenter;
    const device = { kind: "switch", name: "SW-DC-1", officeId, ports: 1024 } as const;
    const assetId = await done((tx) => registerAsset(tx, setting(), device, { personId }));
    return portKey({ assetId, port: 1 });
  }

  /** A machine has checked the file that was handed in last: nothing was found, and one thing could not be checked. */
  async function machineCheck(ticketId: number, name: CheckName): Promise<string> {
    const files = await db
      .selectFrom("attachment")
      .select("id")
      .where("ticket_id", "=", ticketId)
      .where("field", "=", "application-files")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    const results: CheckResult[] = [
      { check: "image-sane", result: "passed", findings: [] },
      { check: "licences", result: "not-checked", findings: [finding("licence-unknown")] },
    ];
    await act((tx) => updateAttachment(tx, files.id, { state: "stored", sha256: "a".repeat(64), size_bytes: 1 }));
    await act((tx) => recordMachineChecks(tx, setting(), { attachmentId: files.id, results }));
    return machineCheckKey({ attachmentId: files.id, check: name });
  }

  const offers: Record<string, (ticketId: number) => Promise<string>> = {
    "image-sane": (ticketId) => machineCheck(ticketId, "image-sane"),
    licences: (ticketId) => machineCheck(ticketId, "licences"),
    target,
    /** One that no other has. */
    "free-name": () => Promise.resolve(`situs-${lettersOf(++names)}`),
    prefix,
    place,
    port,
    /** A name that no other has. */
    device: () => Promise.resolve(`SRV-${++devices}`),
  };
  return { offer: (name: string, ticketId: number): Promise<string> | undefined => offers[name]?.(ticketId) };
}

const syllables = ["badu", "figo", "hema", "keno", "jipu", "rasi", "tuwe"];

/** A word for each number, none of which looks like another. */
function lettersOf(number: number): string {
  return [...number.toString(7)].map((digit) => syllables[Number(digit)]).join("");
}
