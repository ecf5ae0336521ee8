import {
  findOpenRevision,
  listTicketsOfApplication,
  listVersions,
  type Version,
} from "../../../core/db/hosting/application-revisions.ts";
import { findApplication } from "../../../core/db/hosting/applications.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { type Application, addressOfSlot } from "../../../core/domain/hosting/application.ts";
import { mayAskToChange } from "../../../core/domain/hosting/change-rules.ts";
import { mayReadApplication, mayReadHosting } from "../../../core/domain/hosting/hosting-access.ts";
import { isAnswering } from "../../../core/domain/monitoring/hosted.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { maySee, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showDayOf, showShortTime } from "../office-words.ts";
import { explain } from "../refusals.ts";
import { showState, titleOf } from "./application-plan.ts";
import { watchButton } from "./application-watch.ts";
import { accountButtons, accountLine } from "./database-account.ts";
import { isolateButtons } from "./isolations.ts";
import { pageOf } from "./reached.ts";
import { accessPart } from "./vendor-accesses.ts";

const longestTitle = 100;
const longestFile = 60;
const mostVersions = 10;
const mostTickets = 10;

/** One application: how it stands, what it is made of, and what it was before. For its office, and for the desk. */
export async function renderApplication(
  db: Db,
  viewer: Person,
  { applicationId }: { applicationId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const application = await findApplication(db, applicationId);
  if (application === undefined || !mayReadApplication(viewer, application)) return undefined;
  const { revision, title, stack, keptUntil, isKept, officeId } = application;
  const versions = await listVersions(db, applicationId);
  const open = await findOpenRevision(db, applicationId);
  const access = await accessPart(db, viewer, application, { office, isChanging: open !== undefined });
  return {
    as: "text",
    html: lines(
      html`🏗 <b>${shorten(title, longestTitle)}</b> (${stack})`,
      html`Keadaan: <b>${showState(application)}</b>`,
      html`Kantor: ${(await findOffice(db, officeId)).name}`,
      html`Nama: <code>${revision.domainName}</code>`,
      isAnswering(application) ? html`Dibuka di: ${await pageOf(db, application, office)}` : undefined,
      html`Alamat kontainer: <code>${addressOfSlot(application, revision.slot)}</code>`,
      html`Host: ${titleOf(office.hosting?.targets, application.target)}`,
      html`Ukuran: ${titleOf(office.hosting?.sizes, revision.size)}`,
      keptUntil === null ? undefined : keptLine(keptUntil, isKept, office),
      open === undefined ? undefined : html`✏️ Sedang berjalan: ${ticketNumber(open.ticketId)}`,
      ticketsLine(await listTicketsOfApplication(db, applicationId)),
      ...access.lines,
      await accountLine(db, viewer, application, office),
      ...versionLines(versions, application, office),
    ).markup,
    buttons: [
      ...(open === undefined ? changeButtons(viewer, application) : await ticketButtons(db, viewer, open.ticketId)),
      ...access.buttons,
      ...accountButtons(viewer, application),
      mayReadHosting(viewer) && application.state !== "planned" ? [watchButton(stack)] : [],
      ...(await isolateButtons(db, viewer, application)),
      [{ label: "⬅️ Daftar aplikasi", press: { do: "applications", page: 0, turns: true } }],
    ],
  };
}

function keptLine(keptUntil: Date, isKept: boolean, office: OfficeWords): Html {
  return isKept
    ? html`Data, alamat, dan nama disimpan sampai ${showDayOf(keptUntil, office)}. Sampai saat itu dapat dijalankan lagi.`
    : html`Masa simpan lewat sejak ${showDayOf(keptUntil, office)}: alamat dan nama dilepas, datanya boleh dimusnahkan.`;
}

/** "Tiket: T-12, T-9", by which it was asked for and changed. */
function ticketsLine(ticketIds: readonly number[]): Html {
  const shown = ticketIds.slice(0, mostTickets).map(ticketNumber).join(", ");
  return html`Tiket: ${shown}${ticketIds.length > mostTickets ? ", …" : ""}`;
}

/** "Versi 2, 28 Nov 10.00 (simpeg-2.tar) · dipakai" */
function versionLines(versions: readonly Version[], { revision }: Application, office: OfficeWords): Html[] {
  if (versions.length === 0) return [];
  return [
    html`\n<b>Versi</b>`,
    ...versions.slice(0, mostVersions).map(({ number, builtAt, fileName, imageId }) => {
      const file = fileName === "" ? "" : ` (${shorten(fileName, longestFile)})`;
      const isUsed = revision.isRunning && imageId === revision.imageId ? " · dipakai" : "";
      return html`Versi ${number}, ${showShortTime(builtAt, office)}${file}${isUsed}`;
    }),
  ];
}

function changeButtons(viewer: Person, application: Application): Button[][] {
  const { id: applicationId, state, isKept } = application;
  if (state === "planned" || state === "removed" || !mayAskToChange(viewer, application)) return [];
  if (state === "deleted" && !isKept) {
    return [[{ label: "🗑 Minta pemusnahan data", press: { do: "request-purge", applicationId } }]];
  }
  return [[{ label: "✏️ Minta perubahan", press: { do: "request-change", applicationId } }]];
}

async function ticketButtons(db: Db, viewer: Person, ticketId: number): Promise<Button[][]> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || !maySee(viewer, ticket)) return [];
  return [[{ label: `🎫 Buka ${ticketNumber(ticketId)}`, press: { do: "open-ticket", ticketId } }]];
}

/** What was deleted has been kept for its time. For the data center; for infrastructure where its name stays. */
export async function renderKeptOver(
  db: Db,
  viewer: Person,
  { applicationId, nameKept }: { applicationId: number; nameKept?: Refusal },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const application = await findApplication(db, applicationId);
  if (application === undefined || !mayReadHosting(viewer)) return undefined;
  const { title, stack, revision } = application;
  const released = nameKept === undefined ? "Alamat dan namanya dilepas" : "Alamatnya dilepas";
  return {
    as: "text",
    html: lines(
      html`⌛ Masa simpan <b>${shorten(title, longestTitle)}</b> (${stack}) sudah lewat. ${released}; datanya boleh dimusnahkan.`,
      nameKept &&
        html`⚠️ Namanya belum dilepas. ${await explain(db, nameKept, office)} Lalu Infrastruktur melepas namanya.`,
    ).markup,
    buttons: [
      [{ label: "🏗 Buka aplikasi", press: { do: "application", applicationId } }],
      ...(nameKept === undefined
        ? []
        : [
            [
              {
                label: `🌐 ${revision.domainName}`,
                press: { do: "name", name: revision.domainName, page: 0 },
              } satisfies Button,
            ],
          ]),
    ],
    isSilent: true,
  };
}
