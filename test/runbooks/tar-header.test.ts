import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { blockBytes, paddingOf, readTarHeader, tarHeader } from "../../runbooks/archive/tar-header.ts";

const part = fc.stringMatching(/^[\w.-]{1,60}$/);
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));

test("a header says what it was made of", () => {
  fc.assert(
    fc.property(path, fc.nat({ max: Number.MAX_SAFE_INTEGER }), (name, sizeBytes) => {
      const header = tarHeader(name, sizeBytes);
      expect(header).toHaveLength(blockBytes);
      expect(readTarHeader(header)).toEqual({ path: name, sizeBytes });
    }),
  );
});

test("sizes from 8 GiB on, which eleven octal digits do not hold, are read back too", () => {
  for (const sizeBytes of [8 ** 11 - 1, 8 ** 11, 5 * 2 ** 40]) {
    expect(readTarHeader(tarHeader("database.dump", sizeBytes))).toEqual({ path: "database.dump", sizeBytes });
  }
});

test("every damaged bit is found", () => {
  const header = tarHeader("postgres/base/5/1259", 8192);
  fc.assert(
    fc.property(fc.nat(blockBytes - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      const damaged = Buffer.from(header);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      const isOfSum = at >= 148 && at < 156;
      // Behind the digits of the sum stand a zero and a space, which mean nothing.
      if (!isOfSum) expect(() => readTarHeader(damaged)).toThrow(RangeError);
    }),
  );
});

test("a path that does not fit is refused when it is written", () => {
  expect(() => tarHeader("x".repeat(101), 1)).toThrow("too long");
  expect(() => tarHeader(`${"x/".repeat(90)}${"y".repeat(90)}`, 1)).toThrow("too long");
});

test.each([
  ["a symbolic link", "2"],
  ["a folder", "5"],
  ["a device", "3"],
  ["a longer name of GNU", "L"],
])("%s is no member", (_case, kind) => {
  const header = tarHeader("postgres/base", 0);
  const before = header[156] ?? 0;
  header.write(kind, 156, "latin1");
  const sum = Number.parseInt(header.toString("latin1", 148, 154), 8) - before + kind.charCodeAt(0);
  header.write(sum.toString(8).padStart(6, "0"), 148, "latin1");
  expect(() => readTarHeader(header)).toThrow("no regular file");
});

test("the machine's own tar reads the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "simpul-tar-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const long = `files/${"0b8a3a53-7c55-4a5e-8a4f-7f4a4d8a9f10"}/${"ab".repeat(32)}`;
  const members = { "postgres.password": "secret", [long]: "x".repeat(blockBytes), empty: "" };
  const blocks = Object.entries(members).flatMap(([name, text]) => [
    tarHeader(name, text.length),
    Buffer.from(text),
    Buffer.alloc(paddingOf(text.length)),
  ]);
  writeFileSync(join(folder, "a.tar"), Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]));

  execFileSync("tar", ["xf", "a.tar"], { cwd: folder });

  for (const [name, text] of Object.entries(members)) expect(readFileSync(join(folder, name), "utf8")).toBe(text);
});
