import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { unpackTar } from "modern-tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usualLimits } from "../../worker/checks/limits.ts";
import { packSavedImage } from "../../worker/hosting/pack-saved-image.ts";
import { temporaryFolder } from "../e2e/support/folders.ts";
import { type TestMember, tarOf } from "../support/archives.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

async function packed(archive: Uint8Array) {
  const path = join(folder.path, "archive");
  writeFileSync(path, archive);
  const descriptor = openSync(path, "r");
  try {
    return await unpackTar(packSavedImage(descriptor, usualLimits));
  } finally {
    closeSync(descriptor);
  }
}

const listing = (names: unknown) =>
  JSON.stringify([{ Config: "blobs/c", RepoTags: names, Layers: ["blobs/l"], LayerSources: { x: {} } }]);
const saved: TestMember[] = [
  { path: "blobs", type: "directory" },
  { path: "blobs/c", content: "{}" },
  { path: "blobs/l", content: Buffer.alloc(3 * 2 ** 20, "l") },
  { path: "old/layer.tar", type: "symlink", target: "../blobs/l" },
  { path: "index.json", content: '{"manifests":[{"annotations":{"io.containerd.image.name":"caddy:2"}}]}' },
  { path: "oci-layout", content: '{"imageLayoutVersion":"1.0.0"}' },
  { path: "repositories", content: '{"caddy":{"2":"c"}}' },
  { path: "./manifest.json", content: listing(["caddy:2"]) },
];

describe("a saved image", () => {
  it.each([
    ["a tar", (tar: Uint8Array) => tar],
    ["a tar in gzip", gzipSync],
  ])("loses its names, and nothing that it is made of: %s", async (_, wrap) => {
    const files = await packed(wrap(await tarOf(saved)));
    expect(files.map(({ header: { name, linkname } }) => [name, linkname].filter(Boolean).join(" "))).toEqual([
      ...["blobs/c", "blobs/l", "old/layer.tar ../blobs/l", "manifest.json"],
    ]);
    const [, layer, , manifest] = files.map(({ data }) => Buffer.from(data ?? []));
    expect(layer).toEqual(Buffer.alloc(3 * 2 ** 20, "l"));
    expect(JSON.parse(String(manifest))).toEqual([{ Config: "blobs/c", RepoTags: null, Layers: ["blobs/l"] }]);
  });

  const other = { path: "x.json", content: listing(["caddy:2"]) };
  it.each<[string, string, TestMember[]]>([
    ["has its listing twice", "path-twice", [...saved, { path: "manifest.json", content: listing(["caddy:2"]) }]],
    [
      "writes its listing through a link",
      "path-through-link",
      [
        { path: "a", type: "symlink", target: "." },
        { path: "a/manifest.json", content: listing(["caddy:2"]) },
      ],
    ],
    [
      "has its listing by another name",
      "hard-link",
      [other, { path: "manifest.json", type: "link", target: "x.json" }],
    ],
    ["leads out of its folder", "path-outside", [...saved, { path: "../manifest.json", content: "[]" }]],
    ["has a listing that says something else", "manifest-unreadable", [{ path: "manifest.json", content: "{}" }]],
  ])("is none where it %s", async (_, code, members) => {
    await expect(packed(await tarOf(members))).rejects.toMatchObject({ finding: { code } });
  });

  it("has no listing where that is a link to one", async () => {
    const files = await packed(await tarOf([other, { path: "manifest.json", type: "symlink", target: "x.json" }]));
    expect(files.map(({ header }) => header.name)).toEqual(["x.json"]);
  });
});
