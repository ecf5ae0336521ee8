import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Heading, verifyJournalFile, writeJournalFile } from "../../cli/journal-file.ts";
import { genesisHash, type SealedRow } from "../../core/domain/journal/chain.ts";
import { journalContent, seal } from "../support/chains.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-journal-"));
});
beforeEach(() => {
  path = join(folder, "journal.jsonl");
});
afterAll(() => rm(folder, { recursive: true }));

/** From two rows on, with keys that a line can hold. */
const chains = fc
  .array(journalContent, { minLength: 2, maxLength: 8 })
  .filter((rows) => rows.every(({ details }) => !Object.hasOwn(details, "__proto__")))
  .map(seal);
const fewer = { numRuns: 40 };

function headingOf(chain: readonly SealedRow[]): Heading {
  return {
    format: "simpul-journal",
    version: 1,
    profile: "labura",
    installation: "0b8a3a53-7c55-4a5e-8a4f-7f4a4d8a9f10",
    exportedAt: "2026-11-25T00:00:00.000Z",
    rows: chain.length,
    head: chain.at(-1)?.hash ?? genesisHash,
  };
}

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

const write = (chain: readonly SealedRow[], heading = headingOf(chain)) => writeJournalFile(path, heading, each(chain));
const linesIn = async () => (await readFile(path, "utf8")).trimEnd().split("\n");
const rewrite = (lines: readonly string[]) => writeFile(path, `${lines.join("\n")}\n`);

/** Writes the chain, does that to the lines, and verifies. Line 1 is the heading, row n stands in line n + 1. */
async function verifyAfter(chain: SealedRow[], change: (lines: string[]) => string[], pinned?: string) {
  await write(chain);
  await rewrite(change(await linesIn()));
  return verifyJournalFile(path, pinned);
}

test("a file that nobody touched holds, with its last head and with any older one", async () => {
  await fc.assert(
    fc.asyncProperty(chains, fc.nat(), async (chain, pick) => {
      await write(chain);
      const pinned = chain[pick % chain.length] as SealedRow;

      expect(await verifyJournalFile(path)).toEqual({ ok: true, heading: headingOf(chain) });
      expect(await verifyJournalFile(path, pinned.hash)).toEqual({
        ok: true,
        heading: headingOf(chain),
        pinnedAt: pinned.number,
      });
    }),
    fewer,
  );
});

test("a journal without a row is a file too", async () => {
  await write([]);
  expect(await verifyJournalFile(path)).toEqual({ ok: true, heading: headingOf([]) });
});

describe("found is", () => {
  test("an edited row", async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.nat(),
        fc.constantFrom("id", "at", "actorId", "onBehalfOf", "event", "subjectKind", "subjectId", "details", "hash"),
        async (chain, pick, field) => {
          const index = pick % chain.length;
          const others = { at: "2030-01-01T00:00:00.000Z", details: { added: 1 }, hash: "ab".repeat(32) };
          const row = chain[index] as SealedRow;
          const edited = {
            ...others,
            ...{ id: row.id + 1, actorId: (row.actorId ?? 0) + 1, onBehalfOf: "user", event: "other" },
            ...{ subjectKind: "other", subjectId: row.subjectId + 1 },
          }[field];

          const verdict = await verifyAfter(chain, (lines) =>
            lines.with(index + 1, JSON.stringify({ ...row, [field]: edited })),
          );

          expect(verdict).toEqual({ ok: false, fault: "hash-differs", atLine: index + 2 });
        },
      ),
      fewer,
    );
  });

  test("a deleted row, before the end", async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async (chain, pick) => {
        const index = pick % (chain.length - 1);
        const verdict = await verifyAfter(chain, (lines) => lines.toSpliced(index + 1, 1));
        expect(verdict).toEqual({ ok: false, fault: "out-of-order", atLine: index + 2 });
      }),
      fewer,
    );
  });

  test("two rows that changed places, also when they were numbered anew", async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async (chain, pick) => {
        const index = pick % (chain.length - 1);
        const [one, other] = [chain[index], chain[index + 1]] as [SealedRow, SealedRow];
        const swap = (rows: SealedRow[]) => (lines: string[]) =>
          lines.toSpliced(index + 1, 2, ...rows.map((row) => JSON.stringify(row)));

        expect(await verifyAfter(chain, swap([other, one]))).toMatchObject({ fault: "out-of-order" });
        const renumbered = swap([
          { ...other, number: one.number },
          { ...one, number: other.number },
        ]);
        expect(await verifyAfter(chain, renumbered)).toMatchObject({ fault: "hash-differs", atLine: index + 2 });
      }),
      fewer,
    );
  });

  test("a row that stands twice", async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async (chain, pick) => {
        const index = (pick % chain.length) + 1;
        const verdict = await verifyAfter(chain, (lines) => lines.toSpliced(index, 0, lines[index] as string));
        expect(verdict).toEqual({ ok: false, fault: "out-of-order", atLine: index + 2 });
      }),
      fewer,
    );
  });

  test("a cut end, by the first line", async () => {
    await fc.assert(
      fc.asyncProperty(chains, async (chain) => {
        const verdict = await verifyAfter(chain, (lines) => lines.slice(0, -1));
        expect(verdict).toMatchObject({ ok: false, fault: "heading-differs" });
      }),
      fewer,
    );
  });

  test("a cut end whose first line was made anew, with the head that was published and only with it", async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.nat(), async (chain, pick) => {
        const cut = chain.slice(0, 1 + (pick % (chain.length - 1)));
        await write(cut);

        expect(await verifyJournalFile(path)).toMatchObject({ ok: true });
        expect(await verifyJournalFile(path, chain.at(-1)?.hash)).toEqual({ ok: false, fault: "head-not-found" });
      }),
      fewer,
    );
  });

  test("every change of the first line", async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.constantFrom("profile", "installation", "exportedAt", "rows", "head", "checksum"),
        async (chain, field) => {
          const changed = {
            ...{ profile: "cianjur", installation: "another", exportedAt: "2026-11-25T00:00:00.001Z" },
            ...{ rows: chain.length - 1, head: chain[0]?.hash, checksum: genesisHash },
          }[field];
          const verdict = await verifyAfter(chain, ([first = "", ...rows]) => [
            JSON.stringify({ ...JSON.parse(first), [field]: changed }),
            ...rows,
          ]);
          expect(verdict).toMatchObject({ ok: false, fault: "heading-changed", atLine: 1 });
        },
      ),
      fewer,
    );
  });

  test.each([
    ["rows", 1],
    ["head", "cd".repeat(32)],
  ])("a first line whose %s was changed together with its checksum", async (field, value) => {
    const chain = seal(fc.sample(journalContent, { numRuns: 3, seed: 1 }));
    await write(chain, { ...headingOf(chain), [field]: value });
    expect(await verifyJournalFile(path)).toMatchObject({ ok: false, fault: "heading-differs" });
  });
});

describe("a broken line is named with its number and the reason", () => {
  const chain = seal(fc.sample(journalContent, { numRuns: 3, seed: 1 }));
  const row = JSON.stringify(chain[1]);

  test.each<[string, string, string]>([
    ["a line that a copy cut off", row.slice(0, 40), "not JSON"],
    ["an empty line", "", "not JSON"],
    ["a line without its event", JSON.stringify({ ...chain[1], event: undefined }), "event: "],
    ["a number that is text", JSON.stringify({ ...chain[1], number: "2" }), "number: "],
    ["an instant without its milliseconds", JSON.stringify({ ...chain[1], at: "2026-11-25T00:00:00Z" }), "at: "],
    ["a field that no hash covers", JSON.stringify({ ...chain[1], note: "extra" }), "note"],
    ["a field that stands twice", row.replace("{", '{"event":"other",'), "as the export writes it"],
    ["words in place of a row", '"row"', "expected object"],
  ])("%s", async (_case, line, reason) => {
    const verdict = await verifyAfter(chain, (lines) => lines.with(2, line));
    expect(verdict).toEqual({
      ok: false,
      fault: "line-unreadable",
      atLine: 3,
      reason: expect.stringContaining(reason),
    });
  });

  test("one that never ends", async () => {
    const verdict = await verifyAfter(chain, (lines) => lines.with(2, "x".repeat(3 * 1024 * 1024)));
    expect(verdict).toMatchObject({ fault: "line-unreadable", atLine: 3, reason: expect.stringContaining("longer") });
  });

  test.each([
    ["an empty file", "", "empty"],
    ["another kind of file", '{"format":"something-else"}\n', "format"],
    ["a newer version of it", '{"format":"simpul-journal","version":2}\n', "version"],
  ])("%s", async (_case, text, reason) => {
    await writeFile(path, text);
    expect(await verifyJournalFile(path)).toEqual({
      ok: false,
      fault: "heading-unreadable",
      atLine: 1,
      reason: expect.stringContaining(reason),
    });
  });
});

test("the file is its owner's only, and takes the place of an older one at once", async () => {
  const chain = seal(fc.sample(journalContent, { numRuns: 2, seed: 1 }));
  await write(chain.slice(0, 1));
  await write(chain);

  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await linesIn()).toHaveLength(3);
});

test("nothing is left of an export that fails in the middle", async () => {
  await rm(path, { force: true });
  const [row] = seal(fc.sample(journalContent, { numRuns: 1, seed: 1 })) as [SealedRow];
  async function* failing(): AsyncGenerator<SealedRow> {
    yield row;
    throw new Error("the database went away");
  }

  await expect(writeJournalFile(path, headingOf([row]), failing())).rejects.toThrow("went away");
  expect(await readdir(folder)).toEqual([]);
});
