import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DockerEngine } from "./docker-engine.ts";

const program = fileURLToPath(new URL("registry-server.ts", import.meta.url));

/** @property name as references begin @property digest of the one image that is there */
export type Registry = AsyncDisposable & { name: string; digest: string };

/** What was saved becomes blobs by their hash, and a listing of them. @returns the digest of the listing */
async function publish(folder: string): Promise<string> {
  await mkdir(join(folder, "blobs"), { recursive: true });
  const keep = async (bytes: Buffer, mediaType: string) => {
    const hash = createHash("sha256").update(bytes).digest("hex");
    await writeFile(join(folder, "blobs", hash), bytes);
    return { mediaType, size: bytes.length, digest: `sha256:${hash}` };
  };
  const [image] = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  const config = await keep(await readFile(join(folder, image.Config)), `${docker}.container.image.v1+json`);
  const layers = [];
  for (const layer of image.Layers) {
    layers.push(await keep(await readFile(join(folder, layer)), `${docker}.image.rootfs.diff.tar`));
  }
  const mediaType = `${docker}.distribution.manifest.v2+json`;
  const listing = { schemaVersion: 2, mediaType, config, layers };
  return (await keep(Buffer.from(JSON.stringify(listing)), mediaType)).digest;
}

/** source: Image Manifest Version 2, Schema 2 */
const docker = "application/vnd.docker";

/** A registry on the engine's own machine, where no TLS is needed, with an image that was saved. */
export async function openRegistry(engine: DockerEngine, saved: string, port = 5000): Promise<Registry> {
  const folder = `${saved}.registry`;
  await mkdir(folder);
  execFileSync("tar", ["--extract", "--file", saved, "--directory", folder]);
  const digest = await publish(folder);
  const server = spawn("nsenter", [...engine.machine, process.execPath, program, folder, String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(server.stdout, "data");
  return {
    name: `127.0.0.1:${port}`,
    digest,
    async [Symbol.asyncDispose]() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    },
  };
}
