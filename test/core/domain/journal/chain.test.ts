import fc from "fast-check";
import { expect, test } from "vitest";
import { genesisHash, hashOf, type SealedContent, type SealedRow } from "../../../../core/domain/journal/chain.ts";
import { journalContent, seal, verifyChain } from "../../../support/chains.ts";

const contents = fc.array(journalContent, { minLength: 2, maxLength: 12 });

test("a chain that nobody touched holds, and its head is the last hash", () => {
  fc.assert(
    fc.property(contents, (rows) => {
      const chain = seal(rows);
      expect(verifyChain(chain)).toEqual({ ok: true, rows: chain.length, head: chain.at(-1)?.hash });
    }),
  );
});

test("an edited row is found, at its number", () => {
  fc.assert(
    fc.property(contents, fc.nat(), (rows, pick) => {
      const chain = seal(rows);
      const index = pick % chain.length;
      const edited = chain.map((row, at) => (at === index ? { ...row, subjectId: row.subjectId + 1 } : row));
      expect(verifyChain(edited)).toEqual({ ok: false, fault: "hash-differs", atNumber: index + 1 });
    }),
  );
});

test("a deleted row is found, unless it was the last", () => {
  fc.assert(
    fc.property(contents, fc.nat(), (rows, pick) => {
      const chain = seal(rows);
      const index = pick % (chain.length - 1);
      expect(verifyChain(chain.toSpliced(index, 1))).toEqual({ ok: false, fault: "out-of-order", atNumber: index + 1 });
    }),
  );
});

test("two rows that changed places are found", () => {
  fc.assert(
    fc.property(contents, fc.nat(), (rows, pick) => {
      const chain = seal(rows);
      const index = pick % (chain.length - 1);
      const [one, other] = [chain[index], chain[index + 1]] as [SealedRow, SealedRow];
      const swapped = chain.toSpliced(index, 2, other, one);
      expect(verifyChain(swapped)).toMatchObject({ ok: false, fault: "out-of-order" });
      const renumbered = chain.toSpliced(index, 2, { ...other, number: one.number }, { ...one, number: other.number });
      expect(verifyChain(renumbered)).toMatchObject({ ok: false, fault: "hash-differs", atNumber: one.number });
    }),
  );
});

test("a cut end is found with the head that was published, and only with it", () => {
  fc.assert(
    fc.property(contents, (rows) => {
      const chain = seal(rows);
      const head = chain.at(-1)?.hash ?? "";
      const cut = chain.slice(0, -1);
      expect(verifyChain(cut)).toMatchObject({ ok: true });
      expect(verifyChain(cut, head)).toEqual({ ok: false, fault: "head-not-found", atNumber: cut.length });
    }),
  );
});

test("an older head that was published is found at its place", () => {
  const chain = seal(fc.sample(journalContent, { numRuns: 5, seed: 1 }));
  expect(verifyChain(chain, chain[2]?.hash)).toMatchObject({ ok: true, rows: 5, pinnedAt: 3 });
});

test("the order in which the database gives back the details does not matter", () => {
  const [row] = fc.sample(journalContent, { numRuns: 1, seed: 1 });
  const one = { ...row, number: 1, details: { a: 1, b: 2 } } as SealedContent;
  const other = { ...row, number: 1, details: { b: 2, a: 1 } } as SealedContent;
  expect(hashOf(genesisHash, one)).toBe(hashOf(genesisHash, other));
});
