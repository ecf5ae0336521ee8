import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpackTar } from "modern-tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usualLimits } from "../../worker/checks/limits.ts";
import { packTree } from "../../worker/hosting/pack-tree.ts";
import { temporaryFolder } from "../e2e/support/folders.ts";
import { type TestMember, tarOf, zipOf } from "../support/archives.ts";

const image = {
  base: "",
  folder: "/srv/www",
  user: { uid: 10_001, gid: 10_002 },
  kept: ["/srv/www/uploads", "/var/kept"],
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

async function packed(archive: Uint8Array, given = image) {
  const path = join(folder.path, "archive");
  writeFileSync(path, archive);
  const descriptor = openSync(path, "r");
  try {
    return await unpackTar(packTree(descriptor, given, usualLimits));
  } finally {
    closeSync(descriptor);
  }
}

/** "rwx name" of each, with the target of a link. */
async function listed(archive: Uint8Array) {
  return (await packed(archive)).map(({ header: { name, mode, linkname } }) =>
    [mode?.toString(8), name, linkname].filter(Boolean).join(" "),
  );
}

const site: TestMember[] = [
  { path: "situs/index.php", content: "<?php", mode: 0o666 },
  { path: "situs/bin/cron", content: "#!", mode: 0o4777 },
  { path: "__MACOSX/situs/._index.php", content: "x" },
  { path: "situs/latest", type: "symlink", target: "index.php" },
];
const expected = [
  "755 srv/www/",
  "755 srv/www/uploads/",
  "755 var/kept/",
  "644 srv/www/index.php",
  "755 srv/www/bin/",
  "755 srv/www/bin/cron",
  "777 srv/www/latest index.php",
];

describe("the files of an image that is made", () => {
  it.each([
    ["a zip", async () => zipOf(site)],
    ["a tar", () => tarOf(site)],
  ])("are those of %s below its top folder, with modes of ours", async (_, make) => {
    expect(await listed(await make())).toEqual(expected);
  });

  it("are all of the runtime's user", async () => {
    const owners = (await packed(zipOf(site))).map(({ header: { uid, gid } }) => `${uid}:${gid}`);
    expect(new Set(owners)).toEqual(new Set(["10001:10002"]));
  });

  it("keep their bytes, also many and large ones, and empty ones", async () => {
    const large = Buffer.alloc(9 * 2 ** 20, "a");
    const files = await packed(await tarOf([{ path: "a.txt", content: large }, { path: "b/empty" }]));
    const byName = new Map(files.map(({ header, data }) => [header.name, data]));
    expect(byName.get("srv/www/a.txt")).toHaveLength(large.length);
    expect(byName.get("srv/www/b/empty")).toHaveLength(0);
  });

  it("stay in their folders where those are not around all of them", async () => {
    const names = (await packed(zipOf([{ path: "public/index.html" }, { path: "README" }]))).map(
      ({ header }) => header.name,
    );
    expect(names).toContain("srv/www/public/index.html");
  });

  it.each([
    ["leads out of the folder", { path: "../etc/passwd" }, "path-outside"],
    ["is a link that leads out", { path: "a", type: "symlink", target: "/etc/passwd" }, "link-outside"],
    ["is a device", { path: "a", type: "character-device" }, "device"],
    ["is another name of a file", { path: "a", type: "link", target: "b" }, "hard-link"],
  ] satisfies [string, TestMember, string][])("are none where one %s", async (_, member, code) => {
    await expect(packed(await tarOf([{ path: "b" }, member]))).rejects.toMatchObject({ finding: { code } });
  });

  it("are none of an empty file", async () => {
    await expect(packed(Buffer.alloc(0))).rejects.toMatchObject({ finding: { code: "file-empty" } });
  });
});
