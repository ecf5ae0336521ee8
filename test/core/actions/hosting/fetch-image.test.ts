import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordMachineChecks } from "../../../../core/actions/hosting/machine-checks.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { recordFile } from "../../../../core/actions/upload/keep-files.ts";
import { findApplicationOfTicket } from "../../../../core/db/hosting/applications.ts";
import { countMachineChecks, listLostImages, listMachineChecks } from "../../../../core/db/hosting/machine-checks.ts";
import { listAttachments } from "../../../../core/db/ticket/attachments.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { CheckResult } from "../../../../core/domain/hosting/check.ts";
import { hostApplication } from "../../../support/hosted.ts";
import { testHosting } from "../../../support/hosting.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { pathsOfHosting, usualAnswers } from "../../domain/procedures/hosting.paths.ts";

const path =
  pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];
const reference = `registry.go.id/simpeg@sha256:${"0a".repeat(32)}`;
const wishes = { runtime: "image", size: "small", reach: "intranet", "image-reference": reference };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({ hosting: { ...testHosting, registries: ["registry.go.id"] } });
});
afterAll(() => office.close());

async function imagesOf(ticketId: number) {
  const files = await listAttachments(office.db, ticketId, { withInternalNotes: true });
  return files.filter(({ imageReference }) => imageReference !== null);
}

/** The image of a ticket's request. */
async function imageOf(ticketId: number) {
  const image = (await imagesOf(ticketId)).at(-1);
  if (image === undefined) throw new Error(`ticket ${ticketId} names no image`);
  return image;
}

const stored = { sha256: "ab".repeat(32), sizeBytes: 1024 };

/** As the worker does it. */
async function fetched(attachmentId: number): Promise<void> {
  await office.act((tx) => recordFile(tx, office.setting(), { attachmentId, stored }));
  const results: CheckResult[] = [{ check: "image-sane", result: "passed", findings: [] }];
  await office.act((tx) => recordMachineChecks(tx, office.setting(), { attachmentId, results }));
}

/** What is done before it is planned, the files aside. */
async function walkToChecks(ticketId: number): Promise<void> {
  for (const [name, role, , , , answers] of path) {
    if (["hand-in-application", "accept-machine-check", "overrule-machine-check"].includes(name)) continue;
    if (name === "plan-application") return;
    await office.walk(ticketId, [[name, role, answers ?? usualAnswers[name] ?? {}]]);
  }
}

async function handIn(ticketId: number, answers: Answers) {
  const { version } = await office.ticket(ticketId);
  const input = { ticketId, step: "hand-in-application", version, answers };
  return office.act((tx) => doStep(tx, office.doer("data-center"), office.setting(), input));
}

describe("an image of a registry that a request names", () => {
  it("is a file of the application that a host is about to fetch", async () => {
    const ticketId = await office.file({ procedure: "hosting", answers: wishes });

    const image = await imageOf(ticketId);
    expect(image).toMatchObject({
      ...{ name: "simpeg-0a0a0a0a0a0a.tar", field: "application-files", state: "waiting", imageReference: reference },
    });
    expect(office.enqueued).toContainEqual({ name: "fetch-image", data: { attachmentId: image.id } });
    expect(await countMachineChecks(office.db, ticketId)).toMatchObject({ all: 0, waiting: 1 });
  });

  it("is checked like one that was handed in, and planned once it is judged", async () => {
    const ticketId = await office.file({ procedure: "hosting", answers: wishes });
    await walkToChecks(ticketId);
    const { id } = await imageOf(ticketId);
    const plan = () => office.stepAs(ticketId, "plan-application", "data-center", usualAnswers["plan-application"]);
    expect(await plan()).toMatchObject({ refusal: { code: "machine-checks-running" } });

    await office.act((tx) => recordFile(tx, office.setting(), { attachmentId: id, stored }));
    expect(office.enqueued).toContainEqual({ name: "check-file", data: { attachmentId: id } });
    await fetched(id);

    expect(await listMachineChecks(office.db, ticketId)).toMatchObject([
      { attachmentId: id, check: "image-sane", imageReference: reference },
    ]);
    expect(await plan()).toMatchObject({ refusal: { code: "verdicts-missing" } });
    await office.walk(ticketId, [["accept-machine-check", "data-center", { "machine-check": `${id}:image-sane` }]]);
    expect((await plan()).ok).toBe(true);
    expect((await findApplicationOfTicket(office.db, ticketId))?.revision.attachmentId).toBe(id);
  });

  it("that cannot be fetched is told to who named it, is seen at the checks, and is named again", async () => {
    const ticketId = await office.file({ procedure: "hosting", answers: wishes });
    await walkToChecks(ticketId);
    const { id: attachmentId } = await imageOf(ticketId);
    await office.takeMail();

    const trouble = "registry-unreachable";
    await office.act((tx) => recordFile(tx, office.setting(), { attachmentId, stored: null, trouble }));

    expect(await office.takeMail()).toContainEqual({
      ...{ to: office.people.requester.name, kind: "file-not-stored", ticketId, attachmentId },
    });
    expect(await listLostImages(office.db, ticketId)).toEqual([{ imageReference: reference, trouble }]);

    expect((await handIn(ticketId, { "image-reference": reference })).ok).toBe(true);

    const again = await imageOf(ticketId);
    expect(again).toMatchObject({ state: "waiting", personId: office.doer("data-center").id });
    expect(office.enqueued).toContainEqual({ name: "fetch-image", data: { attachmentId: again.id } });
    expect(await listLostImages(office.db, ticketId)).toEqual([]);
  });

  it.each([
    ["of another registry", reference.replace("registry", "lain"), "registry-not-allowed"],
    ["by its tag", "registry.go.id/simpeg:2", "image-without-digest"],
  ])("%s is refused", async (_, named, code) => {
    const answers = { ...wishes, "image-reference": named };
    await expect(office.file({ procedure: "hosting", answers })).rejects.toThrow(code);
  });
});

describe("an image that is named at the checks", () => {
  it.each([
    ["of another registry", { "image-reference": reference.replace("registry", "lain") }, "registry-not-allowed"],
    ["that is none", {}, "files-missing"],
  ])("%s is refused", async (_, answers, code) => {
    const ticketId = await office.file({ procedure: "hosting" });
    await walkToChecks(ticketId);
    expect(await handIn(ticketId, answers)).toMatchObject({ refusal: { code } });
    expect(await imagesOf(ticketId)).toEqual([]);
  });
});

describe("a new version", () => {
  const ask = async (runtime: string, answers: Answers) => {
    const { id, stack } = await hostApplication(office);
    await office.db.updateTable("application").set({ runtime }).where("id", "=", id).execute();
    const wish = {
      "hosted-application": stack,
      change: "version",
      description: "Perbaikan.",
      "official-duty": "accepted",
    };
    const input = { procedure: "application-change", answers: { ...wish, ...answers }, draftId: 0 };
    return office.act((tx) => fileTicket(tx, office.people.requester, office.setting(), input));
  };

  it("is named in a registry, too, fetched, and planned", async () => {
    const asked = await ask("image", { "image-reference": reference });
    const ticketId = asked.ok ? asked.value : 0;
    const { id } = await imageOf(ticketId);
    await fetched(id);
    await office.walk(ticketId, [
      ["accept-machine-check", "data-center", { "machine-check": `${id}:image-sane` }],
      ["plan-change", "data-center", {}],
    ]);
    const planned = await office.db
      .selectFrom("application_revision")
      .select(["attachment_id", "change"])
      .where("ticket_id", "=", ticketId)
      .executeTakeFirst();
    expect(planned).toEqual({ attachment_id: id, change: "version" });
  });

  it.each([
    [
      "of another registry",
      "image",
      { "image-reference": reference.replace("registry", "lain") },
      "registry-not-allowed",
    ],
    ["of what makes its own", "static", { "image-reference": reference }, "image-reference-not-taken"],
    ["without a file or a name", "image", {}, "files-missing"],
  ])("%s is refused", async (_, runtime, answers, code) => {
    expect(await ask(runtime, answers)).toMatchObject({ refusal: { code } });
  });
});
