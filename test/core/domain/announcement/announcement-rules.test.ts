import { describe, expect, test } from "vitest";
import type { Announcement, AnnouncementVersion } from "../../../../core/domain/announcement/announcement.ts";
import {
  mayFollowAnnouncement,
  mayReadAnnouncement,
  refusalOfApproving,
  refusalOfAsking,
  refusalOfChanging,
  refusalOfDiscarding,
  refusalOfReading,
  refusalOfWithdrawing,
  refusalOfWriting,
} from "../../../../core/domain/announcement/announcement-rules.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { deskRoles, type Role, roles } from "../../../../core/domain/people/roles.ts";

const now = new Date("2026-11-22T02:00:00Z");
const later = new Date("2026-11-23T02:00:00Z");

function person(id: number, ...held: Role[]): Person {
  return { id, name: `Orang ${id}`, nip: null, officeId: 1, roles: held, isActive: true, isProvisional: false };
}
const author = person(1, "help-desk");
const colleague = person(2, "it-support");
const leader = person(3, "leadership");
const user = person(4, "user");

function announcement(changes: Partial<Announcement> = {}): Announcement {
  return {
    ...{ id: 9, authorId: author.id, version: 1, stage: "written", sentVersion: null, sentAt: null },
    ...{ correctedAt: null, withdrawnBy: null, withdrawnAt: null, withdrawnBecause: null },
    ...changes,
  };
}
const sent = announcement({ stage: "sent", sentVersion: 1, sentAt: now });
const withdrawn = announcement({ ...sent, stage: "withdrawn", withdrawnAt: now });
const asked = announcement({ stage: "asked" });
const correcting = announcement({ ...sent, version: 2, stage: "written" });

const working: Pick<AnnouncementVersion, "version" | "authorId" | "inForceUntil"> = {
  ...{ version: 1, authorId: author.id, inForceUntil: null },
};
const code = (outcome: Outcome) => (outcome.ok ? "yes" : outcome.refusal.code);

test.each(roles)("writing is for the desk: %s", (role) => {
  const isOfDesk = (deskRoles as readonly Role[]).includes(role);
  expect(code(refusalOfWriting(person(5, role)))).toBe(isOfDesk ? "yes" : "not-at-desk");
});

describe("changing", () => {
  const change = (by: Person, what: Announcement, version = what.version, of = working) =>
    code(refusalOfChanging(by, what, of, version));

  test("a draft is its author's, also while it waits or was rejected", () => {
    for (const stage of ["written", "asked", "rejected"] as const) {
      expect(change(author, announcement({ stage }))).toBe("yes");
      expect(change(colleague, announcement({ stage }))).toBe("not-your-announcement");
      expect(change(leader, announcement({ stage }))).toBe("not-your-announcement");
    }
  });

  test("what was sent is corrected by its author or by leadership", () => {
    expect(change(author, sent)).toBe("yes");
    expect(change(leader, sent)).toBe("yes");
    expect(change(colleague, sent)).toBe("not-your-announcement");
    expect(change(leader, correcting, 2)).toBe("yes");
  });

  test("an author who has left the desk changes nothing", () => {
    expect(change({ ...author, roles: ["user"] }, sent)).toBe("not-your-announcement");
    expect(change({ ...author, isActive: false }, announcement())).toBe("not-your-announcement");
  });

  test("with a button of an older version is refused, and of what has ended", () => {
    expect(change(author, announcement({ version: 2 }), 1)).toBe("announcement-changed");
    expect(change(author, withdrawn)).toBe("announcement-withdrawn");
    expect(change(author, announcement({ stage: "discarded" }))).toBe("announcement-changed");
  });

  test("discards what waits, not what was sent", () => {
    expect(code(refusalOfDiscarding(author, announcement(), working, 1))).toBe("yes");
    expect(code(refusalOfDiscarding(author, correcting, working, 2))).toBe("yes");
    expect(code(refusalOfDiscarding(author, sent, working, 1))).toBe("announcement-changed");
    expect(code(refusalOfDiscarding(colleague, announcement(), working, 1))).toBe("not-your-announcement");
  });
});

describe("asking for approval", () => {
  const ask = (by: Person, what: Announcement, version = 1, of = working) =>
    code(refusalOfAsking(by, what, of, { version, now }));

  test("is for the author of that version, once", () => {
    expect(ask(author, announcement())).toBe("yes");
    expect(ask(colleague, announcement())).toBe("not-your-announcement");
    expect(ask(leader, correcting, 2)).toBe("not-your-announcement");
    expect(ask(author, asked)).toBe("announcement-asked-already");
    expect(ask(author, announcement({ stage: "rejected" }))).toBe("announcement-changed");
    expect(ask(author, announcement({ version: 2 }), 1)).toBe("announcement-changed");
  });

  test("is refused when it would be over already", () => {
    expect(ask(author, announcement(), 1, { ...working, inForceUntil: now })).toBe("announcement-over");
    expect(ask(author, announcement(), 1, { ...working, inForceUntil: later })).toBe("yes");
  });
});

describe("approving", () => {
  type Facts = Parameters<typeof refusalOfApproving>[3];
  const approving = { decision: "approved", freeze: { state: "lifted", at: null } } as const;
  const decide = (by: Person, what = asked, facts: Partial<Facts> = {}, of = working) =>
    code(
      refusalOfApproving(by, what, of, {
        version: 1,
        decided: undefined,
        acting: undefined,
        now,
        ...approving,
        ...facts,
      } as Facts),
    );

  test("waits while approvals are frozen, or nobody can say whether they are; rejecting does not", () => {
    const set = { state: "set", at: now, personId: 7, personName: "Hasan", reason: "Serangan." } as const;
    const unreadable = { state: "unreadable", reference: "P-1", fault: "gone" } as const;

    expect(decide(leader, asked, { decision: "approved", freeze: set })).toBe("approvals-frozen");
    expect(decide(leader, asked, { decision: "approved", freeze: unreadable })).toBe("freeze-unreadable");
    expect(decide(leader, asked, { decision: "rejected" })).toBe("yes");
  });

  test("is for leadership", () => {
    expect(decide(leader)).toBe("yes");
    for (const by of [colleague, user, person(6, "administrator"), { ...leader, isActive: false }]) {
      expect(decide(by)).toBe("not-announcement-approver");
    }
  });

  test("is not for the author, who may hold the role", () => {
    expect(decide({ ...author, roles: ["help-desk", "leadership"] })).toBe("not-your-own-announcement");
    const rejected = { decision: "rejected" } as const;
    expect(decide({ ...author, roles: ["leadership"] }, asked, rejected)).toBe("not-your-own-announcement");
  });

  test("by a substitute is for others than whom they stand in for, in the exact window", () => {
    const acting = { id: 1, personId: leader.id, forPersonId: 8, kind: "plh", startsAt: now, endsAt: later } as const;
    expect(decide(leader, asked, { acting })).toBe("yes");
    expect(decide(leader, asked, { acting, now: later })).toBe("substitution-not-in-force");
    expect(decide(leader, asked, { acting: { ...acting, startsAt: later } })).toBe("substitution-not-in-force");
    const forAuthor = { ...acting, forPersonId: author.id };
    for (const facts of [{ decision: "rejected" }, {}] as const) {
      expect(decide(leader, asked, { acting: forAuthor, ...facts })).toBe("not-for-whom-you-substitute");
    }
  });

  test("of a version that was decided on says so, first of all", () => {
    const decided = { decision: "approved", decidedBy: 8, decidedAt: now, reason: null } as const;
    expect(decide(leader, sent, { decided })).toBe("announcement-decided");
  });

  test("is refused for an older version, and for what does not wait", () => {
    expect(decide(leader, announcement({ version: 2, stage: "asked" }))).toBe("announcement-changed");
    for (const what of [announcement(), announcement({ stage: "rejected" }), sent, withdrawn]) {
      expect(decide(leader, what)).toBe("announcement-changed");
    }
  });

  test("is refused when its last day has passed while it waited; it can still be rejected", () => {
    const over = { ...working, inForceUntil: now };
    expect(decide(leader, asked, {}, over)).toBe("announcement-over");
    expect(decide(leader, asked, { decision: "rejected" }, over)).toBe("yes");
  });
});

test("withdrawing is for the author or leadership, of what was sent, once", () => {
  const withdraw = (by: Person, what: Announcement) => code(refusalOfWithdrawing(by, what));
  expect(withdraw(author, sent)).toBe("yes");
  expect(withdraw(leader, correcting)).toBe("yes");
  expect(withdraw(colleague, sent)).toBe("not-your-announcement");
  expect(withdraw(author, withdrawn)).toBe("announcement-withdrawn");
  expect(withdraw(author, asked)).toBe("announcement-changed");
});

test("reading is noted for a recipient, of the version that is in force", () => {
  const receipt = { readAt: null };
  expect(code(refusalOfReading(sent, 1, receipt))).toBe("yes");
  expect(code(refusalOfReading(sent, 1, { readAt: now }))).toBe("yes");
  expect(code(refusalOfReading(sent, 1, undefined))).toBe("announcement-not-for-you");
  expect(code(refusalOfReading({ ...sent, sentVersion: 2, version: 2 }, 1, receipt))).toBe("announcement-corrected");
  expect(code(refusalOfReading(withdrawn, 1, receipt))).toBe("announcement-withdrawn");
});

describe("opening", () => {
  const facts = { isRecipient: false, now };
  const forAll = { officeIds: null, inForceUntil: null };

  test("is for the offices of the audience while it is in force", () => {
    expect(mayReadAnnouncement(user, sent, forAll, facts)).toBe(true);
    expect(mayReadAnnouncement(user, sent, { ...forAll, officeIds: [1, 2] }, facts)).toBe(true);
    expect(mayReadAnnouncement(user, sent, { ...forAll, officeIds: [2] }, facts)).toBe(false);
    expect(mayReadAnnouncement(user, sent, { ...forAll, inForceUntil: now }, facts)).toBe(false);
    expect(mayReadAnnouncement(user, withdrawn, forAll, facts)).toBe(false);
  });

  test("is for whom it was sent to, whatever became of it or of them", () => {
    const isRecipient = { isRecipient: true, now };
    expect(mayReadAnnouncement(user, withdrawn, { ...forAll, officeIds: [2] }, isRecipient)).toBe(true);
    expect(mayReadAnnouncement({ ...user, isActive: false }, sent, forAll, isRecipient)).toBe(false);
  });

  test("is for nobody before it is sent", () => {
    expect(mayReadAnnouncement(user, asked, forAll, { isRecipient: true, now })).toBe(false);
    expect(mayReadAnnouncement(colleague, asked, forAll, facts)).toBe(false);
  });

  test("its page is for the desk, a draft for its author only", () => {
    expect(mayFollowAnnouncement(colleague, sent)).toBe(true);
    expect(mayFollowAnnouncement(colleague, asked)).toBe(true);
    expect(mayFollowAnnouncement(colleague, announcement())).toBe(false);
    expect(mayFollowAnnouncement(author, announcement())).toBe(true);
    expect(mayFollowAnnouncement(author, announcement({ stage: "discarded" }))).toBe(false);
    expect(mayFollowAnnouncement(user, sent)).toBe(false);
  });
});
