import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noteAgreement } from "../../../../core/actions/inventory/note-agreement.ts";
import { sayCause } from "../../../../core/actions/monitoring/outage-cause.ts";
import { changeTarget, pauseTarget, removeCheck, removeTarget } from "../../../../core/actions/monitoring/targets.ts";
import { findAvailability } from "../../../../core/db/monitoring/availability.ts";
import { listStandingAlerts } from "../../../../core/db/monitoring/monitor-alerts.ts";
import { insertCheck, listChecksOf, markCheckRemoved } from "../../../../core/db/monitoring/monitor-checks.ts";
import { findQuality, findRollups, listLosses } from "../../../../core/db/monitoring/monitor-quality.ts";
import { saveRollups } from "../../../../core/db/monitoring/monitor-rollups.ts";
import { insertSamples } from "../../../../core/db/monitoring/monitor-samples.ts";
import { insertChanges } from "../../../../core/db/monitoring/monitor-states.ts";
import { findTarget } from "../../../../core/db/monitoring/monitor-targets.ts";
import { endOutages, insertOutages, setRoots } from "../../../../core/db/monitoring/outages.ts";
import { monthNamed } from "../../../../core/domain/calendar/report-days.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import { shareUp, shareUpWithoutPowerCuts } from "../../../../core/domain/monitoring/availability.ts";
import { usualPolicy } from "../../../../core/domain/monitoring/policy.ts";
import { qualityOf } from "../../../../core/domain/monitoring/quality.ts";
import { rollUp } from "../../../../core/domain/monitoring/rollup.ts";
import type { State } from "../../../../core/domain/monitoring/state.ts";
import { accepted } from "../../../support/ipam.ts";
import { answer } from "../../../support/monitoring.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { listOutagesOf } from "../../../support/outages.ts";
import { second, withTargets } from "../../../support/watched.ts";

/** In WIB the month ends seven hours before it does in UTC. */
const zone = "Asia/Jakarta";
const local = (text: string) => new Date(`${text}+07:00`);
const hourMs = 3_600_000;

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());
beforeEach(async () => {
  for (const table of ["outage", "monitor_change", "maintenance_window"] as const) {
    await office.db.deleteFrom(table).execute();
  }
  await office.db
    .updateTable("monitor_target")
    .set({ removed_at: local("2026-01-01T00:00:00") })
    .execute();
});

/** Watched since October, and up from then on unless told otherwise. */
async function put(name: string, options: Parameters<typeof watched.put>[1] = {}) {
  const ids = await watched.put(name, options);
  const added = local("2026-10-01T00:00:00");
  await office.db.updateTable("monitor_target").set({ added_at: added }).where("id", "=", ids.targetId).execute();
  await changes(ids.targetId, ["unknown", "up", "2026-10-01T00:00:00"]);
  return ids;
}

async function changes(targetId: number, ...all: [State, State, string][]): Promise<void> {
  const at = (text: string) => ({ at: local(text), confirmedAt: local(text) });
  await office.act((tx) =>
    insertChanges(
      tx,
      all.map(([from, to, text]) => ({ targetId, from, to, ...at(text) })),
    ),
  );
}

/** @returns its id */
async function outage(targetId: number, from: string, until: string): Promise<number> {
  const startedAt = local(from);
  await office.act(async (tx) => {
    await insertOutages(tx, [{ targetId, startedAt, confirmedAt: startedAt, endedAt: null }]);
    await endOutages(tx, [{ targetId, endedAt: local(until) }]);
  });
  const [last] = await listOutagesOf(office.db, targetId, 1);
  return last?.id ?? 0;
}

async function figuresOf(targetId: number, month = "2026-11", now = local("2026-12-20T00:00:00")) {
  const { from, until } = monthNamed(month, { zone });
  const all = await findAvailability(office.db, { from, until: until < now ? until : now }, usualPolicy);
  return all.find(({ id }) => id === targetId);
}

const hours = (ms = -hourMs) => ms / hourMs;

describe("a month", () => {
  test("ends at midnight of the office, where an outage over it has a part in both", async () => {
    const { targetId } = await put("Trunk");
    await outage(targetId, "2026-11-30T22:00:00", "2026-12-01T01:00:00");
    const november = await figuresOf(targetId);
    const december = await figuresOf(targetId, "2026-12");
    expect(hours(november?.figures.measuredMs)).toBe(30 * 24);
    expect(hours(november?.figures.downMs)).toBe(2);
    expect(hours(december?.figures.downMs)).toBe(1);
    expect([november?.figures.outages, december?.figures.outages]).toEqual([1, 1]);
    expect(hours((await figuresOf(targetId, "2026-10"))?.figures.downMs)).toBe(0);
  });

  test("that lasts is measured until now, and an outage that lasts counts", async () => {
    const { targetId } = await put("Trunk");
    const startedAt = local("2026-11-02T10:00:00");
    await office.act((tx) => insertOutages(tx, [{ targetId, startedAt, confirmedAt: startedAt, endedAt: null }]));
    const figures = (await figuresOf(targetId, "2026-11", local("2026-11-02T12:00:00")))?.figures;
    expect([hours(figures?.measuredMs), hours(figures?.downMs)]).toEqual([36, 2]);
  });

  test("goes on in the state of the month before: what was unknown then still is", async () => {
    const { targetId } = await put("Trunk");
    await changes(targetId, ["up", "unknown", "2026-10-20T00:00:00"], ["unknown", "up", "2026-11-02T00:00:00"]);
    expect(hours((await figuresOf(targetId))?.figures.measuredMs)).toBe(29 * 24);
  });

  test("counts nothing before a target was watched, nor after; what is gone is in it all the same", async () => {
    const { targetId } = await put("Trunk");
    const db = office.db.updateTable("monitor_target").where("id", "=", targetId);
    await db.set({ added_at: local("2026-11-10T00:00:00"), removed_at: local("2026-11-12T00:00:00") }).execute();
    expect(hours((await figuresOf(targetId))?.figures.measuredMs)).toBe(48);
    expect(await figuresOf(targetId, "2026-10")).toBeUndefined();
    expect(await figuresOf(targetId, "2026-12")).toBeUndefined();
  });

  test("leaves out maintenance of what a target lies behind, with the outage in it", async () => {
    const trunk = await put("Trunk");
    const site = await put("Kantor", { kind: "site", behind: trunk.targetId });
    await office.db
      .insertInto("maintenance_window")
      .values({
        ...{ target_id: trunk.targetId, reason: "Ganti kabel", set_by: 1, set_at: local("2026-11-05T09:00:00") },
        ...{ begins_at: local("2026-11-05T10:00:00"), ends_at: local("2026-11-05T12:00:00") },
      })
      .execute();
    await outage(site.targetId, "2026-11-05T11:00:00", "2026-11-05T13:00:00");
    const figures = (await figuresOf(site.targetId))?.figures;
    expect([hours(figures?.measuredMs), hours(figures?.downMs)]).toEqual([30 * 24 - 2, 1]);
  });
});

describe("a pause and the end of watching", () => {
  test("count for nothing, though an outage lasted when they came", async () => {
    const { targetId, checkId } = await watched.put("Kantor", { kind: "site" });
    const { infrastructure } = office.people;
    await watched.record(0, { up: [checkId] });
    await watched.record(60, { down: [checkId] });
    await watched.record(63, { down: [checkId] });
    const pause = { targetId, version: (await findTarget(office.db, targetId))?.version ?? 0, isPaused: true };
    const setting = office.setting(local("2026-11-22T09:11:00"));
    accepted(await office.act((tx) => pauseTarget(tx, infrastructure, setting, pause)));
    const month = await figuresOf(targetId);
    expect(month?.figures).toMatchObject({ measuredMs: 660_000, downMs: 600_000, outages: 1 });
    const removal = { targetId, version: pause.version + 1 };
    const later = office.setting(local("2026-11-23T09:11:00"));
    accepted(await office.act((tx) => removeTarget(tx, infrastructure, later, removal)));
    expect((await figuresOf(targetId))?.figures).toEqual(month?.figures);
  });
});

describe("the end of watching what is down", () => {
  const isDown = async () => {
    const ids = await watched.put("Kantor", { kind: "site" });
    await watched.record(0, { up: [ids.checkId] });
    for (const seconds of [60, 63]) await watched.record(seconds, { down: [ids.checkId] });
    return ids;
  };
  const alertsOf = async (targetId: number) =>
    (await listStandingAlerts(office.db)).filter(({ rootId }) => rootId === targetId);
  const remove = (checkId: number) =>
    office.act((tx) => removeCheck(tx, office.people.infrastructure, office.setting(second(600)), { checkId }));

  test("with its last check ends the outage and what was told of it", async () => {
    const { targetId, checkId } = await isDown();
    const settings = { kind: "tcp", address: "10.9.9.7", port: 22 } as const;
    const other = (await office.act((tx) => insertCheck(tx, { targetId, settings, now: second(70) }))) ?? 0;
    expect(await alertsOf(targetId)).toHaveLength(1);
    accepted(await remove(other));
    expect([await alertsOf(targetId), (await watched.states()).get(targetId)]).toMatchObject([[{}], "down"]);
    accepted(await remove(checkId));
    expect([await alertsOf(targetId), (await watched.states()).get(targetId)]).toEqual([[], "unknown"]);
    expect(await listOutagesOf(office.db, targetId, 2)).toMatchObject([
      { startedAt: second(60), endedAt: second(600) },
    ]);
  });

  test("ends the outage when it began, where the clock went back before that", async () => {
    const { targetId } = await isDown();
    const pause = { targetId, version: (await findTarget(office.db, targetId))?.version ?? 0, isPaused: true };
    const setting = office.setting(second(30));
    accepted(await office.act((tx) => pauseTarget(tx, office.people.infrastructure, setting, pause)));
    expect(await listOutagesOf(office.db, targetId, 2)).toMatchObject([{ startedAt: second(60), endedAt: second(60) }]);
  });
});

describe("why it was down", () => {
  test("is said of the root for all behind it, and a cause of its own goes before", async () => {
    const { infrastructure } = office.people;
    const trunk = await put("Trunk");
    const sites = [await put("Satu", { behind: trunk.targetId }), await put("Dua", { behind: trunk.targetId })];
    const root = await outage(trunk.targetId, "2026-11-05T10:00:00", "2026-11-05T12:00:00");
    const behind = [];
    for (const { targetId } of sites) behind.push(await outage(targetId, "2026-11-05T10:01:00", "2026-11-05T12:01:00"));
    const roots = behind.map((outageId) => ({ outageId, rootId: trunk.targetId }));
    await office.act((tx) => setRoots(tx, roots));
    const say = (outageId: number, cause: "power" | "device") =>
      office.act((tx) => sayCause(tx, infrastructure, office.setting(), { outageId, cause, former: null }));
    accepted(await say(root, "power"));
    accepted(await say(behind[1] ?? 0, "device"));
    const [first, second] = await Promise.all(sites.map(({ targetId }) => figuresOf(targetId)));
    expect(hours(first?.figures.powerCutMs)).toBe(2);
    expect(first && shareUpWithoutPowerCuts(first.figures)).toBe(1);
    expect(first && shareUp(first.figures)).toBeCloseTo(1 - 2 / 720);
    expect(hours(second?.figures.powerCutMs)).toBe(0);
  });
});

describe("a power cut of a trunk", () => {
  /** Down from 60 s to `back`, an office behind it until `slow`, minute by minute. */
  async function cut(back: number, slow: number, levels: readonly string[] = ["Kantor"]) {
    const trunk = await watched.put("Trunk");
    const rows = [trunk];
    for (const name of levels) rows.push(await watched.put(name, { behind: rows.at(-1)?.targetId ?? 0 }));
    for (let seconds = 0; seconds <= slow + 60; seconds += 30) {
      const isDown = ({ checkId }: { checkId: number }) =>
        seconds >= 60 && seconds < (checkId === trunk.checkId ? back : slow);
      const ids = (down: boolean) => rows.filter((each) => isDown(each) === down).map(({ checkId }) => checkId);
      await watched.record(seconds, { up: ids(false), down: ids(true) });
      await watched.look(seconds + 2);
    }
    const [outage] = await listOutagesOf(office.db, trunk.targetId, 1);
    const said = { outageId: outage?.id ?? 0, cause: "power" as const, former: null };
    accepted(await office.act((tx) => sayCause(tx, office.people.infrastructure, office.setting(), said)));
    return rows.map(({ targetId }) => targetId);
  }
  const minutes = (ms = -60_000) => ms / 60_000;

  test("is one for the office that starts long after it too, until it should have been back", async () => {
    const [trunkId = 0, siteId = 0] = await cut(660, 1_260);
    expect(await listOutagesOf(office.db, siteId, 2)).toMatchObject([
      { rootId: null, beganBehindId: trunkId, startedAt: second(60), endedAt: second(1_260) },
    ]);
    const { figures } = (await figuresOf(siteId)) ?? {};
    expect([minutes(figures?.downMs), minutes(figures?.powerCutMs)]).toEqual([20, 13]);
  });

  test("is one for what lies behind something else that lay behind the trunk", async () => {
    const [trunkId = 0, linkId = 0, siteId = 0] = await cut(660, 720, ["Link", "Kantor"]);
    // The link was found before the trunk.
    await office.db.updateTable("outage").set({ began_behind_id: linkId }).where("target_id", "=", siteId).execute();
    const [site] = await listOutagesOf(office.db, siteId, 1);
    expect(site?.above.map(({ targetId }) => targetId).toSorted()).toEqual([trunkId, linkId].toSorted());
    const { figures } = (await figuresOf(siteId)) ?? {};
    expect([minutes(figures?.downMs), minutes(figures?.powerCutMs)]).toEqual([11, 11]);
  });
});

describe("what is agreed", () => {
  test("is said by the target, else by the nearest that it lies behind, else by the profile", async () => {
    const answers = { "agreed-percent": "99.5" };
    const link = await put("Link", { kind: "link", answers });
    const site = await put("Kantor", { kind: "site", behind: link.targetId });
    const own = await put("Router", { behind: link.targetId, answers: { "agreed-percent": "95" } });
    const other = await put("Lain");
    const agreed = await Promise.all(
      [link, site, own, other].map(async ({ targetId }) => (await figuresOf(targetId))?.agreedPercent),
    );
    expect(agreed).toEqual([99.5, 99.5, 95, usualPolicy.agreedPercent]);
  });
});

describe("a month that is over", () => {
  const december = () => office.setting(local("2026-12-03T10:00:00"));

  /** As somebody changes it in the form. @param at local time */
  async function change(
    targetId: number,
    answers: Answers,
    { at = "2026-12-03T10:00:00", ...than }: { at?: string; parentId?: number | null; officeCode?: string | null } = {},
  ): Promise<void> {
    const target = await findTarget(office.db, targetId);
    const version = target?.version ?? 0;
    const said = { officeCode: null, parentId: target?.parentId ?? null, ...than };
    const link = target?.kind === "link" ? { "link-kind": "internet" } : {};
    const input = { targetId, version, ...said, answers: { name: target?.name ?? "", ...link, ...answers } };
    const setting = office.setting(local(at));
    accepted(await office.act((tx) => changeTarget(tx, office.people.infrastructure, setting, input)));
  }

  async function maintain(targetId: number, from: string, until: string): Promise<void> {
    await office.db
      .insertInto("maintenance_window")
      .values({
        ...{ target_id: targetId, reason: "Ganti kabel", set_by: 1, set_at: local(from) },
        ...{ begins_at: local(from), ends_at: local(until) },
      })
      .execute();
  }

  test("keeps what was agreed, whose it was and who provided it, and the next one has what is said now", async () => {
    const answers = { provider: "PT Satu", "circuit-number": "1", "agreed-percent": "99.5" };
    const { targetId } = await put("Link", { kind: "link", officeCode: "Dinkes", answers });
    const november = await figuresOf(targetId);
    expect(november).toMatchObject({
      agreedPercent: 99.5,
      officeCode: "Dinkes",
      provider: "PT Satu",
      circuitNumber: "1",
    });
    await change(targetId, { provider: "PT Dua", "agreed-percent": "95" }, { officeCode: "Disdukcapil" });
    expect(await figuresOf(targetId)).toEqual(november);
    const later = { agreedPercent: 95, officeCode: "Disdukcapil", provider: "PT Dua", circuitNumber: null };
    expect(await figuresOf(targetId, "2026-12")).toMatchObject(later);
  });

  test("keeps maintenance and agreement of what a target lay behind, though that is removed", async () => {
    const trunk = await put("Trunk", { kind: "link", answers: { "agreed-percent": "99.9" } });
    const site = await put("Kantor", { kind: "site", behind: trunk.targetId });
    await maintain(trunk.targetId, "2026-11-05T10:00:00", "2026-11-05T12:00:00");
    const november = await figuresOf(site.targetId);
    expect(november?.agreedPercent).toBe(99.9);
    expect(hours(november?.figures.measuredMs)).toBe(30 * 24 - 2);
    const removal = { targetId: trunk.targetId, version: 1 };
    accepted(await office.act((tx) => removeTarget(tx, office.people.infrastructure, december(), removal)));
    expect(await figuresOf(site.targetId)).toEqual(november);
    expect((await figuresOf(site.targetId, "2026-12"))?.agreedPercent).toBe(usualPolicy.agreedPercent);
  });

  test("has of maintenance what a target lay behind at that time", async () => {
    const trunk = await put("Trunk");
    const site = await put("Kantor", { kind: "site" });
    await maintain(trunk.targetId, "2026-11-05T10:00:00", "2026-11-05T12:00:00");
    await change(site.targetId, {}, { parentId: trunk.targetId, at: "2026-11-05T11:30:00" });
    expect(hours((await figuresOf(site.targetId))?.figures.measuredMs)).toBe(30 * 24 - 0.5);
  });

  test("keeps what the profile said was agreed", async () => {
    const { targetId } = await put("Link");
    const note = (agreedPercent: number, at: string) => {
      const { rules, ...setting } = office.setting(local(at));
      const policy = { ...rules.monitoring.policy, agreedPercent };
      return office.act((tx) =>
        noteAgreement(tx, { ...setting, rules: { ...rules, monitoring: { ...rules.monitoring, policy } } }),
      );
    };
    await note(98, "2026-11-20T10:00:00");
    await note(98, "2026-11-21T10:00:00");
    await note(97, "2026-12-03T10:00:00");
    const agreed = async (month: string) => (await figuresOf(targetId, month))?.agreedPercent;
    expect([await agreed("2026-10"), await agreed("2026-11"), await agreed("2026-12")]).toEqual([98, 98, 97]);
    await office.db.deleteFrom("monitor_agreed").execute();
  });
});

describe("how good the ways were", () => {
  const day = (text: string) => local(`${text}T00:00:00`);
  const rollup = (avgUs: number, received = 5) => rollUp([answer(0, { avgUs, received, minUs: avgUs, maxUs: avgUs })]);

  test("comes from whole days of the month, and of today from its hours", async () => {
    const { targetId, checkId } = await put("Trunk");
    const save = (period: "day" | "hour", at: Date, avgUs: number, received = 5) =>
      office.act((tx) => saveRollups(tx, period, [{ checkId, beginsAt: at, rollup: rollup(avgUs, received) }]));
    await save("day", day("2026-10-31"), 900_000);
    await save("day", day("2026-11-01"), 1_000);
    await save("day", day("2026-11-30"), 2_000, 4);
    await save("day", day("2026-12-01"), 900_000);
    await save("hour", local("2026-11-30T23:00:00"), 4_000);
    const { from, until } = monthNamed("2026-11", { zone });
    const over = (await findRollups(office.db, [targetId], { from, until }, until)).get(targetId);
    expect(over?.samples).toBe(2);
    expect(over && qualityOf(over).lossPercent).toBe(10);
    const now = local("2026-11-30T23:59:00");
    const lasting = await findRollups(office.db, [targetId], { from, until: now }, day("2026-11-30"));
    expect(lasting.get(targetId)?.samples).toBe(2);
    expect(lasting.get(targetId)?.maxUs).toBe(4_000);
  });

  test("of a ping that another check followed in mid-month are known on both sides of that", async () => {
    const { targetId, checkId } = await watched.put("Trunk");
    const settings = { kind: "tcp", address: "10.9.9.8", port: 22 } as const;
    const swap = (await office.act((tx) => insertCheck(tx, { targetId, settings, now: morning }))) ?? 0;
    await office.act((tx) => markCheckRemoved(tx, checkId, local("2026-11-23T12:00:00")));
    const save = (of: number, at: Date, avgUs: number) =>
      office.act((tx) => saveRollups(tx, "day", [{ checkId: of, beginsAt: at, rollup: rollup(avgUs) }]));
    for (const each of ["2026-11-22", "2026-11-23"]) {
      await save(checkId, day(each), 1_000);
      await save(swap, day(each), 900_000);
    }
    await save(swap, day("2026-11-24"), 3_000);
    await save(swap, day("2026-12-01"), 4_000);
    const of = async (month: string) => {
      const { from, until } = monthNamed(month, { zone });
      const found = await findRollups(office.db, [targetId], { from, until }, until);
      return [found.get(targetId)?.samples, found.get(targetId)?.maxUs];
    };
    expect(await of("2026-11")).toEqual([3, 3_000]);
    expect(await of("2026-12")).toEqual([1, 4_000]);
  });

  test("are lost by the same share on a target's page and in a list, also while it was down and with hours that are over", async () => {
    const { targetId, checkId } = await put("Trunk");
    await office.act((tx) =>
      insertCheck(tx, { targetId, settings: { kind: "tcp", address: "10.9.9.9", port: 22 }, now: morning }),
    );
    const [, other] = await listChecksOf(office.db, targetId);
    const now = local("2026-11-02T12:10:00");
    const since = local("2026-11-01T12:10:00");
    await office.act(async (tx) => {
      const beginsAt = local("2026-11-02T10:00:00");
      await saveRollups(tx, "hour", [{ checkId, beginsAt, rollup: rollup(1_000, 4) }]);
      const down = { isOk: false, received: 0, avgUs: null, minUs: null, maxUs: null };
      const at = local("2026-11-02T11:30:00");
      await insertSamples(tx, [
        { ...answer(0), checkId, at: local("2026-11-02T10:30:00") },
        { ...answer(0, down), checkId, at },
        { ...answer(0), checkId, at: local("2026-11-02T11:31:00") },
        { ...answer(0, down), checkId: other?.id ?? 0, at },
      ]);
    });
    const page = await findQuality(office.db, checkId, { since, now });
    expect(page?.lossPercent).toBeCloseTo(40);
    expect((await listLosses(office.db, since)).get(targetId)).toBeCloseTo(40);
  });

  test("are lost in a list by what was asked in each hour, also by a ping that another one replaced", async () => {
    const { targetId, checkId } = await put("Trunk");
    const web = await office.act((tx) =>
      insertCheck(tx, { targetId, settings: { kind: "tcp", address: "10.9.9.8", port: 22 }, now: morning }),
    );
    const now = local("2026-11-03T12:10:00");
    const replaced = local("2026-11-03T09:00:00");
    const later = await office.act(async (tx) => {
      await markCheckRemoved(tx, checkId, replaced);
      return insertCheck(tx, { targetId, settings: { kind: "icmp", address: "10.9.9.7" }, now: replaced });
    });
    const down = { isOk: false, received: 0, avgUs: null, minUs: null, maxUs: null };
    const sample = (id: number | undefined, time: string, said = {}) => ({
      ...answer(0, said),
      checkId: id ?? 0,
      at: local(`2026-11-03T${time}`),
    });
    await office.act((tx) =>
      insertSamples(tx, [
        ...[sample(web, "07:10:00", down), sample(web, "08:10:00", down), sample(web, "10:10:00", down)],
        ...[sample(checkId, "08:10:00"), sample(later, "10:10:00"), sample(later, "10:11:00")],
      ]),
    );
    const losses = await listLosses(office.db, new Date(now.getTime() - 24 * hourMs));
    expect(losses.get(targetId)).toBeCloseTo(25);
  });
});
