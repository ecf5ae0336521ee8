import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSeal, sealWith } from "../../../../core/db/journal/seal.ts";

const about = Buffer.from("whose it is");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-seal-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("the key is made once, for the owner only, also by several at the same time", async () => {
  const path = join(folder, "secrets.key");

  const seals = await Promise.all(Array.from({ length: 8 }, () => openSeal(path)));

  const closed = seals.map((seal) => seal.close("kata sandi", about));
  const last = await openSeal(path);
  expect(closed.map((each) => last.open(each, about))).toEqual(Array(8).fill("kata sandi"));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["secrets.key"]);
  expect(Buffer.from(await readFile(path, "utf8"), "base64url")).toHaveLength(32);
});

test("a key that was cut short is not taken", async () => {
  const path = join(folder, "secrets.key");
  await writeFile(path, "c2hvcnQ\n");
  await expect(openSeal(path)).rejects.toThrow("it has 5 bytes instead of 32");
});

test("what is sealed shows nothing, twice the same differs, and it opens for what it was closed for only", () => {
  const seal = sealWith(randomBytes(32));
  const [one, other] = [seal.close("kata sandi", about), seal.close("kata sandi", about)];
  expect(one.equals(other)).toBe(false);
  expect(one.includes("kata sandi")).toBe(false);
  expect(() => seal.open(one, Buffer.from("another"))).toThrow();
  expect(() => sealWith(randomBytes(32)).open(one, about)).toThrow();
  const changed = Buffer.from(one);
  changed.writeUInt8(changed.readUInt8(one.length - 1) ^ 1, one.length - 1);
  expect(() => seal.open(changed, about)).toThrow();
  expect(() => seal.open(one.subarray(0, 20), about)).toThrow();
});
