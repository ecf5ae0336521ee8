import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eachAlone } from "../../worker/tasks/each-alone.ts";
import { openOffice, type TestOffice } from "../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test("one that fails takes back what it did, is told, and stops no other", async () => {
  const told: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line) => told.push(JSON.parse(line)) });
  const name = (id: number) => `Kantor ${id}`;

  await eachAlone(
    { db: office.db, log },
    [1, 2, 3],
    async (tx, id) => {
      await tx
        .insertInto("office")
        .values({ code: `each-${id}`, name: name(id) })
        .execute();
      if (id === 2) throw new Error("the second one fails");
    },
    { idName: "officeId", message: "opening an office failed" },
  );

  const opened = await office.db.selectFrom("office").select("name").where("code", "like", "each-%").execute();
  expect(opened.map((each) => each.name)).toEqual([name(1), name(3)]);
  expect(told).toMatchObject([{ officeId: 2, msg: "opening an office failed" }]);
});
