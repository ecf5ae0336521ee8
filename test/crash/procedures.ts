import { parseTicketNumber, ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { CrashDesk, Filing } from "./desk.ts";
import type { Person } from "./person.ts";

/** Lets something happen to the bot at a moment that has a name. */
export type At<Moment extends string> = (moment: Moment, act: () => Promise<void>) => Promise<void>;

export type FilingMoment = "first answer" | "description" | "Kirim";
export type WorkMoment = "work order" | "step";

const undisturbed = (_moment: string, act: () => Promise<void>) => act();

/** A complaint, from the command to the number that its requester is told. */
export async function fileComplaint(
  { filings, deeds }: Pick<CrashDesk, "filings" | "deeds">,
  person: Person,
  description: string,
  at: At<FilingMoment> = undisturbed,
): Promise<Filing> {
  await person.say("/lapor");
  await person.press("Lapor gangguan aplikasi");
  await at("first answer", () => person.press("SIMPEG"));
  await person.sees("Apa yang terjadi?");
  await at("description", () => person.say(description));
  await person.press("Baru saja");
  await person.press("Lanjut");
  await at("Kirim", () => person.press("Kirim"));
  const card = await person.sees("Tiket Anda sudah diterima", description);
  const ticketId = numberOn(card.text ?? "");
  const filing = { person, description, ticketId };
  filings.push(filing);
  deeds.set(ticketId, ["filed"]);
  return filing;
}

/** The help desk issues the work order, as it does for every complaint. */
export async function issueWorkOrder(
  { people: { dewi }, deeds }: CrashDesk,
  ticketId: number,
  at: At<WorkMoment> = undisturbed,
): Promise<void> {
  const number = ticketNumber(ticketId);
  await dewi.press("Terbitkan WO", number, "Keadaan:");
  await dewi.press("Belum diketahui", number);
  await at("work order", () => dewi.press("Lewati", number));
  await dewi.sees("Tercatat", number, "Aplikasi diperiksa IT Support");
  deeds.get(ticketId)?.push("issue-work-order");
}

/** IT support takes the ticket and does the first step of the work. */
export async function checkApplication(
  { people: { budi }, deeds }: CrashDesk,
  ticketId: number,
  at: At<WorkMoment> = undisturbed,
): Promise<void> {
  const number = ticketNumber(ticketId);
  await budi.press("Saya kerjakan", number);
  deeds.get(ticketId)?.push("taken");
  await at("step", () => budi.press("Aplikasi normal", number, `Dikerjakan oleh: ${budi.name}`));
  await budi.sees(number, "Komputer pemohon diperiksa");
  deeds.get(ticketId)?.push("application-is-normal");
}

export function numberOn(text: string): number {
  const number = parseTicketNumber(/T-\d+/.exec(text)?.[0] ?? "");
  if (number === undefined) throw new Error(`there is no ticket's number on: ${text}`);
  return number;
}
