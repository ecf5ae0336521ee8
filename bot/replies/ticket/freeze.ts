import { isOnDuty } from "../../../core/db/shift/on-duty.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findFreezeRow, readFreeze } from "../../../core/db/ticket/freeze.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { isApprover } from "../../../core/domain/ticket/approval-rules.ts";
import { refusalOfFreezing, refusalOfLifting } from "../../../core/domain/ticket/freeze-rules.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";

const longestReason = 500;

/** For the menu of the desk and of those who approve: whether all stands still, and the button to change it. */
export async function freezeOnMenu(
  db: Db,
  viewer: Person,
  office: OfficeWords,
): Promise<{ line: Html | undefined; buttons: Button[] }> {
  if (!isApprover(viewer)) return { line: undefined, buttons: [] };
  const freeze = await readFreeze(db);
  const buttons: Button[] = [];
  if (refusalOfFreezing(viewer, await isOnDuty(db, viewer), freeze) === undefined) {
    buttons.push({ label: "🧊 Bekukan persetujuan", press: { do: "change-freeze", change: "set" } });
  }
  if (refusalOfLifting(viewer, freeze) === undefined) {
    buttons.push({ label: "☀️ Cabut pembekuan", press: { do: "change-freeze", change: "lifted" } });
  }
  if (freeze.state === "lifted") return { line: undefined, buttons };
  if (freeze.state === "unreadable") {
    return { line: html`🧊 Status pembekuan tidak dapat dibaca, jadi tidak ada yang disetujui.\n`, buttons };
  }
  const since = showTime(freeze.at, office);
  const line = html`🧊 <b>Persetujuan dibekukan</b> oleh ${freeze.personName}, ${since}: ${shorten(freeze.reason, longestReason)}\n`;
  return { line, buttons };
}

/** The announcement to the whole desk. */
export async function renderFreezeChanged(
  db: Db,
  viewer: Person,
  { freezeId }: { freezeId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const row = await findFreezeRow(db, freezeId);
  if (row === undefined || !isApprover(viewer)) return undefined;
  const what =
    row.kind === "set"
      ? html`🧊 <b>Persetujuan dibekukan.</b> Tidak ada yang disetujui sampai pimpinan mencabutnya.`
      : html`☀️ <b>Pembekuan dicabut.</b> Persetujuan berjalan lagi.`;
  const by = html`${row.personName}, ${showTime(row.at, office)}:`;
  const text = lines(what, by, html`<blockquote>${row.reason}</blockquote>`);
  return { as: "text", html: text.markup };
}
