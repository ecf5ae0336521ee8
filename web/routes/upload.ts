import { type Context, Hono } from "hono";
import { hashOfLinkToken } from "../../core/actions/people/link-token.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { beginUpload, receivePart } from "../../core/actions/upload/receive-upload.ts";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment } from "../../core/db/ticket/attachments.ts";
import { appendToUpload, makeUploadsFolder, sizeOfUpload } from "../../core/db/upload/upload-files.ts";
import { findUploadByToken, type Upload } from "../../core/db/upload/uploads.ts";
import { type Outcome, type Refusal, refuse } from "../../core/domain/outcome.ts";
import { isGoodForBytes, isGoodForNews } from "../../core/domain/upload/upload-rules.ts";
import { answerNoGood, type LinkPages, linkPageHeaders } from "../link-pages.ts";
import { onlyFromOwnPage } from "../own-page.ts";
import { uploadPage } from "../pages/upload-page.ts";
import { explainOnPage, showTime } from "../pages/words.ts";
import { partsAtOnce } from "../parts-at-once.ts";
import { largestPartBytes, type ReceivedPart, receivePartOf } from "../receive-part.ts";
import { readMetadata, readSize } from "../tus-headers.ts";

export type UploadOptions = LinkPages & {
  db: Db;
  setting: (now: Date) => Setting;
  zoneLabel: string;
  filesFolder: string;
  /** What may still be written to the disk of that folder. */
  freeBytes: (folder: string) => Promise<number>;
};

const tusVersion = { "tus-resumable": "1.0.0" };

/**
 * The page for one large file, and what its script asks for, in the words of tus 1.0.0 (core and creation, at the link itself):
 * POST names the file, PATCH brings a part, HEAD tells how far it has come. `state` tells what became of it.
 */
export function uploadPages(options: UploadOptions): Hono {
  const { db, setting } = options;
  const letIn = partsAtOnce();
  const app = new Hono();
  app.use(...linkPageHeaders, onlyFromOwnPage);
  app.get("/:token", (context) => showUpload(context, options, context.req.param("token")));
  app.get("/:token/state", (context) => tellState(context, options, context.req.param("token")));
  app.post("/:token", async (context) => {
    const token = context.req.param("token");
    const lengthBytes = readSize(context.req.header("upload-length")) ?? 0;
    const { filename = "", filetype = "" } = readMetadata(context.req.header("upload-metadata"));
    const freeBytes = await options.freeBytes(await makeUploadsFolder(options.filesFolder));
    const input = { token, name: filename, mimeType: filetype, lengthBytes, freeBytes };
    const begun = await db.transaction().execute((tx) => beginUpload(tx, setting(new Date()), input));
    if (!begun.ok) return answerRefusal(context, options, begun.refusal);
    return context.body(null, 201, { ...tusVersion, location: token, "upload-offset": String(begun.value) });
  });
  app.patch("/:token", async (context) => {
    const taken = await takePart(context, { ...options, letIn }, context.req.param("token"));
    if (!taken.ok) return answerRefusal(context, options, taken.refusal);
    return context.body(null, 204, { ...tusVersion, "upload-offset": String(taken.value) });
  });
  return app;
}

async function showUpload(context: Context, options: UploadOptions, token: string): Promise<Response> {
  const { now, rules } = options.setting(new Date());
  const upload = await findUploadByToken(options.db, hashOfLinkToken(token));
  if (upload === undefined || !isGoodForBytes(upload, now)) return answerNoGood(context, options);
  const until = showTime(upload.expiresAt, { zone: rules.zone, label: options.zoneLabel });
  const limits = { largestMegabytes: rules.largestUploadMegabytes, partBytes: largestPartBytes };
  return context.html(uploadPage(upload, limits, until), 200, headersOf(upload));
}

function headersOf({ lengthBytes, receivedBytes }: Upload): Record<string, string> {
  const length = lengthBytes === null ? {} : { "upload-length": String(lengthBytes) };
  return { ...tusVersion, "upload-offset": String(receivedBytes), ...length };
}

/** "receiving", "checking", "arrived" with the SHA-256 that the server computed, or "failed". */
async function tellState(context: Context, options: UploadOptions, token: string): Promise<Response> {
  const upload = await findUploadByToken(options.db, hashOfLinkToken(token));
  if (upload === undefined || !isGoodForNews(upload, new Date())) return answerNoGood(context, options);
  if (upload.attachmentId === null) return context.json({ state: "receiving" });
  const { state, sha256 } = (await findAttachment(options.db, upload.attachmentId)) ?? {};
  if (state === "stored") return context.json({ state: "arrived", sha256 });
  return context.json({ state: state === "failed" ? "failed" : "checking" });
}

type Taking = UploadOptions & { letIn: ReturnType<typeof partsAtOnce> };

/** The link is looked at before anything is read of what comes. */
async function takePart(context: Context, options: Taking, token: string): Promise<Outcome<number>> {
  const { db, setting, filesFolder, letIn } = options;
  const upload = await findUploadByToken(db, hashOfLinkToken(token));
  if (upload === undefined || !isGoodForBytes(upload, setting(new Date()).now)) return refuse("link-no-good");
  const offset = readSize(context.req.header("upload-offset"));
  if (context.req.header("content-type") !== "application/offset+octet-stream" || offset === undefined) {
    return refuse("part-unreadable");
  }
  if (offset !== upload.receivedBytes) return refuse("upload-offset", { offset: upload.receivedBytes });
  using place = letIn(upload.id);
  if (place === undefined) return refuse("too-many-parts");
  const received = await receivePartOf(context.req.raw.body, filesFolder);
  if (!received.ok) return received;
  await using part = received.value;
  // Awaited here: the part is removed at the end of this scope.
  return await keepPart(options, { token, offset, part });
}

async function keepPart(
  { db, setting, filesFolder }: UploadOptions,
  { token, offset, part }: { token: string; offset: number; part: ReceivedPart },
): Promise<Outcome<number>> {
  const disk = {
    sizeOf: (uploadId: number) => sizeOfUpload(filesFolder, uploadId),
    append: (uploadId: number, at: number) =>
      appendToUpload(filesFolder, { uploadId, offset: at, partPath: part.path }),
  };
  const input = { token, offset, sizeBytes: part.sizeBytes };
  try {
    return await db.transaction().execute((tx) => receivePart(tx, setting(new Date()), input, disk));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOSPC") return refuse("disk-full");
    throw fault;
  }
}

const statuses: Record<string, 400 | 409 | 413 | 415 | 503 | 507> = {
  "upload-offset": 409,
  "upload-of-another-file": 409,
  "upload-not-begun": 409,
  "upload-empty": 400,
  "upload-too-large": 413,
  "upload-beyond-end": 413,
  "part-too-large": 413,
  "part-unreadable": 415,
  "too-many-parts": 503,
  "disk-full": 507,
};

function answerRefusal(context: Context, options: UploadOptions, refusal: Refusal): Response | Promise<Response> {
  const status = statuses[refusal.code];
  if (status === undefined) return answerNoGood(context, options);
  const { offset } = refusal.values;
  const at = offset === undefined ? {} : { "upload-offset": String(offset) };
  return context.json({ error: explainOnPage(refusal) }, status, { ...tusVersion, ...at });
}
