import { findTarget, type StoredTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { daysUntil } from "../../../core/domain/monitoring/ending.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { targetButton } from "./monitor-words.ts";

const shown = 10;
const longestName = 50;

/** Certificates that end soon, the first one first. What is watched no more is left out. */
export async function renderCertificatesEnding(
  db: Db,
  viewer: Person,
  { certificates }: { certificates: readonly { targetId: number; endsAt: string }[] },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  if (!seesAllTargets(viewer)) return undefined;
  const found: { target: StoredTarget; endsAt: Date }[] = [];
  for (const { targetId, endsAt } of certificates) {
    const target = await findTarget(db, targetId);
    if (target !== undefined) found.push({ target, endsAt: new Date(endsAt) });
  }
  if (found.length === 0) return undefined;
  return {
    as: "text",
    html: lines(
      html`🔏 <b>Sertifikat akan berakhir</b>`,
      ...found.slice(0, shown).map(({ target, endsAt }) => {
        const words = `${showDays(daysUntil(endsAt, now))}, ${showTime(endsAt, office)}`;
        return html`• <b>${shorten(target.name, longestName)}</b>: ${words}`;
      }),
      found.length > shown ? html`… dan ${found.length - shown} lagi.` : undefined,
      html`\nPerbarui sebelum itu, agar halamannya tidak ditolak peramban.`,
    ).markup,
    buttons: inRows(
      [...new Map(found.slice(0, shown).map(({ target }) => [target.id, target])).values()].map(({ id, name }) =>
        targetButton(id, `🔎 ${shorten(name, longestName)}`),
      ),
    ),
  };
}

function showDays(days: number): string {
  if (days < 0) return "sudah berakhir";
  return days === 0 ? "kurang dari sehari lagi" : `${days} hari lagi`;
}
