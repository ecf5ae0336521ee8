import { getPerson } from "../../../core/db/people/people.ts";
import { findProposal } from "../../../core/db/people/role-proposals.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import { isRole, type Role } from "../../../core/domain/people/roles.ts";
import { maySee, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { wordsOf } from "../procedure-words.ts";

/** Rights of leadership or of an administrator ended: their colleagues know it. */
export async function renderRightsEnded(
  db: Db,
  viewer: Person,
  { personId, byPersonId, roles }: { personId: number; byPersonId: number; roles: string },
  { roles: titles }: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayKnow(viewer)) return undefined;
  const [person, by] = [await getPerson(db, personId), await getPerson(db, byPersonId)];
  const ended = roles.split(" ").filter(isRole);
  const names = ended.map((role) => titles[role]).join(", ");
  const how = person.isActive ? "memindahkan" : "menonaktifkan";
  const text = html`🔐 ${by.name} ${how} <b>${person.name}</b>. Peran yang berakhir: ${names}.`;
  return { as: "text", html: text.markup };
}

/** A role that waits for a second administrator, or what became of it. */
export async function renderProposal(
  db: Db,
  viewer: Person,
  notice: { kind: "role-proposed" | "role-decided"; proposalId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const proposal = await findProposal(db, notice.proposalId);
  if (proposal === undefined || !mayKnow(viewer)) return undefined;
  const person = await getPerson(db, proposal.personId);
  const proposer = await getPerson(db, proposal.proposedBy);
  const what = html`${proposer.name} mengusulkan <b>${person.name}</b> sebagai <b>${office.roles[proposal.role]}</b>.`;
  if (proposal.decidedBy !== null && proposal.decidedAt !== null) {
    const by = await getPerson(db, proposal.decidedBy);
    const decision = proposal.decision === "confirmed" ? "✅ Disetujui" : "🚫 Ditolak";
    const decided = html`${decision} ${by.name}, ${showTime(proposal.decidedAt, office)}.`;
    return { as: "text", html: lines(what, decided).markup };
  }
  const press = { do: "decide-role", proposalId: proposal.id } as const;
  return {
    as: "text",
    html: lines(html`🔐 ${what}`, html`Peran ini perlu persetujuan administrator kedua.`).markup,
    buttons: [
      [
        { label: "Setujui", press: { ...press, decision: "confirmed" } },
        { label: "Tolak", press: { ...press, decision: "rejected" } },
      ],
    ],
  };
}

/** A ticket waits for a role that nobody holds: for who sorts what comes in, and for who can give that role. */
export async function renderNobodyHolds(
  db: Db,
  viewer: Person,
  { ticketId, role }: { ticketId: number; role: Role },
  { roles: titles }: OfficeWords,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || !(hasRole(viewer, "administrator") || hasRole(viewer, "help-desk"))) return undefined;
  const { title } = wordsOf({ name: ticket.procedure });
  const text = html`⚠️ <b>${ticketNumber(ticketId)}</b> (${title}) menunggu <b>${titles[role]}</b>, tetapi tidak ada pemegang peran itu yang dapat dihubungi lewat bot. Administrator dapat memberi peran itu, atau menghubungkan pemegangnya, lewat /orang.`;
  const open = openButton(ticketId);
  return { as: "text", html: text.markup, buttons: maySee(viewer, ticket) ? [[open]] : [] };
}

/** Who holds rights that are watched, or gives them. */
function mayKnow(viewer: Person): boolean {
  return hasRole(viewer, "administrator") || hasRole(viewer, "leadership");
}
