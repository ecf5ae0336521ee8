import { createHash } from "node:crypto";
import { type TestMember, tarOf } from "./archives.ts";

export const mitText = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n";

/** A small application that every check is content with. */
export const cleanSite: readonly TestMember[] = [
  { path: "LICENSE", content: mitText },
  {
    path: "composer.json",
    content: JSON.stringify({ require: { php: "^8.3", "laravel/framework": "^13.0" }, license: "MIT" }),
  },
  { path: "composer.lock", content: JSON.stringify({ packages: [{ name: "laravel/framework", version: "v13.1.0" }] }) },
  { path: "config/database.php", content: "<?php\nreturn ['password' => env('DB_PASSWORD', '')];\n" },
  { path: ".env.example", content: "DB_PASSWORD=\n" },
  { path: "public/index.php", content: "<?php echo 'Selamat datang';\n" },
  { path: "public/logo.png", content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]) },
];

export const cleanDump = [
  "-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)",
  "--",
  "-- Host: localhost    Database: simpeg",
  "-- Server version\t10.11.6-MariaDB-0+deb12u1",
  "/*!40101 SET NAMES utf8mb4 */;",
  "DROP TABLE IF EXISTS `users`;",
  "CREATE TABLE `users` (`id` int, `name` varchar(80), `password` varchar(255)) ENGINE=InnoDB;",
  "LOCK TABLES `users` WRITE;",
  "INSERT INTO `users` VALUES (1,'Siti; it''s \\'hers\\' -- GRANT ALL','x7!kQ2'),(2,'admin','LOAD DATA INFILE');",
  "UNLOCK TABLES;",
  "-- Dump completed on 2026-11-28  1:00:00",
  "",
].join("\n");

export type ImageFaults = {
  config?: object;
  layer?: readonly TestMember[];
  /** Further ones, each over those before. */
  above?: readonly (readonly TestMember[])[];
  manifest?: string;
  /** As Docker saves since version 25, in the layout of OCI; before, each layer had a folder. */
  isOci?: boolean;
  /** Other bytes than those that the configuration was made for. */
  otherLayer?: readonly TestMember[];
};

const cleanLayer: readonly TestMember[] = [
  { path: "etc/", type: "directory" },
  { path: "etc/os-release", content: 'ID=debian\nVERSION_ID="12"\n' },
  { path: "usr/bin/passwd", content: "x", mode: 0o4755 },
  { path: "tmp/", type: "directory", mode: 0o1777 },
  { path: "etc/alternatives/php", type: "symlink", target: "/usr/bin/php8.2" },
  { path: "app/server.js", content: "listen(8080)\n" },
  { path: "app/package.json", content: JSON.stringify({ dependencies: { express: "^5.1.0" }, license: "MIT" }) },
];

/** What `docker save` writes of an image with one layer or more. */
export async function imageOf({
  config = {},
  layer = [],
  above = [],
  manifest,
  isOci = false,
  otherLayer,
}: ImageFaults = {}): Promise<Buffer> {
  const layers = await Promise.all([[...cleanLayer, ...layer], ...above].map(tarOf));
  const configuration = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    config: {
      User: "1000",
      ExposedPorts: { "8080/tcp": {} },
      Cmd: ["node", "app/server.js"],
      Env: ["NODE_VERSION=24.1.0"],
      ...config,
    },
    rootfs: { type: "layers", diff_ids: layers.map((bytes) => `sha256:${sha256(bytes)}`) },
  });
  const id = sha256(configuration);
  const other = await tarOf(otherLayer ?? []);
  const path = isOci ? `blobs/sha256/${id}` : `${id}.json`;
  const named = layers.map((bytes, index) => ({
    path: isOci ? `blobs/sha256/${sha256(bytes)}` : `layer-${index}/layer.tar`,
    content: bytes,
  }));
  const listing = [{ Config: path, RepoTags: ["app:1"], Layers: named.map((each) => each.path) }];
  const saved = otherLayer === undefined ? named : named.map((each) => ({ ...each, content: other }));
  return tarOf([
    { path, content: configuration },
    // In an order of its own: the listing says which is over which.
    ...saved.toReversed(),
    { path: "manifest.json", content: manifest ?? JSON.stringify(listing) },
  ]);
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
