import { afterAll, beforeAll, expect, it } from "vitest";
import { renderContractsEnding } from "../../../../bot/replies/monitoring/contracts-ending.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";
import { withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let targetId: number;
let otherId: number;
beforeAll(async () => {
  office = await openOffice();
  const { put } = withTargets(office);
  const answers = { provider: "PT <Telkom>", "circuit-number": "4700-1", "ends-on": "2027-03-31" };
  ({ targetId } = await put("Link <b>", { kind: "link", answers }));
  ({ targetId: otherId } = await put("Link Disdik", { kind: "link", answers: { "ends-on": "2027-03-01" } }));
});
afterAll(() => office.close());

type Contracts = { targetId: number; endsOn: string }[];
const shown = async (viewer: keyof TestOffice["people"], contracts: Contracts) => {
  const now = new Date("2027-03-01T07:15:00+07:00");
  const rendered = await renderContractsEnding(office.db, office.people[viewer], { contracts }, testWords, now);
  return rendered?.as === "text" ? rendered.html : undefined;
};

it("names the links, until when and with whom, for the desk only; what was extended since is left out", async () => {
  const last = { targetId: otherId, endsOn: "2027-03-01" };
  const extended = { targetId: otherId, endsOn: "2026-12-31" };
  const text = await shown("leadership", [last, { targetId, endsOn: "2027-03-31" }, extended]);
  expect(text).toContain("• <b>Link Disdik</b>: hari ini yang terakhir, sampai 1 Mar 2027\n");
  expect(text).toContain(
    "• <b>Link &lt;b&gt;</b>: 30 hari lagi, sampai 31 Mar 2027 (PT &lt;Telkom&gt;, sirkit 4700-1)",
  );
  expect(text?.match(/•/g)).toHaveLength(2);
  expect(await shown("requester", [last])).toBeUndefined();
  expect(await shown("infrastructure", [extended])).toBeUndefined();
});
