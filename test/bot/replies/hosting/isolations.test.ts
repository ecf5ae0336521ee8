import { afterAll, beforeAll, expect, it } from "vitest";
import {
  renderIsolationAsked,
  renderIsolationEnded,
  renderIsolationProgress,
  renderIsolationTold,
  renderNoDecider,
} from "../../../../bot/replies/hosting/isolations.ts";
import {
  decideIsolation,
  isolateApplication,
  recordReleased,
} from "../../../../core/actions/hosting/isolate-application.ts";
import { findApplication } from "../../../../core/db/hosting/applications.ts";
import type { Application } from "../../../../core/domain/hosting/application.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { hostApplication } from "../../../support/hosted.ts";
import { accepted } from "../../../support/ipam.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";

const reason = { reason: "Halaman depan <b>diubah</b>." };

let office: TestOffice;
let application: Application;
let isolationId: number;
beforeAll(async () => {
  office = await openOffice();
  application = await hostApplication(office, { upTo: "application-built" });
  isolationId = await isolate();
});
afterAll(() => office.close());

const isolate = async () => {
  const isolated = { applicationId: application.id, answers: reason };
  return accepted(
    await office.act((tx) => isolateApplication(tx, office.people.dataCenter, office.setting(), isolated)),
  );
};

const noDecider = async (viewer: Person) => renderNoDecider(office.db, viewer, { isolationId });

it("that nobody can decide is said by name to who reads what is hosted, and without it to administrators", async () => {
  const { dataCenter, administrator, requester } = office.people;
  const forOperator = await noDecider(dataCenter);
  expect(forOperator).toMatchObject({ html: expect.stringContaining(`Isolasi ${application.stack} menunggu`) });
  expect(JSON.stringify(forOperator)).toContain('"do":"watch"');
  const forAdministrator = await noDecider(administrator);
  expect(forAdministrator).toMatchObject({ html: expect.stringContaining("Isolasi sebuah aplikasi menunggu") });
  expect(JSON.stringify(forAdministrator)).not.toContain(application.stack);
  expect(JSON.stringify(forAdministrator)).toContain('"do":"people"');
  expect(await noDecider(requester)).toBeUndefined();
});

it("that it is off the net is told to its office without the reason, and to no other one", async () => {
  const { requester } = office.people;
  const told = await renderIsolationTold(office.db, requester, { isolationId });
  expect(told).toMatchObject({ html: expect.stringContaining(application.revision.domainName) });
  expect(JSON.stringify(told)).not.toContain("diubah");
  const stranger = await office.hire(["user"], { office: "Dinkes" });
  expect(await renderIsolationTold(office.db, stranger, { isolationId })).toBeUndefined();
});

it("what never stood is not said to be back on the net, but to be gone on with", async () => {
  const { requester } = office.people;
  const told = () => renderIsolationTold(office.db, requester, { isolationId, isBack: true });
  const before = await findApplication(office.db, application.id);
  const standAs = (revision_id: number | null) =>
    office.db.updateTable("application").set({ revision_id }).where("id", "=", application.id).execute();
  expect(JSON.stringify(await told())).toContain("sudah kembali di jaringan.");
  await standAs(null);
  const words = JSON.stringify(await told());
  await standAs(before?.standingId ?? null);
  expect(words).toContain("sudah dicabut; pemasangannya dilanjutkan petugas.");
  expect(words).not.toContain("kembali di jaringan");
});

it("who cannot decide has no button for it, and nobody is asked any more once it is decided", async () => {
  const { leadership, administrator } = office.people;
  const asked = (viewer: Person) => renderIsolationAsked(office.db, viewer, { isolationId }, testWords, morning);
  const both = { ...leadership, roles: ["leadership", "administrator"] as const };
  expect(JSON.stringify(await asked(leadership))).toContain("decide-isolation");
  expect(JSON.stringify(await asked(both))).not.toContain("decide-isolation");
  const decided = { isolationId, decision: "confirmed", answers: reason } as const;
  accepted(await office.act((tx) => decideIsolation(tx, leadership, office.setting(), decided)));
  expect(await noDecider(administrator)).toBeUndefined();
});

it("what was isolated anew before its names were given back is nowhere said to be back on the net", async () => {
  const { leadership } = office.people;
  const lifted = { isolationId, decision: "lifted", answers: reason } as const;
  accepted(await office.act((tx) => decideIsolation(tx, leadership, office.setting(), lifted)));
  await office.act((tx) => recordReleased(tx, office.setting(), isolationId));
  await isolate();
  for (const render of [renderIsolationAsked, renderIsolationProgress, renderIsolationEnded]) {
    const former = await render(office.db, leadership, { isolationId }, testWords, morning);
    const first = `⛔️ Isolasi ${application.stack} dicabut, lalu diisolasi lagi.\n`;
    expect(former).toMatchObject({ html: expect.stringContaining(first) });
    expect(JSON.stringify(former)).not.toContain("kembali di jaringan");
  }
});
