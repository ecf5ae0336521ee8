import { afterEach, beforeEach, expect, test } from "vitest";
import { sealJournal } from "../../core/actions/journal/seal-journal.ts";
import { findHead, listSealed, writeJournal } from "../../core/db/journal/journal.ts";
import { startSealer } from "../../worker/sealer.ts";
import { eventually, silent } from "../bot/support.ts";
import { verifyChain } from "../support/chains.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.close());

const write = (subjectId: number) =>
  database.db.transaction().execute((tx) =>
    writeJournal(tx, {
      at: new Date("2026-11-22T02:00:00.123Z"),
      actorId: null,
      event: "tested",
      subject: { kind: "ticket", id: subjectId },
      details: { b: "x", a: 1, c: null },
    }),
  );
const chain = () => listSealed(database.db, { afterNumber: 0, limit: 100 });

test("each committed row gets its place in a chain that verifies", async () => {
  const sealer = startSealer({ config: database.config, db: database.db, log: silent });
  await write(1);
  await write(2);

  await eventually(async () => (await findHead(database.db)).number).toBe(2);
  await sealer.stop();

  const rows = await chain();
  expect(rows.map(({ number, subjectId }) => [number, subjectId])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(verifyChain(rows)).toEqual({ ok: true, rows: 2, head: (await findHead(database.db)).hash });
});

test("a row whose transaction commits late is not passed over", async () => {
  const late = await database.db.startTransaction().execute();
  await writeJournal(late, { at: new Date(), actorId: null, event: "late", subject: { kind: "ticket", id: 1 } });
  await write(2);
  await database.db.transaction().execute(sealJournal);
  expect((await chain()).map(({ subjectId }) => subjectId)).toEqual([2]);

  await late.commit().execute();
  await database.db.transaction().execute(sealJournal);

  expect((await chain()).map(({ subjectId }) => subjectId)).toEqual([2, 1]);
  expect(verifyChain(await chain())).toMatchObject({ ok: true, rows: 2 });
});

test("the application's role can change neither the journal nor its chain", async () => {
  await write(1);
  await database.db.transaction().execute(sealJournal);

  for (const table of ["journal", "journal_chain"] as const) {
    await expect(database.db.deleteFrom(table).execute()).rejects.toMatchObject({ code: "42501" });
  }
  await expect(database.db.updateTable("journal").set({ event: "other" }).execute()).rejects.toMatchObject({
    code: "42501",
  });
});

test("a row that somebody changed as the owner is found", async () => {
  await write(1);
  await write(2);
  await database.db.transaction().execute(sealJournal);
  await database.owner.updateTable("journal").set({ event: "other" }).where("subject_id", "=", 1).execute();

  expect(verifyChain(await chain())).toEqual({ ok: false, fault: "hash-differs", atNumber: 1 });
});
