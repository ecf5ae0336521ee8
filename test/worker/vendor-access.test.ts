import { execFileSync } from "node:child_process";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderAccessTrouble } from "../../bot/replies/hosting/vendor-accesses.ts";
import { revokeAccess } from "../../core/actions/hosting/end-access.ts";
import {
  decideIsolation,
  isolateApplication,
  recordIsolation,
} from "../../core/actions/hosting/isolate-application.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { holdStack, letStackGo } from "../../core/db/hosting/stack-leases.ts";
import { findLatestPlan } from "../../core/db/hosting/stack-plans.ts";
import { findAccess } from "../../core/db/hosting/vendor-accesses.ts";
import { findWatched } from "../../core/db/hosting/watched-stacks.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { openSecret, sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { drawHostKey } from "../../worker/hosting/host-key.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import { buildApplication } from "../../worker/tasks/build-application.ts";
import { closeAccess } from "../../worker/tasks/close-access.ts";
import { planApplication } from "../../worker/tasks/plan-application.ts";
import { changeIt, giveDatabase, hostApplication, hostKeepingFiles } from "../support/hosted.ts";
import { noHosts } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { testWords } from "../support/office-words.ts";

const signal = new AbortController().signal;
const seen = { "seen-from-intranet": "passed", "seen-from-internet": "not-applicable" };
let office: TestOffice;
let asked: string[];
let files: string[];
let made: unknown[];
let fails: Partial<Hosts>;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  [asked, files, made, fails] = [[], [], [], {}];
});

function hosts(): Hosts {
  return {
    ...noHosts,
    needImage: async (_target, image) => void asked.push(`need ${image.slice(0, 9)}`),
    seal: async (secret) => sealSecret("only-for-this-test", secret, Buffer.alloc(12)),
    recover: async () => void asked.push("recover"),
    preview: async (_stack, input) => {
      asked.push("preview");
      const hashes = { preview: sha256("preview"), program: sha256("program"), inputs: sha256(input), state: "" };
      return { hashes, changes: [], steps: [] };
    },
    update: async (_stack, input) => {
      asked.push("update");
      files.push(input);
    },
    unseal: async (sealed) => openSecret("only-for-this-test", sealed),
    makeAccount: async (_target, { container, engine }, account) => {
      asked.push("account");
      made.push({ container, engine, ...account });
    },
    dropAccount: async (_target, _server, { name, address }) => void asked.push(`drop ${name} of ${address}`),
    drain: async () => void asked.push("drain"),
    askDatabase: async () => void asked.push("ask database"),
    route: async () => void asked.push("route"),
    ask: async () => 200,
    shutAccess: async () => void asked.push("shut"),
    forgetAccess: async (_stack, { input, isPlanned }) => {
      asked.push("forget");
      files.push(isPlanned ? "a plan's" : input);
    },
    ...fails,
  };
}

const options = () => ({
  ...{ db: office.db, filesFolder: "/files", hosts: hosts(), log: pino({ level: "silent" }), pausesMs: [] },
  setting: (now: Date) => office.setting(now),
});
const close = (accessId: number) => closeAccess({ accessId }, options(), { signal });
const accessNow = (id: number) => findAccess(office.db, id);
const opened = async () => {
  const application = await hostKeepingFiles(office);
  const ticketId = await office.file({
    procedure: "vendor-access",
    answers: { "hosted-application": application.stack },
  });
  await office.walk(ticketId, [
    ["plan-access", "data-center"],
    ["application-planned", "machine"],
    ["accept-plan", "infrastructure"],
    ["approve-plan", "leadership"],
    ["application-built", "machine", seen],
  ]);
  const { access } = (await findApplication(office.db, application.id)) ?? {};
  return { application, accessId: access?.id ?? 0 };
};
/** Of a database, up to right before it is built by the machine. */
const approved = async (kind = "database-change") => {
  const application = await giveDatabase(office, await hostApplication(office));
  const answers = { "hosted-application": application.stack, "access-kind": kind };
  const ticketId = await office.file({ procedure: "vendor-access", answers });
  await office.walk(ticketId, [
    ["plan-access", "data-center"],
    ["application-planned", "machine"],
    ["accept-plan", "infrastructure"],
    ["approve-plan", "leadership"],
  ]);
  const { access } = (await findApplication(office.db, application.id)) ?? {};
  if (access == null) throw new Error(`there is no access to ${application.stack}`);
  return { application, ticketId, access };
};
const built = async (kind?: string) => {
  const { application, ticketId, access } = await approved(kind);
  await buildApplication({ ticketId }, options(), { signal });
  expect((await office.ticket(ticketId)).state).toBe("closed");
  return { application, access };
};
const revoke = async (accessId: number) => {
  const by = office.people.dataCenter;
  accepted(await office.act((tx) => revokeAccess(tx, by, office.setting(), { accessId })));
};
const revoked = async () => {
  const { application, accessId } = await opened();
  await revoke(accessId);
  await office.takeMail();
  return { application, accessId };
};

describe("a key by which a server is known", () => {
  it("is read by ssh-keygen, and has the fingerprint that it says", () => {
    const { pem, fingerprint } = drawHostKey();
    const input = Buffer.from(pem, "base64").toString();
    const shown = execFileSync("sh", ["-c", 'umask 077; f=$(mktemp); cat >"$f"; ssh-keygen -y -f "$f"; rm "$f"'], {
      input,
      encoding: "utf8",
    });
    expect(execFileSync("ssh-keygen", ["-l", "-f", "-"], { input: shown, encoding: "utf8" })).toContain(fingerprint);
  });
});

describe("planning an access", () => {
  const filed = async () => {
    const application = await hostKeepingFiles(office);
    const ticketId = await office.file({
      procedure: "vendor-access",
      answers: { "hosted-application": application.stack },
    });
    await office.walk(ticketId, [["plan-access", "data-center"]]);
    return { application, ticketId };
  };

  it("puts its image onto the host, and gives its server a key once", async () => {
    const { application, ticketId } = await filed();
    await planApplication({ ticketId }, options(), { signal });

    expect((await office.ticket(ticketId)).state).toBe("accepting-plan");
    expect(asked).toEqual(["need sha256:bb", "need sha256:aa", "preview"]);
    const { access } = (await findApplication(office.db, application.id)) ?? {};
    expect(openSecret("only-for-this-test", access?.hostKey ?? "")).toMatch(/^[A-Za-z0-9+/=]+$/);
    expect(access?.fingerprint).toMatch(/^SHA256:/);

    await office.walk(ticketId, [
      ["accept-plan", "infrastructure"],
      ["renew-plan", "infrastructure"],
    ]);
    await planApplication({ ticketId }, options(), { signal });
    expect((await findApplication(office.db, application.id))?.access?.hostKey).toBe(access?.hostKey);
  });

  it("of one that has ended fails, and says so", async () => {
    const { application, ticketId } = await filed();
    const { access } = (await findApplication(office.db, application.id)) ?? {};
    const by = office.people.infrastructure;
    accepted(await office.act((tx) => revokeAccess(tx, by, office.setting(), { accessId: access?.id ?? 0 })));
    await planApplication({ ticketId }, options(), { signal });
    expect((await office.ticket(ticketId)).state).toBe("filed");
  });
});

describe("closing an access", () => {
  it("lets nobody in at once, then takes it out of its stack, and builds nothing", async () => {
    const { application, accessId } = await revoked();
    const { ticketId = 0 } = (await accessNow(accessId)) ?? {};
    expect(await findWatched(office.db, application.stack)).toMatchObject({ isClosing: true });
    const before = JSON.parse((await findLatestPlan(office.db, { stack: application.stack, ticketId }))?.input ?? "{}");
    await close(accessId);

    expect(asked).toEqual(["shut", "forget"]);
    const { access: _access, ...others } = before;
    expect(JSON.parse(files[0] ?? "{}")).toEqual(others);
    expect(await accessNow(accessId)).toMatchObject({ shutAt: expect.any(Date), closedAt: expect.any(Date) });
    expect(await findWatched(office.db, application.stack)).toMatchObject({
      ...{ input: files[0], isChanging: false, isClosing: false },
    });

    asked = [];
    await close(accessId);
    expect(asked).toEqual([]);
  });

  it("does nothing to one that has not ended", async () => {
    const { accessId } = await opened();
    await close(accessId);
    expect(asked).toEqual([]);
  });

  it("does not wait for who works on the stack: that is for the next minute", async () => {
    const { application, accessId } = await revoked();
    const lease = { stack: application.stack, holder: "00000000-0000-4000-8000-000000000001" };
    await holdStack(office.db, { ...lease, seconds: 60 });
    await close(accessId);
    expect(asked).toEqual(["shut"]);
    expect(await accessNow(accessId)).toMatchObject({ shutAt: expect.any(Date), closedAt: null });

    await letStackGo(office.db, lease);
    await close(accessId);
    expect(asked).toEqual(["shut", "shut", "forget"]);
  });

  it("leaves a change that is half done to that change, which comes without it", async () => {
    const { application, accessId } = await revoked();
    const change = { change: "name", "new-name": `x${application.stack}` };
    await changeIt(office, application, change, { before: "application-built" });
    const { owner } = office.database;
    const begun = owner.selectFrom("stack_plan").select((each) => each.fn.max("id").as("id"));
    await owner.updateTable("stack").set({ begun_plan_id: begun }).where("name", "=", application.stack).execute();
    expect(await findWatched(office.db, application.stack)).toMatchObject({ isChanging: true });
    await close(accessId);
    expect(asked).toEqual(["shut"]);
    expect(await accessNow(accessId)).toMatchObject({ shutAt: expect.any(Date), closedAt: null });
  });

  it("that ended while a change was built with it is shut again after that, and what was approved with it is planned anew", async () => {
    const { application, accessId } = await opened();
    const change = { change: "name", "new-name": `y${application.stack}` };
    const ticketId = await changeIt(office, application, change, { before: "application-built" });
    fails = {
      update: async () => {
        asked.push("update");
        await revoke(accessId);
      },
    };
    await buildApplication({ ticketId }, options(), { signal });
    expect(asked.slice(asked.lastIndexOf("update"))).toContain("shut");

    const { application: other, accessId: otherAccess } = await opened();
    const renamed = { change: "name", "new-name": `z${other.stack}` };
    const later = await changeIt(office, other, renamed, { before: "application-built" });
    await revoke(otherAccess);
    asked = [];
    await buildApplication({ ticketId: later }, options(), { signal });
    expect([asked, (await office.ticket(later)).state]).toEqual([[], "planning-application"]);
  });

  it("that cannot be done is told, and tried again until it is", async () => {
    const { accessId } = await revoked();
    fails = { shutAccess: () => Promise.reject(new HostFailed("host-unreachable", "it does not answer")) };
    await close(accessId);
    expect(await accessNow(accessId)).toMatchObject({ trouble: "host-unreachable", shutAt: null });
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["access-trouble"]);

    fails = { forgetAccess: () => Promise.reject(new HostFailed("stack-locked", "somebody holds it")) };
    await close(accessId);
    expect(await accessNow(accessId)).toMatchObject({ trouble: "stack-locked", shutAt: expect.any(Date) });
    fails = {};
    await close(accessId);
    expect(await accessNow(accessId)).toMatchObject({ trouble: null, closedAt: expect.any(Date) });
  });

  it("of an isolated application leaves it as evidence, paused, until that is lifted", async () => {
    const { application, accessId } = await opened();
    const isolationId = await isolate(application);
    await close(accessId);
    expect([asked, (await accessNow(accessId))?.shutAt]).toEqual([[], null]);
    const contained = { isolationId, isClosed: true, isContained: true, evidence: undefined, trouble: null };
    await office.act((tx) => recordIsolation(tx, office.setting(), contained));
    await close(accessId);
    expect(asked).toEqual([]);
    expect(await accessNow(accessId)).toMatchObject({ shutAt: expect.any(Date), closedAt: null });
    const lift = { isolationId, decision: "lifted", answers: { reason: "Sudah bersih." } } as const;
    accepted(await office.act((tx) => decideIsolation(tx, office.people.leadership, office.setting(), lift)));
    await office.act((tx) =>
      tx.updateTable("application").set({ state: "built" }).where("id", "=", application.id).execute(),
    );
    await close(accessId);
    expect(asked).toEqual(["shut", "forget"]);
  });
});

describe("an account in a database", () => {
  it("has a password from the moment at which it is planned, which is written nowhere", async () => {
    const application = await giveDatabase(office, await hostApplication(office));
    const answers = { "hosted-application": application.stack, "access-kind": "database-read" };
    const ticketId = await office.file({ procedure: "vendor-access", answers });
    await office.walk(ticketId, [["plan-access", "data-center"]]);
    await planApplication({ ticketId }, options(), { signal });
    const { access } = (await findApplication(office.db, application.id)) ?? {};
    const password = openSecret("only-for-this-test", access?.accountPassword ?? "");
    expect(password).toMatch(/^[\w-]{32}$/);
    expect(JSON.stringify(await office.contents()).includes(password)).toBe(false);
  });

  it.each([
    ["database-read", false],
    ["database-change", true],
  ])("of %s is made when its way in stands, for that way in and until then", async (kind, mayChange) => {
    const { application, access } = await built(kind);
    expect(asked).toEqual(["preview", "update", "ask database", "account", "route"]);
    const host = application.gateway.replace(/\d+$/, (last) => String(Number(last) + 4));
    expect(made).toEqual([
      {
        ...{ container: `${application.stack}-database`, engine: "mariadb", name: `vendor_${access.id}` },
        ...{ address: host, password: "of-the-vendor", mayChange, until: access.until },
      },
    ]);
  });

  it("is not made anew by a change that comes with it", async () => {
    const { application } = await built();
    const ticketId = await changeIt(
      office,
      application,
      { change: "name", "new-name": `x${application.stack}` },
      {
        before: "application-built",
      },
    );
    asked = [];
    await buildApplication({ ticketId }, options(), { signal });
    expect((await office.ticket(ticketId)).state).toBe("reporting-application");
    expect(asked).not.toContain("account");
  });

  it("is dropped at once when its way in is, and once more when nobody can make it again", async () => {
    const { application, access } = await built();
    await revoke(access.id);
    asked = [];
    const lease = { stack: application.stack, holder: "00000000-0000-4000-8000-000000000001" };
    await holdStack(office.db, { ...lease, seconds: 60 });
    await close(access.id);
    const drop = expect.stringMatching(new RegExp(`^drop vendor_${access.id} of `));
    expect(asked).toEqual(["shut", drop]);
    expect((await accessNow(access.id))?.accountPassword).not.toBeNull();

    await letStackGo(office.db, lease);
    asked = [];
    await close(access.id);
    expect(asked).toEqual(["shut", drop, drop, "forget"]);
    expect(await accessNow(access.id)).toMatchObject({ accountPassword: null, closedAt: expect.any(Date) });
  });

  it("that cannot be dropped is told, and dropped when its database is back", async () => {
    const { access } = await built();
    await revoke(access.id);
    await office.takeMail();
    fails = { dropAccount: () => Promise.reject(new HostFailed("database-silent", "it does not answer")) };
    await close(access.id);
    expect(await accessNow(access.id)).toMatchObject({ shutAt: expect.any(Date), trouble: "database-silent" });
    expect((await office.takeMail()).map(({ kind }) => kind)).toContain("access-trouble");
    const { dataCenter } = office.people;
    const told = await renderAccessTrouble(office.db, dataCenter, { accessId: access.id }, testWords);
    expect(told?.as === "text" ? told.html : "").toMatch(/sudah ditutup, tetapi .*Basis datanya tidak menjawab/s);
    fails = {};
    await close(access.id);
    expect(await accessNow(access.id)).toMatchObject({ accountPassword: null, closedAt: expect.any(Date) });
  });

  it("of an application that stops is dropped before its database goes", async () => {
    const { application, access } = await built();
    await stop(application);
    expect(asked).toEqual(["preview", "route", "drain", expect.stringContaining("drop vendor_"), "update", "route"]);
    asked = [];
    await close(access.id);
    expect(asked).toEqual(["shut", "forget"]);
    expect(await accessNow(access.id)).toMatchObject({ accountPassword: null, closedAt: expect.any(Date) });
  });

  it("that its database kept when it stopped is dropped when that runs again", async () => {
    const { application, access } = await built();
    fails = { dropAccount: () => Promise.reject(new HostFailed("host-unreachable", "it does not answer")) };
    await stop(application);
    await close(access.id);
    expect(await accessNow(access.id)).toMatchObject({ shutAt: expect.any(Date), closedAt: null });
    fails = {};
    await changeIt(office, application, { change: "start" });
    await close(access.id);
    expect(await accessNow(access.id)).toMatchObject({ accountPassword: null, closedAt: expect.any(Date) });
  });
});

async function stop(application: Application): Promise<void> {
  const ticketId = await changeIt(office, application, { change: "stop" }, { before: "application-built" });
  asked = [];
  await buildApplication({ ticketId }, options(), { signal });
  expect((await office.ticket(ticketId)).state).toBe("reporting-application");
}

async function isolate({ id: applicationId }: Application): Promise<number> {
  const input = { applicationId, answers: { reason: "Halaman depan diubah orang lain." } };
  const by = office.people.dataCenter;
  return accepted(await office.act((tx) => isolateApplication(tx, by, office.setting(), input)));
}
