import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DockerEngine } from "./docker-engine.ts";
import { temporaryFolder } from "./folders.ts";

export const busybox = ["/bin/busybox", "/usr/bin/busybox"].find(existsSync) ?? "/bin/busybox";
export const caddy = "/usr/bin/caddy";

/** What lies in /data of these images, with which a volume that is mounted there begins. */
export const dataOfImage = { file: "bawaan", text: "dari image" };

/** The account of applications in these images. */
export const webUser = { uid: 10_001, gid: 10_001 };

/**
 * A web server that says `greeting`, and on /cgi-bin/slow the same half a second later; on /cgi-bin/slow?5 after five seconds.
 *
 * @returns its ID
 */
export async function makeWebImage(engine: DockerEngine, greeting: string): Promise<string> {
  return makeImage(engine, async (root) => {
    await makeServer(root);
    await writeFile(join(root, "www/index.html"), greeting);
    const slow = [
      '[ -n "$QUERY_STRING" ] || QUERY_STRING=0.5',
      '/bin/busybox sleep "$QUERY_STRING"',
      `printf 'Content-Type: text/plain\\r\\n\\r\\n${greeting}'`,
    ];
    await writeScript(join(root, "www/cgi-bin/slow"), slow);
  });
}

/** A web server that runs, and answers 500. @returns its ID */
export async function makeFailingImage(engine: DockerEngine): Promise<string> {
  return makeImage(engine, async (root) => {
    await makeServer(root);
    const fail = "printf 'Status: 500 Internal Server Error\\r\\nContent-Type: text/plain\\r\\n\\r\\nrusak'";
    await writeScript(join(root, "www/cgi-bin/index.cgi"), [fail]);
  });
}

async function makeServer(root: string): Promise<void> {
  await mkdir(join(root, "bin"));
  await mkdir(join(root, "www/cgi-bin"), { recursive: true });
  await mkdir(join(root, "data"));
  await chown(join(root, "data"), webUser.uid, webUser.gid);
  await writeFile(join(root, "data", dataOfImage.file), dataOfImage.text);
  await cp(busybox, join(root, "bin/busybox"));
}

async function writeScript(path: string, lines: readonly string[]): Promise<void> {
  await writeFile(path, ["#!/bin/busybox sh", ...lines, ""].join("\n"));
  await chmod(path, 0o755);
}

/** What somebody hands in: an image as `docker save` writes it, perhaps with a name. The host that made it has it no more. @param exposed it says that it answers there; it does at 8080 */
export async function saveWebImage(
  engine: DockerEngine,
  greeting: string,
  file: string,
  { name, exposed = "8080" }: { name?: string; exposed?: string } = {},
): Promise<void> {
  const base = await makeWebImage(engine, greeting);
  const serve = 'CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]';
  const container = engine.docker("create", base, "/bin/busybox");
  const changes = [serve, "USER 10001:10001", `EXPOSE ${exposed}`].flatMap((change) => ["--change", change]);
  const image = engine.docker("commit", ...changes, container);
  if (name !== undefined) engine.docker("tag", image, name);
  engine.docker("save", "--output", file, name ?? image);
  engine.docker("rm", container);
  engine.docker("image", "rm", "--force", image, base);
}

/** Debian's Caddy with the libraries that it needs. */
export async function makeProxyImage(engine: DockerEngine): Promise<string> {
  return makeImage(engine, async (root) => {
    const libraries = execFileSync("ldd", [caddy], { encoding: "utf8" }).match(/\/[^\s)]+/g) ?? [];
    for (const file of [caddy, ...libraries]) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await cp(file, join(root, file), { dereference: true });
    }
    await mkdir(join(root, "tmp"));
  });
}

async function makeImage(engine: DockerEngine, fill: (root: string) => Promise<void>): Promise<string> {
  await using folder = await temporaryFolder();
  const root = join(folder.path, "root");
  await mkdir(root);
  await fill(root);
  const tar = join(folder.path, "image.tar");
  execFileSync("tar", ["--create", "--file", tar, "--directory", root, "--numeric-owner", "."]);
  return engine.docker("import", "--change", "ENV PATH=/usr/bin", tar);
}
