import { afterAll, beforeAll, expect, it } from "vitest";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { pathsOfHosting, usualAnswers } from "../../domain/procedures/hosting.paths.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

it("a rejection stays the result while nothing, or something, is handed back", async () => {
  const id = await office.file({ procedure: "hosting" });
  const path = pathsOfHosting["hosting is rejected: the requester is told, and application and data are handed back"];
  const toHandingBack = (path ?? []).slice(0, -2);
  for (const [step, role, , , , answers] of toHandingBack) {
    await office.stepAs(id, step, role, answers ?? usualAnswers[step] ?? {});
  }
  await office.stepAs(id, "tell-hosting-rejection", "non-technical", { note: "Ada celah keamanan." });

  const handedBack = await office.stepAs(id, "hand-back-application", "data-center", { note: "Belum ada berkas." });

  expect(handedBack.ok).toBe(true);
  expect(await office.ticket(id)).toMatchObject({ state: "closed", resolution: "Ada celah keamanan." });
  expect((await office.stepAs(id, "reopen", "user", { note: "Sudah diperbaiki." })).ok).toBe(true);
  expect(await office.ticket(id)).toMatchObject({ state: "filed", resolution: null });
});
