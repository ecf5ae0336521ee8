import { findTarget, type StoredTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import type { Db } from "../../../core/db/tables.ts";
import { endOfDay } from "../../../core/domain/form/coming-day.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { daysUntil } from "../../../core/domain/monitoring/ending.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { type OfficeWords, showDay } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { targetButton } from "./monitor-words.ts";

const shown = 10;
const longestName = 50;

/** Contracts of links that end soon, the first one first. What was extended or removed since is left out. */
export async function renderContractsEnding(
  db: Db,
  viewer: Person,
  { contracts }: { contracts: readonly { targetId: number; endsOn: string }[] },
  { zone }: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  if (!seesAllTargets(viewer)) return undefined;
  const found: StoredTarget[] = [];
  for (const { targetId, endsOn } of contracts) {
    const target = await findTarget(db, targetId);
    if (target?.endsOn === endsOn) found.push(target);
  }
  if (found.length === 0) return undefined;
  return {
    as: "text",
    html: lines(
      html`📑 <b>Kontrak link akan berakhir</b>`,
      ...found.slice(0, shown).map((target) => {
        const words = `${showDays(target.endsOn ?? "", zone, now)}${partiesOf(target)}`;
        return html`• <b>${shorten(target.name, longestName)}</b>: ${words}`;
      }),
      found.length > shown ? html`… dan ${found.length - shown} lagi.` : undefined,
      html`\nPerpanjang atau adakan yang baru sebelum itu, lalu ubah tanggalnya pada halaman linknya.`,
    ).markup,
    buttons: inRows(found.slice(0, shown).map(({ id, name }) => targetButton(id, `🔎 ${shorten(name, longestName)}`))),
  };
}

/** "30 hari lagi, sampai 31 Des 2026" */
function showDays(endsOn: string, zone: string, now: Date): string {
  const days = daysUntil(endOfDay(endsOn, zone), now);
  const left = days < 0 ? "sudah berakhir" : days === 0 ? "hari ini yang terakhir" : `${days} hari lagi`;
  return `${left}, sampai ${showDay(endsOn)}`;
}

/** " (PT Telkom, sirkit 4700-1)" */
function partiesOf({ provider, circuitNumber }: StoredTarget): string {
  const parties = [provider, circuitNumber === null ? null : `sirkit ${circuitNumber}`].filter((each) => each !== null);
  return parties.length === 0 ? "" : ` (${parties.join(", ")})`;
}
