import { Readable } from "node:stream";
import { DateTime } from "luxon";
import { recordPaper } from "../../core/actions/record-paper.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findPaper } from "../../core/db/papers.ts";
import type { Db } from "../../core/db/tables.ts";
import { storeFile } from "../file-store.ts";
import { runInThread } from "../in-thread.ts";
import type { PosterText } from "../papers/poster.ts";

export type MakePaperOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
  /** IANA name. */
  zone: string;
};

const posterThread = new URL("../papers/thread.ts", import.meta.url);

/** Makes one paper and has it sent. A throw makes the queue try again; the last word is `giveUpPaper`. */
export async function makePaper(
  { paperId }: { paperId: number },
  { db, setting, filesFolder, zone }: MakePaperOptions,
): Promise<void> {
  const paper = await findPaper(db, paperId);
  if (paper === undefined || paper.state !== "waiting") return;
  const { officeName, regency, link, issuedAt } = paper.details;
  const issuedOn = DateTime.fromISO(issuedAt, { zone }).setLocale("id").toFormat("d MMMM yyyy");
  const pdf = await draw({ officeName, regency, link, issuedOn });
  const { sha256 } = await storeFile(Readable.from([pdf]), filesFolder);
  await db.transaction().execute((tx) => recordPaper(tx, setting(new Date()), { paperId, sha256 }));
}

/** Every try failed: who asked for it is told. */
export async function giveUpPaper(
  { paperId }: { paperId: number },
  { db, setting }: Pick<MakePaperOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordPaper(tx, setting(new Date()), { paperId, sha256: null }));
}

/** The libraries that draw are loaded in the thread only, and are gone with it. */
async function draw(text: PosterText): Promise<Buffer> {
  return Buffer.from(await runInThread<Uint8Array>(posterThread, text, "drawing a poster"));
}
