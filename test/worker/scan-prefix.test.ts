import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askForScan, beginScanning, endScanning } from "../../core/actions/ipam/address-scan.ts";
import { correctAddress } from "../../core/actions/ipam/correct-address.ts";
import { removePrefix } from "../../core/actions/ipam/prefixes.ts";
import { freeRange, releaseAddress } from "../../core/actions/ipam/release-address.ts";
import { countDifferences, listDifferences } from "../../core/db/ipam/address-differences.ts";
import { findRangeAt } from "../../core/db/ipam/address-ranges.ts";
import { findScan } from "../../core/db/ipam/address-scans.ts";
import { findSeen } from "../../core/db/ipam/address-sightings.ts";
import { findPrefix } from "../../core/db/ipam/prefixes.ts";
import { type Address, addressOf, showAddress } from "../../core/domain/ipam/address.ts";
import { beginScans, scanPrefix } from "../../worker/tasks/scan-prefix.ts";
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

async function ping(addresses: readonly Address[]): Promise<Address[] | "no-fping"> {
  if (there === "missing") return "no-fping";
  if (there === "broken") throw new Error("asking: not permitted");
  const answering = there;
  asked = addresses.map(showAddress);
  return addresses.filter((address) => answering.has(showAddress(address)));
}
const at = (host: number) => `10.${number}.0.${host}`;
const onDay = (day: number) => minutesAfter(morning, day * 1440);
const signal = new AbortController().signal;
const scan = (day = 0, id = prefixId, now = onDay(day)) =>
  scanPrefix({ prefixId: id }, { db: office.db, setting: office.setting, ping, log }, { signal, now: () => now });
const zoneOf = async () => (await findPrefix(office.db, prefixId))?.zoneId ?? 0;
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
    expect(office.enqueued).toContainEqual({ name: "scan-prefix", data: { prefixId } });
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
      refusal: { code: "scan-too-soon", values: { minutes: 1 } },
    });
    accepted(await act(askForScan, by(), minutesAfter(morning, 10)));
    expect(await act(askForScan, by(), minutesAfter(morning, 11))).toMatchObject({
      refusal: { code: "scan-too-soon" },
    });
  });

  it("waits ten minutes also for who ends and begins it", async () => {
    accepted(await act(beginScanning));
    accepted(await act(endScanning, by(), minutesAfter(morning, 1)));
    expect(await act(beginScanning, by(), minutesAfter(morning, 2))).toMatchObject({
      refusal: { code: "scan-too-soon", values: { minutes: 8 } },
    });
    accepted(await act(beginScanning, by(), minutesAfter(morning, 10)));
  });

  it("is a task of its own for each prefix, each day", async () => {
    accepted(await act(beginScanning));
    const other = accepted(await ipam.addPrefix(`10.${number}.1.0/28`));
    accepted(await office.act((tx) => beginScanning(tx, by(), office.setting(), { prefixId: other })));
    office.enqueued.splice(0);
    await beginScans({ db: office.db, setting: office.setting });
    expect(office.enqueued).toEqual(
      expect.arrayContaining([prefixId, other].map((id) => ({ name: "scan-prefix", data: { prefixId: id } }))),
    );
  });

  it("that is to stop keeps nothing", async () => {
    accepted(await act(beginScanning));
    const stopped = AbortSignal.abort();
    const options = { db: office.db, setting: office.setting, ping, log };
    await expect(scanPrefix({ prefixId }, options, { signal: stopped })).rejects.toThrow();
    expect(await findScan(office.db, prefixId)).toMatchObject({ scannedAt: null });
  });

  it("and removing the prefix at the same moment do not wait for each other", async () => {
    for (let round = 0; round < 5; round++) {
      const id = accepted(await ipam.addPrefix(`10.200.${number}.0/28`));
      const begin = office.act((tx) => beginScanning(tx, by(), office.setting(), { prefixId: id }));
      const remove = office.act((tx) => removePrefix(tx, by(), office.setting(), { prefixId: id }));
      expect((await Promise.allSettled([begin, remove])).map(({ status }) => status)).toEqual([
        "fulfilled",
        "fulfilled",
      ]);
    }
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

  it("changes at once when the register does, and when the device was away for three days", async () => {
    accepted(await act(beginScanning));
    there = new Set([at(5), at(6)]);
    await scan();
    accepted(await ipam.assign(prefixId, at(5)));
    expect(await differences()).toEqual([`${at(6)} unregistered`]);
    there = new Set([at(5)]);
    for (const day of [1, 2]) await scan(day);
    expect(await differences()).toEqual([`${at(6)} unregistered`]);
    await scan(3);
    expect(await differences()).toEqual([]);
  });

  it("does not take what answered its former owner for a stranger", async () => {
    accepted(await ipam.assign(prefixId, at(1)));
    accepted(await act(beginScanning));
    there = new Set([at(1), at(2)]);
    await scan();
    const { id: rangeId = 0 } = (await findRangeAt(office.db, await zoneOf(), addressOf(at(1)))) ?? {};
    accepted(await office.act((tx) => releaseAddress(tx, by(), office.setting(minutesAfter(morning, 5)), { rangeId })));
    there = new Set([at(2)]);
    await scan(1);
    expect(await differences()).toEqual([`${at(2)} unregistered`]);
    there = new Set([at(1), at(2)]);
    await scan(2);
    expect(await differences()).toEqual([`${at(1)} unregistered`, `${at(2)} unregistered`]);
  });

  it("goes by the last scan that said something, and begins anew", async () => {
    accepted(await act(beginScanning));
    there = new Set([at(5)]);
    await scan();
    accepted(await act(endScanning));
    accepted(await act(beginScanning, by(), onDay(90)));
    expect(await differences()).toEqual([]);
    expect(await findSeen(office.db, await zoneOf(), addressOf(at(5)))).toBeUndefined();
  });

  it("asks of a large prefix what is registered or was seen, and loses nothing of it", async () => {
    const large = accepted(await ipam.addPrefix(`fd00:${number}::/64`));
    const [mine, theirs] = [`fd00:${number}::20`, `fd00:${number}::30`];
    accepted(await ipam.assign(large, mine));
    accepted(await ipam.reserve(large, theirs, "31-12-2026"));
    accepted(await office.act((tx) => beginScanning(tx, by(), office.setting(), { prefixId: large })));
    there = new Set([mine, theirs]);
    await scan(0, large);
    expect(asked).toEqual([mine, theirs]);
    const listed = async () =>
      (await listDifferences(office.db, { prefixId: large, silentDays: 30 }, { offset: 0, limit: 9 })).map(
        ({ address }) => address,
      );
    expect(await listed()).toEqual([theirs]);
    const { id: rangeId = 0 } =
      (await findRangeAt(office.db, (await findPrefix(office.db, large))?.zoneId ?? 0, addressOf(theirs))) ?? {};
    accepted(await office.act((tx) => freeRange(tx, by(), office.setting(), { rangeId })));
    there = new Set([mine]);
    for (const day of [1, 2, 3]) await scan(day, large);
    expect([...asked].sort()).toEqual([mine, theirs]);
    expect(await listed()).toEqual([]);
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
    const last = await findSeen(office.db, await zoneOf(), addressOf(at(1)));
    expect(last).toEqual({ answeredAt: onDay(1), askedAt: onDay(29), silentDays: 28 });
    expect(await differences()).toEqual([]);
    await scan(60);
    await scan(61);
    expect(await differences()).toEqual([`${at(1)} silent`]);
    there = new Set([at(1), at(2)]);
    await scan(62);
    expect(await differences()).toEqual([]);
  });

  it("counts days as the office does, not by the hour", async () => {
    accepted(await ipam.assign(prefixId, at(1)));
    accepted(await act(beginScanning));
    there = new Set([at(2)]);
    // 23.50, 00.10 and 23.50 of the next day in Jakarta.
    for (const time of ["16:50", "17:10"]) await scan(0, prefixId, new Date(`2026-11-24T${time}:00Z`));
    await scan(0, prefixId, new Date("2026-11-25T16:50:00Z"));
    expect(await findSeen(office.db, await zoneOf(), addressOf(at(1)))).toMatchObject({ silentDays: 2 });
  });

  it("goes on counting when what is written of the address is corrected", async () => {
    const { rangeId } = accepted(await ipam.assign(prefixId, at(1)));
    accepted(await act(beginScanning));
    there = new Set([at(2)]);
    for (let day = 1; day < 31; day++) await scan(day);
    expect(await differences()).toContain(`${at(1)} silent`);
    const answers = { name: "Server SIAK", basis: "555/210/2026" };
    const corrected = { rangeId, officeId: ipam.officeId, answers };
    accepted(await office.act((tx) => correctAddress(tx, by(), office.setting(onDay(30)), corrected)));
    await scan(31);
    expect(await differences()).toContain(`${at(1)} silent`);
  });

  it("flags one that never answered, but not before its new owner had it for so long", async () => {
    accepted(await ipam.assign(prefixId, at(1)));
    accepted(await act(beginScanning));
    there = new Set([at(3)]);
    for (let day = 0; day < 31; day++) await scan(day);
    expect(await differences()).toContain(`${at(1)} silent`);
    const zoneId = await zoneOf();
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
    expect(await news()).toEqual([]);
    there = new Set([at(5), at(7)]);
    for (const day of [4, 5, 6]) await scan(day);
    there = new Set([at(5), at(6), at(7)]);
    await scan(7);
    expect(await news()).toMatchObject([{ unregistered: 1, silent: 0 }]);
    expect(await countDifferences(office.db, { prefixId, silentDays: 30 })).toEqual({ unregistered: 3, silent: 0 });
  });

  it("forgets an address that nobody has when it was silent for long", async () => {
    accepted(await act(beginScanning));
    const zoneId = await zoneOf();
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
