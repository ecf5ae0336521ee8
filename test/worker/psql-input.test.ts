import { describe, expect, it } from "vitest";
import { Unreadable } from "../../worker/checks/limits.ts";
import { toPsqlInput } from "../../worker/hosting/psql-input.ts";

const key = "nTa6EwlR8Zc4";

/** What psql is given, the key drawn for it as "…"; read in pieces of so many bytes. */
async function given(dump: string, pieceBytes = 7): Promise<string> {
  const bytes = Buffer.from(dump);
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  };
  const parts = await Array.fromAsync(toPsqlInput(bytes.subarray(0, 4096), pieces()));
  return Buffer.concat(parts)
    .toString()
    .replace(/^\\restrict [0-9a-f]{32} /, "\\restrict … ");
}

describe("what psql is given of a dump", () => {
  it("is the dump, behind a key that nobody knows, on the same lines", async () => {
    const dump = `-- PostgreSQL database dump\nINSERT INTO t VALUES ('é \\! id');\n${"x".repeat(1000)}\n`;
    expect(await given(dump)).toBe(`\\restrict … \\\\${dump}`);
    expect(await given("")).toBe("\\restrict … \\\\");
  });

  it("has neither of the marks by which pg_dump does the same, in whatever pieces they come", async () => {
    const dump = `-- head\n\n\\restrict ${key}\n\nSELECT 1;\n${"x".repeat(500)}\n\\unrestrict ${key}\n\n`;
    const expected = `\\restrict … \\\\-- head\n\n--\n\nSELECT 1;\n${"x".repeat(500)}\n--\n\n`;
    for (const pieceBytes of [1, 13, 230, 10_000]) expect(await given(dump, pieceBytes)).toBe(expected);
  });

  it("has no byte order mark, which psql knows at its beginning only", async () => {
    for (const pieceBytes of [1, 100])
      expect(await given("\ufeff-- head\n", pieceBytes)).toBe("\\restrict … \\\\-- head\n");
  });

  it.each([
    ["by a key of its own", "\\unrestrict a\n"],
    ["by another key than that of the dump", `\\restrict ${key}\nSELECT 1;\n\\unrestrict a\n`],
    ["by a command between backticks", "\\unrestrict `id`\n"],
    // psql joins what stands before a NUL to the next line.
    ["by what a NUL hides", "SELECT 'a\0'\n, '; \\unre\0\nstrict x `id`\n';\n"],
    ["by what is left of marks", `\\restrict ${key}\n\\unre\\restrict ${key}\n\\unrestrict\n`],
  ])("ends where it would be released %s", async (_how, dump) => {
    for (const pieceBytes of [1, 13, 10_000]) await expect(given(dump, pieceBytes)).rejects.toThrow(Unreadable);
  });

  it("lets nothing on of what would release it", async () => {
    const seen: string[] = [];
    const dump = Buffer.from(`SELECT 1;\n${"x".repeat(500)}\n\\unrestrict a\n\\! id\n${"x".repeat(500)}`);
    const reading = async () => {
      for await (const part of toPsqlInput(dump, ReadableStream.from([dump]))) seen.push(Buffer.from(part).toString());
    };
    await expect(reading()).rejects.toThrow(Unreadable);
    expect(seen.join("")).not.toContain("unrestrict");
  });
});
