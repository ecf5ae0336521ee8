import { randomBytes } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { minutesAfter, openOffice, type TestOffice } from "../support/office.ts";
import { openLinkPages, sha256Of } from "../support/uploads.ts";

const mebibyte = 2 ** 20;

let office: TestOffice;
let pages: Awaited<ReturnType<typeof openLinkPages>>;
beforeAll(async () => {
  office = await openOffice();
  pages = await openLinkPages(office);
});
afterAll(async () => {
  await pages.close();
  await office.close();
});
beforeEach(async () => {
  pages.world.freeBytes = Number.MAX_SAFE_INTEGER;
  pages.world.rules = {};
  pages.world.now = undefined;
  pages.told.length = 0;
  pages.forgetRates();
  await office.db.deleteFrom("upload").execute();
  await office.db.deleteFrom("attachment").execute();
  await office.takeMail();
  await rm(join(pages.filesFolder, "uploads"), { recursive: true, force: true });
});

/** How much has come of the part that is on its way. */
async function partBytes(): Promise<number> {
  const part = (await pages.files()).find((name) => name.endsWith(".part"));
  return part === undefined ? 0 : (await stat(join(pages.filesFolder, part))).size;
}

const head = async (path: string) => (await pages.request(path, { method: "HEAD" })).headers;
const offsetOf = async (path: string) => Number((await head(path)).get("upload-offset"));
const errorOf = async (answer: Response) => ((await answer.json()) as { error: string }).error;
const attachments = () => office.db.selectFrom("attachment").selectAll().execute();

/** Sends it in parts of that size, as the page does. */
async function send(path: string, bytes: Buffer, partBytes = mebibyte, from = 0): Promise<void> {
  for (let offset = from; offset < bytes.length; offset += partBytes) {
    const answer = await pages.part(path, offset, bytes.subarray(offset, offset + partBytes));
    expect([answer.status, pages.told.join("")]).toEqual([204, ""]);
  }
}

describe("the page of a link", () => {
  it("says before what is allowed, for what and how long, and a preview of it uses nothing up", async () => {
    pages.world.rules = { largestUploadMegabytes: 1536 };
    const { path } = await pages.link();
    for (const method of ["GET", "HEAD", "GET", "HEAD"])
      expect((await pages.request(path, { method })).status).toBe(200);

    const words = await (await pages.request(path)).text();

    expect(words).toContain("Minta hosting · Berkas aplikasi");
    expect(words).toContain("Satu berkas, paling besar 1,5 GB.");
    expect(words).toMatch(/satu kali, sampai \d+ \w+ \d{4} \d\d\.\d\d WIB/);
    expect(await offsetOf(path)).toBe(0);
  });

  it("runs and shows nothing from elsewhere, stands in no frame, and tells nobody its address", async () => {
    const { path } = await pages.link();
    const { headers } = await pages.request(path);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    const words = await (await pages.request(path)).text();
    expect(words).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(words).not.toMatch(/<script(?![^>]*src=)/);
  });

  it.each(["upload.js", "pages.css"])("brings %s", async (name) => {
    const answer = await pages.request(`/assets/${name}`);
    expect(answer.status).toBe(200);
    expect((await answer.text()).length).toBeGreaterThan(500);
    expect((await pages.request(`/assets/%2e%2e%2fserver.ts`)).status).toBe(404);
  });

  it("shows a name with markup as it was typed", async () => {
    const { path } = await pages.link();
    await pages.begin(path, 10, "<img src=x onerror=alert(1)>.zip");
    expect(await (await pages.request(path)).text()).toContain("&lt;img src=x onerror=alert(1)&gt;.zip");
  });
});

describe("a file", () => {
  it("that comes in parts lies in the store under its hash, answers its question, and its person is told", async () => {
    const bytes = randomBytes(3 * mebibyte + 17);
    const { path, draftId } = await pages.link();
    const begun = await pages.begin(path, bytes.length, '../../situs "baru".zip');
    expect([begun.status, begun.headers.get("upload-offset")]).toEqual([201, "0"]);
    await send(path, bytes);
    expect(await (await pages.request(`${path}/state`)).json()).toEqual({ state: "checking" });
    await pages.work();

    expect(await (await pages.request(`${path}/state`)).json()).toEqual({ state: "arrived", sha256: sha256Of(bytes) });
    expect((await readFile(join(pages.filesFolder, sha256Of(bytes)))).equals(bytes)).toBe(true);
    expect(await pages.files()).toEqual([sha256Of(bytes)]);
    expect(await attachments()).toMatchObject([
      {
        ...{
          draft_id: draftId,
          field: "files",
          kind: "document",
          name: "situs 'baru'.zip",
          mime_type: "application/zip",
        },
        ...{ telegram_file_id: null, state: "stored", sha256: sha256Of(bytes), size_bytes: bytes.length },
      },
    ]);
    const mail = await office.takeMail();
    expect(mail.map(({ to, kind }) => [to, kind])).toEqual([
      [office.people.requester.name, "upload-arrived"],
      [office.people.requester.name, "question"],
    ]);
  });

  it("goes on where it stood after a restart of the server, from another device, when it is named again", async () => {
    const bytes = randomBytes(2 * mebibyte);
    const { path } = await pages.link();
    await pages.begin(path, bytes.length);
    await send(path, bytes.subarray(0, mebibyte));
    pages.restart();

    expect(await (await pages.request(path)).text()).toContain(
      "<strong>situs.zip</strong> (2 MB) sudah diterima 1 MB.",
    );
    const again = await pages.begin(path, bytes.length);
    expect([again.status, again.headers.get("upload-offset")]).toEqual([201, String(mebibyte)]);
    await send(path, bytes, mebibyte, mebibyte);
    await pages.work();
    expect(await (await pages.request(`${path}/state`)).json()).toMatchObject({ sha256: sha256Of(bytes) });
  });

  it("keeps what came of a part whose line was cut, and goes on behind it", async () => {
    const bytes = randomBytes(mebibyte);
    const { path } = await pages.link();
    await pages.begin(path, bytes.length);
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes.subarray(0, 300_000)),
      pull: (controller) => controller.error(new Error("the line was cut")),
    });
    await pages.part(path, 0, cut);

    const offset = await offsetOf(path);
    expect(offset).toBe(300_000);
    await send(path, bytes, mebibyte, offset);
    await pages.work();
    expect(await (await pages.request(`${path}/state`)).json()).toMatchObject({ sha256: sha256Of(bytes) });
    expect((await pages.files()).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("keeps what came over a socket that was cut, and answers the next one", async () => {
    const bytes = randomBytes(100_000);
    const { path } = await pages.link();
    await pages.begin(path, bytes.length);
    const web = await pages.listen();
    const url = `http://127.0.0.1:${web.port}${path}`;
    const headers = { "content-type": "application/offset+octet-stream", "upload-offset": "0" };
    const sending = http.request(url, { method: "PATCH", headers: { ...headers, "content-length": bytes.length } });
    sending.on("error", () => undefined);
    sending.write(bytes.subarray(0, 60_000));
    await expect.poll(partBytes).toBe(60_000);
    sending.destroy();

    await expect.poll(() => offsetOf(path)).toBe(60_000);
    const again = await fetch(url, {
      ...{ method: "PATCH", body: bytes.subarray(60_000) },
      headers: { ...headers, "upload-offset": "60000" },
    });
    await web.close();
    expect([again.status, again.headers.get("upload-offset")]).toEqual([204, "100000"]);
  });

  it("of which less lies on the disk than was recorded, as after a restore, goes on where the disk stands", async () => {
    const bytes = randomBytes(2000);
    const { path } = await pages.link();
    await pages.begin(path, bytes.length);
    await send(path, bytes.subarray(0, 1000));
    const [partial = ""] = (await pages.files()).filter((name) => name.startsWith("uploads/"));
    await rm(join(pages.filesFolder, partial));

    const answer = await pages.part(path, 1000, bytes.subarray(1000));

    expect([answer.status, answer.headers.get("upload-offset")]).toEqual([409, "0"]);
    await send(path, bytes);
  });

  it("of which a crash left more on the disk than was recorded is whole all the same", async () => {
    const bytes = randomBytes(2000);
    const { path } = await pages.link();
    await pages.begin(path, bytes.length);
    await send(path, bytes.subarray(0, 1000));
    const [partial = ""] = (await pages.files()).filter((name) => name.startsWith("uploads/"));
    await writeFile(join(pages.filesFolder, partial), Buffer.concat([bytes.subarray(0, 1000), Buffer.alloc(700)]));
    await send(path, bytes, mebibyte, 1000);
    await pages.work();
    expect(await (await pages.request(`${path}/state`)).json()).toMatchObject({ sha256: sha256Of(bytes) });
  });

  it("that is partial is for the owner only", async () => {
    const { path } = await pages.link();
    await pages.begin(path, 10);
    await pages.part(path, 0, "01234");
    const [partial = ""] = (await pages.files()).filter((name) => name.startsWith("uploads/"));
    expect((await stat(join(pages.filesFolder, partial))).mode & 0o777).toBe(0o600);
    expect((await stat(join(pages.filesFolder, "uploads"))).mode & 0o777).toBe(0o700);
  });

  it("that came before is stored once, and both answer", async () => {
    const bytes = randomBytes(100);
    for (const _ of [1, 2]) {
      const { path } = await pages.link();
      await pages.begin(path, bytes.length);
      await send(path, bytes);
      await pages.work();
    }
    expect((await attachments()).map(({ sha256 }) => sha256)).toEqual([sha256Of(bytes), sha256Of(bytes)]);
    expect((await pages.files()).filter((name) => name.startsWith("uploads/"))).toEqual([]);
  });
});

describe("two tabs at once", () => {
  it("with the same file write each part once", async () => {
    const bytes = randomBytes(4 * mebibyte);
    const { path } = await pages.link();
    await Promise.all([pages.begin(path, bytes.length), pages.begin(path, bytes.length)]);
    for (let offset = 0; offset < bytes.length; offset += mebibyte) {
      const part = bytes.subarray(offset, offset + mebibyte);
      const answers = await Promise.all([pages.part(path, offset, part), pages.part(path, offset, part)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([
        204,
        offset + mebibyte < bytes.length ? 409 : expect.any(Number),
      ]);
    }
    await pages.work();
    expect(await (await pages.request(`${path}/state`)).json()).toMatchObject({ sha256: sha256Of(bytes) });
    expect(await attachments()).toHaveLength(1);
  });

  it("with another file in one of them refuse that one by a sentence", async () => {
    const { path } = await pages.link();
    await pages.begin(path, 10);
    for (const [length, name] of [
      [11, "situs.zip"],
      [10, "lain.zip"],
    ] as const) {
      const answer = await pages.begin(path, length, name);
      expect(answer.status).toBe(409);
      expect(await errorOf(answer)).toContain('Tautan ini sudah dipakai untuk berkas "situs.zip".');
    }
  });
});

describe("what does not fit is refused", () => {
  it.each([0, 3, 6])("a part at %d where five bytes have come: 409, with where to go on", async (offset) => {
    const { path } = await pages.link();
    await pages.begin(path, 10);
    await pages.part(path, 0, "01234");
    const answer = await pages.part(path, offset, "5678");
    expect([answer.status, answer.headers.get("upload-offset")]).toEqual([409, "5"]);
    expect(await offsetOf(path)).toBe(5);
  });

  it("more than was announced: 413, and nothing of that part stays", async () => {
    const { path } = await pages.link();
    await pages.begin(path, 10);
    const answer = await pages.part(path, 0, "0123456789x");
    expect(answer.status).toBe(413);
    expect(await errorOf(answer)).toContain("lebih dari ukuran berkasnya");
    expect(await offsetOf(path)).toBe(0);
  });

  it("a part without end: cut off at 8 MB, and nothing of it stays", async () => {
    const { path } = await pages.link();
    await pages.begin(path, 2 ** 31);
    let sentBytes = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sentBytes += mebibyte;
        controller.enqueue(new Uint8Array(mebibyte));
      },
    });
    const answer = await pages.part(path, 0, endless);
    expect(answer.status).toBe(413);
    expect(sentBytes).toBeLessThan(16 * mebibyte);
    expect((await pages.files()).filter((name) => name.startsWith("uploads/"))).toEqual([]);
  });

  it("many parts at once: 503 for all but four, which are on the disk while they come", async () => {
    const { path } = await pages.link();
    await pages.begin(path, 2 ** 31);
    let isOver = () => undefined as unknown;
    const over = new Promise<void>((resolve) => {
      isOver = resolve;
    });
    const slow = () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array(10)),
        pull: (controller) => over.then(() => controller.close()),
      });
    const answers: Response[] = [];
    const parts = Array.from({ length: 12 }, async () => answers.push(await pages.part(path, 0, slow())));

    await expect
      .poll(() => answers.map(({ status }) => status), { timeout: 10_000 })
      .toEqual(Array.from({ length: 8 }, () => 503));
    const [refused] = answers;
    expect(refused && (await errorOf(refused))).toContain("Tutup tab yang lain");
    expect((await pages.files()).filter((name) => name.endsWith(".part"))).toHaveLength(4);

    isOver();
    await Promise.all(parts);
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...[204, 409, 409, 409],
      ...Array.from({ length: 8 }, () => 503),
    ]);
    expect((await pages.part(path, 10, "01234")).status).toBe(204);
  });

  it("a file over the limit of the office, an empty one, or one without its length", async () => {
    pages.world.rules = { largestUploadMegabytes: 21 };
    const { path } = await pages.link();
    const large = await pages.begin(path, 21 * mebibyte + 1);
    expect(large.status).toBe(413);
    expect(await errorOf(large)).toContain("paling besar 21 MB");
    const empty = await pages.begin(path, 0);
    expect([empty.status, await errorOf(empty)]).toEqual([400, expect.stringContaining("Berkas itu kosong")]);
    expect((await pages.request(path, { method: "POST" })).status).toBe(400);
    expect((await pages.begin(path, 21 * mebibyte)).status).toBe(201);
  });

  it("a file for which the disk has no room, or not beside what others have begun: 507, and the link stays good", async () => {
    const { path: first } = await pages.link();
    const { path } = await pages.link(office.people.neighbour);
    pages.world.freeBytes = 2 * 2 ** 30 + 30 * mebibyte;
    expect((await pages.begin(first, 20 * mebibyte)).status).toBe(201);
    const answer = await pages.begin(path, 20 * mebibyte);
    expect(answer.status).toBe(507);
    expect(await errorOf(answer)).toContain("Ruang di server tidak cukup");
    expect((await pages.begin(path, 10 * mebibyte)).status).toBe(201);
  });

  it("a part before the file was named, of another type, or without its place", async () => {
    const { path } = await pages.link();
    expect((await pages.part(path, 0, "01234")).status).toBe(409);
    await pages.begin(path, 10);
    expect((await pages.part(path, 0, "01234", { "content-type": "text/plain" })).status).toBe(415);
    expect((await pages.part(path, 0, "01234", { "upload-offset": "-1" })).status).toBe(415);
    expect(await offsetOf(path)).toBe(0);
  });

  it.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["another host of the same site", { "sec-fetch-site": "same-site" }],
  ])("what a page of %s sends", async (_what, headers) => {
    const { path } = await pages.link();
    const host = { host: "desk.test", ...headers };
    expect((await pages.begin(path, 10, "situs.zip", host)).status).toBe(403);
    await pages.begin(path, 10);
    expect((await pages.part(path, 0, "01234", host)).status).toBe(403);
    expect((await pages.part(path, 0, "01234", { host: "desk.test", origin: "https://desk.test" })).status).toBe(204);
  });
});

describe("a link that is no good", () => {
  const nobody = "/upload/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const spoilt: [string, (link: { path: string; draftId: number }) => Promise<unknown>][] = [
    ["has expired", async () => (pages.world.now = minutesAfter(new Date(), 24 * 60 + 1))],
    [
      "was used",
      async ({ path }) => {
        await pages.begin(path, 5);
        await pages.part(path, 0, "01234");
      },
    ],
    ["is of a form that is gone", ({ draftId }) => office.db.deleteFrom("draft").where("id", "=", draftId).execute()],
    ["is of somebody who is linked no more", () => unlinked(true)],
    ["was followed by a newer one", ({ draftId }) => pages.link(office.people.requester, draftId)],
  ];

  async function unlinked(isUnlinked: boolean) {
    const at = isUnlinked ? new Date() : null;
    const { id } = office.people.requester;
    await office.db.updateTable("telegram_account").set({ unlinked_at: at }).where("person_id", "=", id).execute();
  }

  it.each(spoilt)("because it %s is answered like one that never was, whatever is asked of it", async (_why, spoil) => {
    const link = await pages.link();
    await spoil(link);
    try {
      for (const ask of [
        (path: string) => pages.request(path),
        (path: string) => pages.begin(path, 5),
        (path: string) => pages.part(path, 0, "01234"),
      ]) {
        const [answer, unknown] = [await ask(link.path), await ask(nobody)];
        const [words, others] = [await answer.text(), await unknown.text()];
        expect([answer.status, words]).toEqual([404, others]);
        expect([...answer.headers]).toEqual([...unknown.headers]);
        expect(words).toContain("Tautan ini sudah dipakai, sudah kedaluwarsa, dibatalkan, atau tidak lengkap disalin.");
      }
    } finally {
      await unlinked(false);
    }
  });

  it("that is guessed is answered 40 times to one address, then no more; a good one goes on", async () => {
    const { path } = await pages.link();
    const ask = (who: string, at = nobody) =>
      pages.request(at, { headers: { "x-forwarded-for": `203.0.113.9, ${who}` } });
    for (let tries = 0; tries < 40; tries += 1) expect((await ask("10.0.0.1")).status).toBe(404);
    expect((await ask("10.0.0.1")).status).toBe(429);
    expect((await ask("10.0.0.2")).status).toBe(404);
    expect((await ask("10.0.0.1", path)).status).toBe(200);
  });

  it("does not have what is sent to it read", async () => {
    let isRead = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          isRead = true;
          controller.enqueue(new Uint8Array(10));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    expect((await pages.part(nobody, 0, body)).status).toBe(404);
    expect(isRead).toBe(false);
  });
});

it("of a token only the hash is kept, and no log holds it, also when a page fails", async () => {
  const { path } = await pages.link();
  const token = path.split("/").at(-1) ?? "";
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  await sql`alter table upload rename to upload_away`.execute(office.database.owner);
  try {
    expect((await pages.request(path)).status).toBe(500);
    expect((await pages.part(path, 0, "01234")).status).toBe(500);
  } finally {
    await sql`alter table upload_away rename to upload`.execute(office.database.owner);
  }

  expect(pages.told.join("")).toContain("answering a page failed");
  expect(pages.told.join("")).toContain("/upload/:token");
  expect(pages.told.join("")).not.toContain(token);
  expect(JSON.stringify(await office.contents())).not.toContain(token);
});
