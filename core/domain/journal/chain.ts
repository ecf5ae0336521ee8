import { createHash } from "node:crypto";

/** A journal row as it is sealed and exported. Ids and values only. */
export type SealedContent = {
  /** Place in the chain, from 1. */
  number: number;
  /** Id of the row. */
  id: number;
  /** ISO 8601 in UTC, to the millisecond. */
  at: string;
  actorId: number | null;
  onBehalfOf: string | null;
  event: string;
  subjectKind: string;
  subjectId: number;
  details: Record<string, string | number | null>;
};

export type SealedRow = SealedContent & {
  /** SHA-256 of the hash before it and this row, in hex. */
  hash: string;
};

/** Before the first row. */
export const genesisHash = "0".repeat(64);

/** The hash that seals a row: SHA-256 over the former hash, a line feed, and the row as JSON in a fixed order of fields. */
export function hashOf(formerHash: string, row: SealedContent): string {
  const details = Object.entries(row.details).sort(([one], [other]) => (one < other ? -1 : 1));
  const fields = [
    row.number,
    row.id,
    row.at,
    row.actorId,
    row.onBehalfOf,
    row.event,
    row.subjectKind,
    row.subjectId,
    details,
  ];
  return createHash("sha256")
    .update(`${formerHash}\n${JSON.stringify(fields)}`)
    .digest("hex");
}

export type Verdict =
  | { ok: true; rows: number; head: string; pinnedAt?: number }
  | { ok: false; fault: ChainFault; atNumber: number };

export type ChainFault =
  /** A row is missing, or stands elsewhere. */
  | "out-of-order"
  /** A row, or one before it, was changed. */
  | "hash-differs"
  /** The head that was published is not in the chain: its end was cut off, or all of it was written anew. */
  | "head-not-found";

/** Takes the rows of a chain one by one. */
export type ChainVerifier = {
  /** @returns what is wrong with it; nothing more is to be added then */
  add(row: SealedRow): Extract<Verdict, { ok: false }> | undefined;
  /** After the last row. */
  end(): Verdict;
};

/**
 * Goes through a chain from its beginning.
 *
 * @param pinned a head that was published outside; without one nothing tells whether the end was cut off
 */
export function openVerifier(pinned?: string): ChainVerifier {
  let former = { number: 0, hash: genesisHash };
  let pinnedAt = pinned === genesisHash ? 0 : undefined;
  return {
    add(row) {
      if (row.number !== former.number + 1) return { ok: false, fault: "out-of-order", atNumber: former.number + 1 };
      if (hashOf(former.hash, row) !== row.hash) return { ok: false, fault: "hash-differs", atNumber: row.number };
      if (row.hash === pinned) pinnedAt = row.number;
      former = { number: row.number, hash: row.hash };
      return undefined;
    },
    end() {
      if (pinned !== undefined && pinnedAt === undefined) {
        return { ok: false, fault: "head-not-found", atNumber: former.number };
      }
      return { ok: true, rows: former.number, head: former.hash, ...(pinnedAt === undefined ? {} : { pinnedAt }) };
    },
  };
}
