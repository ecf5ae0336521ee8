import { findApplication } from "../../../core/db/hosting/applications.ts";
import { findAccess, findUnclosedAccess, listGranted } from "../../../core/db/hosting/vendor-accesses.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Application } from "../../../core/domain/hosting/application.ts";
import { mayAskToChange } from "../../../core/domain/hosting/change-rules.ts";
import { tunnelTo } from "../../../core/domain/hosting/database-account.ts";
import {
  type AccessEnd,
  type AccessKind,
  accessKindsFor,
  accessUser,
  isOfDatabase,
  type VendorAccess,
} from "../../../core/domain/hosting/vendor-access.ts";
import { operatesHosting } from "../../../core/domain/hosting/watch-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { vendorAccountButtons } from "./database-account.ts";
import { failureWords } from "./failure-words.ts";

const longestName = 60;
const mostListed = 5;

const kindWords: Record<AccessKind, string> = {
  sftp: "SFTP",
  shell: "shell",
  "database-read": "basis data (baca)",
  "database-change": "basis data (baca dan ubah)",
};

const endWords: Record<AccessEnd, string> = {
  over: "masanya habis",
  revoked: "dicabut petugas",
  stopped: "aplikasinya dihentikan",
  deleted: "aplikasinya dihapus",
  isolated: "aplikasinya diisolasi",
  "given-up": "permintaannya dibatalkan",
};

/** For the page of an application: who gets in until when, and the button that ends it, or that asks for one. For who may ask. */
export async function accessPart(
  db: Db,
  viewer: Person,
  application: Application,
  { office, isChanging }: { office: OfficeWords; isChanging: boolean },
): Promise<{ lines: Html[]; buttons: Button[][] }> {
  if (!mayAskToChange(viewer, application)) return { lines: [], buttons: [] };
  const access = await findUnclosedAccess(db, application.id);
  if (access === undefined) return { lines: [], buttons: isChanging ? [] : requestButtons(application, office) };
  const isOpen = access.endedAt === null;
  const revoke: Button = { label: "✂️ Cabut sekarang", press: { do: "revoke-access", accessId: access.id } };
  return {
    lines: [html`\n🔑 <b>Akses vendor</b>`, ...accessLines(access, office)],
    buttons: isOpen && operatesHosting(viewer) ? [[revoke], ...vendorAccountButtons(viewer, access)] : [],
  };
}

/** Where something is there for a vendor to get at. */
function requestButtons(application: Application, { hosting }: OfficeWords): Button[][] {
  const { id: applicationId, state } = application;
  const runtime = hosting?.runtimes.find(({ name }) => name === application.runtime);
  if (hosting?.access === undefined || state !== "built" || runtime === undefined) return [];
  return accessKindsFor(application, runtime).length > 0
    ? [[{ label: "🔑 Minta akses vendor", press: { do: "request-access", applicationId } }]]
    : [];
}

function accessLines(access: VendorAccess, office: OfficeWords): Html[] {
  const { vendor, personName, kind, until, sources, ticketId } = access;
  return [
    html`${shorten(vendor, longestName)} (${shorten(personName, longestName)}), ${kindWords[kind]}, ${ticketNumber(ticketId)}`,
    html`${statusOf(access)} ${access.endedAt === null ? "Sampai" : "Semula sampai"} ${showTime(until, office)}, dari ${sources ?? "alamat mana pun"}.`,
  ];
}

function statusOf({ grantedAt, endedAt, endedBecause, shutAt, trouble }: VendorAccess): string {
  if (endedAt === null) return grantedAt === null ? "⏳ Belum dibuka." : "🟢 Terbuka.";
  const ended = `Berakhir${endedBecause === null ? "" : `, karena ${endWords[endedBecause]}`}`;
  const again = trouble === null ? undefined : `${failureWords(trouble)} Dicoba lagi tiap menit.`;
  if (shutAt !== null) return `⚫️ ${ended}${again === undefined ? "." : `; sisanya belum dapat dibersihkan: ${again}`}`;
  return again === undefined ? `⏳ ${ended}; sedang ditutup.` : `🔴 ${ended}, tetapi belum dapat ditutup: ${again}`;
}

/** For the list of all that is hosted: who gets in from outside, those first that end first. */
export async function accessesLines(db: Db, officeId: number | undefined, office: OfficeWords): Promise<Html[]> {
  const granted = await listGranted(db, { officeId, limit: mostListed });
  if (granted.length === 0) return [];
  return [
    html`\n🔑 <b>Akses vendor yang terdekat berakhir</b>`,
    ...granted.map(
      ({ stack, vendor, until }) => html`${stack}: ${shorten(vendor, longestName)}, sampai ${showTime(until, office)}`,
    ),
  ];
}

/** For who asked for it: how the vendor gets in. Nothing of it is secret without the vendor's own key. */
export const renderAccessGranted = noticeBeginning((application, access, office) =>
  lines(
    html`🔑 <b>Akses vendor ke ${application.stack} dibuka</b>`,
    html`Teruskan ke vendor: <code>${commandFor(application, access, office)}</code>`,
    html`Sidik jari server: <code>${access.fingerprint ?? ""}</code>. Bila yang tampil lain, jangan masuk dan laporkan.`,
    ...behindIt(application, access, office),
  ),
);

/** For the same and the data center. */
export const renderAccessEnded = noticeBeginning(({ stack }) => html`⚫️ <b>Akses vendor ke ${stack} sudah ditutup</b>`);

/** For the data center. */
export const renderAccessTrouble = noticeBeginning(({ stack }, { shutAt }) =>
  shutAt === null
    ? html`🔴 <b>Akses vendor ke ${stack} sudah berakhir, tetapi belum dapat ditutup</b>`
    : html`🔴 <b>Akses vendor ke ${stack} sudah ditutup, tetapi sisanya belum dapat dibersihkan</b>`,
);

/** A notice of an access: what there is to say, then how it stands. For who may ask for one. */
function noticeBeginning(
  beginning: (application: Application, access: VendorAccess, office: OfficeWords) => Html,
): (db: Db, viewer: Person, about: { accessId: number }, office: OfficeWords) => Promise<Rendered | undefined> {
  return async (db, viewer, { accessId }, office) => {
    const access = await findAccess(db, accessId);
    const application = access && (await findApplication(db, access.applicationId));
    if (access === undefined || application === undefined || !mayAskToChange(viewer, application)) return undefined;
    return {
      as: "text",
      html: lines(beginning(application, access, office), ...accessLines(access, office)).markup,
      buttons: [[{ label: "🏗 Buka aplikasi", press: { do: "application", applicationId: application.id } }]],
    };
  };
}

/** To be pasted as it is. */
function commandFor(application: Application, { id, kind, port }: VendorAccess, office: OfficeWords): string {
  const { target, stack } = application;
  const host = office.hosting?.targets.find(({ name }) => name === target)?.proxy.addresses[0] ?? target;
  // Each has a key of its own, and its port was perhaps another's before: ssh would take that for an attack.
  const who = `-o HostKeyAlias=${stack}-${id} ${accessUser}@${host}`;
  if (kind === "sftp") return `sftp -P ${port} ${who}`;
  if (kind === "shell") return `ssh -p ${port} ${who}`;
  const tunnel = office.hosting && tunnelTo(application, office.hosting);
  const forwarded = tunnel && `${tunnel.localPort}:${tunnel.address}:${tunnel.port}`;
  return `ssh -N -L ${forwarded ?? ""} -p ${port} ${who}`;
}

/** What the vendor finds when they are in. */
function behindIt(application: Application, { kind }: VendorAccess, office: OfficeWords): Html[] {
  if (!isOfDatabase(kind)) {
    const runtime = office.hosting?.runtimes.find(({ name }) => name === application.runtime);
    const folders = runtime?.kept.map(({ name }) => `/files/${name}`).join(", ");
    return [html`Berkasnya ada di ${folders || "/files"}.`];
  }
  const tunnel = office.hosting && tunnelTo(application, office.hosting);
  return [
    html`Perintah itu tidak menampilkan apa-apa: biarkan berjalan, lalu sambungkan program basis datanya ke 127.0.0.1 port ${tunnel?.localPort ?? ""}.`,
    html`Akun basis datanya dikirim kepada Anda dalam halaman yang hanya dapat dibuka sekali. Teruskan isinya lewat jalur yang aman.`,
  ];
}
