import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askForScan, beginScanning, endScanning } from "../../core/actions/address-scan.ts";
import { removePrefix } from "../../core/actions/prefixes.ts";
import { freeRange, releaseAddress } from "../../core/actions/release-address.ts";
import { findRangeAt } from "../../core/db/address-ranges.ts";
import { countDifferences, findScan, findSeen, listDifferences } from "../../core/db/address-scans.ts";
import { findPrefix } from "../../core/db/prefixes.ts";
import { type Address, addressOf, showAddress } from "../../core/domain/ipam/address.ts";
import { scanAddresses } from "../../worker/tasks/scan-addresses.ts";
import { accepted, journalOfAddresses, withAddresses } from "../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../support/office.ts";

const log = pino({ level: "silent" });
/** Which addresses are there; "missing": fping is not, "broken": it fails. */
let there: Set<string> | "missing" | "broken";
let asked: string[];
let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
let number = 0;
let prefixId: number;
const by = () => office.people.infrastructure;

beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
});
afterAll(() => office.close());
beforeEach(async () => {
  number += 1;
  there = new Set();
  asked = [];
  prefixId = accepted(await ipam.addPrefix(`10.${number}.0.0/28`));
});

async function ping(addresses: readonly Address[]): Promise<Address[] | undefined> {
  if (there === "missing") return undefined;
  if (there === "broken") throw new Error("asking: not permitted");
  const answering = there;
  asked = addresses.map(showAddress);
  return addresses.filter((address) => answering.has(showAddress(address)));
}
const at = (host: number) => `10.${number}.0.${host}`;
const onDay = (day: number) => minutesAfter(morning, day * 1440);
const scan = (day = 0) =>
  scanAddresses({ prefixId }, { db: office.db, setting: office.setting, ping, log }, () => onDay(day));
const act = (what: typeof beginScanning, person = by(), now = morning) =>
  office.act((tx) => what(tx, person, office.setting(now), { prefixId }));
const differences = async () =>
  (await listDifferences(office.db, { prefixId, silentDays: 30 }, { offset: 0, limit: 50 })).map(
    ({ difference, address }) => `${address} ${difference}`,
  );
const news = async () => (await office.takeMail()).filter(({ kind }) => kind === "address-differences-found");

describe("scanning a prefix", () => {
  it("begins at once, goes on each day, and ends when it is told to", async () => {
    accepted(await act(beginScanning));
    expect(office.enqueued).toContainEqual({ name: "scan-addresses", data: { prefixId } });
    await scan();
    expect(asked).toEqual(Array.from({ length: 14 }, (_, index) => at(index + 1)));
    asked = [];
    accepted(await act(endScanning));
    await scan();
    expect(asked).toEqual([]);
    expect((await journalOfAddresses(office.db)).slice(-2)).toMatchObject([
      { event: "prefix-scan-begun", by: by().id },
      { event: "prefix-scan-ended", by: by().id },
    ]);
  });

  it("ends with the prefix", async () => {
    accepted(await act(beginScanning));
    accepted(await office.act((tx) => removePrefix(tx, by(), office.setting(), { prefixId })));
    expect(await findScan(office.db, prefixId)).toBeUndefined();
    expect(await act(beginScanning)).toMatchObject({ refusal: { code: "no-such-prefix" } });
  });

  it("is refused to others, twice, where it is not scanned, and too soon", async () => {
    for (const what of [beginScanning, endScanning, askForScan]) {
      expect(await act(what, office.people.helpDesk)).toMatchObject({ refusal: { code: "not-your-role" } });
    }
    expect(await act(endScanning)).toMatchObject({ refusal: { code: "prefix-not-scanned" } });
    expect(await act(askForScan)).toMatchObject({ refusal: { code: "prefix-not-scanned" } });
    accepted(await act(beginScanning));
    expect(await act(beginScanning)).toMatchObject({ refusal: { code: "prefix-scanned-already" } });
    expect(await act(askForScan, by(), minutesAfter(morning, 9))).toMatchObject({
      refusal: { code: "scan-too-soon", values: { minutes: 10 } },
    });
    accepted(await act(askForScan, by(), minutesAfter(morning, 10)));
    expect(await act(askForScan, by(), minutesAfter(morning, 11))).toMatchObject({
      refusal: { code: "scan-too-soon" },
    });
  });

  it("is refused where another zone has the same addresses and is scanned", async () => {
    accepted(await act(beginScanning));
    const twin = accepted(await ipam.addPrefix(`10.${number}.0.0/24`, "Zona lain"));
    const begun = await office.act((tx) => beginScanning(tx, by(), office.setting(), { prefixId: twin }));
    expect(begun).toMatchObject({ refusal: { code: "prefix-scanned-elsewhere", values: { zone: "Utama" } } });
  });
});

describe("documented against seen", () => {
  it("flags what answers and nobody has, but nothing that is kept free", async () => {
    accepted(await ipam.assign(prefixId, at(1)));
    accepted(await ipam.reserve(prefixId, at(2), "31-12-2026"));
    accepted(await ipam.keep(prefixId, `${at(10)}-${at(12)}`));
    accepted(await act(beginScanning));
    there = new Set([at(1), at(2), at(5), at(11)]);
    await scan();
    expect(await differences()).toEqual([`${at(2)} unregistered`, `${at(5)} unregistered`]);
    expect(await findScan(office.db, prefixId)).toMatchObject({ asked: 14, answered: 4, problem: null });
  });

  it("changes at once when the register does, and with the next scan when the device does", async () => {
    accepted(await act(beginScanning));
    there = new Set([at(5), at(6)]);
    await scan();
    accepted(await ipam.assign(prefixId, at(5)));
    expect(await differences()).toEqual([`${at(6)} unregistered`]);
    there = new Set([at(5)]);
    await scan(1);
    expect(await differences()).toEqual([]);
  });

  it("flags an assigned address after thirty days of silence, counted by days on which it was asked", async () => {
    accepted(await ipam.assign(prefixId, at(1)));
    accepted(await ipam.assign(prefixId, at(2)));
    accepted(await act(beginScanning));
    for (let day = 1; day < 30; day++) {
      there = new Set(day === 1 ? [at(1), at(2)] : [at(2)]);
      await scan(day);
      await scan(day);
    }
    const last = await findSeen(office.db, (await findPrefix(office.db, prefixId))?.zoneId ?? 0, addressOf(at(1)));
    expect(last).toEqual({ answeredAt: onDay(1), askedAt: onDay(29), silentDays: 28 });
    expect(await differences()).toEqual([]);
    await scan(60);
    await scan(61);
    expect(await differences()).toEqual([`${at(1)} silent`]);
    there = new Set([at(1), at(2)]);
    await scan(62);
    expect(await differences()).toEqual([]);
  });

  it("flags one that never answered, but not before its new owner had it for so long", async () => {
    accepted(await ipam.assign(prefixId, at(1)));
    accepted(await act(beginScanning));
    there = new Set([at(3)]);
    for (let day = 0; day < 31; day++) await scan(day);
    expect(await differences()).toContain(`${at(1)} silent`);
    const { zoneId = 0 } = (await findPrefix(office.db, prefixId)) ?? {};
    const { id: rangeId = 0 } = (await findRangeAt(office.db, zoneId, addressOf(at(1)))) ?? {};
    const later = (day: number) => office.setting(onDay(day), { addressQuarantineDays: 0 });
    accepted(await office.act((tx) => releaseAddress(tx, by(), later(31), { rangeId })));
    const { id: quarantine = 0 } = (await findRangeAt(office.db, zoneId, addressOf(at(1)))) ?? {};
    accepted(await office.act((tx) => freeRange(tx, by(), later(31), { rangeId: quarantine })));
    accepted(await ipam.assign(prefixId, at(1), { now: onDay(31) }));
    await scan(32);
    expect(await differences()).not.toContain(`${at(1)} silent`);
  });

  it("concludes nothing where not one address answers, or where nobody could ask", async () => {
    accepted(await ipam.assign(prefixId, at(1)));
    accepted(await act(beginScanning));
    for (let day = 0; day < 40; day++) await scan(day);
    expect(await findScan(office.db, prefixId)).toMatchObject({ asked: 14, answered: 0, problem: "nothing-answers" });
    there = "missing";
    await scan(40);
    expect(await findScan(office.db, prefixId)).toMatchObject({ asked: 0, problem: "no-fping" });
    there = "broken";
    await scan(41);
    expect(await findScan(office.db, prefixId)).toMatchObject({ asked: 0, problem: "failed" });
    expect(await differences()).toEqual([]);
    there = new Set([at(1)]);
    await scan(42);
    expect(await findScan(office.db, prefixId)).toMatchObject({ asked: 14, answered: 1, problem: null });
  });

  it("is told to infrastructure once of each address", async () => {
    await office.takeMail();
    accepted(await act(beginScanning));
    there = new Set([at(5), at(6)]);
    await scan();
    expect(await news()).toMatchObject([{ to: "Efendi Rambe", prefixId, unregistered: 2, silent: 0 }]);
    await scan(1);
    expect(await news()).toEqual([]);
    there = new Set([at(5), at(7)]);
    await scan(2);
    expect(await news()).toMatchObject([{ unregistered: 1, silent: 0 }]);
    there = new Set([at(5), at(6), at(7)]);
    await scan(3);
    expect(await news()).toMatchObject([{ unregistered: 1, silent: 0 }]);
    expect(await countDifferences(office.db, { prefixId, silentDays: 30 })).toEqual({ unregistered: 3, silent: 0 });
  });

  it("forgets an address that nobody has when it was silent for long", async () => {
    accepted(await act(beginScanning));
    const { zoneId = 0 } = (await findPrefix(office.db, prefixId)) ?? {};
    there = new Set([at(5), at(6)]);
    await scan(0);
    there = new Set([at(5)]);
    for (let day = 1; day < 30; day++) await scan(day);
    expect(await findSeen(office.db, zoneId, addressOf(at(6)))).toMatchObject({ silentDays: 29 });
    await scan(30);
    expect(await findSeen(office.db, zoneId, addressOf(at(6)))).toBeUndefined();
    expect(await findSeen(office.db, zoneId, addressOf(at(5)))).toMatchObject({ silentDays: 0 });
  });
});
