import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addRecord } from "../../../core/actions/names/dns-records.ts";
import { pointName } from "../../../core/actions/names/point-name.ts";
import { listZoneProblems } from "../../../core/db/names/dns-zones.ts";
import { findNameNow } from "../../../core/db/names/names.ts";
import { writeZones } from "../../../worker/tasks/write-zones.ts";
import { accepted, withAddresses } from "../../support/ipam.ts";
import { withNames } from "../../support/names.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../support/office.ts";

const folder = mkdtempSync(join(tmpdir(), "dns-"));
let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
let names: Awaited<ReturnType<typeof withNames>>;
let prefixId: number;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
  names = await withNames(office);
  prefixId = accepted(await ipam.addPrefix("10.1.0.0/16"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await office.close();
});

const good = join(folder, "good");
const bad = join(folder, "bad");
beforeAll(() => {
  writeFileSync(good, "#!/bin/sh\nexit 0\n");
  writeFileSync(bad, '#!/bin/sh\necho "zone $3: no good"\nexit 1\n');
  for (const path of [good, bad]) chmodSync(path, 0o700);
});

const dnsFolder = join(folder, "dns");
const silent = pino({ level: "silent" });
const write = (now = morning, zoneChecker = good) =>
  writeZones({ db: office.db, setting: office.setting, dnsFolder, log: silent, zoneChecker }, now);
const read = (zone: string) => readFileSync(join(dnsFolder, `${zone}.zone`), "utf8");
const serialOf = (zone: string) => Number(/ (\d{10}) /.exec(read(zone))?.[1]);
const told = async () => (await office.takeMail()).filter(({ kind }) => kind === "zone-refused");

describe("zone files", () => {
  it("are not written before the name server has an address", async () => {
    await write();
    expect(existsSync(dnsFolder)).toBe(false);
  });

  it("are written, for anybody to read, with the reverse zones of the local prefixes and a list", async () => {
    const server = accepted(await ipam.assign(prefixId, null));
    accepted(await names.assign("ns1", { target: server.address, office: "Diskominfo", kind: "service" }));
    await write();
    expect(readdirSync(dnsFolder).toSorted()).toEqual(["1.10.in-addr.arpa.zone", "labura.go.id.zone", "zones.conf"]);
    expect(readFileSync(join(dnsFolder, "zones.conf"), "utf8")).toBe(
      'zone "1.10.in-addr.arpa" { type master; file "1.10.in-addr.arpa.zone"; };\n' +
        'zone "labura.go.id" { type master; file "labura.go.id.zone"; };\n',
    );
    expect(read("labura.go.id")).toContain(`ns1.labura.go.id. IN A ${server.address}\n`);
    expect(read("1.10.in-addr.arpa")).toContain(" IN PTR ns1.labura.go.id.\n");
    expect(statSync(dnsFolder).mode & 0o777).toBe(0o755);
    expect(statSync(join(dnsFolder, "labura.go.id.zone")).mode & 0o777).toBe(0o644);
  });

  it("stay as they are, byte for byte, while nothing changes, and get a higher serial when something does", async () => {
    const before = read("labura.go.id");
    await write(minutesAfter(morning, 24 * 60));
    expect(read("labura.go.id")).toBe(before);
    const serial = serialOf("labura.go.id");
    const [one, other] = [accepted(await ipam.assign(prefixId, null)), accepted(await ipam.assign(prefixId, null))];
    accepted(await names.assign("simpeg", { target: one.address }));
    await write();
    expect(serialOf("labura.go.id")).toBe(serial + 1);
    const { id: nameId = 0 } = (await findNameNow(office.db, "simpeg.labura.go.id")) ?? {};
    const answers = { target: other.address };
    accepted(
      await office.act((tx) => pointName(tx, office.people.infrastructure, office.setting(), { nameId, answers })),
    );
    await write();
    expect(serialOf("labura.go.id")).toBe(serial + 2);
    expect(read("labura.go.id")).toContain(`simpeg.labura.go.id. IN A ${other.address}\n`);
    expect(read("labura.go.id")).not.toContain(one.address);
  });

  it("come back when somebody has taken one away", async () => {
    rmSync(join(dnsFolder, "labura.go.id.zone"));
    await write();
    expect(read("labura.go.id")).toContain("simpeg.labura.go.id.");
  });

  it("that the check refuses do not take the place of the former, and infrastructure is told once", async () => {
    const before = read("labura.go.id");
    accepted(
      await office.act((tx) =>
        addRecord(tx, office.people.infrastructure, office.setting(), {
          answers: { owner: "labura.go.id", type: "TXT", value: "v=spf1 -all" },
        }),
      ),
    );
    await write(morning, bad);
    await write(minutesAfter(morning, 5), bad);
    expect(read("labura.go.id")).toBe(before);
    expect(readdirSync(dnsFolder).filter((name) => name.endsWith(".new"))).toEqual([]);
    expect(await listZoneProblems(office.db)).toMatchObject([
      { name: "labura.go.id", problem: "zone labura.go.id: no good" },
    ]);
    expect(await told()).toMatchObject([{ zone: "labura.go.id" }]);
  });

  it("are written all the same where the check is not installed", async () => {
    accepted(await names.assign("baru", { target: "203.0.113.9", elsewhere: "Layanan pusat" }));
    await write(minutesAfter(morning, 10), join(folder, "not-there"));
    expect(read("labura.go.id")).toContain("baru.labura.go.id. IN A 203.0.113.9\n");
    expect(await listZoneProblems(office.db)).toEqual([]);
  });

  it("that were begun and not put in their place are written once more", async () => {
    const serial = serialOf("labura.go.id");
    await office.db.updateTable("dns_zone").set({ problem: "unfinished" }).where("name", "=", "labura.go.id").execute();
    await write();
    expect(serialOf("labura.go.id")).toBe(serial + 1);
  });

  it("of a prefix that is no more go away", async () => {
    const other = accepted(await ipam.addPrefix("192.168.7.0/24"));
    await write();
    expect(existsSync(join(dnsFolder, "7.168.192.in-addr.arpa.zone"))).toBe(true);
    const removed = { removed_at: morning, removed_by: office.people.infrastructure.id };
    await office.db.updateTable("prefix").set(removed).where("id", "=", other).execute();
    await write();
    expect(existsSync(join(dnsFolder, "7.168.192.in-addr.arpa.zone"))).toBe(false);
    expect(readFileSync(join(dnsFolder, "zones.conf"), "utf8")).not.toContain("168.192");
  });

  it("never get a smaller serial in the database", async () => {
    const smaller = office.db.updateTable("dns_zone").set({ serial: 1 }).where("name", "=", "labura.go.id").execute();
    await expect(smaller).rejects.toThrow("would get smaller");
  });
});
