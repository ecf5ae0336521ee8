import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { checksOf } from "../../../core/domain/hosting/check.ts";
import { cleanDump, cleanSite, type ImageFaults, imageOf, mitText } from "../../support/applications.ts";
import { codesOf, lookAt, type TestMember, tarOf, troubles, zipOf } from "../../support/archives.ts";

const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n";
const bytes = (text: string) => Buffer.from(text);

describe("a clean application passes every check", () => {
  test.each([
    ["as a zip", async () => zipOf(cleanSite)],
    ["as a tar", () => tarOf(cleanSite)],
    ["as a tar that is packed", async () => gzipSync(await tarOf(cleanSite))],
    ["in a folder of its own", async () => zipOf(cleanSite.map((each) => ({ ...each, path: `simpeg/${each.path}` })))],
  ])("%s", async (_how, make) => {
    const results = await lookAt("archive", await make());
    expect(troubles(results)).toEqual([]);
    expect(results.map(({ check }) => check)).toEqual(checksOf("archive"));
    expect(codesOf(results, "application")).toEqual([
      "application-recognised",
      "application-recognised",
      "packages-missing",
    ]);
  });

  test("as an image", async () => {
    const results = await lookAt("image", await imageOf());
    expect(troubles(results)).toEqual([]);
    expect(codesOf(results, "image-sane")).toEqual(["image-described"]);
    for (const bytes of [gzipSync(await imageOf()), await imageOf({ isOci: true })]) {
      expect(troubles(await lookAt("image", bytes))).toEqual([]);
    }
  });

  test("as a dump, which is loaded later", async () => {
    expect(troubles(await lookAt("dump", bytes(cleanDump)))).toEqual(["dump-loads: not-loaded"]);
    expect(troubles(await lookAt("dump", gzipSync(cleanDump)))).toEqual(["dump-loads: not-loaded"]);
  });
});

/** Adds a file to the clean site, or puts it in the place of one. */
function siteWith(...planted: TestMember[]): TestMember[] {
  return [...cleanSite.filter(({ path }) => !planted.some((each) => each.path === path)), ...planted];
}

// biome-ignore format: a table
const inSite: readonly [trouble: string, planted: TestMember][] = [
  ["archive-sane: path-differs-by-case", { path: "PUBLIC/index.php", content: "<?php" }],
  ["archive-sane: path-through-file", { path: "LICENSE/a", content: "" }],
  ["secrets: private-key", { path: "storage/server.key", content: key }],
  ["secrets: private-key", { path: "storage/notes.txt", content: `${"x".repeat(70_000)}\n\n${key}` }],
  ["secrets: env-file", { path: ".env", content: "APP_NAME=simpeg\n" }],
  ["secrets: env-file", { path: "app/.env.production", content: "APP_NAME=simpeg\n" }],
  ["secrets: key-store", { path: "keystore.p12", content: "\0" }],
  ["secrets: password-file", { path: "public/.htpasswd", content: "admin:$apr1$x" }],
  ["secrets: version-control", { path: ".git/HEAD", content: "ref: refs/heads/main" }],
  ["secrets: token", { path: "app/bot.php", content: `<?php $t = '123456789:AA${"x".repeat(33)}';` }],
  ["secrets: password-in-configuration", { path: "config/mail.php", content: "<?php return ['password' => 'tulip7'];" }],
  ["secrets: password-in-configuration", { path: "wp-config.php.bak", content: "define('DB_PASSWORD', 'tulip7');" }],
  ["secrets: password-in-configuration", { path: "src/application.properties", content: "spring.datasource.password=tulip7" }],
  ["secrets: password-in-address", { path: "app/db.py", content: "url = 'mysql://simpeg:tulip7@10.1.2.3/simpeg'" }],
  ["secrets: dump-in-tree", { path: "db/simpeg.sql", content: cleanDump }],
  ["secrets: dump-in-tree", { path: "db/simpeg.sql.gz", content: gzipSync(cleanDump) }],
  ["secrets: dump-in-tree", { path: "backup.sql", content: "INSERT INTO users VALUES (1, 'budi', '$2y$10$abcdefghijklmnopqrstuv');" }],
  ["secrets: dump-in-tree", { path: "db/simpeg.backup", content: "PGDMP\0\0" }],
  ["secrets: database-in-tree", { path: "db/simpeg.db", content: "SQLite format 3\0" }],
  ["end-of-life: end-of-life", { path: "composer.json", content: JSON.stringify({ require: { php: "^7.2", "laravel/framework": "^13.0" } }) }],
  ["end-of-life: end-of-life", { path: "composer.lock", content: JSON.stringify({ packages: [{ name: "laravel/framework", version: "v8.83.27" }] }) }],
  ["file-modes: world-writable", { path: "storage/log", content: "", mode: 0o666 }],
  ["file-modes: setuid", { path: "bin/run", content: "", mode: 0o4755 }],
  ["file-modes: setgid", { path: "bin/run", content: "", mode: 0o2755 }],
  ["licences: licence-proprietary", { path: "LICENSE", content: "This software may be used by PT Contoh only." }],
  ["licences: licence-proprietary", { path: "package.json", content: '{"license":"UNLICENSED"}' }],
  ["licences: licence-proprietary", { path: "composer.lock", content: JSON.stringify({ packages: [{ name: "laravel/framework", version: "v13.1.0" }, { name: "acme/billing", version: "1.0", license: ["proprietary"] }] }) }],
  ["licences: licence-broken", { path: "public/theme.php", content: "<?php // Nulled by Anonim" }],
  ["licences: code-encoded", { path: "app/Core.php", content: "<?php //0046a\nif(!extension_loaded('ionCube Loader')){}" }],
];

describe("a planted fault is found by its own check, and by no other", () => {
  it.each(inSite)("%s: %j", async (trouble, planted) => {
    expect(troubles(await lookAt("archive", await tarOf(siteWith(planted))))).toEqual([trouble]);
    expect(troubles(await lookAt("archive", zipOf(siteWith(planted))))).toEqual([trouble]);
  });

  it("an application that nobody knows", async () => {
    const site = [
      { path: "LICENSE", content: mitText },
      { path: "tugas.docx.txt", content: "" },
    ];
    expect(troubles(await lookAt("archive", zipOf(site)))).toEqual(["application: application-unknown"]);
  });

  it("a licence that is not told", async () => {
    const site = [{ path: "index.html", content: "<h1>Selamat datang</h1>" }];
    expect(troubles(await lookAt("archive", zipOf(site)))).toEqual(["licences: licence-unknown"]);
  });

  it("what packages bring is not the application's own", async () => {
    const packages = [
      { path: "vendor/acme/tests/key.pem", content: key },
      { path: "vendor/acme/LICENSE", content: "Only for customers" },
      { path: "node_modules/a/.env", content: "A=1" },
    ];
    expect(troubles(await lookAt("archive", zipOf(siteWith(...packages))))).toEqual([]);
  });

  it("what an archive within the archive holds", async () => {
    const inner = zipOf([{ path: ".env", content: "A=1" }]);
    const results = await lookAt("archive", zipOf(siteWith({ path: "old.zip", content: inner })));
    expect(troubles(results)).toEqual(["secrets: env-file"]);
    expect(results.find(({ check }) => check === "secrets")?.findings[0]?.values).toEqual({ path: "old.zip!/.env" });
  });
});

/** Statements before the end of the clean dump. */
const dumpWith = (...statements: string[]) => bytes(cleanDump.replace("UNLOCK", `${statements.join("\n")}\nUNLOCK`));

// biome-ignore format: a table
const inDump: readonly [trouble: string, statement: string][] = [
  ["dump-sane: changes-accounts", "GRANT ALL ON *.* TO 'x'@'%';"],
  ["dump-sane: changes-accounts", "/*!50003 CREATE USER x */;"],
  ["dump-sane: changes-accounts", "INSERT INTO `mysql`.`user` VALUES (1);"],
  ["dump-sane: reads-server-files", "LOAD DATA INFILE '/etc/passwd' INTO TABLE users;"],
  ["dump-sane: reads-server-files", "SELECT 1, 'it''s' -- x\n INTO\n OUTFILE '/var/www/x.php';"],
  ["dump-sane: loads-native-code", "CREATE FUNCTION sys_exec RETURNS int SONAME 'udf.so';"],
  ["dump-sane: reaches-out", "CREATE TABLE f (id int) ENGINE=FEDERATED CONNECTION='mysql://a@b/c';"],
  ["dump-sane: definer", "/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */;"],
  ["dump-sane: changes-database", "USE `other`;"],
  ["dump-sane: changes-server", "SET @@GLOBAL.GTID_PURGED='x';"],
  ["dump-sane: client-command", "\\! id\n;"],
  ["dump-sane: client-command", "system id;"],
  ["dump-sane: client-command", "SET sql_mode='NO_BACKSLASH_ESCAPES';"],
  ["default-passwords: default-password", "INSERT INTO `users` VALUES (3,'budi','123456');"],
  ["default-passwords: default-password", "INSERT INTO `tbl_admin` VALUES (3,'admin','admin');"],
  ["default-passwords: default-password", "INSERT INTO `m_data` VALUES (3,'budi','21232f297a57a5a743894a0e4a801fc3');"],
  ["default-passwords: default-password", "INSERT INTO `m_data` VALUES (3,'$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi');"],
];

describe("a dump with a planted fault", () => {
  it.each(inDump)("%s: %s", async (trouble, statement) => {
    expect(troubles(await lookAt("dump", dumpWith(statement)))).toEqual([trouble, "dump-loads: not-loaded"]);
  });

  it.each([
    ["cut off", "file-truncated", bytes(cleanDump.slice(0, -60))],
    ["cut off and packed", "file-truncated", gzipSync(cleanDump).subarray(0, -20)],
    ["that is none", "dump-unknown", bytes("Halo")],
    ["of 0 bytes", "file-empty", Buffer.alloc(0)],
    ["in a zip", "format-unsupported", zipOf([{ path: "a.sql", content: cleanDump }])],
    ["in another form of pg_dump", "format-unsupported", bytes("PGDMP\0")],
    [
      "that hides something from us behind a NUL",
      "client-command",
      bytes("-- PostgreSQL database dump\n\nSELECT 'a\0';\n"),
    ],
  ])("%s is refused: %s", async (_case, code, file) => {
    const results = await lookAt("dump", file);
    expect(codesOf(results, "dump-sane")[0]).toBe(code);
  });
});

// biome-ignore format: a table
const inImage: readonly [trouble: string, faults: ImageFaults][] = [
  ["image-sane: runs-as-root", { config: { User: "" } }],
  ["image-sane: runs-as-root", { config: { User: "0:1000" } }],
  ["image-sane: no-port", { config: { ExposedPorts: null } }],
  ["image-sane: nothing-to-run", { config: { Cmd: null } }],
  ["image-sane: layer-differs", { otherLayer: [{ path: "app/package.json", content: '{"license":"ISC"}' }] }],
  ["archive-sane: path-outside", { layer: [{ path: "../../etc/cron.d/x" }] }],
  ["archive-sane: link-outside", { layer: [{ path: "app/x", type: "link", target: "../../etc/passwd" }] }],
  ["archive-sane: device", { layer: [{ path: "app/disk", type: "block-device" }] }],
  ["secrets: private-key", { layer: [{ path: "app/id_rsa", content: key }] }],
  ["secrets: secret-in-environment", { config: { Env: ["NODE_VERSION=24.1.0", "DB_PASSWORD=tulip7"] } }],
  ["file-modes: setuid", { layer: [{ path: "app/run", content: "", mode: 0o4755 }] }],
  ["file-modes: world-writable", { layer: [{ path: "app/data/", type: "directory", mode: 0o777 }] }],
  ["end-of-life: end-of-life", { config: { Env: ["NODE_VERSION=24.1.0", "PHP_VERSION=7.4.33"] } }],
];

describe("an image with a planted fault", () => {
  it.each(inImage)("%s: %j", async (trouble, faults) => {
    expect(troubles(await lookAt("image", await imageOf(faults)))).toEqual([trouble]);
  });

  it.each([
    ["manifest-unreadable", "[]"],
    ["configuration-missing", JSON.stringify([{ Config: "a.json", Layers: [] }])],
    [
      "several-images",
      JSON.stringify([
        { Config: "a", Layers: [] },
        { Config: "b", Layers: [] },
      ]),
    ],
  ])("%s: which layers are its own is not known, so that nothing is said of them", async (code, manifest) => {
    expect(troubles(await lookAt("image", await imageOf({ manifest })))).toEqual([
      `image-sane: ${code}`,
      "application: not-read-whole",
      "licences: not-read-whole",
    ]);
  });

  it("that wishes for volumes passes, and they are named", async () => {
    const results = await lookAt("image", await imageOf({ config: { Volumes: { "/var/lib/data": {} } } }));
    expect(troubles(results)).toEqual([]);
    expect(results.find(({ check }) => check === "image-sane")?.findings).toContainEqual({
      ...{ code: "writes-lost", values: { path: "/var/lib/data" } },
    });
  });

  it("that is only the archive of a site", async () => {
    expect(codesOf(await lookAt("image", await tarOf(cleanSite)), "image-sane")).toEqual(["manifest-missing"]);
    expect(codesOf(await lookAt("image", zipOf(cleanSite)), "archive-sane")).toEqual(["format-unsupported"]);
  });
});
