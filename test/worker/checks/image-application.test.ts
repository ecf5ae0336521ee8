import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type ImageFaults, imageOf, mitText } from "../../support/applications.ts";
import { lookAt, type TestMember, tarOf, troubles } from "../../support/archives.ts";

const wordpress: readonly TestMember[] = [
  { path: "var/www/html/index.php", content: "<?php\n" },
  { path: "var/www/html/wp-includes/version.php", content: "<?php\n$wp_version = '6.9.1';\n" },
  { path: "var/www/html/license.txt", content: "GNU General Public License\nVersion 2\n" },
  { path: "var/www/html/wp-content/plugins/a/LICENSE", content: "Only for customers of PT Contoh" },
];

/** Without the application of the clean image. */
const gone: readonly TestMember[] = [{ path: ".wh.app" }];
const nothing = { Env: [] };

/** "wordpress 6.9.1 (var/www/html/wp-includes/version.php)", and the codes of what is no component. */
async function recognisedIn(faults: ImageFaults, limits = {}): Promise<string[]> {
  const results = await lookAt("image", await imageOf(faults), limits);
  const { findings = [] } = results.find(({ check }) => check === "application") ?? {};
  return findings.map(({ code, values: { product, version, path } }) => {
    return code === "application-recognised" ? `${product} ${version} (${path})` : code;
  });
}

async function licencesIn(faults: ImageFaults): Promise<string[]> {
  const results = await lookAt("image", await imageOf(faults));
  const { findings = [] } = results.find(({ check }) => check === "licences") ?? {};
  return findings.map(({ code, values: { licence, path } }) => (licence === undefined ? code : `${licence} (${path})`));
}

describe("the application in an image", () => {
  it("is recognised by its files, and its runtime by what the image says", async () => {
    expect(await recognisedIn({})).toEqual([
      "express ^5.1.0 (app/package.json)",
      expect.stringMatching(/^nodejs 24\.1\.0 \([0-9a-f]{64}\.json\)$/),
    ]);
    expect(await recognisedIn({ config: { Env: ["PHP_VERSION=8.4.2"] }, above: [gone, wordpress] })).toEqual([
      "wordpress 6.9.1 (var/www/html/wp-includes/version.php)",
      expect.stringMatching(/^php 8\.4\.2/),
    ]);
  });

  it("is where its program is started, or else anywhere", async () => {
    const inside = { path: "srv/simpeg/requirements.txt", content: "Django==5.2.8\n" };
    const config = { ...nothing, WorkingDir: "/srv/simpeg/" };
    expect(await recognisedIn({ config, layer: [inside] })).toEqual([
      "django 5.2.8 (srv/simpeg/requirements.txt)",
      "python  (srv/simpeg/requirements.txt)",
    ]);
    expect(await recognisedIn({ config: { ...nothing, WorkingDir: "/srv/other" }, above: [gone, [inside]] })).toEqual([
      "django 5.2.8 (srv/simpeg/requirements.txt)",
      "python  (srv/simpeg/requirements.txt)",
    ]);
  });

  it("is none of what systems, runtimes and packages bring", async () => {
    const brought = ["usr/lib/x/package.json", "opt/yarn-v1.22.22/package.json", "srv/node_modules/x/package.json"];
    const layer = [...brought, "etc/x/package.json"].map((path) => ({
      path,
      content: '{"dependencies":{"next":"1"}}',
    }));
    expect(await recognisedIn({ config: nothing, above: [gone, layer] })).toEqual(["application-unseen"]);
  });

  it("that nothing tells is not checked, as its licence is not", async () => {
    const results = await lookAt("image", await imageOf({ config: nothing, above: [gone] }));
    expect(troubles(results)).toEqual(["application: application-unseen", "licences: licence-unknown"]);
  });

  it("has the licences of its own tree", async () => {
    expect(await licencesIn({})).toEqual(["MIT (app/package.json)"]);
    expect(await licencesIn({ above: [gone, wordpress] })).toEqual(["GPL-2.0 (var/www/html/license.txt)"]);
    const closed = { path: "app/LICENSE", content: "Only for customers of PT Contoh" };
    expect(await licencesIn({ layer: [closed] })).toEqual(["licence-proprietary", "MIT (app/package.json)"]);
  });

  it("is judged by the version that is there, and not by what it asks for", async () => {
    const old = { path: "app/composer.json", content: JSON.stringify({ require: { php: "^7.2" }, license: "MIT" }) };
    const above = [gone, [old]];
    expect(troubles(await lookAt("image", await imageOf({ config: { Env: ["PHP_VERSION=8.4.2"] }, above })))).toEqual(
      [],
    );
    expect(troubles(await lookAt("image", await imageOf({ config: nothing, above })))).toEqual([
      "end-of-life: end-of-life",
    ]);
  });
});

describe("layers over one another", () => {
  const express = "express ^5.1.0 (app/package.json)";
  const later = { path: "app/package.json", content: '{"dependencies":{"express":"^5.2.0"}}' };

  it("a file of a later layer counts", async () => {
    expect(await recognisedIn({ config: nothing, above: [[later]] })).toContain("express ^5.2.0 (app/package.json)");
  });

  // biome-ignore format: a table
  it.each<[string, TestMember]>([
    ["it was removed", { path: "app/.wh.package.json" }],
    ["its folder was removed", { path: ".wh.app" }],
    ["its folder was emptied", { path: "app/.wh..wh..opq" }],
    ["a link is in its place", { path: "app/package.json", type: "symlink", target: "../etc/os-release" }],
    ["a link is in its folder's place", { path: "app", type: "symlink", target: "srv" }],
    ["a hard link is in its place", { path: "app/package.json", type: "link", target: "etc/os-release" }],
  ])("what a file said is not known where %s", async (_how, member) => {
    expect(await recognisedIn({ config: nothing, above: [[member]] })).toEqual(["application-unseen"]);
  });

  it("a hard link is a file, whose text is not known", async () => {
    const page: TestMember[] = [
      { path: "srv/home.html", content: "<p>Antrean</p>" },
      { path: "srv/index.html", type: "link", target: "srv/home.html" },
    ];
    expect(await recognisedIn({ config: nothing, above: [gone, page] })).toEqual(["static-site  (srv/index.html)"]);
  });

  it("what a layer removes is that of those below, not its own", async () => {
    const emptied: TestMember[] = [{ path: "app/.wh..wh..opq" }, later];
    expect(await recognisedIn({ config: nothing, above: [emptied] })).toContain("express ^5.2.0 (app/package.json)");
    expect(await recognisedIn({ config: nothing, above: [[{ path: ".wh.app" }], [later]] })).toContain(
      "express ^5.2.0 (app/package.json)",
    );
    expect(await recognisedIn({ config: nothing, above: [[{ path: "ap/.wh.package.json" }]] })).toContain(express);
  });
});

describe("a hostile layer", () => {
  it("a path that leads elsewhere says nothing of what is here, and fails its own check", async () => {
    for (const path of ["../app/package.json", "/app/package.json", "srv/../app/package.json"]) {
      const layer = [{ path, content: '{"dependencies":{"next":"16.0.0"}}' }];
      expect(await recognisedIn({ config: nothing, above: [gone, layer] })).toEqual(["application-unseen"]);
    }
  });

  it("a huge file is not held, and says nothing", async () => {
    const content = `{"dependencies":{"next":"16.0.0"},"x":"${"x".repeat(2 ** 20)}"}`;
    const above = [gone, [{ path: "app/package.json", content }]];
    expect(await recognisedIn({ config: nothing, above })).toEqual(["application-unseen"]);
  });

  it("many small texts are held up to a bound, and keep no one from reading what the image is", async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ path: `srv/${index}/LICENSE`, content: mitText }));
    const results = await lookAt("image", await imageOf({ layer: many }), { mostTextsBytes: 2_000 });
    expect(troubles(results)).toEqual([]);
  });

  it("1,000,000 entries", async () => {
    const header = (await tarOf([{ path: "app/package.json" }])).subarray(0, 512);
    const entries = Buffer.alloc(512 * 1_000_000, header);
    const packed = gzipSync(entries, { level: 1 });
    const saved = await tarOf([{ path: "layer.tar", content: packed }]);
    const results = await lookAt("image", saved, { mostRatio: 1_000 });
    expect(troubles(results).slice(0, 3)).toEqual([
      "archive-sane: too-many-entries",
      "image-sane: not-read-whole",
      "application: not-read-whole",
    ]);
  });
});
