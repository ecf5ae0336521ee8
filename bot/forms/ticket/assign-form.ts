import { assignTicket } from "../../../core/actions/ticket/assign-ticket.ts";
import { listAccounts } from "../../../core/db/people/accounts.ts";
import { listPeopleWithRole } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { refuse } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { note, optionalNote } from "../../../core/domain/procedures/procedure.ts";
import { refusalOfAssigning } from "../../../core/domain/ticket/assign-rules.ts";
import type { Ticket } from "../../../core/domain/ticket/ticket.ts";
import { ticketForm } from "./ticket-form.ts";

/** Gives the work to somebody of the team by name. Its subject: who has it, `fromPersonId`, 0 for nobody. */
export const assignForm = ticketForm({
  name: "assign",
  title: (_db, ticket) => (ticket.assigneeId === null ? "👤 Tugaskan" : "↪️ Alihkan ke rekan"),
  refusal: async ({ tx, person }, ticket) => {
    const refusal = refusalOfAssigning(ticket, person);
    if (refusal !== undefined) return refusal;
    return (await listCandidates(tx, ticket)).length === 0 ? refuse("no-colleague").refusal : undefined;
  },
  subject: async (_db, ticket) => ({ fromPersonId: ticket.assigneeId ?? 0 }),
  fields: async (db, ticket, draft) => {
    const candidates = await listCandidates(db, ticket);
    const colleague = { name: "colleague", kind: "choice", choices: candidates.map(({ id }) => String(id)) } as const;
    return [colleague, draft.subject.fromPersonId === 0 ? optionalNote : note];
  },
  words: async (db, ticket) => {
    const candidates = await listCandidates(db, ticket);
    const choices = Object.fromEntries(candidates.map(({ id, name }) => [String(id), name]));
    return {
      colleague: { label: "Kepada", ask: "Kepada siapa? Pilih namanya.", choices },
      note: { label: "Alasan", ask: "Mengapa? Hanya petugas yang membacanya. Contoh: yang sebelumnya cuti." },
    };
  },
  act: ({ tx, person, setting }, ticketId, { subject, answers }) =>
    assignTicket(tx, person, setting, {
      ticketId,
      fromPersonId: Number(subject.fromPersonId) || null,
      toPersonId: Number(answers.colleague),
      note: answers.note,
    }),
});

/** The team, without who has it and who cannot be reached. */
async function listCandidates(db: Db, ticket: Ticket): Promise<Person[]> {
  if (ticket.holder === null || ticket.holder === "user") return [];
  const team = await listPeopleWithRole(db, ticket.holder);
  const accounts = await listAccounts(
    db,
    team.map(({ id }) => id),
  );
  const reachable = new Set(
    accounts.filter(({ unreachableSince }) => unreachableSince === null).map(({ personId }) => personId),
  );
  return team.filter(({ id }) => id !== ticket.assigneeId && reachable.has(id));
}
