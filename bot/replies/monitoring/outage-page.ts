import { findIncidentSince, type Incident } from "../../../core/db/monitoring/incidents.ts";
import { findLastDown } from "../../../core/db/monitoring/last-down.ts";
import { findOutageFacts, type OutageFacts } from "../../../core/db/monitoring/outage-facts.ts";
import type { StoredOutage } from "../../../core/db/monitoring/outages.ts";
import { listPowerQuestions, type PowerQuestion } from "../../../core/db/monitoring/power-questions.ts";
import type { SiteContact } from "../../../core/db/monitoring/site-contacts.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { causeCodes } from "../../../core/domain/monitoring/outage.ts";
import { maySeeTarget, seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { inRows } from "../ticket/card.ts";
import { downWord, showSpan, statusButton, targetButton } from "./monitor-words.ts";
import { handlingLine, listAlertsFor, takeButtons, ticketLine } from "./outage-handling.ts";
import { causeWords, placeLine, powerLine, unwatchedLine } from "./outage-words.ts";
import { isReached, powerButtons } from "./power-button.ts";

const longestName = 40;

const gone: Rendered = {
  as: "text",
  html: "Gangguan itu tidak ada dalam catatan. Lihat keadaan sekarang: /status.",
  buttons: [[statusButton]],
};

/** One outage: how long, why, who was asked; for the desk with what is said and sent about it. */
export async function renderOutage(
  db: Db,
  viewer: Person,
  { outageId }: { outageId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const facts = await findOutageFacts(db, outageId);
  if (facts === undefined || !maySeeTarget(viewer, facts.target)) return gone;
  const { outage, target, cause, causeFromName } = facts;
  const isDesk = seesAllTargets(viewer);
  const questions = await listPowerQuestions(db, outageId);
  const hasChat = await isReached(db, facts.contact);
  const alerts = await listAlertsFor(db, outage);
  // Administrators see outages, and no tickets.
  const incident = worksAtDesk(viewer) ? await findIncidentDuring(db, outage) : undefined;
  return {
    as: "text",
    html: lines(
      html`🧾 <b>Gangguan ${target.name}</b>`,
      html`Sejak ${showTime(outage.startedAt, office)}, dipastikan ${showTime(outage.confirmedAt, office)}`,
      endLine(facts, await findLastDown(db, outage, now), office, now),
      rootLine(facts),
      await handlingLine(db, viewer, alerts, office),
      incident && (await ticketLine(db, incident, outage.endedAt !== null)),
      html`🏷 Penyebab: ${cause === null ? "belum ditetapkan" : causeWords[cause]}${causeFromName === null ? "" : ` (dari ${causeFromName})`}`,
      ...(isDesk ? questions.map((question) => powerLine(question, office)) : []),
      isDesk ? await placeLine(db, target.id) : undefined,
      ...(isDesk ? deskLines(facts, hasChat) : []),
    ).markup,
    buttons: [
      isDesk ? takeButtons(alerts, outageId) : [],
      ...(isDesk ? deskButtons(facts, { questions, hasChat }) : []),
      ...(incident === undefined ? [] : [[openButton(incident.ticketId)]]),
      [targetButton(target.id, `🔎 Buka ${shorten(target.name, longestName)}`), statusButton],
    ],
  };
}

/** Of what it was down by, where that was something else. */
function findIncidentDuring(
  db: Db,
  { targetId, rootId, startedAt, endedAt }: StoredOutage,
): Promise<Incident | undefined> {
  return findIncidentSince(db, rootId ?? targetId, { since: startedAt, until: endedAt });
}

/** @param lastDown when it was last seen, where nobody knows whether it lasts */
function endLine({ outage, target }: OutageFacts, lastDown: Date | undefined, office: OfficeWords, now: Date): Html {
  const { startedAt, endedAt, isUnwatched } = outage;
  const span = showSpan((endedAt ?? lastDown ?? now).getTime() - startedAt.getTime());
  if (endedAt !== null && isUnwatched) return unwatchedLine(target.kind, endedAt, span, office);
  if (endedAt !== null) return html`Sampai ${showTime(endedAt, office)} (${span})`;
  if (lastDown === undefined) return html`Masih berlangsung (${span})`;
  return html`Terakhir diketahui ${downWord(target.kind)} ${showTime(lastDown, office)} (${span})`;
}

function rootLine({ rootName, beganBehindName }: OutageFacts): Html | undefined {
  if (rootName !== null) return html`Karena <b>${rootName}</b> terputus.`;
  return beganBehindName === null ? undefined : html`Mulanya karena <b>${beganBehindName}</b> terputus.`;
}

function deskLines({ link, contact }: OutageFacts, hasChat: boolean): Html[] {
  const facts = [link?.provider, link?.circuitNumber && `sirkit ${link.circuitNumber}`].filter(Boolean).join(", ");
  return [
    ...(link === undefined ? [] : [html`🔗 ${link.name}${facts === "" ? "" : `: ${facts}`}`]),
    ...(link?.nocPhone == null ? [] : [html`☎️ NOC: ${link.nocPhone}`]),
    ...(contact === undefined
      ? []
      : [
          html`👤 ${contact.siteName}: ${contact.words} (${hasChat ? "dapat ditanya lewat Telegram" : whyToPhone(contact)})`,
        ]),
  ];
}

/** Only somebody of the site's own office is recognised by the name: elsewhere may be others of that name. */
function whyToPhone({ person }: SiteContact): string {
  if (person !== undefined) return "telepon saja: belum terhubung ke Telegram";
  return "telepon saja: tidak dikenali sebagai satu orang dari daftar orang kantor itu";
}

type Asked = { questions: readonly PowerQuestion[]; hasChat: boolean };

function deskButtons({ outage, link, contact }: OutageFacts, asked: Asked): Button[][] {
  const { id: outageId, causeCode } = outage;
  const causes = causeCodes.map(
    (cause): Button => ({
      label: `${cause === causeCode ? "✅ " : ""}${causeWords[cause]}`,
      press: { do: "set-cause", outageId, cause, former: causeCode },
    }),
  );
  return [
    ...inRows(causes),
    powerButtons(outage, contact, asked, "page"),
    [
      { label: "📄 Berkas bukti", press: { do: "outage-evidence", outageId } },
      ...(link === undefined
        ? []
        : [{ label: "📋 Salin laporan ke ISP", press: { do: "provider-report", outageId } } satisfies Button]),
    ],
  ];
}
