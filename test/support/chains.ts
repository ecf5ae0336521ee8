import fc from "fast-check";
import { genesisHash, hashOf, type SealedContent, type SealedRow } from "../../core/domain/journal/chain.ts";

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
