import { findInstallation } from "../core/db/installation.ts";
import { countUnsealed, findHead, listUnaccounted, readChain } from "../core/db/journal/journal.ts";
import { listContradictedPins } from "../core/db/journal/journal-pins.ts";
import type { Db } from "../core/db/tables.ts";
import { type ChainFault, openVerifier, type SealedRow } from "../core/domain/journal/chain.ts";
import { writeJournalFile } from "./journal-file.ts";

/** As many are named; one is enough to know. */
const mostNamed = 20;

export type Exported =
  | { ok: true; rows: number; head: string; waiting: number }
  | { ok: false; fault: "no-installation" }
  /** Rows that are neither sealed nor wait for the sealer, by id. */
  | { ok: false; fault: "rows-unaccounted"; ids: number[] }
  /** What was pinned is not in the chain. */
  | { ok: false; fault: "pins-contradicted"; pins: { number: number; at: Date }[] }
  | { ok: false; fault: ChainFault; atNumber: number };

/** The chain in the database does not hold. */
class BrokenChain extends Error {
  readonly verdict: { fault: ChainFault; atNumber: number };
  constructor(verdict: { fault: ChainFault; atNumber: number }) {
    super(`exporting the journal: ${verdict.fault} at ${verdict.atNumber}`);
    this.verdict = verdict;
  }
}

/** The sealed chain as it stands at one moment, into a file; nothing is left there when the chain does not hold. */
export function exportJournal(db: Db, path: string, now: Date): Promise<Exported> {
  const snapshot = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return snapshot.execute(async (tx) => {
    const installation = await findInstallation(tx);
    if (installation === undefined) return { ok: false, fault: "no-installation" };
    const ids = await listUnaccounted(tx, mostNamed);
    if (ids.length > 0) return { ok: false, fault: "rows-unaccounted", ids };
    const pins = await listContradictedPins(tx, mostNamed);
    if (pins.length > 0) return { ok: false, fault: "pins-contradicted", pins };

    const { number: rows, hash: head } = await findHead(tx);
    const heading = { format: "simpul-journal", version: 1, exportedAt: now.toISOString(), rows, head } as const;
    const { profile, id } = installation;
    try {
      await writeJournalFile(path, { ...heading, profile, installation: id }, verified(readChain(tx)));
    } catch (fault) {
      if (fault instanceof BrokenChain) return { ok: false, ...fault.verdict };
      throw fault;
    }
    return { ok: true, rows, head, waiting: await countUnsealed(tx) };
  });
}

async function* verified(rows: AsyncIterable<SealedRow>): AsyncGenerator<SealedRow> {
  const verifier = openVerifier();
  for await (const row of rows) {
    const wrong = verifier.add(row);
    if (wrong !== undefined) throw new BrokenChain(wrong);
    yield row;
  }
}
