import { describe, expect, test } from "vitest";
import { faultKinds } from "../../telegram-server/fault-kinds.ts";
import type { FaultHit, FaultPlan, FaultRule } from "../../telegram-server/server.ts";
import { ani, openServer } from "./support.ts";

const storm: FaultRule[] = [
  { kind: "server-error", status: 500, probability: 0.3 },
  { kind: "too-many-requests", probability: 0.3, methods: ["sendMessage"] },
];

/** What becomes of twelve messages, with so many other calls between them. */
async function runUnder(plan: FaultPlan, { between = 0 } = {}) {
  const { call, people, faults } = await openServer();
  people.start(ani);
  faults.start(plan);
  const statuses: number[] = [];
  for (let number = 0; number < 12; number++) {
    for (let other = 0; other < between; other++) await call("getMe");
    statuses.push((await call("sendMessage", { chat_id: ani, text: String(number) })).status);
  }
  return { statuses, record: faults.record(), faults, call };
}

const placesOf = (record: FaultHit[]) => record.map(({ place, nth, rule }) => `${place} ${nth} ${rule.kind}`);

describe("a seed", () => {
  test("gives the same faults for the same calls", async () => {
    const one = await runUnder({ seed: 42, rules: storm });
    const other = await runUnder({ seed: 42, rules: storm });
    expect(new Set(one.statuses)).toEqual(new Set([200, 429, 500]));
    expect(other.statuses).toEqual(one.statuses);
    expect(other.record).toEqual(one.record);
  });

  test("gives them also with other calls between", async () => {
    const one = await runUnder({ seed: 42, rules: storm });
    const other = await runUnder({ seed: 42, rules: storm }, { between: 2 });
    expect(other.statuses).toEqual(one.statuses);
  });

  test("gives others than another one", async () => {
    const one = await runUnder({ seed: 42, rules: storm });
    const other = await runUnder({ seed: 43, rules: storm });
    expect(other.statuses).not.toEqual(one.statuses);
  });

  test("is drawn where none is given, and told", async () => {
    const one = await runUnder({ rules: storm });
    const seed = one.faults.plan()?.seed;
    expect(seed).toBeTypeOf("number");
    expect((await runUnder({ seed: Number(seed), rules: storm })).statuses).toEqual(one.statuses);
  });
});

describe("what happened", () => {
  test("is told with its time, place, chat and rule", async () => {
    const { record } = await runUnder({ rules: [{ kind: "server-error", status: 500, next: 1 }] });
    expect(record).toEqual([
      {
        at: "2026-11-22T02:00:00.000Z",
        place: "sendMessage",
        nth: 1,
        chat: ani,
        draw: expect.any(Number),
        rule: { kind: "server-error", status: 500, next: 1 },
      },
    ]);
  });

  test("happens again by its position, also after JSON", async () => {
    const { statuses, record } = await runUnder({ seed: 42, rules: storm });
    const again = await runUnder({ replay: JSON.parse(JSON.stringify(record)) }, { between: 1 });
    expect(again.statuses).toEqual(statuses);
    expect(placesOf(again.record)).toEqual(placesOf(record));
  });

  test("can be replayed in part", async () => {
    const { record } = await runUnder({ seed: 42, rules: storm });
    const third = record[2] as FaultHit;
    const again = await runUnder({ replay: [third] });
    expect(placesOf(again.record)).toEqual(placesOf([third]));
    expect(again.statuses.filter((status) => status !== 200)).toHaveLength(1);
  });

  test("replays order, update ids and clock", async () => {
    async function run(plan: FaultPlan) {
      const { people, updates, faults } = await openServer();
      faults.start(plan);
      for (const text of ["a", "b", "c", "d", "e", "f"]) people.sendText(ani, text);
      return { received: await updates(), record: faults.record() };
    }
    const one = await run({ rules: [{ kind: "gap", days: 3, forSeconds: 3_600 }, { kind: "reorder" }] });
    expect(one.record.map(({ place }) => place)).toEqual(["start", "batch"]);
    expect((await run({ replay: one.record })).received).toEqual(one.received);
  });
});

describe("a plan", () => {
  test("that is begun again with one rule more keeps what the others have done", async () => {
    const once: FaultRule = { kind: "too-many-requests", next: 1, retryAfterSeconds: 5 };
    const { call, faults, statuses } = await runUnder({ rules: [once] });
    faults.start({ rules: [{ kind: "dropped-before", methods: ["getFile"] }, once] });
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await call("getMe")).status).toBe(200);
    expect(faults.plan()?.happened).toEqual([0, 1]);
  });

  test("that ended leaves nothing but its record", async () => {
    const all = Object.keys(faultKinds).map((kind) => ({ kind }) as FaultRule);
    const { call, people, updates, faults } = await openServer();
    people.start(ani);
    faults.start({ seed: 9, rules: all.map((rule) => ({ ...rule, forSeconds: 600 })) });
    await call("sendMessage", { chat_id: ani, text: "a" }).catch(() => {});
    people.sendText(ani, "b");
    faults.end();
    expect(faults.plan()).toBeUndefined();
    expect(faults.record().length).toBeGreaterThan(2);
    const { result, status } = await call("sendMessage", { chat_id: ani, text: "c" });
    expect({ status, date: result.date }).toEqual({ status: 200, date: Date.parse("2026-11-22T02:00:00Z") / 1000 });
    expect((await updates()).map(({ message }) => message.text)).toEqual(["b"]);
  });
});
