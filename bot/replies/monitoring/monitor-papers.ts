import { findTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import { findOutageFacts } from "../../../core/db/monitoring/outage-facts.ts";
import type {
  AvailabilityListDetails,
  OutageEvidenceDetails,
  TargetPictureDetails,
} from "../../../core/db/paper-content.ts";
import type { Db } from "../../../core/db/tables.ts";
import { maySeeTarget, seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { html, lines } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import type { Sending } from "../papers.ts";
import { showPeriod } from "./availability-words.ts";
import { stoppedLine } from "./monitor-stopped.ts";
import { statusButton } from "./monitor-words.ts";
import { pictureButtons } from "./target-buttons.ts";

/** Latency, loss and outages of a target over some days. */
export async function targetPictureSending(
  db: Db,
  viewer: Person,
  { targetId, days }: TargetPictureDetails,
  office: OfficeWords,
  now: Date,
): Promise<Sending | undefined> {
  const target = await findTarget(db, targetId);
  if (target === undefined || !maySeeTarget(viewer, target)) return undefined;
  return {
    fileKind: "photo",
    name: `status-${targetId}.png`,
    caption: lines(
      html`📈 <b>${target.name}</b>, ${days === 1 ? "24 jam" : `${days} hari`}`,
      await stoppedLine(db, office, now),
    ),
    failed: html`⚠️ Gambar ${target.name} tidak berhasil dibuat. Buka lagi lewat /status, lalu tekan 24 jam.`,
    buttons: [
      pictureButtons(targetId, days),
      [{ label: "◀️ Kembali", press: { do: "target", targetId, isDrawn: true } }, statusButton],
    ],
  };
}

/** It was drawn of what the person might see for whom it was drawn. */
export async function statusPictureSending(db: Db, office: OfficeWords, now: Date): Promise<Sending> {
  return {
    fileKind: "photo",
    name: "status.png",
    caption: lines(html`🖼 <b>Status jaringan dan aplikasi</b>`, await stoppedLine(db, office, now)),
    failed: html`⚠️ Gambar keadaan tidak berhasil dibuat. Buka lagi lewat /status, lalu tekan Gambar keadaan.`,
    buttons: [[statusButton]],
  };
}

/** It was made of what the person might see for whom it was made. */
export function availabilitySending({ month }: AvailabilityListDetails, office: OfficeWords): Sending {
  const title = showPeriod(month, office);
  return {
    fileKind: "document",
    name: `ketersediaan-${month}.csv`,
    caption: html`📤 Ketersediaan ${title}`,
    failed: html`⚠️ Daftar ketersediaan ${title} tidak berhasil dibuat. Buka lagi lewat /status, tekan Ketersediaan, lalu Ekspor CSV.`,
  };
}

/** For the provider, by the desk: it names addresses. */
export async function evidenceSending(
  db: Db,
  viewer: Person,
  { outageId, as }: OutageEvidenceDetails,
): Promise<Sending | undefined> {
  const facts = seesAllTargets(viewer) ? await findOutageFacts(db, outageId) : undefined;
  if (facts === undefined) return undefined;
  const what = as === "pdf" ? "Bukti" : "Sampel";
  return {
    fileKind: "document",
    name: `${what.toLowerCase()}-gangguan-${outageId}.${as}`,
    caption: html`📄 ${what} gangguan <b>${facts.target.name}</b>`,
    failed: html`⚠️ Berkas bukti gangguan ${facts.target.name} tidak berhasil dibuat. Buka lagi gangguannya, lalu tekan Berkas bukti.`,
  };
}
