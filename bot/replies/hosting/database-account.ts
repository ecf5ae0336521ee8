import { findOfferedAt } from "../../../core/db/hosting/application-databases.ts";
import { findApplication } from "../../../core/db/hosting/applications.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Application } from "../../../core/domain/hosting/application.ts";
import {
  type AccountProblem,
  refusalOfOfferingAccount,
  refusalOfOfferingVendorAccount,
} from "../../../core/domain/hosting/database-account.ts";
import type { VendorAccess } from "../../../core/domain/hosting/vendor-access.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { failureWords } from "./failure-words.ts";

const offerLabel = "Tawarkan akun basis data";
const offerVendorLabel = "Tawarkan akun vendor";

/** For the page of an application, as the data center reads it; of the account itself nothing is shown to them. */
export async function accountLine(
  db: Db,
  viewer: Person,
  application: Application,
  office: OfficeWords,
): Promise<Html | undefined> {
  if (!refusalOfOfferingAccount(viewer, application).ok) return undefined;
  const at = await findOfferedAt(db, application.id);
  return at === null
    ? html`🔑 Akun basis data: belum ditawarkan ke pemohon`
    : html`🔑 Akun basis data: ditawarkan ke pemohon ${showTime(at, office)}`;
}

export function accountButtons(viewer: Person, application: Application): Button[][] {
  if (!refusalOfOfferingAccount(viewer, application).ok) return [];
  const press = { do: "offer-database-account", applicationId: application.id } as const;
  return [[{ label: `🔑 ${offerLabel}`, press }]];
}

/** Of an account of a vendor, for whose page was never opened. */
export function vendorAccountButtons(viewer: Person, access: VendorAccess): Button[][] {
  if (!refusalOfOfferingVendorAccount(viewer, access).ok) return [];
  const { applicationId, id: accessId } = access;
  return [[{ label: `🔑 ${offerVendorLabel}`, press: { do: "offer-database-account", applicationId, accessId } }]];
}

/** For the data center. */
export async function renderAccountNotOffered(
  db: Db,
  viewer: Person,
  {
    applicationId,
    accessId,
    problem,
  }: { applicationId: number; accessId?: number | undefined; problem: AccountProblem },
): Promise<Rendered | undefined> {
  const application = await findApplication(db, applicationId);
  if (application === undefined || !hasRole(viewer, "data-center")) return undefined;
  const isOfVendor = accessId !== undefined;
  return {
    as: "text",
    html: lines(
      html`⚠️ Akun basis data ${isOfVendor ? "vendor " : ""}<b>${application.stack}</b> belum ditawarkan ke pemohon.`,
      html`${problemWords(problem, isOfVendor ? offerVendorLabel : offerLabel)}`,
    ).markup,
    buttons: [[{ label: "🏗 Buka aplikasi", press: { do: "application", applicationId } }]],
  };
}

/** @param button by which it is offered again, on the page of the application */
function problemWords(problem: AccountProblem, button: string): string {
  switch (problem) {
    case "no-pages":
      return `Halaman di luar chat belum dibuka di kantor ini. Minta administrator membukanya, contoh: PUBLIC_URL=https://helpdesk.labura.go.id/, lalu tekan ${button}.`;
    case "not-linked":
      return `Pemohon tidak terhubung dengan akun Telegram. Minta administrator menghubungkannya, lalu tekan ${button}.`;
    case "requester-gone":
      return "Pemohon tidak lagi di kantornya, jadi akunnya tidak dikirim ke siapa pun. Minta pimpinan kantor itu datang dengan surat, contoh: serahkan langsung di Data Center.";
    default:
      return failureWords(problem);
  }
}
