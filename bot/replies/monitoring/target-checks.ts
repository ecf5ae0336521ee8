import { findTokenTime } from "../../../core/db/monitoring/heartbeats.ts";
import { findCheck, listChecksOf } from "../../../core/db/monitoring/monitor-checks.ts";
import {
  countBehind,
  findTarget,
  findTargetName,
  type StoredTarget,
} from "../../../core/db/monitoring/monitor-targets.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Check } from "../../../core/domain/monitoring/check.ts";
import { checkKindsOf } from "../../../core/domain/monitoring/check-fields.ts";
import { followsHosting } from "../../../core/domain/monitoring/hosted.ts";
import type { TargetKind } from "../../../core/domain/monitoring/target.ts";
import { mayManageTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { type Html, html, lines } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { explain } from "../refusals.ts";
import { checkWords, downWord, showCheck, targetButton } from "./monitor-words.ts";
import { checkGone, targetGone } from "./target-gone.ts";

const longestName = 50;
/** Where it stands alone in its line. */
const longestCheck = 100;

/** How a target is watched, with the buttons that change that. @param screen.entered of one that was not taken, but for what was wrong */
export async function renderTargetChecks(
  db: Db,
  viewer: Person,
  { targetId, entered }: { targetId: number; entered?: Answers },
  office: OfficeWords,
  heading?: Html,
): Promise<Rendered | undefined> {
  if (!mayManageTargets(viewer)) return undefined;
  const target = await findTarget(db, targetId);
  if (target === undefined) return targetGone;
  const checks = await listChecksOf(db, targetId);
  return {
    as: "text",
    html: lines(
      heading,
      html`📋 <b>Pemeriksaan ${target.name}</b>`,
      checks.length === 0 ? html`Belum ada. Tambahkan satu: ${waysOf(target.kind, office)}.` : undefined,
      ...checks.map(({ settings }, index) => html`${index + 1}. ${shorten(showCheck(settings), longestCheck)}`),
    ).markup,
    buttons: [
      ...checks.map(checkButtons).filter((buttons) => buttons.length > 0),
      ...(entered === undefined
        ? []
        : [[{ label: "✏️ Perbaiki isian tadi", press: { do: "add-check" as const, targetId, answers: entered } }]]),
      [{ label: "➕ Tambah pemeriksaan", press: { do: "add-check", targetId } }],
      [targetButton(targetId, `◀️ ${shorten(target.name, longestName)}`)],
    ],
  };
}

/** One more was wished, by a name: whether it is there. */
export async function renderCheckTried(
  db: Db,
  viewer: Person,
  { targetId, refusal, answers, unsureOf }: Tried,
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const heading = refusal === undefined ? unsureLine(unsureOf) : html`⚠️ ${await explain(db, refusal, office)}\n`;
  return renderTargetChecks(db, viewer, { targetId, ...mending(refusal, answers) }, office, heading);
}

type Tried = { targetId: number; refusal?: Refusal; answers?: Answers; unsureOf?: string };

/** What was entered but for what was wrong with it. */
function mending(refusal: Refusal | undefined, answers: Answers | undefined): { entered?: Answers } {
  const wrong = refusal?.values.field;
  if (typeof wrong !== "string" || answers === undefined) return {};
  return { entered: Object.fromEntries(Object.entries(answers).filter(([name]) => name !== wrong)) };
}

function unsureLine(name: string | undefined): Html | undefined {
  if (name === undefined) return undefined;
  return html`⚠️ Server nama tidak menjawab, jadi ${name} belum dapat dipastikan. Pemeriksaannya tetap ditambahkan.\n`;
}

/** "ping, port TCP, halaman web" */
function waysOf(kind: TargetKind, office: OfficeWords): string {
  return checkKindsOf(kind, office)
    .map((each) => checkWords[each])
    .join(", ");
}

/** One of a machine comes and goes by itself. The address of a heartbeat is lost with it, so that asks once more. */
function checkButtons({ id: checkId, settings }: Check): Button[] {
  if (followsHosting(settings)) return [];
  const label = `🗑 Hapus ${shorten(showCheck(settings), longestName)}`;
  if (settings.kind !== "heartbeat") return [{ label, press: { do: "remove-check", checkId } }];
  return [
    { label, press: { do: "ask-removing-check", checkId } },
    { label: "🔑 Alamat baru", press: { do: "ask-renewing-beat", checkId } },
  ];
}

/** Asks once more: what calls the former address is in vain from then on. */
export async function renderBeatRenewing(
  db: Db,
  viewer: Person,
  { checkId }: { checkId: number },
): Promise<Rendered | undefined> {
  if (!mayManageTargets(viewer)) return undefined;
  const found = await findCheckOfTarget(db, checkId);
  if (found === undefined) return checkGone;
  const { target } = found;
  const former = await findTokenTime(db, checkId);
  return askOnceMore(
    html`🔑 Buat alamat baru untuk tanda <b>${target.name}</b>? Alamat yang lama langsung tidak berlaku: skripnya harus diganti.`,
    {
      label: "Ya, buat alamat baru",
      press: { do: "renew-beat", checkId, formerAt: former?.toISOString() ?? null },
    },
    { do: "target-checks", targetId: target.id },
  );
}

/** Asks once more: what calls its address is in vain from then on, and no other check has that address. */
export async function renderCheckRemoving(
  db: Db,
  viewer: Person,
  { checkId }: { checkId: number },
): Promise<Rendered | undefined> {
  if (!mayManageTargets(viewer)) return undefined;
  const found = await findCheckOfTarget(db, checkId);
  if (found === undefined) return checkGone;
  const { check, target } = found;
  return askOnceMore(
    html`🗑 Hapus ${showCheck(check.settings)} dari <b>${target.name}</b>? Alamatnya langsung tidak berlaku, juga bila nanti ditambahkan lagi.`,
    { label: "Ya, hapus pemeriksaannya", press: { do: "remove-check", checkId } },
    { do: "target-checks", targetId: target.id },
  );
}

async function findCheckOfTarget(db: Db, checkId: number) {
  const check = await findCheck(db, checkId);
  const target = check && (await findTarget(db, check.targetId));
  return check === undefined || target === undefined ? undefined : { check, target };
}

/** Asks once more: nobody sees when it is back, and its ticket waits for people. */
export async function renderTargetPausing(
  db: Db,
  viewer: Person,
  { targetId }: { targetId: number },
): Promise<Rendered | undefined> {
  if (!mayManageTargets(viewer)) return undefined;
  const target = await findTarget(db, targetId);
  if (target === undefined) return targetGone;
  const { version, name, kind } = target;
  return askOnceMore(
    html`⏸ Jeda <b>${name}</b>, yang sedang ${downWord(kind)}? Selama dijeda tidak ada yang melihat bila normal kembali, dan tiketnya tidak selesai sendiri. Untuk pekerjaan terencana, tekan 🛠 Pemeliharaan di halamannya.`,
    { label: "Ya, jeda", press: { do: "pause-target", targetId, version, isPaused: true } },
    { do: "target", targetId, turns: true },
  );
}

/** Asks once more. */
export async function renderTargetRemoving(
  db: Db,
  viewer: Person,
  { targetId }: { targetId: number },
): Promise<Rendered | undefined> {
  if (!mayManageTargets(viewer)) return undefined;
  const target = await findTarget(db, targetId);
  if (target === undefined) return targetGone;
  const { version } = target;
  return askOnceMore(
    html`🗑 Hapus <b>${target.name}</b> dari pemantauan? Riwayat gangguannya tetap tersimpan.${await movesUp(db, target)}`,
    { label: "Ya, hapus dari pemantauan", press: { do: "remove-target", targetId, version } },
    { do: "target", targetId, turns: true },
  );
}

/** What becomes of what lies right behind it. */
async function movesUp(db: Db, { id, parentId }: StoredTarget): Promise<Html> {
  const count = await countBehind(db, id);
  if (count === 0) return html``;
  const parent = parentId === null ? undefined : await findTargetName(db, parentId);
  const to = parent === undefined ? html`tidak di belakang apa pun lagi` : html`pindah ke belakang <b>${parent}</b>`;
  return html` Yang tepat di belakangnya (${count}) tetap dipantau, dan ${to}.`;
}
