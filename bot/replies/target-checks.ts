import { findCheck, listChecksOf } from "../../core/db/monitor-checks.ts";
import { findTarget } from "../../core/db/monitor-targets.ts";
import type { Db } from "../../core/db/tables.ts";
import { shorten } from "../../core/domain/form/text.ts";
import type { Check } from "../../core/domain/monitoring/check.ts";
import { checkKindsOf } from "../../core/domain/monitoring/check-fields.ts";
import type { TargetKind } from "../../core/domain/monitoring/target.ts";
import { mayManageTargets } from "../../core/domain/monitoring/target-access.ts";
import type { Refusal } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Button, Rendered } from "../rendered.ts";
import { type Html, html, lines } from "./html.ts";
import { checkWords, showCheck, targetButton } from "./monitor-words.ts";
import type { OfficeWords } from "./office-words.ts";
import { explain } from "./refusals.ts";

const longestName = 50;

/** How a target is watched, with the buttons that change that. */
export async function renderTargetChecks(
  db: Db,
  viewer: Person,
  { targetId }: { targetId: number },
  heading?: Html,
): Promise<Rendered | undefined> {
  const target = mayManageTargets(viewer) ? await findTarget(db, targetId) : undefined;
  if (target === undefined) return undefined;
  const checks = await listChecksOf(db, targetId);
  return {
    as: "text",
    html: lines(
      heading,
      html`📋 <b>Pemeriksaan ${target.name}</b>`,
      checks.length === 0 ? html`Belum ada. Tambahkan satu: ${waysOf(target.kind)}.` : undefined,
      ...checks.map(({ settings }, index) => html`${index + 1}. ${showCheck(settings)}`),
    ).markup,
    buttons: [
      ...checks.map((check) => [removeButton(check), ...renewButtons(check)]),
      [{ label: "➕ Tambah pemeriksaan", press: { do: "add-check", targetId } }],
      [targetButton(targetId, `◀️ ${shorten(target.name, longestName)}`)],
    ],
  };
}

/** One more was wished, by a name: whether it is there. */
export async function renderCheckTried(
  db: Db,
  viewer: Person,
  { targetId, refusal, unsureOf }: { targetId: number; refusal?: Refusal; unsureOf?: string },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const heading = refusal === undefined ? unsureLine(unsureOf) : html`⚠️ ${await explain(db, refusal, office)}\n`;
  return renderTargetChecks(db, viewer, { targetId }, heading);
}

function unsureLine(name: string | undefined): Html | undefined {
  if (name === undefined) return undefined;
  return html`⚠️ Server nama tidak menjawab, jadi ${name} belum dapat dipastikan. Pemeriksaannya tetap ditambahkan.\n`;
}

/** "ping, port TCP, halaman web" */
function waysOf(kind: TargetKind): string {
  return checkKindsOf(kind)
    .map((each) => checkWords[each])
    .join(", ");
}

function renewButtons({ id, settings }: Check): Button[] {
  if (settings.kind !== "heartbeat") return [];
  return [{ label: "🔑 Alamat baru", press: { do: "ask-renewing-beat", checkId: id } }];
}

function removeButton({ id, settings }: Check): Button {
  return { label: `🗑 Hapus ${shorten(showCheck(settings), longestName)}`, press: { do: "remove-check", checkId: id } };
}

/** Asks once more: what calls the former address is in vain from then on. */
export async function renderBeatRenewing(
  db: Db,
  viewer: Person,
  { checkId }: { checkId: number },
): Promise<Rendered | undefined> {
  const check = mayManageTargets(viewer) ? await findCheck(db, checkId) : undefined;
  const target = check && (await findTarget(db, check.targetId));
  if (target === undefined) return undefined;
  return {
    as: "text",
    html: html`🔑 Buat alamat baru untuk tanda <b>${target.name}</b>? Alamat yang lama langsung tidak berlaku: skripnya harus diganti.`
      .markup,
    buttons: [
      [{ label: "Ya, buat alamat baru", press: { do: "renew-beat", checkId } }],
      [{ label: "◀️ Kembali", press: { do: "target-checks", targetId: target.id } }],
    ],
  };
}

/** Asks once more. */
export async function renderTargetRemoving(
  db: Db,
  viewer: Person,
  { targetId }: { targetId: number },
): Promise<Rendered | undefined> {
  const target = mayManageTargets(viewer) ? await findTarget(db, targetId) : undefined;
  if (target === undefined) return undefined;
  const { version } = target;
  return {
    as: "text",
    html: html`🗑 Hapus <b>${target.name}</b> dari pemantauan? Riwayat gangguannya tetap tersimpan, dan yang di belakangnya tetap dipantau.`
      .markup,
    buttons: [
      [{ label: "Ya, hapus dari pemantauan", press: { do: "remove-target", targetId, version } }],
      [{ label: "◀️ Kembali", press: { do: "target", targetId, turns: true } }],
    ],
  };
}
