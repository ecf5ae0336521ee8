import { type Draft, findDraft } from "../../core/db/drafts.ts";
import type { Db } from "../../core/db/tables.ts";
import { findTroubles, type KnownTrouble } from "../../core/db/troubles.ts";
import { shorten } from "../../core/domain/form/text.ts";
import { refusalOfJoining } from "../../core/domain/monitoring/trouble.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import { review } from "../forms/form.ts";
import type { Button, Rendered } from "../rendered.ts";
import { type Html, html, lines } from "./html.ts";
import { stoppedLine } from "./monitor-stopped.ts";
import { showSpan, stateWords } from "./monitor-words.ts";
import { type OfficeWords, showTime } from "./office-words.ts";
import { handledWords } from "./outage-words.ts";

const troublesShown = 3;
const longestName = 50;

/** Before a complaint is filed: what is known of it already, and the choice to join that. What was entered stays. */
export async function renderTroubleKnown(
  db: Db,
  viewer: Person,
  { draftId }: { draftId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const draft = await findDraft(db, { id: draftId, personId: viewer.id, now });
  if (draft === undefined) return undefined;
  const begun = { procedure: String(draft.subject.procedure), answers: draft.answers };
  const troubles = (await findTroubles(db, viewer, begun, now)).slice(0, troublesShown);
  const joinable = troubles.flatMap((trouble) => joinButton(trouble, viewer, draftId, troubles.length > 1));
  return {
    as: "text",
    html: lines(
      troubles.length === 0 ? html`🟢 Baru saja normal kembali.` : html`⚠️ <b>Ini sudah diketahui</b>`,
      await stoppedLine(db, office, now),
      ...troubles.map((trouble) => troubleLines(trouble, office, now)),
      joinable.length === 0
        ? html`\nBila keluhan Anda lain, tetap laporkan. Jawaban Anda tersimpan.`
        : html`\nBila ini yang Anda alami, tekan Saya juga terdampak: Anda diberi tahu bila selesai. Bila keluhan Anda lain, tetap laporkan. Jawaban Anda tersimpan.`,
    ).markup,
    buttons: [...joinable.map((button) => [button]), [goOnButton(draft)], [cancelButton(draftId)]],
  };
}

function troubleLines(
  { kind, target, root, isOpen, behind, found, hasJoined, takenBy, window }: KnownTrouble,
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
      : html`Penyebab: <b>${shorten(root.name, longestName)}</b>, ${behind} di belakangnya`,
    takenLine({ kind, isOpen, takenBy }),
    hasJoined ? html`☑️ Anda sudah tercatat terdampak, dan diberi tahu bila selesai.` : undefined,
    found?.ticketId === undefined ? undefined : html`🎫 Tiket: <code>${ticketNumber(found.ticketId)}</code>`,
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
  viewer: Person,
  draftId: number,
  isOneOfSome: boolean,
): Button[] {
  if (isOpen || hasJoined || found === undefined || refusalOfJoining(viewer, found) !== undefined) return [];
  const which = isOneOfSome ? `: ${shorten(root.name, longestName)}` : "";
  return [
    { label: `🙋 Saya juga terdampak${which}`, press: { do: "join-outage", outageId: found.outage.id, draftId } },
  ];
}

/** At the last look it is sent, else the form goes on. */
function goOnButton({ id: draftId, question }: Draft): Button {
  return { label: "📨 Tetap laporkan", press: { do: question === review ? "submit" : "resume", draftId } };
}

function cancelButton(draftId: number): Button {
  return { label: "✖️ Batal", press: { do: "discard", draftId } };
}
