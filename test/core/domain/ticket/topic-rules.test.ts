import { describe, expect, it } from "vitest";
import { deskRoles, roles } from "../../../../core/domain/people/roles.ts";
import { mayHaveTopic, nextTopicChange, shownOf } from "../../../../core/domain/ticket/topic-rules.ts";
import { aPerson } from "../../../support/domain.ts";

describe("a ticket", () => {
  it.each(roles)("of somebody who is %s has a topic unless that is a role of the desk", (role) => {
    expect(mayHaveTopic(aPerson(1, [role]))).toBe(!(deskRoles as readonly string[]).includes(role));
  });
});

describe("the topic follows its ticket", () => {
  const open = { procedure: "application-trouble", state: "filed", endedAt: null };
  const ended = { procedure: "application-trouble", state: "closed", endedAt: new Date() };

  it.each([
    ["nothing is done where it does already", open, { shows: shownOf(open), isClosed: false }, undefined],
    ["a new state changes the title", open, { shows: shownOf(ended), isClosed: false }, "rename"],
    ["the end changes the title first", ended, { shows: shownOf(open), isClosed: false }, "rename"],
    ["and closes it then", ended, { shows: shownOf(ended), isClosed: false }, "close"],
    ["an ended one stays closed", ended, { shows: shownOf(ended), isClosed: true }, undefined],
    ["one that was reopened opens", open, { shows: shownOf(open), isClosed: true }, "reopen"],
    ["a title that was changed by hand comes back", open, { shows: "", isClosed: false }, "rename"],
  ])("%s", (_case, ticket, topic, change) => {
    expect(nextTopicChange(topic, ticket, { mayBeOpen: true })).toBe(change);
  });

  it("closes while the ticket is open, where the requester has come to the desk", () => {
    expect(nextTopicChange({ shows: shownOf(open), isClosed: false }, open, { mayBeOpen: false })).toBe("close");
  });
});
