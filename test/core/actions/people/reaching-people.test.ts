import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueLinkCode, unlinkAccount } from "../../../../core/actions/people/link-account.ts";
import { grantRole } from "../../../../core/actions/people/manage-people.ts";
import { recordBlockedChat, recordCard, recordUnblockedChat } from "../../../../core/actions/record-delivery.ts";
import { chatOf, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe("work that comes back to somebody who cannot be reached", () => {
  it("goes to the whole team, and is nobody's", async () => {
    const { requester, itSupport, itSupport2 } = office.people;
    const id = await office.file();
    await office.walk(id, [
      ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
      ["application-is-normal", "it-support", {}],
      ["computer-is-normal", "it-support", {}],
      ["ask-requester", "it-support", { note: "Cache dibersihkan" }],
    ]);
    await office.act((tx) => recordBlockedChat(tx, office.setting(), chatOf(itSupport)));
    await office.takeMail();

    await office.step(id, "report-still-bad", requester, { note: "Masih sama" });

    expect((await office.ticket(id)).assigneeId).toBeNull();
    const told = (await office.takeMail()).filter(({ kind }) => kind === "ticket-card").map(({ to }) => to);
    expect(told).toContain(itSupport2.name);
    await office.act((tx) => recordUnblockedChat(tx, office.setting(), chatOf(itSupport)));
  });
});

describe("a requester who comes back", () => {
  it("gets the question that was missed", async () => {
    const { requester } = office.people;
    const id = await office.file();
    await office.act((tx) => recordBlockedChat(tx, office.setting(), chatOf(requester)));
    await office.walk(id, [
      ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
      ["application-is-normal", "it-support", {}],
      ["computer-is-normal", "it-support", {}],
      ["ask-requester", "it-support", { note: "Cache dibersihkan" }],
    ]);
    const missed = await office.takeMail();
    expect(missed.filter(({ to, kind }) => to === requester.name && kind === "step-told")).toEqual([]);

    await office.act((tx) => recordUnblockedChat(tx, office.setting(), chatOf(requester)));

    const told = (await office.takeMail()).filter(({ to, kind }) => to === requester.name && kind === "step-told");
    expect(told.map(({ ticketId }) => ticketId)).toContain(id);
  });

  it("has cards that are not edited while the bot is blocked", async () => {
    const { requester } = office.people;
    const id = await office.file();
    await office.act((tx) =>
      recordCard(tx, office.setting(), { chatId: chatOf(requester), ticketId: id, messageId: 77 }),
    );
    await office.act((tx) => recordBlockedChat(tx, office.setting(), chatOf(requester)));
    await office.takeMail();

    await office.walk(id, [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]]);

    expect((await office.takeMail()).filter(({ to }) => to === requester.name)).toEqual([]);
    await office.act((tx) => recordUnblockedChat(tx, office.setting(), chatOf(requester)));
  });
});

describe("nobody becomes leadership without a second administrator", () => {
  it("no code is issued for who holds leadership: whoever linked it would be leadership", async () => {
    const { administrator, leadership } = office.people;

    const issued = await office.act((tx) =>
      issueLinkCode(tx, administrator, office.setting(), { personId: leadership.id }),
    );

    expect(issued).toMatchObject({ ok: false, refusal: { code: "withdraw-leadership-first" } });
    expect(
      await office.db.selectFrom("link_code").selectAll().where("person_id", "=", leadership.id).execute(),
    ).toEqual([]);
  });

  it("leadership is proposed only for who is linked already", async () => {
    const { administrator } = office.people;
    const person = await office.hire(["user"], { name: "Yusuf Manurung" });
    await office.act((tx) => unlinkAccount(tx, administrator, office.setting(morning), { personId: person.id }));

    const proposed = await office.act((tx) =>
      grantRole(tx, administrator, office.setting(), { personId: person.id, role: "leadership" }),
    );

    expect(proposed).toMatchObject({ ok: false, refusal: { code: "link-before-leadership" } });
  });
});
