import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { genesisHash } from "../../core/domain/journal/chain.ts";
import { type Manifest, manifestHash } from "../../runbooks/archive/manifest.ts";
import { openCheckedArchive } from "../../runbooks/archive/read-archive.ts";
import { paddingOf, tarHeader } from "../../runbooks/archive/tar-header.ts";
import { openArchive } from "../../runbooks/archive/write-archive.ts";
import { Refused } from "../../runbooks/refused.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-archive-"));
});
beforeEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  path = join(folder, "simpul-labura-20261125T000000Z.tar");
});
afterAll(() => rm(folder, { recursive: true }));

const about: Omit<Manifest, "members"> = {
  format: "simpul-backup",
  version: 1,
  madeAt: "2026-11-25T00:00:00.000Z",
  profile: "labura",
  purpose: "playground",
  installation: "0b8a3a53-7c55-4a5e-8a4f-7f4a4d8a9f10",
  database: { kind: "embedded", server: "18.4" },
  journal: { number: 0, hash: genesisHash },
  folders: ["postgres/pg_notify"],
};

type Content = Record<string, string>;
const usual: Content = { "postgres/PG_VERSION": "18\n", "files/a/b": "x".repeat(1500), "postgres.password": "secret" };

async function write(content: Content): Promise<void> {
  await using archive = await openArchive(path);
  for (const [name, text] of Object.entries(content)) await archive.addBytes(name, Buffer.from(text));
  await archive.finish(about);
}

async function read(): Promise<{ manifest: Manifest; content: Content }> {
  await using archive = await openCheckedArchive(path);
  const content: Content = {};
  for await (const member of archive.members()) {
    const pieces: Buffer[] = [];
    for await (const piece of member.content) pieces.push(piece);
    content[member.path] = Buffer.concat(pieces).toString();
  }
  return { manifest: archive.manifest, content };
}

test("what was written is read back, and is its owner's only", async () => {
  const names = fc.stringMatching(/^[a-z]{1,8}(\/[a-z0-9]{1,8}){0,2}$/);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, fc.string({ maxLength: 2000 })), async (content) => {
      await rm(path, { force: true });
      await write(content);
      const found = await read();
      expect(found.content).toEqual(content);
      expect(found.manifest).toMatchObject(about);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }),
    { numRuns: 30 },
  );
});

test("a file that shrinks and grows while it is copied leaves the archive whole", async () => {
  const source = join(folder, "source");
  await writeFile(source, "a".repeat(3 * 1024 * 1024));
  await using archive = await openArchive(path);
  const isWritten = archive.addFile("postgres/base/1", source);
  await writeFile(source, "b".repeat(100));
  expect(await isWritten).toBe(true);
  await archive.finish(about);

  const { content } = await read();
  expect(content["postgres/base/1"]?.length).toBeOneOf([0, 100, 3 * 1024 * 1024]);
});

test("a file that is gone is left out", async () => {
  await using archive = await openArchive(path);
  expect(await archive.addFile("postgres/base/1", join(folder, "missing"))).toBe(false);
  await archive.finish(about);
  expect((await read()).content).toEqual({});
});

describe("no half archive looks whole", () => {
  test("until it is finished it has another name, and goes when it is given up", async () => {
    {
      await using archive = await openArchive(path);
      await archive.addBytes("postgres.password", Buffer.from("secret"));
      expect(await readdir(folder)).toEqual([`simpul-labura-20261125T000000Z.tar.unfinished-${process.pid}`]);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test("what a killed one left goes with the next; one that is being written stays", async () => {
    await writeFile(join(folder, "simpul-labura-1.tar.unfinished-999999999"), "half");
    await writeFile(join(folder, "simpul-labura-2.tar.dump.unfinished-999999999"), "half a dump");
    await writeFile(join(folder, "unfinished-999999999"), "somebody else's");
    await writeFile(join(folder, `simpul-labura-3.tar.unfinished-${process.ppid}`), "under way");
    await write(usual);
    expect((await readdir(folder)).sort()).toEqual([
      "simpul-labura-20261125T000000Z.tar",
      `simpul-labura-3.tar.unfinished-${process.ppid}`,
      "unfinished-999999999",
    ]);
  });

  test("one that was cut off anywhere is refused", async () => {
    await write(usual);
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1025), async (length) => {
        await writeFile(path, whole.subarray(0, length));
        await expect(read()).rejects.toThrow(Refused);
      }),
      { numRuns: 40 },
    );
  });
});

test("a changed bit in any member or header is found", async () => {
  await write(usual);
  const whole = await readFile(path);
  const meaning = placesThatMean(whole);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...meaning), async (at) => {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await writeFile(path, damaged);
      await expect(read()).rejects.toThrow(/is no whole backup/);
    }),
    { numRuns: 150 },
  );
});

/** Everything but what fills up to the next block, and the blank behind a header's sum. */
function placesThatMean(archive: Buffer): number[] {
  const places: number[] = [];
  for (let at = 0; archive[at] !== 0; ) {
    const sizeBytes = Number.parseInt(archive.toString("latin1", at + 124, at + 135), 8);
    for (let offset = 0; offset < 512 + sizeBytes; offset += 1) {
      if (offset < 154 || offset > 155) places.push(at + offset);
    }
    at += 512 + sizeBytes + paddingOf(sizeBytes);
  }
  return places;
}

describe("refused is an archive", () => {
  const tar = (members: [name: string, text: string][]) =>
    Buffer.concat([
      ...members.flatMap(([name, text]) => [
        tarHeader(name, Buffer.byteLength(text)),
        Buffer.from(text),
        Buffer.alloc(paddingOf(Buffer.byteLength(text))),
      ]),
      Buffer.alloc(1024),
    ]);
  const manifestOf = async () => {
    await write(usual);
    return (await read()).manifest;
  };
  const members = Object.entries(usual);
  /** With a hash that fits: whoever changes an archive on purpose makes it anew. */
  const asMembers = (manifest: object): [name: string, text: string][] => {
    const text = JSON.stringify(manifest);
    return [
      ["manifest.json", text],
      ["manifest.json.sha256", manifestHash(Buffer.from(text))],
    ];
  };

  test.each([
    ["with a path above its top", "../outside", "leads out of it"],
    ["with a path above its top further down", "files/../../outside", "leads out of it"],
    ["with an absolute path", "/etc/cron.d/evil", "leads out of it"],
    ["with a path of the shell's", "files/a b;c", "leads out of it"],
    ["with more than it lists", "files/a/more", "does not belong to it"],
    ["with a member twice", "postgres.password", "is there twice"],
  ])("%s", async (_case, name, reason) => {
    await writeFile(path, tar([...members, [name, "evil"], ...asMembers(await manifestOf())]));
    await expect(read()).rejects.toThrow(reason);
  });

  test("with less than it lists", async () => {
    await writeFile(path, tar([...members.slice(1), ...asMembers(await manifestOf())]));
    await expect(read()).rejects.toThrow("postgres/PG_VERSION is missing");
  });

  test("whose manifest names a folder above its top", async () => {
    const manifest = { ...(await manifestOf()), folders: ["postgres/../../outside"] };
    await writeFile(path, tar([...members, ...asMembers(manifest)]));
    await expect(read()).rejects.toThrow("at folders.0");
  });

  test("of a later form", async () => {
    const manifest = { ...(await manifestOf()), version: 2 };
    await writeFile(path, tar([...members, ...asMembers(manifest)]));
    await expect(read()).rejects.toThrow("at version");
  });

  test("with something behind its manifest", async () => {
    await writeFile(path, tar([...members, ...asMembers(await manifestOf()), ["files/a/later", "x"]]));
    await expect(read()).rejects.toThrow("follows the manifest");
  });

  test("without a manifest, that is no tar at all, or that is not there", async () => {
    await writeFile(path, tar(members));
    await expect(read()).rejects.toThrow("it has no manifest");
    await writeFile(path, "a text and nothing else".repeat(100));
    await expect(read()).rejects.toThrow("a header is damaged");
    await rm(path);
    await expect(read()).rejects.toThrow("cannot be opened: ENOENT");
  });
});
