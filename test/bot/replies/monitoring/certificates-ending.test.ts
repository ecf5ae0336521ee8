import { afterAll, beforeAll, expect, it } from "vitest";
import { renderCertificatesEnding } from "../../../../bot/replies/monitoring/certificates-ending.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let targetId: number;
beforeAll(async () => {
  office = await openOffice();
  ({ targetId } = await withTargets(office).put("SIMPEG <b>", { kind: "application" }));
});
afterAll(() => office.close());

const endsAt = (seconds: number) => second(seconds).toISOString();
const shown = async (viewer: keyof TestOffice["people"], certificates: { targetId: number; endsAt: string }[]) => {
  const rendered = await renderCertificatesEnding(
    ...([office.db, office.people[viewer], { certificates }, testWords, second(0)] as const),
  );
  return rendered?.as === "text" ? rendered.html : undefined;
};

it("names what ends and in how many days, for the desk only", async () => {
  const certificates = [
    { targetId, endsAt: endsAt(14 * 86_400 + 60) },
    { targetId, endsAt: endsAt(3_600) },
    { targetId: 4_000_000, endsAt: endsAt(3_600) },
  ];
  const text = await shown("infrastructure", certificates);
  expect(text).toMatch(/<b>SIMPEG &lt;b&gt;<\/b>: 14 hari lagi, .* WIB/);
  expect(text).toContain("kurang dari sehari lagi");
  expect(await shown("requester", certificates)).toBeUndefined();
  expect(await shown("infrastructure", certificates.slice(2))).toBeUndefined();
});
