import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { findOpenWorkOrder, listMoves } from "../../../../core/db/ticket/work-orders.ts";
import { findProcedure } from "../../../../core/domain/procedures/index.ts";
import { findStep, registerAnswers } from "../../../../core/domain/procedures/procedure.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { walks } from "../../../support/walks.ts";

const page = { offset: 0, limit: 1000, withInternalNotes: true };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

function journalOf(ticketId: number) {
  return office.db
    .selectFrom("journal")
    .select(["at", "actor_id", "event", "details"])
    .where("subject_kind", "=", "ticket")
    .where("subject_id", "=", ticketId)
    .orderBy("id")
    .execute();
}

function isOfNobody(role: (typeof walks)[number]["path"][number]["role"]): role is "clock" | "machine" {
  return role === "clock" || role === "machine";
}

async function countOpenWorkOrders(ticketId: number): Promise<number> {
  const rows = await office.db
    .selectFrom("work_order")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("closed_at", "is", null)
    .execute();
  return rows.length;
}

describe.each(walks)("$title in the database", ({ procedure, path, initial }) => {
  it("each step is stored with state, holder, version, work order, entry and journal row", async () => {
    const id = await office.file({ procedure });
    let [fromState, version] = [initial, 1];
    for (const [index, { step: name, role, state, workOrderHolder, answers }] of path.entries()) {
      const at = minutesAfter(morning, index + 1);

      const done = await office.stepAs(id, name, role, answers, at);

      const ticket = await office.ticket(id);
      if (state !== fromState) version += 1;
      expect(done, name).toMatchObject({ ok: true, value: { step: { name }, ticket } });
      expect(ticket).toMatchObject({ state, version });
      const order = await findOpenWorkOrder(office.db, id);
      expect([name, order?.holder ?? null]).toEqual([name, workOrderHolder]);
      expect(await countOpenWorkOrders(id)).toBe(workOrderHolder === null ? 0 : 1);
      const [entry] = await listEntries(office.db, id, page);
      const personId = isOfNobody(role) ? null : office.doerOf(procedure, role).id;
      const { takes, assigns } = findStep(findProcedure(procedure), name) ?? {};
      expect(entry).toMatchObject({ kind: "step", step: name, personId, at, toState: state });
      const said = Object.keys(answers).filter((field) => field !== assigns);
      const kept = new Set([...said, ...(takes === undefined ? [] : registerAnswers[takes])]);
      expect(Object.keys(entry?.answers ?? {}).sort()).toEqual([...kept].sort());
      if (!isOfNobody(role)) expect(entry?.role).toBe(role);
      expect((await journalOf(id)).at(-1)).toEqual({
        at,
        actor_id: personId,
        event: "step-done",
        details: { step: name, role: entry?.role, fromState, toState: state, entryId: entry?.id },
      });
      fromState = state;
    }
    expect((await office.ticket(id)).endedAt).toEqual(minutesAfter(morning, path.length));
  });

  it("hands the work order on without a gap, and closes it (R06)", async () => {
    const id = await office.file({ procedure });
    await office.walk(
      id,
      path.map(({ step, role, answers }) => [step, role, answers]),
    );

    const moves = await listMoves(office.db, id);
    for (const [index, move] of moves.entries()) {
      const before = moves[index - 1];
      if (move.kind === "issued") expect(before?.kind ?? "closed").toBe("closed");
      else expect([move.ordinal, move.fromRole]).toEqual([before?.ordinal, before?.toRole]);
      expect(move.toRole === null).toBe(move.kind === "closed");
    }
    expect(moves.at(-1)?.kind ?? "closed").toBe("closed");
  });
});
