import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sealJournal } from "../../core/actions/journal/seal-journal.ts";
import { connect } from "../../core/db/database.ts";
import { claimInstallation } from "../../core/db/installation.ts";
import { writeJournal } from "../../core/db/journal/journal.ts";
import { migrate } from "../../core/db/migrate.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import type { Db } from "../../core/db/tables.ts";
import { WITHOUT_SYNC } from "./server.ts";

/** A folder through which the database's own account may pass, also as root. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "simpul-home-"));
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export type OpenInstallation = {
  server: EmbeddedPostgres;
  /** As the owner. */
  db: Db;
  /** Its id. */
  installation: string;
};

/** As the Simpul over that folder, which stops when the work is done. */
export async function whileOpen<Result>(
  home: string,
  work: (open: OpenInstallation) => Promise<Result>,
): Promise<Result> {
  const server = await openEmbeddedPostgres({ home, ...WITHOUT_SYNC });
  try {
    await migrate(server.config);
    const { db, close } = connect(server.config, { as: "owner", max: 2 });
    try {
      const installation = await claimInstallation(db, { purpose: "playground", profile: "labura" });
      return await work({ server, db, installation });
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}

/** A row of the journal, sealed or not. */
export async function addJournalRow(db: Db, subjectId: number, { isSealed }: { isSealed: boolean }): Promise<void> {
  await db.transaction().execute((tx) =>
    writeJournal(tx, {
      at: new Date("2026-11-25T00:00:00.123Z"),
      actorId: null,
      event: "tested",
      subject: { kind: "ticket", id: subjectId },
      details: { longer: "x", a: 1, none: null },
    }),
  );
  if (isSealed) await db.transaction().execute(sealJournal);
}

export async function serverPidOf(home: string): Promise<number> {
  return Number.parseInt(await readFile(join(home, "postgres", "postmaster.pid"), "utf8"), 10);
}
