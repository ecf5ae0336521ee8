import { genesisHash, type SealedContent, type SealedRow } from "../../domain/journal/chain.ts";
import type { Role } from "../../domain/people/roles.ts";
import { prepared } from "../postgres/preparing-client.ts";
import type { Db, Tx } from "../tables.ts";

/** So that a long chain is never held as a whole. */
const readAtOnce = 1000;

/** Ids and values only: personal text never enters the journal. */
export type JournalRow = {
  at: Date;
  /** null: the system */
  actorId: number | null;
  onBehalfOf?: Role;
  event: string;
  subject: {
    kind:
      | ("ticket" | "person" | "file" | "office" | "registration" | "import" | "shift" | "announcement" | "chat")
      | ("prefix" | "address" | "name" | "village" | "record")
      | "asset"
      | ("room" | "rack" | "power-feed" | "place")
      | "cable"
      | ("upload" | "secret")
      | "application"
      | ("plan" | "stack-state")
      | ("target" | "alert" | "outage");
    id: number;
  };
  details?: Record<string, string | number | null>;
};

export function writeJournal(tx: Tx, row: JournalRow): Promise<void> {
  return writeJournalRows(tx, [row]);
}

/** Many at once, of something that is done to many. */
export async function writeJournalRows(tx: Tx, rows: readonly JournalRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("journal")
    .values(
      rows.map((row) => ({
        at: row.at,
        actor_id: row.actorId,
        on_behalf_of: row.onBehalfOf ?? null,
        event: row.event,
        subject_kind: row.subject.kind,
        subject_id: row.subject.id,
        details: JSON.stringify(row.details ?? {}),
      })),
    )
    .$if(rows.length === 1, (one) => one.modifyEnd(prepared))
    .execute();
}

/** The end of the chain; number 0 where nothing is sealed. */
export async function findHead(db: Db): Promise<{ number: number; hash: string }> {
  const head = await db
    .selectFrom("journal_chain")
    .select(["number", "hash"])
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return head === undefined
    ? { number: 0, hash: genesisHash }
    : { number: head.number, hash: head.hash.toString("hex") };
}

/** Committed rows that wait to be sealed, oldest id first. */
export async function listUnsealed(tx: Tx, limit: number): Promise<Omit<SealedContent, "number">[]> {
  const rows = await selectJournal(tx)
    .innerJoin("journal_unsealed", "journal_unsealed.journal_id", "journal.id")
    .orderBy("journal.id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function insertSealed(tx: Tx, rows: readonly SealedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("journal_chain")
    .values(rows.map(({ number, id, hash }) => ({ number, journal_id: id, hash: Buffer.from(hash, "hex") })))
    .execute();
  await tx
    .deleteFrom("journal_unsealed")
    .where(
      "journal_id",
      "in",
      rows.map(({ id }) => id),
    )
    .execute();
}

/** A part of the chain in its order, for the export. */
export async function listSealed(db: Db, range: { afterNumber: number; limit: number }): Promise<SealedRow[]> {
  const rows = await selectJournal(db)
    .innerJoin("journal_chain", "journal_chain.journal_id", "journal.id")
    .select(["journal_chain.number", "journal_chain.hash"])
    .where("journal_chain.number", ">", range.afterNumber)
    .orderBy("journal_chain.number")
    .limit(range.limit)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), hash: row.hash.toString("hex") }));
}

/** All of the chain in its order, some at a time. */
export async function* readChain(db: Db): AsyncGenerator<SealedRow> {
  for (let afterNumber = 0; ; ) {
    const rows = await listSealed(db, { afterNumber, limit: readAtOnce });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    afterNumber = last.number;
  }
}

export async function countUnsealed(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("journal_unsealed")
    .select((row) => row.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Rows that are neither sealed nor wait for it, by id: somebody took them out of the chain, or put them past it. */
export async function listUnaccounted(db: Db, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("journal")
    .leftJoin("journal_chain", "journal_chain.journal_id", "journal.id")
    .leftJoin("journal_unsealed", "journal_unsealed.journal_id", "journal.id")
    .select("journal.id")
    .where("journal_chain.journal_id", "is", null)
    .where("journal_unsealed.journal_id", "is", null)
    .orderBy("journal.id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

function selectJournal(db: Db) {
  return db
    .selectFrom("journal")
    .select([
      "journal.id",
      "journal.at",
      "journal.actor_id as actorId",
      "journal.on_behalf_of as onBehalfOf",
      "journal.event",
      "journal.subject_kind as subjectKind",
      "journal.subject_id as subjectId",
      "journal.details",
    ]);
}
