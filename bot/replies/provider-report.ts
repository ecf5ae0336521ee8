import { listMainChecks } from "../../core/db/monitor-checks.ts";
import { findLoss } from "../../core/db/monitor-samples.ts";
import { findOutageFacts, type OutageFacts } from "../../core/db/outage-facts.ts";
import type { Db } from "../../core/db/tables.ts";
import { seesAllTargets } from "../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Rendered } from "../rendered.ts";
import { html, lines } from "./html.ts";
import { showPercent, showSpan } from "./monitor-words.ts";
import { type OfficeWords, showTime } from "./office-words.ts";
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
  const checks = await listMainChecks(db, [facts.target.id]);
  const until = facts.outage.endedAt ?? now;
  const ids = checks.map(({ id }) => id);
  const loss = await findLoss(db, ids, { from: facts.outage.startedAt, until });
  return {
    as: "text",
    html: lines(
      html`📋 <b>Laporan ke ISP</b>. Ketuk untuk menyalin${nocPhone === null ? "" : `, lalu kirim ke NOC: ${nocPhone}`}.`,
      html`<pre>${reportText(facts, { viewer, loss, office, now })}</pre>`,
    ).markup,
    buttons: [[outageButton(outageId)]],
  };
}

type Said = { viewer: Person; loss: number | null; office: OfficeWords; now: Date };

function reportText(facts: OutageFacts, { viewer, loss, office, now }: Said): string {
  const { outage, target, link, officeName, contact } = facts;
  const { startedAt, endedAt } = outage;
  const span = showSpan((endedAt ?? now).getTime() - startedAt.getTime());
  const place = officeName === null ? target.name : `${target.name}, ${officeName}`;
  return [
    `LAPORAN GANGGUAN${link?.provider == null ? "" : ` kepada ${link.provider}`}`,
    `Nomor sirkit: ${link?.circuitNumber ?? "(belum dicatat)"}`,
    `Link: ${link?.name ?? ""}${link?.bandwidthMbps == null ? "" : `, ${link.bandwidthMbps} Mbps`}`,
    `Lokasi: ${place}`,
    `Terputus sejak: ${showTime(startedAt, office)}`,
    endedAt === null ? `Sampai: masih terputus (${span})` : `Sampai: ${showTime(endedAt, office)} (${span})`,
    ...(loss === null ? [] : [`Paket hilang selama gangguan: ${showPercent(loss)}`]),
    ...(contact === undefined ? [] : [`Kontak di lokasi: ${contact.words}`]),
    `Pelapor: ${viewer.name}, Diskominfo ${office.regency}`,
    "",
    endedAt === null
      ? "Mohon segera diperiksa dan kabari kami nomor tiketnya."
      : "Mohon penjelasan penyebabnya dan kabari kami nomor tiketnya.",
  ].join("\n");
}
