import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkNames } from "../../../core/domain/hosting/check.ts";
import { cleanDump, cleanSite, imageOf } from "../../support/applications.ts";
import { codesOf, lookAt, type TestMember, tarOf, zipOf } from "../../support/archives.ts";

const mebibyte = 2 ** 20;
const site = (...members: TestMember[]) => [...cleanSite, ...members];
const codesIn = async (bytes: Uint8Array, limits = {}) =>
  codesOf(await lookAt("archive", bytes, limits), "archive-sane");

describe("paths and links", () => {
  // biome-ignore format: a table
  it.each<[string, TestMember]>([
    ["path-outside", { path: "../../etc/cron.d/x" }],
    ["path-outside", { path: "public/../../x" }],
    ["path-absolute", { path: "/etc/passwd" }],
    ["path-absolute", { path: "C:/Windows/x" }],
    ["path-backslash", { path: "..\\..\\x" }],
    ["path-control-characters", { path: "public/\u001b[31mx" }],
    ["path-control-characters", { path: "public/x\n.php" }],
    ["path-too-long", { path: `public/${"x".repeat(256)}` }],
    ["path-too-long", { path: `${"public/".repeat(200)}x` }],
    ["path-twice", { path: "public/index.php" }],
    ["path-twice", { path: "./public//index.php" }],
    ["path-differs-by-case", { path: "public/INDEX.php" }],
    ["link-outside", { path: "public/x", type: "symlink", target: "/etc/passwd" }],
    ["link-outside", { path: "public/x", type: "symlink", target: "../../x" }],
  ])("%s: %j", async (code, member) => {
    expect(await codesIn(await tarOf(site(member)))).toEqual([code]);
    expect(await codesIn(zipOf(site(member)))).toEqual([code]);
  });

  it("a name with a zero, as the fields of a tar's newer form and a zip can have it", async () => {
    const long = `public/${"y".repeat(150)}/${"y".repeat(150)}/a\0.php`;
    expect(await codesIn(await tarOf(site({ path: long })))).toEqual(["path-control-characters"]);
    expect(await codesIn(zipOf(site({ path: "public/a\0.php" })))).toEqual(["path-control-characters"]);
  });

  // biome-ignore format: a table
  it.each<[string, TestMember]>([
    ["hard-link", { path: "public/x", type: "link", target: "LICENSE" }],
    ["device", { path: "public/x", type: "character-device" }],
    ["device", { path: "public/x", type: "block-device" }],
    ["device", { path: "public/x", type: "fifo" }],
  ])("%s: %j", async (code, member) => {
    expect(await codesIn(await tarOf(site(member)))).toEqual([code]);
  });

  it("a link that stays within is no fault; what is written through it, and where several lead together, is", async () => {
    const link: TestMember = { path: "public/storage", type: "symlink", target: "../storage" };
    expect(await codesIn(await tarOf(site(link)))).toEqual([]);
    expect(await codesIn(await tarOf(site(link, { path: "public/storage/x" })))).toEqual(["path-through-link"]);
    const up: TestMember[] = [
      { path: "a/here", type: "symlink", target: ".." },
      { path: "out", type: "symlink", target: "a/here/../etc" },
    ];
    expect(await codesIn(await tarOf(site(...up)))).toEqual(["link-outside"]);
  });

  it("what is shown of a path has no controls, and an end", async () => {
    const [result] = await lookAt("archive", zipOf(site({ path: `\u001b]0;x\u0007${"y".repeat(300)}` })));
    expect(result?.findings[0]?.values.path).toMatch(/^\\u001b\]0;x\\u0007y+…$/);
  });
});

describe("bombs", () => {
  it("10 GB of zeros in 10 MB, as gzip has them one behind the other", async () => {
    const hundred = gzipSync(Buffer.alloc(100 * mebibyte));
    const bomb = Buffer.concat(Array.from({ length: 100 }, () => hundred));
    expect(bomb.length).toBeLessThan(11 * mebibyte);
    const limits = { freeBytes: 4 * mebibyte };
    expect(await codesIn(gzipSync(await tarOf([{ path: "x.gz", content: bomb }])), limits)).toEqual(["bomb"]);
    expect(codesOf(await lookAt("dump", Buffer.concat([gzipSync(cleanDump), bomb]), limits), "dump-sane")).toEqual([
      "bomb",
    ]);
  });

  it("zeros in a zip, also where the listing says that they are few", async () => {
    const zeros = Buffer.alloc(8 * mebibyte);
    expect(await codesIn(zipOf([{ path: "x", content: zeros }]), { freeBytes: mebibyte })).toEqual(["bomb"]);
    expect(await codesIn(zipOf([{ path: "x", content: zeros, sizeBytes: 10 }]))).toEqual(["size-wrong"]);
  });

  it("more than may be unpacked", async () => {
    const random = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251));
    expect(await codesIn(zipOf([{ path: "x", content: random }]), { mostUnpackedBytes: 50_000 })).toEqual([
      "too-large",
    ]);
  });

  it("archives within archives", async () => {
    let nested: Buffer = Buffer.from("x");
    for (let depth = 0; depth < 5; depth += 1) nested = zipOf([{ path: "x.zip", content: nested }]);
    expect(await codesIn(nested)).toEqual(["nested-too-deep"]);
    let packed = Buffer.from("x");
    for (let depth = 0; depth < 5; depth += 1) packed = gzipSync(packed);
    expect(await codesIn(await tarOf(site({ path: "x.gz", content: packed })))).toEqual(["nested-too-deep"]);
  });

  it("a zip in an archive that is too large to be held is not looked at, and that is said", async () => {
    const inner = zipOf([{ path: "x", content: Buffer.alloc(100_000, "xyz"), method: 0 }]);
    const results = await lookAt("archive", zipOf(site({ path: "x.zip", content: inner })), {
      mostNestedBytes: 50_000,
    });
    expect(results[0]).toMatchObject({ result: "not-checked", findings: [{ code: "nested-too-large" }] });
  });

  it("1,000,000 entries", async () => {
    // By its listing alone, which says so at its end.
    const zip = zipOf(cleanSite);
    const end = zip.length - 22;
    const extended = Buffer.alloc(76);
    extended.write("PK\x06\x06", 0, "latin1");
    extended.writeBigUInt64LE(44n, 4);
    extended.writeBigUInt64LE(1_000_000n, 24);
    extended.writeBigUInt64LE(1_000_000n, 32);
    extended.writeBigUInt64LE(BigInt(zip.readUInt32LE(end + 12)), 40);
    extended.writeBigUInt64LE(BigInt(zip.readUInt32LE(end + 16)), 48);
    extended.write("PK\x06\x07", 56, "latin1");
    extended.writeBigUInt64LE(BigInt(end), 64);
    extended.writeUInt32LE(1, 72);
    const tail = Buffer.from(zip.subarray(end));
    tail.writeUInt16LE(0xffff, 8);
    tail.writeUInt16LE(0xffff, 10);
    tail.writeUInt32LE(0xffffffff, 12);
    tail.writeUInt32LE(0xffffffff, 16);
    expect(await codesIn(Buffer.concat([zip.subarray(0, end), extended, tail]))).toEqual(["too-many-entries"]);

    // And one after the other: the same header a million times, 500 MB in 2.
    const header = (await tarOf([{ path: "x" }])).subarray(0, 512);
    const million = gzipSync(Buffer.concat(Array.from({ length: 20_000 }, () => header)));
    const bomb = Buffer.concat(Array.from({ length: 50 }, () => million));
    expect((await codesIn(bomb, { mostEntries: 10_000 }))[0]).toBe("too-many-entries");
  });

  it("paths that are huge together", async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ path: `${index}/${"x".repeat(200)}` }));
    expect(await codesIn(zipOf(many), { mostPathBytes: 2_000 })).toEqual(["too-many-entries"]);
  });
});

describe("damage and lies", () => {
  it("nothing", async () => {
    expect(await codesIn(Buffer.alloc(0))).toEqual(["file-empty"]);
  });

  it.each([
    ["Rar!\x1a\x07\x01\x00", "rar"],
    ["7z\xbc\xaf\x27\x1c", "7z"],
    ["BZh9", "bzip2"],
  ])("another format: $1", async (mark, format) => {
    const results = await lookAt("archive", Buffer.from(mark, "latin1"));
    expect(results[0]?.findings).toEqual([{ code: "format-unsupported", values: { format } }]);
    expect(results.slice(2).map(({ result }) => result)).toEqual(results.slice(2).map(() => "not-checked"));
  });

  it("something else", async () => {
    expect(await codesIn(Buffer.from("<html>"))).toEqual(["format-unknown"]);
    expect(await codesIn(gzipSync("<html>"))).toEqual(["format-unknown"]);
  });

  it("is cut off anywhere", async () => {
    const zip = zipOf(cleanSite);
    const tar = await tarOf(cleanSite);
    const packed = gzipSync(tar);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(zip, tar, packed),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (whole, part) => {
          const length = Math.max(1, Math.min(whole.length - 600, Math.floor(whole.length * part)));
          const results = await lookAt("archive", whole.subarray(0, length));
          expect(results[0]?.result).toBe("failed");
        },
      ),
      { numRuns: 40 },
    );
  });

  it("a tar that ends between two files", async () => {
    expect(await codesIn((await tarOf(cleanSite)).subarray(0, -1024))).toEqual(["file-truncated"]);
  });

  it("a wrong checksum of a file, of a header, of all", async () => {
    expect(await codesIn(zipOf([{ path: "x", content: "abc", crc: 7 }]))).toEqual(["checksum-wrong"]);
    const tar = await tarOf(cleanSite);
    tar[1024 + 100] = 0x39;
    expect(await codesIn(tar)).toEqual(["file-damaged"]);
    const packed = gzipSync(await tarOf(cleanSite));
    packed[packed.length - 8] = (packed.at(-8) ?? 0) ^ 1;
    expect(await codesIn(packed)).toEqual(["file-damaged"]);
  });

  it.each([
    ["encrypted", { flags: 0x801 }],
    ["compression-unsupported", { method: 12 }],
    ["name-differs", { localName: "y" }],
    ["size-wrong", { sizeBytes: 2 }],
    ["size-wrong", { sizeBytes: 200 }],
    ["size-wrong", { method: 0, sizeBytes: 2 }],
  ])("%s: %j", async (code, lies) => {
    expect(await codesIn(zipOf([{ path: "x", content: "abc", ...lies }]))).toEqual([code]);
  });

  it("entries that share their bytes", async () => {
    const members = [
      { path: "x", content: "abc" },
      { path: "y", content: "abc", localName: "y", isShared: true },
    ];
    expect(
      await codesIn(
        zipOf([
          { path: "x", content: "abc" },
          { path: "x", content: "abc", isShared: true },
        ]),
      ),
    ).toContain("entries-overlap");
    expect(await codesIn(zipOf(members))).toEqual(["name-differs"]);
  });

  it("an archive within another that is damaged says where, and the rest is read", async () => {
    const inner = zipOf([{ path: "x", content: "abc", crc: 7 }]);
    const results = await lookAt(
      "archive",
      zipOf(site({ path: "lib.zip", content: inner }, { path: ".env", content: "A=1" })),
    );
    expect(results[0]?.findings).toEqual([{ code: "checksum-wrong", values: { path: "lib.zip" } }]);
    expect(codesOf(results, "secrets")).toEqual(["env-file"]);
  });
});

test("whatever is changed in a file, it is answered for every check", async () => {
  const files = [
    zipOf(cleanSite),
    await tarOf(cleanSite),
    gzipSync(await tarOf(cleanSite)),
    Buffer.from(cleanDump),
    await imageOf(),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.constantFrom("archive" as const, "dump" as const, "image" as const),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      async (whole, kind, changes) => {
        const changed = Buffer.from(whole);
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        const results = await lookAt(kind, changed);
        expect(
          results.every(
            ({ check, findings, result }) => checkNames.includes(check) && (result === "passed" || findings.length > 0),
          ),
        ).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
