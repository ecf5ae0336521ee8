import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setAssetState, transferAsset } from "../../../../core/actions/inventory/change-asset.ts";
import { registerAsset } from "../../../../core/actions/inventory/register-asset.ts";
import {
  addCheck,
  addTarget,
  changeTarget,
  removeCheck,
  removeTarget,
} from "../../../../core/actions/monitoring/targets.ts";
import { listChecksOf } from "../../../../core/db/monitoring/monitor-checks.ts";
import { findTarget, lockTargets } from "../../../../core/db/monitoring/monitor-targets.ts";
import { findOffice, listOffices } from "../../../../core/db/people/offices.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { AssetKind, AssetState } from "../../../../core/domain/inventory/asset.ts";
import type { TargetKind } from "../../../../core/domain/monitoring/target.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.act((tx) => sql`update monitor_target set removed_at = now()`.execute(tx));
});

type Who = keyof TestOffice["people"];
const add = (answers: Answers, { by = "infrastructure" as Who, check = undefined as Answers | undefined } = {}) =>
  office.act((tx) =>
    addTarget(tx, office.people[by], office.setting(), {
      ...{ kind: "link", officeCode: "Dinkes", parentId: null, check },
      answers: { name: "Link Dinkes", "link-kind": "internet", ...answers },
    }),
  );
const place = (
  targetId: number,
  parentId: number | null,
  { by = "infrastructure" as Who, version = 1, name = "" } = {},
) =>
  office.act((tx) =>
    changeTarget(tx, office.people[by], office.setting(), {
      ...{ targetId, version, officeCode: null, parentId, answers: { name } },
    }),
  );
const check = (targetId: number, answers: Answers, by: Who = "infrastructure") =>
  office.act((tx) => addCheck(tx, office.people[by], office.setting(), { targetId, answers }));

describe("what is watched", () => {
  test("has all that is known of a link, and is changed, with what it says of its interval", async () => {
    const link = {
      ...{ provider: "PT Telkom", "circuit-number": "4700001-1", "bandwidth-mbps": "200", "ends-on": "31-12-2027" },
      ...{ "noc-phone": "1500250", interval: "60" },
    };
    const targetId = accepted(await add(link));
    expect(await findTarget(office.db, targetId)).toMatchObject({
      ...{ kind: "link", name: "Link Dinkes", linkKind: "internet", provider: "PT Telkom", endsOn: "2027-12-31" },
      ...{ bandwidthMbps: 200, nocPhone: "1500250", policy: { intervalSeconds: 60 }, version: 1 },
    });
    const answers = { name: "Link Dinkes baru", "link-kind": "secured" };
    const input = { targetId, version: 1, officeCode: null, parentId: null, answers };
    const change = () => office.act((tx) => changeTarget(tx, office.people.dataCenter, office.setting(), input));
    expect(await change()).toMatchObject({ ok: true });
    const changed = { linkKind: "secured", provider: null, officeId: null, policy: {}, version: 2 };
    expect(await findTarget(office.db, targetId)).toMatchObject(changed);
    expect(await change()).toMatchObject({ refusal: { code: "target-changed" } });
  });

  test("says itself from when on it is degraded or down, where somebody says so; what is left out is inherited", async () => {
    const targetId = accepted(await add({}));
    const change = (version: number, answers: Answers) => {
      const all = { name: "Link Dinkes", "link-kind": "internet", ...answers };
      const input = { targetId, version, officeCode: null, parentId: null, answers: all };
      return office.act((tx) => changeTarget(tx, office.people.infrastructure, office.setting(), input));
    };
    const policy = async () => (await findTarget(office.db, targetId))?.policy;
    accepted(await change(1, { interval: "60", "loss-percent": "40", "latency-ms": "700", misses: "3" }));
    expect(await policy()).toEqual({
      ...{ intervalSeconds: 60, degradedLossPercent: 40, degradedLatencyMs: 700, missesUntilDown: 3 },
    });
    await office.db.updateTable("monitor_target").set({ flap_changes: 8 }).where("id", "=", targetId).execute();
    accepted(await change(2, { misses: "5" }));
    expect(await policy()).toEqual({ missesUntilDown: 5, flapChanges: 8 });
    for (const wrong of [{ "loss-percent": "0" }, { "latency-ms": "x" }, { misses: "21" }]) {
      expect((await change(3, wrong)).ok).toBe(false);
    }
  });

  test.each([
    ["an interval of 0", { interval: "0" }, "number-out-of-range"],
    ["no name", { name: " " }, "text-empty"],
    ["a formula", { provider: "=1+1" }, "text-like-formula"],
    ["a kind of link that there is not", { "link-kind": "carrier-pigeon" }, "not-a-choice"],
    ["a phone without a number", { "noc-phone": "di kantor" }, "short-phone-missing"],
  ])("is not taken with %s", async (_, answers, code) => {
    expect(await add(answers)).toMatchObject({ refusal: { code } });
  });

  test("has a name of its own, capitals aside", async () => {
    accepted(await add({}));
    expect(await add({ name: "LINK dinkes" })).toMatchObject({ refusal: { code: "target-named" } });
    const device = (name: string) => (tx: Tx) =>
      addTarget(tx, office.people.infrastructure, office.setting(), {
        ...{ kind: "device", officeCode: null, parentId: null, answers: { name } },
      });
    const both = await office.atOnce(device("Dua kali"), device("dua KALI"));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("is changed by infrastructure, the data center and administrators only", async () => {
    for (const by of ["dataCenter", "administrator"] as const) accepted(await add({ name: by }, { by }));
    for (const by of ["helpDesk", "requester", "leadership"] as const) {
      expect(await add({ name: by }, { by })).toMatchObject({ refusal: { code: "not-your-role" } });
      expect(await check(1, {}, by)).toMatchObject({ refusal: { code: "not-your-role" } });
    }
  });

  test("lies behind nothing that lies behind it, also when two move at once", async () => {
    const one = await watched.put("Satu");
    const two = await watched.put("Dua", { behind: one.targetId });
    const three = await watched.put("Tiga", { behind: two.targetId });
    expect(await place(one.targetId, one.targetId, { name: "Satu" })).toMatchObject({
      refusal: { code: "target-behind-itself" },
    });
    expect(await place(one.targetId, three.targetId, { name: "Satu" })).toMatchObject({
      refusal: { code: "target-cycle", values: { field: "parent" } },
    });
    expect(await place(one.targetId, 4_000_000, { name: "Satu" })).toMatchObject({
      refusal: { code: "target-unknown" },
    });
    const [four, five] = [await watched.put("Empat"), await watched.put("Lima")];
    const moves = await Promise.all([
      place(four.targetId, five.targetId, { name: "Empat" }),
      place(five.targetId, four.targetId, { name: "Lima" }),
    ]);
    expect(moves.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("leaves what lay behind it behind what it lay behind", async () => {
    const one = await watched.put("Satu");
    const two = await watched.put("Dua", { behind: one.targetId });
    const three = await watched.put("Tiga", { behind: two.targetId });
    const input = { targetId: two.targetId, version: 1 };
    await office.act((tx) => removeTarget(tx, office.people.infrastructure, office.setting(), input));
    expect(await findTarget(office.db, three.targetId)).toMatchObject({ parentId: one.targetId });
  });
});

describe("a check", () => {
  test.each([
    [
      { check: "icmp", address: "10.1.2.3" },
      { kind: "icmp", address: "10.1.2.3" },
    ],
    [
      { check: "icmp", address: "Router.Labura.go.id" },
      { kind: "icmp", address: "router.labura.go.id" },
    ],
    [
      { check: "tcp", host: "10.1.2.3", port: "443" },
      { kind: "tcp", address: "10.1.2.3", port: 443 },
    ],
    [
      { check: "http", url: "https://simpeg.labura.go.id", status: "200", text: "SIMPEG" },
      { kind: "http", url: "https://simpeg.labura.go.id/", status: 200, text: "SIMPEG" },
    ],
    [
      { check: "http", url: "https://10.1.2.3/", certificate: "ignored" },
      { kind: "http", url: "https://10.1.2.3/", status: null, text: null, isCertificateIgnored: true },
    ],
    [
      { check: "dns", domain: "simpeg.labura.go.id", server: "10.1.0.53", expected: "10.1.2.3" },
      { kind: "dns", server: "10.1.0.53", name: "simpeg.labura.go.id", expected: ["10.1.2.3"] },
    ],
    [
      { check: "dns", domain: "simpeg.labura.go.id", expected: "10.1.2.4,10.1.2.3 FD00::3; 10.1.2.4" },
      { kind: "dns", server: null, name: "simpeg.labura.go.id", expected: ["10.1.2.3", "10.1.2.4", "fd00::3"] },
    ],
  ])("%o is kept, once, and goes", async (answers, settings) => {
    const targetId = accepted(await add({}));
    expect(await check(targetId, answers)).toMatchObject({ ok: true });
    expect(await check(targetId, answers)).toMatchObject({ refusal: { code: "check-known" } });
    const [kept] = await listChecksOf(office.db, targetId);
    expect(kept?.settings).toMatchObject(settings);
    const input = { checkId: kept?.id ?? 0 };
    const remove = () => office.act((tx) => removeCheck(tx, office.people.infrastructure, office.setting(), input));
    expect(await remove()).toMatchObject({ ok: true });
    expect(await remove()).toMatchObject({ refusal: { code: "no-such-check" } });
  });

  test.each([
    ["port 0", { check: "tcp", host: "10.1.2.3", port: "0" }, "number-out-of-range"],
    ["a port that there is not", { check: "tcp", host: "10.1.2.3", port: "65536" }, "number-out-of-range"],
    ["this machine", { check: "icmp", address: "127.0.0.1" }, "address-never-asked"],
    ["the metadata of a cloud", { check: "http", url: "http://169.254.169.254/x" }, "address-never-asked"],
    ["this machine in brackets", { check: "http", url: "http://[::1]/" }, "address-never-asked"],
    ["a number that is an address", { check: "http", url: "http://2130706433/" }, "address-never-asked"],
    ["an address of elsewhere", { check: "icmp", address: "8.8.8.8" }, "address-outside-networks"],
    ["a name server of elsewhere", { check: "dns", domain: "a.go.id", server: "8.8.8.8" }, "address-outside-networks"],
    ["what is neither address nor name", { check: "icmp", address: "router dinkes" }, "check-address-unreadable"],
    ["an option of a program", { check: "icmp", address: "-f" }, "text-like-formula"],
    ["another scheme", { check: "http", url: "file:///etc/passwd" }, "check-url"],
    ["no URL", { check: "http", url: "simpeg" }, "check-url"],
    ["a password", { check: "http", url: "https://a:b@simpeg.labura.go.id/" }, "check-url-password"],
    ["no such word of a certificate", { check: "http", url: "https://10.1.2.3/", certificate: "no" }, "not-a-choice"],
    ["a name as the answer", { check: "dns", domain: "a.go.id", expected: "10.1.2.3, b.go.id" }, "address-unreadable"],
    ["nine answers", { check: "dns", domain: "a.go.id", expected: "10.1.2.3 ".repeat(9) }, "domain-many-addresses"],
    ["a name that is none", { check: "dns", domain: "a..b" }, "check-domain"],
    ["a way that there is not", { check: "telepathy" }, "not-a-choice"],
  ])("is not taken with %s", async (_, answers, code) => {
    const targetId = accepted(await add({}));
    expect(await check(targetId, answers)).toMatchObject({ refusal: { code } });
    expect(await add({ name: "Lain" }, { check: answers })).toMatchObject({ refusal: { code } });
  });

  test("is one of eight at most", async () => {
    const targetId = accepted(await add({}));
    for (let each = 1; each <= 8; each += 1)
      accepted(await check(targetId, { check: "icmp", address: `10.1.2.${each}` }));
    expect(await check(targetId, { check: "icmp", address: "10.1.2.9" })).toMatchObject({
      refusal: { code: "target-checks-enough" },
    });
  });
});

describe("a device of the inventory", () => {
  const register = (name: string, kind: AssetKind = "switch") => {
    const { id: personId, officeId } = office.people.infrastructure;
    return office.act(async (tx) =>
      accepted(await registerAsset(tx, office.setting(), { kind, name, officeId }, { personId })),
    );
  };
  const watch = async (name: string, kind: TargetKind = "device") =>
    findTarget(office.db, (await watched.put(name, { kind })).targetId);
  const setState = (assetId: number, version: number, state: AssetState) =>
    office.act((tx) => setAssetState(tx, office.people.itSupport, office.setting(), { assetId, version, state }));

  test("is what is watched by its name, and stays so by another name", async () => {
    const assetId = await register("SW-Pantau-1");
    const target = await watch("sw-pantau-1");
    expect(target).toMatchObject({ assetId });
    accepted(await place(target?.id ?? 0, null, { name: "Switch lantai 2" }));
    expect(await findTarget(office.db, target?.id ?? 0)).toMatchObject({ name: "Switch lantai 2", assetId });
    expect(await watch("SW-Pantau-1")).toMatchObject({ assetId: null });
  });

  test("is not another one that took its name, whatever else is changed of it", async () => {
    const assetId = await register("SW-Nama");
    const target = await watch("SW-Nama");
    await office.act((tx) => sql`update asset set name = 'SW-Nama-lama' where id = ${assetId}`.execute(tx));
    await register("SW-Nama");
    accepted(await place(target?.id ?? 0, null, { name: "SW-Nama" }));
    expect(await findTarget(office.db, target?.id ?? 0)).toMatchObject({ assetId, version: 2 });
  });

  test("becomes another office's where it is watched, unless that was said otherwise, and months stay as they were", async () => {
    const { itSupport } = office.people;
    const move = (assetId: number, officeCode: string, version = 1) =>
      office.act((tx) => transferAsset(tx, itSupport, office.setting(), { assetId, version, officeCode }));
    const { code: own } = await findOffice(office.db, office.people.infrastructure.officeId);
    const [assetId, shared] = [await register("SW-Pindah"), await register("SW-Bersama")];
    const { targetId } = await watched.put("SW-Pindah", { officeCode: own });
    const { targetId: everybodys } = await watched.put("SW-Bersama");
    const offices = await listOffices(office.db);
    const other = offices.find(({ code }) => code !== own) ?? expect.unreachable();
    accepted(await move(assetId, other.code));
    accepted(await move(shared, other.code));
    expect(await findTarget(office.db, targetId)).toMatchObject({ officeId: other.id, assetId, version: 2 });
    expect(await findTarget(office.db, everybodys)).toMatchObject({ officeId: null, version: 1 });
    const formers = office.db.selectFrom("monitor_target_former").select("office_id").where("target_id", "=", targetId);
    expect(await formers.execute()).toEqual([{ office_id: office.people.infrastructure.officeId }]);
  });

  test.each<[string, AssetKind, TargetKind]>([
    ["an outlet has no address", "outlet", "device"],
    ["a site is no device", "router", "site"],
  ])("only where it can be: %s", async (name, assetKind, kind) => {
    await register(name, assetKind);
    expect(await watch(name, kind)).toMatchObject({ assetId: null });
  });

  test("is watched no more when it is retired, and before that whatever becomes of it", async () => {
    const assetId = await register("SW-Pantau-2");
    const target = await watch("SW-Pantau-2");
    accepted(await setState(assetId, 1, "broken"));
    expect(await findTarget(office.db, target?.id ?? 0)).toBeDefined();
    accepted(await setState(assetId, 2, "retired"));
    expect(await findTarget(office.db, target?.id ?? 0)).toBeUndefined();
    const journal = office.db.selectFrom("journal").select(["actor_id", "on_behalf_of"]);
    expect(await journal.where("event", "=", "target-removed").execute()).toContainEqual({
      ...{ actor_id: office.people.itSupport.id, on_behalf_of: null },
    });
  });

  test("is not retired while something that is watched lies behind it", async () => {
    const assetId = await register("RTR-Pantau");
    const { targetId: root } = await watched.put("RTR-Pantau");
    const { targetId: behind } = await watched.put("AP lantai 1", { behind: root });
    expect(await setState(assetId, 1, "retired")).toMatchObject({
      refusal: { code: "asset-watched-behind", values: { name: "RTR-Pantau", count: 1 } },
    });
    expect(await findTarget(office.db, behind)).toMatchObject({ parentId: root });
    accepted(await place(behind, null, { name: "AP lantai 1" }));
    accepted(await setState(assetId, 1, "retired"));
    expect(await findTarget(office.db, root)).toBeUndefined();
  });
});

test.each<[string, (assetId: number) => Promise<Outcome>]>([
  [
    "retired",
    (assetId) =>
      office.act((tx) =>
        setAssetState(tx, office.people.itSupport, office.setting(), { assetId, version: 1, state: "retired" }),
      ),
  ],
  [
    "moved to another office",
    async (assetId) => {
      const { officeId } = office.people.itSupport;
      const other = (await listOffices(office.db)).find(({ id }) => id !== officeId) ?? expect.unreachable();
      const input = { assetId, version: 1, officeCode: other.code };
      return office.act((tx) => transferAsset(tx, office.people.itSupport, office.setting(), input));
    },
  ],
])("a device is %s while somebody puts it under watch, and neither waits for the other for ever", async (how, work) => {
  const { id: personId, officeId } = office.people.infrastructure;
  const asset = { kind: "switch" as const, name: `SW ${how}`, officeId };
  const assetId = await office.act(async (tx) =>
    accepted(await registerAsset(tx, office.setting(), asset, { personId })),
  );
  const [isLocked, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const watching = office.act(async (tx) => {
    await lockTargets(tx);
    isLocked.resolve();
    await mayGoOn.promise;
    const input = { kind: "device" as const, officeCode: null, parentId: null, answers: { name: asset.name } };
    return addTarget(tx, office.people.infrastructure, office.setting(), input);
  });
  await isLocked.promise;
  const changing = work(assetId);
  await office.waiters(1);
  mayGoOn.resolve();
  accepted(await watching);
  accepted(await changing);
});

describe("in a playground", () => {
  const ask = async (answers: Answers, playedAddresses: string[]) => {
    const { targetId } = await watched.put("Kantor Coba", { address: "10.9.9.9" });
    return office.act(async (tx) => {
      const setting = office.setting();
      const monitoring = { ...setting.rules.monitoring, playedAddresses };
      const played = { ...setting, rules: { ...setting.rules, monitoring } };
      const added = await addCheck(tx, office.people.infrastructure, played, { targetId, answers });
      return added.ok ? "taken" : added.refusal;
    });
  };

  test.each([
    ["its own links are asked", { check: "icmp", address: "127.77.0.2" }, "taken"],
    ["no address of an office is", { check: "tcp", host: "10.20.1.1", port: "80" }, "address-not-played"],
    ["no page by its name is", { check: "http", url: "https://simpeg.labura.go.id/" }, "address-not-played"],
  ])("%s", async (_what, answers, expected) => {
    const refusal = await ask(answers, ["127.77.0.1", "127.77.0.2"]);
    if (expected === "taken") return expect(refusal).toBe("taken");
    expect(refusal).toMatchObject({ code: expected, values: { example: "127.77.0.1" } });
  });

  test("without links nothing can be asked", async () => {
    expect(await ask({ check: "icmp", address: "127.77.0.2" }, [])).toMatchObject({ code: "nothing-played" });
  });
});
