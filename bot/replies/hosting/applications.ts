import { listVersions } from "../../../core/db/hosting/application-revisions.ts";
import { listHosted } from "../../../core/db/hosting/applications.ts";
import { findPlatform } from "../../../core/db/hosting/stacks.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { type Application, addressOfSlot } from "../../../core/domain/hosting/application.ts";
import { hostsApplications, mayReadHosting } from "../../../core/domain/hosting/hosting-access.ts";
import type { HostingTarget } from "../../../core/domain/hosting/hosting-rules.ts";
import { platformOf } from "../../../core/domain/hosting/stack-names.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { platformChange } from "../../../core/domain/procedures/platform-change.ts";
import { refusalOfFiling } from "../../../core/domain/ticket/filing-rules.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { showState, titleOf } from "./application-plan.ts";
import { watchButton } from "./application-watch.ts";
import { accessesLines } from "./vendor-accesses.ts";

const applicationsOnPage = 10;
const longestTitle = 60;
const longestButton = 40;
const none = "Belum ada. Bangun dari tiket penitipan aplikasi: Bangun dengan mesin.";
const noHosts =
  "Profil kantor ini belum menyebut host, jadi mesin tidak membangun apa pun: aplikasi dipasang dengan tangan. Cara menambahkan host: docs/operations.md, Hosting.";
const noneOfOurs = "Belum ada. Ajukan penitipan aplikasi lewat /permintaan.";

/** All that a machine hosts or has begun, office by office; for others than whose work it is that of their own office. */
export async function renderApplications(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const isTheirWork = mayReadHosting(viewer);
  const officeId = isTheirWork ? undefined : viewer.officeId;
  const officeOfAccesses = hostsApplications(viewer) ? undefined : viewer.officeId;
  const found = await listHosted(db, { offset: page * applicationsOnPage, limit: applicationsOnPage + 1, officeId });
  const shown = found.slice(0, applicationsOnPage);
  const versions = await Promise.all(shown.map((each) => versionWords(db, each)));
  const { targets, sizes } = office.hosting ?? { targets: [], sizes: [] };
  return {
    as: "text",
    html: lines(
      html`🏗 <b>${isTheirWork ? "Aplikasi yang dihosting mesin" : "Aplikasi kami"}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      shown.length === 0 ? html`\n${isTheirWork ? noneFor(office) : noneOfOurs}` : undefined,
      ...(isTheirWork && page === 0 ? await proxyLines(db, targets) : []),
      ...(page === 0 ? await accessesLines(db, officeOfAccesses, office) : []),
      ...shown.flatMap((each, index) => [
        ...(each.officeCode === shown[index - 1]?.officeCode ? [] : [html`\n<b>${each.officeCode}</b>`]),
        html`${showState(each)} · ${shorten(each.title, longestTitle)} (${ticketNumber(each.ticketId)})`,
        html`   <code>${each.revision.domainName}</code> · ${addressOfSlot(each, each.revision.slot)} · ${titleOf(sizes, each.revision.size)} · ${titleOf(targets, each.target)}${versions[index] ?? ""}`,
      ]),
    ).markup,
    buttons: [
      ...inRows(
        shown.map(({ id: applicationId, title }): Button => {
          return { label: `🏗 ${shorten(title, longestButton)}`, press: { do: "application", applicationId } };
        }),
      ),
      ...(isTheirWork ? inRows(shown.filter(({ state }) => state !== "planned").map(toWatchButton)) : []),
      office.hosting !== undefined && refusalOfFiling(viewer, platformChange) === undefined
        ? [{ label: "🏗 Bangun atau ubah proksi", press: { do: "file", procedure: platformChange.name } }]
        : [],
      pageButtons(page, found.length > applicationsOnPage, (to) => ({ do: "applications", page: to, turns: true })),
      [{ label: "🏠 Menu", press: { do: "menu" } }],
    ],
  };
}

function noneFor({ hosting }: Pick<OfficeWords, "hosting">): string {
  return hosting === undefined ? noHosts : none;
}

/** " · versi 2"; nothing before the first one stands. */
async function versionWords(db: Db, { id, revision }: Application): Promise<string> {
  const used = (await listVersions(db, id)).find(({ imageId }) => imageId === revision.imageId);
  return used === undefined ? "" : ` · versi ${used.number}`;
}

function toWatchButton({ stack }: { stack: string }): Button {
  return watchButton(stack, `🛡 ${stack}`);
}

/** What the applications of each host lean on. */
async function proxyLines(db: Db, targets: readonly HostingTarget[]): Promise<Html[]> {
  const proxies = targets.map(async ({ name, title }) => {
    const platform = await findPlatform(db, platformOf(name));
    const ticket = platform?.ticketId == null ? "" : ` (${ticketNumber(platform.ticketId)})`;
    return html`${platform?.isBuilt ? "🟢" : "⚪️"} Proksi ${title}: ${platform?.isBuilt ? "berjalan" : "belum dibangun"}${ticket}`;
  });
  return Promise.all(proxies);
}
