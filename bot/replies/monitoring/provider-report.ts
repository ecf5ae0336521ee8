import { findLastDown } from "../../../core/db/monitoring/last-down.ts";
import { listMainChecks } from "../../../core/db/monitoring/monitor-checks.ts";
import { findLoss, type Loss } from "../../../core/db/monitoring/monitor-samples.ts";
import { findOutageFacts, type OutageFacts } from "../../../core/db/monitoring/outage-facts.ts";
import type { StoredOutage } from "../../../core/db/monitoring/outages.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayBeDropped } from "../../../core/domain/monitoring/sample.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { showPercent, showSpan } from "./monitor-words.ts";
import { outageButton } from "./outage-words.ts";

/** Words for the provider, which a tap copies: circuit number, since, until, loss, contact. */
export async function renderProviderReport(
  db: Db,
  viewer: Person,
  { outageId }: { outageId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const facts = seesAllTargets(viewer) ? await findOutageFacts(db, outageId) : undefined;
  if (facts?.link === undefined) return undefined;
  const { nocPhone } = facts.link;
  const { outage } = facts;
  const span = { from: outage.startedAt, until: outage.endedAt ?? now };
  const checks = await listMainChecks(db, facts.target.id, span);
  const ids = checks.map(({ id }) => id);
  const said = {
    ...{ viewer, office, now, lastDown: await findLastDown(db, outage, now) },
    ...{ loss: await findLoss(db, ids, span) },
  };
  return {
    as: "text",
    html: lines(
      html`📋 <b>Laporan ke ISP</b>. Ketuk untuk menyalin${nocPhone === null ? "" : `, lalu kirim ke NOC: ${nocPhone}`}.`,
      html`<pre>${reportText(facts, said)}</pre>`,
    ).markup,
    buttons: [[outageButton(outageId)]],
  };
}

/** @property lastDown when it was last seen, where nobody knows whether the outage lasts */
type Said = {
  viewer: Person;
  loss: Loss | undefined;
  lastDown: Date | undefined;
  office: OfficeWords;
  now: Date;
};

function reportText(facts: OutageFacts, { viewer, loss, lastDown, office, now }: Said): string {
  const { outage, link, location, place, rootName, beganBehindName, contact } = facts;
  const { startedAt, endedAt } = outage;
  return [
    `LAPORAN GANGGUAN${link?.provider == null ? "" : ` kepada ${link.provider}`}`,
    `Nomor sirkit: ${link?.circuitNumber ?? "(belum dicatat)"}`,
    `Link: ${link?.name ?? ""}${link?.bandwidthMbps == null ? "" : `, ${link.bandwidthMbps} Mbps`}`,
    `Lokasi: ${location}`,
    ...(place === undefined ? [] : [`Alamat: ${place.siteName}: ${place.words}`]),
    `Terputus sejak: ${showTime(startedAt, office)}`,
    `Sampai: ${endWords(outage, lastDown, office, now)}`,
    ...(rootName === null && beganBehindName !== null ? [`Mulanya karena terputusnya: ${beganBehindName}`] : []),
    ...(loss === undefined ? [] : [`Paket hilang selama gangguan: ${lossWords(loss, startedAt, office, now)}`]),
    ...(contact === undefined ? [] : [`Kontak di lokasi: ${contact.words}`]),
    `Pelapor: ${viewer.name}, Diskominfo ${office.regency}`,
    "",
    endedAt === null
      ? "Mohon segera diperiksa dan kabari kami nomor tiketnya."
      : "Mohon penjelasan penyebabnya dan kabari kami nomor tiketnya.",
  ].join("\n");
}

function endWords(
  { startedAt, endedAt, isUnwatched }: StoredOutage,
  lastDown: Date | undefined,
  office: OfficeWords,
  now: Date,
): string {
  const span = showSpan((endedAt ?? lastDown ?? now).getTime() - startedAt.getTime());
  if (endedAt !== null && isUnwatched) return `terakhir diketahui terputus ${showTime(endedAt, office)} (${span})`;
  if (endedAt !== null) return `${showTime(endedAt, office)} (${span})`;
  return `${lastDown === undefined ? "masih terputus" : `terakhir diketahui terputus ${showTime(lastDown, office)}`} (${span})`;
}

/** "100%", or what it is of: samples are dropped after some days. */
function lossWords({ percent, since }: Loss, startedAt: Date, office: OfficeWords, now: Date): string {
  const isDropped = mayBeDropped(startedAt, now, office.monitoring.keepDays.samples);
  const kept = isDropped ? ` (dari sampel yang masih disimpan, sejak ${showTime(since, office)})` : "";
  return `${showPercent(percent)}${kept}`;
}
