import { afterEach, beforeEach, expect, it } from "vitest";
import { reclassifyTicket } from "../../../../core/actions/ticket/reclassify-ticket.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const loseRole = (role: Role) => office.db.deleteFrom("person_role").where("role", "=", role).execute();
/** To whom it is said that nobody holds a role, and which. */
const warned = async () =>
  (await office.takeMail()).filter(({ kind }) => kind === "nobody-holds").map(({ to, role }) => [to, role]);

function overseers(role: Role) {
  const { helpDesk, helpDesk2, administrator, administrator2 } = office.people;
  return [helpDesk, helpDesk2, administrator, administrator2].map(({ name }) => [name, role]);
}

it("a request that is filed with a team of nobody is told to the help desk and the administrators", async () => {
  await loseRole("non-technical");
  await office.file({ procedure: "hosting" });
  expect(await warned()).toEqual(overseers("non-technical"));
});

it("so is a ticket that comes to one by a later step, once", async () => {
  await loseRole("data-center");
  const id = await office.file();
  await office.walk(id, [
    ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
    ["application-is-faulty", "it-support"],
  ]);
  await office.stepAs(id, "forward-to-data-center", "it-support");
  expect(await warned()).toEqual(overseers("data-center"));
});

it("and one that is moved to another procedure", async () => {
  await loseRole("leadership");
  const id = await office.file();
  const { version } = await office.ticket(id);
  const input = { ticketId: id, version, procedure: "weakness", answers: { note: "Ini kelemahan." } };
  await office.act((tx) => reclassifyTicket(tx, office.people.helpDesk, office.setting(), input));
  expect(await warned()).toEqual(overseers("leadership"));
});

it("nothing is said where somebody holds it, or the requester is asked", async () => {
  const id = await office.file();
  for (const [step, role, answers] of [
    ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
    ["application-is-normal", "it-support", {}],
    ["computer-is-normal", "it-support", {}],
    ["ask-requester", "it-support", { note: "Sudah." }],
    ["confirm-resolved", "user", {}],
    ["close", "help-desk", { note: "Selesai." }],
  ] as const) {
    expect((await office.stepAs(id, step, role, answers)).ok).toBe(true);
  }
  expect(await warned()).toEqual([]);
});
