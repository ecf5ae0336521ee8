import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DockerEngine } from "./docker-engine.ts";

/** What applications are written in, and what keeps their data: of Debian, since no image can be pulled here. */
const packages = [
  ...[
    "php-cli",
    "php-mysql",
    "mariadb-server",
    "postgresql-15",
    "nodejs",
    "python3-minimal",
    "openjdk-17-jre-headless",
  ],
];
/** Nobody runs by it. */
const dispensable = [
  "var/cache/apt/archives",
  "var/lib/apt/lists",
  "usr/share/doc",
  "usr/share/man",
  "usr/share/locale",
];

/**
 * An image with PHP, Node.js, Python, Java, MariaDB and PostgreSQL.
 *
 * @returns its ID
 */
export async function makeRuntimeImage(engine: DockerEngine): Promise<string> {
  return engine.docker(
    "import",
    "--change",
    "ENV PATH=/usr/local/bin:/usr/bin:/usr/sbin:/bin",
    await debianTree(packages),
  );
}

/**
 * A small Debian with these packages; it is kept for the next run.
 *
 * @param prepare what is done to it besides
 * @returns the path of a tar of its whole tree
 */
export async function debianTree(
  packages: readonly string[],
  prepare: (root: string) => Promise<void> = async () => undefined,
): Promise<string> {
  const folder = join(tmpdir(), "simpul-runtimes");
  const name = createHash("sha256").update(`${packages.join()} ${prepare}`).digest("hex").slice(0, 16);
  const tar = join(folder, `${name}.tar`);
  if (existsSync(tar)) return tar;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const root = await mkdtemp(join(folder, "tree-"));
  try {
    const options = ["--variant=minbase", `--include=${packages.join()}`, "bookworm", root];
    execFileSync("debootstrap", options, { stdio: "ignore" });
    for (const each of dispensable) await rm(join(root, each), { recursive: true, force: true });
    await prepare(root);
    execFileSync("tar", ["--create", "--file", `${root}.tar`, "--directory", root, "--numeric-owner", "."]);
    await rename(`${root}.tar`, tar);
    return tar;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
