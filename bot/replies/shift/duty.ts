import { getPerson } from "../../../core/db/people/people.ts";
import { findPresentShift, findShift, listNotedShifts } from "../../../core/db/shift/shifts.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import {
  refusalOfAccepting,
  refusalOfBeginning,
  refusalOfEnding,
  refusalOfHandingOver,
} from "../../../core/domain/shift/shift-rules.ts";
import { worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showShortTime, showTime } from "../office-words.ts";
import { rosterLines } from "./roster.ts";

/** So many, each as long as may be, stay below Telegram's 4,096 characters. */
const notesOnPage = 4;
const longestNote = 700;

export function onDutyLine(person: Person | undefined): Html {
  return html`🧭 Petugas piket: <b>${person?.name ?? "belum ada"}</b>`;
}

/** Who is on duty, what the last one left, and what this person may do about it. */
export async function renderDuty(
  db: Db,
  viewer: Person,
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  if (!worksAtDesk(viewer)) return undefined;
  const present = await findPresentShift(db);
  const [latest] = await listNotedShifts(db, { offset: 0, limit: 1 });
  const offeredTo = present?.offeredTo == null ? undefined : await getPerson(db, present.offeredTo);
  const text = lines(
    onDutyLine(present?.person),
    present === undefined ? undefined : html`Sejak ${showTime(present.beganAt, office)}`,
    offeredTo === undefined ? undefined : html`⏳ Ditawarkan kepada ${offeredTo.name}, belum diterima.`,
    ...(await rosterLines(db, now, office)),
    latest === undefined
      ? undefined
      : html`\nCatatan terakhir, ${latest.personName}, ${showShortTime(latest.endedAt ?? latest.beganAt, office)}:<blockquote>${shorten(latest.note, longestNote)}</blockquote>`,
  );
  const shiftId = present?.id ?? 0;
  const rows: (readonly [Button, unknown])[] = [
    [{ label: "🧭 Mulai piket", press: { do: "begin-shift" } }, refusalOfBeginning(viewer, present)],
    [acceptButton(shiftId), present === undefined ? "nobody" : refusalOfAccepting(viewer, present)],
    [{ label: "🔁 Serahkan piket", press: { do: "hand-over-shift", shiftId } }, refusalOfHandingOver(viewer, present)],
    [{ label: "⏹ Akhiri piket", press: { do: "end-shift", shiftId } }, refusalOfEnding(viewer, present)],
  ];
  const mine = rows.filter(([, refusal]) => refusal === undefined).map(([button]) => [button]);
  const notes: Button[] =
    latest === undefined ? [] : [{ label: "📖 Catatan piket", press: { do: "shift-notes", page: 0 } }];
  const roster: Button = { label: "📅 Jadwal piket", press: { do: "roster", page: 0 } };
  return { as: "text", html: text.markup, buttons: [...mine, [roster, ...notes]] };
}

function acceptButton(shiftId: number): Button {
  return { label: "✅ Terima piket", press: { do: "accept-shift", shiftId } };
}

/** The question to whom a shift is to go; afterwards what became of it, without the button. */
export async function renderShiftOffered(
  db: Db,
  viewer: Person,
  { shiftId, toPersonId }: { shiftId: number; toPersonId: number },
): Promise<Rendered | undefined> {
  const shift = await findShift(db, shiftId);
  if (shift === undefined || viewer.id !== toPersonId || !worksAtDesk(viewer)) return undefined;
  const from = await getPerson(db, shift.personId);
  const quoted = html`<blockquote>${shift.note ?? ""}</blockquote>`;
  if (refusalOfAccepting(viewer, shift) === undefined) {
    const ask = html`🔁 ${from.name} menyerahkan piket kepada Anda. Sampai Anda menerimanya, ${from.name} tetap piket.`;
    return { as: "text", html: lines(ask, quoted).markup, buttons: [[acceptButton(shiftId)]] };
  }
  const text =
    shift.handedTo === viewer.id
      ? lines(html`✅ Anda menerima piket dari ${from.name}.`, quoted)
      : html`🔁 Piket dari ${from.name} tidak lagi ditawarkan kepada Anda.`;
  return { as: "text", html: text.markup };
}

/** For who was on duty and no longer is. */
export async function renderShiftOver(
  db: Db,
  viewer: Person,
  { shiftId, byPersonId }: { shiftId: number; byPersonId: number },
): Promise<Rendered | undefined> {
  const shift = await findShift(db, shiftId);
  if (shift === undefined || shift.personId !== viewer.id) return undefined;
  const by = await getPerson(db, byPersonId);
  const text =
    shift.handedTo === by.id
      ? html`🔁 ${by.name} menerima piket dari Anda.`
      : html`⏹ ${by.name} mengakhiri piket Anda:<blockquote>${shift.note ?? ""}</blockquote>`;
  return { as: "text", html: text.markup };
}

/** What each shift left to the next, the latest first. */
export async function renderShiftNotes(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!worksAtDesk(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, notesOnPage, (range) => listNotedShifts(db, range));
  const rows = items.map(({ personName, handedToName, beganAt, endedAt, note }) => {
    const until = endedAt === null ? "" : ` sampai ${showShortTime(endedAt, office)}`;
    const to = handedToName === null ? "" : `, diserahkan kepada ${handedToName}`;
    return html`\n<b>${personName}</b>, ${showShortTime(beganAt, office)}${until}${to}<blockquote>${shorten(note, longestNote)}</blockquote>`;
  });
  const text = lines(
    html`<b>📖 Catatan piket</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
    ...(rows.length > 0 ? rows : [html`Belum ada catatan piket.`]),
  );
  const turn = pageButtons(page, hasMore, (to) => ({ do: "shift-notes", page: to, turns: true }));
  return { as: "text", html: text.markup, buttons: [turn, [{ label: "🧭 Piket", press: { do: "duty" } }]] };
}
