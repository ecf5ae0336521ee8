import { identifyRequester } from "../../../core/actions/ticket/identify-requester.ts";
import { getPerson, listPeopleOfOffice } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { refuse } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { refusalOfIdentifying } from "../../../core/domain/ticket/identify-rules.ts";
import type { Ticket } from "../../../core/domain/ticket/ticket.ts";
import { ticketForm } from "../ticket/ticket-form.ts";

/** As many as an office plausibly has. */
const manyPeople = 1000;

/** Joins whom the help desk noted by name with somebody of the register. */
export const identifyForm = ticketForm({
  name: "identify",
  title: () => "🔗 Hubungkan pemohon",
  refusal: async ({ tx, person }, ticket) => {
    const refusal = refusalOfIdentifying(ticket, person, await getPerson(tx, ticket.requesterId));
    if (refusal !== undefined) return refusal;
    return (await listRegistered(tx, ticket)).length === 0 ? refuse("nobody-to-identify").refusal : undefined;
  },
  fields: async (db, ticket) => {
    const registered = await listRegistered(db, ticket);
    return [{ name: "person", kind: "choice", choices: registered.map(({ id }) => String(id)), findsByPart: true }];
  },
  words: async (db, ticket) => {
    const { name } = await getPerson(db, ticket.requesterId);
    const registered = await listRegistered(db, ticket);
    const choices = Object.fromEntries(registered.map((each) => [String(each.id), each.name]));
    const ask = `Siapa ${name} dalam daftar orang? Semua tiket yang dicatat atas nama itu menjadi miliknya. Hanya orang dari perangkat daerah yang sama; pilih, atau ketik namanya.`;
    return { person: { label: "Pemohon", ask, choices } };
  },
  act: ({ tx, person, setting }, ticketId, { answers }) =>
    identifyRequester(tx, person, setting, { ticketId, personId: Number(answers.person) }),
});

async function listRegistered(db: Db, ticket: Ticket): Promise<Person[]> {
  const people = await listPeopleOfOffice(db, ticket.officeId, "", manyPeople);
  return people.filter(({ isProvisional }) => !isProvisional);
}
