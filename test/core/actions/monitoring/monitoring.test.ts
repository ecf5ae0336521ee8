import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askNow, recordAsked } from "../../../../core/actions/monitoring/ask-target.ts";
import { followHosted } from "../../../../core/actions/monitoring/follow-hosted.ts";
import {
  cancelMaintenance,
  endMaintenance,
  planMaintenance,
} from "../../../../core/actions/monitoring/maintenance-windows.ts";
import { recordSamples } from "../../../../core/actions/monitoring/record-samples.ts";
import { keepSampleDays } from "../../../../core/actions/monitoring/roll-up.ts";
import { takeOutage } from "../../../../core/actions/monitoring/take-outage.ts";
import { addCheck, pauseTarget, removeCheck, removeTarget } from "../../../../core/actions/monitoring/targets.ts";
import { listPlannedWindows, listWindowsAt } from "../../../../core/db/monitoring/maintenance-windows.ts";
import { listStandingAlerts } from "../../../../core/db/monitoring/monitor-alerts.ts";
import { listChecksOf } from "../../../../core/db/monitoring/monitor-checks.ts";
import { findQuality } from "../../../../core/db/monitoring/monitor-quality.ts";
import { listRollups } from "../../../../core/db/monitoring/monitor-rollups.ts";
import { listSamplesSince } from "../../../../core/db/monitoring/monitor-samples.ts";
import { listSeen } from "../../../../core/db/monitoring/monitor-states.ts";
import { findTarget, listTargets } from "../../../../core/db/monitoring/monitor-targets.ts";
import { findOutageAt } from "../../../../core/db/monitoring/outages.ts";
import { rollUpSamples } from "../../../../worker/tasks/roll-up-samples.ts";
import { hostApplication } from "../../../support/hosted.ts";
import { answer, miss } from "../../../support/monitoring.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { listOutagesOf } from "../../../support/outages.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.act((tx) => sql`update monitor_target set removed_at = now()`.execute(tx));
  await office.act((tx) => sql`delete from monitor_alert`.execute(tx));
  await office.db.deleteFrom("outage").execute();
  await office.takeMail();
});

const mailKinds = async () =>
  (await office.takeMail()).map(({ to, kind, edits }) => `${to} ${kind}${edits ? " again" : ""}`);

/** Two misses make it certain. */
async function cut(checkIds: readonly number[], from = 60): Promise<void> {
  await watched.record(from, { down: checkIds });
  await watched.record(from + 3, { down: checkIds });
}

describe("what is found", () => {
  test("a cut of a router with 30 children is one message with their number, and one when all is back", async () => {
    const router = await watched.put("Router pusat");
    const children = [];
    for (let each = 1; each <= 30; each += 1) {
      children.push(await watched.put(`Kantor ${each}`, { kind: "site", behind: router.targetId }));
    }
    const all = [router, ...children].map(({ checkId }) => checkId);
    await watched.record(0, { up: all });
    // Children are asked before the router, as it comes.
    await watched.record(30, { down: all.slice(1) });
    const rechecks = await watched.record(33, { down: all.slice(1) });
    expect(await office.takeMail()).toEqual([]);
    expect(rechecks).toEqual([]);
    await watched.record(34, { down: [router.checkId] });
    await watched.record(37, { down: [router.checkId] });
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
    const [alert] = await listStandingAlerts(office.db);
    expect(alert).toMatchObject({ kind: "down", rootId: router.targetId, since: second(34) });
    expect(alert?.children).toHaveLength(30);
    expect([...(await watched.states()).values()].every((state) => state === "down")).toBe(true);
    const [outage] = await listOutagesOf(office.db, children[0]?.targetId ?? 0, 1);
    expect(outage).toMatchObject({ rootId: router.targetId, startedAt: second(30), endedAt: null });

    await watched.record(90, { up: all });
    await watched.record(93, { up: all });
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-over"]);
    expect(await listStandingAlerts(office.db)).toEqual([]);
    const [ended] = await listOutagesOf(office.db, router.targetId, 1);
    expect(ended).toMatchObject({ rootId: null, startedAt: second(34), endedAt: second(90) });
  });

  test("a first miss asks again soon, and what it lies behind at once", async () => {
    const trunk = await watched.put("Trunk");
    const link = await watched.put("Link", { kind: "link", behind: trunk.targetId });
    const site = await watched.put("Kantor", { kind: "site", behind: link.targetId });
    await watched.record(0, { up: [trunk.checkId, link.checkId, site.checkId] });
    expect(await watched.record(30, { down: [site.checkId] })).toEqual([
      { checkId: site.checkId, inSeconds: 3 },
      { checkId: trunk.checkId, inSeconds: 0 },
      { checkId: link.checkId, inSeconds: 0 },
    ]);
  });

  test("samples that come twice, of another day, or of what is watched no more say nothing", async () => {
    const { targetId, checkId } = await watched.put("Router");
    const samples = [{ ...answer(0), checkId, at: second(0) }];
    const far = [{ ...miss(0), checkId, at: second(400 * 86_400) }];
    const setting = office.setting(second(1));
    const none = { ...answer(0), checkId: 4_000_000, at: second(0) };
    await office.act((tx) => recordSamples(tx, setting, { samples, uplink: "up" }));
    await office.act((tx) => recordSamples(tx, setting, { samples: [...samples, none, ...far], uplink: "up" }));
    const { rows } = await sql`select 1 from monitor_sample where check_id in (${checkId}, 4000000)`.execute(office.db);
    expect(rows).toHaveLength(1);
    expect((await watched.states()).get(targetId)).toBe("up");
  });

  test("a cut of our own way out is nobody's outage nor loss, and nobody is told", async () => {
    const { targetId, checkId } = await watched.put("Router");
    await watched.record(0, { up: [checkId] });
    await watched.record(30, { down: [checkId] }, "down");
    await watched.record(33, { down: [checkId] }, "down");
    expect((await watched.states()).get(targetId)).toBe("unknown");
    expect(await listOutagesOf(office.db, targetId, 1)).toEqual([]);
    expect(await office.takeMail()).toEqual([]);
    const span = { since: second(0), now: second(60) };
    expect(await findQuality(office.db, checkId, span)).toMatchObject({ lossPercent: 0 });
    expect((await listSamplesSince(office.db, checkId, second(10))).map(({ problem }) => problem)).toEqual([
      "cannot-ask",
      "cannot-ask",
    ]);
  });

  test("what nobody hears of for three intervals is unknown; after a restart it goes on from there", async () => {
    const { targetId, checkId } = await watched.put("Router");
    await watched.record(0, { up: [checkId] });
    await watched.record(30, { down: [checkId] });
    // Nothing is kept in the process: the next call could be another one's.
    await watched.record(33, { down: [checkId] });
    expect((await watched.states()).get(targetId)).toBe("down");
    await watched.look(200);
    expect((await watched.states()).get(targetId)).toBe("unknown");
    await watched.record(300, { up: [checkId] });
    await watched.record(303, { up: [checkId] });
    expect((await watched.states()).get(targetId)).toBe("up");
    const [outage, ...others] = await listOutagesOf(office.db, targetId, 2);
    expect(outage).toMatchObject({ startedAt: second(30), endedAt: second(300) });
    expect(others).toEqual([]);
  });

  test("what is down before and after a time without samples is so since its outage began", async () => {
    const { targetId, checkId } = await watched.put("Router");
    await watched.record(0, { up: [checkId] });
    await cut([checkId], 30);
    await watched.look(200);
    await cut([checkId], 300);
    const seen = (await listSeen(office.db)).find(({ id }) => id === targetId);
    expect(seen).toMatchObject({ state: "down", since: second(30) });
  });

  test("an outage lasts until the check that found it is removed, though another was never down", async () => {
    const { targetId, checkId } = await watched.put("Server");
    const { infrastructure } = office.people;
    const answers = { check: "tcp", host: "10.9.9.9", port: "443" };
    await office.act((tx) => addCheck(tx, infrastructure, office.setting(second(0)), { targetId, answers }));
    const web = (await listChecksOf(office.db, targetId)).find(({ settings }) => settings.kind === "tcp")?.id ?? 0;
    await watched.record(0, { up: [checkId, web] });
    for (const seconds of [30, 33, 60, 90]) await watched.record(seconds, { up: [web], down: [checkId] });
    await office.act((tx) => removeCheck(tx, infrastructure, office.setting(second(110)), { checkId }));
    await watched.look(115);
    expect((await watched.states()).get(targetId)).toBe("up");
    const [outage] = await listOutagesOf(office.db, targetId, 1);
    expect(outage?.startedAt).toEqual(second(30));
    expect(outage?.endedAt?.getTime()).toBeGreaterThanOrEqual(second(110).getTime());
  });

  test("what waited while the database was away comes at once, and each outage of that time is seen", async () => {
    const { targetId, checkId } = await watched.put("Router");
    await watched.record(0, { up: [checkId] });
    const sample = (seconds: number, isUp: boolean) => ({
      ...{ ...(isUp ? answer(0) : miss(0)), checkId, at: second(seconds) },
    });
    const samples = [30, 33, 60, 63, 90, 93, 120, 123, 150, 153].map((seconds) =>
      sample(seconds, [60, 63, 120, 123].includes(seconds)),
    );
    const setting = office.setting(second(160));
    await office.act((tx) => recordSamples(tx, setting, { samples, uplink: "up" }));
    expect(await listOutagesOf(office.db, targetId, 4)).toMatchObject([
      { startedAt: second(150), endedAt: null },
      { startedAt: second(90), endedAt: second(120) },
      { startedAt: second(30), endedAt: second(60) },
    ]);
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["outage-told"]);
  });

  test("the end of a month and of the years keeps its figures, by the office's days", async () => {
    const { checkId } = await watched.put("Router");
    // 31 December 23.59 and 1 January 00.00 in Jakarta, which is 16.59 and 17.00 in UTC.
    const [before, after] = [new Date("2026-12-31T16:59:30Z"), new Date("2026-12-31T17:00:30Z")];
    const nextDay = new Date("2027-01-01T00:00:05Z");
    for (const at of [before, after, nextDay]) {
      const samples = [{ ...answer(0), checkId, at }];
      await office.act((tx) => recordSamples(tx, office.setting(at), { samples, uplink: "up" }));
    }
    const setting = (now: Date) => office.setting(now);
    await rollUpSamples({ db: office.db, setting }, new Date("2027-01-03T00:00:00Z"));
    const span = {
      from: new Date("2026-12-01T00:00:00Z"),
      until: new Date("2027-02-01T00:00:00Z"),
      checkIds: [checkId],
    };
    const begins = async (period: "minute" | "hour" | "day") =>
      (await listRollups(office.db, period, span))
        .map(({ beginsAt, rollup }) => `${beginsAt.toISOString()} ${rollup.samples}`)
        .sort();
    expect(await begins("day")).toEqual(["2026-12-30T17:00:00.000Z 1", "2026-12-31T17:00:00.000Z 2"]);
    expect(await begins("hour")).toHaveLength(3);
    expect(await begins("minute")).toHaveLength(3);

    // What comes late is rolled up again.
    const late = [{ ...answer(0), checkId, at: new Date("2026-12-31T17:00:45Z") }];
    await office.act((tx) => recordSamples(tx, office.setting(nextDay), { samples: late, uplink: "up" }));
    await rollUpSamples({ db: office.db, setting }, new Date("2027-01-03T00:05:00Z"));
    expect(await begins("day")).toEqual(["2026-12-30T17:00:00.000Z 1", "2026-12-31T17:00:00.000Z 3"]);
    expect(await findQuality(office.db, checkId, { since: before, now: nextDay })).toMatchObject({
      ...{ lossPercent: 0, minUs: 900 },
    });

    const kept = { ...office.setting().rules.monitoring, keepDays: { samples: 3, minutes: 3, hours: 31 } };
    const inTwoMonths = office.setting(new Date("2027-03-01T00:00:00Z"), { monitoring: kept });
    await office.act((tx) => keepSampleDays(tx, inTwoMonths));
    expect(await begins("minute")).toEqual([]);
    expect(await begins("hour")).toEqual([]);
    expect(await begins("day")).toHaveLength(2);
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relname ~ '^monitor_sample_' order by 1`.execute(office.db);
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["monitor_sample_20270301", "monitor_sample_20270304"]),
    );
    expect(rows.map(({ name }) => name)).not.toContain("monitor_sample_20261231");
  });
});

describe("who is told", () => {
  test("of an outage again after an hour, until somebody takes it; the message says who", async () => {
    const { checkId } = await watched.put("Router");
    await watched.record(0, { up: [checkId] });
    await cut([checkId]);
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
    await cut([checkId], 3_690);
    await watched.look(3_701);
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);

    const [alert] = await listStandingAlerts(office.db);
    const alertId = alert?.id ?? 0;
    const take = (by: keyof typeof office.people) =>
      office.act((tx) => takeOutage(tx, office.people[by], office.setting(second(3_800)), { alertId }));
    expect(await take("requester")).toMatchObject({ ok: false, refusal: { code: "not-at-desk" } });
    expect(await take("helpDesk")).toMatchObject({ ok: true });
    expect(await take("infrastructure")).toMatchObject({
      ok: false,
      refusal: { code: "outage-taken", values: { personId: office.people.helpDesk.id } },
    });
    await office.takeMail();
    await cut([checkId], 8_990);
    await watched.look(9_001);
    expect(await office.takeMail()).toEqual([]);
  });

  test("what stands with people is edited when it is over", async () => {
    const { checkId } = await watched.put("Router");
    await watched.record(0, { up: [checkId] });
    await cut([checkId]);
    await office.deliver();
    await watched.record(90, { up: [checkId] });
    await watched.record(93, { up: [checkId] });
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told again", "Efendi Rambe outage-over"]);
  });

  test("of an office again that was down before its trunk fell, and still is when the trunk returns", async () => {
    const trunk = await watched.put("Trunk");
    const site = await watched.put("Kantor", { kind: "site", behind: trunk.targetId });
    const all = [trunk.checkId, site.checkId];
    const step = async (seconds: number, seen: { up?: number[]; down?: number[] }) => {
      await watched.record(seconds, seen);
      await watched.record(seconds + 3, seen);
    };
    await watched.record(0, { up: all });
    await step(30, { up: [trunk.checkId], down: [site.checkId] });
    await watched.look(65);
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
    await step(90, { down: all });
    await watched.look(95);
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
    for (const seconds of [120, 200, 270, 310]) await step(seconds, { up: [trunk.checkId], down: [site.checkId] });
    await watched.look(345);
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-over", "Efendi Rambe outage-told"]);
    expect(await listStandingAlerts(office.db)).toMatchObject([{ rootId: site.targetId, since: second(30) }]);
  });

  /** A trunk and what lies behind it, down together since 30 s, and told of. */
  async function cutTrunk(offices: number) {
    const trunk = await watched.put("Trunk");
    const behind: { targetId: number; checkId: number }[] = [];
    for (let each = 1; each <= offices; each += 1) {
      behind.push(await watched.put(`Kantor ${each}`, { kind: "site", behind: trunk.targetId }));
    }
    const children = behind.map(({ checkId }) => checkId);
    await watched.record(0, { up: [trunk.checkId, ...children] });
    await cut([trunk.checkId, ...children], 30);
    await office.deliver();
    await watched.record(100, { down: [trunk.checkId, ...children] });
    return { trunk, behind, children };
  }

  test("of no office whose router starts only after its trunk came back, which is over in one message", async () => {
    const { trunk, children } = await cutTrunk(30);
    for (const seconds of [150, 153, 180, 210]) {
      await watched.record(seconds, { up: [trunk.checkId], down: children });
      await watched.look(seconds + 2);
    }
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told again", "Efendi Rambe outage-over"]);
    for (const seconds of [240, 243, 300, 340]) {
      await watched.record(seconds, { up: [trunk.checkId, ...children] });
      await watched.look(seconds + 2);
    }
    expect(await office.takeMail()).toEqual([]);
    expect([...(await watched.states()).values()].every((state) => state === "up")).toBe(true);
  });

  test("of the office that is still down three minutes after its trunk came back", async () => {
    const { trunk, behind, children } = await cutTrunk(3);
    const [stays, ...slow] = children;
    for (const seconds of [150, 153, 240, 243, 329]) {
      const back = seconds < 240 ? [] : slow;
      const down = children.filter((id) => !back.includes(id));
      await watched.record(seconds, { up: [trunk.checkId, ...back], down });
      await watched.look(seconds + 1);
    }
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told again", "Efendi Rambe outage-over"]);
    await watched.record(330, { up: [trunk.checkId, ...slow], down: [stays ?? 0] });
    await watched.look(331);
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
    expect(await listStandingAlerts(office.db)).toMatchObject([{ rootId: behind[0]?.targetId, since: second(30) }]);
  });

  test("of nothing in maintenance, nor of what lies behind it; of what is still down after it", async () => {
    const router = await watched.put("Router");
    const site = await watched.put("Kantor", { kind: "site", behind: router.targetId });
    const all = [router.checkId, site.checkId];
    await watched.record(0, { up: all });
    const input = { targetId: router.targetId, answers: { until: "2026-11-22T08:00:00Z", reason: "Ganti router" } };
    const begin = (by: keyof typeof office.people) =>
      office.act((tx) => planMaintenance(tx, office.people[by], office.setting(second(10)), input));
    expect(await begin("helpDesk")).toMatchObject({ ok: false, refusal: { code: "not-your-role" } });
    expect(await begin("infrastructure")).toMatchObject({ ok: true });
    await cut(all);
    expect(await office.takeMail()).toEqual([]);
    const setting = office.setting(second(70));
    const [window] = await listWindowsAt(office.db, setting.now);
    const end = (windowId = 0) =>
      office.act((tx) => endMaintenance(tx, office.people.infrastructure, setting, { windowId }));
    expect(await end(window?.id)).toEqual({ ok: true, value: router.targetId });
    expect(await end(window?.id)).toMatchObject({ refusal: { code: "not-in-maintenance" } });
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
  });

  test("of nothing in maintenance that was planned ahead, from its beginning on; one that is cancelled changes nothing", async () => {
    const router = await watched.put("Router");
    const { targetId, checkId } = router;
    await watched.record(0, { up: [checkId] });
    const minute = (minutes: number) => second(minutes * 60).toISOString();
    const plan = (from: number, until: number, by: keyof typeof office.people = "infrastructure") => {
      const answers = { from: minute(from), until: minute(until), reason: "Ganti router" };
      const input = { targetId, answers };
      return office.act((tx) => planMaintenance(tx, office.people[by], office.setting(second(10)), input));
    };
    const cancel = (windowId: number, by: keyof typeof office.people, seconds: number) =>
      office.act((tx) => cancelMaintenance(tx, office.people[by], office.setting(second(seconds)), { windowId }));
    expect(await plan(5, 5)).toMatchObject({ refusal: { code: "end-before-begin", values: { field: "until" } } });
    expect(await plan(5, 9, "helpDesk")).toMatchObject({ refusal: { code: "not-your-role" } });
    expect(await plan(5, 9)).toMatchObject({ ok: true });
    expect(await plan(20, 30)).toMatchObject({ ok: true });
    const present = (await listWindowsAt(office.db, second(60))).filter((window) => window.targetId === targetId);
    expect(present).toEqual([]);

    const [first, later] = await listPlannedWindows(office.db, targetId, second(60));
    expect(await cancel(later?.id ?? 0, "helpDesk", 60)).toMatchObject({ refusal: { code: "not-your-role" } });
    expect(await cancel(later?.id ?? 0, "infrastructure", 60)).toMatchObject({ ok: true, value: targetId });
    for (const id of [later?.id, first?.id]) {
      expect(await cancel(id ?? 0, "infrastructure", 310)).toMatchObject({
        refusal: { code: "maintenance-not-planned" },
      });
    }
    for (const seconds of [301, 310, 370, 430, 490]) await watched.record(seconds, { down: [checkId] });
    expect((await watched.states()).get(targetId)).toBe("down");
    expect(await office.takeMail()).toEqual([]);
    await watched.record(545, { down: [checkId] });
    expect(await mailKinds()).toEqual([]);
    await watched.look(550);
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
  });

  test("that what is paused or removed is watched no more, and its outage ends", async () => {
    const router = await watched.put("Router");
    const site = await watched.put("Kantor", { kind: "site", behind: router.targetId });
    const all = [router.checkId, site.checkId];
    await watched.record(0, { up: all });
    await cut(all);
    await office.takeMail();
    const by = office.people.infrastructure;
    const { targetId } = router;
    const pause = (version: number) =>
      office.act((tx) => pauseTarget(tx, by, office.setting(second(70)), { targetId, version, isPaused: true }));
    expect(await pause(7)).toMatchObject({ ok: false, refusal: { code: "target-changed" } });
    expect(await pause(1)).toMatchObject({ ok: true });
    // The site is down by itself now, as far as anybody can tell.
    expect(await mailKinds()).toEqual(["Efendi Rambe outage-told"]);
    expect(await listOutagesOf(office.db, targetId, 1)).toMatchObject([{ endedAt: second(70) }]);
    expect((await findOutageAt(office.db, targetId, second(70)))?.isUnwatched).toBe(true);
    await watched.record(80, { down: [router.checkId] });
    expect((await watched.states()).get(targetId)).toBe("unknown");

    const version = (await findTarget(office.db, site.targetId))?.version ?? 0;
    const input = { targetId: site.targetId, version };
    expect(await office.act((tx) => removeTarget(tx, by, office.setting(second(90)), input))).toMatchObject({
      ok: true,
    });
    expect(await listStandingAlerts(office.db)).toEqual([]);
    expect(await listChecksOf(office.db, site.targetId)).toEqual([]);
  });
});

describe("asking now", () => {
  test("is a task, seldom enough, and only of what one may see", async () => {
    const { requester, infrastructure } = office.people;
    const theirs = await watched.put("Kantor Dinkes", { kind: "site", officeCode: "Dinkes" });
    const own = await watched.put("Kantor Disdukcapil", { kind: "site", officeCode: "Disdukcapil" });
    const ask = (who: typeof requester, targetId: number, seconds: number) =>
      office.act((tx) => askNow(tx, who, office.setting(second(seconds)), { targetId }));
    expect(await ask(requester, theirs.targetId, 0)).toMatchObject({ refusal: { code: "no-such-target" } });
    expect(await ask(requester, own.targetId, 0)).toMatchObject({ ok: true });
    expect(office.enqueued.at(-1)).toEqual({
      name: "ask-target",
      data: { targetId: own.targetId, personId: requester.id },
    });
    expect(await ask(requester, own.targetId, 5)).toMatchObject({ refusal: { code: "asked-just-now" } });
    for (let each = 1; each <= 5; each += 1) {
      expect(await ask(requester, own.targetId, each * 11)).toMatchObject({ ok: true });
    }
    expect(await ask(requester, own.targetId, 59)).toMatchObject({ refusal: { code: "asked-just-now" } });
    expect(await ask(infrastructure, own.targetId, 58)).toMatchObject({ ok: true });
  });
});

describe("what was asked now", () => {
  test("counts like any other sample, and who asked is told; also that nobody could be asked", async () => {
    const { targetId, checkId } = await watched.put("Router");
    const { id: personId } = office.people.helpDesk;
    const record = (found: Parameters<typeof recordAsked>[2]["found"]) =>
      office.act((tx) => recordAsked(tx, office.setting(second(1)), { targetId, personId, found }));
    await record({ samples: [{ ...answer(0), checkId, at: second(0) }], uplink: "up" });
    expect((await watched.states()).get(targetId)).toBe("up");
    await record("not-asked");
    expect(await office.takeMail()).toEqual([
      { to: "Rosmaida Ritonga", kind: "target-asked", targetId },
      { to: "Rosmaida Ritonga", kind: "target-asked", targetId, problem: "not-asked" },
    ]);
  });
});

describe("what a machine hosts", () => {
  test("comes by itself with its name and host, and goes with it", async () => {
    const application = await hostApplication(office);
    const follow = () => office.act((tx) => followHosted(tx, office.setting()));
    await follow();
    await follow();
    const [target, ...others] = (await listTargets(office.db)).filter(({ applicationId }) => applicationId !== null);
    expect(others).toEqual([]);
    expect(target).toMatchObject({ kind: "application", officeId: application.officeId, isPaused: false });
    const [check] = await listChecksOf(office.db, target?.id ?? 0);
    expect(check?.settings).toMatchObject({
      kind: "http",
      url: expect.stringContaining(application.revision.domainName),
    });
    const { infrastructure } = office.people;
    const removed = office.act((tx) => removeCheck(tx, infrastructure, office.setting(), { checkId: check?.id ?? 0 }));
    expect(await removed).toMatchObject({ refusal: { code: "target-follows-hosting" } });
    const named = { health_path: "/api/health" };
    await office.db.updateTable("application").set(named).where("id", "=", application.id).execute();
    await follow();
    const url = expect.stringMatching(/\/api\/health$/);
    expect((await listChecksOf(office.db, target?.id ?? 0)).map(({ settings }) => settings)).toMatchObject([{ url }]);
    await office.db.updateTable("application").set({ state: "stopped" }).where("id", "=", application.id).execute();
    await follow();
    expect(await findTarget(office.db, target?.id ?? 0)).toMatchObject({ isPaused: true });
    await office.db.updateTable("application").set({ state: "built" }).where("id", "=", application.id).execute();
    await follow();
    expect(await findTarget(office.db, target?.id ?? 0)).toMatchObject({ isPaused: false });
    await office.db
      .updateTable("application")
      .set({ state: "deleted", kept_until: second(0) })
      .where("id", "=", application.id)
      .execute();
    await follow();
    expect(await findTarget(office.db, target?.id ?? 0)).toBeUndefined();
  });

  test("has a third name where its title and its domain name are taken", async () => {
    const application = await hostApplication(office);
    await watched.put(application.title);
    await watched.put(application.revision.domainName);
    await office.act((tx) => followHosted(tx, office.setting()));
    const hosted = (await listTargets(office.db)).filter(({ applicationId }) => applicationId === application.id);
    expect(hosted.map(({ name }) => name)).toEqual([`${application.revision.domainName} (${application.id})`]);
  });
});
