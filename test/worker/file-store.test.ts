import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { openClient } from "../../bot/telegram/client.ts";
import { storeFile } from "../../worker/file-store.ts";
import { silent, TOKEN } from "../bot/support.ts";

const mebibyte = 1024 * 1024;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** All files below the store. */
const stored = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** What a server of the Bot API gives out as a file of 10 bytes. */
async function download(answer: RequestListener) {
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/file/")) return answer(request, response);
    const result = { file_id: "f", file_path: "documents/list.csv", file_size: 10 };
    response.end(JSON.stringify({ ok: true, result }));
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (await openClient({ token: TOKEN, apiRoot: url, log: silent }).download("f")).stream;
}

test("a file of 20 MB is kept under its hash, and nothing beside it", async () => {
  const bytes = Buffer.alloc(20 * mebibyte, "x");
  const sha256 = createHash("sha256").update(bytes).digest("hex");

  expect(await storeFile(Readable.from([bytes]), folder)).toEqual({ sha256, sizeBytes: bytes.length });

  expect(await stored()).toEqual([sha256]);
  expect((await readFile(join(folder, sha256))).equals(bytes)).toBe(true);
});

test("a file that says it is small and does not end is cut off, and nothing of it stays", async () => {
  let sentBytes = 0;
  const closed = Promise.withResolvers<void>();
  const stream = await download((_request, response) => {
    const endless = new Readable({
      read() {
        sentBytes += mebibyte;
        this.push(Buffer.alloc(mebibyte));
      },
    });
    response.once("close", () => {
      endless.destroy();
      closed.resolve();
    });
    endless.pipe(response);
  });

  await expect(storeFile(stream, folder)).rejects.toThrow("storing a file: more than 20971520 bytes came");

  await closed.promise;
  expect(sentBytes).toBeLessThan(60 * mebibyte);
  expect(await stored()).toEqual([]);
});

test("a file that swells while it is unpacked on the way is cut off too", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * mebibyte));
  const stream = await download((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip", "content-length": bomb.length }).end(bomb);
  });

  await expect(storeFile(stream, folder)).rejects.toThrow("storing a file: more than 20971520 bytes came");

  expect(bomb.length).toBeLessThan(mebibyte);
  expect(await stored()).toEqual([]);
});
