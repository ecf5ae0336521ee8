import fc from "fast-check";
import {
  genesisHash,
  hashOf,
  openVerifier,
  type SealedContent,
  type SealedRow,
  type Verdict,
} from "../../core/domain/journal/chain.ts";

export const journalContent = fc.record({
  id: fc.nat(),
  at: fc.date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true }).map((date) => date.toISOString()),
  actorId: fc.option(fc.nat()),
  onBehalfOf: fc.option(fc.constantFrom("help-desk", "data-center")),
  event: fc.constantFrom("ticket-filed", "step-done", "role-granted"),
  subjectKind: fc.constantFrom("ticket", "person", "file"),
  subjectId: fc.nat(),
  details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
});

/** As the sealer does it. */
export function seal(rows: readonly Omit<SealedContent, "number">[]): SealedRow[] {
  const sealed: SealedRow[] = [];
  for (const [index, each] of rows.entries()) {
    const row = { ...each, number: index + 1 };
    sealed.push({ ...row, hash: hashOf(sealed.at(-1)?.hash ?? genesisHash, row) });
  }
  return sealed;
}

/** @param pinned as that of `openVerifier` */
export function verifyChain(rows: Iterable<SealedRow>, pinned?: string): Verdict {
  const verifier = openVerifier(pinned);
  for (const row of rows) {
    const wrong = verifier.add(row);
    if (wrong !== undefined) return wrong;
  }
  return verifier.end();
}
