import { type Account, findAccount } from "../../../core/db/people/accounts.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import { findLeaving, findPerson, searchPeople } from "../../../core/db/people/people.ts";
import { listOpenProposals, type RoleProposal } from "../../../core/db/people/role-proposals.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import {
  decideGrant,
  decideProposal,
  type GrantRules,
  holdsReservedRights,
  needsSecondAdministrator,
} from "../../../core/domain/people/grant-rules.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import { roles } from "../../../core/domain/people/roles.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";

const peopleOnPage = 8;
const longestName = 40;
const longestReason = 500;

/** The people register, for administrators. */
export async function renderPeople(
  db: Db,
  viewer: Person,
  { search, page }: { search: string; page: number },
): Promise<Rendered | undefined> {
  if (!hasRole(viewer, "administrator")) return undefined;
  const { items, hasMore } = await onePage(page, peopleOnPage, (range) => searchPeople(db, search, range));
  const title = search === "" ? html`<b>Orang dan peran</b>` : html`<b>Orang dan peran</b>: "${search}"`;
  const empty = html`Tidak ada yang cocok. Cari dengan sebagian nama atau NIP.`;
  const open = items.map(({ id, name, isActive, officeCode }): Button[] => {
    const label = `${shorten(name, longestName)} · ${officeCode}`;
    return [{ label: isActive ? label : `🚪 ${label}`, press: { do: "person", personId: id } }];
  });
  return {
    as: "text",
    html: lines(title, items.length === 0 ? empty : html`Pilih nama untuk melihat peran dan tautannya.`).markup,
    buttons: [
      ...open,
      // A search has one page; who is not on it is found by a longer search.
      search === "" ? pageButtons(page, hasMore, (to) => ({ do: "people", page: to, turns: true })) : [],
      [
        { label: "🔎 Cari", press: { do: "find-person" } },
        { label: "➕ Tambah orang", press: { do: "add-person" } },
      ],
      [
        { label: "📥 Impor CSV", press: { do: "send-people-file" } },
        { label: "🖼 Poster pendaftaran", press: { do: "find-poster" } },
      ],
    ],
  };
}

export async function renderPerson(
  db: Db,
  viewer: Person,
  { personId }: { personId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const person = await findPerson(db, personId);
  if (person === undefined || !hasRole(viewer, "administrator")) return undefined;
  const account = await findAccount(db, personId);
  const proposals = await listOpenProposals(db, personId);
  const left = await findLeaving(db, personId);
  return {
    as: "text",
    html: lines(
      html`<b>${person.name}</b>`,
      person.isProvisional ? html`📞 Dicatat help desk sebagai pelapor; belum terdaftar.` : undefined,
      html`NIP: ${person.nip ?? (person.isProvisional ? "belum diketahui" : "tidak ada (bukan ASN)")}`,
      html`Perangkat daerah: ${(await findOffice(db, person.officeId)).name}`,
      html`Peran: ${person.roles.map((role) => office.roles[role]).join(", ") || "tidak ada"}`,
      html`Telegram: ${linkWords(account)}`,
      left === undefined ? undefined : html`🚪 Dinonaktifkan ${left.byName}, ${showTime(left.at, office)}`,
      left?.because == null ? undefined : html`<blockquote>${shorten(left.because, longestReason)}</blockquote>`,
      ...proposals.map(({ role }) => html`⏳ ${office.roles[role]}: menunggu administrator kedua`),
    ).markup,
    buttons: [
      ...decisionButtons(viewer, proposals, office),
      ...(person.isActive ? activeButtons(viewer, person, account) : inactiveButtons(viewer, person)),
      [{ label: "✏️ Perbaiki nama/NIP", press: { do: "correct-person", personId } }],
      [{ label: "◀️ Daftar orang", press: { do: "people", page: 0 } }],
    ],
  };
}

function linkWords(account: Account | undefined): string {
  if (account === undefined) return "belum terhubung";
  return account.unreachableSince === null ? "terhubung" : "terhubung, tetapi memblokir bot";
}

function decisionButtons(viewer: Person, proposals: readonly RoleProposal[], office: OfficeWords): Button[][] {
  return proposals
    .filter((proposal) => decideProposal(viewer, proposal).ok)
    .map(({ id: proposalId, role, personId }): Button[] => {
      const press = { do: "decide-role", proposalId, personId } as const;
      return [
        { label: `Setujui ${office.roles[role]}`, press: { ...press, decision: "confirmed" } },
        { label: "Tolak", press: { ...press, decision: "rejected" } },
      ];
    });
}

function activeButtons(viewer: Person, person: Person, account: Account | undefined): Button[][] {
  const { id: personId } = person;
  const codeButton: Button = { label: "🔗 Buat kode tautan", press: { do: "issue-code", personId } };
  const unlinkButton: Button = { label: "✂️ Putuskan tautan", press: { do: "unlink", personId } };
  const link = [...(holdsReservedRights(person) ? [] : [codeButton]), ...(account === undefined ? [] : [unlinkButton])];
  if (personId === viewer.id) return [link];
  const isLeadership = person.roles.includes("leadership");
  return [
    isLeadership ? [{ label: "🪪 Plh./Plt.", press: { do: "substitutions", forPersonId: personId } }] : [],
    [{ label: "🎭 Ubah peran", press: { do: "choose-role", personId } }],
    link,
    [
      { label: "🏢 Pindah kantor", press: { do: "transfer", personId } },
      { label: "🚪 Nonaktifkan", press: { do: "deactivate", personId } },
    ],
  ];
}

function inactiveButtons(viewer: Person, { id: personId }: Person): Button[][] {
  return personId === viewer.id ? [] : [[{ label: "↩️ Aktifkan kembali", press: { do: "reactivate", personId } }]];
}

/** Roles that this administrator can give to the person or take away; the rules themselves are asked. */
export async function renderRolesOf(
  db: Db,
  viewer: Person,
  { personId }: { personId: number },
  office: OfficeWords,
  rules: GrantRules,
): Promise<Rendered | undefined> {
  const person = await findPerson(db, personId);
  if (person === undefined || !hasRole(viewer, "administrator")) return undefined;
  const isLinked = (await findAccount(db, personId)) !== undefined;
  const all = roles.flatMap((role): Button[] => {
    if (role === "administrator") return [];
    if (person.roles.includes(role)) {
      return [{ label: `✅ ${office.roles[role]}`, press: { do: "withdraw", personId, role } }];
    }
    const isFree = decideGrant(viewer, person, role, rules).ok && (isLinked || !needsSecondAdministrator(role));
    return isFree ? [{ label: `➕ ${office.roles[role]}`, press: { do: "grant", personId, role } }] : [];
  });
  return {
    as: "text",
    html: lines(
      html`<b>Peran ${person.name}</b>`,
      html`Tekan untuk memberi atau mencabut. Peran pimpinan perlu NIP dan persetujuan administrator kedua.`,
    ).markup,
    buttons: [...inRows(all), [{ label: "◀️ Kembali", press: { do: "person", personId } }]],
  };
}

export async function renderLinkCode(
  db: Db,
  viewer: Person,
  { personId, code }: { personId: number; code: string },
  office: OfficeWords,
  rules: { linkCodeHours: number },
): Promise<Rendered | undefined> {
  const person = await findPerson(db, personId);
  if (person === undefined || !hasRole(viewer, "administrator")) return undefined;
  const address = `https://t.me/${office.botUsername}?start=${code}`;
  return {
    as: "text",
    html: lines(
      html`<b>Kode tautan untuk ${person.name}</b>`,
      html`Berikan kepada orangnya sendiri; berlaku satu kali, selama ${rules.linkCodeHours} jam.`,
      html`\nTautan: ${address}`,
      html`Atau ketik di chat bot: <code>/start ${code}</code>`,
    ).markup,
    buttons: [[{ label: "◀️ Kembali", press: { do: "person", personId } }]],
  };
}
