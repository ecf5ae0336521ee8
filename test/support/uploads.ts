import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { OfficeRules } from "../../core/actions/setting.ts";
import { offerUpload } from "../../core/actions/upload/offer-upload.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { openRoutes, openWeb } from "../../web/server.ts";
import { storeUpload } from "../../worker/tasks/store-upload.ts";
import type { TestOffice } from "./office.ts";

export const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** The pages of an office behind links, over requests, and what the worker does of them. Their clock is the real one. */
export async function openLinkPages(office: TestOffice) {
  const filesFolder = await mkdtemp(join(tmpdir(), "simpul-uploads-"));
  const told: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void told.push(line) });
  const world = {
    freeBytes: Number.MAX_SAFE_INTEGER,
    rules: {} as Partial<OfficeRules>,
    now: undefined as Date | undefined,
  };
  const setting = () => office.setting(world.now ?? new Date(), world.rules);
  let rates = new Map<string, number>();
  const options = () =>
    ({
      ...{ db: office.db, log, lifecycle: () => "running" as const, lastPollAt: () => new Date() },
      links: {
        ...{ setting, filesFolder, zoneLabel: "WIB", regency: "Kabupaten Labuhanbatu Utara" },
        freeBytes: async () => world.freeBytes,
        takeToken: async (bucket: string, { burst = 0 }: { burst?: number }) => {
          rates.set(bucket, (rates.get(bucket) ?? 0) + 1);
          return (rates.get(bucket) ?? 0) <= burst;
        },
      },
    }) satisfies Parameters<typeof openRoutes>[0];
  let app = openRoutes(options());

  const request = (path: string, init: RequestInit = {}): Promise<Response> => Promise.resolve(app.request(path, init));

  /** The path of a link for a file of a new form; in the outbox it waits as a message. */
  async function link(
    person: Person = office.people.requester,
    draftId?: number,
  ): Promise<{ path: string; draftId: number }> {
    const into = draftId ?? (await office.draftOf(person));
    await office.db
      .updateTable("draft")
      .set({ expires_at: new Date(Date.now() + 7 * 86_400_000) })
      .where("id", "=", into)
      .execute();
    const input = { draftId: into, field: "files", title: "Minta hosting · Berkas aplikasi" };
    const offered = await office.act((tx) => offerUpload(tx, person, setting(), input));
    if (!offered.ok) throw new Error(`offering an upload for a test: ${offered.refusal.code}`);
    const mail = (await office.takeMail()).findLast(({ kind }) => kind === "upload-link");
    return { path: new URL(String(mail?.link)).pathname, draftId: into };
  }

  const part = (
    path: string,
    offset: number,
    body: NonNullable<RequestInit["body"]>,
    headers: Record<string, string> = {},
  ) =>
    request(path, {
      ...{ method: "PATCH", body, duplex: "half" },
      headers: { "content-type": "application/offset+octet-stream", "upload-offset": String(offset), ...headers },
    } as RequestInit);

  return {
    filesFolder,
    /** What pages wrote into the log. */
    told,
    /** What a test changes of the world. */
    world,
    request,
    link,
    part,
    begin: (path: string, lengthBytes: number, name = "situs.zip", headers: Record<string, string> = {}) =>
      request(path, {
        method: "POST",
        headers: {
          "upload-length": String(lengthBytes),
          "upload-metadata": `filename ${Buffer.from(name).toString("base64")},filetype ${btoa("application/zip")}`,
          ...headers,
        },
      }),
    /** On a socket, as browsers reach them. */
    listen: () => openWeb({ ...options(), host: "127.0.0.1", port: 0 }),
    /** Another process with the same database and folder. */
    restart: () => {
      app = openRoutes(options());
    },
    forgetRates: () => {
      rates = new Map();
    },
    /** All files below the store, by their path in it. */
    files: async () =>
      (await readdir(filesFolder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(filesFolder.length + 1))
        .sort(),
    /** What the worker does of the uploads that are whole. */
    work: async () => {
      for (const { name, data } of office.enqueued.splice(0)) {
        if (name === "store-upload")
          await storeUpload(data as { uploadId: number }, { db: office.db, setting, filesFolder });
      }
    },
    close: () => rm(filesFolder, { recursive: true, force: true }),
  };
}
