import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { DockerEngine } from "./docker-engine.ts";
import { temporaryFolder } from "./folders.ts";
import { debianTree } from "./runtime-image.ts";

/** A Debian with OpenSSH's server and PostgreSQL, of which images for both are made. @returns its ID */
export async function makeAccessBase(engine: DockerEngine): Promise<string> {
  const tree = await debianTree(["openssh-server", "postgresql-15"], async (root) => {
    // For queries that take long, and larger than all the rest.
    for (const library of ["libLLVM-14.so.1", "llvm-14"]) {
      await rm(join(root, "usr/lib/x86_64-linux-gnu", library), { recursive: true, force: true });
    }
  });
  return engine.docker("import", "--change", "ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin", tree);
}

/** What `access` of the profile asks of an image: sshd, and accounts that are written when it starts. @returns its ID */
export async function makeAccessImage(engine: DockerEngine, base: string): Promise<string> {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, "etc"));
  await symlink("/tmp/access/passwd", join(folder.path, "etc/passwd"));
  const tar = join(folder.path, "files.tar");
  execFileSync("tar", ["--create", "--file", tar, "--directory", folder.path, "--owner=0", "--group=0", "etc/passwd"]);
  // Nobody's memory is written by who may not read the program.
  const container = engine.docker("create", base, "chmod", "0711", "/usr/sbin/sshd", "/usr/bin/timeout");
  engine.docker("start", "--attach", container);
  execFileSync("docker", ["--host", engine.endpoint, "cp", "-", `${container}:/`], { input: await readFile(tar) });
  const image = engine.docker("commit", container);
  engine.docker("rm", container);
  return image;
}
