import { expect, test } from "vitest";
import { openFaults } from "../../telegram-server/faults.ts";
import { openUpdateFaults } from "../../telegram-server/update-faults.ts";
import { ani, budi, openServer, type ReceivedUpdate } from "./support.ts";

const idsOf = (updates: ReceivedUpdate[]) => updates.map(({ update_id }) => update_id);
const textsOf = (updates: ReceivedUpdate[]) => updates.map(({ message }) => message.text);
const after = (updates: ReceivedUpdate[]) => ({ offset: Math.max(...idsOf(updates)) + 1 });

test("duplicate gives an update that was confirmed once more, with the same id", async () => {
  const { people, updates, faults } = await openServer();
  faults.start({ rules: [{ kind: "duplicate", next: 1 }] });
  people.sendText(ani, "satu");
  people.sendText(ani, "dua");
  const first = await updates();
  expect(textsOf(first)).toEqual(["satu", "dua"]);
  people.sendText(ani, "tiga");
  const second = await updates(after(first));
  expect(textsOf(second)).toEqual(["satu", "tiga"]);
  expect(second[0]).toEqual(first[0]);
  expect(await updates(after(second))).toEqual([]);
});

test("duplicate keeps to the limit of a poll", async () => {
  const { people, updates, faults } = await openServer();
  faults.start({ rules: [{ kind: "duplicate" }] });
  for (const text of ["satu", "dua", "tiga"]) people.sendText(ani, text);
  const first = await updates({ limit: 2 });
  const second = await updates({ ...after(first), limit: 1 });
  const third = await updates({ ...after(first), limit: 2 });
  expect([first, second, third].map(textsOf)).toEqual([["satu", "dua"], ["satu"], ["dua", "tiga"]]);
});

test("reorder gives what comes at once in another order, and nothing else", async () => {
  const { people, updates, faults } = await openServer();
  faults.start({ seed: 3, rules: [{ kind: "reorder" }] });
  for (const text of ["satu", "dua"]) people.sendText(ani, text);
  const batch = await updates();
  expect(textsOf(batch)).toEqual(["dua", "satu"]);
  expect(idsOf(batch).toReversed()).toEqual(idsOf(batch).toSorted());
  people.sendText(ani, "tiga");
  expect(textsOf(await updates(after(batch)))).toEqual(["tiga"]);
});

test("late holds an update back while others pass it", async () => {
  const { people, updates, faults } = await openServer();
  faults.start({ rules: [{ kind: "late", delaySeconds: 0.2, chat: ani }] });
  people.sendText(ani, "lebih dahulu");
  people.sendText(budi, "kemudian");
  const first = await updates();
  expect(textsOf(first)).toEqual(["kemudian"]);
  const second = await updates({ ...after(first), timeout: 10 });
  expect(textsOf(second)).toEqual(["lebih dahulu"]);
  expect(idsOf(second)).toEqual(idsOf(first).map((id) => id + 1));
});

test("what is late comes at once when the plan ends", async () => {
  const { people, updates, faults } = await openServer();
  faults.start({ rules: [{ kind: "late", delaySeconds: 3_600 }] });
  people.sendText(ani, "satu");
  expect(await updates()).toEqual([]);
  faults.end();
  expect(textsOf(await updates())).toEqual(["satu"]);
});

test("a gap of days forgets what waited, and ids begin anywhere", async () => {
  const { people, updates, call, faults } = await openServer();
  people.sendText(ani, "lama");
  const [old] = await updates();
  faults.start({ seed: 5, rules: [{ kind: "gap", days: 8 }] });
  expect(await updates()).toEqual([]);
  people.sendText(ani, "baru");
  const [message] = await updates();
  expect(message.message.text).toBe("baru");
  expect(Math.abs(message.update_id - old.update_id)).toBeGreaterThan(1_000);
  expect(message.message.date).toBe(Date.parse("2026-11-30T02:00:00Z") / 1000);
  const edited = { chat_id: ani, message_id: 1 };
  expect((await call("deleteMessage", edited)).description).toContain("message can't be deleted");
});

test("double-delivery is for webhooks, which ask for each update", async () => {
  const { people, updates } = await openServer();
  const faults = openFaults(
    () => new Date(),
    () => {},
  );
  faults.start({ rules: [{ kind: "double-delivery", next: 1 }] });
  people.sendText(ani, "satu");
  const [update] = await updates();
  const { deliveriesOf } = openUpdateFaults(faults);
  expect([deliveriesOf(update), deliveriesOf(update)]).toEqual([2, 1]);
  expect(faults.record()).toMatchObject([{ place: "delivery", chat: ani }]);
});
