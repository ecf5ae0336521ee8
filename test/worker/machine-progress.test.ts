import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderMachineProgress } from "../../bot/replies/hosting/machine-progress.ts";
import { findRun } from "../../core/db/hosting/machine-runs.ts";
import { listAttachments } from "../../core/db/ticket/attachments.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import { openUpdateLog } from "../../worker/hosting/update-log.ts";
import { buildApplication } from "../../worker/tasks/build-application.ts";
import { planApplication } from "../../worker/tasks/plan-application.ts";
import { pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import { hashesOf, noHosts, testImage } from "../support/hosting.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { testWords } from "../support/office-words.ts";

const { signal } = new AbortController();

let office: TestOffice;
let filesFolder: string;
let fails: Partial<Hosts>;
beforeAll(async () => {
  office = await openOffice();
  filesFolder = await mkdtemp(join(tmpdir(), "simpul-progress-"));
});
afterAll(async () => {
  await office.close();
  await rm(filesFolder, { recursive: true });
});
beforeEach(() => {
  fails = {};
});

const hosts = (): Hosts => ({
  ...noHosts,
  needProxy: async () => undefined,
  loadImage: async () => testImage,
  preview: async (_stack, input) => ({ hashes: hashesOf(input), changes: [], steps: [] }),
  recover: async () => undefined,
  update: async (_stack, _input, _signal, following) => {
    following?.onLine?.(" +  docker:index:Network network created (0s)");
    following?.onProgress?.({ kind: "volume", name: "data", what: "refreshing" });
    following?.onProgress?.({ kind: "network", name: "network", what: "creating" });
    following?.onProgress?.({ kind: "network", name: "network", what: "created" });
    following?.onProgress?.({ kind: "container", name: "web-a", what: "creating" });
  },
  route: async () => undefined,
  ask: async () => 200,
  ...fails,
});
const options = () => ({
  ...{ db: office.db, filesFolder, hosts: hosts(), log: pino({ level: "silent" }), pausesMs: [] },
  setting: (now: Date) => office.setting(now),
});
const buildIt = (ticketId: number) => buildApplication({ ticketId }, options(), { signal });

/** A ticket whose next step is that one, by a machine. */
async function ticketBefore(step: string): Promise<number> {
  const path =
    pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];
  const ticketId = await office.file({ procedure: "hosting" });
  const before = path.slice(
    0,
    path.findIndex(([name]) => name === step),
  );
  for (const [index, [name, role, , , , answers]] of before.entries()) {
    if (index === before.length - 1) await office.takeMail();
    const done = await office.stepAs(ticketId, name, role, answers ?? usualAnswers[name] ?? {});
    if (!done.ok) throw new Error(`${name}: ${done.refusal.code}`);
  }
  return ticketId;
}

const progressIn = (mail: Awaited<ReturnType<TestOffice["takeMail"]>>) =>
  mail.filter(({ kind }) => kind === "machine-progress");

async function newestRun(ticketId: number) {
  const { id } = await office.db
    .selectFrom("machine_run")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  return id;
}

async function wordsOf(ticketId: number): Promise<string> {
  const runId = await newestRun(ticketId);
  const rendered = await renderMachineProgress(office.db, office.people.dataCenter, { runId }, testWords);
  return rendered?.as === "text" ? rendered.html : "";
}

describe("what a machine does for a ticket", () => {
  it("is told by one message, which says of each part how far it has come, and is edited", async () => {
    const ticketId = await ticketBefore("application-built");
    const sent = await office.deliver();
    await buildIt(ticketId);

    const edits = progressIn(await office.takeMail());
    expect(edits).not.toHaveLength(0);
    expect(edits.every(({ edits: messageId }) => sent.includes(Number(messageId)))).toBe(true);
    const words = await wordsOf(ticketId);
    expect(words).toContain("Disetujui, aplikasi sedang dibangun mesin");
    for (const part of ["Jaringan", "Pulumi", "Rute di proxy", "Diuji lewat nama domain"]) {
      expect(words).toContain(`✅ ${part} (`);
    }
    expect(words).toContain("<b>✅ Selesai</b>,");
    // It was only looked at.
    expect(words).not.toContain("Volume data");
  });

  it("is told of a plan, too", async () => {
    const ticketId = await ticketBefore("application-planned");
    await planApplication({ ticketId }, options(), { signal });
    const words = await wordsOf(ticketId);
    expect(words).toContain("✅ Image di host (");
    expect(words).toContain("✅ Rencana selesai");
  });

  it("goes on in the same message after a worker that died", async () => {
    const ticketId = await ticketBefore("application-built");
    await office.deliver();
    fails = { route: () => Promise.reject(new Error("the worker is gone")) };
    await expect(buildIt(ticketId)).rejects.toThrow("the worker is gone");
    const before = await newestRun(ticketId);
    expect(await wordsOf(ticketId)).toContain("⏳ Rute di proxy, sejak");
    fails = {};
    await buildIt(ticketId);
    expect(await newestRun(ticketId)).toBe(before);
    const all = progressIn(await office.takeMail());
    expect(all.every((each) => "edits" in each)).toBe(true);
  });

  it("says where and why it stopped, and begins another message when it is gone on with", async () => {
    const ticketId = await ticketBefore("application-built");
    fails = { ask: async () => 502 };
    await buildIt(ticketId);
    const words = await wordsOf(ticketId);
    expect(words).toContain("<b>🔴 Terhenti</b>,");
    expect(words).toContain("tidak menjawab lewat nama domainnya");
    expect(words).toContain("⏹ Kontainer aplikasi: tidak selesai");
    const before = await newestRun(ticketId);
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    expect(await newestRun(ticketId)).not.toBe(before);
  });

  it("is no business of the requester's", async () => {
    const ticketId = await ticketBefore("application-built");
    const runId = await newestRun(ticketId);
    const { requester } = office.people;
    expect(await renderMachineProgress(office.db, requester, { runId }, testWords)).toBeUndefined();
  });

  it("ends with a ticket that is cancelled while it is planned", async () => {
    const ticketId = await ticketBefore("application-planned");
    await office.walk(ticketId, [["cancel", "user", { note: "Tidak jadi." }]]);
    expect(await findRun(office.db, await newestRun(ticketId))).toMatchObject({ endedBy: "cancel" });
    expect(await wordsOf(ticketId)).toContain("⏹ Dihentikan");
  });
});

describe("what Pulumi prints", () => {
  const filesOf = async (ticketId: number) => {
    const all = await listAttachments(office.db, ticketId, { withInternalNotes: true });
    const file = all.find(({ name }) => name.includes("-pulumi-"));
    return file?.sha256 ? { ...file, text: await readFile(join(filesFolder, file.sha256), "utf8") } : undefined;
  };

  it("is a file of the machine's step, for the desk alone", async () => {
    const ticketId = await ticketBefore("application-built");
    await buildIt(ticketId);
    const file = await filesOf(ticketId);
    expect(file?.name).toMatch(/^app-.*-pulumi-\d+\.txt$/);
    expect(file?.text).toContain("docker:index:Network network created");
    const forRequester = await listAttachments(office.db, ticketId, { withInternalNotes: false });
    expect(forRequester.map(({ name }) => name)).not.toContain(file?.name);
  });

  it("is kept of a failure, with what was said of it", async () => {
    const ticketId = await ticketBefore("application-built");
    fails = {
      update: async (_stack, _input, _signal, following) => {
        following?.onLine?.(" +  docker:index:Container web-a creating (0s)");
        throw new HostFailed("unhealthy", "updating stack app-x: not healthy: app-x-web-a");
      },
    };
    await buildIt(ticketId);
    expect((await office.ticket(ticketId)).state).toBe("building-stopped");
    const { text } = (await filesOf(ticketId)) ?? {};
    expect(text).toContain("web-a creating");
    expect(text).toContain("not healthy: app-x-web-a");
  });

  it("hinders nobody from being told where it cannot be stored", async () => {
    const ticketId = await ticketBefore("application-built");
    await buildApplication({ ticketId }, { ...options(), filesFolder: "/dev/null" }, { signal });
    expect((await office.ticket(ticketId)).state).toBe("reporting-application");
    expect(await filesOf(ticketId)).toBeUndefined();
  });

  it("is cut at its beginning where it gets long, and says so", () => {
    const printed = openUpdateLog(20);
    for (const line of ["one one one", "two two two", "three three"]) printed.add(line);
    expect(printed.text()).toBe("… 2 earlier lines are left out\nthree three");
    expect(openUpdateLog().text()).toBe("");
  });
});
