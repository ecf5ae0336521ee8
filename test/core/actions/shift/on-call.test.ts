import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeOutage } from "../../../../core/actions/monitoring/take-outage.ts";
import { tellOfStoppedMonitor } from "../../../../core/actions/monitoring/tell-of-stopped-monitor.ts";
import { fillRoster } from "../../../../core/actions/shift/keep-roster.ts";
import { beginShift } from "../../../../core/actions/shift/shifts.ts";
import { markWebLook } from "../../../../core/db/monitoring/last-look.ts";
import { listStandingAlerts } from "../../../../core/db/monitoring/monitor-alerts.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeEach(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterEach(() => office.close());

async function roster(person: Person, day: string): Promise<void> {
  const answers = { "from-day": day, "until-day": day };
  const { helpDesk } = office.people;
  const filled = await office.act((tx) => fillRoster(tx, helpDesk, office.setting(), { personId: person.id, answers }));
  if (!filled.ok) throw new Error(filled.refusal.code);
}

/** @returns the check of something that two misses have just shown to be down */
async function cut(): Promise<number> {
  const { checkId } = await watched.put("Router");
  await watched.record(0, { up: [checkId] });
  await watched.record(60, { down: [checkId] });
  await watched.record(63, { down: [checkId] });
  return checkId;
}

/** Reminders come each hour, of what is still down. */
async function remind(checkId: number, hours: readonly number[]): Promise<string[][]> {
  const told: string[][] = [];
  for (const hour of hours) {
    const at = 64 + hour * 3_600;
    await watched.record(at, { down: [checkId] });
    await watched.record(at + 3, { down: [checkId] });
    await watched.look(at + 5);
    told.push(await toldOf());
  }
  return told;
}

/** Who of the desk, for infrastructure hears of all. */
async function toldOf(kinds = ["outage-told"]): Promise<string[]> {
  const mail = office.db.selectFrom("outbox").select(["chat_id", "message"]).where("edits_message_id", "is", null);
  const waiting = await mail.where("state", "=", "pending").orderBy("id").execute();
  await office.deliver();
  const { infrastructure, ...others } = office.people;
  return waiting
    .filter(({ chat_id, message }) => kinds.includes(message.kind) && chat_id !== chatOf(infrastructure))
    .map(({ chat_id }) => Object.values(others).find((person) => chatOf(person) === chat_id)?.name ?? "nobody");
}

describe("of an outage hears", () => {
  test("whose day it is by the roster, where nobody has begun", async () => {
    const { itSupport } = office.people;
    await roster(itSupport, "hari ini");
    await cut();
    expect(await toldOf()).toEqual([itSupport.name]);
  });

  test("who has begun, and not whose day it is", async () => {
    const { itSupport, helpDesk2 } = office.people;
    await roster(itSupport, "hari ini");
    await office.act((tx) => beginShift(tx, helpDesk2, office.setting()));
    await cut();
    expect(await toldOf()).toEqual([helpDesk2.name]);
  });

  test("who comes next, too, from the third reminder on, and that it is over", async () => {
    const { itSupport, dataCenter } = office.people;
    await roster(itSupport, "hari ini");
    await roster(dataCenter, "lusa");
    const checkId = await cut();
    expect(await toldOf()).toEqual([itSupport.name]);
    const both = [itSupport.name, dataCenter.name];
    expect(await remind(checkId, [1, 2, 3, 4])).toEqual([[itSupport.name], [itSupport.name], both, both]);

    await watched.record(15_000, { up: [checkId] });
    await watched.record(15_003, { up: [checkId] });
    expect(await toldOf(["outage-over"])).toEqual(both);
  });

  test("not who begins after it was told, that it is over: who was told hears so", async () => {
    const { itSupport, helpDesk2 } = office.people;
    await roster(itSupport, "hari ini");
    const checkId = await cut();
    expect(await toldOf()).toEqual([itSupport.name]);
    await office.act((tx) => beginShift(tx, helpDesk2, office.setting()));
    await watched.record(300, { up: [checkId] });
    await watched.record(303, { up: [checkId] });
    expect(await toldOf(["outage-over"])).toEqual([itSupport.name]);
  });

  test("nobody any more, once somebody has taken it", async () => {
    const { itSupport, dataCenter } = office.people;
    await roster(itSupport, "hari ini");
    await roster(dataCenter, "lusa");
    const checkId = await cut();
    await remind(checkId, [1, 2]);
    const [alert] = await listStandingAlerts(office.db);
    expect(alert?.reminders).toBe(2);
    await office.act((tx) => takeOutage(tx, itSupport, office.setting(), { alertId: alert?.id ?? 0 }));
    await office.takeMail();
    expect(await remind(checkId, [3, 4])).toEqual([[], []]);
  });
});

test("whose day it is hears that the monitor has stopped, where nobody has begun", async () => {
  const { itSupport } = office.people;
  await roster(itSupport, "hari ini");
  await watched.put("Router");
  await watched.look(0);
  await markWebLook(office.db, morning);
  const setting = office.setting(minutesAfter(morning, 10));
  await office.act((tx) => tellOfStoppedMonitor(tx, setting, { startedAt: second(-3_600) }));
  expect(await toldOf(["monitor-stopped"])).toEqual([itSupport.name]);
});
