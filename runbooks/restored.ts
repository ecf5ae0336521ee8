import type pg from "pg";
import { connect } from "../core/db/database.ts";
import { findInstallation } from "../core/db/installation.ts";
import { listUnaccounted, readChain } from "../core/db/journal/journal.ts";
import { listContradictedPins } from "../core/db/journal/journal-pins.ts";
import { listPending } from "../core/db/migrate.ts";
import { type Contents, countContents } from "../core/db/postgres/contents.ts";
import type { Db } from "../core/db/tables.ts";
import { openVerifier } from "../core/domain/journal/chain.ts";
import type { Manifest } from "./archive/manifest.ts";
import { Refused } from "./refused.ts";

const doNotUse = "Do not start Simpul over it; take an older backup, and keep this one as evidence.";

export type Restored = Contents & {
  /** Migrations that the next start will run. */
  pending: string[];
  journal: { rows: number; head: string };
};

/**
 * Whether what was restored is what the manifest says, and its journal holds.
 *
 * @throws Refused it is not to be used
 * @throws MigrationRefused it was made by a newer version
 */
export async function checkRestored(owner: pg.ClientConfig, manifest: Manifest): Promise<Restored> {
  const pending = await listPending(owner);
  const { db, close } = connect(owner, { as: "owner", max: 1 });
  try {
    const installation = await findInstallation(db);
    if (installation?.id !== manifest.installation) throw new Refused("What was restored is another installation.");
    const journal = await verifyJournal(db, manifest);
    const pins = pending.length === 0 ? await listContradictedPins(db, 1) : [];
    if (pins.length > 0)
      throw new Refused(`The restored journal is not the one that was pinned, at row ${pins[0]?.number}. ${doNotUse}`);
    return { pending, journal, ...(await countContents(db)) };
  } finally {
    await close();
  }
}

/** The head that the manifest names is from before the copy; the chain has to go on from there. */
async function verifyJournal(db: Db, { journal }: Manifest): Promise<{ rows: number; head: string }> {
  const lost = await listUnaccounted(db, 1);
  if (lost.length > 0)
    throw new Refused(`Row ${lost[0]} of the restored journal is not sealed, and does not wait for it. ${doNotUse}`);
  const verifier = openVerifier(journal.hash);
  for await (const row of readChain(db)) {
    const wrong = verifier.add(row);
    if (wrong !== undefined)
      throw new Refused(`The restored journal does not hold: ${wrong.fault} at row ${wrong.atNumber}. ${doNotUse}`);
  }
  const verdict = verifier.end();
  if (!verdict.ok)
    throw new Refused(`The restored journal ends before row ${journal.number}, which the backup names. ${doNotUse}`);
  return { rows: verdict.rows, head: verdict.head };
}
