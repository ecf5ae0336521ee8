import { findStopped } from "../../core/db/last-look.ts";
import type { Db } from "../../core/db/tables.ts";
import { type Html, html } from "./html.ts";
import { type OfficeWords, showTime } from "./office-words.ts";

/** Where nobody looks, "Normal" is how it was. */
export async function stoppedLine(db: Db, office: OfficeWords, now: Date): Promise<Html | undefined> {
  const since = await findStopped(db, now);
  return since && html`⚠️ Pemantau tidak berjalan sejak ${showTime(since, office)}. Yang tertulis ini keadaan saat itu.`;
}
