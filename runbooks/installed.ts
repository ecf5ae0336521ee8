import type pg from "pg";
import { connect } from "../core/db/database.ts";
import { findInstallation, type Installation } from "../core/db/installation.ts";
import { findHead } from "../core/db/journal/journal.ts";
import { listPending } from "../core/db/migrate.ts";
import { Refused } from "./refused.ts";

export type Installed = Installation & { id: string; journal: { number: number; hash: string } };

const firstWithJournal = "002-journal-chain.sql";

/**
 * Whose database it is, and how far its journal goes.
 *
 * @throws Refused nothing was started over it yet
 */
export async function readInstalled(owner: pg.ClientConfig): Promise<Installed> {
  const pending = await listPending(owner);
  // Just before an upgrade the database is older than this version, and that is when a backup is wanted most.
  if (pending.includes(firstWithJournal)) throw new Refused("Nothing is in this database that could be backed up.");
  const { db, close } = connect(owner, { as: "owner", max: 1 });
  try {
    const installation = await findInstallation(db);
    if (installation === undefined) throw new Refused("Nothing is in this database: Simpul was never started over it.");
    return { ...installation, journal: await findHead(db) };
  } finally {
    await close();
  }
}
