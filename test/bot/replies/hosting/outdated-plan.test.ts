import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Rendered } from "../../../../bot/rendered.ts";
import { outdatedWords, renderPlanOutdated } from "../../../../bot/replies/hosting/outdated-plan.ts";
import { renderApprovalAsked } from "../../../../bot/replies/ticket/approvals.ts";
import { type CardContext, renderCard } from "../../../../bot/replies/ticket/card.ts";
import { recordOutdated } from "../../../../core/actions/hosting/build-application.ts";
import { findApproval } from "../../../../core/db/ticket/approvals.ts";
import { findArrival } from "../../../../core/db/ticket/done-steps.ts";
import { outdatedReasons } from "../../../../core/domain/hosting/outdated-plan.ts";
import { refuse } from "../../../../core/domain/outcome.ts";
import { hostApplication } from "../../../support/hosted.ts";
import { testHosting } from "../../../support/hosting.ts";
import { accepted } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";
import { testRules as rules } from "../../../support/rules.ts";

const words = { ...testWords, hosting: testHosting };
const context: CardContext = { office: words, now: minutesAfter(morning, 60), rules, ...rules };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

it("each reason has its sentence", () => {
  for (const why of outdatedReasons) expect(outdatedWords(why)).toMatch(/^[A-Z].*\.$/);
});

describe("where something on the host is changed between approval and building", () => {
  let ticketId: number;
  beforeAll(async () => {
    ({ ticketId } = await hostApplication(office, { upTo: "approve-plan" }));
    const { refusal } = refuse("plan-changed", { by: "host" });
    accepted(await office.act((tx) => recordOutdated(tx, office.setting(), { ticketId, refusal })));
  });
  const cardOf = async () =>
    textOf(await renderCard(office.db, office.people.infrastructure, { ticketId }, { ...context }));

  it("who approved it reads which plan was voided, and why", async () => {
    const entryId = (await findArrival(office.db, ticketId, "planning-application")) ?? 0;
    const { leadership } = office.people;
    const told = textOf(await renderPlanOutdated(office.db, leadership, { ticketId, entryId }, words));
    expect(told).toMatch(/Rencana \d+ batal\.<\/b> Keadaan di host sudah berubah/);
    expect(told).toContain("Persetujuan atas rencana itu tidak berlaku.");
    const stranger = await office.hire(["user"], { office: "Dinkes" });
    expect(await renderPlanOutdated(office.db, stranger, { ticketId, entryId }, words)).toBeUndefined();
  });

  it("the card says that the approval counts no more", async () => {
    expect(await cardOf()).toMatch(/✅ Disetujui .* \(tidak berlaku lagi\)/);
  });

  it("the next request says so too, and no more once it is approved", async () => {
    await office.walk(ticketId, [
      ["application-planned", "machine", {}],
      ["accept-plan", "infrastructure", {}],
    ]);
    const approval = await findApproval(office.db, await office.ticket(ticketId), rules);
    const message = { ticketId, approvalId: approval?.id ?? 0 };
    const asked = textOf(await renderApprovalAsked(office.db, office.people.leadership, message, context));
    expect(asked).toMatch(/Rencana \d+ batal\.<\/b> Keadaan di host sudah berubah/);
    await office.walk(ticketId, [["approve-plan", "leadership", {}]]);
    expect(await cardOf()).not.toMatch(/batal\.|tidak berlaku lagi/);
  });
});

function textOf(rendered: Rendered | undefined): string {
  return rendered?.as === "text" ? rendered.html : "";
}
