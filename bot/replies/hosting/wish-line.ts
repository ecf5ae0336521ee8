import type { Db } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { Register } from "../../../core/domain/form/field.ts";
import type { Application } from "../../../core/domain/hosting/application.ts";
import type { HostingRules } from "../../../core/domain/hosting/hosting-rules.ts";
import { type Difference, differencesFromWishes } from "../../../core/domain/hosting/wishes.ts";
import { type Html, html } from "../html.ts";
import { reachWords, titleOfOffered } from "./hosting-titles.ts";

/**
 * Where a plan differs from what was asked for. Only of what does not stand yet: later it is what was approved.
 *
 * @param imageReference of what its image was fetched from
 */
export async function wishLine(
  db: Db,
  application: Application,
  imageReference: string | null,
  hosting: HostingRules | undefined,
): Promise<Html | undefined> {
  const { change, ticketId } = application.revision;
  const ticket = change === "new" && application.standingId === null ? await findTicket(db, ticketId) : undefined;
  const differences = ticket === undefined ? [] : differencesFromWishes(ticket.answers, application, imageReference);
  if (differences.length === 0) return undefined;
  const words = differences.map((each) => {
    const show = (answer: string) => showWish(each.what, answer, hosting);
    return `${wishWords[each.what]} ${show(each.wished)} → ${show(each.planned)}`;
  });
  return html`⚠️ Lain dari yang diminta: ${words.join("; ")}`;
}

const wishWords: Record<Difference["what"], string> = {
  runtime: "runtime",
  database: "basis data",
  "image-reference": "image",
  size: "ukuran",
  reach: "jangkauan",
  "dns-name": "nama",
};
const registers: Partial<Record<Difference["what"], Register>> = {
  runtime: "hosting-runtimes",
  database: "hosting-databases",
  size: "hosting-sizes",
};

function showWish(what: Difference["what"], answer: string, hosting: HostingRules | undefined): string {
  const register = registers[what];
  if (register !== undefined) return titleOfOffered(register, answer, hosting) ?? answer;
  if (answer === "") return "berkas yang dikirim";
  return what === "reach" ? (reachWords[answer as keyof typeof reachWords] ?? answer) : answer;
}
