import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimInstallation } from "../../core/db/installation.ts";
import { findHead } from "../../core/db/journal/journal.ts";
import { genesisHash } from "../../core/domain/journal/chain.ts";
import type { Manifest } from "../../runbooks/archive/manifest.ts";
import { checkRestored } from "../../runbooks/restored.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { addJournalRow } from "../support/installation.ts";

/** What was restored, with two sealed rows, and the manifest of its backup, which began after the first one. */
let database: TestDatabase;
let manifest: Manifest;

beforeEach(async () => {
  database = await freshDatabase();
  const installation = await claimInstallation(database.owner, { purpose: "telegram", profile: "labura" });
  await addJournalRow(database.owner, 1, { isSealed: true });
  manifest = {
    format: "simpul-backup",
    version: 1,
    madeAt: "2026-11-25T00:00:00.000Z",
    profile: "labura",
    purpose: "telegram",
    installation,
    database: { kind: "embedded", server: "18.4" },
    journal: await findHead(database.owner),
    folders: [],
    members: [],
  };
  await addJournalRow(database.owner, 2, { isSealed: true });
});
afterEach(() => database.close());

it("is told with its figures when it is what the manifest says", async () => {
  const head = await findHead(database.owner);
  expect(await checkRestored(database.config, manifest)).toEqual({
    pending: [],
    journal: { rows: 2, head: head.hash },
    tickets: 0,
    people: 0,
    newestMessageAt: null,
  });
});

it("is told with the newest message, whether it came or went", async () => {
  const [came, went] = [new Date("2026-11-24T01:00:00Z"), new Date("2026-11-24T02:00:00Z")];
  await sql`insert into inbox (bot_id, update_id, chat_key, payload, received_at, due_at)
    values (1, 1, '1', '{}', ${came}, ${came})`.execute(database.owner);
  expect(await checkRestored(database.config, manifest)).toMatchObject({ newestMessageAt: came });
  await sql`insert into outbox (chat_id, message, priority, token, state, created_at, due_at, sent_at)
    values (1, '{}', 0, 'x', 'sent', ${came}, ${came}, ${went})`.execute(database.owner);
  expect(await checkRestored(database.config, manifest)).toMatchObject({ newestMessageAt: went });
});

describe("is refused when", () => {
  const check = () => checkRestored(database.config, manifest);

  it("it is another installation", async () => {
    manifest.installation = "0b8a3a53-7c55-4a5e-8a4f-7f4a4d8a9f10";
    await expect(check()).rejects.toThrow("another installation");
  });

  it("its journal does not go on from what the backup names", async () => {
    manifest.journal = { number: 1, hash: "ab".repeat(32) };
    await expect(check()).rejects.toThrow("ends before row 1, which the backup names. Do not start Simpul over it");
  });

  it("a row of its journal was changed", async () => {
    await sql`update journal set event = 'other' where subject_id = 2`.execute(database.owner);
    await expect(check()).rejects.toThrow("hash-differs at row 2.");
  });

  it("a row of its journal is not in the chain", async () => {
    await addJournalRow(database.owner, 3, { isSealed: false });
    await sql`delete from journal_unsealed`.execute(database.owner);
    await expect(check()).rejects.toThrow(/^Row \d+ of the restored journal is not sealed/);
  });

  it("what was pinned is not in the chain", async () => {
    await sql`insert into journal_pin (chat_id, day, number, hash, at)
      values (-1, '2026-11-25', 2, ${Buffer.from(genesisHash, "hex")}, now())`.execute(database.owner);
    await expect(check()).rejects.toThrow("not the one that was pinned, at row 2.");
  });

  it("a newer version made it", async () => {
    await sql`insert into migration (name, sha256) values ('900-later.sql', '')`.execute(database.owner);
    await expect(check()).rejects.toThrow("900-later.sql, which this version of Simpul does not know");
  });
});
