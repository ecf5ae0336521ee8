import type { StoredAlert } from "../../../core/db/monitoring/monitor-alerts.ts";
import type { PowerQuestion } from "../../../core/db/monitoring/power-questions.ts";
import { findSitePlace } from "../../../core/db/monitoring/site-contacts.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { CauseCode } from "../../../core/domain/monitoring/outage.ts";
import type { TargetKind } from "../../../core/domain/monitoring/target.ts";
import type { Button } from "../../rendered.ts";
import { type Html, html } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { downWord } from "./monitor-words.ts";

/** Why something was down, as the desk says. */
export const causeWords: Record<CauseCode, string> = {
  power: "PLN (listrik)",
  device: "Perangkat",
  "fibre-cut": "Kabel putus",
  provider: "Penyedia",
  lightning: "Petir",
  planned: "Pekerjaan terencana",
  other: "Lain-lain",
};

/** What was said of why. */
export function causeLine(causeCode: CauseCode | null): Html | undefined {
  return causeCode === null ? undefined : html`🏷 Penyebab: ${causeWords[causeCode]}`;
}

/** Who takes care of it, and since when. */
export async function takenLine(
  db: Db,
  { acknowledgedBy, acknowledgedAt }: Pick<StoredAlert, "acknowledgedBy" | "acknowledgedAt">,
  office: OfficeWords,
): Promise<Html | undefined> {
  if (acknowledgedBy === null || acknowledgedAt === null) return undefined;
  const person = await findPerson(db, acknowledgedBy);
  return html`🙋 Ditangani ${person?.name ?? "petugas"} sejak ${showTime(acknowledgedAt, office)}`;
}

/** Of an outage that lasted when nobody looked any more. */
export function unwatchedLine(kind: TargetKind, at: Date, span: string, office: OfficeWords): Html {
  return html`Berhenti dipantau ${showTime(at, office)}, saat masih ${downWord(kind)} (${span})`;
}

/** For who does not work at the desk. @param name who takes care of it; undefined: nobody yet */
export function handledWords(name: string | undefined): Html {
  return html`🙋 ${name === undefined ? "Petugas sudah diberi tahu" : `Sedang ditangani ${name}`}`;
}

/** What the contact of a site was asked, and said. */
export function powerLine({ personName, isOut, askedAt, answeredAt }: PowerQuestion, office: OfficeWords): Html {
  if (isOut === null || answeredAt === null) {
    return html`⚡ ${personName} ditanya ${showTime(askedAt, office)}, belum menjawab`;
  }
  return html`⚡ ${personName}: ${isOut ? "ya, listrik padam" : "listrik tidak padam"} (${showTime(answeredAt, office)})`;
}

/** Where to go, for who takes care of it. */
export async function placeLine(db: Db, targetId: number): Promise<Html | undefined> {
  const place = await findSitePlace(db, targetId);
  return place && html`📍 ${place.siteName}: ${place.words}`;
}

export function outageButton(outageId: number): Button {
  return { label: "🏷 Penyebab dan bukti", press: { do: "outage", outageId } };
}
