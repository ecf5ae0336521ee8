import type { SubstitutionNews } from "../../../core/actions/people/people-notice.ts";
import { getPerson, holdsInOwnRight } from "../../../core/db/people/people.ts";
import { findSubstitution, listSubstitutionsFor } from "../../../core/db/people/substitutions.ts";
import type { Db } from "../../../core/db/tables.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import type { Role } from "../../../core/domain/people/roles.ts";
import {
  refusalOfDecidingSubstitution,
  refusalOfEndingSubstitution,
  type Substitution,
  type SubstitutionKind,
  substitutedRole,
} from "../../../core/domain/people/substitution-rules.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showDayOf, showTime } from "../office-words.ts";

const shownAtMost = 8;

const kindWords: Record<SubstitutionKind, string> = { plh: "Plh.", plt: "Plt." };

/** "Plh. GCIO/Kepala Dinas"; the role's own title for who holds it in their own right. */
export function titleOf(role: Role, kind: SubstitutionKind | null, { roles }: Pick<OfficeWords, "roles">): string {
  return kind === null ? roles[role] : `${kindWords[kind]} ${roles[role]}`;
}

/** Those of one holder of leadership: for the holder, and for administrators, who propose them. */
export async function renderSubstitutions(
  db: Db,
  viewer: Person,
  { forPersonId }: { forPersonId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const holder = await getPerson(db, forPersonId);
  if (viewer.id !== forPersonId && !hasRole(viewer, "administrator")) return undefined;
  const all = await listSubstitutionsFor(db, forPersonId, shownAtMost);
  const shown: Html[] = [];
  for (const each of all) shown.push(await substitutionLine(db, each, now, office));
  const ends: Button[][] = [];
  for (const each of all) {
    if (refusalOfEndingSubstitution(viewer, each) !== undefined) continue;
    const { name } = await getPerson(db, each.personId);
    ends.push([
      {
        label: `✖️ Akhiri: ${kindWords[each.kind]} ${name}`,
        press: { do: "end-substitution", substitutionId: each.id },
      },
    ]);
  }
  const mayName = await holdsInOwnRight(db, forPersonId, substitutedRole);
  const label = viewer.id === forPersonId ? "➕ Tunjuk Plh./Plt." : "➕ Usulkan Plh./Plt.";
  const back: Button[] =
    viewer.id === forPersonId ? [] : [{ label: "◀️ Kembali", press: { do: "person", personId: forPersonId } }];
  return {
    as: "text",
    html: lines(
      html`<b>Plh./Plt. ${office.roles[substitutedRole]} ${holder.name}</b>`,
      html`Plh. atau Plt. memutuskan persetujuan selama tanggalnya berlaku, dan namanya tertulis pada keputusan.`,
      ...(shown.length > 0 ? shown : [html`\nBelum ada yang ditunjuk.`]),
    ).markup,
    buttons: [...ends, mayName ? [{ label, press: { do: "name-substitute", forPersonId } }] : [], back],
  };
}

async function substitutionLine(db: Db, each: Substitution, now: Date, office: OfficeWords): Promise<Html> {
  const { name } = await getPerson(db, each.personId);
  return html`\n${stateOf(each, now)} <b>${kindWords[each.kind]} ${name}</b>\n${daysOf(each, office)}, ${each.decree}`;
}

function stateOf({ decision, startedAt, endedAt, startsAt }: Substitution, now: Date): string {
  if (decision === "rejected") return "🚫 Ditolak:";
  if (endedAt !== null) return "▫️ Berakhir:";
  if (decision === null) return "⏳ Menunggu administrator kedua:";
  return startedAt !== null || startsAt <= now ? "🪪 Berlaku:" : "📅 Akan datang:";
}

/** "24 Nov 2026" or "24 Nov 2026 sampai 30 Nov 2026" */
function daysOf({ startsAt, endsAt }: Pick<Substitution, "startsAt" | "endsAt">, office: OfficeWords): string {
  const [first, last] = [showDayOf(startsAt, office), showDayOf(new Date(endsAt.getTime() - 1), office)];
  return first === last ? first : `${first} sampai ${last}`;
}

/** A substitute whom an administrator proposes, or what became of it. */
export async function renderSubstitutionProposed(
  db: Db,
  viewer: Person,
  { substitutionId }: { substitutionId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const found = await findSubstitution(db, substitutionId);
  if (found === undefined || !hasRole(viewer, "administrator")) return undefined;
  const proposer = await getPerson(db, found.setBy);
  const what = html`${proposer.name} mengusulkan ${await whoForWhom(db, found, office)}.`;
  if (found.decidedBy !== null && found.decidedAt !== null) {
    const by = await getPerson(db, found.decidedBy);
    const decision = found.decision === "confirmed" ? "✅ Disetujui" : "🚫 Ditolak";
    const decided = html`${decision} ${by.name}, ${showTime(found.decidedAt, office)}.`;
    return { as: "text", html: lines(what, decided).markup };
  }
  if (found.endedAt !== null) return { as: "text", html: lines(what, html`Usulan ini tidak berlaku lagi.`).markup };
  const mayDecide = refusalOfDecidingSubstitution(viewer, found, now) === undefined;
  const press = { do: "decide-substitution", substitutionId } as const;
  const buttons: Button[][] = [
    [
      { label: "Setujui", press: { ...press, decision: "confirmed" } },
      { label: "Tolak", press: { ...press, decision: "rejected" } },
    ],
  ];
  return {
    as: "text",
    html: lines(html`🪪 ${what}`, html`Ini perlu persetujuan administrator kedua.`).markup,
    ...(mayDecide ? { buttons } : {}),
  };
}

const newsWords: Record<SubstitutionNews, string> = {
  set: "🪪 Ditunjuk:",
  rejected: "🚫 Usulan Anda ditolak:",
  started: "🪪 Mulai berlaku:",
  ended: "🪪 Berakhir:",
  "not-started": "⚠️ Tidak jadi berlaku, karena orang, akun Telegram, atau jabatannya sudah berubah:",
};

export async function renderSubstitutionNews(
  db: Db,
  viewer: Person,
  { substitutionId, news }: { substitutionId: number; news: SubstitutionNews },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const found = await findSubstitution(db, substitutionId);
  if (found === undefined) return undefined;
  const isTheirs = viewer.id === found.personId || viewer.id === found.forPersonId;
  if (!isTheirs && !hasRole(viewer, "administrator")) return undefined;
  return { as: "text", html: lines(html`${newsWords[news]}`, await whoForWhom(db, found, office)).markup };
}

async function whoForWhom(db: Db, found: Substitution, office: OfficeWords): Promise<Html> {
  const [person, holder] = [await getPerson(db, found.personId), await getPerson(db, found.forPersonId)];
  const title = titleOf(found.role, found.kind, office);
  return html`<b>${person.name}</b> sebagai <b>${title}</b> untuk ${holder.name}, ${daysOf(found, office)} (${found.decree})`;
}
