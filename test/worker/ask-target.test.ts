import type pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askTarget } from "../../worker/tasks/ask-target.ts";
import { miss } from "../support/monitoring.ts";
import { testMonitoring } from "../support/monitoring-rules.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { withTargets } from "../support/watched.ts";

const monitoring = { ...testMonitoring, policy: { ...testMonitoring.policy, recheckSeconds: 1 } };

const logged: unknown[] = [];
const log = { error: (...said: unknown[]) => logged.push(said) } as unknown as pino.Logger;

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office, { monitoring });
});
afterAll(() => office.close());

test("what does not answer who asks now is asked again as soon as the watcher would, so that it is certain", async () => {
  const { targetId, checkId } = await watched.put("Router");
  const { id: personId } = office.people.helpDesk;
  const asked: number[] = [];
  const monitor = {
    findNames: async () => [],
    ask: async () => {
      asked.push(Date.now());
      return { samples: [{ ...miss(0), checkId, at: new Date() }], uplink: "up" as const };
    },
  };
  const setting = (now: Date) => office.setting(now, { monitoring });
  const { signal } = new AbortController();
  await askTarget({ targetId, personId }, { db: office.db, setting, monitor, log }, { signal });
  expect(asked).toHaveLength(2);
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect((await watched.states()).get(targetId)).toBe("down");
  const told = (await office.takeMail()).filter(({ kind }) => kind === "target-asked");
  expect(told).toHaveLength(1);
});

test("who asked is told once, also where asking again fails, which is logged", async () => {
  const { targetId, checkId } = await watched.put("Modem");
  const { id: personId } = office.people.helpDesk;
  let asked = 0;
  const monitor = {
    findNames: async () => [],
    ask: async () => {
      asked += 1;
      if (asked > 1) throw new Error("the network is gone");
      return { samples: [{ ...miss(0), checkId, at: new Date() }], uplink: "up" as const };
    },
  };
  const setting = (now: Date) => office.setting(now, { monitoring });
  const { signal } = new AbortController();
  await askTarget({ targetId, personId }, { db: office.db, setting, monitor, log }, { signal });
  expect((await office.takeMail()).filter(({ kind }) => kind === "target-asked")).toHaveLength(1);
  expect(logged).toMatchObject([[{ targetId, fault: expect.anything() }, "asking a target again failed"]]);
});
