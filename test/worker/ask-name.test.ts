import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tryCheck } from "../../core/actions/monitoring/try-check.ts";
import { listChecksOf } from "../../core/db/monitoring/monitor-checks.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { NameFound } from "../../core/domain/monitoring/check-name.ts";
import { askName, giveUpAskingName } from "../../worker/tasks/ask-name.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { withTargets } from "../support/watched.ts";

let office: TestOffice;
let targetId: number;
beforeAll(async () => {
  office = await openOffice();
  ({ targetId } = await withTargets(office).put("Router"));
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.takeMail();
});

const byName: Answers = { check: "icmp", address: "router.labura.go.id" };
const { signal } = new AbortController();

const wish = (answers: Answers, who: keyof TestOffice["people"] = "infrastructure") =>
  office.act((tx) => tryCheck(tx, office.people[who], office.setting(), { targetId, answers }));
const checks = async () => (await listChecksOf(office.db, targetId)).length;

/** What the task makes of a name server that says so; undefined: nobody can ask. */
async function ask(found: NameFound | undefined, answers = byName) {
  const monitor = found && { findNames: async () => [found], ask: () => Promise.reject(new Error("asked")) };
  const { id: personId } = office.people.infrastructure;
  await askName({ targetId, personId, answers }, { db: office.db, setting: office.setting, monitor }, { signal });
  return (await office.takeMail()).filter(({ kind }) => kind === "check-tried");
}

describe("a check by a name", () => {
  test("waits until it is asked where that leads; one by an address does not", async () => {
    const before = await checks();
    expect(await wish(byName)).toMatchObject({ ok: true, value: "name-asked" });
    expect(office.enqueued.at(-1)).toMatchObject({ name: "ask-name", data: { targetId, answers: byName } });
    expect(await checks()).toBe(before);
    expect(await wish({ check: "tcp", host: "10.1.2.3", port: "80" })).toMatchObject({ ok: true, value: "added" });
    expect(await checks()).toBe(before + 1);
    expect(await wish(byName, "helpDesk")).toMatchObject({ ok: false });
    expect(await wish({ check: "icmp", address: "8.8.8.8" })).toMatchObject({ ok: false });
  });

  test.each(["name-unknown", "address-forbidden"] as const)("is not added where it is %s", async (found) => {
    const before = await checks();
    const code = found === "name-unknown" ? "check-name-unknown" : "check-name-outside";
    expect(await ask(found)).toMatchObject([{ targetId, refusal: { code, values: { name: "router.labura.go.id" } } }]);
    expect(await checks()).toBe(before);
  });

  test("is added where it leads somewhere, and once only", async () => {
    const before = await checks();
    const [told] = await ask("found");
    expect(told).not.toHaveProperty("refusal");
    expect(told).not.toHaveProperty("unsureOf");
    expect(await checks()).toBe(before + 1);
    expect(await ask("found")).toMatchObject([{ refusal: { code: "check-known" } }]);
  });

  test.each(["resolver-silent", undefined] as const)(
    "is added where nobody says (%s), which is said",
    async (found) => {
      const answers = { check: "http", url: `https://${found ?? "nobody"}.labura.go.id/` };
      const before = await checks();
      expect(await ask(found, answers)).toMatchObject([{ unsureOf: `${found ?? "nobody"}.labura.go.id` }]);
      expect(await checks()).toBe(before + 1);
    },
  );

  test("is added where every try to ask failed, which is said, too", async () => {
    const before = await checks();
    const { id: personId } = office.people.infrastructure;
    const answers = { check: "icmp", address: "switch.labura.go.id" };
    await giveUpAskingName({ targetId, personId, answers }, { db: office.db, setting: office.setting });
    const told = (await office.takeMail()).filter(({ kind }) => kind === "check-tried");
    expect(told).toMatchObject([{ targetId, unsureOf: "switch.labura.go.id" }]);
    expect(await checks()).toBe(before + 1);
  });
});
