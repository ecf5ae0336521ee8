import { findTroubles, type KnownTrouble } from "../../../core/db/monitoring/troubles.ts";
import type { Db } from "../../../core/db/tables.ts";
import { type Draft, findDraft } from "../../../core/db/ticket/drafts.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { refusalOfJoining } from "../../../core/domain/monitoring/trouble.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { review } from "../../forms/form.ts";
import { type BegunComplaint, complaintIn, isInRegister } from "../../forms/ticket/begun-complaint.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { stoppedLine } from "./monitor-stopped.ts";
import { behindWords, showSpan, stateWords } from "./monitor-words.ts";
import { handledWords } from "./outage-words.ts";

const troublesShown = 3;
const longestName = 50;

type Words = { join: string; goOn: string; hasJoined: string; mayJoin: string; mayNot: string };

const ownWords: Words = {
  join: "Saya juga terdampak",
  goOn: "Tetap laporkan",
  hasJoined: "Anda sudah tercatat terdampak, dan diberi tahu bila selesai.",
  mayJoin:
    "Bila ini yang Anda alami, tekan Saya juga terdampak: Anda diberi tahu bila selesai. Bila keluhan Anda lain, tetap laporkan. Jawaban Anda tersimpan.",
  mayNot: "Bila keluhan Anda lain, tetap laporkan. Jawaban Anda tersimpan.",
};

/** For who writes it down for another. */
const reporterWords: Words = {
  join: "Catat sebagai terdampak",
  goOn: "Tetap catat",
  hasJoined: "Pelapor sudah tercatat terdampak.",
  mayJoin:
    "Bila ini yang dialami pelapor, tekan Catat sebagai terdampak: ia diberi tahu bila selesai, bila ada di Telegram. Bila keluhannya lain, tetap catat. Jawaban tersimpan.",
  mayNot: "Bila keluhan pelapor lain, tetap catat. Jawaban tersimpan.",
};

const notInRegister =
  "Pelapor belum ada dalam daftar orang, jadi tidak dapat diberi tahu bot. Bila ini yang dialaminya, tulis nama dan teleponnya sebagai catatan pada tiket gangguannya; bila keluhannya lain, tetap catat. Jawaban tersimpan.";

/** Before a complaint is filed: what is known of it already, and the choice to join that. What was entered stays. */
export async function renderTroubleKnown(
  db: Db,
  viewer: Person,
  { draftId }: { draftId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const draft = await findDraft(db, { id: draftId, personId: viewer.id, now });
  const begun = draft && (await complaintIn(db, draft, viewer));
  if (draft === undefined || begun === undefined) return undefined;
  const { complainant, isForOther } = begun;
  const words = isForOther ? reporterWords : ownWords;
  const troubles = (await findTroubles(db, complainant, begun, now)).slice(0, troublesShown);
  const joinable = troubles.flatMap((trouble) => joinButton(trouble, begun, draftId, troubles.length > 1));
  const tickets = isForOther ? [...new Set(troubles.flatMap(({ ticketId }) => ticketId ?? []))] : [];
  const alone = tickets.length > 0 && !isInRegister(complainant) ? notInRegister : words.mayNot;
  return {
    as: "text",
    html: lines(
      troubles.length === 0 ? html`🟢 Baru saja normal kembali.` : html`⚠️ <b>Ini sudah diketahui</b>`,
      await stoppedLine(db, office, now),
      ...troubles.map((trouble) => troubleLines(trouble, words, office, now)),
      html`\n${joinable.length > 0 ? words.mayJoin : alone}`,
    ).markup,
    buttons: [
      ...joinable.map((button) => [button]),
      ...tickets.map((ticketId) => [ticketButton(ticketId)]),
      [goOnButton(draft, words)],
      [cancelButton(draftId)],
    ],
  };
}

function troubleLines(
  { kind, target, root, isOpen, behind, ticketId, hasJoined, takenBy, window }: KnownTrouble,
  words: Words,
  office: OfficeWords,
  now: Date,
): Html {
  const name = shorten(target.name, longestName);
  const state = target.seen.isPaused ? "paused" : target.seen.state;
  const since = target.seen.since;
  const lasts =
    state === "down" && since !== null
      ? ` sejak ${showTime(since, office)} (${showSpan(now.getTime() - since.getTime())})`
      : "";
  const until = window === undefined ? "" : ` sampai ${showTime(window.endsAt, office)}: ${window.reason}`;
  return lines(
    kind === "maintenance"
      ? html`\n🛠 <b>${name}</b> dalam pemeliharaan${until}`
      : html`\n${stateWords[state].icon} <b>${name}</b> ${stateWords[state].label.toLowerCase()}${lasts}`,
    root.id === target.id
      ? undefined
      : html`Penyebab: <b>${shorten(root.name, longestName)}</b>, ${behindWords(behind)}`,
    takenLine({ kind, isOpen, takenBy }),
    hasJoined ? html`☑️ ${words.hasJoined}` : undefined,
    ticketId === undefined ? undefined : html`🎫 Tiket: <code>${ticketNumber(ticketId)}</code>`,
  );
}

/** Nobody is told before the cause is certain, nor in maintenance. */
function takenLine({ kind, isOpen, takenBy }: Pick<KnownTrouble, "kind" | "isOpen" | "takenBy">): Html | undefined {
  if (isOpen) return html`⏳ Penyebabnya sedang dipastikan.`;
  if (kind === "maintenance") return undefined;
  return handledWords(takenBy);
}

function joinButton(
  { isOpen, root, found, hasJoined }: KnownTrouble,
  { complainant, isForOther }: BegunComplaint,
  draftId: number,
  isOneOfSome: boolean,
): Button[] {
  if (isOpen || hasJoined || found === undefined || !isInRegister(complainant)) return [];
  if (refusalOfJoining(complainant, found) !== undefined) return [];
  const { join } = isForOther ? reporterWords : ownWords;
  const forWhom = isForOther ? { personId: complainant.id } : {};
  const which = isOneOfSome ? `: ${shorten(root.name, longestName)}` : "";
  return [
    { label: `🙋 ${join}${which}`, press: { do: "join-outage", outageId: found.outage.id, draftId, ...forWhom } },
  ];
}

function ticketButton(ticketId: number): Button {
  return { label: `🎫 Buka ${ticketNumber(ticketId)}`, press: { do: "open-ticket", ticketId } };
}

/** At the last look it is sent, else the form goes on. */
function goOnButton({ id: draftId, question }: Draft, { goOn }: Words): Button {
  return { label: `📨 ${goOn}`, press: { do: question === review ? "submit" : "resume", draftId } };
}

function cancelButton(draftId: number): Button {
  return { label: "✖️ Batal", press: { do: "discard", draftId } };
}
