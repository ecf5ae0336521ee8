import { findStopped } from "../../../core/db/monitoring/last-look.ts";
import type { Db } from "../../../core/db/tables.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { statusButton } from "./monitor-words.ts";

/** Where nobody looks, "Normal" is how it was. */
export async function stoppedLine(db: Db, office: OfficeWords, now: Date): Promise<Html | undefined> {
  const since = await findStopped(db, now);
  return since && html`⚠️ Pemantau tidak berjalan sejak ${showTime(since, office)}. Yang tertulis ini keadaan saat itu.`;
}

/** Nobody else would say so. Where it runs again there is nothing to say any more. */
export async function renderMonitorStopped(
  db: Db,
  viewer: Person,
  { since }: { since: string },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  if (!seesAllTargets(viewer) || (await findStopped(db, now)) === undefined) return undefined;
  return {
    as: "text",
    html: lines(
      html`⚠️ <b>Pemantau tidak berjalan</b> sejak ${showTime(new Date(since), office)}.`,
      html`Gangguan tidak diketahui selama itu. Jalankan lagi worker Simpul; <code>npm run doctor</code> berkata apa yang kurang.`,
    ).markup,
    buttons: [[statusButton]],
  };
}
