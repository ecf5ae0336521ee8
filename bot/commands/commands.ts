import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { parseTicketNumber, worksAtDesk } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";
import { findTickets } from "../find/find-tickets.ts";
import { activeDraft, beginForm, discard } from "../forms/fill-in.ts";
import { ticketSearchForm } from "../forms/ticket/ticket-search-form.ts";
import { showAddresses } from "./address-presses.ts";
import { pressOnAnnouncement } from "./announcement-presses.ts";
import { showInventory } from "./asset-presses.ts";
import { openLabel, showCables } from "./cable-presses.ts";
import { showDuty } from "./duty-presses.ts";
import { showApplications } from "./hosting-presses.ts";
import { showOverview } from "./list-presses.ts";
import { showStatus } from "./monitor-presses.ts";
import { showNames } from "./name-presses.ts";
import { showPeople } from "./people-presses.ts";
import { showRacks } from "./rack-presses.ts";
import { openTicket } from "./ticket-presses.ts";

type Run = (conversation: Conversation, rest: string) => Promise<Outcome>;

const showMenu: Run = async (conversation) => {
  await reply(conversation, { kind: "menu" });
  return accept();
};

const showHelp: Run = async (conversation) => {
  await reply(conversation, { kind: "help" });
  return accept();
};

const showRequests: Run = async (conversation) => {
  await reply(conversation, { kind: "request-list", page: 0 });
  return accept();
};

const showTickets: Run = async (conversation, rest) => {
  if (rest === "") {
    await reply(conversation, { kind: "ticket-list", list: "mine", page: 0 });
    return accept();
  }
  const ticketId = parseTicketNumber(rest);
  return ticketId === undefined ? refuse("ticket-number-unreadable") : openTicket(conversation, ticketId);
};

const showList =
  (list: "queue" | "work"): Run =>
  async (conversation) => {
    if (!worksAtDesk(conversation.person)) return refuse("not-at-desk");
    await reply(conversation, { kind: "ticket-list", list, page: 0 });
    return accept();
  };

const showOfficeTickets: Run = async (conversation) => {
  if (!hasRole(conversation.person, "system-officer")) return refuse("not-officer");
  await reply(conversation, { kind: "ticket-list", list: "office", page: 0 });
  return accept();
};

/** Without words it asks for them. */
const search: Run = (conversation, rest) =>
  rest === "" ? beginForm(conversation, ticketSearchForm, {}) : findTickets(conversation, rest);

const cancelForm: Run = async (conversation) => {
  const draft = await activeDraft(conversation);
  if (draft === undefined) await reply(conversation, { kind: "said", what: "no-form" });
  else await discard(conversation, draft);
  return accept();
};

const commands: Record<string, Run> = {
  /** The QR code of a cable's label leads to it. */
  start: (conversation, rest) => openLabel(conversation, rest) ?? showMenu(conversation, rest),
  menu: showMenu,
  /** The menu offers the procedures. */
  lapor: showMenu,
  permintaan: showRequests,
  tiket: showTickets,
  antrean: showList("queue"),
  tugas: showList("work"),
  kantor: showOfficeTickets,
  cari: search,
  ringkasan: showOverview,
  piket: (conversation) => showDuty(conversation),
  orang: (conversation) => showPeople(conversation, { kind: "people", search: "", page: 0 }),
  pengumuman: (conversation) => pressOnAnnouncement(conversation, { do: "announcements", page: 0 }),
  status: showStatus,
  ip: showAddresses,
  kabel: showCables,
  rak: showRacks,
  nama: showNames,
  perangkat: showInventory,
  hosting: (conversation) => showApplications(conversation),
  batal: cancelForm,
  bantuan: showHelp,
  help: showHelp,
};

/** "/tiket@simpul_bot T-0042" → name and rest; undefined where the text is no command. */
export function parseCommand(text: string): { name: string; rest: string } | undefined {
  const match = /^\/([a-z0-9_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text.trim());
  return match?.[1] === undefined ? undefined : { name: match[1].toLowerCase(), rest: (match[2] ?? "").trim() };
}

/** Commands work in the middle of a form, which stays as it is. */
export async function runCommand(
  conversation: Conversation,
  { name, rest }: { name: string; rest: string },
): Promise<Outcome> {
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return run === undefined ? refuse("unknown-command") : run(conversation, rest);
}
