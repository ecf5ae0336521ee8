import { findOffice } from "../../core/db/people/offices.ts";
import { findPersonOnDuty } from "../../core/db/shift/shifts.ts";
import type { Db } from "../../core/db/tables.ts";
import { countOpenWork } from "../../core/db/ticket/tickets.ts";
import { cablesAreTheirs, mayManageCables } from "../../core/domain/cable/cable-rules.ts";
import { mayReadHosting } from "../../core/domain/hosting/hosting-access.ts";
import { mayManageAssets } from "../../core/domain/inventory/asset-rules.ts";
import { mayManageAddresses } from "../../core/domain/ipam/ipam-rules.ts";
import { hasRole, type Person } from "../../core/domain/people/person.ts";
import { procedures } from "../../core/domain/procedures/index.ts";
import { mayLookAtRacks } from "../../core/domain/rack/rack-rules.ts";
import { overseesDesk, worksAtDesk } from "../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../rendered.ts";
import { type Html, html, lines } from "./html.ts";
import { teamsOf } from "./lists.ts";
import type { OfficeWords } from "./office-words.ts";
import { wordsOf } from "./procedure-words.ts";
import { onDutyLine } from "./shift/duty.ts";
import { approvalMenu } from "./ticket/approval-menu.ts";
import { inRows } from "./ticket/card.ts";

/** The first screen: a handful of buttons, by what the person is. */
export async function renderMenu(db: Db, viewer: Person, office: OfficeWords, greeting?: Html): Promise<Rendered> {
  const incidents = procedures.filter(({ menu }) => menu === "incident");
  const file = incidents.map((procedure): Button[] => [
    { label: `📣 ${wordsOf(procedure).file}`, press: { do: "file", procedure: procedure.name } },
  ]);
  const own = procedures
    .filter(({ menu }) => menu === "own")
    .map((procedure): Button[] => [
      { label: `⚠️ ${wordsOf(procedure).file}`, press: { do: "file", procedure: procedure.name } },
    ]);
  const isOfDesk = worksAtDesk(viewer);
  const forHeads: Button[] = overseesDesk(viewer) ? [{ label: "📊 Ringkasan", press: { do: "overview" } }] : [];
  const announcements: Button = { label: "📢 Pengumuman", press: { do: "announcements", page: 0 } };
  const approvals = await approvalMenu(db, viewer, office);
  const text = lines(
    greeting,
    approvals.line,
    html`<b>Meja layanan Diskominfo ${office.regency}</b>`,
    isOfDesk ? onDutyLine(await findPersonOnDuty(db)) : undefined,
    html`Pilih di bawah ini, atau langsung tulis keluhan Anda.`,
  );
  return {
    as: "text",
    html: text.markup,
    buttons: [
      // Whose work it is finds it first.
      ...approvals.waiting,
      isOfDesk ? await workButtons(db, viewer) : [],
      ...file,
      [{ label: "📝 Ajukan permintaan", press: { do: "requests", page: 0 } }],
      [{ label: "📶 Status jaringan", press: { do: "status" } }],
      [
        { label: "🎫 Tiket saya", press: { do: "list", list: "mine", page: 0 } },
        { label: "🔎 Cari tiket", press: { do: "begin-search" } },
      ],
      hasRole(viewer, "help-desk") ? [{ label: "📞 Catat laporan orang lain", press: { do: "report" } }] : [],
      hasRole(viewer, "non-technical") && !hasRole(viewer, "help-desk")
        ? [{ label: "✉️ Catat surat masuk", press: { do: "report" } }]
        : [],
      hasRole(viewer, "system-officer")
        ? [
            { label: "🏢 Tiket kantor", press: { do: "list", list: "office", page: 0 } },
            { label: "🖥 Perangkat kantor", press: { do: "assets", officeId: viewer.officeId, page: 0 } },
          ]
        : [],
      isOfDesk ? [...forHeads, { label: "🧭 Piket", press: { do: "duty" } }, announcements] : [],
      ...inRows(registerButtons(viewer, office)),
      ...approvals.rows,
      hasRole(viewer, "administrator") ? [{ label: "👥 Orang dan peran", press: { do: "people", page: 0 } }] : [],
      ...own,
      [{ label: "❓ Bantuan", press: { do: "help" } }],
    ],
  };
}

/** What the person's team keeps: addresses, names, racks, cables, devices. */
function registerButtons(viewer: Person, { hosting }: Pick<OfficeWords, "hosting">): Button[] {
  const buttons: Button[] = [];
  if (hasRole(viewer, "infrastructure")) {
    buttons.push({ label: "🌐 Alamat IP", press: { do: "prefixes", page: 0 } });
    buttons.push({ label: "🔤 Nama domain", press: { do: "names", page: 0 } });
  }
  if (mayLookAtRacks(viewer)) buttons.push({ label: "🗄 Rak server", press: { do: "rooms", page: 0 } });
  if (cablesAreTheirs(viewer)) buttons.push({ label: "🔌 Kabel", press: { do: "cables", page: 0 } });
  if (mayManageAssets(viewer) && worksAtDesk(viewer)) {
    buttons.push({ label: "🖥 Perangkat", press: { do: "inventory" } });
  }
  if (hosting !== undefined) {
    const label = mayReadHosting(viewer) ? "🏗 Aplikasi" : "🏗 Aplikasi kami";
    buttons.push({ label, press: { do: "applications", page: 0 } });
  }
  return buttons;
}

async function workButtons(db: Db, viewer: Person): Promise<Button[]> {
  const { queued, assigned } = await countOpenWork(db, viewer.id, teamsOf(viewer));
  return [
    { label: `📥 Antrean (${queued})`, press: { do: "list", list: "queue", page: 0 } },
    { label: `🛠 Tugas saya (${assigned})`, press: { do: "list", list: "work", page: 0 } },
  ];
}

export function renderWelcome(db: Db, viewer: Person, office: OfficeWords): Promise<Rendered> {
  return renderMenu(db, viewer, office, html`👋 Selamat datang, <b>${viewer.name}</b>. Akun Anda sudah terhubung.\n`);
}

export function renderRolesChanged(db: Db, viewer: Person, office: OfficeWords): Promise<Rendered> {
  const held = viewer.roles.map((role) => office.roles[role]).join(", ") || "tidak ada";
  return renderMenu(db, viewer, office, html`🎭 Peran Anda sekarang: <b>${held}</b>.\n`);
}

export async function renderTransferred(db: Db, viewer: Person, office: OfficeWords): Promise<Rendered> {
  const { name } = await findOffice(db, viewer.officeId);
  const text = html`🏢 Anda sekarang terdaftar di <b>${name}</b>. Tiket lama tetap milik kantor lama Anda.\n`;
  return renderMenu(db, viewer, office, text);
}

type Command = { command: string; description: string };

const everybody: Command[] = [
  { command: "menu", description: "Menu utama" },
  { command: "lapor", description: "Lapor gangguan" },
  { command: "permintaan", description: "Ajukan permintaan" },
  { command: "tiket", description: "Tiket saya, atau /tiket T-0042" },
  { command: "status", description: "Status link dan aplikasi, contoh: /status Dinkes" },
  { command: "cari", description: "Cari tiket, contoh: /cari server panas" },
  { command: "pengumuman", description: "Pengumuman yang berlaku" },
];
const desk: Command[] = [
  { command: "antrean", description: "Tiket yang menunggu tim saya" },
  { command: "tugas", description: "Tiket yang saya kerjakan" },
  { command: "piket", description: "Petugas piket dan catatannya" },
];
const heads: Command[] = [{ command: "ringkasan", description: "Beban tim dan tiket terlama" }];
const officers: Command[] = [{ command: "kantor", description: "Tiket kantor saya" }];
const officeInventory: Command[] = [{ command: "perangkat", description: "Perangkat kantor saya" }];
const administrators: Command[] = [{ command: "orang", description: "Orang dan peran" }];
const addresses: Command[] = [{ command: "ip", description: "Alamat IP, contoh: /ip 10.10.5.20" }];
const cables: Command[] = [{ command: "kabel", description: "Kabel dan labelnya, contoh: /kabel K-0042" }];
const racks: Command[] = [{ command: "rak", description: "Rak server, contoh: /rak DC A2" }];
const names: Command[] = [{ command: "nama", description: "Nama domain, contoh: /nama simpeg" }];
const inventory: Command[] = [
  { command: "perangkat", description: "Perangkat dan kontrak, contoh: /perangkat SW-DINKES-1" },
];
const hosted: Command[] = [{ command: "hosting", description: "Aplikasi yang dihosting mesin" }];
const last: Command[] = [
  { command: "batal", description: "Buang isian yang sedang berjalan" },
  { command: "bantuan", description: "Cara memakai bot ini" },
];

/** The menu of commands of one chat; somebody who is not linked has none but the start. */
export function commandsFor(viewer: Person | undefined, { hosting }: Pick<OfficeWords, "hosting"> = {}): Command[] {
  if (viewer === undefined) return [{ command: "start", description: "Mulai" }];
  return [
    ...everybody,
    ...(hasRole(viewer, "system-officer") ? officers : []),
    ...(worksAtDesk(viewer) ? desk : []),
    ...(overseesDesk(viewer) ? heads : []),
    ...(mayManageAddresses(viewer) ? [...addresses, ...names] : []),
    ...(mayManageCables(viewer) ? cables : []),
    ...(mayLookAtRacks(viewer) ? racks : []),
    ...(mayManageAssets(viewer) ? inventory : hasRole(viewer, "system-officer") ? officeInventory : []),
    ...(hosting === undefined ? [] : hosted),
    ...(hasRole(viewer, "administrator") ? administrators : []),
    ...last,
  ];
}

export function renderHelp(viewer: Person, office: Pick<OfficeWords, "hosting">): Rendered {
  const commands = commandsFor(viewer, office).map(({ command, description }) => html`/${command} ${description}`);
  const text = lines(
    html`<b>Bantuan</b>`,
    html`Tulis keluhan Anda kapan saja, atau kirim foto layarnya; bot akan menanyakan apakah dijadikan tiket.`,
    html`Balas (reply) kartu tiket untuk menambah keterangan.`,
    html`Nomor tiket seperti <code>T-0042</code> dapat dikirim untuk membuka tiketnya.\n`,
    ...commands,
  );
  return { as: "text", html: text.markup, buttons: [[{ label: "🏠 Menu", press: { do: "menu" } }]] };
}
