import { afterAll, beforeAll, expect, it } from "vitest";
import { lookAtMonitor } from "../../../cli/doctor/monitor.ts";
import { markLook } from "../../../core/db/monitoring/last-look.ts";
import { insertSamples } from "../../../core/db/monitoring/monitor-samples.ts";
import { connectClient } from "../../../core/db/postgres/postgres-session.ts";
import { asNotAsked } from "../../../core/domain/monitoring/sample.ts";
import { emptyDatabase } from "../../support/database.ts";
import { answer } from "../../support/monitoring.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { withTargets } from "../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

async function look(config = office.database.config) {
  const client = await connectClient(config, "doctor in a test");
  try {
    return await lookAtMonitor(client);
  } finally {
    await client.end();
  }
}

it("sees nothing in a database that has no such table yet", async () => {
  const empty = await emptyDatabase();
  expect(await look(empty.config).finally(() => empty.drop())).toBeUndefined();
});

it("sees what was found by the newest ping of each check, and the own way out", async () => {
  expect(await look()).toEqual({ targets: 0, lookedAt: null, uplink: null, pinged: 0, unpinged: 0 });
  const { put } = withTargets(office);
  const [one, other] = [await put("Router"), await put("Switch")];
  await put("Backup", { kind: "job" });
  const now = Date.now();
  const of = ({ checkId }: { checkId: number }, secondsAgo: number) => ({
    ...answer(0),
    ...{ checkId, at: new Date(now - secondsAgo * 1_000) },
  });
  await office.act((tx) => markLook(tx, new Date(now), { uplink: "down", lateChecks: 0 }));
  await office.act((tx) => insertSamples(tx, [of(one, 60), asNotAsked(of(one, 30)), asNotAsked(of(other, 60))]));
  expect(await look()).toEqual({ targets: 3, lookedAt: new Date(now), uplink: "down", pinged: 0, unpinged: 2 });
  await office.act((tx) => insertSamples(tx, [of(other, 10)]));
  expect(await look()).toMatchObject({ pinged: 1, unpinged: 1 });
});
